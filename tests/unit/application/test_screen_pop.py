"""Who a call is with, as the CRM says: for that call only, however late the answer comes."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from agent_toolbar.application.ports.settings import CrmSettings
from agent_toolbar.application.ports.storage import KNOWN_AT_CRM, CallRecord
from agent_toolbar.application.screen_pop import LOOK_UP_LIMIT_MS, ORDER_LIMIT_MS
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallState
from agent_toolbar.domain.contact import Importance, MatchLevel
from agent_toolbar.domain.crm import CrmContact, CrmOperation, CrmState, Deal, PastContact
from agent_toolbar.domain.crm_caller import CrmCaller, CrmLookUp
from agent_toolbar.domain.errors import CallError, CrmError
from agent_toolbar.domain.identity import Identity
from tests.fakes.application_desk import Desk
from tests.fakes.crm import CrmServer
from tests.unit.application.test_crm_session import CRM, NAME, crm_desk

CRM_ACCOUNT = NAME[0]
MARIE_NUMBER, PAUL_NUMBER = "+33199001234", "+33199005678"
MARIE = CrmContact("11", "Marie Dupont-Leroy", "ACME", MARIE_NUMBER, Importance.VIP, "Paul", "https://crm.test/11")
PAUL = CrmContact("22", "Paul Martin", url="https://crm.test/22")
DEALS = (Deal("1", "Telephones", "12500.00", "EUR"), Deal("2", "Headsets", "900.50", "EUR"))
PAST = (PastContact("2026-05-01", "Asked for an offer", "Alice"),)


def server() -> CrmServer:
    return CrmServer(
        contacts={MARIE_NUMBER: (MARIE,), PAUL_NUMBER: (PAUL,)}, open_deals={"11": DEALS}, past={"11": PAST}
    )


def signed_in(crm: CrmServer | None = None, settings: CrmSettings = CRM) -> Desk:
    desk = crm_desk(crm or server(), crm=settings).on()
    desk.toolbar.switch_crm(True)
    return desk


@pytest.fixture
def desk() -> Desk:
    return signed_in()


def view_of(desk: Desk, call_id: str = "in1") -> CallView:
    view = next(one for one in (*desk.state.calls, *desk.state.just_ended) if one.call.id == call_id)
    assert view is not None
    return view


def caller(desk: Desk, call_id: str = "in1") -> CrmCaller:
    found = view_of(desk, call_id).crm
    assert found is not None
    return found


def answers(desk: Desk) -> None:
    """All that the CRM was asked, with what it is asked for these answers."""
    while desk.crm.waiting:
        desk.crm.answer()


def end(desk: Desk, call_id: str = "in1") -> None:
    desk.change(call_id, state=CallState.ENDED, end_cause=CallEndCause.CANCELLED, ended_s=desk.clock.now_s())


def test_a_ringing_call_shows_the_contact_its_deals_and_the_last_contacts(desk: Desk) -> None:
    desk.ring("in1", MARIE_NUMBER)

    assert caller(desk) == CrmCaller(CRM_ACCOUNT, CrmLookUp.FOUND, (MARIE,), "11", deals=DEALS, history=PAST)
    view = view_of(desk)
    assert (view.title, view.company, view.importance) == ("Marie Dupont-Leroy", "ACME", Importance.VIP)


def test_the_owner_is_asked_for_where_the_contact_does_not_say(desk: Desk) -> None:
    desk.crm.owners = {"11": "Somebody else", "22": "Alice Agent"}
    desk.ring("in1", MARIE_NUMBER)
    desk.ring("in2", PAUL_NUMBER)
    owners = [contact.owner for one in ("in1", "in2") if (contact := caller(desk, one).contact) is not None]
    assert owners == ["Paul", "Alice Agent"]


def test_the_local_contact_is_in_the_first_paint_and_the_crm_adds_to_it(desk: Desk) -> None:
    desk.crm.silent = True
    desk.ring("in1", MARIE_NUMBER)
    assert (view_of(desk).looked_up, view_of(desk).title, caller(desk).state) == (
        True,
        "Marie Dupont",
        CrmLookUp.LOOKING,
    )
    answers(desk)
    assert (view_of(desk).title, view_of(desk).contact is not None) == ("Marie Dupont-Leroy", True)


def test_a_dialled_call_is_looked_up_too(desk: Desk) -> None:
    call_id = desk.toolbar.dial(PAUL_NUMBER)
    assert caller(desk, call_id).contact == PAUL


def test_signed_out_or_without_a_crm_nothing_is_asked() -> None:
    desk = crm_desk(server()).on()
    desk.ring("in1", MARIE_NUMBER)
    assert (view_of(desk).crm, desk.crm.asked) == (None, [])


@pytest.mark.parametrize("number", ["1002", ""])
def test_extensions_and_withheld_numbers_are_not_asked_for(desk: Desk, number: str) -> None:
    desk.ring("in1", number)
    assert [operation for operation, _ in desk.crm.asked] == ["whoami"]


def test_a_number_that_its_caller_keeps_private_is_not_told_to_the_crm(desk: Desk) -> None:
    offered = desk.engine.script.offer("in1", MARIE_NUMBER)
    private = replace(offered.call, remote=replace(offered.call.remote, private=True))
    desk.engine.emit(msgspec.structs.replace(offered, call=private))
    assert [operation for operation, _ in desk.crm.asked] == ["whoami"]


def test_who_signs_in_while_it_rings_sees_who_it_is() -> None:
    desk = crm_desk(server()).on()
    desk.ring("in1", MARIE_NUMBER)
    desk.toolbar.switch_crm(True)
    assert caller(desk).contact == MARIE


def test_answers_in_the_wrong_order_go_to_the_call_they_are_for(desk: Desk) -> None:
    desk.crm.silent = True
    desk.ring("in1", MARIE_NUMBER)
    desk.ring("in2", PAUL_NUMBER)
    desk.crm.waiting.reverse()
    answers(desk)

    assert (caller(desk, "in1").contact, caller(desk, "in2").contact) == (MARIE, PAUL)
    assert (caller(desk, "in1").deals, caller(desk, "in2").deals) == (DEALS, ())


def test_an_answer_for_a_number_that_the_call_no_longer_has_is_dropped(desk: Desk) -> None:
    desk.crm.silent = True
    desk.ring("in1", MARIE_NUMBER)
    late = list(desk.crm.waiting)
    desk.crm.waiting.clear()
    desk.change("in1", remote=Identity(PAUL_NUMBER))
    answers(desk)
    for answer in late:
        answer()

    assert caller(desk).contacts == (PAUL,)


def test_an_answer_after_the_call_paints_nothing(desk: Desk) -> None:
    desk.crm.silent = True
    desk.ring("in1", MARIE_NUMBER)
    end(desk)
    desk.timers.pass_ms(6_000)
    desk.ring("in2", PAUL_NUMBER)
    desk.crm.answer()

    assert [view.call.id for view in desk.state.calls] == ["in2"]
    assert caller(desk, "in2").contacts == (PAUL,)


def test_deals_of_the_one_who_was_chosen_before_do_not_stay(desk: Desk) -> None:
    both = (replace(MARIE, importance=Importance.NORMAL), PAUL)
    desk.crm.contacts[MARIE_NUMBER] = both
    desk.ring("in1", MARIE_NUMBER)
    desk.crm.silent = True
    desk.toolbar.choose_caller("in1", "11")
    desk.toolbar.choose_caller("in1", "22")
    answers(desk)
    assert (caller(desk).chosen, caller(desk).deals) == ("22", ())


def test_a_crm_that_never_answers_does_not_leave_the_call_looking(desk: Desk) -> None:
    desk.crm.silent = True
    desk.ring("in1", MARIE_NUMBER)
    desk.toolbar.answer("in1")
    assert desk.call("in1").state is CallState.CONNECTED
    desk.timers.pass_ms(1_600)
    assert (caller(desk).state, caller(desk).fault) == (CrmLookUp.FAILED, "crm_slow")
    answers(desk)
    assert (caller(desk).state, caller(desk).contacts) == (CrmLookUp.FAILED, ())


def test_a_failed_look_up_says_why_and_a_lost_crm_is_a_fault_of_the_switch(desk: Desk) -> None:
    desk.crm.down = CrmError("crm_unreachable", detail="refused", sent=0)
    desk.ring("in1", MARIE_NUMBER)
    assert (caller(desk).state, caller(desk).fault) == (CrmLookUp.FAILED, "crm_unreachable")
    assert desk.state.crm.state is CrmState.FAULT
    desk.crm.down = None
    desk.timers.pass_ms(10_000)
    assert caller(desk).contact == MARIE


def test_signing_out_ends_what_is_asked_and_keeps_what_is_known(desk: Desk) -> None:
    desk.ring("in1", MARIE_NUMBER)
    desk.crm.silent = True
    desk.ring("in2", PAUL_NUMBER)
    desk.toolbar.switch_crm(False)
    assert (caller(desk, "in1").contact, view_of(desk, "in2").crm) == (MARIE, None)


def test_who_signs_in_again_can_still_choose_for_the_call(desk: Desk) -> None:
    desk.crm.contacts[MARIE_NUMBER] = (MARIE, PAUL)
    desk.ring("in1", MARIE_NUMBER)
    desk.toolbar.choose_caller("in1", "11")
    desk.toolbar.switch_crm(False)
    with pytest.raises(CrmError, match="crm_not_asked"):
        desk.toolbar.choose_caller("in1", "22")
    desk.toolbar.switch_crm(True)
    assert caller(desk).chosen == "11"
    desk.toolbar.choose_caller("in1", "22")
    assert caller(desk).chosen == "22"


def test_a_story_that_goes_along_with_a_transfer_names_the_contact_of_the_crm(desk: Desk) -> None:
    desk.ring("in1", PAUL_NUMBER)
    desk.toolbar.answer("in1")
    desk.toolbar.transfer("1002", "in1", now=True)
    assert [story.name for _, story in desk.contexts.stories.values()] == ["Paul Martin"]


def test_another_account_sees_its_own_contacts_only(desk: Desk) -> None:
    desk.ring("in1", MARIE_NUMBER)
    other = msgspec.structs.replace(CRM, user="paul")
    desk.vault.secrets[(NAME[0].replace("marie", "paul"), "paul")] = "secret"
    desk.crm.contacts[MARIE_NUMBER] = ()
    desk.toolbar.change_settings(msgspec.structs.replace(desk.toolbar.settings, crm=other))

    assert desk.state.crm.state is CrmState.SIGNED_IN
    assert caller(desk).state is CrmLookUp.NONE


def test_what_was_found_is_not_kept_for_the_next_call(desk: Desk) -> None:
    desk.ring("in1", MARIE_NUMBER)
    end(desk)
    desk.timers.pass_ms(6_000)
    desk.ring("in2", MARIE_NUMBER)
    assert [key for operation, key in desk.crm.asked if operation == "find"] == [MARIE_NUMBER] * 2


def test_last_digits_alone_bind_nobody(desk: Desk) -> None:
    desk.crm.contacts[MARIE_NUMBER] = (replace(MARIE, level=MatchLevel.LAST_8),)
    desk.ring("in1", MARIE_NUMBER)
    assert (caller(desk).chosen, view_of(desk).title) == ("", "Marie Dupont")


SEVERAL = (
    CrmContact("1", "Eight digits", level=MatchLevel.LAST_8),
    CrmContact("2", "Another's", owner="Paul"),
    CrmContact("3", "Mine", owner="Marie Agent"),
    CrmContact("4", "Another's, too", owner="Paul"),
)


def test_several_are_ordered_by_exactness_then_mine_then_the_latest_choice(desk: Desk) -> None:
    desk.caller_choices.remember(CRM_ACCOUNT, MARIE_NUMBER, "gone")
    desk.caller_choices.silent = True
    desk.crm.contacts[MARIE_NUMBER] = SEVERAL
    desk.ring("in1", MARIE_NUMBER)
    assert caller(desk).state is CrmLookUp.LOOKING
    desk.caller_choices.waiting[0]()
    assert ([one.id for one in caller(desk).contacts], caller(desk).chosen) == (["3", "2", "4", "1"], "")


def spoke(desk: Desk, name: str, at_s: float, number: str = MARIE_NUMBER) -> None:
    call_id = f"earlier-{name}"
    desk.journal.write(
        CallRecord(
            call_id,
            CallDirection.INCOMING,
            number,
            number,
            name,
            started_s=at_s - 9,
            answered_s=at_s,
            ended_s=at_s + 60,
        )
    )


def order(desk: Desk) -> list[str]:
    return [one.id for one in caller(desk).contacts]


def test_who_was_spoken_with_from_this_desk_last_comes_before_others_of_the_same_kind(desk: Desk) -> None:
    desk.crm.contacts[MARIE_NUMBER] = SEVERAL
    by_id = {one.id: one.name for one in SEVERAL}
    spoke(desk, by_id["2"], 1_000.0)
    spoke(desk, by_id["4"], 2_000.0)
    spoke(desk, by_id["1"], 3_000.0)
    desk.ring("in1", MARIE_NUMBER)
    assert (order(desk), caller(desk).chosen) == (["3", "4", "2", "1"], "")


def test_a_call_that_nobody_answered_and_one_of_another_number_do_not_count(desk: Desk) -> None:
    desk.crm.contacts[MARIE_NUMBER] = SEVERAL
    name = next(one.name for one in SEVERAL if one.id == "4")
    spoke(desk, name, 0.0)
    spoke(desk, name, 2_000.0, PAUL_NUMBER)
    desk.ring("in1", MARIE_NUMBER)
    assert order(desk) == ["3", "2", "4", "1"]


def test_the_last_contact_that_the_crm_knows_orders_them_too(desk: Desk) -> None:
    desk.crm.contacts[MARIE_NUMBER] = SEVERAL
    desk.crm.past["2"] = (PastContact("no date", "x"), PastContact("2026-05-01", "Offer"))
    desk.crm.past["4"] = (PastContact("2026-05-01T08:00:00+02:00", "Order"), PastContact("2026-05-02T01:00:00Z", "y"))
    desk.ring("in1", MARIE_NUMBER)
    assert (order(desk), caller(desk).chosen, caller(desk).history) == (["3", "4", "2", "1"], "", None)


def test_a_slow_crm_holds_the_list_back_for_a_moment_only_and_never_moves_it(desk: Desk) -> None:
    desk.crm.silent = True
    desk.crm.contacts[MARIE_NUMBER] = SEVERAL
    desk.crm.past["4"] = (PastContact("2026-05-01", "Order"),)
    desk.ring("in1", MARIE_NUMBER)
    desk.crm.answer()
    assert caller(desk).state is CrmLookUp.LOOKING
    desk.timers.pass_ms(ORDER_LIMIT_MS + 1)
    assert order(desk) == ["3", "2", "4", "1"]
    answers(desk)
    assert order(desk) == ["3", "2", "4", "1"]


def test_the_whole_look_up_keeps_its_time_whoever_is_asked_for_the_order(desk: Desk) -> None:
    desk.crm.silent = True
    desk.crm.contacts[MARIE_NUMBER] = SEVERAL
    desk.ring("in1", MARIE_NUMBER)
    desk.timers.pass_ms(LOOK_UP_LIMIT_MS - 100)
    desk.crm.answer()
    desk.timers.pass_ms(101)
    assert (caller(desk).state, order(desk)) == (CrmLookUp.FOUND, ["3", "2", "4", "1"])


def test_a_crm_that_is_lost_while_it_is_asked_for_the_order_is_signed_in_to_again(desk: Desk) -> None:
    desk.crm.silent = True
    desk.crm.contacts[MARIE_NUMBER] = SEVERAL
    desk.ring("in1", MARIE_NUMBER)
    desk.crm.down = CrmError("crm_unauthorized")
    answers(desk)
    assert desk.state.crm.fault == "crm_unauthorized"


def test_nobody_is_asked_for_the_order_where_the_choice_is_known(desk: Desk) -> None:
    desk.crm.contacts[MARIE_NUMBER] = SEVERAL
    desk.caller_choices.remember(CRM_ACCOUNT, MARIE_NUMBER, "4")
    desk.ring("in1", MARIE_NUMBER)
    assert [key for operation, key in desk.crm.asked if operation == "history"] == ["4"]


def test_the_choice_is_remembered_for_the_number_and_the_account(desk: Desk) -> None:
    desk.crm.contacts[MARIE_NUMBER] = SEVERAL
    desk.ring("in1", MARIE_NUMBER)
    desk.toolbar.choose_caller("in1", "4")
    desk.toolbar.choose_caller("in1", "nobody")
    assert caller(desk).chosen == "4"
    end(desk)
    desk.timers.pass_ms(6_000)
    desk.ring("in2", MARIE_NUMBER)

    assert caller(desk, "in2").chosen == "4"
    assert [one.id for one in caller(desk, "in2").contacts] == ["3", "4", "2", "1"]
    assert desk.caller_choices.chosen == [(CRM_ACCOUNT, MARIE_NUMBER, "4")]


def test_the_call_is_written_to_the_contact_that_was_chosen(desk: Desk) -> None:
    desk.crm.contacts[MARIE_NUMBER] = SEVERAL
    desk.ring("in1", MARIE_NUMBER)
    desk.toolbar.choose_caller("in1", "4")
    end(desk)
    desk.timers.pass_ms(6_000)
    (entry,) = desk.crm.calls.values()
    assert (entry.contact_id, entry.contact_name) == ("4", "Another's, too")


def test_the_journal_knows_whom_only_the_crm_knows(desk: Desk) -> None:
    desk.ring("in1", PAUL_NUMBER)
    desk.ring("in2", "+33199000000")

    records = desk.journal.records
    assert (records["in1"].contact_id, records["in1"].name) == (KNOWN_AT_CRM, "Paul Martin")
    assert records["in2"].contact_id == 0


def test_nobody_is_known_to_the_journal_while_it_is_open_which_of_several_it_is(desk: Desk) -> None:
    desk.crm.contacts[PAUL_NUMBER] = SEVERAL
    desk.ring("in1", PAUL_NUMBER)
    assert desk.journal.records["in1"].contact_id == 0

    end(desk)
    desk.toolbar.choose_caller("in1", "2")
    assert desk.journal.records["in1"].contact_id == KNOWN_AT_CRM


def test_a_choice_in_the_seconds_after_the_call_counts(desk: Desk) -> None:
    desk.crm.contacts[MARIE_NUMBER] = SEVERAL
    desk.ring("in1", MARIE_NUMBER)
    end(desk)
    desk.toolbar.choose_caller("in1", "2")
    desk.timers.pass_ms(6_000)
    (entry,) = desk.crm.calls.values()
    assert entry.contact_id == "2"


def test_an_unknown_caller_becomes_a_contact_that_the_call_is_written_to(desk: Desk) -> None:
    number = "+33199009999"
    desk.ring("in1", number)
    assert caller(desk).state is CrmLookUp.NONE
    desk.toolbar.create_caller("  Nora New ", "in1")

    made = caller(desk).contact
    assert made is not None
    assert (made.name, made.number, view_of(desk).title) == ("Nora New", number, "Nora New")
    end(desk)
    desk.timers.pass_ms(6_000)
    (entry,) = desk.crm.calls.values()
    assert entry.contact_id == made.id


def test_a_contact_is_created_once_however_often_it_is_asked_for(desk: Desk) -> None:
    desk.ring("in1", "+33199009999")
    desk.crm.silent = True
    desk.toolbar.create_caller("Nora", "in1")
    with pytest.raises(CrmError, match="crm_creating"):
        desk.toolbar.create_caller("Nora", "in1")
    answers(desk)
    assert len(desk.crm.contacts["+33199009999"]) == 1


def test_a_creation_that_may_have_arrived_is_looked_for_before_it_is_tried_again(desk: Desk) -> None:
    desk.ring("in1", "+33199009999")
    desk.crm.failing = [CrmError("crm_slow")]
    desk.toolbar.create_caller("Nora", "in1")
    assert caller(desk).create_fault == "crm_slow"
    desk.toolbar.create_caller("Nora", "in1")

    assert len(desk.crm.contacts["+33199009999"]) == 1
    assert caller(desk).contact == desk.crm.contacts["+33199009999"][0]


@pytest.mark.parametrize(("name", "code"), [("  ", "crm_no_name"), ("Nora", "crm_cannot")])
def test_what_cannot_be_created_is_refused(name: str, code: str) -> None:
    crm = CrmServer(operations=frozenset({CrmOperation.FIND}))
    desk = signed_in(crm)
    desk.ring("in1", "+33199009999")
    with pytest.raises(CrmError, match=code):
        desk.toolbar.create_caller(name, "in1")


def test_without_the_crm_nobody_is_created(desk: Desk) -> None:
    desk.toolbar.switch_crm(False)
    desk.ring("in1", "+33199009999")
    with pytest.raises(CrmError, match="crm_not_asked"):
        desk.toolbar.create_caller("Nora", "in1")


def test_nobody_has_no_page(desk: Desk) -> None:
    desk.ring("in1", "+33199009999")
    with pytest.raises(CallError, match="no_crm_page"):
        desk.toolbar.open_caller_page("in1")
