"""Where the incoming card stands: at the corner of the screen in use, clear of the bar. Pure geometry."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize


def card_position(available: QRect, bar: QRect, size: QSize, margin: int) -> QPoint:
    """Top left corner of a card of `size`: at the right edge, below a bar at the top, else above one at the bottom.

    `available` is the screen without the desktop's own panels, `bar` the window of the toolbar (empty when hidden);
    `margin` in pixels.
    """
    left = available.right() + 1 - margin - size.width()
    top = available.top() + margin
    bottom = available.bottom() + 1 - margin - size.height()
    on_this_screen = bar.intersects(available)
    if on_this_screen and bar.center().y() > available.center().y():
        clear = min(bottom, bar.top() - margin - size.height())
        return QPoint(max(available.left(), left), max(available.top(), clear))
    if on_this_screen and bar.top() < top + size.height() and bar.right() > left:
        top = max(top, bar.bottom() + 1 + margin)
    return QPoint(max(available.left(), left), max(available.top(), min(top, bottom)))
