"""What a person orders to hand a call over: transfer, consultation, conference, redirection. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from agent_toolbar.application.call_actions import CallAction, refusal
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.transfer import TransferTarget
from agent_toolbar.i18n.sentences import refusal_text

if TYPE_CHECKING:
    from agent_toolbar.ui.orders import Orders


class HandoverOrders(QObject):
    """Each order is checked by the table of actions first, so that a key says the same as its button.

    Signals:
        begun: a call goes to the target that was typed, so the field can be emptied.
    """

    begun = Signal()

    def __init__(self, toolbar: Toolbar, orders: Orders) -> None:
        super().__init__(orders)
        self._toolbar = toolbar
        self._orders = orders

    # ------------------------------------------------------------------ to somebody

    def transfer(self, text: str, call_id: str) -> None:
        """Blind; can be undone for some seconds."""
        if self._allowed(CallAction.TRANSFER, call_id):
            self._to_target(lambda yes: self._toolbar.transfer(text, call_id, confirmed=yes), call_id)

    def consult(self, text: str, call_id: str) -> None:
        if self._allowed(CallAction.CONSULT, call_id):
            self._to_target(lambda yes: self._toolbar.consult(text, call_id, confirmed=yes), call_id)

    def redirect(self, text: str, call_id: str) -> None:
        """A ringing call goes elsewhere."""
        if self._allowed(CallAction.REDIRECT, call_id):
            self._to_target(lambda yes: self._toolbar.redirect(text, call_id, confirmed=yes), call_id)

    def resolve(self, text: str) -> TransferTarget | None:
        """Where a call would go for what was typed."""
        return self._toolbar.resolve_target(text) if text else None

    # ------------------------------------------------------------------ under way

    def undo(self) -> None:
        self._if_allowed(CallAction.UNDO, self._toolbar.undo)

    def hand_over_now(self) -> None:
        """Without waiting for the seconds in which it could be undone."""
        self._if_allowed(CallAction.UNDO, lambda: self._toolbar.transfer("", now=True))

    def complete(self) -> None:
        self._if_allowed(CallAction.COMPLETE, self._toolbar.complete)

    def swap(self) -> None:
        self._if_allowed(CallAction.SWAP, self._toolbar.swap)

    def take_back(self) -> None:
        self._if_allowed(CallAction.TAKE_BACK, self._toolbar.take_back)

    def conference(self) -> None:
        self._if_allowed(CallAction.CONFERENCE, self._toolbar.conference)

    def join(self, call_id: str, other_id: str) -> None:
        """Connects the two other parties and leaves them."""
        self._orders.carry_out(lambda: self._toolbar.join(call_id, other_id))

    def silence(self, call_id: str, silenced: bool) -> None:
        self._orders.carry_out(lambda: self._toolbar.silence(call_id, silenced))

    def set_favourite(self, extension: str, favourite: bool, name: str = "") -> None:
        self._orders.carry_out(lambda: self._toolbar.set_favourite(extension, favourite, name))

    # ------------------------------------------------------------------ inside

    def _allowed(self, action: CallAction, call_id: str) -> bool:
        state = self._toolbar.state
        why = refusal(action, state, state.find(call_id))
        if why is not None:
            self._orders.refused.emit(refusal_text(why))
        return why is None

    def _if_allowed(self, action: CallAction, order: Callable[[], None]) -> None:
        if self._orders.allowed(action):
            self._orders.carry_out(order)

    def _to_target(self, order: Callable[[bool], object], call_id: str) -> None:
        self._orders.carry_out_or_ask(order, about=call_id, done=self.begun.emit)
