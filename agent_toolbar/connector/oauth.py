"""Access tokens of one sign-in, shared by the threads that use them: one refresh at a time, kept before it is used.

A refresh token that works once is worth nothing as soon as it was shown. So the next one is in the keyring before the
access token that came with it is used: whatever ends this process afterwards, the next start signs in.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from agent_toolbar.connector.oauth_grant import Grant, grant_of
from agent_toolbar.connector.token_endpoint import TokenEndpoint
from agent_toolbar.domain.errors import CrmError

EARLY_S = 60.0
Keep = Callable[[str], bool]  # puts a text in the keyring, and waits for it; False where there is none
_log = logging.getLogger(__name__)


class SharedGrant:
    """Any thread. Nothing of it is ever written but through `keep`."""

    def __init__(
        self, grant: Grant, endpoint: TokenEndpoint, keep: Keep, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._grant = grant
        self._endpoint = endpoint
        self._keep = keep
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0

    @property
    def grant(self) -> Grant:
        return self._grant

    @property
    def has_token(self) -> bool:
        """A token from before: a 401 may mean only that it is over."""
        return bool(self._token)

    def token(self, patience_s: float) -> str:
        """An access token; refreshes first where there is none that lasts. Another thread's refresh is waited for.

        Raises CrmError: crm_unauthorized (sign in again), crm_slow, and what the server's answer means.
        """
        if not self._lock.acquire(timeout=max(0.0, patience_s)):
            raise CrmError("crm_slow")
        try:
            if not self._token or self._monotonic() >= self._until:
                self._refresh()
            return self._token
        finally:
            self._lock.release()

    def refused(self, token: str) -> None:
        """The CRM does not take this token any more. Does nothing where another thread has a newer one already."""
        with self._lock:
            if token and token == self._token:
                self._token = ""

    def _refresh(self) -> None:
        self._token = ""
        tokens = self._endpoint.refresh(self._grant.refresh_token, self._grant.client_secret)
        renewed = self._grant.renewed(tokens.refresh_token, tokens.saved)
        if renewed != self._grant:
            self._grant = renewed
            if not self._keep(renewed.kept_as()):
                _log.warning("the new sign-in at the CRM is kept in memory only: the keyring did not take it")
        lasts_s = tokens.lasts_s
        self._until = self._monotonic() + max(lasts_s - EARLY_S, lasts_s / 2) if lasts_s else float("inf")
        self._token = tokens.access_token


class GrantBook:
    """One SharedGrant per sign-in, however often a connector is built for it. Any thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._grants: dict[tuple[str, str], SharedGrant] = {}

    def open(self, account: str, secret: str, endpoint: TokenEndpoint, keep: Keep) -> SharedGrant:
        """Raises CrmError("crm_unauthorized") where `secret` is no sign-in."""
        grant = grant_of(secret)
        if grant is None:
            raise CrmError("crm_unauthorized")
        with self._guard:
            known = self._grants.get((account, grant.id))
            if known is None:
                self._grants = {name: one for name, one in self._grants.items() if name[0] != account}
                known = self._grants[account, grant.id] = SharedGrant(grant, endpoint, keep)
            return known
