"""One connection of the control socket: a bounded request in, bounded answers out; and the Reply a handler holds."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Callable

from agent_toolbar.ipc.control_protocol import (
    MAX_REQUEST_BYTES,
    BadRequestError,
    RequestFault,
    encode_progress,
    encode_refusal,
    encode_result,
)
from agent_toolbar.ipc.json_lines import LineSplitter, LineTooLongError

REQUEST_S = 2.0
_READ_ANSWER_S = 10.0
_MAX_WAITING_PROGRESS = 65536


class Reply:
    """Answers one request, once. May be used from any thread; what comes after the answer has no effect."""

    def __init__(self, send: Callable[[bytes, bool], None]) -> None:
        self._send = send
        self._guard = threading.Lock()
        self._ended = False
        self._on_gone: Callable[[], None] | None = None
        self._gone = False

    def progress(self, **progress: int) -> None:
        """Says how far the work is; dropped when the caller reads slowly."""
        if not self._ended:
            self._send(encode_progress(progress), False)

    def done(self, result: dict[str, object] | None = None) -> None:
        if self._end():
            self._send(encode_result(result or {}), True)

    def refuse(self, code: str, text: str) -> None:
        """`text` is the sentence for the person at the terminal."""
        if self._end():
            self._send(encode_refusal(code, text), True)

    def on_gone(self, action: Callable[[], None]) -> None:
        """On the GUI thread: runs `action` there if the caller leaves before it has its answer (by Ctrl-C)."""
        self._on_gone = action
        if self._gone:
            self.note_gone()

    def note_gone(self) -> None:
        """On the GUI thread, by the server: the caller left, or will send no more."""
        self._gone = True
        action, self._on_gone = self._on_gone, None
        if action is not None and not self._ended:
            action()

    def _end(self) -> bool:
        """True for the first who ends this reply."""
        with self._guard:
            first = not self._ended
            self._ended = True
        return first


class Caller:
    """State of one connection; used on the server's thread.

    Attributes:
        deadline_s: monotonic time by which the caller must have sent its request or taken its answer; None while the
            handler works.
        answering: the request is complete, or refused.
        gone: the caller closed its side.
        done: it has everything that it gets.
    """

    def __init__(self, connected: socket.socket) -> None:
        connected.setblocking(False)
        self.connected = connected
        self.deadline_s: float | None = time.monotonic() + REQUEST_S
        self.answering = False
        self.gone = False
        self.reply: Reply | None = None
        self._splitter = LineSplitter(MAX_REQUEST_BYTES)
        self._outbox = b""
        self._complete = False

    @property
    def done(self) -> bool:
        return (self._complete and not self._outbox) or (self.gone and not self.answering)

    @property
    def events(self) -> int:
        """What to wait for, as of `selectors`."""
        reading = 0 if self.gone else selectors.EVENT_READ
        return reading | (selectors.EVENT_WRITE if self._outbox else 0)

    def receive(self) -> bytes | None:
        """The request when it is complete. Raises BadRequestError for one that is too long, OSError."""
        try:
            received = self.connected.recv(MAX_REQUEST_BYTES)
        except BlockingIOError:
            return None
        self.gone = not received
        if self.answering:  # there is one request per connection; whatever follows it is not read
            return None
        try:
            lines = self._splitter.feed(received)
        except LineTooLongError as fault:
            raise BadRequestError(RequestFault.MALFORMED, "too long") from fault
        if not lines:
            return None
        self.answering = True
        self.deadline_s = None
        return lines[0]

    def put(self, line: bytes, *, is_last: bool) -> None:
        if self._complete or (not is_last and len(self._outbox) > _MAX_WAITING_PROGRESS):
            return
        self._outbox += line
        if is_last:
            self._complete = True
            self.answering = True
            self.deadline_s = time.monotonic() + _READ_ANSWER_S

    def send(self) -> None:
        """Gives the system what it takes. Raises OSError when the caller has left."""
        if self._outbox:
            try:
                self._outbox = self._outbox[self.connected.send(self._outbox) :]
            except BlockingIOError:
                return
