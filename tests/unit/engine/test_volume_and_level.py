"""Volumes and levels of signed 16-bit samples."""

from __future__ import annotations

import math
from array import array

import pytest

from agent_toolbar.engine.frame_ring import FRAME_SAMPLES, SILENCE
from agent_toolbar.engine.level_meter import LevelMeter, loudness
from agent_toolbar.engine.volume import Volume


def sine(peak: float, hz: float = 500.0) -> bytes:
    return array("h", [round(peak * math.sin(2 * math.pi * hz * at / 16000)) for at in range(FRAME_SAMPLES)]).tobytes()


@pytest.mark.parametrize("factor", [0.0, 0.3, 0.5, 1.2, 1.5])
def test_every_sample_is_multiplied_and_clipped(factor: float) -> None:
    samples = [0, 1, -1, 100, -100, 20000, -20000, 32767, -32768]

    changed = array("h", Volume(factor).apply(array("h", samples).tobytes())).tolist()

    assert changed == [max(-32768, min(32767, round(sample * factor))) for sample in samples]


def test_a_volume_of_one_gives_the_frame_itself_back() -> None:
    frame = sine(9000)
    assert Volume().apply(frame) is frame


@pytest.mark.parametrize(("asked", "taken"), [(-1.0, 0.0), (9.0, 1.5), (0.7, 0.7)])
def test_volumes_stay_between_nothing_and_one_and_a_half(asked: float, taken: float) -> None:
    assert Volume(asked).factor == taken


@pytest.mark.parametrize(("peak", "level"), [(32767, 1.0), (16384, 0.9), (3277, 2 / 3), (328, 1 / 3)])
def test_loudness_is_even_in_decibels(peak: float, level: float) -> None:
    assert loudness(sine(peak)) == pytest.approx(level, abs=0.01)


def test_silence_and_the_softest_noise_are_zero() -> None:
    assert loudness(SILENCE) == 0.0
    assert loudness(b"") == 0.0
    assert loudness(sine(10)) == 0.0


def test_a_meter_holds_the_loudest_frame_until_it_is_read() -> None:
    meter = LevelMeter()
    for peak in (1000, 16384, 100):
        meter.measure(sine(peak))

    assert meter.read() == pytest.approx(0.9, abs=0.01)
    assert meter.read() == 0.0
