"""Tells when the computer sleeps and wakes up, as systemd-logind says it on the system bus. GUI thread; nothing waits.

A delay lock keeps the computer awake until the toolbar has said goodbye (https://systemd.io/INHIBITOR_LOCKS). Where
there is no logind, and on Windows and macOS, nothing is told.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot

_log = logging.getLogger(__name__)

SERVICE = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
INTERFACE = "org.freedesktop.login1.Manager"
LOCK = ("sleep", "agent-toolbar", "The telephone system is told that the agent goes", "delay")


class ComputerSleep(QObject):
    """Implements application.ports.runtime.SleepWatch."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: Callable[[Callable[[], None]], None] = lambda done: done()
        self._after: Callable[[], None] = lambda: None
        self._lock: int | None = None  # file descriptor
        self._asked = 0
        self._bus: Any = None
        self._watcher: QObject | None = None

    def listen(self, before: Callable[[Callable[[], None]], None], after: Callable[[], None]) -> None:
        self._before, self._after = before, after
        if sys.platform != "linux":
            return
        dbus = importlib.import_module("PySide6.QtDBus")  # not on Windows and macOS
        self._bus = dbus.QDBusConnection.systemBus()
        if not self._bus.isConnected():
            _log.info("no system bus: nobody tells when this computer sleeps")
            return
        slot = SLOT("prepare_for_sleep(bool)")
        self._bus.connect(SERVICE, PATH, INTERFACE, "PrepareForSleep", self, slot)
        mode = dbus.QDBusServiceWatcher.WatchModeFlag.WatchForRegistration
        watcher = self._watcher = dbus.QDBusServiceWatcher(SERVICE, self._bus, mode, self)
        watcher.serviceRegistered.connect(lambda _service: self._take_lock())  # a new logind knows of no lock
        self._take_lock()

    def close(self) -> None:
        """The computer may sleep."""
        self._asked += 1
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)

    @Slot(bool)
    def prepare_for_sleep(self, begins: bool) -> None:
        """The signal of logind: True before the computer sleeps, False when it is awake again."""
        if begins:
            self._before(self.close)
        else:
            self._take_lock()
            self._after()

    def _take_lock(self) -> None:
        dbus = importlib.import_module("PySide6.QtDBus")
        self.close()
        asked = self._asked
        message = dbus.QDBusMessage.createMethodCall(SERVICE, PATH, INTERFACE, "Inhibit")
        message.setArguments(list(LOCK))
        watcher = dbus.QDBusPendingCallWatcher(self._bus.asyncCall(message), self)

        def answered() -> None:
            reply = watcher.reply()
            watcher.deleteLater()
            if reply.signature() != "h":  # an error, or somebody who is no logind
                _log.info("this computer will not wait before it sleeps: %s", reply.errorMessage())
            elif asked == self._asked:
                self._lock = os.dup(reply.arguments()[0].fileDescriptor())  # the message closes its own

        watcher.finished.connect(answered)
