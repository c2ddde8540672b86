"""The colour of a reason or an outcome: a dot beside its words, and the colours to choose from. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPen, QPixmap

from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP
from agent_toolbar.ui import tokens
from agent_toolbar.ui.icons import Icon, Icons
from agent_toolbar.ui.theme import Theme
from agent_toolbar.ui.tokens import Tone

COLOURS: dict[str, str] = {
    "": QT_TRANSLATE_NOOP("Colour", "No colour"),
    "#d13438": QT_TRANSLATE_NOOP("Colour", "Red"),
    "#d9730d": QT_TRANSLATE_NOOP("Colour", "Orange"),
    "#c9a400": QT_TRANSLATE_NOOP("Colour", "Yellow"),
    "#2e9e4f": QT_TRANSLATE_NOOP("Colour", "Green"),
    "#0f9aa0": QT_TRANSLATE_NOOP("Colour", "Turquoise"),
    "#2f7de1": QT_TRANSLATE_NOOP("Colour", "Blue"),
    "#8a56d8": QT_TRANSLATE_NOOP("Colour", "Violet"),
    "#d64590": QT_TRANSLATE_NOOP("Colour", "Pink"),
    "#9a6b43": QT_TRANSLATE_NOOP("Colour", "Brown"),
    "#7a828e": QT_TRANSLATE_NOOP("Colour", "Grey"),
}
_SHARE = 0.6  # of the place of an icon
_RING_PX = 1.5


def colour_text(colour: str) -> str:
    """The colour's name; one of the administrator's own as it is written."""
    known = COLOURS.get(colour.lower())
    return QCoreApplication.translate("Colour", known) if known is not None else colour


def swatch_ink(theme: Theme, colour: str) -> QColor | None:
    """`colour` ("#rrggbb") as it is seen on the grounds of this theme, None for no colour."""
    readable = tokens.readable_sign(colour, theme.palette)
    return QColor(readable) if readable else None


def paint_swatch(painter: QPainter, place: QRect, theme: Theme, colour: str) -> None:
    """A dot in the middle of `place`; a ring where there is no colour."""
    side = min(place.width(), place.height()) * _SHARE
    dot = QRectF(0, 0, side, side)
    dot.moveCenter(QRectF(place).center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = swatch_ink(theme, colour)
    if ink is None:
        painter.setPen(QPen(theme.ink(Tone.MUTED), _RING_PX * theme.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(dot)
    painter.restore()


def paint_tick(painter: QPainter, place: QRect, theme: Theme, icons: Icons, colour: str) -> None:
    """What is chosen: a tick in the colour, so that neither the choice nor the colour is lost."""
    icons.paint(painter, place, Icon.DONE, swatch_ink(theme, colour) or theme.ink(Tone.ACCENT))


def swatch_icon(theme: Theme, colour: str, *, ticked: Icons | None = None) -> QIcon:
    """For menus and lists; follows the theme when it is repainted. `ticked`: of what is chosen, with these icons."""
    return QIcon(_SwatchEngine(theme, colour, ticked))


class _SwatchEngine(QIconEngine):
    def __init__(self, theme: Theme, colour: str, ticked: Icons | None) -> None:
        super().__init__()
        self._theme = theme
        self._colour = colour
        self._ticked = ticked

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del mode, state
        if self._ticked is not None:
            paint_tick(painter, rect, self._theme, self._ticked, self._colour)
        else:
            paint_swatch(painter, rect, self._theme, self._colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        pixmap = QPixmap(size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def isNull(self) -> bool:
        return False

    def clone(self) -> QIconEngine:
        return _SwatchEngine(self._theme, self._colour, self._ticked)
