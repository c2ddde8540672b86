"""Chromium's DevTools protocol over its pipe: JSON messages that end with a NUL byte. On the test's thread."""

from __future__ import annotations

import itertools
import json
import os
import select
import time
from typing import Any

ANSWER_TIMEOUT_S = 20.0


class DevToolsError(Exception):
    """Chromium refused a command, or has ended."""


class DevTools:
    """`send`: a command and its answer. Events are of no interest here: a test asks for what it wants to see."""

    def __init__(self, write_fd: int, read_fd: int) -> None:
        self._write_fd, self._read_fd = write_fd, read_fd
        self._ids = itertools.count(1)
        self._rest = b""

    def send(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """The result of a command to the browser, or to the page that `session` is attached to."""
        number = next(self._ids)
        command = {"id": number, "method": method, "params": parameters}
        if session:
            command["sessionId"] = session
        os.write(self._write_fd, json.dumps(command).encode() + b"\0")
        deadline = time.monotonic() + ANSWER_TIMEOUT_S
        while True:
            message = self._receive(deadline, method)
            if message.get("id") != number:
                continue
            if "error" in message:
                raise DevToolsError(f"{method}: {message['error']}")
            return dict(message["result"])

    def close(self) -> None:
        os.close(self._write_fd)
        os.close(self._read_fd)

    def _receive(self, deadline: float, awaited: str) -> dict[str, Any]:
        while b"\0" not in self._rest:
            readable, _, _ = select.select([self._read_fd], [], [], max(0.0, deadline - time.monotonic()))
            if not readable:
                raise DevToolsError(f"no answer to {awaited} within {ANSWER_TIMEOUT_S} s")
            received = os.read(self._read_fd, 1 << 16)
            if not received:
                raise DevToolsError(f"Chromium ended before it answered {awaited}")
            self._rest += received
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))
