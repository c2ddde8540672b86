"""Wakes a thread that waits for sockets. Standard library only."""

from __future__ import annotations

import contextlib
import select
import socket
import threading

_CHUNK_BYTES = 4096


class Alarm:
    """Can be waited for like a socket; it stays raised until `clear`."""

    def __init__(self) -> None:
        self._listener, self._bell = socket.socketpair()
        self._listener.setblocking(False)
        self._bell.setblocking(False)
        self._guard = threading.Lock()
        self._closed = False

    def fileno(self) -> int:
        return self._listener.fileno()

    def ring(self) -> None:
        """From any thread. No effect when nobody can be waiting any more."""
        with self._guard, contextlib.suppress(BlockingIOError):  # a full socket is an alarm already
            if not self._closed:
                self._bell.send(b"!")

    def clear(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._listener.recv(_CHUNK_BYTES):
                pass

    def wait(self, seconds: float) -> None:
        """Returns after `seconds`, or at once when the alarm is raised."""
        select.select([self], [], [], max(0.0, seconds))

    def close(self) -> None:
        with self._guard:
            self._closed = True
            self._listener.close()
            self._bell.close()
