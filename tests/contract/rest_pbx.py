"""Telephone systems with an API per user, on a real HTTP server of this computer, as Wazo and Kazoo document them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from agent_toolbar.application.ports.availability import Abilities, Availability, OrderOutcome, QueueOrder
from agent_toolbar.application.ports.settings import AvailabilityAdapter, AvailabilitySettings, RestSettings
from agent_toolbar.availability.choice import adapter_for
from agent_toolbar.domain.agent import Confirmed
from agent_toolbar.domain.errors import AgentToolbarError
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock, ManualTimers
from tests.fakes.settings import FakeSecretVault
from tests.fakes.telephony import FakeTelephonyEngine
from tests.integration.connector.web_server import Reply, Seen, Speak, WebServer, web_server

USER, PASSWORD = "ann", "pässword"
HOLD_S = 30.0
NO_CONTENT = Reply("", 204, {})


class _Gone:
    """In place of the engine that other adapters speak through."""

    def __init__(self, die: Callable[[], None]) -> None:
        self.die = die


class RestPbx:
    """An agent of a telephone system. `silent`, `refuses`, `ill`: how it fails; `lag`: looks that it takes to obey."""

    def __init__(self, server: WebServer) -> None:
        self.server = server
        self.url = server.url
        self.logged_in = True
        self.paused, self.reason = False, ""
        self.silent = self.refuses = self.dead = self.ill = False
        self.lag = 0
        self.tokens: list[str] = []
        self.engine = _Gone(self.die)
        self._pending: list[Callable[[], None]] = []
        server.answers = self._answers

    @property
    def away(self) -> bool:
        return self.paused or not self.logged_in

    @property
    def orders(self) -> list[tuple[str, str, Any]]:
        """Method, path and body of all that was no question and no sign-in."""
        return [
            (seen.method, seen.path, json.loads(seen.body or b"null"))
            for seen in self.server.seen
            if seen.method == "POST" and not seen.path.endswith(("/token", "/user_auth"))
        ]

    def die(self) -> None:
        """Nobody listens any more."""
        self.dead = True
        self.server.socket.close()

    def hint(self) -> None:
        """Nothing is told by itself here."""

    def _answers(self, seen: Seen) -> Reply | Speak:
        if self.dead:
            return lambda _connection: None
        if self.silent:
            return lambda _connection: self.server.ended.wait(HOLD_S)
        if self.ill:
            return Reply("<h1>Bad gateway</h1>", 502, {"Content-Type": "text/html"})
        return self._speaks(seen)

    def _speaks(self, seen: Seen) -> Reply:
        raise NotImplementedError

    def _obey(self, deed: Callable[[], None]) -> None:
        if self.lag:
            self._pending.append(deed)
        else:
            deed()

    def _looked_at(self) -> None:
        if self._pending and self.lag:
            self.lag -= 1
            if not self.lag:
                for deed in self._pending:
                    deed()
                self._pending.clear()

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)


class WazoPbx(RestPbx):
    """wazo-auth 0.1 and wazo-agentd 1.0."""

    manifest = "wazo"
    values: ClassVar = {"line_id": "12"}

    def _speaks(self, seen: Seen) -> Reply:
        if (seen.method, seen.path) == ("POST", "/api/auth/0.1/token"):
            basic = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
            if seen.headers.get("authorization") != f"Basic {basic}":
                return Reply('{"reason": ["Authentication Failed"], "timestamp": [1], "status_code": 401}', 401)
            self.tokens.append(f"token-{len(self.tokens)}")
            return Reply(
                json.dumps({"data": {"token": self.tokens[-1], "expires_at": "2026-11-25T20:00:00", "acl": []}})
            )
        if seen.headers.get("x-auth-token") not in self.tokens[-1:]:
            return Reply('{"error": "invalid token or unauthorized"}', 401)
        path = seen.path.removeprefix("/api/agentd/1.0/users/me/agents")
        if (seen.method, path) == ("GET", ""):
            self._looked_at()
            state = {"logged": self.logged_in, "paused": self.paused, "paused_reason": self.reason or None}
            return Reply(json.dumps({"id": 3, "number": "1001", **state, "extension": "1001", "queues": []}))
        if self.refuses:
            return Reply('{"error": "not logged"}', 409)
        return self._order(path, json.loads(seen.body or b"{}"))

    def _order(self, path: str, body: dict[str, Any]) -> Reply:
        if path == "/login" and body.get("line_id") != 12:
            return Reply('{"error": "no such line"}', 400)
        if path in {"/login", "/logoff"}:
            if self.logged_in == (path == "/login"):
                return Reply('{"error": "already logged"}', 409)
            self._obey(lambda: self._set(logged_in=path == "/login"))
            return NO_CONTENT
        if not self.logged_in:
            return Reply('{"error": "not logged"}', 409)
        if path == "/pause":
            self._obey(lambda: self._set(paused=True, reason=body.get("reason", "")))
            return NO_CONTENT
        if path == "/unpause":
            self._obey(lambda: self._set(paused=False, reason=""))
            return NO_CONTENT
        return Reply('{"error": "Not found"}', 404)


class KazooPbx(RestPbx):
    """Crossbar 4 with acdc: an order is accepted first and carried out later; there are no reasons."""

    manifest = "kazoo"
    values: ClassVar = {"account": "Example & Co"}
    in_call = False

    def _speaks(self, seen: Seen) -> Reply:
        if (seen.method, seen.path) == ("PUT", "/v2/user_auth"):
            given = json.loads(seen.body)["data"]
            credentials = hashlib.md5(f"{USER}:{PASSWORD}".encode(), usedforsecurity=False).hexdigest()
            if given != {"credentials": credentials, "account_name": "Example & Co"}:
                return self._reply({"message": "invalid credentials"}, 401, "error")
            self.tokens.append(f"token-{len(self.tokens)}")
            return self._reply({"account_id": "acc", "owner_id": "usr"}, 201, auth_token=self.tokens[-1])
        if seen.headers.get("x-auth-token") not in self.tokens[-1:]:
            return self._reply({"message": "invalid_credentials"}, 401, "error")
        if seen.path != "/v2/accounts/acc/agents/usr/status":
            return self._reply({"message": "not found"}, 404, "error")
        if seen.method == "GET":
            self._looked_at()
            return self._reply(self._status())
        if self.refuses:
            return Reply(json.dumps({"status": "error", "message": "not logged", "error": "400", "data": {}}), 400)
        order = json.loads(seen.body)["data"]
        changes: dict[str, dict[str, object]] = {
            "login": {"logged_in": True, "paused": False},
            "logout": {"logged_in": False},
            "pause": {"paused": True},
            "resume": {"paused": False},
        }
        if order["status"] == "pause" and order["timeout"] < 3600:
            return self._reply({"message": "the pause would end by itself"}, 400, "error")
        self._obey(lambda: self._set(**changes[order["status"]]))
        return self._reply("status update sent")

    def _status(self) -> str:
        if not self.logged_in:
            return "logged_out"
        if self.in_call:
            return "connected"
        return "paused" if self.paused else "ready"

    def _reply(self, data: object, status: int = 200, told: str = "success", **more: object) -> Reply:
        return Reply(json.dumps({"data": data, "status": told, "request_id": "r", **more}), status)


KINDS: dict[str, type[WazoPbx] | type[KazooPbx]] = {"wazo": WazoPbx, "kazoo": KazooPbx}


@dataclass
class Patient:
    """Waits for a real server after each call, so that its tests read as those of the other adapters do."""

    inner: Availability
    pbx: RestPbx
    dispatcher: QueueDispatcher
    outcomes: int = 0
    asked: int = 0
    heard: int = 0
    last: list[Confirmed] = field(default_factory=list)

    @property
    def abilities(self) -> Abilities:
        return self.inner.abilities

    @property
    def hints(self) -> tuple[str, ...]:
        return self.inner.hints

    def listen(self, listener: Callable[[Confirmed], None]) -> None:
        def hear(confirmed: Confirmed) -> None:
            self.heard += 1
            listener(confirmed)

        self.inner.listen(hear)

    def order(self, order: QueueOrder, on_outcome: OrderOutcome) -> None:
        self.asked += 1

        def outcome(error: AgentToolbarError | None) -> None:
            self.outcomes += 1
            on_outcome(error)

        self.inner.order(order, outcome)
        self.settle()

    def look(self) -> None:
        before = self.heard
        self.inner.look()
        self.dispatcher.run_until(lambda: self.heard > before, what="the state")

    def settle(self) -> None:
        """Until every order has its outcome, where one can come."""
        if not self.pbx.silent:
            self.dispatcher.run_until(lambda: self.outcomes == self.asked, what="the outcome")

    def close(self) -> None:
        self.inner.close()


@dataclass
class RestDesk:
    pbx: Any
    timers: ManualTimers
    adapter: Patient
    vault: FakeSecretVault
    dispatcher: QueueDispatcher


@contextmanager
def rest_desk(kind: str, *, password: str | None = PASSWORD, **changed: Any) -> Iterator[RestDesk]:
    """An adapter of a shipped manifest, or of what `changed` says, and its telephone system."""
    with web_server() as server:
        pbx = KINDS[kind](server)
        rest = {"manifest": pbx.manifest, "url": pbx.url, "user": USER, "values": pbx.values, **changed}
        settings = AvailabilitySettings(adapter=AvailabilityAdapter.REST, rest=RestSettings(**rest))
        clock, dispatcher, vault = ManualClock(), QueueDispatcher(), FakeSecretVault()
        if password is not None:
            vault.secrets[pbx.url, USER] = password
        timers = ManualTimers(clock)
        adapter = adapter_for(
            settings,
            lambda: None,  # type: ignore[arg-type, return-value]
            FakeTelephonyEngine(),
            timers,
            clock,
            vault=vault,
            dispatcher=dispatcher,
        )
        try:
            yield RestDesk(pbx, timers, Patient(adapter, pbx, dispatcher), vault, dispatcher)
        finally:
            adapter.close()
