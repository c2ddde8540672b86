"""Record and play back, step by step."""

from __future__ import annotations

from agent_toolbar.domain.audio import AudioTestState
from agent_toolbar.engine.frame_ring import FRAME_BYTES
from agent_toolbar.engine.sound_check import SoundCheck


def frame(number: int) -> bytes:
    return bytes([number]) * FRAME_BYTES


def test_what_was_recorded_is_what_is_played() -> None:
    test = SoundCheck(1.0)
    for number in range(70):
        test.record(frame(number))
    assert test.advance(1.4)
    assert test.state is AudioTestState.PLAYING

    test.recording.draining = True
    test.play()

    assert [test.recording.pull() for _ in range(51)] == [*(frame(number) for number in range(50)), None]


def test_it_is_done_when_the_speaker_has_played_out() -> None:
    test = SoundCheck(1.0)
    for number in range(50):
        test.record(frame(number))
    test.advance(1.0)
    test.recording.draining = True
    test.play()

    assert not test.advance(1.5)
    while test.recording.pull():
        pass
    assert not test.advance(2.0)
    assert not test.advance(2.2)
    assert test.advance(2.4)
    assert test.state is AudioTestState.DONE


def test_a_microphone_that_gives_nothing_is_waited_for_three_seconds() -> None:
    test = SoundCheck(1.0)

    assert not test.advance(3.9)
    assert test.advance(4.1)
    test.play()
    test.advance(4.2)
    assert test.advance(4.6)
    assert test.state is AudioTestState.DONE


def test_it_records_between_one_and_ten_seconds() -> None:
    shortest, longest = SoundCheck(0.0), SoundCheck(600.0)
    for number in range(600):
        shortest.record(frame(number % 256))
        longest.record(frame(number % 256))
    for test in (shortest, longest):
        test.advance(0.0)
        test.recording.draining = True
        test.play()

    assert (len(shortest.recording), len(longest.recording)) == (50, 500)
