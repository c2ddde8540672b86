"""A web server on loopback that answers as a CRM's documentation says, over people that every replay shares."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.connector.oauth_grant import Grant

Answer = tuple[int, Any]
KEY, USER = "key-of-alice", "alice"
RETRY_AFTER_S = 7
DEALS = (("12500.00", "EUR"), ("900.50", "EUR"))  # of the first of the people


@dataclass
class Asked:
    """One request. query: all values by name; path: what the route's groups matched; body: decoded JSON or None."""

    method: str
    path: tuple[str, ...]
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any

    def one(self, name: str, otherwise: str = "") -> str:
        return self.query.get(name, [otherwise])[0]


@dataclass
class Person:
    """number: as this CRM keeps it."""

    id: int
    name: str
    number: str
    vip: bool = False


@dataclass
class Record:
    """What was told of a call, as the CRM's own fields."""

    id: int
    person: str
    fields: dict[str, Any]


def shared_people(first_id: int = 3) -> list[Person]:
    """See tests/contract/crm_contract.py."""
    written = (
        ("Marie Lefèvre", "+33123456789", True),
        ("Anna Schmidt", "+493023125111", False),
        ("Bernd Schmidt", "+493023125111", False),
        ("Grace Hopper", "+441134960001", False),
        ("Old Card & Sons", "01134960002", False),
    )
    return [Person(number, *one) for number, one in enumerate(written, start=first_id)]


class Replay:
    """One CRM. Subclasses say `manifest`, `values`, their routes and how a request proves who asks.

    Attributes:
        knows_likely, marks_vip, pages: see CrmPeer.
        calls: what it was told, oldest first.
        trouble: status that it answers everything with, 0 for none; words: what it says then.
    """

    manifest = ""
    knows_likely = True
    marks_vip = True
    pages = ""
    values: tuple[tuple[str, str], ...] = ()
    wrong_secret = "wrong"

    def __init__(self) -> None:
        self.people = shared_people()
        self.calls: list[Record] = []
        self.trouble = 0
        self.words = "Contact 4711 is <b>locked</b>"
        self.port = 0
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    def routes(self) -> dict[str, Callable[[Asked], Answer]]:
        """By "METHOD /pattern", a regular expression of the whole path."""
        raise NotImplementedError

    def allowed(self, asked: Asked) -> bool:
        raise NotImplementedError

    def refusal(self, status: int, text: str) -> Answer:
        """How this CRM words an error."""
        return status, {"message": text}

    @property
    def access(self) -> CrmAccess:
        return CrmAccess(self.manifest, f"http://127.0.0.1:{self.port}", USER, self.values, KEY)

    def records(self, name: str) -> list[str]:
        wanted = {str(person.id) for person in self.people if person.name == name}
        return [json.dumps(call.fields, ensure_ascii=False) for call in self.calls if call.person in wanted]

    def person(self, person_id: object) -> Person | None:
        return next((person for person in self.people if str(person.id) == str(person_id)), None)

    def add_person(self, name: str, number: str) -> Person:
        self.people.append(Person(max(person.id for person in self.people) + 1, name, number))
        return self.people[-1]

    def add_call(self, person: object, fields: dict[str, Any]) -> Record:
        self.calls.append(Record(len(self.calls) + 1, str(person), dict(fields)))
        return self.calls[-1]

    def call(self, call_id: object) -> Record | None:
        return next((call for call in self.calls if str(call.id) == str(call_id)), None)

    def start(self) -> None:
        """On the same port as before."""
        replay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                replay._answer(self)

            do_POST = do_PUT = do_PATCH = do_GET

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name=f"replay-{self.manifest}"
        )
        self._thread.start()

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        parts = urlsplit(handler.path)
        raw = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        asked = Asked(
            handler.command,
            (),
            parse_qs(parts.query, keep_blank_values=True),
            {name.lower(): value for name, value in handler.headers.items()},
            _decoded(raw, handler.headers.get("Content-Type", "")),
        )
        status, body = self._told(asked, unquote(parts.path))
        content = b"" if body is None else json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json; charset=utf-8")
        handler.send_header("Content-Length", str(len(content)))
        handler.send_header("Connection", "close")
        if status == 429:
            handler.send_header("Retry-After", str(RETRY_AFTER_S))
        handler.end_headers()
        handler.wfile.write(content)

    def _told(self, asked: Asked, path: str) -> Answer:
        if self.trouble:
            return self.refusal(self.trouble, self.words)
        if not self.allowed(asked):
            return self.refusal(401, "Unauthorized")
        for route, answer in self.routes().items():
            method, _, pattern = route.partition(" ")
            found = re.fullmatch(pattern, path)
            if found and method == asked.method:
                asked.path = found.groups()
                return answer(asked)
        return self.refusal(404, f"No route for {asked.method} {path}")


class OAuthReplay(Replay):
    """A CRM that takes access tokens. Reuse of a refresh token is what tests/fakes/oauth_server.py is about.

    Attributes:
        token_path, client, scheme: of the product. token_answer: beside the access token.
        rotates: a refresh gives the next refresh token.
    """

    token_path = ""
    client = "toolbar-client"
    scheme = "Bearer"
    rotates = True

    def __init__(self) -> None:
        super().__init__()
        self.tokens: list[str] = []

    @property
    def token_answer(self) -> dict[str, str]:
        return {}

    def shows_client(self, told: dict[str, str]) -> bool:
        return told["client_id"] == self.client

    @property
    def access(self) -> CrmAccess:
        return self._access(KEY)

    @property
    def wrong_secret(self) -> str:  # type: ignore[override]
        return self._access("wrong").secret

    def allowed(self, asked: Asked) -> bool:
        scheme, _, token = asked.headers.get("authorization", "").partition(" ")
        return scheme == self.scheme and token in self.tokens

    def _access(self, refresh_token: str) -> CrmAccess:
        grant = Grant("replay", refresh_token, "client-secret", self.token_answer)
        values = (("client_id", self.client), *self.values, *self.login_values)
        return CrmAccess(self.manifest, self.url, USER, values, grant.kept_as())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def login_values(self) -> tuple[tuple[str, str], ...]:
        return ()

    def _told(self, asked: Asked, path: str) -> Answer:
        if (asked.method, path) != ("POST", self.token_path):
            return super()._told(asked, path)
        told = asked.body
        assert told["grant_type"] == "refresh_token"
        if not self.shows_client(told):
            return 401, {"error": "invalid_client"}
        if not told["refresh_token"].startswith(KEY):
            return 400, {"error": "invalid_grant", "error_description": "expired access/refresh token"}
        self.tokens.append(f"access-{len(self.tokens)}")
        more = {"refresh_token": f"{KEY}-{len(self.tokens)}"} if self.rotates else {}
        return 200, {"access_token": self.tokens[-1], "token_type": "Bearer", **more, **self.token_answer}


def _decoded(raw: bytes, kind: str) -> Any:
    if kind.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(raw.decode(), keep_blank_values=True))
    return json.loads(raw) if raw else None


@contextmanager
def running(replay: Replay) -> Iterator[Replay]:
    replay.start()
    try:
        yield replay
    finally:
        replay.stop()
