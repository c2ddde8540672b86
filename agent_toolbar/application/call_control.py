"""Commands about calls: checks that they make sense, keeps one call in talk, and tells the engine. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.call_actions import CallAction, meant, refusal
from agent_toolbar.application.ports.telephony import (
    Answer,
    Dial,
    HangUp,
    Hold,
    Mute,
    Resume,
    SendDtmf,
    TelephonyEngine,
)
from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.errors import CallError, NumberError
from agent_toolbar.domain.phone_number import NumberKind, NumberPlan, canonical_number, dial_string
from agent_toolbar.domain.text import plain_text

MAX_DIGITS = 64
_DTMF = frozenset("0123456789ABCD*#,")


class CallControl:
    """The agent's hands on the calls. `state` gives the toolbar as it is now; `new_id` a fresh id for a call."""

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

    def dial(self, text: str) -> str:
        """Calls what was typed; a call in talk is put on hold first. Answers the id of the new call.

        Raises NumberError("not_a_number") or CallError with a Refusal as its code.
        """
        plan = self._plan()
        number = canonical_number(text, plan)
        if number.kind in {NumberKind.ANONYMOUS, NumberKind.INVALID}:
            raise NumberError("not_a_number", text=plain_text(text, 40))
        why = refusal(CallAction.DIAL, self._state(), None)
        if why is not None:
            raise CallError(why)
        self._hold_talk(except_call="")
        call_id = self._new_id()
        self._engine.send(Dial(call=call_id, target=dial_string(number, plan)))
        return call_id

    def answer(self, call_id: str = "") -> None:
        view = self._allowed(CallAction.ANSWER, call_id)
        self._hold_talk(except_call=view.call.id)
        self._engine.send(Answer(call=view.call.id))

    def hang_up(self, call_id: str) -> None:
        self._engine.send(HangUp(call=self._allowed(CallAction.HANG_UP, call_id).call.id))

    def hold(self, call_id: str = "") -> None:
        self._engine.send(Hold(call=self._allowed(CallAction.HOLD, call_id).call.id))

    def resume(self, call_id: str = "") -> None:
        view = self._allowed(CallAction.RESUME, call_id)
        self._hold_talk(except_call=view.call.id)
        self._engine.send(Resume(call=view.call.id))

    def mute(self, muted: bool, call_id: str = "") -> None:
        view = self._allowed(CallAction.MUTE if muted else CallAction.UNMUTE, call_id)
        self._engine.send(Mute(call=view.call.id, muted=muted))

    def send_dtmf(self, digits: str, call_id: str = "") -> None:
        """Raises CallError("bad_digits") for anything but 0-9 A-D * # and the comma, or more than 64."""
        typed = digits.upper()
        if not typed or len(typed) > MAX_DIGITS or not _DTMF.issuperset(typed):
            raise CallError("bad_digits", digits=plain_text(digits, 20))
        self._engine.send(SendDtmf(call=self._allowed(CallAction.DTMF, call_id).call.id, digits=typed))

    def _allowed(self, action: CallAction, call_id: str) -> CallView:
        return meant(action, call_id, self._state())

    def _hold_talk(self, except_call: str) -> None:
        for view in self._state().calls:
            if view.call.in_talk and not view.call.changing_hold and view.call.id != except_call:
                self._engine.send(Hold(call=view.call.id))
