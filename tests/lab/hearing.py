"""Makes tones and finds them again: what was heard is measured, never assumed. Samples are mono, -1.0 to 1.0."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.lab.deadline import wait_until

Samples = NDArray[np.float32]

FULL_SCALE = 32768
SILENCE_DBFS = -60.0
_FLOOR = 1e-9
_TONE_DBFS = -40.0


@dataclass(frozen=True)
class HeardSound:
    """What a piece of sound holds.

    Attributes:
        frequency_hz: of the strongest component.
        level_dbfs: RMS of the whole piece; a full-scale sine is -3.
        purity: share of the energy within 20 Hz around the strongest component, 0.0 to 1.0.
    """

    frequency_hz: float
    level_dbfs: float
    purity: float

    def is_tone(self, frequency_hz: float) -> bool:
        """One clear tone of this frequency (10 Hz more or less), and nothing much beside it."""
        return abs(self.frequency_hz - frequency_hz) <= 10 and self.level_dbfs > -45 and self.purity > 0.8

    @property
    def silent(self) -> bool:
        return self.level_dbfs < SILENCE_DBFS


def write_tone(path: Path, frequency_hz: float, seconds: float, rate_hz: int) -> None:
    """A mono 16-bit WAV file of a tone at -10 dB; whole seconds can be repeated without a click."""
    repeats = int(seconds) if float(seconds).is_integer() and float(frequency_hz).is_integer() else 1
    time_s = np.arange(int(seconds * rate_hz) // repeats) / rate_hz
    samples = np.tile((0.3 * (FULL_SCALE - 1) * np.sin(2 * np.pi * frequency_hz * time_s)).astype("<i2"), repeats)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(samples.tobytes())


def samples_of(pcm: bytes) -> Samples:
    """Of 16-bit little-endian PCM; a last half sample of a file that still grows is left out."""
    return (np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2") / FULL_SCALE).astype(np.float32)


def hear(samples: Samples, rate_hz: int) -> HeardSound:
    """What is to be heard in a piece of sound; an empty piece is silent."""
    if not len(samples):
        return HeardSound(0.0, 20 * float(np.log10(_FLOOR)), 0.0)
    signal = samples.astype(np.float64)
    level_dbfs = 20 * float(np.log10(max(np.sqrt(np.mean(signal**2)), _FLOOR)))
    energy = np.abs(np.fft.rfft(signal * np.hanning(len(signal)))) ** 2
    frequencies = np.fft.rfftfreq(len(signal), 1 / rate_hz)
    energy[frequencies < 50] = 0.0  # an offset is no tone
    strongest = float(frequencies[int(np.argmax(energy))])
    near = energy[np.abs(frequencies - strongest) <= 20].sum()
    return HeardSound(strongest, level_dbfs, float(near / max(energy.sum(), _FLOOR)))


def tones_in(samples: Samples, rate_hz: int, among: Iterable[float]) -> frozenset[float]:
    """Which of these tones are mixed in a piece of sound: those within 20 Hz of which it is louder than -40 dBFS."""
    if not len(samples):
        return frozenset()
    window = np.hanning(len(samples))
    power = 2 * np.abs(np.fft.rfft(samples.astype(np.float64) * window)) ** 2 / (len(samples) * np.sum(window**2))
    frequencies = np.fft.rfftfreq(len(samples), 1 / rate_hz)
    levels = {hz: power[np.abs(frequencies - hz) <= 20].sum() for hz in among}
    return frozenset(hz for hz, level in levels.items() if 10 * np.log10(max(level, _FLOOR)) > _TONE_DBFS)


@dataclass(frozen=True)
class Ear:
    """Listens to a recording that grows. `so_far` gives all its samples."""

    so_far: Callable[[], Samples]
    rate_hz: int

    def hears(self, seconds: float = 1.0, timeout_s: float = 10.0) -> HeardSound:
        """What is to be heard in the `seconds` from now on."""
        return hear(self._next(seconds, timeout_s), self.rate_hz)

    def comes_to_hear_tone(self, frequency_hz: float, timeout_s: float = 10.0) -> bool:
        """True if within the time a tone comes and lasts for a second."""
        return self._comes_to_hear(lambda sound: sound.is_tone(frequency_hz), f"{frequency_hz} Hz", timeout_s)

    def comes_to_hear_silence(self, timeout_s: float = 10.0) -> bool:
        """True if within the time it falls silent and stays so for a second, while the recording goes on."""
        return self._comes_to_hear(lambda sound: sound.silent, "silence", timeout_s)

    def comes_to_hear_mixed(self, tones: Iterable[float], among: Iterable[float], timeout_s: float = 10.0) -> bool:
        """True if within the time just these of the tones are heard together, and for a second."""
        wanted, possible = frozenset(tones), tuple(among)

        def heard(seconds: float) -> frozenset[float]:
            return tones_in(self._next(seconds, timeout_s), self.rate_hz, possible)

        newest: list[frozenset[float]] = []

        def mixed() -> bool:
            newest[:] = [heard(0.3)]
            return newest[0] == wanted

        wait_until(mixed, timeout_s, lambda: f"to hear {set(wanted)}, but it is {set(newest[0])}")
        return heard(1.0) == wanted

    def _next(self, seconds: float, timeout_s: float) -> Samples:
        """The sound of the `seconds` from now on."""
        before, wanted = len(self.so_far()), int(seconds * self.rate_hz)
        wait_until(lambda: len(self.so_far()) >= before + wanted, timeout_s, f"{seconds} s of sound")
        return self.so_far()[before : before + wanted]

    def _comes_to_hear(self, wanted: Callable[[HeardSound], bool], what: str, timeout_s: float) -> bool:
        wait_until(lambda: wanted(self.hears(0.3, timeout_s)), timeout_s, f"to hear {what}")
        return wanted(self.hears(1.0))
