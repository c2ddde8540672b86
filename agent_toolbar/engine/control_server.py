"""The engine's end of the language of application.ports.telephony: one toolbar at a time, on a thread of its own."""

from __future__ import annotations

import hmac
import logging
import selectors
import socket
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

import msgspec

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.engine.bulletin import Bulletin
from agent_toolbar.engine.control_connection import ConnectionLostError, ControlConnection

_log = logging.getLogger(__name__)

_MAX_CONNECTIONS = 8
_ATTACH_LIMIT_S = 5.0
_TURN_S = 1.0
_LAST_WORDS_S = 0.5


class ControlServer:
    """Accepts toolbars, hands their commands on, tells the attached one every event.

    `publish` and `stop` may be called on any thread; the callbacks run on the control thread.
    """

    def __init__(
        self,
        listener: socket.socket,
        secret: str,
        bulletin: Bulletin,
        *,
        on_command: Callable[[port.AnyCommand], None],
        on_detached: Callable[[], None],
        on_idle: Callable[[], None],
        idle_limit_s: float,
    ) -> None:
        """on_command may raise AgentToolbarError to refuse; on_idle: no toolbar and no call for idle_limit_s."""
        self._listener = listener
        self._secret = secret
        self._bulletin = bulletin
        self._on_command = on_command
        self._on_detached = on_detached
        self._on_idle = on_idle
        self._idle_limit_s = idle_limit_s
        self._idle_since_s = time.monotonic()
        self._events: SimpleQueue[port.AnyEvent] = SimpleQueue()
        self._stopping = False
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(port.AnyCommand)
        self._selector = selectors.DefaultSelector()
        self._connections: set[ControlConnection] = set()
        self._attached: ControlConnection | None = None
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.setblocking(False)
        self._wake_writer.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="control")

    def start(self) -> None:
        self._listener.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._wake_reader, selectors.EVENT_READ)
        self._thread.start()

    def publish(self, event: port.AnyEvent) -> None:
        self._events.put(event)
        self._wake()

    def stop(self) -> None:
        """Sends what is queued, for a moment at most, closes everything and waits for the thread."""
        self._stopping = True
        self._wake()
        self._thread.join()
        for left in (self._wake_reader, self._wake_writer, self._listener):
            left.close()
        self._selector.close()

    def _wake(self) -> None:
        try:
            self._wake_writer.send(b"!")
        except BlockingIOError:  # it is awake already
            return

    # -------------------------------------------------------------- the thread

    def _run(self) -> None:
        while not self._stopping:
            for key, mask in self._selector.select(_TURN_S):
                self._serve(key, mask)
            self._tell_events()
            self._look_at_the_clock()
        self._tell_events()
        self._last_words()
        for connection in list(self._connections):
            self._drop(connection)

    def _serve(self, key: selectors.SelectorKey, mask: int) -> None:
        if key.fileobj is self._listener:
            self._accept()
        elif key.fileobj is self._wake_reader:
            self._wake_reader.recv(4096)
        elif key.data in self._connections:
            connection: ControlConnection = key.data
            try:
                if mask & selectors.EVENT_WRITE:
                    connection.flush()
                    self._watch_output(connection)
                if mask & selectors.EVENT_READ:
                    for line in connection.receive():
                        self._take(connection, line)
            except ConnectionLostError:
                self._drop(connection)

    def _accept(self) -> None:
        try:
            peer, _ = self._listener.accept()
        except OSError:  # the client went away before we came to it
            return
        if len(self._connections) >= _MAX_CONNECTIONS:
            peer.close()
            return
        connection = ControlConnection(peer)
        self._connections.add(connection)
        self._selector.register(peer, selectors.EVENT_READ, connection)

    def _take(self, connection: ControlConnection, line: bytes) -> None:
        """One line of a connection that may have been dropped by an earlier one."""
        if connection not in self._connections:
            return
        if not connection.attached:
            self._attach(connection, line)
            return
        try:
            command = self._decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            # the text of the error names members and types, never values
            self._say(connection, port.CommandRefused(request=0, code="malformed_command", detail=str(error)))
            return
        if isinstance(command, port.Attach):
            self._say(connection, port.CommandRefused(request=command.request, code="already_attached"))
            return
        self._bulletin.note_command(command)
        try:
            self._on_command(command)
        except AgentToolbarError as error:
            self._say(connection, port.CommandRefused(request=command.request, code=error.code, detail=str(error)))

    def _attach(self, connection: ControlConnection, line: bytes) -> None:
        said = _attach_members(line)
        if said is None:
            self._say(connection, port.CommandRefused(request=0, code="not_attached"))
            return
        if not hmac.compare_digest(str(said.get("secret", "")).encode(errors="replace"), self._secret.encode()):
            self._say(connection, port.CommandRefused(request=0, code="wrong_secret"))
            self._drop(connection)
            return
        if self._attached is not None:
            self._drop(self._attached)
        self._tell_events()  # what is queued belongs into the snapshot, not after it
        self._attached, connection.attached = connection, True
        self._say(connection, port.Attached(protocol=port.PROTOCOL_VERSION, engine=self._bulletin.snapshot()))
        _log.info("toolbar attached")

    def _tell_events(self) -> None:
        while True:
            try:
                event = self._events.get_nowait()
            except Empty:
                return
            self._bulletin.note_event(event)
            connection = self._attached
            if connection is None or (isinstance(event, port.LevelsMeasured) and connection.behind):
                continue
            self._say(connection, event)

    def _say(self, connection: ControlConnection, event: port.AnyEvent) -> None:
        try:
            connection.send(self._encoder.encode(event))
        except ConnectionLostError:
            self._drop(connection)
        else:
            self._watch_output(connection)

    def _watch_output(self, connection: ControlConnection) -> None:
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if connection.has_output else 0)
        self._selector.modify(connection.socket, wanted, connection)

    def _drop(self, connection: ControlConnection) -> None:
        if connection not in self._connections:
            return
        self._connections.discard(connection)
        self._selector.unregister(connection.socket)
        connection.close()
        if connection is self._attached:
            self._attached = None
            self._idle_since_s = time.monotonic()
            self._on_detached()
            _log.info("toolbar detached")

    def _look_at_the_clock(self) -> None:
        now = time.monotonic()
        for connection in [one for one in self._connections if not one.attached]:
            if now - connection.opened_s > _ATTACH_LIMIT_S:
                self._drop(connection)
        if self._attached is not None or self._bulletin.has_live_calls:
            self._idle_since_s = now
        elif now - self._idle_since_s >= self._idle_limit_s:
            self._idle_since_s = now
            self._on_idle()

    def _last_words(self) -> None:
        limit = time.monotonic() + _LAST_WORDS_S
        while self._attached is not None and self._attached.has_output and time.monotonic() < limit:
            for key, mask in self._selector.select(0.05):
                if mask & selectors.EVENT_WRITE:
                    self._serve(key, selectors.EVENT_WRITE)


def _attach_members(line: bytes) -> dict[str, Any] | None:
    """The members of an Attach of any protocol version, so that a toolbar of another one can be answered; else None."""
    try:
        said = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return said if isinstance(said, dict) and said.get("type") == "attach" else None
