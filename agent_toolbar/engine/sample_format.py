"""Between the samples of a device and ours (16 kHz, mono, signed 16 bit), for devices that do not take ours.

PulseAudio, PipeWire and WASAPI convert by themselves; what is left costs 3 to 5 % of a core (decision 0003).
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from operator import mul

from agent_toolbar.engine.frame_ring import SAMPLE_RATE_HZ

_HALF_WIDTH = 8  # zero crossings of the sinc on each side
_PASS_BAND = 0.9
_INT16 = "h"
_OFFSET_AND_SCALE = {"B": (128.0, 256.0), "h": (0.0, 1.0), "i": (0.0, 1 / 65536), "f": (0.0, 32768.0)}  # to 16 bit


@dataclass(frozen=True, slots=True)
class SampleFormat:
    """`code` is the array type of a sample: B unsigned 8 bit, h and i signed 16 and 32 bit, f float of -1.0 to 1.0."""

    rate_hz: int = SAMPLE_RATE_HZ
    channels: int = 1
    code: str = _INT16

    @property
    def bytes_per_ms(self) -> float:
        return self.rate_hz * self.channels * array(self.code).itemsize / 1000


OURS = SampleFormat()


class FromDevice:
    """Turns what a microphone gives into our samples; keeps the rest of a sample for the next time."""

    def __init__(self, theirs: SampleFormat) -> None:
        self._theirs = theirs
        self._resampler = None if theirs.rate_hz == SAMPLE_RATE_HZ else Resampler(theirs.rate_hz, SAMPLE_RATE_HZ)
        self._rest = b""

    def convert(self, received: bytes) -> bytes:
        if self._theirs == OURS:
            return received
        theirs = self._theirs
        received = self._rest + received
        size = array(theirs.code).itemsize * theirs.channels
        whole = len(received) // size * size
        self._rest = received[whole:]
        samples = array(theirs.code, received[:whole])
        offset, scale = _OFFSET_AND_SCALE[theirs.code]
        lanes = [samples[lane :: theirs.channels] for lane in range(theirs.channels)]
        mono = [(sum(together) / theirs.channels - offset) * scale for together in zip(*lanes, strict=True)]
        return _as_int16(mono if self._resampler is None else self._resampler.feed(mono)).tobytes()


class ToDevice:
    """Turns our samples into what a speaker takes, the same on all its channels."""

    def __init__(self, theirs: SampleFormat) -> None:
        self._theirs = theirs
        self._resampler = None if theirs.rate_hz == SAMPLE_RATE_HZ else Resampler(SAMPLE_RATE_HZ, theirs.rate_hz)

    def convert(self, frame: bytes) -> bytes:
        if self._theirs == OURS:
            return frame
        samples = [float(sample) for sample in array(_INT16, frame)]
        if self._resampler is not None:
            samples = self._resampler.feed(samples)
        lane = _encode(samples, self._theirs.code)
        size = array(self._theirs.code).itemsize
        step = size * self._theirs.channels
        spread = bytearray(len(lane) * self._theirs.channels)
        for at in range(step):
            spread[at::step] = lane[at % size :: size]
        return bytes(spread)


class Resampler:
    """Changes the rate of one channel by a polyphase low-pass (Hann-windowed sinc); delay about 0.5 ms."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        common = math.gcd(from_hz, to_hz)
        self._up, self._down = to_hz // common, from_hz // common
        self._phases = _phases(self._up, max(1.0, from_hz / to_hz))
        self._taps = len(self._phases[0])
        self._waiting = [0.0] * (self._taps // 2)
        self._phase = 0

    def feed(self, samples: list[float]) -> list[float]:
        """What can be made of all samples so far and was not given yet."""
        waiting = self._waiting
        waiting += samples
        made: list[float] = []
        at, phase = 0, self._phase
        while at + self._taps <= len(waiting):
            made.append(sum(map(mul, self._phases[phase], waiting[at : at + self._taps])))
            step, phase = divmod(phase + self._down, self._up)
            at += step
        del waiting[:at]
        self._phase = phase
        return made


def _phases(up: int, stretch: float) -> list[tuple[float, ...]]:
    """One filter per position between two samples, each with a gain of one at 0 Hz."""
    half = math.ceil(_HALF_WIDTH * stretch)
    phases = []
    for position in range(up):
        centre = half - 1 + position / up
        taps = [_windowed_sinc((tap - centre) / stretch) for tap in range(2 * half)]
        gain = sum(taps)
        phases.append(tuple(tap / gain for tap in taps))
    return phases


def _windowed_sinc(crossings: float) -> float:
    if abs(crossings) >= _HALF_WIDTH:
        return 0.0
    angle = math.pi * crossings * _PASS_BAND
    sinc = 1.0 if angle == 0 else math.sin(angle) / angle
    return sinc * 0.5 * (1 + math.cos(math.pi * crossings / _HALF_WIDTH))


def _as_int16(samples: list[float]) -> array[int]:
    return array(_INT16, [max(-32768, min(32767, round(sample))) for sample in samples])


def _encode(samples: list[float], code: str) -> bytes:
    match code:
        case "f":
            return array("f", [sample / 32768 for sample in samples]).tobytes()
        case "i":
            return array("i", [sample * 65536 for sample in _as_int16(samples)]).tobytes()
        case "B":
            return bytes(sample // 256 + 128 for sample in _as_int16(samples))
        case _:
            return _as_int16(samples).tobytes()
