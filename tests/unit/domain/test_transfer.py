"""The legal moves of a transfer, and what statuses and causes mean for it."""

from __future__ import annotations

import itertools

import pytest

from agent_toolbar.domain.call import CallEndCause
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.transfer import (
    LEGAL_MOVES,
    Transfer,
    TransferKind,
    TransferOutcome,
    TransferState,
    TransferTarget,
    outcome_of_cause,
    outcome_of_refer,
)

ALL_MOVES = list(itertools.product(TransferState, TransferState))


def transfer(state: TransferState = TransferState.UNDOABLE) -> Transfer:
    return Transfer(
        TransferKind.CONSULTATION, state, "c1", TransferTarget("1002", "Paul", "10 02"), consult="c2", deadline_s=5.0
    )


@pytest.mark.parametrize(("before", "after"), ALL_MOVES)
def test_only_the_moves_of_the_table_are_possible(before: TransferState, after: TransferState) -> None:
    if before is after or after in LEGAL_MOVES[before]:
        assert transfer(before).moved(after).state is after
    else:
        with pytest.raises(CallError, match="illegal_transfer_move"):
            transfer(before).moved(after)


def test_every_state_can_come_to_its_end_and_nothing_follows_it() -> None:
    for state in set(TransferState) - {TransferState.DONE}:
        assert TransferState.DONE in LEGAL_MOVES[state], state
        assert TransferState.TAKING_BACK in LEGAL_MOVES[state] | {state}, state
    assert not LEGAL_MOVES[TransferState.DONE]


def test_a_deadline_holds_only_while_it_can_be_undone() -> None:
    assert transfer().moved(TransferState.UNDOABLE).deadline_s == 5.0
    assert transfer().moved(TransferState.REFERRING).deadline_s == 0.0


def test_it_concerns_its_own_calls_while_it_lasts() -> None:
    assert transfer().concerns("c1")
    assert transfer().concerns("c2")
    assert not transfer().concerns("c3")
    assert not transfer().concerns("")
    assert not transfer().moved(TransferState.DONE).concerns("c1")


def test_a_target_is_called_by_the_best_name_there_is() -> None:
    assert TransferTarget("1002", "Paul", "10 02").title == "Paul"
    assert TransferTarget("1002", "", "10 02").title == "10 02"
    assert TransferTarget("1002").title == "1002"


def test_a_200_counts_as_handed_over_only_when_it_is_about_the_target() -> None:
    assert outcome_of_refer(200, accepted=True) is TransferOutcome.HANDED_OVER
    assert outcome_of_refer(200, accepted=False) is not TransferOutcome.HANDED_OVER


def test_before_and_after_its_acceptance_a_603_means_two_things() -> None:
    assert outcome_of_refer(603, accepted=False) is TransferOutcome.NOT_ALLOWED
    assert outcome_of_refer(603, accepted=True) is TransferOutcome.DECLINED


@pytest.mark.parametrize("status", range(300, 700))
def test_no_failure_ever_counts_as_handed_over(status: int) -> None:
    for accepted in (True, False):
        assert outcome_of_refer(status, accepted=accepted) is not TransferOutcome.HANDED_OVER


@pytest.mark.parametrize("cause", [None, *CallEndCause])
def test_every_end_of_a_consultation_has_an_outcome(cause: CallEndCause | None) -> None:
    assert outcome_of_cause(cause) in TransferOutcome
    if cause is not CallEndCause.HANDED_OVER:
        assert outcome_of_cause(cause) is not TransferOutcome.HANDED_OVER
