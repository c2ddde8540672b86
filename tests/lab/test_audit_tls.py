"""The audit and TLS: a server whose certificate is not trusted is told from none, and gets no proof of the password."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_toolbar.application.ports.doctor import AuditRequest
from agent_toolbar.diagnostics.audit.auditor import ask_pbx
from agent_toolbar.diagnostics.audit.questions import ask_transport
from agent_toolbar.diagnostics.audit.sip_client import Identity
from agent_toolbar.domain.errors import AvailabilityError
from tests.lab.certificates import Certificates
from tests.lab.tls_server import HOST, TlsServer


@pytest.fixture
def server(lab_folder: Path) -> Iterator[TlsServer]:
    server = TlsServer(*Certificates(lab_folder).self_signed("pbx"))
    yield server
    server.stop()


def test_a_server_with_an_unknown_certificate_answers(server: TlsServer) -> None:
    who = Identity(HOST, "1001", "", "secret")

    found = ask_transport("tls", HOST, server.port, who, time.monotonic() + 5)

    assert (found.answers, found.heard) == (True, "200 OK")
    assert [request.method for request in server.requests] == ["OPTIONS"]


def test_no_audit_is_made_over_a_connection_that_is_not_trusted(server: TlsServer, lab_folder: Path) -> None:
    request = AuditRequest(HOST, server.port, "tls", "1001", "", "secret", "", lab_folder)

    with pytest.raises(AvailabilityError) as refused:
        ask_pbx(request)

    assert refused.value.code == "audit_no_answer"
    assert str(refused.value.params["reason"]).startswith("the certificate is not trusted")
    assert server.requests == []
