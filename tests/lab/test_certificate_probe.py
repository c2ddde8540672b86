"""What the doctor says of certificates that a real server shows over TLS."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_toolbar.application.ports.doctor import Finding, ProbeResult, ServerAddress
from agent_toolbar.diagnostics.network_probes import SocketProbes
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.lab.certificates import Certificates
from tests.lab.free_ports import free_port
from tests.lab.tls_server import HOST, TlsServer

ANSWER_S = 15.0


def moment(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y%m%d%H%M%SZ")


@pytest.fixture
def certificates(lab_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    """The authority is one that this computer trusts."""
    made = Certificates(lab_folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.authority))
    return made


def asked(port: int, question: str = "certificate") -> ProbeResult:
    dispatcher = QueueDispatcher()
    found: list[ProbeResult] = []
    getattr(SocketProbes(dispatcher), question)(ServerAddress(HOST, port, "tls"), found.append)
    dispatcher.run_until(lambda: bool(found), ANSWER_S, "the probe to answer")
    return found[0]


def looked_at(files: tuple[Path, Path]) -> ProbeResult:
    server = TlsServer(*files)
    try:
        return asked(server.port)
    finally:
        server.stop()


def test_a_valid_certificate_is_fine(certificates: Certificates) -> None:
    found = looked_at(certificates.signed("valid", moment(-1), moment(100)))
    assert (found.finding, found.code) == (Finding.FINE, "")


def test_one_that_ends_soon_is_a_warning(certificates: Certificates) -> None:
    found = looked_at(certificates.signed("ending", moment(-1), moment(5.5)))
    assert (found.finding, found.code) == (Finding.WARNING, "certificate_ends_soon")
    assert found.params is not None
    assert found.params["days"] == 5


@pytest.mark.parametrize(
    ("begins", "ends", "address", "code"),
    [
        (-20, -10, HOST, "certificate_expired"),
        (10, 20, HOST, "certificate_not_yet"),
        (-1, 100, "192.0.2.1", "certificate_wrong_name"),
    ],
)
def test_what_is_wrong_with_it_is_named(
    certificates: Certificates, begins: float, ends: float, address: str, code: str
) -> None:
    found = looked_at(certificates.signed("wrong", moment(begins), moment(ends), address=address))
    assert (found.finding, found.code) == (Finding.WRONG, code)


def test_one_that_only_signs_itself_is_named(certificates: Certificates) -> None:
    assert looked_at(certificates.self_signed("alone")).code == "certificate_self_signed"


def test_one_of_an_authority_that_nobody_knows_is_named(
    certificates: Certificates, lab_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = certificates.signed("foreign", moment(-1), moment(100))
    other = lab_folder / "other"
    other.mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(Certificates(other).self_signed("Somebody else")[0]))
    assert looked_at(files).code == "certificate_unknown_issuer"


def test_where_nobody_listens_nothing_is_said_of_a_certificate() -> None:
    found = asked(free_port())
    assert (found.finding, found.code) == (Finding.UNKNOWN, "certificate_not_seen")


def test_the_server_is_asked_also_when_its_certificate_is_not_trusted(certificates: Certificates) -> None:
    server = TlsServer(*certificates.self_signed("alone"))
    try:
        found = asked(server.port, "transport")
    finally:
        server.stop()
    assert (found.finding, (found.params or {})["status"]) == (Finding.FINE, 200)
    assert [request.method for request in server.requests] == ["OPTIONS"]
