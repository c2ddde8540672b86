"""Paints one row of the history: direction, who it was, number, when, and how it went. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.i18n.formats import time_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.history_model import HistoryModel, Role, is_missed
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import Tone

ROW_HEIGHT = 48
_NEW_DOT = 6
_LONGEST_PAINTED = 200


class HistoryRow(QStyledItemDelegate):
    """Plain text only; two lines at the left, two at the right."""

    def __init__(self, look: Look, model: HistoryModel) -> None:
        super().__init__()
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(0, self._look.theme.px(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heading = index.data(Role.HEADING)
        if heading:
            self._paint_heading(painter, option.rect, str(heading))
        else:
            self._paint_ground(painter, option)
            self._paint_call(painter, option.rect, index.data(Role.RECORD))
        painter.restore()

    # ------------------------------------------------------------------ parts

    def _paint_heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        px = self._look.theme.px
        painter.setFont(self._look.theme.font(strong=True))
        painter.setPen(self._look.theme.ink(Tone.MUTED))
        place = rect.adjusted(px(tokens.SPACE_L), 0, -px(tokens.SPACE_L), -px(tokens.SPACE_S))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
        painter.setPen(QPen(QColor(self._look.theme.palette.hairline), tokens.HAIRLINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme = self._look.theme
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            ground = theme.soft(Tone.ACCENT)
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = QColor(theme.palette.hover)
        else:
            return
        place = option.rect.adjusted(theme.px(4), 1, -theme.px(4), -1)
        focused = state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected
        painter.setPen(QPen(theme.ink(Tone.ACCENT), 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, theme.px(tokens.RADIUS), theme.px(tokens.RADIUS))

    def _paint_call(self, painter: QPainter, rect: QRect, record: CallRecord) -> None:
        theme = self._look.theme
        px = theme.px
        missed = is_missed(record)
        inner = rect.adjusted(px(tokens.SPACE_L), px(6), -px(tokens.SPACE_L), -px(6))
        icon_place = QRect(inner.left(), rect.center().y() - px(tokens.ICON) // 2, px(tokens.ICON), px(tokens.ICON))
        icon = Icon.INCOMING if record.direction is CallDirection.INCOMING else Icon.OUTGOING
        tone = Tone.FAULT if missed else Tone.MUTED
        self._look.icons.paint(painter, icon_place, Icon.MISSED if missed else icon, theme.ink(tone))
        if missed and not record.seen:
            self._paint_dot(painter, rect)
        inner.setLeft(icon_place.right() + px(tokens.SPACE_M))
        half = inner.height() // 2
        upper = QRect(inner.left(), inner.top(), inner.width(), half)
        lower = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
        strong, normal = theme.font(strong=missed and not record.seen), theme.font()
        outcome_tone = Tone.FAULT if missed else Tone.MUTED
        upper = self._right(painter, upper, time_text(record.started_s), normal, Tone.TEXT)
        lower = self._right(painter, lower, self._model.outcome(record), normal, outcome_tone)
        self._left(painter, upper, self._model.title(record), strong, Tone.TEXT)
        self._left(painter, lower, self._second_line(record), normal, Tone.MUTED)

    def _paint_dot(self, painter: QPainter, rect: QRect) -> None:
        px = self._look.theme.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.ink(Tone.FAULT))
        side = px(_NEW_DOT)
        painter.drawEllipse(rect.left() + px(tokens.SPACE_XS + 1), rect.center().y() - side // 2, side, side)

    def _second_line(self, record: CallRecord) -> str:
        number = self._model.shown_number(record) if record.name else ""
        return "  ·  ".join(part for part in (number, self._model.mark(record), record.company) if part)

    def _right(self, painter: QPainter, place: QRect, text: str, font: QFont, tone: Tone) -> QRect:
        """Paints at the right end and answers what is left of `place`."""
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(self._look.theme.ink(tone))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return place.adjusted(0, 0, -width - self._look.theme.px(tokens.SPACE_M), 0)

    def _left(self, painter: QPainter, place: QRect, text: str, font: QFont, tone: Tone) -> None:
        shown = QFontMetrics(font).elidedText(text[:_LONGEST_PAINTED], Qt.TextElideMode.ElideRight, place.width())
        painter.setFont(font)
        painter.setPen(self._look.theme.ink(tone))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
