"""The audit and TLS: a server whose certificate is not trusted is told from none, and gets no proof of the password."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_toolbar.application.ports.doctor import AuditRequest
from agent_toolbar.diagnostics.audit.auditor import ask_pbx
from agent_toolbar.diagnostics.audit.questions import ask_transport
from agent_toolbar.diagnostics.audit.sip_client import Identity
from agent_toolbar.domain.errors import AvailabilityError
from agent_toolbar.sip_text.sip_message import SipRequest, SipResponse, parse_message
from tests.lab.conftest import require_program

HOST = "127.0.0.1"
MAKE_CERTIFICATE = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=pbx"]
COPIED = {"via", "from", "to", "call-id", "cseq"}


class TlsServer:
    """Answers each request with 200, and keeps what it was sent."""

    def __init__(self, folder: Path) -> None:
        require_program("openssl", "openssl")
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        subprocess.run(
            [*MAKE_CERTIFICATE, "-keyout", str(key), "-out", str(certificate)],
            check=True,
            capture_output=True,
        )
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self._listening = socket.create_server((HOST, 0))
        self._thread = threading.Thread(target=self._serve)
        self.port: int = self._listening.getsockname()[1]
        self.requests: list[SipRequest] = []
        self._thread.start()

    def stop(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listening.accept()
            except OSError:
                return  # stopped
            with plain:
                try:
                    with self._context.wrap_socket(plain, server_side=True) as peer:
                        self._answer(peer)
                except OSError:
                    continue  # a peer that does not trust us, or speaks no TLS

    def _answer(self, peer: ssl.SSLSocket) -> None:
        while raw := peer.recv(8192):
            request = parse_message(raw)
            assert isinstance(request, SipRequest)
            self.requests.append(request)
            copied = tuple((name, value) for name, value in request.fields if name.lower() in COPIED)
            peer.sendall(SipResponse(status=200, reason="OK", fields=copied).to_bytes())


@pytest.fixture
def server(lab_folder: Path) -> Iterator[TlsServer]:
    server = TlsServer(lab_folder)
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
