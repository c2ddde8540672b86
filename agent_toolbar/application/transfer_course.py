"""The course of a transfer: what each event of a call means for it, and how a customer is taken back. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from agent_toolbar.application.ports.runtime import Clock, Timer, Timers
from agent_toolbar.application.ports.telephony import (
    AnyCommand,
    CommandRefused,
    Confer,
    Dial,
    EngineLink,
    HangUp,
    Hold,
    Refer,
    Resume,
    TelephonyEngine,
)
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.application.transfer_reading import progress_of, transfer_of_calls
from agent_toolbar.domain.call import CallEndCause, CallParty, CallState, ReferProgress
from agent_toolbar.domain.errors import CallError, EngineError
from agent_toolbar.domain.transfer import (
    Transfer,
    TransferOutcome,
    TransferProgress,
    TransferState,
    TransferTarget,
    outcome_of_cause,
    outcome_of_refer,
)

SILENCE_MS = 30_000  # nothing is heard of a REFER: the customer is taken back
RINGING_PATIENCE_MS = 120_000  # the PBX said that the target rings, and then nothing
RETRY_MS = 1_000
OUTCOME_SHOWN_MS = 8_000

_RESUMES = 10
_CONSULTED = frozenset({TransferState.CONSULTING, TransferState.WITH_CUSTOMER})
_REFERS = frozenset({TransferState.REFERRING, TransferState.JOINING})
_HANDED_OVER = frozenset({TransferOutcome.HANDED_OVER, TransferOutcome.HANDED_OVER_UNPROVEN})


@dataclass(frozen=True)
class TransferSurroundings:
    """What transfers need of the application.

    Attributes:
        find: a live call by id. live: all of them, oldest first.
        link: whether there is an engine to speak to.
        publish: keeps the story that goes with a call, and answers its key ("" if none).
        changed: told after each change of `Transfers.current`.
    """

    engine: TelephonyEngine
    clock: Clock
    timers: Timers
    new_id: Callable[[], str]
    find: Callable[[str], CallView | None]
    live: Callable[[], tuple[CallView, ...]]
    link: Callable[[], EngineLink]
    publish: Callable[[CallView, TransferTarget, str], str]
    changed: Callable[[], None]


class TransferCourse:
    """Where the transfer of this desk stands, and what happens to it by itself.

    Attributes:
        around: see there.
        current: under way or ended in the last eight seconds, else None.
    """

    def __init__(self, around: TransferSurroundings) -> None:
        self.around = around
        self._timer: Timer | None = None
        self._request = 0
        self._earlier: ReferProgress | None = None  # what came of the last attempt is not what comes of this one
        self._resumed = 0
        self._husks: dict[str, str] = {}  # our leg of a call that came back, by the id of the call that it came back as
        self.current: Transfer | None = None

    @property
    def active(self) -> Transfer | None:
        return self.current if self.current is not None and self.current.active else None

    # ------------------------------------------------------------------ its moves

    def begin(self, transfer: Transfer) -> None:
        if self.active is not None:
            raise CallError("transfer_in_progress")
        self._cancel_timer()
        self.current = transfer
        self.around.changed()

    def move(self, state: TransferState, **changes: Any) -> None:  # noqa: ANN401 - the fields of Transfer
        transfer = self.active
        assert transfer is not None
        after = transfer.moved(state, **changes)
        if state is not transfer.state:
            self._cancel_timer()
        if after != transfer:
            self.current = after
            self.around.changed()

    def done(self, outcome: TransferOutcome) -> None:
        self.move(TransferState.DONE, outcome=outcome)
        self._forget_later()

    def _forget_later(self) -> None:
        ended = self.current

        def forget() -> None:
            if self.current is ended:
                self.current = None
                self.around.changed()

        self.around.timers.after_ms(OUTCOME_SHOWN_MS, forget)

    def wait(self, delay_ms: int, action: Callable[[], None]) -> None:
        self._cancel_timer()

        def fire() -> None:
            self._timer = None
            action()

        self._timer = self.around.timers.after_ms(delay_ms, fire)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def tell(self, command: AnyCommand) -> None:
        """Without an engine nothing is lost: when one is attached again, the calls say what is still to be done."""
        try:
            self.around.engine.send(command)
        except EngineError:
            if self.around.link() is EngineLink.ATTACHED:
                raise

    def require_engine(self) -> None:
        """Raises EngineError("engine_not_attached"): an order is not begun that nobody can carry out."""
        if self.around.link() is not EngineLink.ATTACHED:
            raise EngineError("engine_not_attached")

    def ask(self, command: Dial | Refer | Confer) -> None:
        """Tells the engine, and hears of a refusal."""
        self._request += 1
        self.tell(msgspec.structs.replace(command, request=self._request))

    def refused(self, refused: CommandRefused) -> None:
        """The engine could not do what the transfer needs: call it failed at once."""
        if self.active is not None and refused.request == self._request > 0:
            self._failed(TransferOutcome.FAILED, 0)

    def refer_when_possible(self) -> None:
        """A call that is just being given back by the PBX has no dialog for a REFER yet."""
        transfer = self.active
        if transfer is None or transfer.state is not TransferState.UNDOABLE:
            return
        customer = self.around.find(transfer.customer)
        ready = customer is not None and not customer.call.reconnecting
        if not ready or self.around.link() is not EngineLink.ATTACHED:
            self.wait(RETRY_MS, self.refer_when_possible)
            return
        self.refer(
            TransferState.REFERRING,
            Refer(call=transfer.customer, target=transfer.target.dial, context=transfer.context_key),
        )

    def refer(self, state: TransferState, command: Refer) -> None:
        """The REFER leaves now, and something must be heard of it in time."""
        customer = self.around.find(command.call)
        self._earlier = customer.call.refer if customer is not None else None
        self.move(state, outcome=None, progress=TransferProgress.NONE, sip_status=0)
        self.wait(SILENCE_MS, self.silence_is_over)
        self.ask(command)

    # ------------------------------------------------------------------ what happens

    def call_changed(self, view: CallView) -> None:
        """A call of this desk is new, changed or ended; called after the ledger knows."""
        self._end_husk(view)
        transfer = self.active
        if transfer is None or not transfer.concerns(view.call.id):
            return
        if view.call.id == transfer.customer:
            if view.call.live:
                self._customer_changed(transfer, view)
            else:
                self._customer_ended(transfer, view)
        elif view.call.live:
            self._consult_changed(transfer, view)
        else:
            self._consult_ended(transfer, view)

    def returned(self, key: str, view: CallView) -> None:
        """A customer whom we sent away rings here again: our old leg of that call is a husk, and ends with this one.

        The PBX may have said before that it was done, though the target only rang.
        """
        transfer = self.current
        if transfer is None or key != transfer.context_key or not key:
            return
        if transfer.state is TransferState.REFERRING:
            self._husks[view.call.id] = transfer.customer
            self.done(TransferOutcome.RETURNED)
        elif transfer.outcome in _HANDED_OVER:
            self.current = replace(transfer, outcome=TransferOutcome.RETURNED)
            self.around.changed()
            self._forget_later()

    def attached(self) -> None:
        """An engine is there whose calls may be in the midst of a transfer that another toolbar began."""
        transfer = self.active
        if transfer is not None:
            asked = transfer.state in {TransferState.CALLING, *_CONSULTED}
            if asked and self.around.find(transfer.consult) is None:  # it died before it heard of that call
                self.take_back(TransferOutcome.ENGINE_LOST)
            return
        found = transfer_of_calls(self.around.live())
        if found is None:
            return
        self.begin(found)
        if found.state in _REFERS:
            self.wait(SILENCE_MS, self.silence_is_over)

    # ------------------------------------------------------------------ the customer's leg

    def _customer_changed(self, transfer: Transfer, view: CallView) -> None:
        match transfer.state:
            case TransferState.REFERRING | TransferState.JOINING:
                self._refer_reported(transfer, view)
            case TransferState.TAKING_BACK:
                self._coming_back(view)
            case TransferState.CONFERENCE:
                self._keep_conference(transfer)
            case TransferState.CONSULTING | TransferState.WITH_CUSTOMER:
                self._see_who_talks(transfer)
            case _:
                pass

    def _customer_ended(self, transfer: Transfer, view: CallView) -> None:
        refer = view.call.refer
        if view.call.end_cause is CallEndCause.ENGINE_LOST:
            outcome = TransferOutcome.ENGINE_LOST
        elif refer is not None and refer.succeeded and transfer.state in {*_REFERS, TransferState.TAKING_BACK}:
            outcome = TransferOutcome.HANDED_OVER
        elif refer is not None and refer.accepted and not refer.failed:
            outcome = TransferOutcome.HANDED_OVER_UNPROVEN
        elif view.call.ended_by is CallParty.LOCAL:
            outcome = TransferOutcome.AGENT_LEFT
        else:
            outcome = TransferOutcome.CUSTOMER_GONE
        self.done(outcome)

    def _refer_reported(self, transfer: Transfer, view: CallView) -> None:
        refer = view.call.refer
        if view.call.reconnecting:
            return
        if refer is None or refer == self._earlier:
            if view.call.reconnected_s > transfer.began_s:  # the engine that knew of the REFER is gone
                self._failed(TransferOutcome.ENGINE_LOST, 0)
            return
        if refer.succeeded:
            self.move(transfer.state, progress=TransferProgress.ANSWERED, sip_status=refer.sip_status)
            self._leave(transfer)
        elif refer.final:
            self._failed(outcome_of_refer(refer.sip_status, accepted=refer.accepted), refer.sip_status)
        else:
            progress = progress_of(refer)
            if (progress, refer.sip_status) != (transfer.progress, transfer.sip_status):
                self.move(transfer.state, progress=progress, sip_status=refer.sip_status)
                patient = progress is TransferProgress.RINGING
                self.wait(RINGING_PATIENCE_MS if patient else SILENCE_MS, self.silence_is_over)

    def _leave(self, transfer: Transfer) -> None:
        """The customer is on another leg: our own legs end, if the PBX has not ended them yet."""
        self.done(TransferOutcome.RETURNED if self._is_back(transfer) else TransferOutcome.HANDED_OVER)
        for call_id in (transfer.customer, transfer.consult):
            if self.around.find(call_id) is not None:
                self.tell(HangUp(call=call_id))

    def _is_back(self, transfer: Transfer) -> bool:
        """A call whose number, but no key, said that the customer came back, be it that it still rings here.

        With the REFER's success it is sure enough: the PBX has connected the customer, and this is where.
        """
        return any(
            view.context is not None and view.context.returned and view.context.context.key == transfer.context_key
            for view in self.around.live()
        )

    def _failed(self, outcome: TransferOutcome, sip_status: int) -> None:
        """Handing over came to nothing. With a second person on the line all three stay together."""
        transfer = self.active
        assert transfer is not None
        second = self.around.find(transfer.consult) if transfer.consult else None
        together = second is not None and second.call.state is CallState.CONNECTED
        if transfer.state is TransferState.JOINING and together:
            self.move(TransferState.CONFERENCE, outcome=outcome, sip_status=sip_status)
            self.ask(Confer(calls=(transfer.customer, transfer.consult)))
        else:
            self.take_back(outcome, sip_status)

    def silence_is_over(self) -> None:
        if self.active is not None and self.active.state in _REFERS:
            self._failed(TransferOutcome.NO_REPORT, self.active.sip_status)

    # ------------------------------------------------------------------ taking back

    def take_back(self, outcome: TransferOutcome, sip_status: int = 0) -> None:
        """Ends a consultation call that is left, and takes the customer off hold."""
        transfer = self.active
        assert transfer is not None
        self.move(TransferState.TAKING_BACK, outcome=outcome, sip_status=sip_status or transfer.sip_status)
        if transfer.consult and self.around.find(transfer.consult) is not None:
            self.tell(HangUp(call=transfer.consult))
        self._resumed = 0
        self._resume_customer()

    def _coming_back(self, customer: CallView) -> None:
        transfer = self.active
        assert transfer is not None
        call = customer.call
        if call.refer is not None and call.refer.succeeded:
            self._leave(transfer)
        elif call.in_talk and not call.changing_hold and not call.reconnecting:
            self.done(transfer.outcome or TransferOutcome.FAILED)

    def _resume_customer(self) -> None:
        """Said again until the customer is off hold; the last wish wins over a hold that is still under way."""
        transfer = self.active
        customer = self.around.find(transfer.customer) if transfer is not None else None
        if transfer is None or transfer.state is not TransferState.TAKING_BACK or customer is None:
            return
        others = [view for view in self.around.live() if not transfer.concerns(view.call.id)]
        if self._resumed >= _RESUMES or any(view.call.in_talk for view in others):
            self.done(transfer.outcome or TransferOutcome.FAILED)  # on hold, and the agent sees it
            return
        self.wait(RETRY_MS, self._resume_customer)
        if not customer.call.reconnecting:
            self._resumed += 1
            self.tell(Resume(call=transfer.customer))
        if self.active is transfer:
            self._coming_back(customer)

    # ------------------------------------------------------------------ the consultation

    def _consult_changed(self, transfer: Transfer, view: CallView) -> None:
        if transfer.state is TransferState.CALLING and view.call.state is CallState.CONNECTED:
            self.move(TransferState.CONSULTING)
            customer = self.around.find(transfer.customer)
            if customer is not None and not customer.call.held:
                self.tell(Hold(call=transfer.customer))
        elif transfer.state in _CONSULTED:
            self._see_who_talks(transfer)
        elif transfer.state is TransferState.CONFERENCE:
            self._keep_conference(transfer)

    def _consult_ended(self, transfer: Transfer, view: CallView) -> None:
        match transfer.state:
            case TransferState.CALLING | TransferState.CONSULTING | TransferState.WITH_CUSTOMER:
                self.take_back(outcome_of_cause(view.call.end_cause), view.call.sip_status)
            case TransferState.CONFERENCE:
                ours = view.call.ended_by is CallParty.LOCAL
                self.take_back(TransferOutcome.TAKEN_BACK if ours else TransferOutcome.TARGET_GONE)
            case _:
                pass  # REFERRING: cancelled for it; JOINING: replaced, the NOTIFY or its silence decides

    def _see_who_talks(self, transfer: Transfer) -> None:
        """The agent may have used the buttons of hold; the calls are the truth."""
        customer, second = self.around.find(transfer.customer), self.around.find(transfer.consult)
        if customer is None or second is None or customer.call.changing_hold or second.call.changing_hold:
            return
        if customer.call.in_talk and not second.call.in_talk:
            self.move(TransferState.WITH_CUSTOMER)
        elif second.call.in_talk and not customer.call.in_talk:
            self.move(TransferState.CONSULTING)

    def _keep_conference(self, transfer: Transfer) -> None:
        """A new engine took both calls back, but does not know that they belong together."""
        both = [self.around.find(call_id) for call_id in (transfer.customer, transfer.consult)]
        apart = all(view is not None and view.call.reconnected_s and not view.call.in_conference for view in both)
        if apart and not any(view is not None and view.call.reconnecting for view in both):
            self.tell(Confer(calls=(transfer.customer, transfer.consult)))

    def _end_husk(self, view: CallView) -> None:
        husk = self._husks.get(view.call.id)
        if husk is not None and view.call.state in {CallState.CONNECTED, CallState.ENDED}:
            del self._husks[view.call.id]
            if self.around.find(husk) is not None:
                self.tell(HangUp(call=husk))
