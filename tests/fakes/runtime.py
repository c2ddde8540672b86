"""Time and threads under the test's control."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class ManualClock:
    """Stands still until it is moved."""

    seconds: float = 1_700_000_000.0

    def now_s(self) -> float:
        return self.seconds


@dataclass
class ManualTimer:
    due_s: float
    action: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class ManualTimers:
    """Fires what is due when the test lets time pass."""

    clock: ManualClock
    waiting: list[ManualTimer] = field(default_factory=list)

    def after_ms(self, delay_ms: int, action: Callable[[], None]) -> ManualTimer:
        timer = ManualTimer(self.clock.seconds + delay_ms / 1000, action)
        self.waiting.append(timer)
        return timer

    def pass_ms(self, elapsed_ms: int) -> None:
        until = self.clock.seconds + elapsed_ms / 1000
        while due := [timer for timer in self.waiting if timer.due_s <= until]:
            first = min(due, key=lambda timer: timer.due_s)
            self.waiting.remove(first)
            self.clock.seconds = max(self.clock.seconds, first.due_s)
            if not first.cancelled:
                first.action()
        self.clock.seconds = until


class ImmediateDispatcher:
    """Runs what is posted at once, on the thread that posts it."""

    def post(self, action: Callable[[], None]) -> None:
        action()
