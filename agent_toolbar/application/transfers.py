"""What an agent does with a transfer: blind, by consultation, by conference, back. GUI thread.

The legal moves are domain.transfer; what happens to a transfer by itself is transfer_course. One at a time.
"""

from __future__ import annotations

from agent_toolbar.application.ports.telephony import Confer, Dial, HangUp, Hold, Refer, Resume, Silence
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.application.transfer_course import TransferCourse
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.transfer import (
    Transfer,
    TransferKind,
    TransferOutcome,
    TransferState,
    TransferTarget,
)

_TALKS = (TransferState.CONSULTING, TransferState.WITH_CUSTOMER)


class Transfers:
    """The orders, each legal in some states only: CallError("no_consultation") otherwise."""

    def __init__(self, course: TransferCourse) -> None:
        self._course = course

    @property
    def active(self) -> Transfer | None:
        return self._course.active

    def blind(self, view: CallView, target: TransferTarget, undo_ms: int) -> None:
        """Holds the customer at once and sends the REFER when `undo_ms` are over."""
        self._course.require_engine()
        key = self._course.around.publish(view, target, TransferKind.BLIND)
        self._course.begin(
            Transfer(
                kind=TransferKind.BLIND,
                state=TransferState.UNDOABLE,
                customer=view.call.id,
                customer_name=view.title,
                target=target,
                context_key=key,
                began_s=self._course.around.clock.now_s(),
                deadline_s=self._course.around.clock.now_s() + undo_ms / 1000,
                was_held=view.call.held,
            )
        )
        if not view.call.held:
            self._course.tell(Hold(call=view.call.id))
        if undo_ms:
            self._course.wait(undo_ms, self._course.refer_when_possible)
        else:
            self._course.refer_when_possible()

    def undo(self) -> None:
        """Before the REFER left: as if nothing had been ordered."""
        transfer = self._require(TransferState.UNDOABLE)
        if transfer.was_held:
            self._course.done(TransferOutcome.UNDONE)
        else:
            self._course.take_back(TransferOutcome.UNDONE)

    def send_now(self) -> None:
        """Does not wait for the time of undoing to pass."""
        self._require(TransferState.UNDOABLE)
        self._course.refer_when_possible()

    def consult(self, view: CallView, target: TransferTarget) -> str:
        """Holds the customer and calls the second person; the id of that call."""
        around = self._course.around
        self._course.require_engine()
        consult = around.new_id()
        key = around.publish(view, target, TransferKind.CONSULTATION)
        self._course.begin(
            Transfer(
                kind=TransferKind.CONSULTATION,
                state=TransferState.CALLING,
                customer=view.call.id,
                customer_name=view.title,
                consult=consult,
                target=target,
                context_key=key,
                began_s=around.clock.now_s(),
                was_held=view.call.held,
            )
        )
        if not view.call.held:
            self._course.tell(Hold(call=view.call.id))
        dial = Dial(call=consult, target=target.dial, display_name=target.name, context=key, consult_for=view.call.id)
        self._course.ask(dial)
        return consult

    def complete(self) -> None:
        """REFER with Replaces; while the second person still rings, a blind one in its place."""
        transfer = self._require(TransferState.CALLING, *_TALKS, TransferState.CONFERENCE)
        state = TransferState.REFERRING if transfer.state is TransferState.CALLING else TransferState.JOINING
        self._course.require_engine()
        self._course.refer(
            state,
            Refer(
                call=transfer.customer,
                target=transfer.target.dial,
                replaces=transfer.consult,
                context=transfer.context_key,
            ),
        )

    def join(self, customer: CallView, second: CallView) -> None:
        """Connects two calls that were no consultation; the held one is handed over."""
        self._adopt(customer, second)
        self.complete()

    def swap(self) -> None:
        """Talks with the other one."""
        transfer = self._require(*_TALKS)
        if transfer.state is TransferState.CONSULTING:
            self._talk_to(transfer.customer, hold=transfer.consult)
        else:
            self._talk_to(transfer.consult, hold=transfer.customer)

    def conference(self) -> None:
        transfer = self._require(*_TALKS)
        self._course.require_engine()
        self._course.move(TransferState.CONFERENCE)
        self._course.ask(Confer(calls=(transfer.customer, transfer.consult)))

    def confer(self, customer: CallView, second: CallView) -> None:
        """A conference of two calls that were no consultation."""
        self._adopt(customer, second)
        self.conference()

    def silence(self, call_id: str, silenced: bool) -> None:
        self._course.tell(Silence(call=call_id, silenced=silenced))

    def take_back(self) -> None:
        """Whatever was under way: the agent talks with the customer again."""
        transfer = self.active
        if transfer is None:
            raise CallError("no_consultation")
        match transfer.state:
            case TransferState.UNDOABLE:
                self.undo()
            case TransferState.CONFERENCE:
                self._course.tell(HangUp(call=transfer.consult))
            case TransferState.TAKING_BACK:
                pass
            case _:
                self._course.take_back(TransferOutcome.TAKEN_BACK)

    def hanging_up(self, call_id: str, *, confirmed: bool) -> bool:
        """Asks before a customer is cut off. True if the end of that call was taken care of here.

        Raises CallError("hang_up_cuts_customer") unless confirmed.
        """
        transfer = self.active
        if transfer is None or not transfer.concerns(call_id):
            return False
        if call_id == transfer.consult and transfer.state is not TransferState.JOINING:
            if transfer.state in {TransferState.CALLING, *_TALKS}:
                self._course.take_back(TransferOutcome.TAKEN_BACK)
                return True
            return False
        if transfer.state is not TransferState.TAKING_BACK and not confirmed:
            raise CallError("hang_up_cuts_customer", name=transfer.customer_name or transfer.customer)
        return False

    def _adopt(self, customer: CallView, second: CallView) -> None:
        """Two calls as if the second had been a consultation about the first."""
        self._course.begin(
            Transfer(
                kind=TransferKind.CONSULTATION,
                state=TransferState.WITH_CUSTOMER if customer.call.in_talk else TransferState.CONSULTING,
                customer=customer.call.id,
                customer_name=customer.title,
                consult=second.call.id,
                target=TransferTarget(
                    second.number.key or second.call.remote.number, second.title, second.shown_number
                ),
                began_s=self._course.around.clock.now_s(),
                was_held=customer.call.held,
            )
        )

    def _talk_to(self, call_id: str, *, hold: str) -> None:
        self._course.tell(Hold(call=hold))
        self._course.tell(Resume(call=call_id))

    def _require(self, *states: TransferState) -> Transfer:
        transfer = self.active
        if transfer is None or transfer.state not in states:
            raise CallError("no_consultation")
        return transfer
