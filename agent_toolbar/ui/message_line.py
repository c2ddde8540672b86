"""A quiet coloured line below the bar: one sentence and what can be done about it. Never a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from agent_toolbar.ui import tokens
from agent_toolbar.ui.growing_row import GrowingRow
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, WrappingLabel
from agent_toolbar.ui.line_button import LineButton
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import Tone

_LOWEST = 36
_SIGN = 16
_NARROWEST = 120


class MessageLine(GrowingRow):
    """Sentence, up to two buttons. Announced once when the sentence is another one."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look.theme.px(_LOWEST), parent)
        self._look = look
        self._tone = Tone.NOT_READY
        self._said = ""
        self._left = 0
        self._first_action: Callable[[], None] = self.hide
        self._second_action: Callable[[], None] = self.hide
        self._icon = IconLabel(look, _SIGN, self)
        self._sentence = WrappingLabel(look, parent=self)
        self.first = self._button(self._do_first)
        self.second = self._button(self._do_second)

    @property
    def sentence(self) -> str:
        """What stands there, the countdown included."""
        return self._sentence.text()

    def say(
        self,
        sentence: str,
        tone: Tone,
        first: tuple[str, Callable[[], None]] | None = None,
        second: tuple[str, Callable[[], None]] | None = None,
        *,
        countdown: str = "",
    ) -> None:
        """`countdown` stands behind the sentence and is not announced."""
        if tone is not self._tone:
            self._tone = tone
            self.update()
        self._icon.show_icon(Icon.NOTE if tone is Tone.ACCENT else Icon.WARNING, tone)
        text = f"{sentence} {countdown}".strip()
        if text != self._sentence.text():
            self._sentence.setText(text)
        self.setAccessibleName(sentence)
        for button, offer in ((self.first, first), (self.second, second)):
            button.setVisible(offer is not None)
            if offer is not None:
                button.show_words(offer[0], tone)
        self._first_action = first[1] if first else self.hide
        self._second_action = second[1] if second else self.hide
        self.arrange()
        if sentence != self._said:
            self._said = sentence
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def begin_at(self, left: int) -> None:
        """Pixels from the left edge of the zone that the sentence is about; kept when the sentence fits there."""
        if left != self._left:
            self._left = left
            self.arrange()

    def _do_first(self) -> None:
        self._first_action()

    def _do_second(self) -> None:
        self._second_action()

    def _button(self, action: Callable[[], None]) -> LineButton:
        button = LineButton(self._look, self)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(action)
        return button

    def arrange(self) -> None:
        """Places sign, sentence and buttons in one line; the sentence alone wraps when the bar is narrow."""
        px = self._look.theme.px
        edge, gap = px(tokens.SPACE_L), px(tokens.SPACE_S)
        buttons = [button for button in (self.first, self.second) if not button.isHidden()]
        sizes = [button.sizeHint() for button in buttons]
        beside = px(_SIGN) + gap + edge + sum(size.width() + gap for size in sizes)
        whole = self._sentence.fontMetrics().horizontalAdvance(self._sentence.text()) + px(tokens.SPACE_XS)
        left = max(edge, min(self._left, self.width() - whole - beside))
        wide = max(px(_NARROWEST), min(whole, self.width() - left - beside))
        text_high = self._sentence.lines_height(wide)
        high = max(px(_LOWEST), text_high + 2 * gap, *(size.height() + gap for size in sizes))
        self._icon.move(left, (high - px(_SIGN)) // 2)
        left += px(_SIGN) + gap
        self._sentence.setGeometry(left, (high - text_high) // 2, wide, text_high)
        left += wide + gap
        for button, size in zip(buttons, sizes, strict=True):
            button.setGeometry(left, (high - size.height()) // 2, size.width(), size.height())
            left += size.width() + gap
        self.be_high(high)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.soft(self._tone))
        painter.drawRect(QRectF(self.rect()))
