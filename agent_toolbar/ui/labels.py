"""Labels that show plain text only, whatever it holds, and end in an ellipsis where the place is too narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.tokens import Tone

_SHORTEST = "Mm…"
LONGEST_SHOWN = 500  # characters; whatever the caller sends, painting stays cheap


class PlainLabel(QLabel):
    """One line of text in the theme's type; the whole text is in the tool tip when it had to be shortened.

    An `elastic` one takes what place there is, any other just the place of its text.
    """

    def __init__(
        self,
        look: Look,
        tone: Tone = Tone.TEXT,
        *,
        strong: bool = False,
        large: bool = False,
        elastic: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._tone = tone
        self._strong = strong
        self._large = large
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
        self._place_for: tuple[str, ...] = ()
        self.setSizePolicy(
            QSizePolicy.Policy.Ignored if elastic else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed
        )
        self._restyle()
        look.theme.changed.connect(self._restyle)

    def show_text(self, text: str, tone: Tone | None = None) -> None:
        """Repaints only when something changed."""
        if tone is not None and tone is not self._tone:
            self._tone = tone
            self.update()
        if text != self.text():
            self.setText(text)
            self._explain()

    def fit_to(self, *texts: str) -> None:
        """Keeps the place of the widest of `texts` from now on, so that nothing beside it moves."""
        self._place_for = texts
        self.updateGeometry()

    def text_width(self) -> int:
        metrics = self.fontMetrics()
        return max(metrics.horizontalAdvance(text[:LONGEST_SHOWN]) for text in (self._place_for or (self.text(),))) + 2

    def sizeHint(self) -> QSize:
        return QSize(self.text_width(), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        if self.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed:
            return self.sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(_SHORTEST), self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setPen(self._look.theme.ink(self._tone if self.isEnabled() else Tone.DISABLED))
        painter.setFont(self.font())
        painter.drawText(self.rect(), self.alignment(), self._shown())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text()[:LONGEST_SHOWN], Qt.TextElideMode.ElideRight, self.width())

    def _explain(self) -> None:
        self.setToolTip(tool_tip(self.text()[:LONGEST_SHOWN].strip(" ·")) if self._shown() != self.text() else "")

    def _restyle(self) -> None:
        self.setFont(self._look.theme.font(strong=self._strong, large=self._large))
        self.updateGeometry()
        self.update()


class IconLabel(QWidget):
    """One icon of the theme. Decoration for those who see; what it says is also in words."""

    def __init__(self, look: Look, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._size = size
        self._icon: Icon | None = None
        self._tone = Tone.TEXT
        self._restyle()
        look.theme.changed.connect(self._restyle)

    def show_icon(self, icon: Icon | None, tone: Tone = Tone.TEXT, meaning: str = "") -> None:
        """`meaning` is its name for a screen reader and its tool tip."""
        if meaning != self.accessibleName():
            self.setAccessibleName(meaning)
            self.setToolTip(tool_tip(meaning))
        if (icon, tone) != (self._icon, self._tone):
            self._icon, self._tone = icon, tone
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._icon is not None:
            painter = QPainter(self)
            self._look.icons.paint(painter, self.rect(), self._icon, self._look.theme.ink(self._tone))

    def _restyle(self) -> None:
        side = self._look.theme.px(self._size)
        self.setFixedSize(side, side)
        self.update()


class WrappingLabel(QLabel):
    """A sentence that takes as many lines as it needs."""

    def __init__(self, look: Look, tone: Tone = Tone.TEXT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("tone", tone.value)

    def show_tone(self, tone: Tone) -> None:
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            self.style().unpolish(self)
            self.style().polish(self)

    def lines_height(self, width: int) -> int:
        """Pixels that the text needs at `width`."""
        box = QFontMetrics(self.font()).boundingRect(
            QRect(0, 0, max(1, width), 10_000), int(Qt.TextFlag.TextWordWrap), self.text()
        )
        return box.height()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
        return super().event(event)
