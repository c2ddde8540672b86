"""One connection to an engine: bounded lines in, bounded queue out. Read on the link's thread, written from any."""

from __future__ import annotations

import contextlib
import select
import socket
import time
from collections import deque

from agent_toolbar.ipc.alarm import Alarm
from agent_toolbar.ipc.json_lines import LineSplitter, LineTooLongError

_CHUNK_BYTES = 65536
_MAX_UNSENT_BYTES = 1 << 20


class ConnectionLostError(Exception):
    """The engine closed the connection, died, or broke the rules of the wire."""


class EngineUnresponsiveError(ConnectionLostError):
    """The engine lives but does not take or give what it should: it must be replaced."""


class Connection:
    """Exchanges lines with one engine until it ends."""

    def __init__(self, connected: socket.socket, alarm: Alarm) -> None:
        connected.setblocking(False)
        self._socket = connected
        self._alarm = alarm
        self._splitter = LineSplitter()
        self._received: deque[bytes] = deque()
        self._outbox: deque[bytes] = deque()
        self._unsent = b""

    def put(self, line: bytes) -> None:
        """From any thread: queues one line and returns at once."""
        self._outbox.append(line)
        self._alarm.ring()

    def next_line(self, deadline_s: float | None) -> bytes | None:
        """Waits for one line while sending what is queued.

        Returns None when `deadline_s` (monotonic, None for no limit) has passed or the alarm was rung.
        Raises ConnectionLostError at the end of the stream, EngineUnresponsiveError if the engine does not read.
        """
        while not self._received:
            reading: list[socket.socket | Alarm] = [self._socket, self._alarm]
            writing = [self._socket] if self._unsent or self._outbox else []
            left_s = None if deadline_s is None else max(0.0, deadline_s - time.monotonic())
            readable, writable, _ = select.select(reading, writing, [], left_s)
            if self._alarm in readable:
                self._alarm.clear()
                self._send()
                if self._socket not in readable:
                    return None
            if writable:
                self._send()
            if self._socket in readable:
                self._receive()
            elif deadline_s is not None and time.monotonic() >= deadline_s:
                return None
        return self._received.popleft()

    @property
    def flushed(self) -> bool:
        """Everything that was put has been given to the system."""
        return not self._outbox and not self._unsent

    def finish(self) -> None:
        """Tells the engine that nothing more will come; it can still be read."""
        with contextlib.suppress(OSError):  # it is gone already, which the next read tells
            self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._socket.close()

    def _send(self) -> None:
        while self._outbox:
            self._unsent += self._outbox.popleft()
        if not self._unsent:
            return
        try:
            self._unsent = self._unsent[self._socket.send(self._unsent) :]
        except BlockingIOError:
            pass
        except OSError as fault:
            # What the engine said before it closed is still to be read; the reading side finds the end.
            self._unsent = b""
            if not isinstance(fault, ConnectionError):
                raise ConnectionLostError(str(fault)) from fault
        if len(self._unsent) > _MAX_UNSENT_BYTES:
            raise EngineUnresponsiveError("it does not read its commands")

    def _receive(self) -> None:
        try:
            chunk = self._socket.recv(_CHUNK_BYTES)
            if not chunk:
                raise ConnectionLostError("end of stream")
            self._received.extend(self._splitter.feed(chunk))
        except BlockingIOError:
            return
        except OSError as fault:
            raise ConnectionLostError(str(fault)) from fault
        except LineTooLongError as fault:
            raise EngineUnresponsiveError(str(fault)) from fault
