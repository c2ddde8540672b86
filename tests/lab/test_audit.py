"""The audit asks a real Asterisk: what it hears is what is there, and nothing is changed by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from agent_toolbar.application.ports.doctor import AuditRequest
from agent_toolbar.diagnostics.audit import SipAuditor
from agent_toolbar.diagnostics.audit.auditor import ask_pbx
from agent_toolbar.diagnostics.audit.verdicts import Verdict, verdicts_of
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.registration import Transport
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.lab.asterisk_pbx import HOLD_MUSIC_HZ, AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.baresip_phone import RATE_HZ
from tests.lab.deadline import wait_until
from tests.lab.engine_session import EngineSession
from tests.lab.hearing import hear

ECHO = "600"
AUDIT_S = 30.0


@pytest.fixture
def request_of_1001(pbx: AsteriskPbx, lab_folder: Path) -> AuditRequest:
    return AuditRequest(
        server=pbx.host,
        port=pbx.port,
        transport="udp",
        extension="1001",
        auth_user="",
        password=pbx.password_of("1001"),
        test_number=ECHO,
        folder=lab_folder / "audit",
    )


@pytest.mark.parametrize("transport", list(Transport))
def test_the_report_says_what_asterisk_can_do(
    pbx: AsteriskPbx, engine: Callable[..., EngineSession], request_of_1001: AuditRequest, transport: Transport
) -> None:
    session = engine()
    session.log_in(pbx)
    session.await_registered()
    before = pbx.contact_of("1001")
    dispatcher = QueueDispatcher()
    results: list[tuple[Path, ...] | AgentToolbarError] = []

    SipAuditor(dispatcher).audit(replace(request_of_1001, transport=str(transport)), results.append)
    dispatcher.run_until(lambda: bool(results), AUDIT_S, "the report")

    assert not isinstance(results[0], AgentToolbarError), results[0]
    assert [file.name for file in results[0]] == ["audit.md", "audit.html"]
    text = results[0][0].read_text(encoding="utf-8")
    assert re.search(r"\| Product \| Asterisk PBX [0-9]+\.[0-9]+", text)
    assert re.search(rf"\| UDP port {pbx.port} \| answers:", text)
    assert re.search(rf"\| TCP port {pbx.port} \| answers:", text)
    assert re.search(rf"\| TLS port {pbx.port + 1} \| does not answer:", text)
    assert "| Presence of colleagues | ✓ works | SUBSCRIBE dialog: 200 OK |" in text
    assert re.search(r"\| Queue state by as-feature-event \| ✗ does not \| .*: 489 ", text)
    assert "| Blind transfer | ✓ works | Allow has REFER |" in text
    assert "| Consultation transfer | ✓ works | Allow has REFER; Supported has replaces |" in text
    assert "| Putting on hold | ✓ works | re-INVITE sendonly: 200 OK, recvonly |" in text
    for file in results[0]:
        assert request_of_1001.password not in file.read_text(encoding="utf-8")

    assert pbx.contact_of("1001") == before
    assert text.count("| Registered telephones before | 1, for ") == 1
    assert text.count("| Registered telephones after | 1, for ") == 1
    wait_until(lambda: pbx.channels() == [], 5.0, "the calls of the audit to be over")


def test_the_sound_of_the_echo_is_heard(request_of_1001: AuditRequest) -> None:
    facts = ask_pbx(request_of_1001)

    assert set(facts.call.codecs) >= {"G722", "PCMA", "PCMU"}
    assert facts.call.packets > 25
    assert facts.call.ended == "200 OK"
    assert facts.registration.bindings == facts.registration_after.bindings == 0


def test_asterisk_without_srtp_refuses_encrypted_sound(request_of_1001: AuditRequest) -> None:
    verdicts = {verdict.function: verdict for verdict in verdicts_of(ask_pbx(request_of_1001))}

    assert verdicts["Encrypted sound (SRTP)"].verdict is Verdict.DOES_NOT
    assert "488" in verdicts["Encrypted sound (SRTP)"].evidence


def test_a_wrong_password_is_said_and_nothing_more_is_asked(pbx: AsteriskPbx, request_of_1001: AuditRequest) -> None:
    facts = ask_pbx(replace(request_of_1001, password="guessed"))

    assert facts.registration.answer.status == 401
    assert facts.call.answer.status == 0
    assert facts.subscriptions == {}
    assert next(one for one in verdicts_of(facts) if one.function.startswith("Signing on")).advice
    assert pbx.channels() == []


def test_the_hold_of_the_audit_gives_music_to_the_other_side(
    customer: Callable[..., BaresipCustomer], request_of_1001: AuditRequest
) -> None:
    marie = customer("marie", voice_hz=700)

    facts = ask_pbx(replace(request_of_1001, test_number="+33123456789"))

    assert (facts.call.hold.status, facts.call.hold_direction) == (200, "recvonly")
    assert facts.call.packets > 25
    assert facts.call.hold_packets == 0
    heard, second = marie.heard(), RATE_HZ
    pieces = [hear(heard[start : start + second // 2], RATE_HZ) for start in range(0, len(heard), second // 2)]
    assert any(piece.is_tone(HOLD_MUSIC_HZ) for piece in pieces)
