"""Two clocks that differ are followed without a loss."""

from __future__ import annotations

import pytest

from agent_toolbar.engine.clock_discipline import (
    NOMINAL_TICK_S,
    TARGET_PLAYBACK_FRAMES,
    CaptureFeed,
    PlaybackPace,
)

LONG_CALL_S = 1200


@pytest.mark.parametrize("card_ppm", [-300, -50, 0, 50, 300])
def test_in_a_long_call_the_tick_follows_a_card_of_another_speed(card_ppm: int) -> None:
    pace, waiting, elapsed_s = PlaybackPace(), TARGET_PLAYBACK_FRAMES, 0.0
    seen = []

    while elapsed_s < LONG_CALL_S:
        tick_s = pace.tick_s(waiting, 0)
        elapsed_s += tick_s
        waiting += 1 - tick_s * (1 + card_ppm / 1e6) / NOMINAL_TICK_S
        seen.append(waiting)

    assert min(seen) > TARGET_PLAYBACK_FRAMES - 1
    assert max(seen) < TARGET_PLAYBACK_FRAMES + 1


def test_the_tick_never_differs_by_more_than_one_percent() -> None:
    assert PlaybackPace().tick_s(100.0, 0) == pytest.approx(NOMINAL_TICK_S * 1.01)
    assert PlaybackPace().tick_s(0.0, 0) == pytest.approx(NOMINAL_TICK_S * 0.99, rel=0.005)


def test_a_missing_frame_raises_the_reserve_up_to_a_bound() -> None:
    pace = PlaybackPace()
    steady = [pace.tick_s(TARGET_PLAYBACK_FRAMES, missing) for missing in range(10)]

    assert steady[0] == NOMINAL_TICK_S
    assert steady[0] > steady[1] > steady[2] > steady[3]
    assert steady[4:] == [steady[3]] * 6


def test_another_speaker_starts_with_the_usual_reserve() -> None:
    pace = PlaybackPace()
    pace.tick_s(TARGET_PLAYBACK_FRAMES, 3)

    pace.reset()

    assert pace.tick_s(TARGET_PLAYBACK_FRAMES, 3) == NOMINAL_TICK_S


class Microphone:
    """A card that delivers lumps of frames, and the ring behind it."""

    def __init__(self, ppm: int, lump: int) -> None:
        self._period = lump / (1 + ppm / 1e6)
        self._lump = lump
        self._next = self._period
        self.ring = 0

    def until(self, tick: int) -> None:
        while self._next <= tick:
            self.ring += self._lump
            self._next += self._period


@pytest.mark.parametrize("lump", [1, 2, 3])
@pytest.mark.parametrize("ppm", [-300, -100, 0, 100, 300])
def test_in_a_long_call_a_microphone_of_another_speed_neither_runs_dry_nor_piles_up(ppm: int, lump: int) -> None:
    microphone, feed = Microphone(ppm, lump), CaptureFeed()
    most, taken, began = 0, 0, 0

    for tick in range(LONG_CALL_S * 50):
        microphone.until(tick)
        most = max(most, microphone.ring)
        due = feed.due(microphone.ring)
        began = began or (tick if due else 0)
        assert due <= microphone.ring
        microphone.ring -= due
        taken += due
        assert not feed.dry

    assert most <= 8
    assert taken == pytest.approx((LONG_CALL_S * 50 - began) * (1 + ppm / 1e6), abs=10)


def test_a_microphone_that_starts_late_is_not_missed() -> None:
    feed = CaptureFeed()

    assert [feed.due(0) for _ in range(100)] == [0] * 100
    assert not feed.dry


def test_a_microphone_that_stops_is_missed_until_a_reserve_is_there_again() -> None:
    feed = CaptureFeed()
    assert feed.due(3) == 1

    assert feed.due(0) == 0
    assert feed.dry
    assert feed.due(2) == 0
    assert feed.dry
    assert feed.due(3) == 1
    assert not feed.dry
