"""The picture in the tray: one silhouette for each state, its colour, and the count of missed calls. GUI thread."""

from __future__ import annotations

import sys
from enum import Enum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.agent import AgentState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.registration import RegistrationState
from agent_toolbar.ui.icons import Icon, Icons

_SIZES = (16, 22, 24, 32, 44, 48, 64)
_MOST_COUNTED = 9
# The colour of the panel is unknown: each of these is seen at 3:1 on black and on white.
_BADGE = "#d93a32"
_BADGE_TEXT = "#ffffff"


class TrayState(Enum):
    """What the tray tells, with its silhouette and colour."""

    OFF = (Icon.CTI_OFF, "#8a8f99")
    REGISTERING = (Icon.REGISTERING, "#8a8f99")
    READY = (Icon.READY, "#1f9d57")
    NOT_READY = (Icon.NOT_READY, "#c07a00")
    RINGING = (Icon.RINGING, "#2f80e0")
    ON_CALL = (Icon.ON_CALL, "#2f80e0")
    WRAP_UP = (Icon.WRAP_UP, "#7a6ff0")
    FAULT = (Icon.WARNING, "#e0463e")

    @property
    def icon(self) -> Icon:
        return self.value[0]

    @property
    def colour(self) -> str:
        return self.value[1]


_OF_AGENT = {AgentState.NOT_READY: TrayState.NOT_READY, AgentState.WRAP_UP: TrayState.WRAP_UP}


def tray_state(state: ToolbarState) -> TrayState:
    """Calls first, then what keeps calls from coming, then the agent's own state."""
    if state.calls:
        ringing = any(view.call.state is CallState.RINGING for view in state.calls)
        return TrayState.RINGING if ringing else TrayState.ON_CALL
    registration = state.registration.state
    failed = state.cti_on and registration in {RegistrationState.RETRYING, RegistrationState.REFUSED}
    if failed or any(fault.serious for fault in state.faults):
        return TrayState.FAULT
    if not state.cti_on:
        return TrayState.OFF
    if registration is not RegistrationState.REGISTERED:
        return TrayState.REGISTERING
    return _OF_AGENT.get(state.agent.state, TrayState.READY)


def tray_picture(icons: Icons, state: TrayState, missed: int) -> QIcon:
    """In all sizes that trays ask for; on macOS a template, which the system colours itself."""
    picture = QIcon()
    for size in _SIZES:
        picture.addPixmap(_pixmap(icons, state, missed, size))
    picture.setIsMask(sys.platform == "darwin")
    return picture


def _pixmap(icons: Icons, state: TrayState, missed: int, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    icons.paint(painter, QRect(0, 0, size, size), state.icon, QColor(state.colour))
    if missed:
        _paint_count(painter, missed, size)
    painter.end()
    return pixmap


def _paint_count(painter: QPainter, missed: int, size: int) -> None:
    """A disc at the lower right corner, cut out of the silhouette so that it stands apart on any panel."""
    side = size * 0.58
    disc = QRectF(size - side, size - side, side, side)
    gap = max(1.0, size / 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.drawEllipse(disc.adjusted(-gap, -gap, gap, gap))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setBrush(QColor(_BADGE))
    painter.drawEllipse(disc)
    font = painter.font()
    font.setPixelSize(max(6, round(side * 0.72)))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(_BADGE_TEXT))
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(missed) if missed <= _MOST_COUNTED else "+")
