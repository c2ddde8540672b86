"""Asks a server for tokens (RFC 6749 sections 4.1.3 and 6). One thread at a time."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlsplit

from agent_toolbar.connector.exchange import Exchange
from agent_toolbar.connector.filters import text_of
from agent_toolbar.connector.http_answers import DEFAULT_PAUSE_S, Answer, own_words, require_accepted
from agent_toolbar.connector.manifest import Manifest, PlannedRequest
from agent_toolbar.connector.network import Deadline
from agent_toolbar.connector.oauth_plan import PlannedOAuth
from agent_toolbar.connector.template import MissingValueError, Scope, Template
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.domain.text import plain_text

BUDGET_S = 20.0  # of its own: a refresh that is given up half-way may have used up the only refresh token
MAX_TOKEN = 16_000
_OVER = frozenset({"invalid_grant", "invalid_code", "interaction_required", "consent_required", "login_required"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """An answer of the server. lasts_s: 0.0 where it does not say; refresh_token: "" where there is none."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    lasts_s: float
    saved: Mapping[str, str]


class TokenEndpoint:
    """The token address of one manifest and its settings."""

    def __init__(
        self,
        manifest: Manifest,
        scope: Scope,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        now_s: Callable[[], float] = time.time,
    ) -> None:
        """`scope` has the settings as `s`. Raises ManifestError for an address that is not https."""
        assert manifest.oauth is not None, "only a manifest with [oauth] has tokens"
        self.plan: PlannedOAuth = manifest.oauth
        self.client_id = plain_address_part(manifest, self.plan.client_id, scope, "oauth.client_id")
        self._address = sign_in_address(manifest, self.plan.token_url, scope, "oauth.token_url")
        self._now_s = now_s
        self._deadline = Deadline(monotonic)

    def exchange_code(self, code: str, verifier: str, redirect_uri: str, client_secret: str) -> Tokens:
        """RFC 7636 section 4.5. Raises CrmError."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        tokens = self._ask(asked, client_secret, (code, verifier))
        if not tokens.refresh_token:
            raise CrmError("crm_broken_answer", detail="refresh_token")
        return tokens

    def refresh(self, refresh_token: str, client_secret: str) -> Tokens:
        """Raises CrmError: crm_unauthorized where the sign-in is over."""
        asked = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        tokens = self._ask(asked, client_secret, (refresh_token,))
        if self.plan.rotate and not tokens.refresh_token:
            raise CrmError("crm_broken_answer", detail="refresh_token")
        return tokens

    def _ask(self, asked: Mapping[str, str], client_secret: str, secrets: tuple[str, ...]) -> Tokens:
        body = {**asked, "client_id": self.client_id}
        headers = {}
        if self.plan.client_secret == "body":
            body["client_secret"] = client_secret
        elif self.plan.client_secret == "basic":  # RFC 6749 section 2.3.1
            pair = f"{quote_plus(self.client_id)}:{quote_plus(client_secret)}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        parts = urlsplit(self._address)
        self._deadline.set_s(BUDGET_S)
        exchange = Exchange(f"{parts.scheme}://{parts.netloc}", {}, self._deadline)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        try:
            answer = exchange.send(
                PlannedRequest("POST", Template((path,)), {}, {}, body, "form", "oauth.token_url"), {}, headers
            )
        finally:
            exchange.close()
        return self._read(answer, (*secrets, client_secret))

    def _read(self, answer: Answer, secrets: tuple[str, ...]) -> Tokens:
        """Some servers say with 200 that they refuse. Nothing that was sent comes back in an error."""
        error = _error_of(answer)
        if error in _OVER:
            raise CrmError("crm_unauthorized")
        if error or answer.status in {401, 403}:
            words = own_words(answer, None)
            for secret in filter(None, secrets):
                words = words.replace(secret, "…")
            raise CrmError("crm_refused", text=words or error or str(answer.status))
        require_accepted(answer, None, self._now_s, DEFAULT_PAUSE_S)
        data = answer.data()
        table = data if isinstance(data, dict) else {}
        kind = table.get("token_type", "Bearer")
        access, refresh = table.get("access_token"), table.get("refresh_token", "")
        if not isinstance(access, str) or not access.strip() or len(access) > MAX_TOKEN or not access.isprintable():
            raise CrmError("crm_broken_answer", detail="access_token")
        if not isinstance(refresh, str) or len(refresh) > MAX_TOKEN or not isinstance(kind, str):
            raise CrmError("crm_broken_answer", detail="refresh_token")
        found = {name: path.read(data) for name, path in self.plan.save.items()}
        return Tokens(
            access,
            refresh,
            _seconds(table.get("expires_in")),
            {name: plain_text(text_of(value), 500) for name, value in found.items() if value is not None},
        )


def sign_in_address(manifest: Manifest, template: Template, scope: Scope, key: str) -> str:
    """Raises ManifestError unless it is https, or http on this computer, and has a host for certain."""
    address = plain_address_part(manifest, template, scope, key, address=True)
    parts = urlsplit(address)
    try:
        Exchange(f"{parts.scheme}://{parts.netloc}", {}, Deadline()).close()
    except ValueError as fault:
        raise manifest.blame("manifest_wrong_value", key, expected="https://...") from fault
    if parts.fragment:
        raise manifest.blame("manifest_wrong_value", key, expected="https://...")
    return address


def plain_address_part(manifest: Manifest, template: Template, scope: Scope, key: str, *, address: bool = False) -> str:
    """Raises ManifestError where a value of it is missing."""
    try:
        text = template.address(scope) if address else template.text(scope)
    except MissingValueError as missing:
        raise manifest.blame("manifest_needs_value", key) from missing
    if not text:
        raise manifest.blame("manifest_needs_value", key)
    return text


def _error_of(answer: Answer) -> str:
    """The `error` of RFC 6749 section 5.2, "" where there is none."""
    try:
        data = answer.data()
    except CrmError:
        return ""
    error = data.get("error") if isinstance(data, dict) else None
    return plain_text(error, 60) if isinstance(error, str) else ""


def _seconds(written: object) -> float:
    try:
        seconds = float(written) if isinstance(written, str | int | float) else 0.0
    except ValueError:
        return 0.0
    return seconds if 0 < seconds < 1e9 else 0.0
