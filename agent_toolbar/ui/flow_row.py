"""A row below the bar whose parts stand side by side, and in further lines where the bar is too narrow. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_toolbar.ui import tokens
from agent_toolbar.ui.growing_row import GrowingRow
from agent_toolbar.ui.labels import WrappingLabel
from agent_toolbar.ui.look import Look

_LINE = 36
_EDGE = 6


@dataclass(frozen=True, slots=True)
class _Part:
    """`least` and `most` at 100 %; 0 both: just the width that the widget asks for, `most` alone: at most that.

    `breaks`: begins a line of its own. `leads`: stands before the next part, whose text then wraps beside it.
    """

    widget: QWidget
    least: int = 0
    most: int = 0
    leads: bool = False
    breaks: bool = False


class FlowRow(GrowingRow):
    """Lays out what is visible of its parts."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look.theme.px(_LINE + 2 * _EDGE), parent)
        self._look = look
        self._parts: list[_Part] = []
        self._corner: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.arrange)

    def add(self, widget: QWidget, *, least: int = 0, most: int = 0, leads: bool = False, breaks: bool = False) -> None:
        """The next part. With `least` it takes what its line has to spare, up to `most`; see also _Part."""
        widget.setParent(self)
        widget.show()  # a widget that gets a parent is hidden by that
        self._parts.append(_Part(widget, least, most, leads, breaks))

    def set_corner(self, widget: QWidget) -> None:
        """Stands at the right end of the first line."""
        widget.setParent(self)
        widget.show()
        self._corner = widget

    def arrange(self) -> None:
        """Gives every visible part its place; said again after their texts have changed."""
        px = self._look.theme.px
        edge, gap = px(tokens.SPACE_L), px(tokens.SPACE_S)
        right = self.width() - px(tokens.SPACE_S)
        corner = self._corner if self._corner is not None and not self._corner.isHidden() else None
        first_end = right - (corner.sizeHint().width() + gap if corner is not None else 0)
        top = px(_EDGE)
        for number, line in enumerate(self._lines(edge, gap, first_end, right)):
            end = right if number else first_end
            widths = self._widths(line, end - edge - gap * (len(line) - 1))
            high = max(px(_LINE), *(_height(part.widget, wide) for part, wide in zip(line, widths, strict=True)))
            left = edge
            for part, wide in zip(line, widths, strict=True):
                part_high = _height(part.widget, wide)
                part.widget.setGeometry(left, top + (high - part_high) // 2, wide, part_high)
                left += wide + gap
            if not number and corner is not None:
                size = corner.sizeHint()
                corner.setGeometry(right - size.width(), top + (high - size.height()) // 2, size.width(), size.height())
            top += high + px(tokens.SPACE_XS)
        high = top - px(tokens.SPACE_XS) + px(_EDGE)
        self.be_high(high)

    # ------------------------------------------------------------------ inside

    def _lines(self, edge: int, gap: int, first_end: int, other_end: int) -> list[list[_Part]]:
        lines: list[list[_Part]] = [[]]
        left = edge
        for part in self._parts:
            if part.widget.isHidden():
                continue
            end = other_end if len(lines) > 1 else first_end
            wide = min(self._least(part), end - edge)
            led = all(before.leads for before in lines[-1])
            if lines[-1] and (part.breaks or (left + wide > end and not led)):
                lines.append([])
                left = edge
            lines[-1].append(part)
            left += wide + gap
        return [line for line in lines if line]

    def _widths(self, line: list[_Part], room: int) -> list[int]:
        widths: list[int] = []
        for part in line:
            widths.append(min(self._least(part), max(1, room - sum(widths))))
        for place, part in enumerate(line):
            if part.least:
                spare = max(0, room - sum(widths))
                widths[place] += min(spare, self._look.theme.px(part.most) - widths[place])
        return widths

    def _least(self, part: _Part) -> int:
        px = self._look.theme.px
        if part.least:
            return px(part.least)
        if isinstance(part.widget, WrappingLabel):
            part.widget.ensurePolished()
            metrics, lines = part.widget.fontMetrics(), part.widget.text().split("\n")
            return max(metrics.horizontalAdvance(line) for line in lines) + px(tokens.SPACE_XS)
        wanted = _hint(part.widget).width()
        return min(wanted, px(part.most)) if part.most else wanted


def _height(widget: QWidget, wide: int) -> int:
    return widget.lines_height(wide) if isinstance(widget, WrappingLabel) else _hint(widget).height()


def _hint(widget: QWidget) -> QSize:
    """A widget of fixed size may give no hint."""
    return widget.sizeHint().expandedTo(widget.minimumSize())
