"""Two calls that are no consultation: connect them with each other, or all three in a conference. GUI thread."""

from __future__ import annotations

from agent_toolbar.application.call_actions import CallAction, joinable, refusal_of_transfer
from agent_toolbar.application.ports.settings import ShortcutSettings
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.i18n.sentences import refusal_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.flow_row import FlowRow
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, WrappingLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.shortcuts import key_text
from agent_toolbar.ui.target_chooser import BUTTON, WIDEST_BUTTON
from agent_toolbar.ui.tokens import Tone


class JoinRow(FlowRow):
    """Stands below the field while there are just two connected calls."""

    def __init__(self, look: Look, orders: Orders) -> None:
        super().__init__(look)
        self._icon = IconLabel(look, tokens.ICON)
        self.caption = WrappingLabel(look)
        self.join = BarButton(look, Icon.JOIN, height=BUTTON, raised=True)
        self.conference = BarButton(look, Icon.CONFERENCE, height=BUTTON, raised=True)
        self.add(self._icon, leads=True)
        self.add(self.caption)
        self.add(self.join, most=WIDEST_BUTTON)
        self.add(self.conference, most=WIDEST_BUTTON)
        self.join.clicked.connect(orders.handover.complete)
        self.conference.clicked.connect(orders.handover.conference)

    def show_state(self, state: ToolbarState, keys: ShortcutSettings) -> bool:
        """Answers whether there are two calls to join."""
        two = joinable(state)
        if two is None:
            return False
        first, second = (call_words.title(view) for view in two)
        self._icon.show_icon(Icon.JOIN, Tone.MUTED)
        words = self.tr("Or connect %1 with %2:").replace("%1", first, 1).replace("%2", second, 1)
        self.caption.setText(words)
        for button, word, key, action in (
            (self.join, self.tr("Join these two"), keys.complete, CallAction.COMPLETE),
            (self.conference, self.tr("Conference"), keys.conference, CallAction.CONFERENCE),
        ):
            refused = refusal_of_transfer(action, state)
            button.show_word(word)
            button.explain(word, key=key_text(key), refusal=refusal_text(refused) if refused is not None else "")
        self.arrange()
        return True
