"""Where the bar stands: at an edge of a screen or floating, and how that is remembered. Pure geometry and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from PySide6.QtCore import QPoint, QRect, QSize

from agent_toolbar.application.ports.settings import BarPlace

_REACHABLE = 48  # of a floating window that must stay on a screen to be grabbed


@dataclass(frozen=True, slots=True)
class Placement:
    """What is remembered between two starts.

    Attributes:
        screen: name of the screen; x, y: top left corner of the floating window from the screen's; width: of the
            floating bar, 0 if never set; compact: the pill was chosen.
    """

    screen: str = ""
    x: int = 0
    y: int = 0
    width: int = 0
    compact: bool = False

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Placement:
        """Whatever cannot be used counts as nothing remembered: a place is no value worth a complaint."""
        try:
            kept = json.loads(text)
        except ValueError:
            return cls()
        if not isinstance(kept, dict):
            return cls()
        known = {name: kept[name] for name in cls.__slots__ if name in kept}
        built_in = cls()
        if any(type(value) is not type(getattr(built_in, name)) for name, value in known.items()):
            return cls()
        return cls(**known)


def chosen_screen(placement: Placement, screens: Mapping[str, QRect], primary: str) -> str:
    """The remembered screen while it is plugged in, else the primary one."""
    return placement.screen if placement.screen in screens else primary


def bar_geometry(place: BarPlace, placement: Placement, available: QRect, size: QSize) -> QRect:
    """Geometry of the window; `available` is the screen without the desktop's own panels, `size` what it needs."""
    if placement.compact:
        return _floating(place, placement, available, size)
    if place is BarPlace.FLOATING:
        wide = min(max(size.width(), placement.width), available.width())
        return _floating(place, placement, available, QSize(wide, size.height()))
    top = available.top() if place is BarPlace.TOP else available.bottom() + 1 - size.height()
    return QRect(available.left(), top, available.width(), size.height())


def _floating(place: BarPlace, placement: Placement, available: QRect, size: QSize) -> QRect:
    if placement.x or placement.y:
        corner = available.topLeft() + QPoint(placement.x, placement.y)
    else:
        low = available.bottom() + 1 - size.height() if place is BarPlace.BOTTOM else available.top()
        corner = QPoint(available.center().x() - size.width() // 2, low)
    left = max(available.left(), min(corner.x(), available.right() + 1 - min(size.width(), available.width())))
    top = max(available.top(), min(corner.y(), available.bottom() + 1 - max(_REACHABLE, size.height())))
    return QRect(QPoint(left, top), size)
