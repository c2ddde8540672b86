"""A list of a settings page with the buttons beside it that do something with it. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from agent_toolbar.ui import tokens
from agent_toolbar.ui.theme import Theme


class ButtonList(QWidget):
    """Attributes:
    list: its rows, each as high as a control and with a sign.
    """

    def __init__(self, theme: Theme, name: str, rows_shown: int, *buttons: QPushButton) -> None:
        """name: as it is read aloud. buttons: from above, beside the list."""
        super().__init__()
        self._row_height = theme.px(tokens.CONTROL - tokens.SPACE_XS)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setIconSize(QSize(theme.px(tokens.SPACE_L), theme.px(tokens.SPACE_L)))
        self.list.setFixedHeight(theme.px(tokens.CONTROL) * rows_shown)
        column = QVBoxLayout()
        column.setSpacing(theme.px(tokens.SPACE_S))
        for button in buttons:
            column.addWidget(button)
        column.addStretch()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(tokens.SPACE_S))
        line.addWidget(self.list, 1)
        line.addLayout(column)

    def add_item(self) -> QListWidgetItem:
        """A new last row, to be filled."""
        item = QListWidgetItem()
        item.setSizeHint(QSize(0, self._row_height))
        self.list.addItem(item)
        return item


def mover_button(rows: QListWidget, text: str, key: Qt.Key, move: Callable[[], None]) -> QPushButton:
    """Does `move`, as Alt and `key` do while the list has the keyboard; its tooltip says so."""
    button = QPushButton(text)
    keys = QKeySequence(Qt.KeyboardModifier.AltModifier | key)
    button.setToolTip(f"{text} ({keys.toString(QKeySequence.SequenceFormat.NativeText)})")
    button.clicked.connect(move)
    shortcut = QShortcut(keys, rows)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(move)
    return button
