"""Joins the library's conference bridge with the sound of this desk, and says when sound is needed. SIP thread only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from agent_toolbar.domain.call import CallDirection, CallEndCause, CallSnapshot, CallState
from agent_toolbar.engine.library import Library
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue
from agent_toolbar.engine.tones import TonePlayer

_QUIET_AFTER_S = 1.0  # the bridge carries out removals in its ticks, so it must tick on for a moment
_TONE_CAUSES = frozenset({CallEndCause.BUSY, CallEndCause.UNREACHABLE, CallEndCause.NOT_FOUND, CallEndCause.FAILED})


class BridgeClock(Protocol):
    """Ticks the bridge. Must be ticking fast before anything of the bridge is changed."""

    def start(self, master_port: int) -> None: ...

    def set_busy(self, busy: bool) -> None: ...

    def stop(self) -> None: ...


class DeskSound(Protocol):
    """Microphone, speaker and ringer of this desk; may be told from any thread."""

    def set_in_use(self, in_use: bool) -> None: ...

    def ring(self, ringing: bool) -> None: ...


class SoundBridge:
    """Follows the calls: who is joined is the sessions' matter, what the desk must do is decided here.

    Attributes:
        media: slot 0 of the bridge.
    """

    def __init__(self, library: Library, clock: BridgeClock, desk: DeskSound, timers: TimerQueue) -> None:
        self._clock = clock
        self._desk = desk
        self._timers = timers
        clock.start(library.use_own_clock())
        self.media: Any = library.desk_media()
        self._tones = TonePlayer(self.media, timers)
        self._in_use = self._ringing = self._busy = self._kept_awake = False
        self._quiet: TimerHandle | None = None

    def wake(self) -> None:
        """Call before the bridge is changed."""
        if self._quiet is not None:
            self._quiet.cancel()
            self._quiet = None
        if not self._busy:
            self._busy = True
            self._clock.set_busy(True)

    def keep_awake(self, on: bool) -> None:
        """A call that is none of the agent's comes and goes in the bridge: it must tick, and the desk is left alone."""
        self._kept_awake = on
        if on:
            self.wake()
        elif not self._in_use:
            self._fall_asleep_later()

    def follow(self, calls: Iterable[CallSnapshot], ended: CallSnapshot | None) -> None:
        """The live calls are these; `ended` has just gone from them."""
        live = list(calls)
        talking = any(call.state is CallState.CONNECTED for call in live)
        self._set_in_use(bool(live))
        ringing = any(call.state is CallState.RINGING for call in live)
        self._set_ringing(ringing and not talking)
        waiting = any(
            call.direction is CallDirection.OUTGOING and call.state is CallState.ALERTING and not call.early_media
            for call in live
        )
        if live:
            self.wake()
            self._tones.stop_busy()
        self._tones.ringback(on=waiting and not talking)
        self._tones.waiting(on=ringing and talking)
        if ended is not None and not live and _deserves_tone(ended):
            self.wake()
            self._tones.busy()
        if not live:
            self._fall_asleep_later()

    def close(self) -> None:
        """The last thing before the library is destroyed."""
        self._set_ringing(False)
        self._set_in_use(False)
        self.wake()
        self._tones.close()

    def stop(self) -> None:
        """Nobody ticks the bridge any more."""
        self._clock.stop()

    def _fall_asleep_later(self) -> None:
        if self._busy and self._quiet is None:
            self._quiet = self._timers.after(_QUIET_AFTER_S, self._fall_asleep)

    def _fall_asleep(self) -> None:
        self._quiet = None
        if self._tones.sounding or self._kept_awake:
            self._fall_asleep_later()
            return
        self._busy = False
        self._clock.set_busy(False)

    def _set_in_use(self, in_use: bool) -> None:
        if in_use is not self._in_use:
            self._in_use = in_use
            self._desk.set_in_use(in_use)

    def _set_ringing(self, ringing: bool) -> None:
        if ringing is not self._ringing:
            self._ringing = ringing
            self._desk.ring(ringing)


def _deserves_tone(call: CallSnapshot) -> bool:
    return call.direction is CallDirection.OUTGOING and call.end_cause in _TONE_CAUSES
