"""One believable moment for each thing that handing a call over can show."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.toolbar_state import CallView, ColleagueView, ToolbarState
from agent_toolbar.domain.agent import AgentState, AgentStatus
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallState
from agent_toolbar.domain.colleague import Presence
from agent_toolbar.domain.context import CallContext, Certainty, Party, ReceivedContext, Stage
from agent_toolbar.domain.transfer import (
    Transfer,
    TransferKind,
    TransferOutcome,
    TransferProgress,
    TransferState,
    TransferTarget,
)
from tests.fakes.sample_states import HELD, MARIE, NOW_S, RINGING_MARIE, TALKING, call, with_calls

COLLEAGUES = (
    ColleagueView("1002", "Paul Martin", favourite=True, presence=Presence.FREE),
    ColleagueView("1003", "Léa Nguyen", favourite=True, presence=Presence.BUSY),
    ColleagueView("1001", "Alice Moreau", presence=Presence.RINGING),
    ColleagueView("1010", "Comptabilité", presence=Presence.UNKNOWN),
)
PAUL = TransferTarget("1002", "Paul Martin", "1002")
LEA = TransferTarget("1003", "Léa Nguyen", "1003")
TARGETS = {"1002": PAUL, "1003": LEA, "1001": TransferTarget("1001", "Alice Moreau", "1001")}

_HELD_MARIE = replace(TALKING, call=replace(TALKING.call, held=True))
_NOTE = "wants to change the delivery date"
MARIE_WITH_NOTE = replace(TALKING, note=_NOTE)


def consultation(state: CallState = CallState.CONNECTED, **changes: object) -> CallView:
    """The call with Paul about Marie."""
    view = call(
        "c9", "1002", state, CallDirection.OUTGOING, name="Paul Martin", seconds=12, consult_for="c1", **changes
    )
    return replace(view, shown_number="1002")


def transfer(state: TransferState, kind: TransferKind = TransferKind.CONSULTATION, **changes: object) -> Transfer:
    """Marie is handed to Paul."""
    consult = "c9" if kind is TransferKind.CONSULTATION else ""
    begun = Transfer(kind, state, "c1", PAUL, MARIE.name, consult, began_s=NOW_S - 6)
    return replace(begun, **changes)  # type: ignore[arg-type]


def handing_over(made: Transfer, *calls: CallView, current: str = "") -> ToolbarState:
    return replace(with_calls(*calls, current=current), colleagues=COLLEAGUES, transfer=made)


def blind(state: TransferState, **changes: object) -> ToolbarState:
    return handing_over(transfer(state, TransferKind.BLIND, **changes), _HELD_MARIE)


def ended(outcome: TransferOutcome, *calls: CallView) -> ToolbarState:
    made = transfer(TransferState.DONE, TransferKind.BLIND, outcome=outcome)
    if calls:
        return handing_over(made, *calls)
    gone = replace(
        TALKING,
        call=replace(TALKING.call, state=CallState.ENDED, end_cause=CallEndCause.HANDED_OVER, ended_s=NOW_S - 1),
    )
    ready = AgentStatus(AgentState.READY, since_s=NOW_S - 1)
    state = replace(with_calls(TALKING, agent=ready), calls=(), current="", just_ended=(gone,))
    return replace(state, colleagues=COLLEAGUES, transfer=made)


def conference(**changes: object) -> ToolbarState:
    parties = (
        replace(TALKING, call=replace(TALKING.call, in_conference=True)),
        consultation(in_conference=True),
    )
    return handing_over(transfer(TransferState.CONFERENCE, **changes), *parties, current="c1")


TALKING_TO_CUSTOMER = replace(with_calls(MARIE_WITH_NOTE), colleagues=COLLEAGUES)
TWO_CALLS = replace(with_calls(HELD, TALKING, current="c1"), colleagues=COLLEAGUES)
TRANSFERS: dict[str, ToolbarState] = {
    "transfer-undoable": blind(TransferState.UNDOABLE, began_s=NOW_S - 1, deadline_s=NOW_S + 2),
    "transfer-ringing": blind(TransferState.REFERRING, progress=TransferProgress.RINGING),
    "transfer-taking-back": blind(TransferState.TAKING_BACK, outcome=TransferOutcome.BUSY),
    "transfer-busy": ended(TransferOutcome.BUSY, TALKING),
    "transfer-done": ended(TransferOutcome.HANDED_OVER),
    "consult-calling": handing_over(
        transfer(TransferState.CALLING, progress=TransferProgress.RINGING),
        _HELD_MARIE,
        consultation(CallState.ALERTING),
        current="c9",
    ),
    "consult-talking": handing_over(transfer(TransferState.CONSULTING), _HELD_MARIE, consultation(), current="c9"),
    "consult-with-customer": handing_over(
        transfer(TransferState.WITH_CUSTOMER), TALKING, consultation(held=True), current="c1"
    ),
    "consult-joining": handing_over(
        transfer(TransferState.JOINING, progress=TransferProgress.ACCEPTED), _HELD_MARIE, consultation(), current="c9"
    ),
    "conference": conference(),
    "conference-after-refusal": conference(outcome=TransferOutcome.NOT_ALLOWED),
}


def received(
    note: str = _NOTE, certainty: Certainty = Certainty.SURE, *, returned: bool = False, back_from: str = ""
) -> ReceivedContext:
    """What came with a call of Marie's that Alice sent."""
    alice = Party("1001", "Alice")
    story = CallContext(
        "0" * 32,
        "conversation",
        "+33145678901",
        alice,
        "204",
        "blind",
        NOW_S - 8,
        note=note,
        stages=(
            Stage(Party("1005", "Hugo"), NOW_S - 600, NOW_S - 300, "called"),
            Stage(alice, NOW_S - 300, why="blind"),
        ),
    )
    return ReceivedContext(story, certainty, returned, back_from)


SENT_CALL = replace(RINGING_MARIE, context=received())
STORIES: dict[str, ToolbarState] = {
    "story": with_calls(replace(TALKING, context=received())),
    "reconnecting": with_calls(replace(TALKING, call=replace(TALKING.call, reconnecting=True))),
    "reconnected": with_calls(replace(TALKING, call=replace(TALKING.call, reconnected_s=NOW_S - 2))),
}
SENT_CARDS: dict[str, ToolbarState] = {
    "sent": with_calls(SENT_CALL),
    "sent-probably": with_calls(replace(RINGING_MARIE, context=received(certainty=Certainty.PROBABLE))),
    "back": with_calls(replace(RINGING_MARIE, context=received(returned=True, back_from="1002"))),
    "sent-long-note": with_calls(replace(RINGING_MARIE, context=received("speaks loudly, is hard of hearing, " * 12))),
}
