"""How long nobody has touched keyboard and mouse, as GNOME tells it over D-Bus. GUI thread; nothing waits.

Every other desktop cannot tell: org.freedesktop.ScreenSaver is missing in some and counts in other units in others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject

TIMEOUT_MS = 1_000


SERVICE = "org.gnome.Mutter.IdleMonitor"
PATH = "/org/gnome/Mutter/IdleMonitor/Core"


class DesktopIdle(QObject):
    """Implements application.ports.runtime.IdleWatch."""

    def idle_s(self, on_result: Callable[[float | None], None]) -> None:
        if sys.platform != "linux":
            on_result(None)
            return
        from PySide6 import QtDBus  # noqa: PLC0415  # only where somebody asks, as in tray_host

        message = QtDBus.QDBusMessage.createMethodCall(SERVICE, PATH, SERVICE, "GetIdletime")
        call = QtDBus.QDBusConnection.sessionBus().asyncCall(message, TIMEOUT_MS)
        watcher = QtDBus.QDBusPendingCallWatcher(call, self)

        def finished() -> None:
            reply = watcher.reply()
            watcher.deleteLater()
            arguments = reply.arguments()
            answered = reply.type() is QtDBus.QDBusMessage.MessageType.ReplyMessage and bool(arguments)
            on_result(float(arguments[0]) / 1000 if answered else None)

        watcher.finished.connect(finished)
