"""The quiet line that asks whether the agent is still there. GUI thread."""

from __future__ import annotations

from agent_toolbar.application.toolbar_state import IdleQuestion, ToolbarState
from agent_toolbar.i18n.sentences import reason_text
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.message_line import MessageLine
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.tokens import Tone


class IdleLine(MessageLine):
    """Never takes the keyboard: whoever is not there is not typing."""

    def __init__(self, look: Look, orders: Orders) -> None:
        super().__init__(look)
        self._orders = orders
        self._question: IdleQuestion | None = None
        look.ticker.ticked.connect(self._draw)

    @property
    def has_something(self) -> bool:
        return self._question is not None

    def show_state(self, state: ToolbarState) -> None:
        self._question = state.idle
        self._look.ticker.want(self, state.idle is not None)
        self._draw()

    def _draw(self) -> None:
        question = self._question
        if question is None:
            return
        reason = reason_text(question.reason, self._orders.agent.reasons)
        seconds = max(0, round(question.until_s - self._look.now_s()))
        follows = self.tr("Without an answer you become not ready (%1) in %2 s.")
        self.say(
            self.tr("Are you still there?"),
            Tone.ACCENT,
            (self.tr("I am here"), self._orders.agent.still_there),
            countdown=follows.replace("%1", reason).replace("%2", str(seconds)),
        )
