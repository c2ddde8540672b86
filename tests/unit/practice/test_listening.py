from __future__ import annotations

import math

import pytest

from agent_toolbar.practice.g711 import linear_to_alaw, linear_to_ulaw
from agent_toolbar.practice.listening import Listening, level_dbfs
from agent_toolbar.practice.rtp import FRAME_SAMPLES
from agent_toolbar.practice.sdp import Codec

SILENCE = b"\xd5" * FRAME_SAMPLES
ENCODERS = {Codec.PCMA: linear_to_alaw, Codec.PCMU: linear_to_ulaw}


def tone(peak: int, codec: Codec = Codec.PCMA) -> bytes:
    samples = (round(peak * math.sin(2 * math.pi * 500 * n / 8000)) for n in range(FRAME_SAMPLES))
    return bytes(map(ENCODERS[codec], samples))


def hear(listening: Listening, payload: bytes, frames: int) -> None:
    for _ in range(frames):
        listening.hear(payload, Codec.PCMA)


@pytest.mark.parametrize("codec", list(Codec))
@pytest.mark.parametrize("peak", [32_000, 10_000, 1_000])
def test_the_level_of_a_sine_is_three_db_below_its_peak(codec: Codec, peak: int) -> None:
    assert level_dbfs(tone(peak, codec), codec) == pytest.approx(20 * math.log10(peak / 32_768) - 3.01, abs=0.3)


def test_speech_counts_as_finished_only_after_a_pause() -> None:
    listening = Listening()
    hear(listening, tone(8_000), 25)
    assert listening.has_spoken
    assert not listening.has_finished

    hear(listening, SILENCE, 50)
    assert listening.has_finished


def test_a_click_is_no_speech() -> None:
    listening = Listening()
    hear(listening, tone(20_000), 3)
    hear(listening, SILENCE, 60)

    assert not listening.has_spoken
    assert listening.loudest_dbfs > -10


def test_a_muted_telephone_is_stiller_than_a_quiet_room() -> None:
    muted, room = Listening(), Listening()
    hear(muted, SILENCE, 100)
    hear(room, tone(40), 100)

    assert muted.still_ms == 2_000
    assert room.still_ms == 0
    assert not room.has_spoken


def test_starting_over_forgets_what_was_heard() -> None:
    listening = Listening()
    hear(listening, tone(8_000), 25)
    listening.start_over()
    hear(listening, SILENCE, 60)

    assert not listening.has_spoken
