"""Bounded rings and their counters."""

from __future__ import annotations

import threading

from agent_toolbar.engine.frame_ring import FRAME_BYTES, FrameRing, FrameRings


def frame(number: int) -> bytes:
    return number.to_bytes(2, "little") * (FRAME_BYTES // 2)


def test_frames_come_out_in_the_order_in_which_they_went_in() -> None:
    ring = FrameRing(3)
    ring.draining = True

    for number in range(3):
        ring.push(frame(number))

    assert [ring.pull() for _ in range(4)] == [frame(0), frame(1), frame(2), None]
    assert (ring.passed, ring.dropped, ring.missing) == (3, 0, 0)


def test_a_full_ring_throws_the_oldest_frame_away_and_counts_it() -> None:
    ring = FrameRing(2)
    ring.draining = True

    for number in range(5):
        ring.push(frame(number))

    assert len(ring) == 2
    assert ring.pull() == frame(3)
    assert ring.dropped == 3


def test_a_ring_that_nobody_drains_stays_empty_and_counts_nothing() -> None:
    ring = FrameRing(2)

    for number in range(5):
        ring.push(frame(number))

    assert len(ring) == 0
    assert ring.dropped == 0


def test_what_an_earlier_consumer_left_is_not_given_to_the_next() -> None:
    ring = FrameRing(4)
    ring.draining = True
    ring.push(frame(1))
    ring.downstream = 2.5

    ring.draining = False
    ring.draining = True

    assert ring.pull() is None
    assert ring.downstream == 0.0


def test_a_frame_is_missing_only_when_the_producer_promised_one() -> None:
    ring = FrameRing(4)

    ring.miss()
    ring.feeding = True
    ring.miss()

    assert ring.missing == 1


def test_two_threads_lose_nothing_unseen() -> None:
    ring = FrameRing(8)
    ring.draining = True
    pushed = 20_000
    done = threading.Event()

    def produce() -> None:
        for number in range(pushed):
            ring.push(frame(number % 65536))
        done.set()

    producer = threading.Thread(target=produce)
    producer.start()
    taken = []
    while not done.is_set() or len(ring):
        pulled = ring.pull()
        if pulled is not None:
            taken.append(int.from_bytes(pulled[:2], "little"))
    producer.join()

    assert taken == sorted(taken)
    assert len(taken) == ring.passed
    assert ring.passed + ring.dropped == pushed


def test_the_counters_name_both_directions() -> None:
    rings = FrameRings()
    rings.capture.draining = rings.playback.feeding = True
    rings.capture.push(frame(0))
    rings.capture.pull()
    rings.playback.miss()

    counters = rings.counters()

    assert (counters.captured, counters.play_missing) == (1, 1)
    assert (counters.played, counters.capture_missing, counters.capture_dropped, counters.play_dropped) == (0, 0, 0, 0)
