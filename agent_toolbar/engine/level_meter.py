"""Loudness of frames for the meters of the toolbar; costs about 15 us per frame and only while somebody watches."""

from __future__ import annotations

import math
from array import array
from operator import mul

_FLOOR_DB = 60.0
_FULL_SCALE = 32768.0


def loudness(frame: bytes) -> float:
    """0.0 (60 dB below full scale, or less) to 1.0 (full-scale sine), even in decibels, of signed 16-bit samples."""
    samples = array("h", frame)
    if not samples:
        return 0.0
    mean_square = sum(map(mul, samples, samples)) / len(samples)
    if mean_square < 1.0:
        return 0.0
    level_db = 10 * math.log10(2 * mean_square / _FULL_SCALE**2)
    return max(0.0, min(1.0, 1 + level_db / _FLOOR_DB))


class LevelMeter:
    """Holds the loudest frame since it was last read."""

    def __init__(self) -> None:
        self._loudest = 0.0

    def measure(self, frame: bytes) -> None:
        self._loudest = max(self._loudest, loudness(frame))

    def read(self) -> float:
        """The loudest since the last read, 0.0 to 1.0."""
        loudest, self._loudest = self._loudest, 0.0
        return loudest
