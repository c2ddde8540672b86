"""A token bucket, and the pause that a server asked for. Used by one thread."""

from __future__ import annotations

import math
from collections.abc import Callable

from agent_toolbar.domain.errors import CrmError


class RateLimiter:
    """Lets `requests` go at once, and as many again within each `per_s` seconds. 0 requests: no limit."""

    def __init__(self, requests: int, per_s: float, *, monotonic: Callable[[], float]) -> None:
        self._requests = requests
        self._refill = requests / per_s
        self._monotonic = monotonic
        self._tokens = float(requests)
        self._filled_at = monotonic()
        self._closed_until = 0.0

    def pause(self, pause_s: float) -> None:
        """Nothing is let through before it is over."""
        self._closed_until = max(self._closed_until, self._monotonic() + pause_s)

    def take(self, budget_s: float) -> float:
        """Takes a token; seconds to wait before using it. Raises CrmError("crm_busy") if that is over the budget."""
        now = self._monotonic()
        wait = max(0.0, self._closed_until - now)
        if self._requests:
            self._tokens = min(float(self._requests), self._tokens + (now - self._filled_at) * self._refill)
            self._filled_at = now
            wait = max(wait, (1.0 - self._tokens) / self._refill)
        if wait > budget_s:
            raise CrmError("crm_busy", retry_after_s=max(1, math.ceil(wait)))
        self._tokens -= 1.0
        return wait
