"""One toolbar (or a would-be one) on the engine's socket: whole lines in, bounded bytes out. Control thread only."""

from __future__ import annotations

import socket
import time

from agent_toolbar.ipc.json_lines import LineSplitter, LineTooLongError

MAX_WAITING_BYTES = 1 << 20
MAX_WAITING_FOR_LEVELS = 1 << 14
_CHUNK = 1 << 16


class ConnectionLostError(Exception):
    """The other side is gone, or does not read, or sends lines without end."""


class ControlConnection:
    """A non-blocking connection.

    Attributes:
        attached: it said Attach and was accepted.
        opened_s: monotonic time of its start.
    """

    def __init__(self, peer: socket.socket) -> None:
        peer.setblocking(False)
        self.socket = peer
        self.attached = False
        self.opened_s = time.monotonic()
        self._lines = LineSplitter()
        self._waiting = bytearray()

    @property
    def has_output(self) -> bool:
        return bool(self._waiting)

    @property
    def behind(self) -> bool:
        """The reader is slow: what is worth nothing later may be left out."""
        return len(self._waiting) > MAX_WAITING_FOR_LEVELS

    def receive(self) -> list[bytes]:
        """The lines that are complete now. Raises ConnectionLostError."""
        try:
            received = self.socket.recv(_CHUNK)
        except BlockingIOError:
            return []
        except OSError as error:
            raise ConnectionLostError from error
        if not received:
            raise ConnectionLostError
        try:
            return self._lines.feed(received)
        except LineTooLongError as error:
            raise ConnectionLostError from error

    def send(self, line: bytes) -> None:
        """Queues a line and sends what the socket takes. Raises ConnectionLostError."""
        self._waiting += line + b"\n"
        self.flush()
        if len(self._waiting) > MAX_WAITING_BYTES:
            raise ConnectionLostError

    def flush(self) -> None:
        try:
            sent = self.socket.send(self._waiting) if self._waiting else 0
        except BlockingIOError:
            return
        except OSError as error:
            raise ConnectionLostError from error
        del self._waiting[:sent]

    def close(self) -> None:
        self.socket.close()
