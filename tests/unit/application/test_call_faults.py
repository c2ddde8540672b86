"""What the bar says of the agent's own call when it is over."""

import pytest

from agent_toolbar.application.faults import call_faults
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallSnapshot, CallState
from agent_toolbar.domain.identity import Identity, IdentitySource
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberKind

REMOTE = Identity("1002", "Paul Martin", "sip:1002@pbx.test", IdentitySource.FROM)
NUMBER = CanonicalNumber(NumberKind.INTERNAL, "1002", raw="1002")


def ended(cause: CallEndCause, *, answered_s: float = 0.0) -> CallView:
    call = CallSnapshot(
        id="c1",
        direction=CallDirection.OUTGOING,
        state=CallState.ENDED,
        remote=REMOTE,
        answered_s=answered_s,
        ended_s=200.0,
        end_cause=cause,
    )
    return CallView(call, NUMBER)


@pytest.mark.parametrize("cause", [CallEndCause.HANDED_OVER, CallEndCause.REDIRECTED, CallEndCause.HUNG_UP])
def test_a_consultation_that_was_handed_over_is_no_fault(cause: CallEndCause) -> None:
    assert call_faults((ended(cause, answered_s=100.0),)) == []


def test_a_call_that_nobody_answered_did_not_come_about() -> None:
    [fault] = call_faults((ended(CallEndCause.BUSY),))
    assert fault.code == "call_failed"


def test_a_call_that_was_up_is_not_said_not_to_have_come_about() -> None:
    [fault] = call_faults((ended(CallEndCause.ENGINE_LOST, answered_s=100.0),))
    assert fault.code == "call_cut_off"
