"""Time and threads as the application sees them, so that its tests never sleep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Clock(Protocol):
    def now_s(self) -> float:
        """Seconds since the epoch."""


class Timer(Protocol):
    def cancel(self) -> None:
        """No effect when it has fired already."""


class Timers(Protocol):
    def after_ms(self, delay_ms: int, action: Callable[[], None]) -> Timer:
        """Runs `action` once on the GUI thread."""


class Dispatcher(Protocol):
    def post(self, action: Callable[[], None]) -> None:
        """From any thread: runs `action` soon on the GUI thread, in order."""


class SleepWatch(Protocol):
    """Tells when the computer sleeps. All on the GUI thread; a desktop that cannot tell says nothing."""

    def listen(self, before: Callable[[Callable[[], None]], None], after: Callable[[], None]) -> None:
        """`before(done)`: the computer is about to sleep and waits some seconds for `done`. `after`: it is awake again.

        Both may come without the other: a sleep may fail, and a process may be started in between.
        """


class IdleWatch(Protocol):
    """What the desktop knows of the person in front of it. All on the GUI thread."""

    def idle_s(self, on_result: Callable[[float | None], None]) -> None:
        """Seconds without keyboard and mouse, None where the desktop cannot tell."""
