"""The doctor's probes against real sockets on this computer, and a name that nobody can have (RFC 2606)."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from agent_toolbar.application.ports.doctor import Finding, ProbeResult, ServerAddress
from agent_toolbar.diagnostics.network_probes import SocketProbes
from tests.fakes.queue_dispatcher import QueueDispatcher

LIMIT_S = 1.2
HERE = "127.0.0.1"


def answer_to(request: bytes, status: str = "200 OK") -> bytes:
    kept = [line for line in request.split(b"\r\n") if line.split(b":")[0] in {b"Via", b"From", b"Call-ID", b"CSeq"}]
    return b"\r\n".join([f"SIP/2.0 {status}".encode(), *kept, b"Server: Tiny \x07PBX", b"Content-Length: 0", b"", b""])


@contextmanager
def udp_server(answers: Callable[[int, bytes], bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """`answers` gets the number of the request and the request; b"" is silence."""
    received: list[bytes] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((HERE, 0))
        port = server.getsockname()[1]

        def serve() -> None:
            while True:
                request, caller = server.recvfrom(4096)
                if not request:
                    return
                received.append(request)
                if answer := answers(len(received), request):
                    server.sendto(answer, caller)

        serving = threading.Thread(target=serve)
        serving.start()
        yield port, received
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stop:
            stop.sendto(b"", (HERE, port))
        serving.join()


@contextmanager
def tcp_server(answers: Callable[[bytes], list[bytes]]) -> Iterator[int]:
    with socket.create_server((HERE, 0)) as server:

        def serve() -> None:
            connected, _ = server.accept()
            with connected:
                request = b""
                while b"\r\n\r\n" not in request and (more := connected.recv(4096)):
                    request += more
                for part in answers(request):
                    connected.sendall(part)
                connected.recv(1)  # until the probe closes

        serving = threading.Thread(target=serve)
        serving.start()
        yield server.getsockname()[1]
        serving.join()


def closed_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind((HERE, 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def dispatcher() -> QueueDispatcher:
    return QueueDispatcher()


@pytest.fixture
def probes(dispatcher: QueueDispatcher) -> Iterator[SocketProbes]:
    made = SocketProbes(dispatcher, LIMIT_S)
    yield made
    made.close()


Ask = Callable[[str, str, int, str], ProbeResult]


@pytest.fixture
def ask(dispatcher: QueueDispatcher, probes: SocketProbes) -> Ask:
    def ask_one(question: str, server: str, port: int = 0, transport: str = "udp") -> ProbeResult:
        found: list[ProbeResult] = []
        getattr(probes, question)(ServerAddress(server, port, transport), found.append)
        dispatcher.run_until(lambda: bool(found), what=question)
        return found[0]

    return ask_one


def test_any_sip_answer_over_udp_is_fine_and_the_server_is_named_as_plain_text(ask: Ask) -> None:
    with udp_server(lambda _count, request: answer_to(request, "401 Unauthorized")) as (port, received):
        found = ask("transport", HERE, port, "udp")
    assert found.finding is Finding.FINE
    assert found.params == {
        "server": HERE,
        "port": port,
        "transport": "UDP",
        "status": 401,
        "software": "Tiny PBX",
    }
    assert received[0].startswith(f"OPTIONS sip:{HERE}:{port} SIP/2.0\r\n".encode())


def test_a_lost_request_is_sent_again(ask: Ask) -> None:
    with udp_server(lambda count, request: answer_to(request) if count == 2 else b"") as (port, received):
        assert ask("transport", HERE, port, "udp").finding is Finding.FINE
    assert received[0] == received[1]


def test_an_answer_to_somebody_else_is_none(ask: Ask) -> None:
    with udp_server(lambda _count, _request: answer_to(b"Via: SIP/2.0/UDP x;branch=z9hG4bKother")) as (port, _):
        assert ask("transport", HERE, port, "udp").code == "no_sip_answer"


def test_the_probe_tells_nothing_about_the_agent(ask: Ask) -> None:
    with udp_server(lambda _count, request: answer_to(request)) as (port, received):
        ask("transport", HERE, port, "udp")
    assert b"From: <sip:anonymous@anonymous.invalid>" in received[0]


@pytest.mark.parametrize("garbage", [b"\0", b"HTTP/1.1 200 OK\r\n\r\n", b"SIP/2.0 abc\r\n\r\n", b"\xff" * 2000])
def test_silence_and_garbage_over_udp_are_no_answer(ask: Ask, garbage: bytes) -> None:
    with udp_server(lambda _count, _request: garbage) as (port, _):
        found = ask("transport", HERE, port, "udp")
    assert (found.finding, found.code) == (Finding.WRONG, "no_sip_answer")


def test_silence_over_udp_ends_in_time(ask: Ask) -> None:
    with udp_server(lambda _count, _request: b"") as (port, received):
        assert ask("transport", HERE, port, "udp").code == "no_sip_answer"
    assert len(received) == 2  # at 0 and 0.5 s; the next would be at 1.5 s


def test_an_answer_over_tcp_may_come_in_parts(ask: Ask) -> None:
    with tcp_server(lambda request: [answer_to(request)[:20], answer_to(request)[20:]]) as port:
        assert ask("transport", HERE, port, "tcp").finding is Finding.FINE


def test_a_tcp_server_that_says_nothing_is_no_telephone_system(ask: Ask) -> None:
    with tcp_server(lambda _request: []) as port:
        assert ask("transport", HERE, port, "tcp").code == "no_sip_answer"


@pytest.mark.parametrize(
    ("transport", "kind"), [("udp", socket.SOCK_DGRAM), ("tcp", socket.SOCK_STREAM)], ids=["udp", "tcp"]
)
def test_a_closed_port_is_told_apart(ask: Ask, transport: str, kind: socket.SocketKind) -> None:
    found = ask("transport", HERE, closed_port(kind), transport)
    assert (found.finding, found.code) == (Finding.WRONG, "port_closed")


def test_a_name_that_nobody_has_is_unknown(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    found = ask("names", "pbx.invalid", 0, "udp")
    assert found.finding is Finding.WRONG
    assert found.code in {"unknown_name", "names_silent"}  # a computer without any resolver may be slow to say so
    assert found.params == {"server": "pbx.invalid"}


def test_a_name_that_is_no_name_is_unknown(ask: Ask) -> None:
    assert ask("names", "a" * 64 + ".example", 0, "udp").code == "unknown_name"


def test_a_resolver_that_hangs_is_told_apart(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def hang(*_: object) -> list[object]:
        released.wait()
        raise socket.gaierror(socket.EAI_AGAIN, "too late")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    found = ask("names", "pbx.example", 0, "udp")
    released.set()
    assert found.code == "names_silent"


def test_a_known_name_is_found(ask: Ask) -> None:
    found = ask("names", "localhost", 0, "udp")
    assert (found.finding, found.params) == (Finding.FINE, {"server": "localhost", "address": HERE})


def test_a_server_on_this_computer_needs_no_network(ask: Ask) -> None:
    found = ask("network", HERE, 0, "udp")
    assert (found.finding, found.params) == (Finding.FINE, {"address": HERE})


def test_a_computer_without_a_way_out_has_no_network(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoRoute(socket.socket):
        def connect(self, _address: object) -> None:
            raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket, "socket", NoRoute)
    assert ask("network", "192.0.2.7", 0, "udp").code == "no_network"


def test_an_account_that_is_not_encrypted_has_no_certificate(ask: Ask) -> None:
    found = ask("certificate", HERE, 0, "tcp")
    assert (found.finding, found.code) == (Finding.UNKNOWN, "not_encrypted")


def test_nothing_is_answered_after_closing(dispatcher: QueueDispatcher) -> None:
    probes = SocketProbes(dispatcher, LIMIT_S)
    found: list[ProbeResult] = []
    probes.network(ServerAddress(HERE, 0, "udp"), found.append)
    probes.close()
    ended: list[bool] = []
    last = SocketProbes(dispatcher, LIMIT_S)
    last.network(ServerAddress(HERE, 0, "udp"), lambda _result: ended.append(True))
    dispatcher.run_until(lambda: bool(ended))
    last.close()
    assert not found
