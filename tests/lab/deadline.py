"""The one place where a test waits: for a condition, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

POLL_S = 0.02


def wait_until(condition: Callable[[], T | None], timeout_s: float, what: str | Callable[[], str] = "") -> T:
    """The first true value of `condition`, asked every 20 ms.

    Raises AssertionError with `what` (made only then, if it is a function) when `timeout_s` seconds have passed.
    """
    deadline = time.monotonic() + timeout_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            wanted = what() if callable(what) else what
            raise AssertionError(f"not within {timeout_s} s: {wanted or condition} (last: {value!r})")
        time.sleep(POLL_S)
