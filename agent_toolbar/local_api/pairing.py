"""One page at a time is let in by a code that a person reads here and types there. Pure; GUI thread."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Literal, Protocol

from agent_toolbar.application.ports.pages import PairingView
from agent_toolbar.application.ports.runtime import Clock, Timer, Timers
from agent_toolbar.domain.errors import LinkError

EXPIRES_S = 120
TRIES = 3
REFUSED_S = 60.0  # so long a page whose pairing was refused cannot ask again
FIRST_PAUSE_S = 30.0  # after wrong codes; doubled with each further round of them
LONGEST_PAUSE_S = 3600.0

Why = Literal["expired", "refused", "wrong_codes"]


class PairingPage(Protocol):
    """The connection of the page that asks."""

    origin: str

    def pairing_over(self, why: Why) -> None:
        """The code is not good any more."""


class Pairing:
    """The pairing that is under way, if there is one.

    The code never leaves this computer's screen. Guessing it takes three tries of a million, then a pause that grows.
    """

    def __init__(
        self, clock: Clock, timers: Timers, new_code: Callable[[], str], on_change: Callable[[], None]
    ) -> None:
        self._clock = clock
        self._timers = timers
        self._new_code = new_code
        self._on_change = on_change
        self._page: PairingPage | None = None
        self._timer: Timer | None = None
        self._tries_left = 0
        self._rounds_of_wrong = 0
        self._not_before_s = 0.0
        self._refused_until_s: dict[str, float] = {}
        self.view: PairingView | None = None

    def begin(self, page: PairingPage) -> None:
        """Shows a code. Raises LinkError("page_pairing_busy") or LinkError("page_pairing_paused", seconds)."""
        if self._page is not None:
            raise LinkError("page_pairing_busy")
        now_s = self._clock.now_s()
        pause_s = max(self._not_before_s, self._refused_until_s.get(page.origin, 0.0)) - now_s
        if pause_s > 0:
            raise LinkError("page_pairing_paused", seconds=int(pause_s) + 1)
        self._page, self._tries_left = page, TRIES
        self.view = PairingView(page.origin, self._new_code(), now_s + EXPIRES_S)
        self._timer = self._timers.after_ms(EXPIRES_S * 1000, lambda: self._end("expired"))
        self._on_change()

    def try_code(self, page: PairingPage, code: str) -> None:
        """Returns when the code is right.

        Raises LinkError("page_wrong_code", left) or LinkError("page_pairing_over").
        """
        if page is not self._page or self.view is None or self._clock.now_s() >= self.view.until_s:
            raise LinkError("page_pairing_over")
        if hmac.compare_digest(code, self.view.code):
            self._rounds_of_wrong, self._not_before_s = 0, 0.0
            self._tries_left = TRIES
            self._clear()
            return
        self._tries_left -= 1
        left = self._tries_left
        if not left:
            self._end("wrong_codes")
        raise LinkError("page_wrong_code", left=left)

    def refuse(self) -> None:
        """The person does not want it."""
        if self._page is not None:
            self._refused_until_s[self._page.origin] = self._clock.now_s() + REFUSED_S
            self._end("refused")

    def gone(self, page: PairingPage) -> None:
        """The page is closed."""
        if page is self._page:
            self._page = None
            self._clear()

    def is_of(self, page: PairingPage) -> bool:
        return page is self._page

    def _end(self, why: Why) -> None:
        page, self._page = self._page, None
        self._clear()
        if page is not None:
            page.pairing_over(why)

    def _clear(self) -> None:
        if self._tries_left < TRIES:
            pause_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**self._rounds_of_wrong)
            self._rounds_of_wrong = min(self._rounds_of_wrong + 1, 10)
            self._not_before_s = self._clock.now_s() + pause_s
            self._tries_left = TRIES
        if self._timer is not None:
            self._timer.cancel()
        self._page = self._timer = self.view = None
        self._on_change()
