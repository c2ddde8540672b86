"""How loud the microphone or speaker is now, as a bar of segments. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import Tone

_SEGMENTS = 24
_LOUD_FROM = 20  # segments beyond this one say that it is too loud
_FALL_PER_STEP = 0.12


class LevelMeter(QWidget):
    """Rises at once and falls slowly, so that short sounds are seen. It never speaks to a screen reader."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._shown = 0.0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    @property
    def level(self) -> float:
        return self._shown

    def show_level(self, level: float) -> None:
        """`level` is 0.0 to 1.0."""
        shown = max(min(1.0, max(0.0, level)), self._shown - _FALL_PER_STEP)
        if shown != self._shown:
            self._shown = shown
            self.update()

    def silence(self) -> None:
        """Nothing is measured any more."""
        self._shown = 0.0
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(200), self._look.theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step = self.width() / _SEGMENTS
        lit = round(self._shown * _SEGMENTS)
        for segment in range(_SEGMENTS):
            if segment >= lit:
                colour = QColor(theme.palette.pressed)
            else:
                colour = theme.ink(Tone.NOT_READY if segment >= _LOUD_FROM else Tone.READY)
            painter.setBrush(colour)
            place = QRectF(segment * step, 0, step - theme.px(2), self.height())
            painter.drawRoundedRect(place, theme.px(1), theme.px(1))
