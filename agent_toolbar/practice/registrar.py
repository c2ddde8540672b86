"""The registrar for the one extension of the practice line (RFC 3261 section 10.3). Runs on the asyncio loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from agent_toolbar.practice.transactions import Flow, ServerTransaction
from agent_toolbar.sip_text.digest import DigestGate
from agent_toolbar.sip_text.sip_message import SipRequest, delta_seconds, parse_address

_DEFAULT_EXPIRES_S = 300
_LONGEST_EXPIRES_S = 3600


@dataclass(frozen=True, slots=True)
class Binding:
    """Where the extension is reached. target: URI of the Contact."""

    target: str
    flow: Flow


class Registrar:
    """Keeps the newest binding until it expires or is taken back; `on_change` hears of each change."""

    def __init__(self, gate: DigestGate, on_change: Callable[[Binding | None], None]) -> None:
        self._gate = gate
        self._on_change = on_change
        self._expiry: asyncio.TimerHandle | None = None
        self.binding: Binding | None = None

    def receive(self, transaction: ServerTransaction) -> None:
        """Answers one REGISTER."""
        if not is_admitted(transaction, self._gate):
            return
        request = transaction.request
        contact = request.first("contact")
        if not contact:
            transaction.respond(200, self._contact_fields(_DEFAULT_EXPIRES_S))
            return
        expires_s = _expires_of(request)
        target = parse_address(contact).uri
        if expires_s and not target.lower().startswith("sip:"):
            transaction.respond(400)
        elif expires_s:
            self._bind(Binding(target, transaction.flow), expires_s)
            transaction.respond(200, self._contact_fields(expires_s))
        else:
            if self.binding is not None and target in {"*", self.binding.target}:
                self._unbind()
            transaction.respond(200, self._contact_fields(_DEFAULT_EXPIRES_S))

    def close(self) -> None:
        if self._expiry is not None:
            self._expiry.cancel()

    def _bind(self, binding: Binding, expires_s: int) -> None:
        self.close()
        self._expiry = asyncio.get_running_loop().call_later(expires_s, self._unbind)
        if binding != self.binding:
            self.binding = binding
            self._on_change(binding)

    def _unbind(self) -> None:
        self.close()
        self.binding = None
        self._on_change(None)

    def _contact_fields(self, expires_s: int) -> tuple[tuple[str, str], ...]:
        return () if self.binding is None else (("Contact", f"<{self.binding.target}>;expires={expires_s}"),)


def is_admitted(transaction: ServerTransaction, gate: DigestGate) -> bool:
    """Whether the request proves the password; if not, it is challenged with 401 (RFC 3261 section 22.2)."""
    authorization = transaction.request.first("authorization")
    if gate.admits(authorization, transaction.request.method):
        return True
    stale = bool(authorization) and gate.is_stale(authorization)
    transaction.respond(401, (("WWW-Authenticate", gate.challenge(stale=stale)),))
    return False


def _expires_of(request: SipRequest) -> int:
    asked = parse_address(request.first("contact")).parameters.get("expires", "") or request.first("expires")
    return delta_seconds(asked, _DEFAULT_EXPIRES_S, _LONGEST_EXPIRES_S)
