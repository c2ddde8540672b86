"""Serves the sample page of a CRM on loopback, to practise with. One thread of its own."""

from __future__ import annotations

import socket
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from agent_toolbar import paths

HOST = "127.0.0.1"
USUAL_PORT = 47826  # a browser keeps its token by origin, so the same port is best
PAGE = "sample-crm.html"

_TYPES = {
    PAGE: "text/html; charset=utf-8",
    "sample-crm.css": "text/css; charset=utf-8",
    "sample-crm.js": "text/javascript; charset=utf-8",
    "agent-toolbar.js": "text/javascript; charset=utf-8",
    "sample-contacts.json": "application/json; charset=utf-8",
}
_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws://127.0.0.1:*; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class SamplePage:
    """The files of resources/web that the page needs, and nothing else.

    Attributes:
        origin: as browsers send it. url: of the page.
    """

    def __init__(self, port: int = USUAL_PORT) -> None:
        """On another port where `port` is taken; 0 takes any."""
        try:
            self._server = _Server((HOST, port), _Files)
        except OSError:
            self._server = _Server((HOST, 0), _Files)
        self.origin = f"http://{HOST}:{self._server.server_port}"
        self.url = f"{self.origin}/{PAGE}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="sample-page", daemon=True)
        self._thread.start()

    def url_for(self, api_port: int) -> str:
        """The page that speaks to the toolbar on this port."""
        return f"{self.url}?port={api_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def free_port(usual: int) -> int:
    """`usual`, or another one where somebody has it."""
    for port in (usual, 0):
        with socket.socket() as listener:
            if sys.platform != "win32":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((HOST, port))
            except OSError:
                continue
            return int(listener.getsockname()[1])
    return usual


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # the port of the last time, whose connections may still be dying
    block_on_close = False


class _Files(BaseHTTPRequestHandler):
    server_version = "agent-toolbar-practice"
    timeout = 5
    extra: ClassVar[dict[str, str]] = {
        "Content-Security-Policy": _SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
    }

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].removeprefix("/") or PAGE
        if name not in _TYPES:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        content = paths.resource_path("web", name).read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", _TYPES[name])
        self.send_header("Content-Length", str(len(content)))
        for header, value in self.extra.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # the name that the base class has
        """Nobody reads what a browser fetches here."""
