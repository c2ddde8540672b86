"""What a server can do to a connector: each ends in time, within bounds, and as a code that has a sentence."""

from __future__ import annotations

import gzip
import json
import socket
import time
from typing import Any

import pytest

from agent_toolbar.connector.client import ManifestClient
from agent_toolbar.domain.errors import CrmError
from tests.integration.connector.web_server import Reply, Speak, WebServer, web_server

JSON = "Content-Type: application/json\r\n"
HTML = {"Content-Type": "text/html; charset=utf-8"}
FAR_S = 60.0  # servers of these tests would go on for this long
BUDGET_S = 1.0
PATIENCE_S = 20.0  # a busy machine


def error_of(client: ManifestClient, operation: str = "find", budget_s: float | None = None) -> CrmError:
    begun = time.monotonic()
    with pytest.raises(CrmError) as caught:
        client.run(operation, {"q": "x"}, budget_s=budget_s)
    assert time.monotonic() - begun < PATIENCE_S
    return caught.value


def drip(server: WebServer, beginning: bytes, drop: bytes) -> Speak:
    """A byte now and then, so that no single wait is long."""

    def speak(connection: socket.socket) -> None:
        connection.sendall(beginning)
        until = time.monotonic() + FAR_S
        while time.monotonic() < until and not server.ended.wait(0.05):
            connection.sendall(drop)

    return speak


def test_a_server_that_says_nothing_is_slow(client: ManifestClient, server: WebServer) -> None:
    server.reply(lambda _connection: server.ended.wait(FAR_S))

    assert error_of(client, budget_s=BUDGET_S).code == "crm_slow"


@pytest.mark.parametrize(
    ("beginning", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
        (f"HTTP/1.1 200 OK\r\n{JSON}Content-Length: 1000000\r\n\r\n".encode(), b" "),
        (f"HTTP/1.1 200 OK\r\n{JSON}Transfer-Encoding: chunked\r\n\r\n".encode(), b"1\r\n \r\n"),
    ],
    ids=["status line", "header", "body", "chunks"],
)
def test_a_server_that_drips_is_slow(client: ManifestClient, server: WebServer, beginning: bytes, drop: bytes) -> None:
    server.reply(drip(server, beginning, drop))

    assert error_of(client, budget_s=BUDGET_S).code == "crm_slow"


def test_a_dead_server_is_unreachable(connect: Any) -> None:
    with web_server() as gone:
        url = gone.url

    assert error_of(connect(url=url)).code == "crm_unreachable"


def test_a_server_that_hangs_up_is_unreachable(client: ManifestClient, server: WebServer) -> None:
    server.reply(lambda _connection: None)

    assert error_of(client).code == "crm_unreachable"


