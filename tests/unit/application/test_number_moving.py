"""A number of somebody else goes to them at the CRM too: retired, then added, once each, whatever breaks it off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_toolbar.application.correction_sending import send_correction
from agent_toolbar.application.number_case import CorrectionOutcome, CorrectionPlace
from agent_toolbar.application.ports.crm import CrmAccess, OutboxItem
from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.crm import CrmContact, CrmOperation
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.number_correction import NumberCorrection
from tests.fakes.application_desk import Desk
from tests.fakes.crm import ALL_OPERATIONS, CrmServer
from tests.unit.application.test_crm_session import CRM, crm_desk
from tests.unit.application.test_number_corrections import (
    AWAY,
    MARIE,
    MOVE,
    RETIRE,
    WRONG,
    both,
    case,
    fails,
    found_under,
    later_life,
    names,
    signed_in,
)

PAULS = "+33140999999"
PAUL = CrmContact("12", "Paul Martin", number=PAULS)
CARL = CrmContact("13", "Carl Third", number=WRONG)
DONE, CANNOT = CorrectionOutcome.DONE, CorrectionOutcome.CANNOT


def two(**values: object) -> CrmServer:
    contacts = {WRONG: (MARIE,), PAULS: (PAUL,)}
    return CrmServer(contacts=contacts, numbers={"11": WRONG, "12": PAULS}, **values)  # type: ignore[arg-type]


def at_crm(crm: CrmServer, number: str = WRONG) -> list[str]:
    return [one.name for one in crm.contacts.get(number, ())]


def asked(crm: CrmServer) -> list[str]:
    return [operation for operation, _ in crm.asked if operation.endswith("_number")]


def corrections(desk: Desk) -> list[OutboxItem]:
    return [item for item in desk.outbox.items.values() if item.correction is not None]


def given_to_paul(desk: Desk) -> None:
    """A call in vain; somebody says whose number it is."""
    desk.directory.put("Paul Martin", PAULS)
    fails(desk)
    (paul,) = found_under(desk, PAULS)
    desk.toolbar.apply_number(MOVE, paul)


MOVED = NumberCorrection("k1", MOVE, WRONG, WRONG, 1, "Marie Dupont", 2, "Paul Martin", PAULS, "11", WRONG)


def sent(crm: CrmServer, correction: NumberCorrection = MOVED) -> str:
    """What the CRM's part of a correction ends with."""
    answers: list[str | AgentToolbarError] = []
    send_correction(crm.connect(CrmAccess("test", "", "", (), "")), correction, answers.append)
    (answer,) = answers
    return str(answer)


def test_a_number_of_somebody_else_goes_to_them_at_the_crm_too() -> None:
    crm = two()
    desk = signed_in(crm)
    given_to_paul(desk)

    assert (names(desk, WRONG), at_crm(crm), at_crm(crm, PAULS)) == (["Paul Martin"], ["Paul Martin"], ["Paul Martin"])
    assert asked(crm) == ["retire_number", "add_number"]
    assert both(desk) == (DONE, DONE)
    assert corrections(desk) == []


@pytest.mark.parametrize("without", [CrmOperation.ADD_NUMBER, CrmOperation.RETIRE_NUMBER])
def test_where_the_connector_cannot_do_both_only_the_contacts_are_changed_and_the_row_says_so(
    without: CrmOperation,
) -> None:
    crm = two(operations=ALL_OPERATIONS - {without})
    desk = signed_in(crm)
    given_to_paul(desk)

    assert names(desk, WRONG) == ["Paul Martin"]
    assert both(desk) == (DONE, CANNOT)
    assert (at_crm(crm), asked(crm)) == (["Marie Dupont"], [])


@pytest.mark.parametrize("answered", range(5))
def test_killed_after_each_request_it_is_done_once_by_the_next_life(answered: int) -> None:
    """Every request arrives; from one on its answer does not, because the toolbar is killed."""
    crm = two()
    desk = signed_in(crm)
    desk.directory.put("Paul Martin", PAULS)
    fails(desk)
    (paul,) = found_under(desk, PAULS)
    crm.silent = True
    desk.toolbar.apply_number(MOVE, paul)
    for _ in range(answered):
        crm.answer()
    before = asked(crm)
    crm.silent = False
    crm.waiting.clear()
    later_life(crm, desk)

    assert before == [["retire_number", "add_number"][:count] for count in (0, 0, 1, 2, 2)][answered]
    assert (at_crm(crm), at_crm(crm, PAULS)) == (["Paul Martin"], ["Paul Martin"])
    assert asked(crm).count("add_number") == 1
    assert asked(crm).count("retire_number") == 1


