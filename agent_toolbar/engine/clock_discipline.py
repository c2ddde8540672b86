"""How the media clock follows the sound card without losing frames. Pure arithmetic, used on the clock's thread.

The bridge's clock and the two directions of a sound card never run at exactly the same speed. The tick is stretched to
the speaker's speed; what the microphone then has too much or too little is evened out by the bridge's delay buffer.
"""

from __future__ import annotations

from agent_toolbar.engine.frame_ring import FRAME_MS

NOMINAL_TICK_S = FRAME_MS / 1000

TARGET_PLAYBACK_FRAMES = 4.0
_MOST_TARGET_FRAMES = 7.0
_SMOOTHING = 1 / 50  # of one tick, so about one second
_CORRECTION_PER_FRAME = 0.003
_MAX_CORRECTION = 0.01

_WINDOW_TICKS = 250
_FIRST_RESERVE = 3
_LEAST_RESERVE = 2
_MOST_RESERVE = 3


class PlaybackPace:
    """Lengthens or shortens the tick by up to 1 %, so that the frames waiting for the speaker stay near the target.

    The steady error at a card that is off by 100 ppm is 0.03 frames; the time constant is about seven seconds. Each
    missing frame raises the target by one, so a desk that is slow once pays with 20 ms of delay and not with a hole
    again and again.
    """

    def __init__(self) -> None:
        self._waiting: float | None = None
        self._target = TARGET_PLAYBACK_FRAMES
        self._missing = 0

    def tick_s(self, waiting: float, missing: int) -> float:
        """Seconds to the next tick, with `waiting` frames between bridge and card and `missing` so far."""
        if missing > self._missing:
            self._target = min(_MOST_TARGET_FRAMES, self._target + 1)
        self._missing = missing
        before = waiting if self._waiting is None else self._waiting
        self._waiting = before + (waiting - before) * _SMOOTHING
        correction = (self._waiting - self._target) * _CORRECTION_PER_FRAME
        return NOMINAL_TICK_S * (1 + max(-_MAX_CORRECTION, min(_MAX_CORRECTION, correction)))

    def reset(self) -> None:
        """The speaker is closed: what was measured says nothing about the next one."""
        self._waiting = None
        self._target = TARGET_PLAYBACK_FRAMES


class CaptureFeed:
    """Says how many captured frames go into the bridge in this tick: one, and rarely none or two.

    Over five seconds the lowest number of waiting frames is what is really in reserve, whatever the size of the lumps
    in which the card delivers. Two or three frames are kept: less than that and a tick is skipped, more and two frames
    go at once. Either way the delay buffer stretches or shrinks speech by pitch periods (WSOLA); nothing is cut.

    Attributes:
        dry: frames flowed, ran out, and no reserve is there yet.
    """

    def __init__(self) -> None:
        self.dry = False
        self._flowing = False
        self._lowest = _WINDOW_TICKS
        self._ticks = 0

    def reset(self) -> None:
        """The microphone starts: the first frames wait until a reserve is there."""
        self.dry = self._flowing = False
        self._open_window()

    def due(self, waiting: int) -> int:
        """Frames to take now, with `waiting` in the ring."""
        if not self._flowing:
            return self._begin() if waiting >= _FIRST_RESERVE else 0
        if waiting == 0:
            self._flowing, self.dry = False, True
            return 0
        self._lowest = min(self._lowest, waiting)
        self._ticks += 1
        if self._ticks < _WINDOW_TICKS:
            return 1
        lowest = self._lowest
        self._open_window()
        if lowest < _LEAST_RESERVE:
            return 0
        return 2 if lowest > _MOST_RESERVE else 1

    def _begin(self) -> int:
        self._flowing, self.dry = True, False
        self._open_window()
        return 1

    def _open_window(self) -> None:
        self._lowest, self._ticks = _WINDOW_TICKS, 0
