"""How the call sounds, as three bars: number of bars and colour say the same, the tool tip says it in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from agent_toolbar.domain.call import CallQuality
from agent_toolbar.i18n.sentences import quality_text
from agent_toolbar.ui.call_words import QUALITY_LOOK
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.plain_text import tool_tip

_BARS = 3
_WIDTH, _HEIGHT = 16, 12


class QualityBars(QWidget):
    """Empty while nothing is known yet."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._quality: CallQuality | None = None
        self._restyle()
        look.theme.changed.connect(self._restyle)

    def show_quality(self, quality: CallQuality | None) -> None:
        if quality == self._quality:
            return
        self._quality = quality
        words = quality_text(quality.grade) if quality else ""
        figures = (
            QCoreApplication.translate("Quality", "Lost: %1 %   Jitter: %2 ms   Round trip: %3 ms")
            .replace("%1", f"{quality.loss_percent:.1f}")
            .replace("%2", f"{quality.jitter_ms:.0f}")
            .replace("%3", f"{quality.round_trip_ms:.0f}")
            if quality
            else ""
        )
        self.setAccessibleName(words)
        self.setToolTip(tool_tip(f"{words}\n{figures}" if words else ""))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._quality is None:
            return
        theme = self._look.theme
        lit, tone = QUALITY_LOOK[self._quality.grade]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = theme.px(2)
        wide = (self.width() - gap * (_BARS - 1)) / _BARS
        for index in range(_BARS):
            high = self.height() * (index + 1) / _BARS
            painter.setBrush(theme.ink(tone) if index < lit else QColor(theme.palette.hairline))
            painter.drawRoundedRect(QRectF(index * (wide + gap), self.height() - high, wide, high), 1, 1)

    def _restyle(self) -> None:
        self.setFixedSize(self._look.theme.px(_WIDTH), self._look.theme.px(_HEIGHT))
        self.update()
