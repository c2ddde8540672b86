"""An OAuth server on loopback that verifies PKCE, rotates refresh tokens and notices one that is used twice."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

CLIENT, SECRET = "toolbar-client", "client-s3cret"


@dataclass
class Family:
    """One sign-in: the only refresh token that is good now, and the access tokens."""

    refresh: str
    access: set[str] = field(default_factory=set)
    revoked: bool = False


class OAuthServer:
    """Attributes:
    rotates: each refresh token works once. lasts_s: of an access token, None says nothing of it.
    worthless: its access tokens are taken nowhere. agrees: the person at the browser does.
    confidential: "", "body" or "basic".
    trouble: status and body that the token address answers instead. more: added to a good answer.
    gate: closed, token requests wait. asked: token requests; seen: requests of the API, with their token.
    """

    def __init__(self) -> None:
        self.rotates = True
        self.lasts_s: int | None = 3600
        self.agrees = True
        self.worthless = False
        self.confidential = ""
        self.trouble: tuple[int, dict[str, Any]] | None = None
        self.more: dict[str, Any] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[dict[str, str]] = []
        self.seen: list[str] = []
        self.families: list[Family] = []
        self.codes: dict[str, dict[str, str]] = {}
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self.answers: dict[str, Callable[[], Any]] = {
            "/api/me": lambda: {"id": 7, "name": "Alice Agent"},
            "/api/contacts": list,
        }
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server._get(self)

            def do_POST(self) -> None:
                server._post(self)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def stop(self) -> None:
        self.gate.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def sign_in(self) -> Family:
        """As if somebody had signed in before."""
        family = Family(f"refresh-{next(self._ids)}")
        self.families.append(family)
        return family

    def end_access(self) -> None:
        """All access tokens are over, before their time."""
        for family in self.families:
            family.access.clear()

    def redirect_of(self, address: str) -> str:
        """What /authorize redirects to, after the person agreed or not."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert urlsplit(asked["redirect_uri"]).hostname in {"127.0.0.1", "localhost"}
        if not self.agrees:
            told = {"error": "access_denied", "state": asked["state"]}
        else:
            code = f"code-{next(self._ids)}"
            self.codes[code] = asked
            told = {"code": code, "state": asked["state"]}
        return f"{asked['redirect_uri']}?{urlencode(told)}"

    # ------------------------------------------------------------------ answers

    def _get(self, handler: BaseHTTPRequestHandler) -> None:
        path = urlsplit(handler.path).path
        if path == "/authorize":
            handler.send_response(302)
            handler.send_header("Location", self.redirect_of(handler.path))
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        token = handler.headers.get("Authorization", "").removeprefix("Bearer ")
        with self._lock:
            self.seen.append(token)
            good = any(token in family.access and not family.revoked for family in self.families)
        if not good:
            _send(handler, 401, {"error": "expired"})
        else:
            _send(handler, 200, self.answers[path]())

    def _post(self, handler: BaseHTTPRequestHandler) -> None:
        raw = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        asked = dict(parse_qsl(raw.decode(), keep_blank_values=True))
        with self._lock:
            self.asked.append(asked)
        assert self.gate.wait(30)
        with self._lock:
            status, body = self.trouble or self._tokens(asked, handler.headers.get("Authorization", ""))
        _send(handler, status, body)

    def _tokens(self, asked: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        shown = {"": True, "body": asked.get("client_secret") == SECRET, "basic": authorization == basic}
        if asked.get("client_id") != CLIENT or not shown[self.confidential]:
            return 401, {"error": "invalid_client", "error_description": "who are you?"}
        if asked["grant_type"] == "authorization_code":
            begun = self.codes.pop(asked["code"], None)
            digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            same = begun is not None and begun["redirect_uri"] == asked["redirect_uri"]
            if begun is None or not same or begun["code_challenge"] != challenge:
                return 400, {"error": "invalid_grant"}
            return self._good(self.sign_in(), first=True)
        for family in self.families:
            if family.refresh == asked["refresh_token"] and not family.revoked:
                return self._good(family)
        for family in self.families:  # one that was used before: somebody stole it (RFC 9700 section 4.14.2)
            if self.rotates:
                family.revoked = True
        return 400, {"error": "invalid_grant", "error_description": f"bad {asked['refresh_token']}"}

    def _good(self, family: Family, *, first: bool = False) -> tuple[int, dict[str, Any]]:
        access = f"access-{next(self._ids)}"
        family.access = set() if self.worthless else {access}
        body: dict[str, Any] = {"access_token": access, "token_type": "Bearer", **self.more}
        if self.rotates and not first:
            family.refresh = f"refresh-{next(self._ids)}"
        if self.rotates or first:
            body["refresh_token"] = family.refresh
        if self.lasts_s is not None:
            body["expires_in"] = self.lasts_s
        return 200, body


def _send(handler: BaseHTTPRequestHandler, status: int, body: Any) -> None:
    content = json.dumps(body).encode()
    handler.close_connection = True
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(content)))
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(content)


@contextmanager
def oauth_server() -> Iterator[OAuthServer]:
    server = OAuthServer()
    try:
        yield server
    finally:
        server.stop()
