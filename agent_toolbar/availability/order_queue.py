"""Orders one after the other, each with one outcome within a bounded time. GUI thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from agent_toolbar.application.ports.availability import OrderOutcome
from agent_toolbar.application.ports.runtime import Timer, Timers
from agent_toolbar.domain.agent import CONFIRMATION_S
from agent_toolbar.domain.errors import AgentToolbarError, AvailabilityError


class OrderQueue:
    """`begin` of an order starts it; whoever hears its answer calls `finish`."""

    def __init__(self, timers: Timers, timeout_s: float = CONFIRMATION_S) -> None:
        self._timers = timers
        self._timeout_s = timeout_s
        self._waiting: deque[tuple[Callable[[], None], OrderOutcome]] = deque()
        self._outcome: OrderOutcome | None = None
        self._timer: Timer | None = None

    def add(self, begin: Callable[[], None], on_outcome: OrderOutcome) -> None:
        """`begin` may raise an AgentToolbarError, which is then the outcome."""
        self._waiting.append((begin, on_outcome))
        if self._outcome is None:
            self._next()

    def finish(self, error: AgentToolbarError | None) -> None:
        """The outcome of the order that was begun last; without one nothing happens."""
        outcome, self._outcome = self._outcome, None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if outcome is not None:
            outcome(error)
        if self._outcome is None:
            self._next()

    def close(self) -> None:
        """No outcome is told any more."""
        self._waiting.clear()
        self._outcome = None
        if self._timer is not None:
            self._timer.cancel()

    def _next(self) -> None:
        if not self._waiting:
            return
        begin, self._outcome = self._waiting.popleft()
        self._timer = self._timers.after_ms(
            round(self._timeout_s * 1000), lambda: self.finish(AvailabilityError("queue_timeout"))
        )
        try:
            begin()
        except AgentToolbarError as error:
            self.finish(AvailabilityError("queue_unreachable", detail=error.code))
