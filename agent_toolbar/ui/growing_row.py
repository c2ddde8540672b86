"""A row below the bar that is as high as what stands in it needs at this width. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class GrowingRow(QWidget):
    """Signals:
    height_changed: what stands in it takes another number of lines.
    """

    height_changed = Signal()

    def __init__(self, high: int, parent: QWidget | None = None) -> None:
        """high: pixels until it was arranged for the first time."""
        super().__init__(parent)
        self._high = high

    def arrange(self) -> None:
        """Places the parts, and says with `be_high` what they take."""
        raise NotImplementedError

    def be_high(self, high: int) -> None:
        if high != self._high:
            self._high = high
            self.updateGeometry()
            self.height_changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(0, self._high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
