"""A computer that sleeps when the test says so."""

from __future__ import annotations

from collections.abc import Callable


class FakeSleepWatch:
    """Implements SleepWatch. `asleep`: the toolbar has said goodbye."""

    def __init__(self) -> None:
        self.asleep = False
        self._before: Callable[[Callable[[], None]], None] = lambda _done: None
        self._after: Callable[[], None] = lambda: None

    def listen(self, before: Callable[[Callable[[], None]], None], after: Callable[[], None]) -> None:
        self._before, self._after = before, after

    def fall_asleep(self) -> None:
        def done() -> None:
            self.asleep = True

        self._before(done)

    def wake(self) -> None:
        self.asleep = False
        self._after()
