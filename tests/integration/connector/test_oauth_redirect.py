"""The listener that the browser comes back to, asked over real sockets by all who may ask it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import httpx
import pytest

from agent_toolbar.connector.loopback_redirect import MAX_CONNECTIONS, MAX_REQUEST, LoopbackRedirect, PageTexts
from agent_toolbar.domain.errors import CrmError
from tests.integration.connector.oauth_desk import MANIFEST, manifest_of

STATE = "st-ate"
TEXTS = PageTexts("fr", "Barre d'appel", "Connecté <b>", "Pas connecté", "Refusé")


@dataclass
class Waiting:
    redirect: LoopbackRedirect
    told: Future[str]

    @property
    def port(self) -> int:
        port = urlsplit(self.redirect.redirect_uri).port
        assert port is not None
        return port

    def visit(self, query: str, path: str = "/callback", **headers: str) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}?{query}", headers=headers, trust_env=False, timeout=20)

    def send(self, raw: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), 20) as peer:
            peer.sendall(raw)
            found = bytearray()
            while part := peer.recv(4096):
                found += part
        return bytes(found)


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    plan = manifest_of().oauth
    assert plan is not None
    redirect = LoopbackRedirect(plan, STATE, TEXTS)
    with ThreadPoolExecutor(1) as pool:
        yield Waiting(redirect, pool.submit(redirect.wait, 120.0))
        redirect.cancel()


def test_the_code_with_the_right_state_ends_the_wait_with_a_page_of_ours(waiting: Waiting) -> None:
    page = waiting.visit(f"code=a%2Bb&state={STATE}")

    assert waiting.told.result(20) == "a+b"
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert '<html lang="fr">' in page.text
    assert "Connecté &lt;b&gt;" in page.text
    assert "script" not in page.text
    assert "a+b" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["cache-control"] == "no-store"


def test_a_second_redirect_finds_nobody(waiting: Waiting) -> None:
    waiting.visit(f"code=first&state={STATE}")
    assert waiting.told.result(20) == "first"

    with pytest.raises(httpx.ConnectError):
        waiting.visit(f"code=second&state={STATE}")


@pytest.mark.parametrize(
    "query",
    [
        "code=evil&state=other",
        "code=evil",
        "code=evil&state=",
        f"code=evil&state={STATE}&state={STATE}",
        f"code=evil&code=x&state={STATE}",
        "error=access_denied",
        "error=access_denied&state=other",
        f"code=evil&state={STATE}" + "&x=" * 60,
        "code=evil&state=%ff%fe",
    ],
)
def test_a_foreign_answer_is_refused_and_the_wait_goes_on(waiting: Waiting, query: str) -> None:
    page = waiting.visit(query)
    assert (page.status_code, "Refusé" in page.text) == (400, True)
    waiting.visit(f"code=good&state={STATE}")

    assert waiting.told.result(20) == "good"


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (f"GET /callback?code=evil&state={STATE} HTTP/1.1\r\nHost: evil.test\r\n\r\n", b"400"),
        (f"GET /callback?code=evil&state={STATE} HTTP/1.1\r\n\r\n", b"400"),
        (f"POST /callback?code=evil&state={STATE} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n", b"400"),
        ("GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n", b"404"),
        (f"GET /other?code=evil&state={STATE} HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", b"404"),
        ("\x00\x01\x02\r\n\r\n", b"400"),
        ("", b""),
    ],
)
def test_what_is_no_redirect_of_a_browser_is_refused(waiting: Waiting, raw: str, status: bytes) -> None:
    """A page of another site that resolves to this computer has the wrong Host."""
    request = raw.replace("PORT", str(waiting.port)).encode()
    if request:
        assert waiting.send(request).startswith(b"HTTP/1.1 " + status)
    else:
        socket.create_connection(("127.0.0.1", waiting.port)).close()
    waiting.visit(f"code=good&state={STATE}")

    assert waiting.told.result(20) == "good"


def test_those_who_dawdle_or_never_end_hold_nobody_up(waiting: Waiting) -> None:
    slow = [socket.create_connection(("127.0.0.1", waiting.port)) for _ in range(MAX_CONNECTIONS + 5)]
    for peer in slow[-3:]:
        peer.sendall(b"GET /callback?code=")
    try:
        slow[-1].sendall(b"x" * (MAX_REQUEST + 1))
        waiting.visit(f"code=good&state={STATE}")
        assert waiting.told.result(20) == "good"
    finally:
        for peer in slow:
            peer.close()


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("error=access_denied", "sign_in_denied"),
        (
            "error=invalid_scope&error_description=No+%3Cb%3Esuch%3C%2Fb%3E%0Ascope",
            "crm_refused (text=No <b>such</b> scope)",
        ),
        ("error=server_error", "crm_refused (text=server_error)"),
        ("", "crm_broken_answer (detail=code)"),
    ],
)
def test_a_refusal_of_the_server_is_told(waiting: Waiting, query: str, error: str) -> None:
    page = waiting.visit(f"state={STATE}&{query}")

    assert "Pas connecté" in page.text
    assert str(waiting.told.exception(20)) == error


def test_it_can_be_cancelled_more_than_once(waiting: Waiting) -> None:
    waiting.redirect.cancel()

    assert str(waiting.told.exception(20)) == "sign_in_cancelled"
    waiting.redirect.cancel()
    with pytest.raises(httpx.ConnectError):
        waiting.visit(f"code=late&state={STATE}")


def test_nobody_waits_for_ever() -> None:
    plan = manifest_of().oauth
    assert plan is not None
    now = iter([0.0, 0.0, 179.0, 179.9, 181.0])
    redirect = LoopbackRedirect(plan, STATE, TEXTS, monotonic=lambda: next(now, 181.0))

    with pytest.raises(CrmError, match="sign_in_timeout"):
        redirect.wait()


def test_a_registered_port_can_be_had_again_at_once() -> None:
    """The browser's connection of the sign-in before lingers in the system for a minute."""
    plan = manifest_of().oauth
    assert plan is not None
    port = 0
    for _ in range(2):
        redirect = LoopbackRedirect(replace(plan, redirect_ports=(port,) if port else ()), STATE, TEXTS)
        with ThreadPoolExecutor(1) as pool:
            waiting = Waiting(redirect, pool.submit(redirect.wait, 120.0))
            waiting.visit(f"code=good&state={STATE}")
            assert waiting.told.result(20) == "good"
        port = waiting.port


def test_registered_ports_are_taken_in_order_and_no_other() -> None:
    plan = manifest_of().oauth
    assert plan is not None
    first, second = (LoopbackRedirect(plan, STATE, TEXTS) for _ in range(2))
    ports = [urlsplit(one.redirect_uri).port for one in (first, second)]
    text = MANIFEST.replace(
        "rotate = true",
        f'redirect_ports = [{ports[0]}, {ports[1]}]\nredirect_host = "localhost"\nredirect_path = "/cb"',
    )
    fixed = manifest_of(text).oauth
    assert fixed is not None
    with pytest.raises(CrmError) as refused:
        LoopbackRedirect(fixed, STATE, TEXTS)
    assert str(refused.value) == f"sign_in_no_port (ports={ports[0]}, {ports[1]})"
    second.cancel()
    with pytest.raises(CrmError):
        second.wait()
    third = LoopbackRedirect(fixed, STATE, TEXTS)

    assert third.redirect_uri == f"http://localhost:{ports[1]}/cb"
    for one in (first, third):
        one.cancel()
        with pytest.raises(CrmError):
            one.wait()
