"""The session's message bus without Qt's types: QtDBus in Python cannot write `a(sa{sv})`, which portals want.

GUI thread; nothing waits: the socket does not block, and a notifier tells when there is something to read. Linux only.
https://dbus.freedesktop.org/doc/dbus-specification.html
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from itertools import count
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, Parser, new_method_call
from jeepney.auth import AuthenticationError, Authenticator
from jeepney.bus import get_connectable_addresses
from PySide6.QtCore import QObject, QSocketNotifier, Signal

_log = logging.getLogger(__name__)

Body = tuple[Any, ...]
OnReply = Callable[[Body, str], None]

_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_READ_BYTES = 65_536


class SessionBus(QObject):
    """One connection, opened at the first call.

    Attributes:
        name: what the bus calls this connection, such as ":1.7"; "" before it has.
    Signals:
        signalled: path, interface, member and body of a signal that was listened for.
        lost: the connection has ended, or never came to be.
    """

    signalled = Signal(str, str, str, object)
    lost = Signal()

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        """`address`: as in DBUS_SESSION_BUS_ADDRESS."""
        super().__init__(parent)
        self._address = address
        self._socket: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._authenticator = Authenticator()
        self._parser = Parser()
        self._serials = count(1)
        self._waiting: dict[int, OnReply] = {}
        self._unsent: list[tuple[Message, OnReply]] = []
        self.name = ""

    def call(
        self, where: DBusAddress, method: str, signature: str = "", body: Body = (), on_reply: OnReply | None = None
    ) -> None:
        """`on_reply` gets the reply's body and "", or what was said of the error and its name; nothing when lost."""
        message = new_method_call(where, method, signature or None, body)
        self._unsent.append((message, on_reply or _ignore))
        if self._socket is None:
            self._connect()
        elif self.name:
            self._send_all()

    def listen(self, rule: str) -> None:
        """Signals that fit a match rule."""
        self.call(_BUS, "AddMatch", "s", (rule,))

    def close(self) -> None:
        """Whatever was asked for over this connection ends with it."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
        if self._socket is not None:
            self._socket.close()
        self._notifier = self._socket = None
        self._waiting.clear()
        self._unsent.clear()
        self.name = ""

    # ------------------------------------------------------------------ inside

    def _connect(self) -> None:
        self._authenticator, self._parser = Authenticator(), Parser()
        self._serials = count(1)
        try:
            place = next(iter(get_connectable_addresses(self._address)))
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._socket.setblocking(False)
            self._socket.connect(place)
        except (OSError, RuntimeError, ValueError) as error:  # the last two: an address that is none
            self._fail(error)
            return
        self._notifier = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._say_who_we_are()

    def _say_who_we_are(self) -> None:
        said = self._authenticator.data_to_send()
        if said:
            self._write(said)
        if self._authenticator.authenticated:
            self._write(b"BEGIN\r\n")
            hello = new_method_call(_BUS, "Hello")
            self._send(hello, self._named)

    def _named(self, body: Body, error: str) -> None:
        if error:
            self._fail(ConnectionError(error))
            return
        self.name = str(body[0])
        self._send_all()

    def _send_all(self) -> None:
        unsent, self._unsent = self._unsent, []
        for message, on_reply in unsent:
            self._send(message, on_reply)

    def _send(self, message: Message, on_reply: OnReply) -> None:
        serial = next(self._serials)
        self._waiting[serial] = on_reply
        self._write(message.serialise(serial=serial))

    def _write(self, what: bytes) -> None:
        """Our few messages always fit into the socket; where they do not, nobody reads at the other end."""
        if self._socket is None:
            return
        try:
            self._socket.sendall(what)
        except OSError as error:
            self._fail(error)

    def _read(self) -> None:
        if self._socket is None:
            return
        try:
            received = self._socket.recv(_READ_BYTES)
            if not received:
                raise ConnectionError("the bus has closed the connection")
            if self.name or self._authenticator.authenticated:
                messages = self._parser.feed(received)
            else:
                messages = []
                self._authenticator.feed(received)
                self._say_who_we_are()
        except BlockingIOError:
            return
        except (OSError, AuthenticationError, ValueError) as error:  # the last one: no message
            self._fail(error)
            return
        for message in messages:
            self._received(message)

    def _received(self, message: Message) -> None:
        fields = message.header.fields
        kind = message.header.message_type
        if kind is MessageType.signal:
            names = (HeaderFields.path, HeaderFields.interface, HeaderFields.member)
            self.signalled.emit(*(str(fields.get(name, "")) for name in names), message.body)
            return
        on_reply = self._waiting.pop(fields.get(HeaderFields.reply_serial, 0), None)
        if on_reply is not None:
            on_reply(message.body, str(fields.get(HeaderFields.error_name, "")) if kind is MessageType.error else "")

    def _fail(self, error: Exception) -> None:
        _log.info("no message bus of the session: %s", error)
        self.close()
        self.lost.emit()


def _ignore(_body: Body, error: str) -> None:
    if error:
        _log.info("the message bus refused: %s", error)
