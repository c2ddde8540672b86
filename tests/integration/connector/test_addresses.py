"""To whom a connector speaks: https, or this computer; through a proxy only where one is meant."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from agent_toolbar.domain.errors import CrmError, ManifestError
from tests.integration.connector.conftest import MANIFEST
from tests.integration.connector.web_server import Reply, WebServer, web_server

ROWS = Reply('{"rows": [{"id": 1}]}')


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this computer has no IPv6")
def test_plain_http_to_this_computer_by_ipv6(connect: Any) -> None:
    with web_server("::1") as server:
        server.reply(ROWS)

        assert connect(url=server.url).run("find", {"q": "x"}) == [{"id": 1, "name": None}]
        assert server.seen[0].headers["host"].startswith("[::1]:")


def test_localhost_is_tried_at_each_of_its_addresses(connect: Any, server: WebServer) -> None:
    server.reply(ROWS)
    url = server.url.replace("127.0.0.1", "localhost")

    assert connect(url=url).run("find", {"q": "x"})


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.example",
        "http://10.0.0.1",
        "http://localhost.evil.example",
        "http://127.0.0.1@evil.example",
        "https://user:pass@crm.example",
        "https://",
        "https://crm.example?x=1",
        "https://crm.example#x",
        "https://crm.example:99999",
        "https://crm.example\\@evil.example",
        "https://[::1",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "crm.example",
        "//crm.example",
        "https://crm example",
        "https://crm.example\r\nX: y",
    ],
)
def test_an_address_that_is_not_safe_or_not_clear_is_refused(connect: Any, url: str) -> None:
    with pytest.raises(ManifestError) as refused:
        connect(url=url)

    assert (refused.value.code, refused.value.params["key"]) == ("manifest_wrong_value", "base_url")
    assert refused.value.params["line"] == 3


def test_plain_http_goes_to_no_other_computer_whatever_a_name_resolves_to(
    connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lies(host: object, port: object, *_arguments: object, **_more: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", lies)
    with pytest.raises(CrmError) as refused:
        connect(url="http://localhost:9").run("find", {"q": "x"})

    assert (refused.value.code, refused.value.params) == ("crm_unreachable", {"detail": "no address", "sent": 0})


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Any:
    with web_server() as running:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, running.url)
        for name in ("NO_PROXY", "no_proxy", "REQUEST_METHOD"):
            monkeypatch.delenv(name, raising=False)
        running.reply(Reply("", 403))
        yield running


def test_no_proxy_stands_before_this_computer(connect: Any, server: WebServer, proxy: WebServer) -> None:
    server.reply(ROWS)
    connect().run("find", {"q": "x"})

    assert proxy.seen == []


def test_the_proxy_of_the_system_is_used_for_others_and_reads_nothing(connect: Any, proxy: WebServer) -> None:
    with pytest.raises(CrmError) as refused:
        connect(MANIFEST + '[headers]\nX-Key = "{{secret.key}}"\n', "https://crm.example").run("find", {"q": "x"})

    assert refused.value.code == "crm_unreachable"
    (seen,) = proxy.seen
    assert seen.method == "CONNECT"
    assert "x-key" not in seen.headers


def test_a_host_that_is_excepted_needs_no_proxy(
    connect: Any, proxy: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "crm.invalid")
    with pytest.raises(CrmError):
        connect(url="https://crm.invalid").run("find", {"q": "x"})

    assert proxy.seen == []


@pytest.mark.parametrize("pages", ['"https://user@pages.example"', '"{{s.nothing}}"', '"pages.example"'])
def test_an_unclear_page_host_allows_no_page(connect: Any, server: WebServer, pages: str) -> None:
    server.reply(Reply('{"id": 1}'))
    text = MANIFEST.replace("timeout = 10", f"timeout = 10\nallowed_pages = [{pages}]")
    op = '[op.page]\nurl = "/p"\nmap = { url = "https://user@pages.example/{{it.id}}" }\n'

    assert connect(text + op).run("page", {}) == [{"url": ""}]


def test_a_page_may_lie_on_a_host_that_the_manifest_names(connect: Any, server: WebServer) -> None:
    server.reply(Reply('{"id": 1}'))
    text = MANIFEST.replace("timeout = 10", 'timeout = 10\nallowed_pages = ["https://pages.example/any"]')
    op = '[op.page]\nurl = "/p"\nmap = { url = "https://pages.example/x/{{it.id}}" }\n'

    assert connect(text + op).run("page", {}) == [{"url": "https://pages.example/x/1"}]


def test_an_address_that_lacks_a_value_asks_for_it(connect: Any) -> None:
    with pytest.raises(ManifestError) as refused:
        connect(MANIFEST.replace("{{s.url}}/api", "{{s.url}}/{{s.team}}"))

    assert refused.value.code == "manifest_needs_value"
