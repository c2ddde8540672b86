"""How long nobody has touched keyboard and mouse: GNOME tells it over D-Bus, an X server itself. GUI thread.

Any other desktop cannot tell: org.freedesktop.ScreenSaver is missing in some, counts in other units in others, and says
0 in KDE on Wayland.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from agent_toolbar.ui.x11_idle import X11Idle, is_x11

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

TIMEOUT_MS = 1_000

SERVICE = "org.gnome.Mutter.IdleMonitor"
PATH = "/org/gnome/Mutter/IdleMonitor/Core"


class DesktopIdle(QObject):
    """Implements application.ports.runtime.IdleWatch."""

    def __init__(self, parent: QObject | None = None, bus: QDBusConnection | None = None) -> None:
        """`bus`: that of the session if None."""
        super().__init__(parent)
        self._bus = bus
        self._x11 = X11Idle(os.environ["DISPLAY"]) if sys.platform == "linux" and is_x11() else None

    def idle_s(self, on_result: Callable[[float | None], None]) -> None:
        if sys.platform != "linux":
            on_result(None)
            return
        dbus = importlib.import_module("PySide6.QtDBus")  # not on Windows and macOS
        bus = self._bus or dbus.QDBusConnection.sessionBus()
        message = dbus.QDBusMessage.createMethodCall(SERVICE, PATH, SERVICE, "GetIdletime")
        watcher = dbus.QDBusPendingCallWatcher(bus.asyncCall(message, TIMEOUT_MS), self)

        def finished() -> None:
            reply = watcher.reply()
            watcher.deleteLater()
            if reply.signature() == "t":  # milliseconds
                on_result(float(reply.arguments()[0]) / 1000)
            else:
                on_result(self._x11.idle_s() if self._x11 is not None else None)

        watcher.finished.connect(finished)
