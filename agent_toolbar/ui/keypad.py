"""The keypad as a row below the bar: tones by mouse, by the number keys, and what was sent so far."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.ui import tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import PlainLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.tokens import Tone

KEYS = "1234567890*#"
_KEY_HEIGHT = 32


class DigitKey(BarButton):
    """One key, its digit in place of an icon."""

    def __init__(self, look: Look, digit: str) -> None:
        super().__init__(look, Icon.KEYPAD, height=_KEY_HEIGHT, raised=True)
        self.digit = digit
        self.explain(digit)

    def _paint_content(self, painter: QPainter) -> None:
        painter.setFont(self._look.theme.font(strong=True))
        painter.setPen(self._content_colour())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.digit)


class KeypadRow(QWidget):
    """Twelve keys in one row.

    Signals:
        close_asked: Escape or the cross.
    """

    close_asked = Signal()

    def __init__(self, look: Look, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._orders = orders
        px = look.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(tokens.SPACE_M), px(2), px(tokens.SPACE_S), px(tokens.SPACE_S))
        row.setSpacing(px(tokens.SPACE_XS))
        self.keys = {digit: DigitKey(look, digit) for digit in KEYS}
        for digit, key in self.keys.items():
            row.addWidget(key)
            key.clicked.connect(lambda _checked=False, digit=digit: orders.send_digit(digit))
        self._sent = PlainLabel(look, Tone.MUTED, elastic=True)
        self.close_button = BarButton(look, Icon.CLOSE)
        self.close_button.clicked.connect(self.close_asked)
        row.addSpacing(px(tokens.SPACE_M))
        row.addWidget(self._sent, 1)
        row.addWidget(self.close_button)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_state(self, state: ToolbarState, key: str) -> None:
        view = state.current_call
        digits = view.call.digits_sent if view is not None else ""
        self.setAccessibleName(self.tr("Keypad: press 0 to 9, star or hash"))
        self._sent.show_text(self.tr("Sent: %1").replace("%1", digits) if digits else self.tr("Type digits to send"))
        self.close_button.explain(self.tr("Close keypad"), key=key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in KEYS:
            self._orders.send_digit(event.text())
        else:
            super().keyPressEvent(event)
