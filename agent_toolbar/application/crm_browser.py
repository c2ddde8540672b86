"""Signing in at a CRM with the browser: whether it must be, the one attempt under way, and keeping what came of it.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.crm import BrowserAttempt, BrowserSignIn, CrmAccess
from agent_toolbar.domain.errors import AgentToolbarError


class CrmBrowser:
    """For one CrmSession.

    Attributes:
        url: what the browser shows, "" while nobody is asked; opened: a browser was there.
        over: the sign-in that is kept is not taken any more, so that only a new one helps.
    """

    def __init__(self, sign_in: BrowserSignIn, open_page: Callable[[str], bool]) -> None:
        self._sign_in = sign_in
        self._open_page = open_page
        self._attempt: BrowserAttempt | None = None
        self.url = ""
        self.opened = False
        self.over = False

    def uses(self, access: CrmAccess) -> bool:
        """Raises AgentToolbarError where the connector cannot be used."""
        return self._sign_in.uses_browser(access)

    def needed(self, key: str) -> bool:
        """With a connector that uses the browser: somebody must sign in there first."""
        return self.over or not self._sign_in.signed_in_before(key)

    def begin(self, access: CrmAccess, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        """`on_result` gets the secret to keep, or why there is none. Raises AgentToolbarError."""

        def told(result: str | AgentToolbarError) -> None:
            self._attempt, self.url = None, ""
            on_result(result)

        self._attempt = self._sign_in.begin(access, told)
        self.url = self._attempt.url
        self.opened = self._open_page(self.url)

    def cancel(self) -> None:
        """Does nothing where nobody is asked."""
        attempt, self._attempt = self._attempt, None
        self.url = ""
        if attempt is not None:
            attempt.cancel()
