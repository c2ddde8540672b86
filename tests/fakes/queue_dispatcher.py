"""A dispatcher whose actions run on the test's thread, when the test waits for something."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable


class QueueDispatcher:
    """Implements application.ports.runtime.Dispatcher."""

    def __init__(self) -> None:
        self._actions: queue.Queue[Callable[[], None]] = queue.Queue()

    def post(self, action: Callable[[], None]) -> None:
        self._actions.put(action)

    def run_until(self, reached: Callable[[], bool], timeout_s: float = 10.0, what: str = "it") -> float:
        """Runs posted actions until `reached`; gives back how many seconds that took, fails after `timeout_s`."""
        begun = time.monotonic()
        while not reached():
            left_s = begun + timeout_s - time.monotonic()
            try:
                action = self._actions.get(timeout=max(0.001, left_s))
            except queue.Empty:
                raise AssertionError(f"waited {timeout_s} s for {what} in vain") from None
            action()
        return time.monotonic() - begun
