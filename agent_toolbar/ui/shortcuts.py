"""The keys of the bar, as the settings say. They work while a window of the toolbar's bar has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from agent_toolbar.application.ports.settings import ShortcutSettings


def key_text(portable: str) -> str:
    """A shortcut as the keyboard of this desktop names it."""
    return QKeySequence(portable).toString(QKeySequence.SequenceFormat.NativeText)


class Shortcuts(QObject):
    """Signals: one for each field of ShortcutSettings, when its key was pressed."""

    answer = Signal()
    hang_up = Signal()
    hold = Signal()
    mute = Signal()
    keypad = Signal()
    dial_field = Signal()
    ready = Signal()
    transfer = Signal()
    consult = Signal()
    complete = Signal()
    swap = Signal()
    take_back = Signal()
    conference = Signal()
    note = Signal()
    wrap_up = Signal()
    doctor = Signal()
    history = Signal()
    settings = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._keys: dict[str, QShortcut] = {}

    def use(self, settings: ShortcutSettings) -> None:
        """An empty text switches a key off."""
        for name in settings.__struct_fields__:
            shortcut = self._keys.get(name)
            if shortcut is None:
                shortcut = QShortcut(self._window)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(getattr(self, name))
                self._keys[name] = shortcut
            shortcut.setKey(QKeySequence(getattr(settings, name)))
