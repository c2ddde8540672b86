"""The sound of ringing: a loop of frames that a speaker stream plays on the ringing device, never into the call."""

from __future__ import annotations

import wave
from pathlib import Path

from agent_toolbar.engine.frame_ring import FRAME_BYTES, SAMPLE_RATE_HZ


class LoopedSound:
    """A short sound without end, in the shape of a ring that is always full.

    Raises OSError or wave.Error if the file cannot be read, ValueError if it is not 16 kHz, mono, 16 bit.
    """

    feeding = False

    def __init__(self, file: Path) -> None:
        with wave.open(str(file), "rb") as sound:
            if (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) != (SAMPLE_RATE_HZ, 1, 2):
                raise ValueError(f"{file.name} is not 16 kHz, mono, 16 bit")
            samples = sound.readframes(sound.getnframes())
        whole = len(samples) // FRAME_BYTES * FRAME_BYTES
        if not whole:
            raise ValueError(f"{file.name} holds no frame")
        self._frames = [samples[start : start + FRAME_BYTES] for start in range(0, whole, FRAME_BYTES)]
        self._next = 0
        self.draining = False
        self.downstream = 0.0

    def __len__(self) -> int:
        return 0  # nothing waits: a loop is never behind

    def rewind(self) -> None:
        """The next ring begins at the beginning."""
        self._next = 0

    def pull(self) -> bytes:
        frame = self._frames[self._next]
        self._next = (self._next + 1) % len(self._frames)
        return frame

    def drop(self) -> None:
        """A loop has nothing to drop."""

    def miss(self) -> None:
        """A loop misses nothing."""
