"""The agent's state in the bar: sign, word and time. A click changes between ready and not ready. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHideEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.agent import AgentState, AgentStatus, Agreement
from agent_toolbar.i18n.formats import time_text, timer_text
from agent_toolbar.i18n.sentences import (
    after_call_text,
    agent_full_words,
    agent_state_text,
    agent_words,
    agreement_text,
    overdue_text,
)
from agent_toolbar.ui import tokens
from agent_toolbar.ui.agent_menu import AgentMenu
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.call_words import AGENT_LOOK
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.swatch import paint_swatch
from agent_toolbar.ui.tokens import Tone

_ARROW_WIDTH = 24  # the least that a target may have (WCAG 2.2 section 2.5.8)
_SIGN = 12
_AGREEMENT_SIGNS: dict[Agreement, tuple[Icon, Tone]] = {
    Agreement.PENDING: (Icon.WAITING, Tone.MUTED),
    Agreement.LOST: (Icon.WARNING, Tone.FAULT),
    Agreement.CHANGED_THERE: (Icon.WARNING, Tone.NOT_READY),
}


class AgentStateButton(BarButton):
    """What the agent chose, large; what the telephone system makes of it, as a small sign behind the time.

    Attributes:
        arrow: opens `menu`, which holds the reasons.
    """

    def __init__(self, look: Look, toolbar: Toolbar, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(look, Icon.CTI_OFF, parent=parent)
        self._orders = orders
        self._status = AgentStatus()
        self._line = ""
        self._words_shown = True
        self.menu = AgentMenu(look, toolbar, orders, self)
        self.arrow = BarButton(
            look, Icon.OPEN_MENU, width=_ARROW_WIDTH, height=tokens.CONTROL + tokens.SPACE_XS, parent=self
        )
        self.clicked.connect(orders.agent.toggle_ready)
        self.arrow.clicked.connect(self.open_menu)
        look.ticker.ticked.connect(self._count)

    def show_state(self, state: ToolbarState, key: str) -> None:
        self._status = status = state.agent
        reasons = self._orders.agent.reasons
        off = self.tr("CTI is off. Switch it on first.") if status.state is AgentState.CTI_OFF else ""
        told = [agent_full_words(status, reasons), status.note, after_call_text(status, reasons)]
        if status.overdue_s:
            words = self.tr("its time was over at %1") if self._is_overdue else self.tr("until %1")
            told.append(words.replace("%1", time_text(status.overdue_s)))
        told.append(agreement_text(status.agreement))
        words = ", ".join(filter(None, told))
        does = self.tr("Become not ready") if self._orders.agent.is_ready else self.tr("Become ready")
        if status.state is AgentState.WRAP_UP:
            does = self.tr("First finish the record of the call")
        self.explain(
            f"{does}\n{words}" if not off else does,
            key=key if off else "",
            refusal=off,
            name=self.tr("Your state: %1").replace("%1", words),
        )
        if not off:
            self.setAccessibleDescription(f"{does} ({key})" if key else does)
        self.arrow.explain(self.tr("Choose your state"), refusal=off)
        self.arrow.show_icon(Icon.OPEN_MENU, Tone.MUTED)
        self._follow_time()

    def set_words_shown(self, shown: bool) -> None:
        self._words_shown = shown
        self.updateGeometry()
        self.setFixedWidth(self.sizeHint().width())

    def sizeHint(self) -> QSize:
        return QSize(self.width_with(words=self._words_shown), self._look.theme.px(tokens.CONTROL + tokens.SPACE_XS))

    def width_with(self, *, words: bool) -> int:
        """Room for the longest word of the language, so that nothing beside it moves."""
        px = self._look.theme.px
        wide = px(tokens.ICON) + px(_ARROW_WIDTH) + px(tokens.SPACE_S)
        if not words:
            return wide
        metrics = QFontMetrics(self._look.theme.font(strong=True))
        shown = [agent_state_text(AgentStatus(state)) for state in AgentState]
        return wide + max(metrics.horizontalAdvance(text) for text in [*shown, "00:00:00"]) + 2 * px(tokens.SPACE_S)

    def open_menu(self) -> None:
        self.menu.refresh()
        below = self.mapToGlobal(QPoint(0, self.height()))
        high = self.menu.sizeHint().height()
        fits = below.y() + high <= self.screen().availableGeometry().bottom()
        self.menu.popup(below if fits else self.mapToGlobal(QPoint(0, -high)))

    # ------------------------------------------------------------------ Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self._look.theme.px(_ARROW_WIDTH)
        self.arrow.setGeometry(self.width() - wide, 0, wide, self.height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow_time()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._follow_time()

    # ------------------------------------------------------------------ inside

    @property
    def _is_overdue(self) -> bool:
        return 0.0 < self._status.overdue_s <= self._look.now_s()

    def _follow_time(self) -> None:
        """This one counts all day, so it does not while nobody can see it."""
        self._look.ticker.want(self, bool(self._counts_from()) and self.isVisible())
        self._line = self._second_line()
        self.update()

    def _counts_from(self) -> float:
        return 0.0 if self._status.state is AgentState.CTI_OFF else self._status.since_s

    def _second_line(self) -> str:
        """In a call the call's own zone counts, so here stands what follows it."""
        after = after_call_text(self._status, self._orders.agent.reasons)
        since = self._counts_from()
        if after or not since:
            return after
        elapsed = timer_text(int(self._look.now_s()) - int(since))
        return overdue_text(elapsed) if self._is_overdue else elapsed

    def _count(self) -> None:
        line = self._second_line()
        if line != self._line:
            self._line = line
            self.update()  # not the line alone: the ground of a pointer that went meanwhile would stay beside it

    def _text_left(self) -> int:
        px = self._look.theme.px
        return px(tokens.SPACE_S) + px(tokens.ICON) + px(tokens.SPACE_S)

    def _paint_content(self, painter: QPainter) -> None:
        theme = self._look.theme
        px = theme.px
        side, gap = px(tokens.ICON), px(tokens.SPACE_S)
        icon, tone = AGENT_LOOK[self._status.state]
        self._look.icons.paint(painter, QRect(gap, (self.height() - side) // 2, side, side), icon, theme.ink(tone))
        sign = _AGREEMENT_SIGNS.get(self._status.agreement)
        small = px(_SIGN)
        if not self._words_shown:
            self._paint_colour(painter, QRect(gap + side - small // 2, px(2), small, small))
            if sign is not None:
                corner = QRect(gap + side - small // 2, self.height() - small - px(2), small, small)
                self._look.icons.paint(painter, corner, sign[0], theme.ink(sign[1]))
            return
        left = self._text_left()
        room = self.arrow.x() - left
        painter.setFont(theme.font(strong=True))
        line = painter.fontMetrics().height()
        top = (self.height() - line * (2 if self._line else 1)) // 2
        painter.setPen(theme.ink(Tone.TEXT if self.isEnabled() else Tone.MUTED))
        words = agent_words(self._status, self._orders.agent.reasons)
        dot = self._paint_colour(painter, QRect(left, top, room, line))
        self._draw_line(painter, QRect(left + dot, top, room - dot, line), words)
        painter.setFont(theme.font())
        painter.setPen(theme.ink(Tone.NOT_READY if self._is_overdue else Tone.MUTED))
        beside = small + px(tokens.SPACE_XS) if sign is not None else 0
        drawn = self._draw_line(painter, QRect(left, top + line, room - beside, line), self._line)
        if sign is not None:
            box = QRect(left + drawn + px(tokens.SPACE_XS), top + line + (line - small) // 2, small, small)
            self._look.icons.paint(painter, box, sign[0], theme.ink(sign[1]))

    def _paint_colour(self, painter: QPainter, room: QRect) -> int:
        """The dot of the reason in force, at the beginning of `room`; answers the width that it takes."""
        if self._status.state is not AgentState.NOT_READY:
            return 0
        reasons = self._orders.agent.reasons
        colour = next((one.colour for one in reasons if one.code == self._status.reason), "")
        if not colour:
            return 0
        side = self._look.theme.px(_SIGN)
        box = QRect(room.left(), room.top() + (room.height() - side) // 2, side, side)
        paint_swatch(painter, box, self._look.theme, colour)
        return side + self._look.theme.px(tokens.SPACE_XS)

    def _draw_line(self, painter: QPainter, room: QRect, text: str) -> int:
        """Answers the width of what was drawn."""
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, shown)
        return painter.fontMetrics().horizontalAdvance(shown)
