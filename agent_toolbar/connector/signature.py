"""How requests are signed in: a key in a header, user and password, a token of a session or of OAuth. One thread."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Protocol

from agent_toolbar.connector.http_answers import Answer
from agent_toolbar.connector.manifest import PlannedAuth, PlannedRequest
from agent_toolbar.connector.oauth import SharedGrant
from agent_toolbar.connector.template import Scope
from agent_toolbar.domain.errors import CrmError


class Send(Protocol):
    """Sends a request and raises CrmError unless it was accepted."""

    def __call__(self, planned: PlannedRequest, scope: Scope, headers: Mapping[str, str]) -> Answer: ...


class Signature:
    """Signs with the secret; a session token is fetched when it is first needed and kept in memory only."""

    def __init__(
        self,
        auth: PlannedAuth,
        user: str,
        secret: str,
        base_scope: Scope,
        *,
        grant: SharedGrant | None = None,
        patience_s: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """`grant` of a manifest with OAuth; `patience_s`: how long another thread's refresh may be waited for."""
        self._auth = auth
        self._user = user
        self._secret = secret
        self._base_scope = base_scope
        self._grant = grant
        self._patience_s = patience_s
        self._token = ""
        self._session: dict[str, object] = {}

    @property
    def scope(self) -> dict[str, object]:
        """`secret` and `session` for templates."""
        return {"secret": {"key": self._secret, "token": self._token}, "session": self._session}

    @property
    def renewable(self) -> bool:
        """A 401 may mean only that the session is over."""
        return self._grant.has_token if self._grant is not None else bool(self._token)

    def drop(self) -> None:
        """The session is over: the server does not take its token."""
        if self._grant is not None:
            self._grant.refused(self._token)
        self.forget()

    def forget(self) -> None:
        """Signed out here; the token may be good still."""
        self._token, self._session = "", {}

    def headers(self, send: Send) -> dict[str, str]:
        """Of the next request. Raises CrmError where signing in fails."""
        kind = self._auth.kind
        if kind == "none":
            return {}
        if kind == "basic":
            return {"Authorization": self._basic()}
        if kind == "token" and not self._token:
            self._sign_in(send)
        if self._grant is not None:
            self._token = self._grant.token(self._patience_s())
        return {self._auth.header: self._auth.value.text({**self._base_scope, **self.scope})}

    def _sign_in(self, send: Send) -> None:
        request = self._auth.request
        assert request is not None, "a manifest with tokens has a request for them"
        answer = send(
            request,
            {**self._base_scope, **self.scope},
            {"Authorization": self._basic()} if self._auth.basic else {},
        )
        data = answer.data()
        saved = {name: path.read(data) for name, path in self._auth.save.items()}
        token = saved.pop("token", None)
        if not isinstance(token, str) or not token:
            raise CrmError("crm_broken_answer", detail="token")
        self._token, self._session = token, saved

    def _basic(self) -> str:
        return "Basic " + base64.b64encode(f"{self._user}:{self._secret}".encode()).decode()
