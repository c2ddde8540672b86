"""Hears whether the agent speaks, by the energy of 20 ms frames. Pure; time is counted in frames."""

from __future__ import annotations

import math
from collections import deque

from agent_toolbar.practice.g711 import ALAW_TO_LINEAR, ULAW_TO_LINEAR
from agent_toolbar.practice.rtp import FRAME_MS
from agent_toolbar.practice.sdp import Codec

FULL_SCALE = 32_768.0
SPEECH_DBFS = -42.0
_SPEECH_FRAMES = 8  # of the last 15: a word, not a click
_WINDOW_FRAMES = 15
_PAUSE_MS = 900  # after this much silence it is the other's turn
_QUIETEST_DBFS = -96.0
_STILL_DBFS = -70.0  # no microphone is so quiet; the silence of a muted telephone is (A-law's smallest value: -72)

_SQUARES = {
    Codec.PCMA: tuple(sample * sample for sample in ALAW_TO_LINEAR),
    Codec.PCMU: tuple(sample * sample for sample in ULAW_TO_LINEAR),
}


def level_dbfs(payload: bytes, codec: Codec) -> float:
    """Root mean square of a G.711 payload in dB relative to full scale; -96 for nothing."""
    if not payload:
        return _QUIETEST_DBFS
    energy = sum(map(_SQUARES[codec].__getitem__, payload)) / len(payload)
    return max(_QUIETEST_DBFS, 10 * math.log10(energy / FULL_SCALE**2)) if energy else _QUIETEST_DBFS


class Listening:
    """What was heard since the last `start_over`.

    Attributes:
        loudest_dbfs: level of the loudest frame.
        has_spoken: there was speech. has_finished: and then a pause long enough to speak oneself.
        quiet_ms: since the last speech, by what arrived. still_ms: of nothing at all, not even a microphone's noise.
    """

    def __init__(self) -> None:
        self._recent: deque[bool] = deque(maxlen=_WINDOW_FRAMES)
        self.loudest_dbfs = _QUIETEST_DBFS
        self.has_spoken = False
        self.quiet_ms = 0
        self.still_ms = 0

    def start_over(self) -> None:
        self._recent.clear()
        self.loudest_dbfs = _QUIETEST_DBFS
        self.has_spoken = False
        self.quiet_ms = 0
        self.still_ms = 0

    def hear(self, payload: bytes, codec: Codec) -> None:
        """Takes the next frame that arrived."""
        level = level_dbfs(payload, codec)
        loud = level > SPEECH_DBFS
        self._recent.append(loud)
        self.loudest_dbfs = max(self.loudest_dbfs, level)
        self.quiet_ms = 0 if loud else self.quiet_ms + FRAME_MS
        self.still_ms = self.still_ms + FRAME_MS if level < _STILL_DBFS else 0
        if sum(self._recent) >= _SPEECH_FRAMES:
            self.has_spoken = True

    @property
    def has_finished(self) -> bool:
        return self.has_spoken and self.quiet_ms >= _PAUSE_MS
