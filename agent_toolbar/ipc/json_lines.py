"""Splits a byte stream into bounded lines of JSON; shared by every local socket."""

from __future__ import annotations

MAX_LINE_BYTES = 1 << 20


class LineTooLongError(ValueError):
    """The peer sent more than the limit without an end of line."""


class LineSplitter:
    """Collects bytes and gives back whole lines without their end."""

    def __init__(self, max_bytes: int = MAX_LINE_BYTES) -> None:
        self._max_bytes = max_bytes
        self._rest = b""

    def feed(self, received: bytes) -> list[bytes]:
        """The lines that `received` completes. Raises LineTooLongError beyond the limit."""
        *lines, self._rest = (self._rest + received).split(b"\n")
        if len(self._rest) > self._max_bytes or any(len(line) > self._max_bytes for line in lines):
            raise LineTooLongError(f"more than {self._max_bytes} bytes in one line")
        return [line for line in lines if line.strip()]
