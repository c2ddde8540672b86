"""Stands before a web server and passes everything on; told so, it keeps the answers to what was written for itself."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PASSED_S = 30.0


class SwallowingProxy:
    """Attributes:
    url: to speak to instead of the server.
    swallows: answers to POST are not passed on, though the server has done what it was told.
    swallowed: how many were not.
    """

    def __init__(self, server_url: str) -> None:
        self.swallows = False
        self.swallowed = 0
        self.over = threading.Event()
        target = urlsplit(server_url).netloc
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._pass_on()

            def do_POST(self) -> None:
                self._pass_on()

            def _pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                connection = http.client.HTTPConnection(target, timeout=PASSED_S)
                connection.request(self.command, self.path, body or None, dict(self.headers))
                answer = connection.getresponse()
                content = answer.read()
                connection.close()
                if self.command == "POST" and proxy.swallows:
                    proxy.swallowed += 1
                    proxy.over.wait(PASSED_S)
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@contextmanager
def swallowing_proxy(server_url: str) -> Iterator[SwallowingProxy]:
    proxy = SwallowingProxy(server_url)
    thread = threading.Thread(target=proxy.server.serve_forever, kwargs={"poll_interval": 0.02}, name="proxy")
    thread.start()
    try:
        yield proxy
    finally:
        proxy.over.set()
        proxy.server.shutdown()
        proxy.server.server_close()
        thread.join()
