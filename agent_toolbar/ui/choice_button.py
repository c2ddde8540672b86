"""A button of words that stays chosen: one of a few outcomes. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from agent_toolbar.ui import tokens
from agent_toolbar.ui.enter_button import EnterButton
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.swatch import paint_swatch, paint_tick
from agent_toolbar.ui.tokens import Tone

_HEIGHT = 28
_SIGN = 14
_FOCUS_PX = 2


class ChoiceButton(EnterButton):
    """Chosen is seen by a tick, not by colour alone; its place is kept, so that nothing moves."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._colour = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_colour(self, colour: str) -> None:
        """ "#rrggbb" of what the button means, shown as a dot before its words; "" for none."""
        if colour != self._colour:
            self._colour = colour
            self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        words = QFontMetrics(theme.font(strong=True)).horizontalAdvance(self.text())
        return QSize(words + theme.px(_SIGN) + 3 * theme.px(tokens.SPACE_S), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._look.theme
        colours = theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = _FOCUS_PX if self.hasFocus() else tokens.HAIRLINE
        inside = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        chosen = self.isChecked()
        edge = theme.ink(Tone.ACCENT) if chosen or self.hasFocus() else QColor(colours.border)
        ground = QColor(colours.pressed if self.isDown() else colours.hover if self.underMouse() else colours.window)
        painter.setPen(QPen(edge, width))
        painter.setBrush(theme.soft(Tone.ACCENT) if chosen else ground)
        painter.drawRoundedRect(inside, theme.px(tokens.RADIUS), theme.px(tokens.RADIUS))
        gap, side = theme.px(tokens.SPACE_S), theme.px(_SIGN)
        painter.setPen(theme.ink(Tone.ACCENT if chosen else Tone.TEXT))
        painter.setFont(theme.font(strong=chosen))
        if not chosen and not self._colour:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
            return
        sign = QRect(gap, (self.height() - side) // 2, side, side)
        if chosen:
            paint_tick(painter, sign, theme, self._look.icons, self._colour)
        else:
            paint_swatch(painter, sign, theme, self._colour)
        room = QRect(gap + side + gap // 2, 0, self.width() - 2 * gap - side, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
