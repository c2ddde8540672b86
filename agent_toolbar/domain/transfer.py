"""A transfer as a value and its legal moves. No library, no clock: times are seconds since the epoch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from agent_toolbar.domain.call import CallEndCause
from agent_toolbar.domain.errors import CallError


class TransferKind(StrEnum):
    BLIND = "blind"
    CONSULTATION = "consultation"


class TransferState(StrEnum):
    """Where a transfer stands. The customer is the party that is handed over, whoever it is."""

    UNDOABLE = "undoable"  # the customer is on hold; the REFER leaves at `deadline_s`
    REFERRING = "referring"  # the REFER is on its way or accepted; what the target does is reported
    CALLING = "calling"  # the customer is on hold, the second person is being called
    CONSULTING = "consulting"  # the agent talks with the second person
    WITH_CUSTOMER = "with_customer"  # the agent talks with the customer, the second person is on hold
    JOINING = "joining"  # the REFER with Replaces is on its way or accepted (RFC 3891, RFC 5589 section 7)
    CONFERENCE = "conference"  # all three hear each other, mixed at this desk
    TAKING_BACK = "taking_back"  # it came to nothing; the customer is being taken off hold
    DONE = "done"


_BLIND_END = frozenset({TransferState.TAKING_BACK, TransferState.DONE})
_CONSULTED = frozenset({TransferState.JOINING, TransferState.CONFERENCE}) | _BLIND_END

LEGAL_MOVES: dict[TransferState, frozenset[TransferState]] = {
    TransferState.UNDOABLE: frozenset({TransferState.REFERRING}) | _BLIND_END,
    TransferState.REFERRING: _BLIND_END,
    TransferState.CALLING: frozenset({TransferState.CONSULTING, TransferState.REFERRING}) | _BLIND_END,
    TransferState.CONSULTING: frozenset({TransferState.WITH_CUSTOMER}) | _CONSULTED,
    TransferState.WITH_CUSTOMER: frozenset({TransferState.CONSULTING}) | _CONSULTED,
    TransferState.JOINING: frozenset({TransferState.CONFERENCE}) | _BLIND_END,
    TransferState.CONFERENCE: frozenset({TransferState.JOINING}) | _BLIND_END,
    TransferState.TAKING_BACK: frozenset({TransferState.DONE}),
    TransferState.DONE: frozenset(),
}


class TransferProgress(StrEnum):
    """What is known of the target."""

    NONE = "none"
    ACCEPTED = "accepted"  # the PBX took the REFER
    TRYING = "trying"
    RINGING = "ringing"
    ANSWERED = "answered"


class TransferOutcome(StrEnum):
    """How a transfer ended; in a conference, why it is one."""

    HANDED_OVER = "handed_over"  # the PBX says that it is done
    HANDED_OVER_UNPROVEN = "handed_over_unproven"  # the PBX took the REFER and ended our leg without a word
    RETURNED = "returned"  # the PBX sent the customer back to us as a new call
    UNDONE = "undone"
    TAKEN_BACK = "taken_back"  # the agent wanted the customer back
    BUSY = "busy"
    DECLINED = "declined"
    NOT_FOUND = "not_found"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    NOT_ALLOWED = "not_allowed"  # the PBX refused the REFER: 401, 403, 603
    NOT_SUPPORTED = "not_supported"  # the PBX knows no REFER: 405, 420, 501
    NO_REPORT = "no_report"  # nothing was heard in time
    FAILED = "failed"  # any other final answer
    TARGET_GONE = "target_gone"  # the second person hung up
    CUSTOMER_GONE = "customer_gone"
    AGENT_LEFT = "agent_left"  # the agent ended the customer's call, after being asked
    ENGINE_LOST = "engine_lost"


_OF_CAUSE: dict[CallEndCause, TransferOutcome] = {
    CallEndCause.BUSY: TransferOutcome.BUSY,
    CallEndCause.LINES_FULL: TransferOutcome.BUSY,
    CallEndCause.DECLINED: TransferOutcome.DECLINED,
    CallEndCause.NOT_FOUND: TransferOutcome.NOT_FOUND,
    CallEndCause.NO_ANSWER: TransferOutcome.NO_ANSWER,
    CallEndCause.UNREACHABLE: TransferOutcome.UNREACHABLE,
    CallEndCause.NOT_ALLOWED: TransferOutcome.NOT_ALLOWED,
    CallEndCause.HUNG_UP: TransferOutcome.TARGET_GONE,
    CallEndCause.HANDED_OVER: TransferOutcome.HANDED_OVER,
    CallEndCause.ENGINE_LOST: TransferOutcome.ENGINE_LOST,
}
_OF_STATUS: dict[int, TransferOutcome] = {
    404: TransferOutcome.NOT_FOUND,
    408: TransferOutcome.NO_ANSWER,
    410: TransferOutcome.NOT_FOUND,
    480: TransferOutcome.NO_ANSWER,
    484: TransferOutcome.NOT_FOUND,
    486: TransferOutcome.BUSY,
    487: TransferOutcome.NO_ANSWER,
    600: TransferOutcome.BUSY,
    603: TransferOutcome.DECLINED,
    604: TransferOutcome.NOT_FOUND,
}
_REFUSED_REFER: dict[int, TransferOutcome] = {
    401: TransferOutcome.NOT_ALLOWED,
    403: TransferOutcome.NOT_ALLOWED,
    404: TransferOutcome.NOT_FOUND,
    405: TransferOutcome.NOT_SUPPORTED,
    407: TransferOutcome.NOT_ALLOWED,
    408: TransferOutcome.NO_REPORT,
    420: TransferOutcome.NOT_SUPPORTED,
    501: TransferOutcome.NOT_SUPPORTED,
    603: TransferOutcome.NOT_ALLOWED,
}


def outcome_of_cause(cause: CallEndCause | None) -> TransferOutcome:
    """Why a consultation ended, from the end of its call."""
    return _OF_CAUSE.get(cause, TransferOutcome.FAILED) if cause is not None else TransferOutcome.FAILED


def outcome_of_refer(sip_status: int, *, accepted: bool) -> TransferOutcome:
    """What a final status of a REFER means: before a 2xx the PBX speaks for itself, afterwards of the target."""
    if accepted and 200 <= sip_status < 300:
        return TransferOutcome.HANDED_OVER
    table = _OF_STATUS if accepted else _REFUSED_REFER
    return table.get(sip_status, TransferOutcome.FAILED)


@dataclass(frozen=True, slots=True)
class TransferTarget:
    """Where somebody is sent.

    Attributes:
        dial: what the engine is told. name: of the colleague or contact, "" if nobody knows. number: grouped as
            people read it.
    """

    dial: str
    name: str = ""
    number: str = ""

    @property
    def title(self) -> str:
        return self.name or self.number or self.dial


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer, from the choice of a target to its end.

    Attributes:
        customer: id of the call that is handed over; customer_name: who that is, in one word for sentences.
        consult: id of the call with the second person, "" in a blind transfer.
        sip_status: the last that the PBX said of it, 0 if nothing.
        outcome: how it ended; in CONFERENCE why handing over failed, None if nobody tried.
        context_key: of the story that goes with it, "" if none could be kept.
        deadline_s: seconds since the epoch when the REFER leaves, 0.0 unless it can be undone.
        was_held: the customer was on hold before, and stays so after an undo.
    """

    kind: TransferKind
    state: TransferState
    customer: str
    target: TransferTarget
    customer_name: str = ""
    consult: str = ""
    progress: TransferProgress = TransferProgress.NONE
    sip_status: int = 0
    outcome: TransferOutcome | None = None
    context_key: str = ""
    began_s: float = 0.0
    deadline_s: float = 0.0
    was_held: bool = False

    @property
    def active(self) -> bool:
        return self.state is not TransferState.DONE

    def concerns(self, call_id: str) -> bool:
        """One of its calls; ending that one means something for the transfer."""
        return self.active and call_id != "" and call_id in {self.customer, self.consult}

    def moved(self, state: TransferState, **changes: Any) -> Transfer:  # noqa: ANN401 - the fields of this class
        """The transfer in its next state. Raises CallError("illegal_transfer_move")."""
        if state is not self.state and state not in LEGAL_MOVES[self.state]:
            raise CallError("illegal_transfer_move", before=self.state, after=state)
        if state is not TransferState.UNDOABLE:
            changes.setdefault("deadline_s", 0.0)
        return replace(self, state=state, **changes)
