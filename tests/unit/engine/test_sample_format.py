"""Devices that do not take 16 kHz, mono, 16 bit."""

from __future__ import annotations

import math
from array import array

import pytest

from agent_toolbar.engine.frame_ring import FRAME_BYTES, SAMPLE_RATE_HZ
from agent_toolbar.engine.sample_format import OURS, FromDevice, Resampler, SampleFormat, ToDevice

SECOND = 1.0


def sine(hz: float, rate_hz: int, seconds: float = SECOND, peak: float = 10000.0) -> list[float]:
    return [peak * math.sin(2 * math.pi * hz * at / rate_hz) for at in range(round(seconds * rate_hz))]


def level(samples: list[float], hz: float, rate_hz: int) -> float:
    """Amplitude of the part at `hz`, the ends left out."""
    body = samples[rate_hz // 10 : -rate_hz // 10]
    turns = [2 * math.pi * hz * at / rate_hz for at in range(len(body))]
    real = sum(sample * math.cos(turn) for sample, turn in zip(body, turns, strict=True))
    imaginary = sum(sample * math.sin(turn) for sample, turn in zip(body, turns, strict=True))
    return 2 * math.hypot(real, imaginary) / len(body)


@pytest.mark.parametrize("rate_hz", [8000, 44100, 48000])
@pytest.mark.parametrize("to_device", [True, False])
def test_speech_passes_a_change_of_rate_unchanged(rate_hz: int, to_device: bool) -> None:
    source, target = (SAMPLE_RATE_HZ, rate_hz) if to_device else (rate_hz, SAMPLE_RATE_HZ)

    made = Resampler(source, target).feed(sine(1000.0, source))

    assert len(made) == pytest.approx(target * SECOND, abs=target * 0.002)
    assert level(made, 1000.0, target) == pytest.approx(10000.0, rel=0.02)


def test_what_is_too_high_for_our_rate_does_not_come_back_lower() -> None:
    made = Resampler(48000, SAMPLE_RATE_HZ).feed(sine(10000.0, 48000))

    assert level(made, 6000.0, SAMPLE_RATE_HZ) < 100.0


def test_pieces_give_the_same_as_the_whole() -> None:
    samples = sine(440.0, 44100, 0.2)
    whole = Resampler(44100, SAMPLE_RATE_HZ).feed(samples)
    pieces = Resampler(44100, SAMPLE_RATE_HZ)

    made = [sample for start in range(0, len(samples), 77) for sample in pieces.feed(samples[start : start + 77])]

    assert made == pytest.approx(whole)


@pytest.mark.parametrize(
    ("code", "values"), [("h", [1000, -1000]), ("i", [1000 << 16, -1000 << 16]), ("f", [1000 / 32768, -1000 / 32768])]
)
def test_stereo_of_any_sample_type_becomes_ours_and_back(code: str, values: list[float]) -> None:
    theirs = SampleFormat(SAMPLE_RATE_HZ, 2, code)
    stereo = array(code, [value for value in values * 160 for _ in range(2)]).tobytes()
    ours = array("h", [1000, -1000] * 160).tobytes()

    assert FromDevice(theirs).convert(stereo) == ours
    assert ToDevice(theirs).convert(ours) == stereo


def test_unsigned_bytes_have_their_silence_in_the_middle() -> None:
    theirs = SampleFormat(SAMPLE_RATE_HZ, 1, "B")

    assert FromDevice(theirs).convert(bytes([128, 129, 127])) == array("h", [0, 256, -256]).tobytes()
    assert ToDevice(theirs).convert(array("h", [0, 256, -256]).tobytes()) == bytes([128, 129, 127])


def test_half_a_sample_waits_for_its_other_half() -> None:
    stereo = array("h", [5, 7] * 50).tobytes()
    converter = FromDevice(SampleFormat(SAMPLE_RATE_HZ, 2, "h"))

    made = b"".join(converter.convert(stereo[start : start + 3]) for start in range(0, len(stereo), 3))

    assert made == array("h", [6] * 50).tobytes()


def test_our_own_format_is_not_touched() -> None:
    frame = bytes(range(256)) * 2 + bytes(FRAME_BYTES - 512)

    assert FromDevice(OURS).convert(frame) is frame
    assert ToDevice(OURS).convert(frame) is frame
