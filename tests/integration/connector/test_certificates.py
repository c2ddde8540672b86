"""https: a certificate counts when the system's store says so, and for its own name only."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_toolbar.domain.errors import CrmError
from tests.integration.connector.web_server import Reply, WebServer, web_server

x509 = pytest.importorskip("cryptography.x509", reason="comes with keyring on Linux only")


def certificate(folder: Path, *names: Any) -> tuple[Path, Path]:
    """Files of a certificate that signs itself, and of its key."""
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "connector test")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(list(names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "server.pem", folder / "server.key"
    certificate_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate_file, key_file


def secured(server: WebServer, files: tuple[Path, Path]) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.reply(Reply('{"rows": [{"id": 1}]}'))
    return server.url.replace("http:", "https:")


@pytest.fixture
def by_tls() -> Iterator[WebServer]:
    with web_server() as running:
        yield running


def test_a_certificate_of_nobody_is_not_trusted_and_the_key_stays_here(
    connect: Any, by_tls: WebServer, tmp_path: Path
) -> None:
    url = secured(by_tls, certificate(tmp_path, x509.IPAddress(ipaddress.ip_address("127.0.0.1"))))
    with pytest.raises(CrmError) as refused:
        connect(url=url).run("find", {"q": "x"})

    assert refused.value.code == "crm_unreachable"
    assert str(refused.value.params["detail"]).startswith("TLS: self")
    assert by_tls.seen == []


def test_an_authority_of_the_company_counts(
    connect: Any, by_tls: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = certificate(tmp_path, x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))

    assert connect(url=secured(by_tls, files)).run("find", {"q": "x"}) == [{"id": 1, "name": None}]


def test_a_certificate_of_another_name_is_not_trusted(
    connect: Any, by_tls: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = certificate(tmp_path, x509.DNSName("other.example"))
    monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
    with pytest.raises(CrmError) as refused:
        connect(url=secured(by_tls, files)).run("find", {"q": "x"})

    assert str(refused.value.params["detail"]).startswith("TLS: ")
