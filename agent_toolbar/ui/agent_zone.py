"""Left end of the bar: the CTI switch with the registration in words, and the agent's state with its time and menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.agent import AgentState, AgentStatus
from agent_toolbar.domain.registration import RegistrationSnapshot, RegistrationState
from agent_toolbar.i18n.formats import timer_text
from agent_toolbar.i18n.sentences import agent_state_text, registration_text, registration_tooltip
from agent_toolbar.ui import tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.call_words import AGENT_LOOK
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import PlainLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.switch import Switch
from agent_toolbar.ui.tokens import Tone

_REGISTRATION_TONES = {
    RegistrationState.RETRYING: Tone.FAULT,
    RegistrationState.REFUSED: Tone.FAULT,
}


class CtiZone(QWidget):
    """The switch, and beside it what became of it."""

    def __init__(self, look: Look, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.switch = Switch(look)
        self._title = PlainLabel(look, strong=True, elastic=True)
        self._words = PlainLabel(look, Tone.MUTED, elastic=True)
        self._text = QWidget()
        lines = QVBoxLayout(self._text)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addStretch()
        lines.addWidget(self._title)
        lines.addWidget(self._words)
        lines.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(tokens.SPACE_S))
        row.addWidget(self.switch)
        row.addWidget(self._text)
        self.switch.clicked.connect(lambda: orders.switch_cti(not orders.state.cti_on))

    def show_state(self, state: ToolbarState) -> None:
        registration = state.registration
        words = registration_text(registration)
        self.switch.setChecked(state.cti_on)
        self.switch.setAccessibleName(self.tr("CTI: telephone on or off"))
        self.switch.setAccessibleDescription(words)
        says = registration_tooltip(registration)
        does = self.tr("Switch CTI off") if state.cti_on else self.tr("Switch CTI on")
        self.switch.setToolTip(tool_tip(f"{does}\n{says}"))
        self._title.show_text(
            self.tr("Practice") if state.practice else self.tr("CTI"), Tone.ACCENT if state.practice else Tone.TEXT
        )
        self._words.show_text(words, _REGISTRATION_TONES.get(registration.state, Tone.MUTED))

    def words_width(self) -> int:
        """Room for the longest words of the language, so that nothing beside them moves."""
        metrics = self._words.fontMetrics()
        texts = [registration_text(RegistrationSnapshot(state)) for state in RegistrationState]
        return max(metrics.horizontalAdvance(text) for text in texts) + self._look.theme.px(tokens.SPACE_S)

    def set_words_shown(self, shown: bool, width: int) -> None:
        self._text.setVisible(shown)
        self._text.setFixedWidth(width)


class AgentStateButton(BarButton):
    """The agent's state: sign, word and time; opens the menu that changes it."""

    def __init__(self, look: Look, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(look, Icon.CTI_OFF, parent=parent)
        self._orders = orders
        self._status = AgentStatus()
        self._since = ""
        self._words_shown = True
        self._menu = QMenu(self)
        group = QActionGroup(self)
        self.ready = self._choice(group, True)
        self.not_ready = self._choice(group, False)
        self.clicked.connect(self._open_menu)
        look.ticker.ticked.connect(self._count)

    def show_state(self, state: ToolbarState, key: str) -> None:
        self._status = state.agent
        word = agent_state_text(state.agent)
        off = state.agent.state is AgentState.CTI_OFF
        self.explain(
            self.tr("Change your state"),
            key=key,
            refusal=self.tr("CTI is off. Switch it on first.") if off else "",
            name=self.tr("Your state: %1").replace("%1", word),
        )
        self.ready.setText(self.tr("Ready"))
        self.not_ready.setText(self.tr("Not ready"))
        self.ready.setIcon(self._look.icons.icon(Icon.READY, Tone.READY))
        self.not_ready.setIcon(self._look.icons.icon(Icon.NOT_READY, Tone.NOT_READY))
        chosen = self.ready if self._orders.is_ready else self.not_ready
        chosen.setChecked(True)
        for action in (self.ready, self.not_ready):
            action.setFont(self._look.theme.font(strong=action is chosen))
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
        wide = px(tokens.ICON) + px(tokens.SPACE_L) + 2 * px(tokens.SPACE_S)
        if not words:
            return wide
        metrics = QFontMetrics(self._look.theme.font(strong=True))
        shown = [agent_state_text(AgentStatus(state)) for state in AgentState]
        return wide + max(metrics.horizontalAdvance(text) for text in [*shown, "00:00:00"]) + px(tokens.SPACE_S)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow_time()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._follow_time()

    # ------------------------------------------------------------------ inside

    def _follow_time(self) -> None:
        """This one counts all day, so it does not while nobody can see it."""
        self._look.ticker.want(self, bool(self._counts_from()) and self.isVisible())
        self._since = self._elapsed()
        self.update()

    def _choice(self, group: QActionGroup, ready: bool) -> QAction:
        action = self._menu.addAction("")
        action.setCheckable(True)
        group.addAction(action)
        action.triggered.connect(lambda: self._orders.set_ready(ready))
        return action

    def _open_menu(self) -> None:
        below = self.mapToGlobal(QPoint(0, self.height()))
        high = self._menu.sizeHint().height()
        fits = below.y() + high <= self.screen().availableGeometry().bottom()
        self._menu.popup(below if fits else self.mapToGlobal(QPoint(0, -high)))

    def _counts_from(self) -> float:
        return 0.0 if self._status.state is AgentState.CTI_OFF else self._status.since_s

    def _elapsed(self) -> str:
        since = self._counts_from()
        return timer_text(int(self._look.now_s()) - int(since)) if since else ""

    def _count(self) -> None:
        elapsed = self._elapsed()
        if elapsed != self._since:
            self._since = elapsed
            self.update(self._time_box())

    def _text_left(self) -> int:
        px = self._look.theme.px
        return px(tokens.SPACE_S) + px(tokens.ICON) + px(tokens.SPACE_S)

    def _time_box(self) -> QRect:
        left = self._text_left()
        return QRect(left, self.height() // 2, self.width() - left, self.height() // 2)

    def _paint_content(self, painter: QPainter) -> None:
        theme = self._look.theme
        px = theme.px
        side, gap = px(tokens.ICON), px(tokens.SPACE_S)
        icon, tone = AGENT_LOOK[self._status.state]
        self._look.icons.paint(painter, QRect(gap, (self.height() - side) // 2, side, side), icon, theme.ink(tone))
        caret = px(tokens.SPACE_M)
        caret_box = QRect(self.width() - caret - px(tokens.SPACE_XS), (self.height() - caret) // 2, caret, caret)
        ink = theme.ink(Tone.MUTED if self.isEnabled() else Tone.DISABLED)
        self._look.icons.paint(painter, caret_box, Icon.OPEN_MENU, ink)
        if not self._words_shown:
            return
        left = self._text_left()
        word = agent_state_text(self._status)
        line = painter.fontMetrics().height()
        top = (self.height() - line * (2 if self._since else 1)) // 2
        painter.setFont(theme.font(strong=True))
        painter.setPen(theme.ink(Tone.TEXT if self.isEnabled() else Tone.MUTED))
        painter.drawText(QRect(left, top, caret_box.left() - left, line), Qt.AlignmentFlag.AlignLeft, word)
        painter.setFont(theme.font())
        painter.setPen(theme.ink(Tone.MUTED))
        painter.drawText(
            QRect(left, top + line, caret_box.left() - left, line), Qt.AlignmentFlag.AlignLeft, self._since
        )
