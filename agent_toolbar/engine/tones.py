"""Tones that the agent hears from the toolbar itself: ringback, busy, call waiting (ITU-T E.180). SIP thread only."""

from __future__ import annotations

from typing import Any

import pjsua2 as pj

from agent_toolbar.engine.library import CLOCK_RATE_HZ
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue

_PITCH_HZ = 440
_VOLUME = 6000
_VOLUME_IN_TALK = 2500  # beside a customer's voice
_RINGBACK_MS = (1500, 3500)
_BUSY_MS = (500, 500)
_WAITING_MS = (200, 4000)
_BUSY_FOR_S = 3.0


class TonePlayer:
    """Plays at most one tone into the desk's speaker."""

    def __init__(self, desk: pj.AudioMedia, timers: TimerQueue) -> None:
        self._desk = desk
        self._timers = timers
        self._generator: Any = None
        self._playing: tuple[int, int] | None = None
        self._busy_end: TimerHandle | None = None

    @property
    def sounding(self) -> bool:
        return self._playing is not None

    def ringback(self, *, on: bool) -> None:
        """Starts or stops ringback; the busy tone is not touched by stopping it."""
        if on:
            self._play(_RINGBACK_MS)
        elif self._playing == _RINGBACK_MS:
            self._stop()

    def waiting(self, *, on: bool) -> None:
        """Starts or stops the sign that somebody rings during a talk; only the agent hears it."""
        if on:
            self._play(_WAITING_MS, _VOLUME_IN_TALK)
        elif self._playing == _WAITING_MS:
            self._stop()

    def busy(self) -> None:
        """A few seconds of busy tone."""
        self._play(_BUSY_MS)
        self._busy_end = self._timers.after(_BUSY_FOR_S, self._end_busy)

    def stop_busy(self) -> None:
        """A new call has begun."""
        self._end_busy()

    def close(self) -> None:
        """Lets the generator go; the bridge must still be ticking."""
        self._stop()
        self._generator = None

    def _play(self, on_off_ms: tuple[int, int], volume: int = _VOLUME) -> None:
        if self._playing == on_off_ms:
            return
        self._stop()
        if self._generator is None:
            self._generator = pj.ToneGenerator()
            self._generator.createToneGenerator(CLOCK_RATE_HZ, 1)
        tone = pj.ToneDesc()
        tone.freq1, tone.freq2 = _PITCH_HZ, 0
        tone.on_msec, tone.off_msec = on_off_ms
        tone.volume = volume
        tones = pj.ToneDescVector()
        tones.append(tone)
        self._generator.play(tones, True)
        self._generator.startTransmit(self._desk)
        self._playing = on_off_ms

    def _end_busy(self) -> None:
        if self._playing == _BUSY_MS:
            self._stop()

    def _stop(self) -> None:
        if self._busy_end is not None:
            self._busy_end.cancel()
            self._busy_end = None
        if self._playing is not None:
            self._playing = None
            self._generator.stopTransmit(self._desk)
            self._generator.stop()
            self._generator.rewind()
