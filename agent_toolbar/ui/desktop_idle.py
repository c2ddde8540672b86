"""How long nobody has touched keyboard and mouse, as the desktop tells it over D-Bus. GUI thread; nothing waits.

GNOME answers by org.gnome.Mutter.IdleMonitor, KDE and others by org.freedesktop.ScreenSaver. A desktop that has neither,
and every system without a session bus, cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

try:
    from PySide6 import QtDBus
except ImportError:  # not part of the builds for Windows and macOS
    QtDBus = None  # type: ignore[assignment]

TIMEOUT_MS = 1_000


@dataclass(frozen=True, slots=True)
class _Source:
    service: str
    path: str
    interface: str
    method: str
    per_second: int


_SOURCES = (
    _Source(
        "org.gnome.Mutter.IdleMonitor",
        "/org/gnome/Mutter/IdleMonitor/Core",
        "org.gnome.Mutter.IdleMonitor",
        "GetIdletime",
        1000,
    ),
    _Source(
        "org.freedesktop.ScreenSaver",
        "/org/freedesktop/ScreenSaver",
        "org.freedesktop.ScreenSaver",
        "GetSessionIdleTime",
        1000,
    ),
)


class DesktopIdle(QObject):
    """Implements application.ports.runtime.IdleWatch."""

    def idle_s(self, on_result: Callable[[float | None], None]) -> None:
        if QtDBus is None:
            on_result(None)
        else:
            self._ask(0, on_result)

    def _ask(self, number: int, on_result: Callable[[float | None], None]) -> None:
        if number == len(_SOURCES):
            on_result(None)
            return
        source = _SOURCES[number]
        message = QtDBus.QDBusMessage.createMethodCall(source.service, source.path, source.interface, source.method)
        call = QtDBus.QDBusConnection.sessionBus().asyncCall(message, TIMEOUT_MS)
        watcher = QtDBus.QDBusPendingCallWatcher(call, self)

        def finished() -> None:
            reply = watcher.reply()
            watcher.deleteLater()
            arguments = reply.arguments()
            if reply.type() is QtDBus.QDBusMessage.MessageType.ReplyMessage and arguments:
                on_result(float(arguments[0]) / source.per_second)
            else:
                self._ask(number + 1, on_result)

        watcher.finished.connect(finished)
