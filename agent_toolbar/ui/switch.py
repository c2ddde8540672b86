"""A switch: on or off at one glance. It shows what is so, not what was clicked; GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from agent_toolbar.ui.enter_button import EnterButton
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import Tone

_WIDTH, _HEIGHT, _KNOB_GAP = 34, 20, 3
_FOCUS_PX = 2


class Switch(EnterButton):
    """`clicked` asks for the other position; `setChecked` by the owner moves the knob when it has become so."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._restyle()
        look.theme.changed.connect(self._restyle)

    def nextCheckState(self) -> None:
        """The owner decides."""

    def sizeHint(self) -> QSize:
        px = self._look.theme.px
        return QSize(px(_WIDTH) + 2 * px(_KNOB_GAP), px(_HEIGHT) + 2 * px(_KNOB_GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._look.theme
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(px(_KNOB_GAP), (self.height() - px(_HEIGHT)) / 2, px(_WIDTH), px(_HEIGHT))
        round_end = track.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ink(Tone.ACCENT) if self.isChecked() else QColor(theme.palette.border))
        painter.drawRoundedRect(track, round_end, round_end)
        gap = px(_KNOB_GAP)
        side = track.height() - 2 * gap
        left = track.right() - gap - side if self.isChecked() else track.left() + gap
        painter.setBrush(QColor(theme.palette.on_fill if self.isChecked() else theme.palette.window))
        painter.drawEllipse(QRectF(left, track.top() + gap, side, side))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.ink(Tone.ACCENT), _FOCUS_PX))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)

    def _restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()
