"""The bar for small screens: state, caller, time, answer and hang up. The same window, other content."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_toolbar.application.ports.settings import ShortcutSettings
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.i18n.sentences import agent_full_words, registration_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.call_buttons import CallButtons, OpenRows
from agent_toolbar.ui.call_zone import CallTimer
from agent_toolbar.ui.labels import IconLabel, PlainLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.tokens import Tone

_TEXT_WIDTH = 150


class Pill(QWidget):
    """Shows the current call, or the agent's state while there is none."""

    def __init__(self, look: Look, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._orders = orders
        px = look.theme.px
        self._state_icon = IconLabel(look, tokens.ICON)
        self._text = PlainLabel(look, strong=True, elastic=True)
        self._timer = CallTimer(look, Tone.MUTED)
        self._timer.fit_to("0:00:00")
        self.buttons = CallButtons(look, orders)
        for button in self.buttons.quiet:
            button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(tokens.SPACE_S))
        row.addWidget(self._state_icon)
        row.addWidget(self._text)
        row.addWidget(self._timer)
        row.addWidget(self.buttons)
        self._text.setFixedWidth(px(_TEXT_WIDTH))

    def show_state(self, state: ToolbarState, keys: ShortcutSettings) -> None:
        icon, tone = call_words.AGENT_LOOK[state.agent.state]
        word = agent_full_words(state.agent, self._orders.agent.reasons)
        view = state.current_call
        self._state_icon.show_icon(icon, tone, f"{word}, {registration_text(state.registration)}")
        self._text.show_text(call_words.title(view) if view is not None else word)
        self._timer.count_from(call_words.counts_from_s(view.call) if view is not None else 0.0)
        self.buttons.show_state(state, keys, OpenRows())
