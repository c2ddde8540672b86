"""Stands in for GNOME's idle monitor on a bus of the test: `python -m tests.lab.idle_monitor ADDRESS MILLISECONDS`."""

from __future__ import annotations

import sys

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection

SERVICE = "org.gnome.Mutter.IdleMonitor"
PATH = "/org/gnome/Mutter/IdleMonitor/Core"


@ClassInfo({"D-Bus Interface": SERVICE})
class Core(QObject):
    """The idle monitor of all devices."""

    def __init__(self, idle_ms: int) -> None:
        super().__init__()
        self._idle_ms = idle_ms

    @Slot(result="qulonglong")  # "t", as Mutter's own
    def GetIdletime(self) -> int:
        return self._idle_ms


def main(address: str, idle_ms: str) -> int:
    application = QCoreApplication([])
    bus = QDBusConnection.connectToBus(address, "idle-monitor")
    core = Core(int(idle_ms))
    assert bus.registerObject(PATH, core, QDBusConnection.RegisterOption.ExportAllSlots)
    assert bus.registerService(SERVICE)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
