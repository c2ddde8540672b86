"""Splits a byte stream into bounded lines of JSON; shared by every local socket."""

from __future__ import annotations

MAX_LINE_BYTES = 1 << 20


class LineTooLongError(ValueError):
    """The peer sent more than the limit without an end of line."""


class LineSplitter:
    """Collects bytes and gives back whole lines without their end.

    After LineTooLongError the stream is out of step: the connection is to be closed.
    """

    def __init__(self, max_bytes: int = MAX_LINE_BYTES) -> None:
        self._max_bytes = max_bytes
        self._rest = bytearray()

    def feed(self, received: bytes) -> list[bytes]:
        """The lines that `received` completes, without empty ones. Raises LineTooLongError beyond the limit."""
        self._rest += received
        if b"\n" not in received:
            self._require_bounded(self._rest)
            return []
        *lines, rest = bytes(self._rest).split(b"\n")
        self._rest = bytearray(rest)
        for line in (*lines, rest):
            self._require_bounded(line)
        return [line for line in lines if line.strip()]

    def _require_bounded(self, line: bytes | bytearray) -> None:
        if len(line) > self._max_bytes:
            self._rest.clear()
            raise LineTooLongError(f"more than {self._max_bytes} bytes in one line")
