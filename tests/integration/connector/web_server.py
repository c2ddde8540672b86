"""A real HTTP server on this computer whose answers a test writes; a thread of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Seen:
    """A request as the server read it; headers by lower-case name."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    body: bytes | str = b"[]"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


Speak = Callable[[socket.socket], None]
Answers = Callable[[Seen], "Reply | Speak"]


class WebServer(ThreadingHTTPServer):
    """`answers` says what each request gets: a reply, or a function that speaks on the socket itself."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, 0), _Handler)
        self._host = host
        self.answers: Answers = lambda _seen: Reply()
        self.seen: list[Seen] = []
        self.ended = threading.Event()
        self.connections: list[socket.socket] = []

    @property
    def url(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.server_address[1]}"

    def reply(self, *replies: Reply | Speak) -> None:
        """One after the other, the last one for ever."""
        waiting = list(replies)
        self.answers = lambda _seen: waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up in the middle is what many of these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: WebServer
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.server.connections.append(self.connection)

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length", "0"))
        seen = Seen(
            self.command,
            url.path,
            tuple(parse_qsl(url.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length),
        )
        self.server.seen.append(seen)
        answer = self.server.answers(seen)
        if not isinstance(answer, Reply):
            self.close_connection = True
            with suppress(OSError):
                answer(self.connection)
            return
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if answer.status not in {204, 304}:
            self.wfile.write(body)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_CONNECT = do_REPORT = do_GET

    def log_message(self, format: str, *arguments: object) -> None:
        """Tests are silent."""


@contextmanager
def web_server(host: str = "127.0.0.1") -> Iterator[WebServer]:
    server = WebServer(host)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="web-server")
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        thread.join()
        for connection in list(server.connections):
            with suppress(OSError):  # closed already
                connection.shutdown(socket.SHUT_RDWR)
        server.server_close()
