"""What an agent orders about handing calls over, checked before anything is done. GUI thread.

The part of toolbar_port.Toolbar that is about transfers; see there for what each method raises.
"""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.call_actions import CallAction, joinable, meant, refusal_of_transfer
from agent_toolbar.application.colleagues import Colleagues
from agent_toolbar.application.ports.settings import SettingsStore
from agent_toolbar.application.ports.telephony import HangUp, Redirect
from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.application.transfer_course import TransferCourse
from agent_toolbar.application.transfers import Transfers
from agent_toolbar.domain.dial_risk import dial_risk
from agent_toolbar.domain.errors import CallError, NumberError
from agent_toolbar.domain.phone_number import canonical_number
from agent_toolbar.domain.text import plain_text
from agent_toolbar.domain.transfer import TransferState, TransferTarget

_TRY_ELSEWHERE = 480  # RFC 3261 section 21.4.18: the PBX goes on to whatever it does when nobody is there


class HandoverOrders:
    """Finds the calls and the target that an order means, and refuses in the agent's words what cannot be."""

    def __init__(
        self,
        course: TransferCourse,
        colleagues: Colleagues,
        settings: SettingsStore,
        state: Callable[[], ToolbarState],
    ) -> None:
        self._transfers = Transfers(course)
        self._around = course.around
        self._colleagues = colleagues
        self._settings = settings
        self._state = state

    def transfer(self, text: str, call_id: str, *, now: bool, confirmed: bool) -> None:
        active = self._transfers.active
        if now and active is not None and active.state is TransferState.UNDOABLE and not text:
            self._transfers.send_now()
            return
        view = self._allowed(CallAction.TRANSFER, call_id)
        wanted = self._target(text, confirmed=confirmed)
        undo_ms = 0 if now else max(0, min(self._settings.current.handover.undo_s, 10)) * 1000
        self._transfers.blind(view, wanted, undo_ms)

    def undo(self) -> None:
        self._require(CallAction.UNDO)
        self._transfers.undo()

    def consult(self, text: str, call_id: str, *, confirmed: bool) -> str:
        view = self._allowed(CallAction.CONSULT, call_id)
        return self._transfers.consult(view, self._target(text, confirmed=confirmed))

    def complete(self) -> None:
        self._require(CallAction.COMPLETE)
        two = joinable(self._state())
        if self._transfers.active is None and two is not None:
            self._transfers.join(*two)
        else:
            self._transfers.complete()

    def swap(self, resume: Callable[[str], None]) -> None:
        """`resume` takes a call off hold and holds the one in talk."""
        self._require(CallAction.SWAP)
        two = joinable(self._state())
        if self._transfers.active is None and two is not None:
            resume(two[0].call.id)
        else:
            self._transfers.swap()

    def take_back(self) -> None:
        self._require(CallAction.TAKE_BACK)
        self._transfers.take_back()

    def conference(self) -> None:
        self._require(CallAction.CONFERENCE)
        two = joinable(self._state())
        if self._transfers.active is None and two is not None:
            self._transfers.confer(*two)
        else:
            self._transfers.conference()

    def join(self, call_id: str, other_id: str) -> None:
        active = self._transfers.active
        if active is not None:
            if {call_id, other_id} != {active.customer, active.consult}:
                raise CallError("transfer_in_progress")
            self.complete()
            return
        first, second = self._allowed(CallAction.TRANSFER, call_id), self._allowed(CallAction.TRANSFER, other_id)
        if first.call.id == second.call.id:
            raise CallError("needs_two_calls")
        customer, other = sorted((first, second), key=lambda view: not view.call.held)
        self._transfers.join(customer, other)

    def silence(self, call_id: str, silenced: bool) -> None:
        self._transfers.silence(self._allowed(CallAction.SILENCE, call_id).call.id, silenced)

    def redirect(self, text: str, call_id: str, *, confirmed: bool) -> None:
        view = self._allowed(CallAction.REDIRECT, call_id)
        wanted = self._target(text, confirmed=confirmed)
        if not self._settings.current.account.redirects:
            self._around.engine.send(HangUp(call=view.call.id, sip_status=_TRY_ELSEWHERE))
            return
        key = self._around.publish(view, wanted, "redirect")
        self._around.engine.send(Redirect(call=view.call.id, target=wanted.dial, context=key))

    def hanging_up(self, call_id: str, *, confirmed: bool) -> bool:
        """True if the end of what is meant was taken care of here: a consultation, or with "" a whole conference.

        Raises CallError("hang_up_cuts_customer") unless confirmed.
        """
        active = self._transfers.active
        if active is None:
            return False
        if call_id or active.state is not TransferState.CONFERENCE:
            return self._transfers.hanging_up(self._allowed(CallAction.HANG_UP, call_id).call.id, confirmed=confirmed)
        if not confirmed:
            names = f"{active.customer_name}, {active.target.title}".strip(", ")
            raise CallError("hang_up_cuts_customer", name=names)
        for member in (active.customer, active.consult):
            if self._state().find(member) is not None:
                self._around.engine.send(HangUp(call=member))
        return True

    def _target(self, text: str, *, confirmed: bool) -> TransferTarget:
        wanted = self._colleagues.resolve(text)
        if wanted is None:
            raise NumberError("no_such_transfer_target", text=plain_text(text, 40))
        risk = dial_risk(canonical_number(wanted.dial, self._settings.current.numbers.plan()))
        if risk is not None and not confirmed:
            raise CallError("target_asks", number=wanted.number, risk=risk)
        return wanted

    def _require(self, action: CallAction) -> None:
        why = refusal_of_transfer(action, self._state())
        if why is not None:
            raise CallError(why)

    def _allowed(self, action: CallAction, call_id: str) -> CallView:
        return meant(action, call_id, self._state())
