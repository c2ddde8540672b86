"""Keeps a click or key that was meant for something else from answering a call that has just appeared."""

from __future__ import annotations

from collections.abc import Callable

GUARD_S = 0.4


class RingGuard:
    """Remembers since when the same ringing call stands at one place (the card, the bar). GUI thread."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._call_id = ""
        self._since_s = 0.0

    def now_shows(self, call_id: str) -> None:
        """The call that stands there from now on; "" when none does."""
        if call_id != self._call_id:
            self._call_id = call_id
            self._since_s = self._now_s()

    def may_act(self, call_id: str) -> bool:
        """The person has had time to see that it is this call."""
        return call_id == self._call_id and self._now_s() - self._since_s >= GUARD_S
