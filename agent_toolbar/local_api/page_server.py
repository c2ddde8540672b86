"""The WebSocket server on 127.0.0.1 (RFC 6455): whom it lets connect, and how much it takes and keeps. GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QHostAddress
from PySide6.QtWebSockets import QWebSocket, QWebSocketCorsAuthenticator, QWebSocketProtocol, QWebSocketServer

from agent_toolbar.local_api.access_control import is_our_host
from agent_toolbar.local_api.messages import MAX_MESSAGE_BYTES

_log = logging.getLogger(__name__)

MAX_PER_ORIGIN = 8
MAX_PAGES = 32
MAX_UNSENT_BYTES = 262_144
HANDSHAKE_MS = 5_000
_FAREWELL_MS = 2_000
TOO_MANY = 1013  # try again later


class PageSocket(QObject):
    """One accepted connection. Implements PageWire.

    Attributes:
        is_closing: the other end has been told to go.
        on_text, on_binary, on_gone: called for a text frame, a binary one, and the end; set before the next event.
    """

    def __init__(self, socket: QWebSocket, parent: QObject) -> None:
        super().__init__(parent)
        self.origin = socket.origin()
        self.is_closing = False
        self.on_text: Callable[[str], None] = _nobody
        self.on_binary: Callable[[], None] = _nobody
        self.on_gone: Callable[[], None] = _nobody
        self._socket = socket
        self._farewell = QTimer(self)
        self._farewell.setSingleShot(True)
        self._farewell.setInterval(_FAREWELL_MS)
        self._farewell.timeout.connect(self.cut_off)
        socket.setParent(self)
        socket.setMaxAllowedIncomingMessageSize(MAX_MESSAGE_BYTES)
        socket.setMaxAllowedIncomingFrameSize(MAX_MESSAGE_BYTES)
        socket.textMessageReceived.connect(self._heard)
        socket.binaryMessageReceived.connect(self._heard_binary)
        socket.disconnected.connect(self._ended)

    def send(self, text: str) -> None:
        """One that does not read what it asked for is cut off."""
        if self._socket.bytesToWrite() > MAX_UNSENT_BYTES:
            _log.info("a page of %s does not read, so it is cut off", self.origin)
            self.cut_off()
        else:
            self._socket.sendTextMessage(text)

    def close(self, code: int, words: str) -> None:
        """Says why; one that does not hear it is cut off."""
        self.is_closing = True
        self._farewell.start()
        self._socket.close(QWebSocketProtocol.CloseCode(code), words)

    def cut_off(self) -> None:
        """Without a word."""
        self._socket.abort()

    def _heard(self, text: str) -> None:
        self.on_text(text)

    def _heard_binary(self) -> None:
        self.on_binary()

    def _ended(self) -> None:
        self._farewell.stop()
        self.on_gone()


class PageServer(QObject):
    """Accepts connections of allowed origins only; `on_page` gets each of them."""

    def __init__(
        self, is_allowed: Callable[[str], bool], on_page: Callable[[PageSocket], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._is_allowed = is_allowed
        self._on_page = on_page
        self._pages: set[PageSocket] = set()
        self._server = QWebSocketServer("", QWebSocketServer.SslMode.NonSecureMode, self)  # "": no Server header
        self._server.setHandshakeTimeout(HANDSHAKE_MS)
        self._server.setMaxPendingConnections(MAX_PAGES)
        self._server.originAuthenticationRequired.connect(self._judge)
        self._server.newConnection.connect(self._accept)

    @property
    def port(self) -> int:
        """0 while it does not listen."""
        return self._server.serverPort() if self._server.isListening() else 0

    def listen(self, port: int) -> str:
        """What is wrong, "" if it listens; port 0 takes any."""
        ok = self._server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), port)
        return "" if ok else self._server.errorString()

    def close(self) -> None:
        """Nobody new; who is connected stays until they are closed."""
        self._server.close()

    def _judge(self, asked: QWebSocketCorsAuthenticator) -> None:
        asked.setAllowed(self._is_allowed(asked.origin()))

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            page = PageSocket(socket, self)
            self._pages.add(page)
            socket.disconnected.connect(lambda page=page: self._gone(page))
            host = bytes(socket.request().rawHeader("Host").data()).decode("latin-1")
            of_origin = sum(one.origin == page.origin and not one.is_closing for one in self._pages)
            if not is_our_host(host, self.port):
                _log.warning("a page of %s came by another name of this computer, so it is cut off", page.origin)
                page.cut_off()
            elif len(self._pages) > MAX_PAGES:
                page.cut_off()
            elif of_origin > MAX_PER_ORIGIN:
                page.close(TOO_MANY, "too many connections")
            else:
                self._on_page(page)

    def _gone(self, page: PageSocket) -> None:
        if page in self._pages:
            self._pages.remove(page)
            page.deleteLater()


def _nobody(*_heard: object) -> None:
    """Before somebody listens."""
