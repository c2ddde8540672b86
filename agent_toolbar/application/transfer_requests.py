"""A party that asks this telephone to call somebody else instead (REFER): only the agent decides. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.call_actions import CallAction, meant
from agent_toolbar.application.ports.telephony import AnswerTransferRequest, Hold, Resume, TelephonyEngine
from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.dial_risk import dial_risk
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number, display_number


class TransferRequests:
    """Answers requests, and takes the old call off hold when the new one comes to nothing."""

    def __init__(
        self,
        engine: TelephonyEngine,
        state: Callable[[], ToolbarState],
        plan: Callable[[], NumberPlan],
        new_id: Callable[[], str],
    ) -> None:
        self._engine = engine
        self._state = state
        self._plan = plan
        self._new_id = new_id
        self._left: dict[str, str] = {}  # the call that was left, by the id of the one that was made for it

    def answer(self, accepted: bool, call_id: str, *, confirmed: bool) -> None:
        """Raises CallError: a Refusal, or target_asks with `number` and `risk` unless confirmed."""
        view = meant(CallAction.ANSWER_REQUEST, call_id, self._state())
        if not accepted:
            self._engine.send(AnswerTransferRequest(call=view.call.id, accepted=False))
            return
        target, plan = view.call.transfer_request, self._plan()
        risk = dial_risk(canonical_number(target, plan))
        if risk is not None and not confirmed:
            raise CallError("target_asks", number=display_number(target, plan), risk=risk)
        if not view.call.held:
            self._engine.send(Hold(call=view.call.id))
        new_call = self._new_id()
        self._left[new_call] = view.call.id
        self._engine.send(AnswerTransferRequest(call=view.call.id, accepted=True, new_call=new_call))

    def call_changed(self, view: CallView) -> None:
        """Told of each call."""
        left = self._left.get(view.call.id)
        if left is None or not (view.call.answered_s or not view.call.live):
            return
        del self._left[view.call.id]
        if not view.call.answered_s and self._state().find(left) is not None:
            self._engine.send(Resume(call=left))
