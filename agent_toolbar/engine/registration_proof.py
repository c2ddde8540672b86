"""Proves the registration by a REGISTER that is sent now and what came of it. SIP thread only."""

from __future__ import annotations

import time
from collections.abc import Callable

from agent_toolbar.application.ports.telephony import AnyEvent, RegistrationProved
from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine.account import PbxLine
from agent_toolbar.engine.library_events import RegistrationAnswered
from agent_toolbar.engine.sip_headers import SipMessage, parse_parameters
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue

PATIENCE_S = 5.0


class RegistrationProof:
    """One at a time; a second request gets the answer to the first."""

    def __init__(self, timers: TimerQueue, publish: Callable[[AnyEvent], None]) -> None:
        self._timers = timers
        self._publish = publish
        self._requests: list[int] = []
        self._sent_s = 0.0
        self._late: TimerHandle | None = None

    def ask(self, request: int, line: PbxLine | None) -> None:
        """Raises EngineError when the library refuses."""
        if line is None or line.account is None:
            self._publish(RegistrationProved(request=request, sip_status=0))
            return
        self._requests.append(request)
        if len(self._requests) > 1:
            return
        self._sent_s = time.monotonic()
        self._late = self._timers.after(PATIENCE_S, lambda: self._finish(408, "", SipMessage("")))
        line.register()

    def on_answer(self, event: RegistrationAnswered) -> None:
        if self._requests:
            self._finish(event.sip_status, event.sip_reason, SipMessage(event.message))

    def _finish(self, sip_status: int, sip_reason: str, message: SipMessage) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
        requests, self._requests = self._requests, []
        for request in requests:
            self._publish(
                RegistrationProved(
                    request=request,
                    sip_status=sip_status,
                    sip_reason=plain_text(sip_reason, 80),
                    took_ms=round((time.monotonic() - self._sent_s) * 1000, 1),
                    server=plain_text(message.first("server") or message.first("user-agent"), 80),
                    contact=_address_of_contact(message),
                    via_received=_as_seen(message),
                )
            )


def _as_seen(message: SipMessage) -> str:
    """Our address as the PBX saw it (RFC 3581), "" if it does not say."""
    _, semicolon, rest = message.first("via").partition(";")
    parameters = parse_parameters(semicolon + rest)
    host, port = parameters.get("received", ""), parameters.get("rport", "")
    return plain_text(f"{host}:{port}" if port else host, 60) if host else ""


def _address_of_contact(message: SipMessage) -> str:
    """Host and port of the first Contact, "" if there is none."""
    uri = message.first("contact").partition("<")[2].partition(">")[0] or message.first("contact")
    return plain_text(uri.rpartition("@")[2].partition(";")[0], 60)
