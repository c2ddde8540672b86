"""What a directory's server can do to a sync: each ends in time and within bounds, and changes nothing."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from agent_toolbar.application.ports.settings import DirectoryKind, DirectorySettings
from agent_toolbar.connector.dav_client import DavClient
from agent_toolbar.crm.carddav import CardDavFeed
from agent_toolbar.crm.directory_feed import Feed, FeedChanges, Known
from agent_toolbar.crm.ldap_directory import LdapFeed
from agent_toolbar.domain.errors import DirectoryError
from tests.integration.connector.web_server import Reply, Seen, WebServer, web_server

PATH = "/book/"
FAR_S = 60.0
PATIENCE_S = 30.0  # a busy machine
XML = {"Content-Type": "application/xml"}
BOMB = (
    b'<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><multistatus xmlns="DAV:"><sync-token>&j;</sync-token></multistatus>'
)


def listing(*entries: tuple[str, str], token: str = "t1") -> Reply:
    """A 207 of (href, ETag)."""
    found = "".join(
        f"<response><href>{href}</href><propstat><prop><getetag>{etag}</getetag></prop>"
        "<status>HTTP/1.1 200 OK</status></propstat></response>"
        for href, etag in entries
    )
    return Reply(f'<multistatus xmlns="DAV:">{found}<sync-token>{token}</sync-token></multistatus>', 207, XML)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as running:
        yield running


def read(feed: Feed, known: Known | None = None) -> FeedChanges:
    try:
        return feed.changes(known or Known(), lambda _done, _total: None)
    finally:
        feed.close()


def book(server: WebServer, *, budget_s: float = PATIENCE_S, most_bytes: int = 1 << 20) -> CardDavFeed:
    client = DavClient(server.url + PATH, "ann", "secret", budget_s=budget_s, most_bytes=most_bytes)
    return CardDavFeed("book", client)


def error_of(feed: Feed, known: Known | None = None) -> DirectoryError:
    begun = time.monotonic()
    with pytest.raises(DirectoryError) as caught:
        read(feed, known)
    assert time.monotonic() - begun < PATIENCE_S
    return caught.value


@pytest.mark.parametrize(
    "body",
    [
        BOMB,
        b'<!DOCTYPE m SYSTEM "file:///etc/passwd"><multistatus xmlns="DAV:"/>',
        b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><m>&x;</m>',
        b'<multistatus xmlns="DAV:"><response>',
        b"<a>" * 100_000,
        b"not XML",
        b"",
        b"<multistatus xmlns='DAV:'/>",
        b'<?xml version="1.0" encoding="no-such"?><m/>',
    ],
    ids=["billion laughs", "external type", "external entity", "cut off", "deep", "text", "empty", "no token", "code"],
)
def test_what_is_no_honest_xml_is_a_broken_answer(server: WebServer, body: bytes) -> None:
    server.reply(Reply(body, 207, XML))

    assert error_of(book(server)).code == "directory_broken"


def test_a_huge_answer_is_cut_off(server: WebServer) -> None:
    def speak(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 207 OK\r\nContent-Length: 100000000000\r\n\r\n")
        while not server.ended.is_set():
            connection.sendall(b" " * 65536)

    server.reply(speak)

    assert error_of(book(server)).code == "directory_broken"


def test_a_server_that_drips_is_slow(server: WebServer) -> None:
    def speak(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 207 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not server.ended.wait(0.05):
            connection.sendall(b" ")

    server.reply(speak)

    assert error_of(book(server, budget_s=1.0)).code == "directory_slow"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply("", 401), "directory_password"),
        (Reply("", 403), "directory_forbidden"),
        (Reply("", 404), "directory_not_found"),
        (Reply("", 429, {"Retry-After": "17"}), "directory_busy"),
        (Reply("", 500), "directory_broken"),
        (Reply("", 302, {"Location": "https://elsewhere.test/"}), "directory_broken"),
        (Reply("<html>welcome</html>", 200, {"Content-Type": "text/html"}), "directory_broken"),
        (Reply(b"\x1f\x8b", 207, {"Content-Encoding": "gzip"}), "directory_broken"),
    ],
)
def test_an_answer_means(server: WebServer, reply: Reply, code: str) -> None:
    server.reply(reply)

    error = error_of(book(server))

    assert (error.code, error.params["name"]) == (code, "book")
    assert error.params.get("retry_after_s", 17) == 17


@pytest.mark.parametrize(
    "href", ["https://elsewhere.test/book/a.vcf", "//elsewhere.test/a.vcf", "/book/../secret.vcf", "/other/a.vcf"]
)
def test_only_what_lies_in_the_address_book_is_fetched(server: WebServer, href: str) -> None:
    server.reply(listing((href, '"1"')))

    assert read(book(server)).put == []
    assert [seen.path for seen in server.seen] == [PATH]


def test_an_unknown_token_leads_to_a_comparison_of_everything(server: WebServer) -> None:
    refusal = Reply('<error xmlns="DAV:"><valid-sync-token/></error>', 403, XML)
    server.reply(refusal, listing(("/book/a.vcf", '"1"'), token="t2"))

    changes = read(book(server), Known("old", {"/book/a.vcf": '"1"', "/book/b.vcf": '"1"'}))

    assert (changes.put, changes.gone, changes.token) == ([], {"/book/b.vcf"}, "t2")


def test_no_right_to_read_is_not_taken_for_an_unknown_token(server: WebServer) -> None:
    server.reply(Reply('<error xmlns="DAV:"><need-privileges/></error>', 403, XML))

    assert error_of(book(server), Known("old", {"/book/a.vcf": '"1"'})).code == "directory_forbidden"


def test_a_list_in_parts_is_read_to_its_end(server: WebServer) -> None:
    more = f"<response><href>{PATH}</href><status>HTTP/1.1 507 Insufficient Storage</status></response>"
    first = listing(("/book/a.vcf", '"1"'), token="t1")
    assert isinstance(first.body, str)
    part = Reply(first.body.replace("<sync-token>", f"{more}<sync-token>"), 207, XML)
    server.reply(part, listing(("/book/b.vcf", '"1"'), token="t2"))

    changes = read(book(server), Known("t0", {"/book/a.vcf": '"1"', "/book/b.vcf": '"1"', "/book/c.vcf": '"1"'}))

    assert (changes.gone, changes.token) == (set(), "t2")
    assert [b"t0" in seen.body or b"t1" in seen.body for seen in server.seen] == [True, True]


def test_cards_that_a_server_leaves_out_are_asked_for_one_by_one(server: WebServer) -> None:
    def answers(seen: Seen) -> Reply:
        if seen.method == "GET":
            return Reply("BEGIN:VCARD\nFN:Ann\nTEL:+441134960001\nEND:VCARD\n", 200, {"ETag": '"1"'})
        if b"sync-collection" in seen.body:
            return listing(("/book/a.vcf", '"1"'))
        return listing()

    server.answers = answers

    (entry,) = read(book(server)).put

    assert (entry.id, entry.version) == ("/book/a.vcf", '"1"')


# ---------------------------------------------------------------------- LDAP


@pytest.fixture
def speaking() -> Iterator[Callable[[Callable[[socket.socket], None]], DirectorySettings]]:
    """A server that says what it is told to whoever connects."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []
    accepted: list[socket.socket] = []

    def make(speak: Callable[[socket.socket], None]) -> DirectorySettings:
        def serve() -> None:
            with suppress(OSError):
                connection, _ = listener.accept()
                accepted.append(connection)
                connection.recv(4096)
                speak(connection)

        threads.append(threading.Thread(target=serve))
        threads[-1].start()
        url = f"ldap://127.0.0.1:{listener.getsockname()[1]}"
        return DirectorySettings("staff", DirectoryKind.LDAP, url, "cn=ann", base="dc=test")

    yield make
    for connection in accepted:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join()
    for connection in accepted:
        connection.close()
    listener.close()


BIND_ANSWER = b"\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\x00\x04\x00\x04\x00"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\x63\x04\x00\x04\x00",
        b"\x30\x05\x02\x01\x01\x7f\x00",
        BIND_ANSWER[:6],
        b"\x00" * 100,
    ],
    ids=["HTTP", "unknown result", "unknown answer", "cut off", "zeros"],
)
def test_what_is_no_ldap_is_a_fault_with_a_name(speaking: Callable[..., DirectorySettings], answer: bytes) -> None:
    def speak(connection: socket.socket) -> None:
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_WR)

    error = error_of(LdapFeed(speaking(speak), "secret", answer_s=2))

    assert error.code in {"directory_broken", "directory_unreachable", "directory_slow"}
    assert error.params["name"] == "staff"


def test_an_ldap_server_that_says_nothing_is_slow(speaking: Callable[..., DirectorySettings]) -> None:
    error = error_of(LdapFeed(speaking(lambda _connection: None), "secret", answer_s=1))

    assert error.code == "directory_slow"
