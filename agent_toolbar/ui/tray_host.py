"""Tells when a tray comes or goes: on Linux the StatusNotifierWatcher of the session bus may start after us."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusServiceWatcher

_WATCHER = "org.kde.StatusNotifierWatcher"


class TrayHost(QObject):
    """Signals: changed: a tray came or went; an icon made before is not in it and must be made anew."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher: QDBusServiceWatcher | None = None
        if sys.platform.startswith("linux"):
            self._watch_session_bus()

    @property
    def is_there(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def _watch_session_bus(self) -> None:
        dbus = importlib.import_module("PySide6.QtDBus")  # not on Windows and macOS
        bus = dbus.QDBusConnection.sessionBus()
        if not bus.isConnected():
            return  # a desktop without a session bus has no such watcher
        mode = dbus.QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange
        self._watcher = dbus.QDBusServiceWatcher(_WATCHER, bus, mode, self)
        self._watcher.serviceOwnerChanged.connect(lambda *_owners: self.changed.emit())
