"""A number that a call showed to be wrong: proposed, never written by itself, and written once at each place."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from agent_toolbar.application.number_case import (
    CorrectionOutcome,
    CorrectionPlace,
    NumberCaseView,
    NumberOrder,
)
from agent_toolbar.application.ports.settings import DirectoryKind, DirectorySettings, Settings
from agent_toolbar.crm.contact_index import StoredContact, StoredPhone
from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.domain.contact import ContactMatch, LookupResult
from agent_toolbar.domain.crm import CrmContact, CrmOperation
from agent_toolbar.domain.errors import AgentToolbarError, CrmError, NumberError
from agent_toolbar.domain.number_correction import CorrectionKind
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number
from tests.fakes.application_desk import ACCOUNT, Desk
from tests.fakes.crm import ALL_OPERATIONS, CrmServer
from tests.unit.application.test_crm_session import CRM, NAME, crm_desk

WRONG, RIGHT, OTHER = "+33199001234", "+33140506070", "+33140506071"
MARIE = CrmContact("11", "Marie Dupont", number=WRONG)
CORRECT, RETIRE, MOVE = CorrectionKind.CORRECT, CorrectionKind.RETIRE, CorrectionKind.MOVE
AWAY = CrmError("crm_unreachable", detail="refused", sent=0)


def server(**values: object) -> CrmServer:
    return CrmServer(contacts={WRONG: (MARIE,)}, numbers={"11": WRONG}, **values)  # type: ignore[arg-type]


def later_life(crm: CrmServer, earlier: Desk) -> Desk:
    """The next one finds what was on the disk; its contacts are those of before."""
    desk = Desk(earlier.toolbar.settings, crm=crm, outbox=earlier.outbox.after_crash())
    desk.vault.secrets[NAME] = "secret"
    desk.on().toolbar.switch_crm(True)
    return desk


def signed_in(crm: CrmServer | None = None) -> Desk:
    desk = crm_desk(crm or server(), crm=CRM).on()
    desk.toolbar.switch_crm(True)
    return desk


def fails(desk: Desk, number: str = WRONG, status: int = 404) -> str:
    call_id = desk.toolbar.dial(number)
    desk.change(
        call_id,
        state=CallState.ENDED,
        end_cause=CallEndCause.NOT_FOUND,
        sip_status=status,
        ended_s=desk.clock.now_s(),
    )
    return call_id


def case(desk: Desk) -> NumberCaseView:
    found = desk.state.number_case
    assert found is not None
    return found


def outcome(desk: Desk, place: CorrectionPlace) -> CorrectionOutcome | None:
    view = case(desk).place(place)
    return view.outcome if view is not None else None


def both(desk: Desk) -> tuple[CorrectionOutcome | None, CorrectionOutcome | None]:
    return outcome(desk, CorrectionPlace.CONTACTS), outcome(desk, CorrectionPlace.CRM)


def found_under(desk: Desk, number: str) -> list[ContactMatch]:
    found: list[LookupResult] = []
    desk.directory.find_by_number(canonical_number(number, NumberPlan()), found.append)
    return [match for match in found[0].matches if match.level.certain]


def names(desk: Desk, number: str) -> list[str]:
    return [match.name for match in found_under(desk, number)]


def refusal(desk: Desk, kind: CorrectionKind = CORRECT) -> str:
    with pytest.raises(NumberError) as refused:
        desk.toolbar.apply_number(kind)
    return refused.value.code


@pytest.fixture
def desk() -> Desk:
    return signed_in()


def test_a_call_to_a_number_that_does_not_exist_proposes_and_writes_nothing(desk: Desk) -> None:
    call_id = fails(desk)

    shown = case(desk)
    assert (shown.call, shown.before, shown.name, shown.proposed) == (call_id, WRONG, "Marie Dupont", True)
    assert (shown.finding, shown.evidence.sip_status) == (NumberFinding.OUT_OF_USE, 404)
    assert both(desk) == (CorrectionOutcome.READY, CorrectionOutcome.READY)
    assert shown.kinds == {RETIRE, MOVE}
    assert names(desk, WRONG) == ["Marie Dupont"]
    assert desk.crm.numbers == {"11": WRONG}
    assert not desk.journal.records[call_id].number_finding
    assert desk.outbox.items.keys() <= {call_id}


@pytest.mark.parametrize(("number", "status"), [("+33140999999", 404), ("1002", 404)])
def test_a_number_of_no_contact_proposes_nothing(desk: Desk, number: str, status: int) -> None:
    fails(desk, number, status)
    assert desk.state.number_case is None


def test_what_the_network_said_besides_is_evidence_too(desk: Desk) -> None:
    call_id = desk.toolbar.dial(WRONG)
    desk.change(
        call_id,
        state=CallState.ENDED,
        end_cause=CallEndCause.NOT_FOUND,
        sip_status=410,
        q850_cause=22,
        ended_s=desk.clock.now_s(),
    )
    assert (case(desk).finding, case(desk).evidence.q850_cause) == (NumberFinding.WRONG, 22)


def test_what_was_only_proposed_goes_with_the_next_call_and_what_somebody_works_at_stays(desk: Desk) -> None:
    fails(desk)
    desk.ring("in1", "+33155555555")
    assert desk.state.number_case is None

    desk.change("in1", state=CallState.ENDED, end_cause=CallEndCause.CANCELLED)
    fails(desk)
    desk.toolbar.edit_number(typed="01 40")
    desk.ring("in2", "+33155555555")
    assert case(desk).typed == "01 40"


def test_the_right_number_is_checked_while_it_is_typed(desk: Desk) -> None:
    fails(desk)
    desk.toolbar.edit_number(typed="01 40 50")
    assert (case(desk).problem, case(desk).after, CORRECT in case(desk).kinds) == ("correction_not_a_number", "", False)
    desk.toolbar.edit_number(typed="01 40 50 60 70")
    assert (case(desk).problem, case(desk).after, case(desk).after_shown) == ("", RIGHT, "01 40 50 60 70")
    assert CORRECT in case(desk).kinds


def test_a_correction_is_at_the_crm_and_in_the_contacts(desk: Desk) -> None:
    call_id = fails(desk)
    desk.toolbar.edit_number(typed="01 40 50 60 70")
    desk.toolbar.apply_number(CORRECT)

    assert both(desk) == (CorrectionOutcome.DONE, CorrectionOutcome.DONE)
    assert (names(desk, RIGHT), names(desk, WRONG)) == (["Marie Dupont"], [])
    assert desk.crm.numbers == {"11": RIGHT}
    assert desk.journal.records[call_id].number_finding is NumberFinding.OUT_OF_USE
    assert refusal(desk) == "no_number_case"  # a second press does nothing


def test_a_retired_number_is_gone_from_both(desk: Desk) -> None:
    fails(desk)
    desk.toolbar.apply_number(RETIRE)

    assert both(desk) == (CorrectionOutcome.DONE, CorrectionOutcome.DONE)
    assert (names(desk, WRONG), desk.crm.numbers) == ([], {})


def test_a_number_that_is_no_better_is_refused_and_nothing_is_written(desk: Desk) -> None:
    fails(desk)
    for typed, code in (("", "correction_empty"), ("1001", "correction_internal"), (WRONG, "correction_same")):
        desk.toolbar.edit_number(typed=typed)
        assert refusal(desk) == code
    assert desk.crm.numbers == {"11": WRONG}


def test_what_a_colleague_wrote_meanwhile_stays_and_both_numbers_are_told(desk: Desk) -> None:
    fails(desk)
    desk.toolbar.edit_number(typed=RIGHT)
    desk.crm.numbers["11"] = OTHER
    desk.crm.renumber("11", OTHER)
    desk.toolbar.apply_number(CORRECT)

    at_crm = case(desk).place(CorrectionPlace.CRM)
    assert at_crm is not None
    assert (at_crm.outcome, at_crm.error, at_crm.error_text) == (
        CorrectionOutcome.REFUSED,
        "correction_overtaken",
        OTHER,
    )
    assert desk.crm.numbers == {"11": OTHER}
    (item,) = (item for item in desk.outbox.items.values() if item.correction)
    assert item.stuck

    desk.toolbar.discard_outbox(item.entry.key)
    assert desk.crm.numbers == {"11": OTHER}


def test_the_same_correction_by_a_colleague_counts_as_done(desk: Desk) -> None:
    fails(desk)
    desk.toolbar.edit_number(typed=RIGHT)
    desk.crm.numbers["11"] = RIGHT
    desk.crm.renumber("11", RIGHT)
    desk.toolbar.apply_number(CORRECT)

    assert outcome(desk, CorrectionPlace.CRM) is CorrectionOutcome.DONE


def test_what_changed_in_the_contacts_meanwhile_is_told_and_stays(desk: Desk) -> None:
    fails(desk)
    desk.toolbar.edit_number(typed=RIGHT)
    desk.directory.corrections_fail = NumberError("contact_number_changed", now=OTHER)
    desk.toolbar.apply_number(CORRECT)

    here = case(desk).place(CorrectionPlace.CONTACTS)
    assert here is not None
    assert (here.outcome, here.error, here.error_text) == (CorrectionOutcome.REFUSED, "contact_number_changed", OTHER)


def test_while_the_crm_is_away_the_correction_waits_and_goes_out_later(desk: Desk) -> None:
    fails(desk)
    desk.toolbar.edit_number(typed=RIGHT)
    desk.crm.down = AWAY
    desk.toolbar.apply_number(CORRECT)

    assert both(desk) == (CorrectionOutcome.DONE, CorrectionOutcome.WAITS)
    assert names(desk, RIGHT) == ["Marie Dupont"]
    desk.crm.down = None
    desk.timers.pass_ms(400_000)
    assert (desk.crm.numbers, outcome(desk, CorrectionPlace.CRM)) == ({"11": RIGHT}, CorrectionOutcome.DONE)


def test_an_answer_that_was_lost_is_no_second_correction(desk: Desk) -> None:
    fails(desk)
    desk.toolbar.edit_number(typed=RIGHT)
    desk.crm.failing = [None] * 0 + [CrmError("crm_slow")]  # it arrives, and nobody hears of it
    desk.toolbar.apply_number(CORRECT)
    desk.timers.pass_ms(400_000)

    assert (desk.crm.numbers, outcome(desk, CorrectionPlace.CRM)) == ({"11": RIGHT}, CorrectionOutcome.DONE)
    assert not any(item.correction for item in desk.outbox.items.values())


def signed_out_and_corrected(crm: CrmServer) -> Desk:
    desk = crm_desk(crm, crm=CRM).on()
    fails(desk)
    desk.toolbar.edit_number(typed=RIGHT)
    assert outcome(desk, CorrectionPlace.CRM) is CorrectionOutcome.LATER
    desk.toolbar.apply_number(CORRECT)
    return desk


def test_signed_out_it_waits_for_the_sign_in_and_then_finds_whom_it_means() -> None:
    crm = server()
    desk = signed_out_and_corrected(crm)
    assert both(desk) == (CorrectionOutcome.DONE, CorrectionOutcome.WAITS)
    desk.toolbar.switch_crm(True)

    assert (crm.numbers, outcome(desk, CorrectionPlace.CRM)) == ({"11": RIGHT}, CorrectionOutcome.DONE)


def test_nobody_is_changed_whom_the_person_did_not_mean() -> None:
    crm = server()
    crm.contacts = {WRONG: (replace(MARIE, name="Paul Martin"),)}
    desk = signed_out_and_corrected(crm)
    desk.toolbar.switch_crm(True)

    at_crm = case(desk).place(CorrectionPlace.CRM)
    assert at_crm is not None
    assert (at_crm.error, at_crm.error_text) == ("correction_other_contact", "Paul Martin")
    assert crm.numbers == {"11": WRONG}


def test_another_account_never_gets_it() -> None:
    desk = signed_out_and_corrected(server())
    other = server()
    (item,) = (item for item in desk.outbox.items.values() if item.correction)
    desk.outbox.items[item.entry.key] = replace(item, account=f"{item.account}-of-somebody-else")
    later = later_life(other, desk)

    assert other.numbers == {"11": WRONG}
    (view,) = (view for view in later.state.crm.outbox if view.item.correction)
    assert view.foreign


def test_a_connector_that_cannot_leaves_the_crm_alone_and_says_so() -> None:
    desk = signed_in(server(operations=ALL_OPERATIONS - {CrmOperation.UPDATE_NUMBER}))
    fails(desk)
    desk.toolbar.edit_number(typed=RIGHT)
    assert both(desk) == (CorrectionOutcome.READY, CorrectionOutcome.CANNOT)
    desk.toolbar.apply_number(CORRECT)

    assert both(desk) == (CorrectionOutcome.DONE, CorrectionOutcome.CANNOT)
    assert desk.crm.numbers == {"11": WRONG}


def test_without_a_crm_the_contacts_are_corrected() -> None:
    desk = Desk().on()
    fails(desk)
    desk.toolbar.edit_number(typed=RIGHT)
    desk.toolbar.apply_number(CORRECT)

    assert both(desk) == (CorrectionOutcome.DONE, None)
    assert names(desk, RIGHT) == ["Marie Dupont"]
    assert desk.outbox.items == {}


def test_what_was_confirmed_before_a_crash_is_written_by_the_next_life() -> None:
    crm = server()
    desk = signed_in(crm)
    fails(desk)
    desk.toolbar.edit_number(typed=RIGHT)
    desk.directory.corrections_hang = True
    desk.toolbar.apply_number(CORRECT)
    left = desk.outbox.after_crash()
    assert [item.held for item in left.items.values() if item.correction] == [True]
    assert crm.numbers == {"11": WRONG}

    later = later_life(crm, desk)
    assert (crm.numbers, names(later, RIGHT), names(later, WRONG)) == ({"11": RIGHT}, ["Marie Dupont"], [])


def test_one_of_several_contacts_has_to_be_chosen(desk: Desk) -> None:
    desk.directory.put("Paul Martin", WRONG)
    desk.journal.records.clear()
    desk.ring("in1", WRONG)
    desk.change("in1", state=CallState.ENDED, end_cause=CallEndCause.CANCELLED)
    desk.toolbar.doubt_number("in1", NumberFinding.SOMEBODY_ELSE)
    assert (case(desk).contact, case(desk).kinds, len(case(desk).contacts)) == (None, frozenset(), 2)
    desk.toolbar.edit_number(typed=RIGHT)
    assert refusal(desk) == "correction_no_contact"

    paul = next(one for one in case(desk).contacts if one.name == "Paul Martin")
    desk.toolbar.edit_number(contact_id=paul.contact_id)
    desk.toolbar.apply_number(CORRECT)
    assert (names(desk, RIGHT), names(desk, WRONG)) == (["Paul Martin"], ["Marie Dupont"])
    assert desk.crm.numbers == {"11": WRONG}  # Paul is nobody there


def test_a_number_of_somebody_else_goes_to_them(desk: Desk) -> None:
    desk.directory.put("Paul Martin", "+33140999999")
    (paul,) = found_under(desk, "+33140999999")
    fails(desk)
    desk.toolbar.apply_number(MOVE, paul)

    assert names(desk, WRONG) == ["Paul Martin"]
    at_crm = case(desk).place(CorrectionPlace.CRM)
    assert at_crm is not None
    assert (at_crm.outcome, at_crm.error) == (CorrectionOutcome.REFUSED, "correction_no_receiver")
    assert desk.crm.numbers == {"11": WRONG}  # Paul is nobody there


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [(DirectoryKind.CARDDAV, CorrectionOutcome.NEXT_READING), (DirectoryKind.LDAP, CorrectionOutcome.CANNOT)],
)
def test_the_directory_that_a_contact_came_from_is_told_where_that_can_be(
    kind: DirectoryKind, outcome: CorrectionOutcome
) -> None:
    book = DirectorySettings(
        "Book", kind, "https://dav.test/book/" if kind is DirectoryKind.CARDDAV else "ldap://a.test"
    )
    desk = Desk(Settings(account=ACCOUNT, directories=(book,))).on()
    desk.directory.put(StoredContact("Anna", (StoredPhone("+33140999999"),), source="directory/Book", external_id="/a"))
    fails(desk, "+33140999999")
    place = case(desk).place(CorrectionPlace.DIRECTORY)
    assert place is not None
    assert (place.outcome, place.name) == (outcome, "Book")
    desk.toolbar.edit_number(typed=RIGHT)
    desk.toolbar.apply_number(CORRECT)

    assert names(desk, RIGHT) == ["Anna"]
    assert len(desk.directories.syncs) == (1 if outcome is CorrectionOutcome.NEXT_READING else 0)


def test_both_address_books_are_told_of_a_number_that_goes_from_one_contact_to_the_other() -> None:
    book = DirectorySettings("Book", DirectoryKind.CARDDAV, "https://dav.test/book/")
    desk = Desk(Settings(account=ACCOUNT, directories=(book, msgspec.structs.replace(book, name="Other")))).on()
    for number, name in (("+33140999999", "Book"), ("+33140999998", "Other")):
        phones = (StoredPhone(number),)
        desk.directory.put(StoredContact(f"Of {name}", phones, source=f"directory/{name}", external_id="/a"))
    fails(desk, "+33140999999")
    suggested: list[ContactMatch] = []
    desk.toolbar.suggest("of other", suggested.extend)
    desk.toolbar.apply_number(MOVE, suggested[0])

    places = [(one.name, one.outcome) for one in case(desk).places if one.place is CorrectionPlace.DIRECTORY]
    assert places == [("Book", CorrectionOutcome.NEXT_READING), ("Other", CorrectionOutcome.NEXT_READING)]
    assert [one.directory.name for one in desk.directories.syncs] == ["Book"]  # one after the other


def test_left_as_it_is_nothing_is_written(desk: Desk) -> None:
    fails(desk)
    desk.toolbar.close_number()
    assert desk.state.number_case is None
    assert (names(desk, WRONG), desk.crm.numbers) == (["Marie Dupont"], {"11": WRONG})


# ------------------------------------------------------------------ in one sentence


def ordered(desk: Desk, order: NumberOrder, *, confirmed: bool = True) -> NumberCaseView | AgentToolbarError:
    answers: list[NumberCaseView | AgentToolbarError] = []
    desk.toolbar.correct_number(order, answers.append, confirmed=confirmed)
    assert len(answers) == 1
    return answers[0]


def test_an_order_asks_before_it_writes(desk: Desk) -> None:
    asked = ordered(desk, NumberOrder("01 99 00 12 34", CORRECT, "01 40 50 60 70"), confirmed=False)

    assert isinstance(asked, NumberError)
    assert asked.code == "correction_asks"
    assert (asked.params["name"], asked.params["before"], asked.params["after"]) == ("Marie Dupont", WRONG, RIGHT)
    assert (names(desk, WRONG), desk.crm.numbers) == (["Marie Dupont"], {"11": WRONG})


def test_a_confirmed_order_is_written(desk: Desk) -> None:
    done = ordered(desk, NumberOrder("01 99 00 12 34", CORRECT, "01 40 50 60 70"))

    assert isinstance(done, NumberCaseView)
    assert {one.outcome for one in done.places} == {CorrectionOutcome.DONE}
    assert (names(desk, RIGHT), desk.crm.numbers) == (["Marie Dupont"], {"11": RIGHT})
    assert desk.state.number_case is None


def test_an_order_for_a_number_of_nobody_is_refused(desk: Desk) -> None:
    for confirmed in (False, True):
        refused = ordered(desk, NumberOrder("01 40 99 99 99", RETIRE), confirmed=confirmed)
        assert isinstance(refused, NumberError)
        assert refused.code == "correction_no_contact"
    with pytest.raises(NumberError, match="correction_not_outside"):
        ordered(desk, NumberOrder("1001", RETIRE))
    with pytest.raises(NumberError, match="correction_same"):
        ordered(desk, NumberOrder(WRONG, CORRECT, WRONG))
