"""Measures the quality of one call once a second while it is connected. SIP thread only."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.domain.call import CallQuality
from agent_toolbar.engine.quality import StreamCounters, measure
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue

_EVERY_S = 1.0


class QualityWatch:
    """The differences between two looks at a stream's counters."""

    def __init__(
        self,
        timers: TimerQueue,
        look: Callable[[], tuple[str, StreamCounters] | None],
        told: Callable[[CallQuality], None],
    ) -> None:
        """look: codec and counters of the stream, None while there is none; told: of each measured interval."""
        self._timers = timers
        self._look = look
        self._told = told
        self._counters = StreamCounters()
        self._timer: TimerHandle | None = None

    def start(self) -> None:
        self._timer = self._timers.after(_EVERY_S, self._measure)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def forget(self) -> None:
        """Another stream follows, whose counters begin at 0."""
        self._counters = StreamCounters()

    def _measure(self) -> None:
        self.start()
        found = self._look()
        if found is not None and found[1].packets > self._counters.packets:
            codec, now = found
            before, self._counters = self._counters, now
            self._told(measure(codec, before, now))