def test_signed_out_it_waits_and_is_done_for_whom_the_person_meant() -> None:
    crm = two()
    desk = crm_desk(crm, crm=CRM).on()
    given_to_paul(desk)
    assert both(desk) == (DONE, CorrectionOutcome.WAITS)
    desk.toolbar.switch_crm(True)

    assert at_crm(crm) == ["Paul Martin"]
    assert corrections(desk) == []


def test_a_crm_that_breaks_off_between_the_two_gets_the_rest_later() -> None:
    crm = two()
    desk = signed_in(crm)
    desk.directory.put("Paul Martin", PAULS)
    fails(desk)
    (paul,) = found_under(desk, PAULS)
    crm.failing = [None, None, None, CrmError("crm_slow")]  # it was added all the same
    desk.toolbar.apply_number(MOVE, paul)
    assert both(desk) == (DONE, CorrectionOutcome.WAITS)
    desk.timers.pass_ms(60_000)

    assert (at_crm(crm), asked(crm)) == (["Paul Martin"], ["retire_number", "add_number"])
    assert both(desk) == (DONE, DONE)


@pytest.mark.parametrize("failing_at", range(4))
def test_an_outage_at_any_request_leaves_nothing_half_done(failing_at: int) -> None:
    crm = two(failing=[*[None] * failing_at, AWAY])
    assert sent(crm) == str(AWAY)
    assert sent(crm) == WRONG
    assert at_crm(crm) == ["Paul Martin"]


def test_who_has_the_number_already_is_not_given_it_again() -> None:
    crm = two()
    crm.contacts[WRONG] = (MARIE, replace(PAUL, number=WRONG))

    assert sent(crm) == WRONG
    assert (at_crm(crm), asked(crm)) == (["Paul Martin"], ["retire_number"])


def test_a_number_that_the_old_contact_has_no_more_is_only_added() -> None:
    crm = two()
    crm.contacts[WRONG] = ()
    assert sent(crm) == WRONG
    assert (at_crm(crm), asked(crm)) == (["Paul Martin"], ["add_number"])


@pytest.mark.parametrize(
    "there",
    [
        (),
        (replace(PAUL, name="Paula Martin"),),
        (PAUL, replace(PAUL, id="14")),
        (replace(PAUL, level=MatchLevel.LAST_8),),
        (replace(PAUL, id="11"),),
    ],
)
def test_nothing_is_taken_away_while_it_is_not_certain_who_gets_it(there: tuple[CrmContact, ...]) -> None:
    crm = two()
    crm.contacts[PAULS] = there

    assert sent(crm) == "correction_no_receiver (text=Paul Martin)"
    assert (at_crm(crm), asked(crm)) == (["Marie Dupont"], [])
    assert sent(crm, replace(MOVED, to_number="")) == "correction_no_receiver (text=Paul Martin)"


def test_what_belongs_to_a_third_person_at_the_crm_is_left_to_a_person() -> None:
    crm = two()
    crm.contacts[WRONG] = (CARL,)

    assert sent(crm, replace(MOVED, crm_contact="", crm_number="")) == "correction_other_contact (text=Carl Third)"
    assert (at_crm(crm), asked(crm)) == (["Carl Third"], [])


def test_a_number_that_the_connector_cannot_take_away_is_not_given_to_anybody() -> None:
    crm = two()
    crm.numbers["11"] = "+33140000000"  # the field that is written; the number itself stands in another

    assert sent(crm) == "correction_still_there"
    assert sent(crm, replace(MOVED, kind=RETIRE, after="")) == "correction_still_there"
    assert (at_crm(crm), asked(crm)) == (["Marie Dupont"], ["retire_number", "retire_number"])


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (None, "Paul Martin"),
        (CrmError("crm_refused", text="It is not valid."), "Paul Martin (It is not valid.)"),
        (CrmError("crm_forbidden"), "Paul Martin"),
    ],
)
def test_taken_away_and_not_given_stays_in_the_outbox_with_plain_words(refusal: CrmError | None, told: str) -> None:
    crm = two(full={"12"})
    desk = signed_in(crm)
    desk.directory.put("Paul Martin", PAULS)
    fails(desk)
    (paul,) = found_under(desk, PAULS)
    crm.failing = [None, None, None, refusal]
    desk.toolbar.apply_number(MOVE, paul)

    place = case(desk).place(CorrectionPlace.CRM)
    assert place is not None
    assert (place.outcome, place.error, place.error_text) == (CorrectionOutcome.HALF_DONE, "correction_not_given", told)
    (item,) = corrections(desk)
    assert item.stuck
    assert at_crm(crm) == []

    crm.full.clear()  # somebody makes room, and it is tried again
    desk.toolbar.retry_outbox(item.entry.key)
    assert at_crm(crm) == ["Paul Martin"]
