"""Which number may take the place of a wrong one, and what the end of a call says of its number."""

from __future__ import annotations

import pytest

from agent_toolbar.domain.call import CallDirection, CallEndCause
from agent_toolbar.domain.errors import NumberError
from agent_toolbar.domain.number_correction import checked_after, checked_before
from agent_toolbar.domain.number_finding import NumberFinding, finding_of_end
from agent_toolbar.domain.phone_number import NumberPlan

PLAN = NumberPlan()
BEFORE = "+33123456789"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("01 40 50 60 70", "+33140506070"),
        ("+44 113 496 0013", "+441134960013"),
        ("0044 113 496 0013", "+441134960013"),
        ("+39 06 698 12345", "+390669812345"),
    ],
)
def test_a_right_number_is_understood_in_any_spelling(typed: str, key: str) -> None:
    assert checked_after(typed, BEFORE, PLAN).key == key


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "correction_empty"),
        ("  ", "correction_empty"),
        ("call her", "correction_not_a_number"),
        ("anonymous", "correction_not_a_number"),
        ("bob@example.com", "correction_not_a_number"),
        ("1001", "correction_internal"),
        ("112", "correction_internal"),
        ("*21#", "correction_internal"),
        ("+1 555 0100", "correction_invalid"),
        ("+44 7911 654321", "correction_invalid"),
        ("+44 113 496 0013 ext. 45", "correction_extension"),
        ("01 23 45 67 89", "correction_same"),
        ("+33123456789", "correction_same"),
    ],
)
def test_what_is_no_better_number_is_refused(typed: str, code: str) -> None:
    with pytest.raises(NumberError) as refused:
        checked_after(typed, BEFORE, PLAN)
    assert refused.value.code == code


@pytest.mark.parametrize("written", ["1001", "", "anonymous", "112", "*21#", "bob@example.com"])
def test_only_outside_numbers_are_corrected(written: str) -> None:
    with pytest.raises(NumberError, match="correction_not_outside"):
        checked_before(written, PLAN)


def test_a_number_that_no_plan_knows_can_be_corrected() -> None:
    assert checked_before("+15550100", PLAN).key == "+15550100"


@pytest.mark.parametrize(
    ("status", "finding"),
    [
        (404, NumberFinding.OUT_OF_USE),
        (410, NumberFinding.OUT_OF_USE),
        (604, NumberFinding.OUT_OF_USE),
        (484, NumberFinding.WRONG),
        (503, NumberFinding.OUT_OF_USE),  # with Q.850 cause 1
    ],
)
def test_a_call_to_nowhere_says_what_is_wrong_with_its_number(status: int, finding: NumberFinding) -> None:
    assert finding_of_end(CallDirection.OUTGOING, CallEndCause.NOT_FOUND, status) is finding


@pytest.mark.parametrize(
    ("status", "q850", "finding"),
    [
        (404, 1, NumberFinding.OUT_OF_USE),
        (503, 1, NumberFinding.OUT_OF_USE),
        (410, 22, NumberFinding.WRONG),  # the number has changed
        (484, 28, NumberFinding.WRONG),
        (404, 16, NumberFinding.OUT_OF_USE),  # says nothing of the number
    ],
)
def test_the_network_behind_the_exchange_knows_best(status: int, q850: int, finding: NumberFinding) -> None:
    assert finding_of_end(CallDirection.OUTGOING, CallEndCause.NOT_FOUND, status, q850) is finding


@pytest.mark.parametrize(
    ("direction", "cause", "status"),
    [
        (CallDirection.OUTGOING, CallEndCause.BUSY, 486),
        (CallDirection.OUTGOING, CallEndCause.UNREACHABLE, 503),
        (CallDirection.OUTGOING, CallEndCause.HUNG_UP, 200),
        (CallDirection.OUTGOING, None, 404),
        (CallDirection.INCOMING, CallEndCause.NOT_FOUND, 404),
    ],
)
def test_other_ends_say_nothing_of_the_number(
    direction: CallDirection, cause: CallEndCause | None, status: int
) -> None:
    assert finding_of_end(direction, cause, status) is NumberFinding.NONE
