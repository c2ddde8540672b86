"""The audit against the practice exchange, which is another implementation of the same protocol, on real sockets."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from agent_toolbar.application.ports.doctor import AuditRequest
from agent_toolbar.diagnostics.audit import SipAuditor
from agent_toolbar.diagnostics.audit.auditor import ask_pbx
from agent_toolbar.diagnostics.audit.sip_client import NO_ANSWER, Identity, SipClient
from agent_toolbar.diagnostics.audit.sip_link import open_link
from agent_toolbar.diagnostics.audit.sound import offer
from agent_toolbar.domain.errors import AgentToolbarError, AvailabilityError, StorageError
from agent_toolbar.practice.exchange import ADDRESS, EXTENSION
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.integration.practice.meeting import Meeting, meet

NEVER_ANSWERS = "203"


def request_at(at: Meeting, folder: Path, transport: str = "udp") -> AuditRequest:
    port, password = at.exchange.sip_port, at.exchange.password
    return AuditRequest(ADDRESS, port, transport, EXTENSION, "", password, "600", folder)


def refused_request(folder: Path) -> AuditRequest:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as taken:
        taken.bind((ADDRESS, 0))
        port = taken.getsockname()[1]
    return AuditRequest(ADDRESS, port, "tcp", EXTENSION, "", "secret", "", folder)


def result_of(request: AuditRequest) -> tuple[Path, ...] | AgentToolbarError:
    dispatcher = QueueDispatcher()
    results: list[tuple[Path, ...] | AgentToolbarError] = []
    SipAuditor(dispatcher).audit(request, results.append)
    dispatcher.run_until(lambda: bool(results), 30.0, "the audit")
    return results[0]


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_everything_is_heard_and_nothing_changed(transport: str, tmp_path: Path) -> None:
    async def test(at: Meeting) -> None:
        await at.phone.register()
        facts = await asyncio.to_thread(ask_pbx, request_at(at, tmp_path, transport))

        assert facts.options.heard == "200 OK"
        assert [(one.transport, one.answers) for one in facts.transports][:2] == [("udp", True), ("tcp", True)]
        assert not any(one.answers for one in facts.transports if one.transport == "tls")
        assert facts.registration.bindings == facts.registration_after.bindings == 1
        assert facts.subscriptions["dialog"].accepted or facts.subscriptions["dialog"].status == 404
        assert facts.subscriptions["as-feature-event"].status == 489
        assert facts.message.status == 405
        assert facts.call.answer.accepted
        assert "REFER" in facts.call.allow
        assert facts.call.packets > 10
        assert (facts.call.hold.status, facts.call.hold_direction) == (200, "recvonly")
        assert facts.call.hold_packets == 0
        assert facts.call.ended == "200 OK"
        assert facts.call.srtp.status == 488
        await at.phone.changes.until(lambda: not at.exchange.is_busy, 2.0)
        assert at.names().count("registered") == 1
        assert "unregistered" not in at.names()
        assert not at.exchange.is_busy

    meet(test)


def test_a_call_that_nobody_answers_is_taken_back() -> None:
    async def test(at: Meeting) -> None:
        def call() -> int:
            link = open_link("udp", ADDRESS, at.exchange.sip_port, 1.0, server_name=ADDRESS)
            host = f"{ADDRESS}:{at.exchange.sip_port}"
            identity = Identity(host, EXTENSION, "", at.exchange.password)
            client = SipClient(link, identity, time.monotonic() + 5)
            sdp = (("Content-Type", "application/sdp"),)
            answer = client.ask("INVITE", client.dialog_to(NEVER_ANSWERS), sdp, offer(ADDRESS, 4000, 1), within_s=0.2)
            link.close()
            return answer.status

        assert await asyncio.to_thread(call) == 487
        await at.phone.changes.until(lambda: not at.exchange.is_busy, 2.0)
        assert not at.exchange.is_busy

    meet(test)


def test_the_files_hold_no_secret_and_the_folder_is_made(tmp_path: Path) -> None:
    async def test(at: Meeting) -> None:
        result = await asyncio.to_thread(result_of, request_at(at, tmp_path / "deep" / "audit"))
        assert not isinstance(result, AgentToolbarError), result
        assert [file.name for file in result] == ["audit.md", "audit.html"]
        assert sorted(file.name for file in result[0].parent.iterdir()) == ["audit.html", "audit.md"]
        for file in result:
            text = file.read_text(encoding="utf-8")
            assert at.exchange.password not in text
            assert "nonce" not in text
            assert "response=" not in text

    meet(test)


def test_a_folder_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    async def test(at: Meeting) -> None:
        request = replace(request_at(at, tmp_path / "taken"), test_number="")
        result = await asyncio.to_thread(result_of, request)
        assert isinstance(result, StorageError)
        assert result.code == "audit_not_written"

    meet(test)


def test_a_port_where_nothing_listens_is_said(tmp_path: Path) -> None:
    result = result_of(refused_request(tmp_path))
    assert isinstance(result, AvailabilityError)
    assert (result.code, result.params["reason"]) == ("audit_no_answer", "connection refused")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_password_ends_the_questions(tmp_path: Path) -> None:
    async def test(at: Meeting) -> None:
        facts = await asyncio.to_thread(ask_pbx, replace(request_at(at, tmp_path), password="guessed"))
        assert facts.registration.answer.status == 401
        assert facts.call.answer.status == NO_ANSWER
        assert facts.subscriptions == {}
        assert facts.remarks
        assert at.names() == []

    meet(test)


def test_a_pbx_that_talks_nonsense_is_no_answer(tmp_path: Path) -> None:
    listening = socket.create_server((ADDRESS, 0))

    def talk() -> None:
        peer, _ = listening.accept()
        with peer:
            peer.recv(4096)
            peer.sendall(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")

    talking = threading.Thread(target=talk)
    talking.start()
    port = listening.getsockname()[1]
    result = result_of(AuditRequest(ADDRESS, port, "tcp", EXTENSION, "", "secret", "", tmp_path))
    talking.join(5)
    listening.close()

    assert isinstance(result, AvailabilityError)
    assert result.code == "audit_no_answer"


@contextmanager
def mute_client(seconds_left: float) -> Iterator[tuple[SipClient, socket.socket]]:
    """A client whose PBX hears and says nothing, and what it hears with."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
        mute.bind((ADDRESS, 0))
        link = open_link("udp", ADDRESS, mute.getsockname()[1], 1.0, server_name=ADDRESS)
        try:
            yield SipClient(link, Identity(ADDRESS, EXTENSION, "", ""), time.monotonic() + seconds_left), mute
        finally:
            link.close()


def test_a_question_to_the_mute_is_repeated_and_given_up() -> None:
    with mute_client(5.0) as (client, mute):
        mute.settimeout(2.0)
        begun_s = time.monotonic()
        answer = client.ask("OPTIONS", client.dialog_to(""), within_s=0.7)

        assert (answer.status, answer.reason) == (NO_ANSWER, "no answer")
        assert time.monotonic() - begun_s < 2.0
        assert mute.recv(4096) == mute.recv(4096)


def test_nothing_is_asked_when_the_time_is_over() -> None:
    with mute_client(0.0) as (client, mute):
        answer = client.ask("INVITE", client.dialog_to("600"), (), b"")

        assert answer.status == NO_ANSWER
        mute.setblocking(False)
        with pytest.raises(BlockingIOError):
            mute.recv(4096)
