"""The buttons of bar, card and pill: an icon, with a word where there is room, quiet or filled with a meaning."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_toolbar.ui import tokens
from agent_toolbar.ui.enter_button import EnterButton
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.tokens import Tone

_FOCUS_PX = 2


class BarButton(EnterButton):
    """A button that says what it does, or why it cannot.

    `filled` is the meaning that colours its ground while it can be pressed; a quiet button has no ground, a `raised`
    one that of a key.
    """

    def __init__(
        self,
        look: Look,
        icon: Icon,
        *,
        filled: Tone | None = None,
        width: int = tokens.CONTROL,
        height: int = tokens.CONTROL,
        raised: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._filled = filled
        self._raised = raised
        self._ink = Tone.TEXT
        self._size = (width, height)
        self._word = ""
        self._explanation: tuple[str, str, str, str] | None = None
        self._left_aligned = False
        self._badge = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._restyle()
        look.theme.changed.connect(self._restyle)

    # ------------------------------------------------------------------ what it shows

    def explain(self, does: str, *, key: str = "", refusal: str = "", name: str = "") -> None:
        """`does` is a short verb, `key` its shortcut as people read it, `refusal` why it cannot be done now.

        A `name` takes the verb's place for a screen reader where the verb alone would say too little.
        """
        explanation = (does, key, refusal, name)
        if explanation == self._explanation:
            return
        self._explanation = explanation
        line = f"{does} ({key})" if key else does
        shown = f"{line}\n{refusal}" if refusal else line
        self.setAccessibleName(name or does)
        self.setAccessibleDescription(refusal or key)
        self.setToolTip(tool_tip(shown))
        self.setEnabled(not refusal)

    def fill(self, tone: Tone | None) -> None:
        """Another meaning colours its ground, or none."""
        if tone is not self._filled:
            self._filled = tone
            self._restyle()

    def show_icon(self, icon: Icon, ink: Tone = Tone.TEXT) -> None:
        if (icon, ink) != (self._icon, self._ink):
            self._icon, self._ink = icon, ink
            self.update()

    def show_word(self, word: str) -> None:
        if word != self._word:
            self._word = word
            self.updateGeometry()
            self.update()

    def align_left(self) -> None:
        """Icon and word begin at the left edge, as the lines of a list do; the place decides the width."""
        self._left_aligned = True
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_badge(self, badge: str) -> None:
        """A small count at the corner; "" for none."""
        if badge != self._badge:
            self._badge = badge
            self.update()

    def resize_to(self, width: int) -> None:
        """Another width at 100 %."""
        if width != self._size[0]:
            self._size = (width, self._size[1])
            self._restyle()

    # ------------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        px = self._look.theme.px
        width, height = px(self._size[0]), px(self._size[1])
        if self._word:
            content = px(tokens.ICON) + px(tokens.SPACE_S) + self.fontMetrics().horizontalAdvance(self._word)
            width = max(width, content + 2 * px(tokens.SPACE_M if self._raised else tokens.SPACE_L))
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self._look.theme.px(tokens.RADIUS)
        inside = QRectF(self.rect())
        ground = self._ground()
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(inside, radius, radius)
        self._paint_content(painter)
        if self._badge:
            self._paint_badge(painter)
        if self.hasFocus():
            colours = self._look.theme.palette
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.text if self._fill_shown else colours.accent), _FOCUS_PX))
            edge = _FOCUS_PX / 2
            painter.drawRoundedRect(inside.adjusted(edge, edge, -edge, -edge), radius, radius)

    # ------------------------------------------------------------------ inside

    @property
    def _fill_shown(self) -> bool:
        return self._filled is not None and self.isEnabled()

    def _ground(self) -> QColor | None:
        colours = self._look.theme.palette
        over = self.underMouse() and self.isEnabled()
        if self._filled is not None and self.isEnabled():
            if self.isDown():
                return QColor(colours.fill_pressed(self._filled))
            return QColor(colours.fill_hover(self._filled) if over else colours.ink(self._filled))
        if self.isDown():
            return QColor(colours.pressed)
        if self.isChecked() and self.isEnabled():
            return QColor(colours.soft(self._ink if self._ink is not Tone.TEXT else Tone.ACCENT))
        if over:
            return QColor(colours.pressed if self._raised else colours.hover)
        return QColor(colours.hover) if self._raised else None

    def _content_colour(self) -> QColor:
        theme = self._look.theme
        if not self.isEnabled():
            return theme.ink(Tone.DISABLED)
        return QColor(theme.palette.on_fill) if self._filled is not None else theme.ink(self._ink)

    def _paint_content(self, painter: QPainter) -> None:
        px = self._look.theme.px
        colour = self._content_colour()
        side = px(tokens.ICON)
        if not self._word:
            box = QRect(0, 0, side, side)
            box.moveCenter(self.rect().center())
            self._look.icons.paint(painter, box, self._icon, colour)
            return
        gap = px(tokens.SPACE_S)
        painter.setFont(self._look.theme.font(strong=self._filled is not None))
        wide = side + gap + painter.fontMetrics().horizontalAdvance(self._word)
        left = px(tokens.SPACE_S) if self._left_aligned else max(px(tokens.SPACE_S), (self.width() - wide) // 2)
        self._look.icons.paint(painter, QRect(left, (self.height() - side) // 2, side, side), self._icon, colour)
        painter.setPen(colour)
        room = QRect(left + side + gap, 0, self.width() - left - side - gap - px(tokens.SPACE_XS), self.height())
        shown = painter.fontMetrics().elidedText(self._word, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_badge(self, painter: QPainter) -> None:
        theme = self._look.theme
        font = theme.font(strong=True)
        font.setPixelSize(round(font.pixelSize() * 0.8))
        painter.setFont(font)
        high = theme.px(tokens.SPACE_L)
        wide = max(high, painter.fontMetrics().horizontalAdvance(self._badge) + theme.px(tokens.SPACE_S))
        box = QRectF(self.width() - wide, 0, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ink(Tone.FAULT))
        painter.drawRoundedRect(box, high / 2, high / 2)
        painter.setPen(QColor(theme.palette.on_fill))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._badge)

    def _restyle(self) -> None:
        px = self._look.theme.px
        self.setFont(self._look.theme.font(strong=self._filled is not None))
        self.setMinimumSize(px(self._size[0]), px(self._size[1]))
        self.setFixedHeight(px(self._size[1]))
        self.updateGeometry()
        self.update()
