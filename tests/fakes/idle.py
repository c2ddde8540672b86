"""A desktop that tells how long nobody touched it, as the test says."""

from __future__ import annotations

from collections.abc import Callable


class FakeIdleWatch:
    """Implements IdleWatch. `seconds` None: this desktop cannot tell."""

    def __init__(self) -> None:
        self.seconds: float | None = None

    def idle_s(self, on_result: Callable[[float | None], None]) -> None:
        on_result(self.seconds)