def test_an_answer_that_breaks_off_is_unreachable(client: ManifestClient, server: WebServer) -> None:
    server.reply(lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"))

    assert error_of(client).code == "crm_unreachable"


def test_a_server_that_speaks_no_http_is_a_broken_answer(client: ManifestClient, server: WebServer) -> None:
    server.reply(lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"))

    assert error_of(client).code == "crm_broken_answer"


def test_a_name_that_nobody_knows_is_unreachable(connect: Any) -> None:
    assert error_of(connect(url="https://crm.invalid")).code == "crm_unreachable"


@pytest.mark.parametrize(
    ("reply", "code", "params"),
    [
        (Reply("{}", 401), "crm_unauthorized", {}),
        (Reply("{}", 403), "crm_forbidden", {}),
        (Reply('{"message": "No <b>way</b>\\u202e"}', 400), "crm_refused", {"text": "No way"}),
        (Reply("<h1>Bad</h1> gateway", 502, HTML), "crm_unreachable", {"detail": "502 Bad gateway"}),
        (Reply("", 500), "crm_unreachable", {"detail": "500"}),
        (Reply("", 429), "crm_busy", {"retry_after_s": 30}),
        (Reply("", 429, {"Retry-After": "17"}), "crm_busy", {"retry_after_s": 17}),
        (Reply("", 429, {"Retry-After": "Tue, 14 Nov 2023 22:14:20 GMT"}), "crm_busy", {"retry_after_s": 60}),
        (Reply("", 503, {"Retry-After": "5"}), "crm_busy", {"retry_after_s": 5}),
        (Reply('{"rows": [', 200), "crm_broken_answer", {"detail": "JSON"}),
        (Reply("[" * 900_000, 200), "crm_broken_answer", {"detail": "JSON"}),
        (Reply('{"nothing": 1}', 200), "crm_broken_answer", {"detail": "rows"}),
        (Reply("<html>Sign in</html>", 200, HTML), "crm_broken_answer", {"detail": "HTML"}),
        (
            Reply("<rows/>", 200, {"Content-Type": "application/xml"}),
            "crm_broken_answer",
            {"detail": "application/xml"},
        ),
    ],
)
def test_an_answer_means(connect: Any, server: WebServer, reply: Reply, code: str, params: dict[str, object]) -> None:
    server.reply(reply)
    error = error_of(connect(now_s=lambda: 1_700_000_000.0))

    assert (error.code, error.params) == (code, params)


def test_an_operation_that_maps_nothing_does_not_take_a_page_for_success(
    client: ManifestClient, server: WebServer
) -> None:
    server.reply(Reply("<html>Please accept the terms of this network</html>", 200, HTML))

    assert error_of(client, "touch").code == "crm_broken_answer"


def test_a_status_that_means_nothing_found_is_no_error(client: ManifestClient, server: WebServer) -> None:
    server.reply(Reply('{"error": {"code": 404}}', 404))

    assert client.run("find", {"q": "x"}) == []


def test_a_server_that_wants_peace_gets_it(connect: Any, server: WebServer) -> None:
    server.reply(Reply("", 429, {"Retry-After": "120"}))
    client = connect()
    error_of(client)
    again = error_of(client)

    assert len(server.seen) == 1
    assert again.code == "crm_busy"
    assert 60 < int(again.params["retry_after_s"]) <= 120


@pytest.mark.parametrize("chunked", [False, True])
def test_an_answer_of_a_hundred_megabytes_is_left_after_the_first(
    client: ManifestClient, server: WebServer, chunked: bool
) -> None:
    sent = 0
    part = b" " * 65_536

    def flood(connection: socket.socket) -> None:
        nonlocal sent
        length = "Transfer-Encoding: chunked" if chunked else "Content-Length: 104857600"
        connection.sendall(f"HTTP/1.1 200 OK\r\n{JSON}{length}\r\n\r\n".encode())
        while sent < 104_857_600 and not server.ended.is_set():
            connection.sendall(b"10000\r\n" + part + b"\r\n" if chunked else part)
            sent += len(part)

    server.reply(flood)

    assert error_of(client).params == {"detail": "> 1048576 B"}
    assert sent < 30_000_000  # what lay in the buffers of two sockets


def test_a_compressed_answer_is_not_opened(client: ManifestClient, server: WebServer) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    server.reply(Reply(bomb, 200, {"Content-Type": "application/json", "Content-Encoding": "gzip"}))

    assert error_of(client).params == {"detail": "Content-Encoding"}


def test_a_redirect_is_not_followed_and_takes_the_key_nowhere(connect: Any, server: WebServer) -> None:
    with web_server() as elsewhere:
        server.reply(Reply("", 302, {"Location": f"{elsewhere.url}/api/party"}))
        error = error_of(connect())

        assert error.code == "crm_broken_answer"
        assert elsewhere.url in str(error.params["detail"])
        assert elsewhere.seen == []


def test_markup_and_control_characters_in_every_field_are_plain_text(client: ManifestClient, server: WebServer) -> None:
    evil = "<img src=x onerror=alert(1)>\r\n\x1b[2J\u202eevil\x00"
    server.reply(Reply(json.dumps({"rows": [{"id": evil, "name": evil, evil: evil}]})))

    (row,) = client.run("find", {"q": "x"})
    assert row == {"id": "<img src=x onerror=alert(1)> [2Jevil", "name": "<img src=x onerror=alert(1)> [2Jevil"}


def test_cookies_are_forgotten(client: ManifestClient, server: WebServer) -> None:
    server.reply(Reply('{"rows": []}', 200, {"Content-Type": "application/json", "Set-Cookie": "a=b; Path=/"}))
    client.run("find", {"q": "x"})
    client.run("find", {"q": "x"})

    assert all("cookie" not in seen.headers for seen in server.seen)
