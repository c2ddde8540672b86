"""Stands in for systemd-logind on a bus of the test: hands out delay locks and says when the computer sleeps.

As a process (`python -m tests.lab.login1 ADDRESS WITNESS`) it is the service; the class starts it and gives it orders.
A computer cannot be put to sleep in a test; the messages and the lock's file descriptor are those of the real one.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject

from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.message_bus import START_TIMEOUT_S, MessageBus

SERVICE = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
ORDERS = "org.example.Test"


class Login1:
    """The stand-in and the bus that it is on."""

    def __init__(self, folder: Path, witness: Path) -> None:
        """`witness`: a file whose text is read at the very moment when nobody delays the sleep any more."""
        self._folder = folder
        self._witness = witness
        self._bus = MessageBus(folder)
        self._service: ChildProcess | None = None

    @property
    def env(self) -> dict[str, str]:
        """What a process needs in its environment to take this for the system bus."""
        return {"DBUS_SYSTEM_BUS_ADDRESS": self._bus.address}

    def start(self) -> None:
        self._bus.start()
        command = [sys.executable, "-m", "tests.lab.login1", self._bus.address, self._witness]
        self._service = ChildProcess(command, self._folder / "login1.log")
        wait_until(lambda: self._bus.has(SERVICE), START_TIMEOUT_S, f"the stand-in, see {self._folder}/login1.log")

    def stop(self) -> None:
        if self._service is not None:
            self._service.stop()
            self._service = None
        self._bus.stop()

    def begin_sleep(self) -> None:
        self._order("Sleep")

    def wake(self) -> None:
        self._order("Wake")

    def locks(self) -> list[list[str]]:
        """What, who, why and mode of the locks that are held."""
        return list(self._state()["locks"])

    def seen_at_release(self) -> str | None:
        """What the witness said when the last lock was let go, None before that."""
        seen = self._state()["seen"]
        return None if seen is None else str(seen)

    def _state(self) -> dict[str, Any]:
        return dict(json.loads(self._order("State")))

    def _order(self, name: str) -> str:
        return self._bus.call(SERVICE, PATH, f"{ORDERS}.{name}")


class _Manager(QDBusVirtualObject):
    """The service's one object."""

    def __init__(self, bus: QDBusConnection, witness: Path) -> None:
        super().__init__()
        self._bus = bus
        self._witness = witness
        self._locks: dict[int, list[str]] = {}
        self._notifiers: dict[int, QSocketNotifier] = {}
        self._seen: str | None = None

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # Qt's name
        given = ""
        match message.member():
            case "Inhibit":
                self._inhibit(message, connection)
                return True
            case "Sleep":
                self._seen = None
                self._say(begins=True)
            case "Wake":
                self._say(begins=False)
            case "State":
                given = json.dumps({"locks": list(self._locks.values()), "seen": self._seen})
            case _:
                return False
        return connection.send(message.createReply(given))

    def _inhibit(self, message: QDBusMessage, connection: QDBusConnection) -> None:
        ours, theirs = os.pipe()
        reply = message.createReply(QDBusUnixFileDescriptor(theirs))
        connection.send(reply)
        os.close(theirs)
        self._locks[ours] = [str(argument) for argument in message.arguments()]
        notifier = self._notifiers[ours] = QSocketNotifier(ours, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda *_event: self._let_go(ours))

    def _let_go(self, lock: int) -> None:
        """The other end was closed."""
        if lock not in self._locks:
            return
        self._seen = self._witness.read_text() if self._witness.exists() else ""
        del self._locks[lock]
        self._notifiers.pop(lock).setEnabled(False)
        os.close(lock)

    def _say(self, *, begins: bool) -> None:
        signal = QDBusMessage.createSignal(PATH, MANAGER, "PrepareForSleep")
        signal.setArguments([begins])
        self._bus.send(signal)


def main(address: str, witness: str) -> int:
    application = QCoreApplication([])
    bus = QDBusConnection.connectToBus(address, "login1")
    manager = _Manager(bus, Path(witness))
    assert bus.registerVirtualObject(PATH, manager)
    assert bus.registerService(SERVICE)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
