"""The list below the dial field: what would be called, one line each. Takes no focus; the field steers it by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from agent_toolbar.ui import tokens
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import Tone

_WIDTH = 360
_ROW = 44
_MOST_SHOWN = 9
FAVOURITE, NO_FAVOURITE = Icon.VIP, Icon.IMPORTANT  # one star in the whole toolbar: who matters most
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line: `title` large, `detail` beneath, `number` at the right; `dial` is what is dialled.

    `tone` colours the icon. `favourite` paints a star that can be clicked; None for a line that cannot have one.
    """

    icon: Icon
    title: str
    detail: str
    number: str
    dial: str
    tone: Tone = Tone.MUTED
    favourite: bool | None = None

    @property
    def spoken(self) -> str:
        return ", ".join(text for text in (self.title, self.detail, self.number) if text)


class _Lines(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Suggestion, ...] = ()

    def rowCount(self, parent: _Index | None = None) -> int:
        return len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return line.spoken
        return None

    def replace(self, lines: tuple[Suggestion, ...]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()


class _LinePainter(QStyledItemDelegate):
    def __init__(self, look: Look, lines: _Lines) -> None:
        super().__init__()
        self._look = look
        self._lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self._look.theme.px(_WIDTH), self._look.theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._look.theme
        px = theme.px
        line = self._lines.lines[index.row()]
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.soft(Tone.ACCENT) if selected else QColor(theme.palette.hover))
            painter.drawRoundedRect(box.adjusted(px(4), 0, -px(4), 0), px(tokens.RADIUS), px(tokens.RADIUS))
        side, gap = px(tokens.ICON), px(tokens.SPACE_M)
        icon_box = QRect(box.left() + gap, box.top() + (box.height() - side) // 2, side, side)
        self._look.icons.paint(painter, icon_box, line.icon, theme.ink(line.tone))
        left, right = icon_box.right() + gap, box.right() - gap
        if line.favourite is not None:
            star = star_box(box, px)
            sign, tone = (FAVOURITE, Tone.ACCENT) if line.favourite else (NO_FAVOURITE, Tone.MUTED)
            self._look.icons.paint(painter, star, sign, theme.ink(tone))
            right = star.left() - gap
        painter.setFont(theme.font())
        number_width = painter.fontMetrics().horizontalAdvance(line.number)
        number_box = QRect(right - number_width, box.top(), number_width, box.height())
        painter.setPen(theme.ink(Tone.MUTED))
        painter.drawText(number_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, line.number)
        room = number_box.left() - gap - left
        high = painter.fontMetrics().height()
        top = box.top() + (box.height() - high * (2 if line.detail else 1)) // 2
        painter.setFont(theme.font(strong=True))
        painter.setPen(theme.ink(Tone.TEXT))
        _line(painter, QRect(left, top, room, high), line.title)
        painter.setFont(theme.font())
        painter.setPen(theme.ink(Tone.MUTED))
        _line(painter, QRect(left, top + high, room, high), line.detail)
        painter.restore()


def star_box(row: QRect, px: Callable[[float], int]) -> QRect:
    """Where the star of a line stands."""
    side = px(tokens.SPACE_L)
    return QRect(row.right() - px(tokens.SPACE_M) - side, row.top() + (row.height() - side) // 2, side, side)


def _line(painter: QPainter, box: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class SuggestionList(QFrame):
    """Attributes: view: the list itself. Signals: chosen: a line was clicked; starred: its star was."""

    chosen = Signal(Suggestion)
    starred = Signal(Suggestion)

    def __init__(self, look: Look, field: QWidget) -> None:
        super().__init__(field, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._look = look
        self._field = field
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._lines = _Lines()
        self.view = QListView()
        self._painter = _LinePainter(look, self._lines)
        self.view.setModel(self._lines)
        self.view.setItemDelegate(self._painter)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMinimumHeight(1)  # of itself it would be two rows high where there is only one
        self.view.setStyleSheet("QListView { border: 0; background: transparent; }")
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, look.theme.px(tokens.SPACE_XS), 1, look.theme.px(tokens.SPACE_XS))
        column.addWidget(self.view)
        self._pressed_at = QPoint()
        self.view.viewport().installEventFilter(self)
        self.view.clicked.connect(self._clicked)

    def offer(self, lines: tuple[Suggestion, ...], selected: int, name: str) -> None:
        """Shows `lines` with one of them selected (-1: none); hides when there are none."""
        if lines != self._lines.lines:
            self._lines.replace(lines)
        self.view.setAccessibleName(name)
        if not lines:
            self.hide()
            return
        self._select(selected)
        self._place(len(lines))
        self.show()

    @property
    def selected(self) -> Suggestion | None:
        row = self.view.currentIndex().row()
        return self._lines.lines[row] if self.isVisible() and 0 <= row < len(self._lines.lines) else None

    def move_selection(self, step: int) -> Suggestion | None:
        """Up or down, around the ends."""
        if self._lines.lines:
            self._select((self.view.currentIndex().row() + step) % len(self._lines.lines))
        return self.selected

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remembers where a line is pressed: on its star or beside it."""
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress:
            self._pressed_at = event.position().toPoint()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = self._look.theme.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.field))
        painter.setPen(QColor(colours.border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _clicked(self, index: QModelIndex) -> None:
        line = self._lines.lines[index.row()]
        reach = self._look.theme.px(tokens.SPACE_S)
        star = star_box(self.view.visualRect(index), self._look.theme.px).adjusted(-reach, -reach, reach, reach)
        on_star = line.favourite is not None and star.contains(self._pressed_at)
        (self.starred if on_star else self.chosen).emit(line)

    def _select(self, row: int) -> None:
        if row < 0:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        else:
            self.view.setCurrentIndex(self._lines.index(row))

    def _place(self, count: int) -> None:
        px = self._look.theme.px
        wide = max(px(_WIDTH), self._field.width())
        high = min(count, _MOST_SHOWN) * px(_ROW) + 2 * px(tokens.SPACE_XS)
        self.resize(wide, high)
        screen = self._field.screen().availableGeometry()
        below = self._field.mapToGlobal(QPoint(0, self._field.height() + px(tokens.SPACE_XS)))
        above = self._field.mapToGlobal(QPoint(0, -high - px(tokens.SPACE_XS)))
        corner = below if below.y() + high <= screen.bottom() + 1 else above
        corner.setX(max(screen.left(), min(corner.x(), screen.right() + 1 - wide)))
        self.move(corner)
