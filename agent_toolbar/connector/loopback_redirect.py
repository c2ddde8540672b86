"""Where the browser comes back to after signing in: a listener on 127.0.0.1 for one answer (RFC 8252 section 7.3).

Whatever else asks it (a foreign page, a scanner, a client that dawdles) gets a short refusal, and the wait goes on.
"""

from __future__ import annotations

import hmac
import html
import re
import selectors
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from agent_toolbar.connector.oauth_plan import PlannedOAuth
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.domain.text import plain_text

WAIT_S = 180.0
REQUEST_S = 5.0
MAX_REQUEST = 16 * 1024
MAX_CONNECTIONS = 16
MAX_FIELDS = 50
_LINE = re.compile(rb"GET (?P<target>/[!-~]*) HTTP/1\.[01]")
_HOST = re.compile(rb"^host:[ \t]*(?P<host>[!-~]+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PageTexts:
    """What the browser shows in the end, in the person's language. Plain text; `failed` where nobody signed in."""

    language: str = "en"
    title: str = "agent-toolbar"
    done: str = "Signed in. You can close this page and go back to the toolbar."
    failed: str = "Not signed in. The toolbar says why; you can close this page."
    refused: str = "This page is not part of a sign-in."


@dataclass
class _Visitor:
    until_s: float
    read: bytearray = field(default_factory=bytearray)


class LoopbackRedirect:
    """One sign-in's listener, open from its making to its one answer, its end or `close`.

    Attributes:
        redirect_uri: what the server is told.
    """

    def __init__(
        self,
        plan: PlannedOAuth,
        state: str,
        texts: PageTexts,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises CrmError("sign_in_no_port") where each of the registered ports is taken."""
        self._path = plan.redirect_path
        self._state = state
        self._texts = texts
        self._monotonic = monotonic
        self._listener = _listener(plan.redirect_ports or (0,))
        port = self._listener.getsockname()[1]
        self._hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost")}
        self.redirect_uri = f"http://{plan.redirect_host}:{port}{plan.redirect_path}"
        self._wake, self._woken = socket.socketpair()
        self._visitors: dict[socket.socket, _Visitor] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)

    def wait(self, wait_s: float = WAIT_S) -> str:
        """The code that the server sent with the right state; closes in any case.

        Raises CrmError: sign_in_timeout, sign_in_cancelled, sign_in_denied, crm_refused (the server's words).
        """
        until_s = self._monotonic() + wait_s
        try:
            while (left_s := until_s - self._monotonic()) > 0:
                code = self._turn(min(left_s, 1.0))
                if code is not None:
                    return code
        finally:
            self._end()
        raise CrmError("sign_in_timeout")

    def cancel(self) -> None:
        """From any thread: `wait` ends with sign_in_cancelled."""
        with suppress(OSError):  # it has ended already
            self._wake.send(b"x")

    # ------------------------------------------------------------------ on the thread that waits

    def _turn(self, patience_s: float) -> str | None:
        for key, _ in self._selector.select(patience_s):
            assert isinstance(key.fileobj, socket.socket), "only sockets are registered"
            if key.fileobj is self._woken:
                raise CrmError("sign_in_cancelled")
            if key.fileobj is self._listener:
                self._welcome()
            elif (code := self._hear(key.fileobj)) is not None:
                return code
        now_s = self._monotonic()
        for visitor in [one for one, told in self._visitors.items() if now_s >= told.until_s]:
            self._part(visitor)
        return None

    def _welcome(self) -> None:
        try:
            visitor, _ = self._listener.accept()
        except OSError:  # it hung up again at once
            return
        if len(self._visitors) >= MAX_CONNECTIONS:  # the oldest dawdles; the browser comes last
            self._part(next(iter(self._visitors)))
        visitor.setblocking(False)
        self._visitors[visitor] = _Visitor(self._monotonic() + REQUEST_S)
        self._selector.register(visitor, selectors.EVENT_READ)

    def _hear(self, visitor: socket.socket) -> str | None:
        told = self._visitors[visitor]
        try:
            part = visitor.recv(4096)
        except OSError:
            part = b""
        told.read += part
        if not part or len(told.read) > MAX_REQUEST:
            self._part(visitor)
            return None
        if b"\r\n\r\n" not in told.read:
            return None
        status, text, outcome = self._judged(bytes(told.read))
        self._answer(visitor, status, text)
        if isinstance(outcome, CrmError):
            raise outcome
        return outcome

    def _judged(self, request: bytes) -> tuple[str, str, str | CrmError | None]:
        """Status and text of the page, and the code or the server's refusal, if it is what was waited for."""
        texts = self._texts
        line = _LINE.match(request)
        host = _HOST.findall(request)
        if line is None or len(host) != 1 or host[0].lower() not in self._hosts:
            return "400 Bad Request", texts.refused, None
        target = urlsplit(line["target"].decode("ascii"))
        if target.path != self._path:
            return "404 Not Found", texts.refused, None
        pairs = (
            parse_qsl(target.query, keep_blank_values=True, max_num_fields=50) if target.query.count("&") < 50 else []
        )
        told = dict(pairs)
        state = told.get("state", "").encode("utf-8", "replace")
        if len(told) != len(pairs) or not hmac.compare_digest(state, self._state.encode()):
            return "400 Bad Request", texts.refused, None
        if error := told.get("error"):
            words = plain_text(told.get("error_description") or error, 200)
            denied = error == "access_denied"
            return "200 OK", texts.failed, CrmError("sign_in_denied") if denied else CrmError("crm_refused", text=words)
        if not told.get("code"):
            return "200 OK", texts.failed, CrmError("crm_broken_answer", detail="code")
        return "200 OK", texts.done, told["code"]

    def _answer(self, visitor: socket.socket, status: str, text: str) -> None:
        texts = self._texts
        page = (
            f'<!doctype html><html lang="{html.escape(texts.language)}"><meta charset="utf-8">'
            f"<title>{html.escape(texts.title)}</title><p>{html.escape(text)}</p></html>"
        ).encode()
        head = (
            f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n"
            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nX-Content-Type-Options: nosniff\r\n"
            "Referrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
        ).encode()
        with suppress(OSError):  # a browser that went away needs no page
            visitor.send(head + page)
            visitor.shutdown(socket.SHUT_WR)
        self._part(visitor)

    def _part(self, visitor: socket.socket) -> None:
        self._selector.unregister(visitor)
        del self._visitors[visitor]
        visitor.close()

    def _end(self) -> None:
        for visitor in list(self._visitors):
            self._part(visitor)
        self._selector.close()
        for one in (self._listener, self._wake, self._woken):
            one.close()


def _listener(ports: tuple[int, ...]) -> socket.socket:
    for port in ports:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # else a registered port could not be had again for a minute; two listeners it does not allow here
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(MAX_CONNECTIONS)
        except OSError:
            listener.close()
            continue
        listener.setblocking(False)
        return listener
    raise CrmError("sign_in_no_port", ports=", ".join(map(str, ports)))
