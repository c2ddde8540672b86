"""When a failed registration is tried again: exponential back-off with jitter that honours Retry-After. Pure."""

from __future__ import annotations

from collections.abc import Callable

FIRST_DELAY_S = 1.0
MAX_DELAY_S = 60.0
MAX_RETRY_AFTER_S = 3600.0


class RetrySchedule:
    """Delays as RFC 5626 section 4.5 has them: a random 50 to 100 % of a bound that doubles up to a maximum."""

    def __init__(self, uniform: Callable[[float, float], float]) -> None:
        """uniform: gives a random number between its two arguments."""
        self._uniform = uniform
        self._failures = 0

    def next_delay_s(self, retry_after_s: float = 0.0) -> float:
        """The delay after one more failure. Never shorter than Retry-After, and spread a little beyond it."""
        bound = min(MAX_DELAY_S, FIRST_DELAY_S * 2.0 ** min(self._failures, 16))
        self._failures += 1
        delay = self._uniform(bound / 2, bound)
        if retry_after_s <= 0:
            return delay
        wished = min(retry_after_s, MAX_RETRY_AFTER_S)
        return wished + self._uniform(0.0, min(wished * 0.1, 5.0))

    def reset(self) -> None:
        """After a success, or when the agent asks for a new try."""
        self._failures = 0
