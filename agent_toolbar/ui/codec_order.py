"""The sound formats of the telephone in order of preference, moved by buttons or Alt and the arrow keys. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from agent_toolbar.ui import tokens
from agent_toolbar.ui.button_list import mover_button
from agent_toolbar.ui.look import Look

_SHOWN_NAMES = {"G722": "G.722 (HD)", "PCMA": "G.711 A-law", "PCMU": "G.711 µ-law"}


class CodecOrder(QWidget):
    """Signals:
    changed: somebody moved a format; `order` has the new order.
    """

    changed = Signal()

    def __init__(self, look: Look, codecs: tuple[str, ...]) -> None:
        super().__init__()
        self._list = QListWidget()
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for codec in codecs:
            item = QListWidgetItem(_SHOWN_NAMES.get(codec, codec))
            item.setData(Qt.ItemDataRole.UserRole, codec)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        row_height = look.theme.px(tokens.CONTROL - tokens.SPACE_XS)
        self._list.setFixedHeight(row_height * len(codecs) + look.theme.px(tokens.SPACE_XS))
        for row in range(len(codecs)):
            hint = self._list.item(row).sizeHint()
            hint.setHeight(row_height)
            self._list.item(row).setSizeHint(hint)
        self.setFocusProxy(self._list)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.theme.px(tokens.SPACE_S))
        line.addWidget(self._list, 1)
        buttons = QVBoxLayout()
        self.up = mover_button(self._list, self.tr("Earlier"), Qt.Key.Key_Up, lambda: self.move_current(-1))
        self.down = mover_button(self._list, self.tr("Later"), Qt.Key.Key_Down, lambda: self.move_current(1))
        buttons.addWidget(self.up)
        buttons.addWidget(self.down)
        buttons.addStretch()
        line.addLayout(buttons)
        self._list.currentRowChanged.connect(self._enable)
        self._enable()

    def setAccessibleName(self, name: str) -> None:
        """The list is what has the focus, so it carries the name too."""
        super().setAccessibleName(name)
        self._list.setAccessibleName(name)

    def order(self) -> tuple[str, ...]:
        return tuple(str(self._list.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self._list.count()))

    def move_current(self, step: int) -> None:
        """Moves the chosen format by `step` rows (-1 earlier, 1 later); nothing at the ends."""
        row = self._list.currentRow()
        if not 0 <= row + step < self._list.count():
            return
        item = self._list.takeItem(row)
        self._list.insertItem(row + step, item)
        self._list.setCurrentRow(row + step)
        self.changed.emit()

    def _enable(self) -> None:
        row = self._list.currentRow()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self._list.count() - 1)
