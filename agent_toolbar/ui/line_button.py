"""A button of words within a coloured line: an outline in the line's own colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from agent_toolbar.ui import tokens
from agent_toolbar.ui.enter_button import EnterButton
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import Tone

_HEIGHT = 28
_FOCUS_PX = 2


class LineButton(EnterButton):
    """Its text is its name."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tone = Tone.TEXT
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_words(self, words: str, tone: Tone) -> None:
        if (words, tone) != (self.text(), self._tone):
            self._tone = tone
            self.setText(words)
            self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        words = QFontMetrics(theme.font(strong=True)).horizontalAdvance(self.text())
        return QSize(words + 2 * theme.px(tokens.SPACE_M), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._look.theme
        colours = theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.px(tokens.RADIUS)
        width = _FOCUS_PX if self.hasFocus() else tokens.HAIRLINE
        inside = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(theme.ink(self._tone), width))
        ground = colours.pressed if self.isDown() else colours.hover if self.underMouse() else colours.window
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(inside, radius, radius)
        painter.setFont(theme.font(strong=True))
        painter.setPen(theme.ink(self._tone))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
