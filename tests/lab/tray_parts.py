"""A tray of a desktop (StatusNotifierWatcher) and a toolbar's icon, each a process of its own on one session bus.

Run as `python -m tests.lab.tray_parts watcher|icon FILE`; FILE tells what happened, one fact per line.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import ClassInfo, Property, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication

from agent_toolbar.ui.icons import Icons
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.ring_guard import RingGuard
from agent_toolbar.ui.theme import Theme
from agent_toolbar.ui.ticker import Ticker
from agent_toolbar.ui.tray import Tray
from tests.fakes import sample_states as sample
from tests.fakes.toolbar import ToolbarSpy

NAME = "org.kde.StatusNotifierWatcher"
PATH = "/StatusNotifierWatcher"


def tell(fact: str) -> None:
    with Path(sys.argv[2]).open("a", encoding="utf-8") as facts:
        facts.write(fact + "\n")


@ClassInfo({"D-Bus Interface": NAME})
class Watcher(QObject):
    """As much of the watcher as an icon needs."""

    @Slot(str)
    def RegisterStatusNotifierItem(self, item: str) -> None:
        tell(f"registered {item}")

    @Property(bool)
    def IsStatusNotifierHostRegistered(self) -> bool:
        return True


def watch() -> int:
    application = QCoreApplication(sys.argv[:1])
    watcher = Watcher()
    bus = QDBusConnection.sessionBus()
    flags = QDBusConnection.RegisterOption.ExportAllSlots | QDBusConnection.RegisterOption.ExportAllProperties
    bus.registerObject(PATH, watcher, flags)
    tell(f"owns the name: {bus.registerService(NAME)}")
    return application.exec()


def show_icon() -> int:
    application = QApplication(sys.argv[:1])
    theme = Theme(application)
    look = Look(theme, Icons(theme), Ticker(time.time), time.time)
    spy = ToolbarSpy(sample.READY)
    tray = Tray(spy, look, Orders(spy, RingGuard(look.steady_s)))
    tray.availability_changed.connect(lambda there: tell(f"there {there}"))
    tray.show()
    tell(f"started {tray.is_there}")
    return application.exec()


if __name__ == "__main__":
    sys.exit(watch() if sys.argv[1] == "watcher" else show_icon())
