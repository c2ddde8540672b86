import pytest

from agent_toolbar.domain.call import (
    LEGAL_MOVES,
    CallDirection,
    CallEndCause,
    CallSnapshot,
    CallState,
    require_move,
)
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.identity import Identity


def ended(cause: CallEndCause, **values: float) -> CallSnapshot:
    return CallSnapshot("c1", CallDirection.INCOMING, CallState.ENDED, Identity("1002"), end_cause=cause, **values)


def test_every_state_has_its_moves() -> None:
    assert set(LEGAL_MOVES) == set(CallState)


def test_every_live_state_can_end() -> None:
    for state in CallState:
        if state is not CallState.ENDED:
            require_move(state, CallState.ENDED)


def test_an_ended_call_never_lives_again() -> None:
    with pytest.raises(CallError) as refused:
        require_move(CallState.ENDED, CallState.CONNECTED)
    assert refused.value.code == "illegal_call_move"


def test_a_ringing_call_does_not_become_an_outgoing_one() -> None:
    with pytest.raises(CallError):
        require_move(CallState.RINGING, CallState.ALERTING)


@pytest.mark.parametrize(
    "cause", [CallEndCause.CANCELLED, CallEndCause.NO_ANSWER, CallEndCause.LINES_FULL, CallEndCause.ENGINE_LOST]
)
def test_a_call_that_nobody_took_is_missed(cause: CallEndCause) -> None:
    assert ended(cause).missed


@pytest.mark.parametrize("cause", [CallEndCause.ANSWERED_ELSEWHERE, CallEndCause.DECLINED, CallEndCause.REFUSED_UNSAFE])
def test_a_call_that_was_dealt_with_is_not_missed(cause: CallEndCause) -> None:
    assert not ended(cause).missed


def test_a_call_that_was_answered_is_not_missed() -> None:
    assert not ended(CallEndCause.HUNG_UP, answered_s=5.0).missed
