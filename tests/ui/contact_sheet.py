"""Many pictures on one sheet, so that a reviewer sees a whole look at once; and the tray's pictures in all sizes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from agent_toolbar.ui.icons import Icons
from agent_toolbar.ui.theme import Theme
from agent_toolbar.ui.tray_icon import TrayState, tray_picture

_TRAY_SIZES = (16, 24, 32, 64)
_PANELS = ("#f2f2f2", "#1e1e1e")
_CELL = 80
_MOST_SHADES = 256
_SHADES = 0x00FCFCFC  # shades that differ less than an eye can see become one
_OPAQUE = 0xFF000000


def save_small(image: QImage, file: Path) -> None:
    """Writes a PNG of few shades, a third of its usual size."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not _with_palette(image).save(str(file), "PNG", 0):
        raise OSError(f"{file} cannot be written")


def _with_palette(image: QImage) -> QImage:
    """`image` in its 256 most frequent shades, which is all that a window without photographs needs."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(rgb.constBits(), np.uint32).reshape(rgb.height(), rgb.width()) & _SHADES
    shades, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    kept = shades[np.argsort(counts)[::-1][:_MOST_SHADES]]
    nearest = np.argmin(np.abs(_channels(shades)[:, None, :] - _channels(kept)[None, :, :]).sum(axis=2), axis=1)
    indexes = np.zeros((rgb.height(), (rgb.width() + 3) // 4 * 4), np.uint8)  # a line of QImage is whole words
    indexes[:, : rgb.width()] = nearest[places].reshape(pixels.shape)
    small = QImage(indexes.tobytes(), rgb.width(), rgb.height(), indexes.shape[1], QImage.Format.Format_Indexed8)
    small.setColorTable([int(shade) | _OPAQUE for shade in kept])
    return small.copy()


def _channels(shades: np.ndarray) -> np.ndarray:
    return np.stack([(shades >> shift) & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)


def contact_sheet(pictures: dict[str, QPixmap], theme: Theme, width: int, gap: int, caption: int) -> QImage:
    """The pictures in their order, in rows, each with its name below."""
    places: list[tuple[str, QPixmap, QRect]] = []
    x, y, row_height = gap, gap, 0
    for name, picture in pictures.items():
        if x > gap and x + picture.width() + gap > width:
            x, y, row_height = gap, y + row_height + gap, 0
        places.append((name, picture, QRect(x, y, picture.width(), picture.height())))
        x += picture.width() + gap
        row_height = max(row_height, picture.height() + caption)
    widest = max((place.right() for _, _, place in places), default=0)
    sheet = QImage(max(width, widest + gap), y + row_height + gap, QImage.Format.Format_RGB888)
    sheet.fill(QColor(theme.palette.pressed))
    painter = QPainter(sheet)
    font = theme.font()
    font.setPixelSize(13)
    painter.setFont(font)
    for name, picture, place in places:
        painter.drawPixmap(place.topLeft(), picture)
        painter.setPen(QColor(theme.palette.border))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.setPen(QColor(theme.palette.text))
        below = QRect(place.left(), place.bottom() + 1, max(place.width(), 200), caption)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
    painter.end()
    return sheet


def tray_sheet(icons: Icons) -> QImage:
    """Every state of the tray on a light and a dark panel, with and without missed calls."""
    states = [(state, missed) for state in TrayState for missed in (0, 3)]
    sheet = QImage(_CELL * len(_TRAY_SIZES) * len(_PANELS), _CELL * len(states), QImage.Format.Format_RGB888)
    painter = QPainter(sheet)
    for column, (panel, size) in enumerate((panel, size) for panel in _PANELS for size in _TRAY_SIZES):
        for row, (state, missed) in enumerate(states):
            cell = QRect(column * _CELL, row * _CELL, _CELL, _CELL)
            painter.fillRect(cell, QColor(panel))
            place = QRect(0, 0, size, size)
            place.moveCenter(cell.center())
            tray_picture(icons, state, missed).paint(painter, place)
    painter.end()
    return sheet
