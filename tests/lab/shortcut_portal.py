"""Stands in for the desktop's portal of global shortcuts on a bus of the test, with the messages of the real one.

As a process (`python -m tests.lab.shortcut_portal ADDRESS ANSWER`) it is the service; ANSWER is what the person says:
granted, other-key, no-key, cancelled, refused, or asks-on while nothing is said yet. The class starts it and asks it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from agent_toolbar.ui.portal_key import PATH, REGISTRY, REQUEST, SERVICE, SESSION, SHORTCUTS
from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.message_bus import START_TIMEOUT_S, MessageBus

ORDERS = "org.example.Test"
TOKEN = "token-of-the-desktop"
_CODES = {"cancelled": 1, "refused": 2}


class ShortcutPortal:
    """The stand-in on a bus that somebody else has started."""

    def __init__(self, folder: Path, bus: MessageBus) -> None:
        self._log = folder / "portal.log"
        self._bus = bus
        self._service: ChildProcess | None = None

    def start(self, answer: str) -> None:
        command = [sys.executable, "-m", "tests.lab.shortcut_portal", self._bus.address, answer]
        self._service = ChildProcess(command, self._log, {**os.environ})
        wait_until(lambda: self._bus.has(SERVICE), START_TIMEOUT_S, f"the portal, see {self._log}")

    def stop(self) -> None:
        if self._service is not None:
            self._service.stop()
            self._service = None

    def press(self) -> None:
        """The person presses the key of the newest session."""
        self._order("Press")

    def change_key(self) -> None:
        """The person gives the shortcut another key, in the settings of the desktop."""
        self._order("ChangeKey")

    def close_session(self) -> None:
        """The desktop ends the newest session."""
        self._order("CloseSession")

    def state(self) -> dict[str, Any]:
        """calls: methods in order; apps: ids of who registered; bound: shortcuts by session, as they were asked for;
        open: sessions.
        """
        return dict(json.loads(self._order("State")))

    def _order(self, name: str) -> str:
        return self._bus.call(SERVICE, PATH, f"{ORDERS}.{name}")


class _Service:
    def __init__(self, address: str, answer: str) -> None:
        self._answer = answer
        self._connection = open_dbus_connection(bus=address)
        self._connection.send_and_get_reply(message_bus.RequestName(SERVICE))
        self._calls: list[str] = []
        self._apps: list[str] = []
        self._open: list[str] = []
        self._bound: dict[str, Any] = {}

    def run(self) -> None:
        while True:
            message = self._connection.receive()
            if message.header.message_type is MessageType.method_call:
                self._handle(message)

    def _handle(self, message: Message) -> None:
        fields = message.header.fields
        method, interface = fields[HeaderFields.member], fields.get(HeaderFields.interface, "")
        if interface != ORDERS:
            self._calls.append(method)
        match interface, method:
            case (_, "Register") if interface == REGISTRY:
                self._apps.append(message.body[0])
                self._connection.send(new_method_return(message))
            case (_, "CreateSession") if interface == SHORTCUTS:
                self._create(message)
            case (_, "BindShortcuts") if interface == SHORTCUTS:
                self._bind(message)
            case (_, "Close") if interface == SESSION:
                self._open.remove(fields[HeaderFields.path])
                self._connection.send(new_method_return(message))
            case (_, "Press") if interface == ORDERS:
                options = {"activation_token": ("s", TOKEN)}
                body = (self._open[-1], self._bound[self._open[-1]][0][0], 4711, options)
                self._say(PATH, SHORTCUTS, "Activated", "osta{sv}", body)
                self._connection.send(new_method_return(message))
            case (_, "ChangeKey") if interface == ORDERS:
                self._say(PATH, SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", (self._open[-1], self._given("Super+P")))
                self._connection.send(new_method_return(message))
            case (_, "CloseSession") if interface == ORDERS:
                self._say(self._open.pop(), SESSION, "Closed", "a{sv}", ({},))
                self._connection.send(new_method_return(message))
            case (_, "State") if interface == ORDERS:
                state = {"calls": self._calls, "apps": self._apps, "bound": self._bound, "open": self._open}
                self._connection.send(new_method_return(message, "s", (json.dumps(state),)))
            case _:
                self._connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))

    def _create(self, message: Message) -> None:
        options = message.body[0]
        owner = message.header.fields[HeaderFields.sender].lstrip(":").replace(".", "_")
        session = f"{PATH}/session/{owner}/{options['session_handle_token'][1]}"
        self._open.append(session)
        self._respond(message, options, 0, {"session_handle": ("s", session)})

    def _bind(self, message: Message) -> None:
        session, shortcuts, _window, options = message.body
        assert session not in self._bound, "the keys of a session can be bound once"
        self._bound[session] = shortcuts
        code = _CODES.get(self._answer, 0)
        shown = {"other-key": "Press Ctrl+F12", "no-key": ""}.get(self._answer, "Press Ctrl+Alt+D")
        if self._answer == "asks-on":
            self._connection.send(new_method_return(message, "o", (self._request(message, options),)))
        else:
            results = {"shortcuts": ("a(sa{sv})", self._given(shown))} if code == 0 else {}
            self._respond(message, options, code, results)

    def _given(self, shown: str) -> list[Any]:
        shortcuts = self._bound[self._open[-1]]
        return [
            (name, {"description": asked["description"], "trigger_description": ("s", shown)})
            for name, asked in shortcuts
        ]

    def _request(self, message: Message, options: dict[str, Any]) -> str:
        owner = message.header.fields[HeaderFields.sender].lstrip(":").replace(".", "_")
        return f"{PATH}/request/{owner}/{options['handle_token'][1]}"

    def _respond(self, message: Message, options: dict[str, Any], code: int, results: dict[str, Any]) -> None:
        """The answer before the reply, which the real one may do, too."""
        request = self._request(message, options)
        self._say(request, REQUEST, "Response", "ua{sv}", (code, results))
        self._connection.send(new_method_return(message, "o", (request,)))

    def _say(self, path: str, interface: str, member: str, signature: str, body: tuple[Any, ...]) -> None:
        self._connection.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))


def main(address: str, answer: str) -> int:
    _Service(address, answer).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
