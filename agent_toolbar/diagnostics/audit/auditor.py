"""Runs an audit on a thread of its own and writes its report; the answer is posted to the GUI thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from agent_toolbar.application.ports.doctor import AuditRequest, ProbeResult
from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.diagnostics.audit.codec_trial import try_codecs
from agent_toolbar.diagnostics.audit.facts import AuditFacts
from agent_toolbar.diagnostics.audit.questions import (
    PACKAGES,
    ask_message,
    ask_options,
    ask_registration,
    ask_subscription,
    ask_transport,
)
from agent_toolbar.diagnostics.audit.report import html, markdown
from agent_toolbar.diagnostics.audit.sip_client import Identity, SipClient
from agent_toolbar.diagnostics.audit.sip_link import LinkError, address_of, open_link
from agent_toolbar.diagnostics.audit.trial_call import make_calls
from agent_toolbar.domain.errors import AgentToolbarError, AvailabilityError, StorageError

_log = logging.getLogger(__name__)

QUESTIONS_S = 20.0  # farewells and the probes of other transports then end within the 30 s of an audit
_NAMES_S = 4.0
_CONNECT_S = 3.0
_SIP_PORT, _SIPS_PORT = 5060, 5061

OnResult = Callable[[tuple[Path, ...] | AgentToolbarError], None]


class SipAuditor:
    """The Auditor of application/ports/doctor.py. One thread for each audit; it holds nothing between audits."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    def audit(self, request: AuditRequest, on_result: OnResult) -> None:
        """Errors: audit_no_answer (nothing speaks SIP there), audit_not_written (the folder refuses)."""
        threading.Thread(target=self._run, args=(request, on_result), name="audit", daemon=True).start()

    def try_codecs(
        self, request: AuditRequest, codecs: tuple[str, ...], on_result: Callable[[ProbeResult], None]
    ) -> None:
        def trial() -> None:
            result = try_codecs(request, codecs)
            self._dispatcher.post(lambda: on_result(result))

        threading.Thread(target=trial, name="codec-trial", daemon=True).start()

    def _run(self, request: AuditRequest, on_result: OnResult) -> None:
        result: tuple[Path, ...] | AgentToolbarError
        try:
            result = write_report(request.folder, ask_pbx(request))
        except AgentToolbarError as error:
            result = error
        except Exception:  # noqa: BLE001  whoever waits for the answer must not wait for ever
            _log.exception("the audit failed")
            result = AvailabilityError("audit_failed", server=request.server)
        self._dispatcher.post(lambda: on_result(result))


def ask_pbx(request: AuditRequest) -> AuditFacts:
    """Asks everything, in 30 s at most. Raises AvailabilityError when nothing answers over the account's transport."""
    until_s = time.monotonic() + QUESTIONS_S
    port = request.port or (_SIPS_PORT if request.transport == "tls" else _SIP_PORT)
    facts = AuditFacts(request.server, port, request.transport, request.extension, bool(request.test_number))
    where = request.server if port in {_SIP_PORT, _SIPS_PORT} else f"{request.server}:{port}"
    identity = Identity(where, request.extension, request.auth_user, request.password)
    try:
        address = address_of(request.server, _NAMES_S)
        link = open_link(request.transport, address, port, _CONNECT_S, server_name=request.server)
    except LinkError as error:
        raise AvailabilityError("audit_no_answer", server=request.server, reason=str(error)) from error
    try:
        _interview(SipClient(link, identity, until_s), request, facts)
    except LinkError as error:
        if not facts.product and not facts.options.status:
            raise AvailabilityError("audit_no_answer", server=request.server, reason=str(error)) from error
        facts.remarks.append(f"The connection was lost ({error}); what was not asked by then is not known.")
    finally:
        link.close()
    _ask_transports(facts, address, identity, request)
    return facts


def write_report(folder: Path, facts: AuditFacts) -> tuple[Path, ...]:
    """audit.md and audit.html, each whole or as it was before. Raises StorageError."""
    written = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z")
    files = []
    for name, text in (("audit.md", markdown(facts, written)), ("audit.html", html(facts, written))):
        file = folder / name
        fresh = folder / f".{name}.new"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(file)
        except OSError as error:
            raise StorageError("audit_not_written", file=str(file), reason=error.strerror or str(error)) from error
        files.append(file)
    return tuple(files)


def _interview(client: SipClient, request: AuditRequest, facts: AuditFacts) -> None:
    ask_options(client, facts)
    facts.registration, product = ask_registration(client, request.extension)
    facts.product = facts.product or product
    if not facts.options.status and not facts.registration.answer.status:
        raise AvailabilityError("audit_no_answer", server=request.server, reason="no answer")
    if not facts.registration.answer.accepted:
        facts.remarks.append("Signing on was refused, so nothing else was asked in the name of this extension.")
        return  # a PBX may lock out an address that fails again and again
    if request.test_number:
        make_calls(client, request.test_number, facts)
    for package in PACKAGES:
        facts.subscriptions[package] = ask_subscription(client, package, request.extension)
    facts.message = ask_message(client)
    facts.registration_after, _ = ask_registration(client, request.extension)
    if time.monotonic() >= client.until_s:
        facts.remarks.append("The time of the audit was over before everything was asked.")


def _ask_transports(facts: AuditFacts, address: str, identity: Identity, request: AuditRequest) -> None:
    """All at the same time, since each that is silent takes seconds."""
    plain_port = _SIP_PORT if request.transport == "tls" else facts.port
    tls_ports = [facts.port] if request.transport == "tls" else sorted({_SIPS_PORT, facts.port + 1, facts.port})
    wanted = [("udp", plain_port), ("tcp", plain_port), *(("tls", port) for port in tls_ports if port <= 65535)]
    asked: list[threading.Thread] = []
    found = {}

    def ask(transport: str, port: int) -> None:
        until_s = time.monotonic() + 2 * _CONNECT_S
        found[(transport, port)] = ask_transport(transport, address, port, identity, until_s)

    for transport, port in wanted:
        asking = threading.Thread(target=ask, args=(transport, port), name=f"audit-{transport}", daemon=True)
        asking.start()
        asked.append(asking)
    for asking in asked:
        asking.join(_CONNECT_S)
    facts.transports = [found[way] for way in wanted if way in found]
