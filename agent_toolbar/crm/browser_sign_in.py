"""Signs in at a CRM with the system's browser (RFC 8252). Called and answering on the GUI thread; waits on its own."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.connector.client import settings_of
from agent_toolbar.connector.loopback_redirect import WAIT_S, LoopbackRedirect, PageTexts
from agent_toolbar.connector.oauth_grant import Grant, grant_of
from agent_toolbar.connector.token_endpoint import TokenEndpoint, sign_in_address
from agent_toolbar.crm.http_connector import crm_settings, load_crm_manifest
from agent_toolbar.domain.errors import AgentToolbarError, CrmError


class OAuthBrowserSignIn:
    """Implements application.ports.crm.BrowserSignIn."""

    def __init__(self, dispatcher: Dispatcher, texts: Callable[[], PageTexts], *, wait_s: float = WAIT_S) -> None:
        """`texts`: of the page that the browser shows in the end, in the language of the moment."""
        self._dispatcher = dispatcher
        self._texts = texts
        self._wait_s = wait_s

    def uses_browser(self, access: CrmAccess) -> bool:
        return load_crm_manifest(access).oauth is not None

    def signed_in_before(self, secret: str) -> bool:
        return grant_of(secret) is not None

    def begin(self, access: CrmAccess, on_result: Callable[[str | AgentToolbarError], None]) -> _Attempt:
        manifest = load_crm_manifest(access)
        plan = manifest.oauth
        assert plan is not None, "see uses_browser"
        before = grant_of(access.secret)
        client_secret = before.client_secret if before is not None else access.secret
        if plan.client_secret == "none":
            client_secret = ""
        elif not client_secret:
            raise CrmError("crm_no_key")
        scope = {"s": settings_of(manifest, crm_settings(access))}
        endpoint = TokenEndpoint(manifest, scope)
        authorize = sign_in_address(manifest, plan.authorize_url, scope, "oauth.authorize_url")
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
        redirect = LoopbackRedirect(plan, state, self._texts())
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            **{name: value.text(scope) for name, value in plan.params.items()},
            "response_type": "code",
            "client_id": endpoint.client_id,
            "redirect_uri": redirect.redirect_uri,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        if plan.scopes:
            asked["scope"] = " ".join(one.text(scope) for one in plan.scopes)
        url = f"{authorize}{'&' if '?' in authorize else '?'}{urlencode(asked)}"

        def work() -> None:
            result: str | AgentToolbarError
            try:
                code = redirect.wait(self._wait_s)
                tokens = endpoint.exchange_code(code, verifier, redirect.redirect_uri, client_secret)
                grant = Grant(secrets.token_hex(8), tokens.refresh_token, client_secret, dict(tokens.saved))
                result = grant.kept_as()
            except AgentToolbarError as error:
                result = error
            self._dispatcher.post(partial(on_result, result))

        threading.Thread(target=work, name="browser-sign-in", daemon=True).start()
        return _Attempt(url, redirect)


class _Attempt:
    """url: what the browser opens."""

    def __init__(self, url: str, redirect: LoopbackRedirect) -> None:
        self.url = url
        self._redirect = redirect

    def cancel(self) -> None:
        self._redirect.cancel()
