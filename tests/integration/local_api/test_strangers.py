"""Who gets nothing, and what nobody may send."""

from __future__ import annotations

import json

import pytest

from tests.integration.local_api.conftest import CODE, ORIGIN, OTHER, Bench
from tests.integration.local_api.web_socket import BINARY, TEXT


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "null",
        "https://evil.example",
        "http://crm.example.com",
        "https://crm.example.com:8443",
        "https://crm.example.com.evil.example",
        "https://CRM.example.com",
        "https://crm.example.com/",
        "https://crm.example.com, https://evil.example",
        "file://",
        "chrome-extension://abcdefghijklmnop",
    ],
)
def test_a_page_of_another_origin_is_not_let_in(bench: Bench, origin: str | None) -> None:
    assert bench.client().connect(origin) == 403


@pytest.mark.parametrize("host", ["crm.example.com", "rebound.evil.example:{port}", "127.0.0.1", "127.0.0.1:80", "x"])
def test_a_page_that_came_by_another_name_of_this_computer_is_cut_off(bench: Bench, host: str) -> None:
    client = bench.client()
    client.connect(ORIGIN, host.replace("{port}", str(client.port)))
    assert client.expect_end() == (0, "")
    assert client.messages == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_all_names_of_this_computer_are_good(bench: Bench, host: str) -> None:
    client = bench.client()
    assert client.connect(ORIGIN, f"{host}:{client.port}") == 101
    assert client.ask("pair")["type"] == "pairing"


@pytest.mark.parametrize(
    "request_",
    [
        {"type": "dial", "number": "+33199001234"},
        {"type": "subscribe"},
        {"type": "show"},
        {"type": "set_subject", "text": "x"},
        {"type": "set_wrap_up", "open": True},
    ],
)
def test_without_a_token_nothing_is_done(bench: Bench, request_: dict[str, object]) -> None:
    page = bench.page()
    page.send_text(json.dumps({"v": 1, "id": 1, **request_}))
    assert page.expect_end() == (1008, "say hello first")
    assert [(one["type"], one["code"]) for one in page.messages] == [("refused", "page_not_paired")]
    assert bench.toolbar.asked == []
    assert bench.raised == 0


def test_a_wrong_token_is_refused(bench: Bench) -> None:
    _, token = bench.paired()
    page = bench.page()
    assert page.ask("hello", token=token[:-1] + ("A" if token[-1] != "A" else "B"))["code"] == "page_not_paired"
    assert page.expect_end() == (1008, "not paired")


def test_a_token_of_another_origin_is_refused(bench: Bench) -> None:
    _, token = bench.paired(ORIGIN)
    page = bench.page(OTHER)
    assert page.ask("hello", token=token)["code"] == "page_not_paired"
    assert page.expect_end()[0] == 1008
    assert bench.page(ORIGIN).ask("hello", token=token)["type"] == "welcome"


def test_who_says_nothing_is_not_kept(bench: Bench) -> None:
    page = bench.page()
    bench.wait(lambda: bool(bench.timers.waiting))
    bench.timers.pass_ms(10_000)
    assert page.expect_end() == (1008, "say hello first")


def test_a_pairing_takes_as_long_as_the_person_takes(bench: Bench) -> None:
    page = bench.page()
    page.ask("pair")
    bench.timers.pass_ms(100_000)
    assert page.ask("pair_code", code=CODE)["type"] == "paired"


def test_a_flood_ends_the_connection(bench: Bench) -> None:
    page, _ = bench.paired()
    for _ in range(60):
        page.send("show")
    assert page.expect_end() == (1008, "too many messages")
    assert bench.raised <= 30


def test_a_flood_of_dials_asks_for_a_few_calls_only(bench: Bench) -> None:
    page, _ = bench.paired()
    for _ in range(60):
        page.send("dial", number="+33199001234")
    assert page.expect_end() == (1008, "too many messages")
    assert len(bench.toolbar.asked) <= 6


def test_a_flood_of_nonsense_ends_the_connection(bench: Bench) -> None:
    page, _ = bench.paired()
    for _ in range(60):
        page.send_text("{")
    assert page.expect_end() == (1008, "too many messages")


def test_after_a_while_a_page_may_speak_again(bench: Bench) -> None:
    page, _ = bench.paired()
    for _ in range(25):
        page.ask("show")
    bench.timers.pass_ms(5_000)
    for _ in range(25):
        assert page.ask("show")["type"] == "done"


@pytest.mark.parametrize("paired", [True, False])
def test_a_message_of_a_megabyte_ends_the_connection(bench: Bench, paired: bool) -> None:
    page = bench.paired()[0] if paired else bench.page()
    page.send_text(json.dumps({"v": 1, "id": 9, "type": "set_subject", "text": "x" * 1_000_000}))
    assert page.expect_end()[0] == 1009
    assert bench.toolbar.asked == []


def test_a_message_in_endless_pieces_ends_the_connection(bench: Bench) -> None:
    page, _ = bench.paired()
    for opcode in (TEXT, *[0] * 4):
        page.send_raw(bytes([opcode, 0x80 | 126, 0x80, 0]) + b"\0\0\0\0" + b"x" * 0x8000)  # 32 KiB, FIN not set
    assert page.expect_end()[0] == 1009


def test_a_binary_frame_ends_the_connection(bench: Bench) -> None:
    page, _ = bench.paired()
    page.send_frame(BINARY, b"{}")
    assert page.expect_end() == (1003, "text frames only")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "",
        "null",
        "[]",
        '{"v":1,"id":7,"type":"dial","number":"+33199001234","force":true}',
        '{"v":2,"id":7,"type":"show"}',
        '{"id":7,"type":"show"}',
        '{"v":1,"type":"show"}',
        '{"v":1,"id":7,"type":"answer"}',
        '{"v":1,"id":7,"type":"hang_up"}',
        '{"v":1,"id":7,"type":"transfer","target":"1002"}',
        '{"v":1,"id":7,"type":"dial","number":17}',
        '{"v":1,"id":7,"type":"dial","number":""}',
        '{"v":1,"id":-1,"type":"show"}',
        '{"v":1,"id":7,"type":"subscribe","topics":["contacts"]}',
        "[" * 30_000,
    ],
)
def test_what_is_no_request_is_refused_and_does_nothing(bench: Bench, text: str) -> None:
    page, _ = bench.paired()
    page.send_text(text)
    assert page.expect_type("refused")["code"] == "bad_message"
    assert page.ask("show")["type"] == "done"
    assert bench.toolbar.asked == []


def test_a_stranger_who_speaks_nonsense_is_not_talked_to(bench: Bench) -> None:
    page = bench.page()
    page.send_text("{")
    assert page.expect_end()[0] == 1008
    assert page.messages == []


def test_so_many_pages_of_an_origin_and_no_more(bench: Bench) -> None:
    first, token = bench.paired()
    for _ in range(7):
        bench.page().ask("hello", token=token)
    ninth = bench.client()
    assert ninth.connect(ORIGIN) == 101
    assert ninth.expect_end() == (1013, "too many connections")
    assert bench.page(OTHER).ask("pair")["type"] == "pairing"
    first.close()
    bench.wait(lambda: bench.api.view.paired[0].connected == 7)
    assert bench.page().ask("hello", token=token)["type"] == "welcome"


def test_nobody_else_in_the_network_can_connect(bench: Bench) -> None:
    assert bench.api.view.port
    server = bench.api._server._server  # where it listens is the whole point
    assert server.serverAddress().toString() == "127.0.0.1"
