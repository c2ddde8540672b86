"""Timers of one thread: due actions run when that thread asks for them. Used on the SIP thread only."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable


class TimerHandle:
    """One pending action."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action: Callable[[], None] | None = action

    def cancel(self) -> None:
        """No effect when it has fired already."""
        self._action = None

    def fire(self) -> None:
        action, self._action = self._action, None
        if action is not None:
            action()

    @property
    def pending(self) -> bool:
        return self._action is not None


class TimerQueue:
    """Actions by due time on a monotonic clock in seconds."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._heap: list[tuple[float, int, TimerHandle]] = []
        self._order = itertools.count()

    def after(self, delay_s: float, action: Callable[[], None]) -> TimerHandle:
        handle = TimerHandle(action)
        heapq.heappush(self._heap, (self._monotonic() + delay_s, next(self._order), handle))
        return handle

    def run_due(self) -> None:
        """Runs what is due now; what an action adds with no delay waits for the next call."""
        now = self._monotonic()
        due: list[TimerHandle] = []
        while self._heap and self._heap[0][0] <= now:
            due.append(heapq.heappop(self._heap)[2])
        for handle in due:
            handle.fire()

    def next_due_s(self, at_most_s: float) -> float:
        """Seconds until the next action, between 0 and `at_most_s`."""
        while self._heap and not self._heap[0][2].pending:
            heapq.heappop(self._heap)
        if not self._heap:
            return at_most_s
        return min(at_most_s, max(0.0, self._heap[0][0] - self._monotonic()))
