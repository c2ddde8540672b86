"""Which calls the CRM is told of, what it is told, and that nothing of it is lost."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from agent_toolbar.application.ports.settings import WrapUpAfter
from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.domain.crm import CallEntry, CallResult
from agent_toolbar.domain.identity import Identity
from agent_toolbar.domain.wrap_up import WrapUp
from tests.fakes.application_desk import Desk
from tests.fakes.crm import CrmServer
from tests.unit.application.test_crm_session import CRM, NAME, crm_desk

OUTSIDE = "+33199001234"


@pytest.fixture
def desk() -> Desk:
    desk = crm_desk().on()
    desk.toolbar.switch_crm(True)
    return desk


def told(desk: Desk) -> list[CallEntry]:
    return list(desk.crm.calls.values())


def talk(desk: Desk, call_id: str = "in1", number: str = OUTSIDE, **values: Any) -> None:
    desk.ring(call_id, number)
    desk.change(call_id, **values)
    desk.toolbar.answer(call_id)
    desk.change(call_id, answered_s=desk.clock.now_s())
    desk.timers.pass_ms(61_000)


def end(desk: Desk, call_id: str = "in1", cause: CallEndCause = CallEndCause.HUNG_UP) -> None:
    desk.change(call_id, state=CallState.ENDED, end_cause=cause, ended_s=desk.clock.now_s())


def later(desk: Desk) -> None:
    """The seconds in which a call that has just ended can still be noted are over."""
    desk.timers.pass_ms(6_000)


def choose_wrap_up(desk: Desk) -> None:
    settings = desk.toolbar.settings
    wrap_up = msgspec.structs.replace(settings.wrap_up, after=WrapUpAfter.EXTERNAL)
    desk.toolbar.change_settings(msgspec.structs.replace(settings, wrap_up=wrap_up))


def test_an_answered_call_is_told_with_everything_that_is_known(desk: Desk) -> None:
    started_s = desk.clock.now_s()
    talk(desk, sip_call_id="abc@192.0.2.1", started_s=started_s)
    desk.toolbar.note("Order 4711", "in1")
    end(desk)
    assert told(desk) == []
    later(desk)

    assert told(desk) == [
        CallEntry(
            "in1",
            incoming=True,
            number=OUTSIDE,
            result=CallResult.ANSWERED,
            contact_name="Marie Dupont",
            started_s=started_s,
            duration_s=61,
            subject="Order 4711",
            sip_call_id="abc@192.0.2.1",
            agent="1001",
        )
    ]
    assert desk.state.crm.outbox == ()


def test_a_note_in_the_seconds_after_the_call_goes_along(desk: Desk) -> None:
    talk(desk)
    end(desk)
    desk.toolbar.note("Refund", "in1")
    later(desk)

    assert [entry.subject for entry in told(desk)] == ["Refund"]
    assert [operation for operation, _ in desk.crm.asked if operation != "find"] == ["whoami", "log_call"]


@pytest.mark.parametrize(
    ("cause", "result"),
    [(CallEndCause.CANCELLED, CallResult.MISSED), (CallEndCause.DECLINED, CallResult.DECLINED)],
)
def test_an_unanswered_call_is_told_with_its_result(desk: Desk, cause: CallEndCause, result: CallResult) -> None:
    desk.ring("in1", OUTSIDE)
    end(desk, cause=cause)
    later(desk)

    assert [(entry.result, entry.duration_s) for entry in told(desk)] == [(result, 0)]


def test_a_call_that_was_handed_on_is_told_as_transferred(desk: Desk) -> None:
    talk(desk)
    end(desk, cause=CallEndCause.HANDED_OVER)
    later(desk)

    assert [entry.result for entry in told(desk)] == [CallResult.TRANSFERRED]


def test_a_call_of_the_agent_that_nobody_took_is_told_as_not_reached(desk: Desk) -> None:
    call_id = desk.toolbar.dial(OUTSIDE)
    end(desk, call_id, CallEndCause.NO_ANSWER)
    later(desk)

    assert [(entry.incoming, entry.result) for entry in told(desk)] == [(False, CallResult.NOT_REACHED)]


def test_a_call_among_colleagues_is_not_told(desk: Desk) -> None:
    talk(desk, number="1002")
    end(desk)
    later(desk)

    assert (told(desk), desk.outbox.items) == ([], {})


def test_a_call_that_a_colleague_took_is_not_told(desk: Desk) -> None:
    desk.ring("in1", OUTSIDE)
    assert "in1" in desk.outbox.items
    end(desk, cause=CallEndCause.ANSWERED_ELSEWHERE)
    later(desk)

    assert (told(desk), desk.outbox.items) == ([], {})


def test_where_calls_are_not_to_be_logged_none_is() -> None:
    desk = crm_desk(crm=msgspec.structs.replace(CRM, logs_calls=False)).on()
    talk(desk)
    end(desk)
    later(desk)

    assert desk.outbox.items == {}


def test_signed_out_the_call_waits_for_the_account_of_the_settings() -> None:
    desk = crm_desk().on()
    talk(desk)
    end(desk)
    later(desk)
    assert desk.state.crm.waiting == 1
    assert desk.outbox.items["in1"].account == NAME[0]
    desk.toolbar.switch_crm(True)

    assert (len(told(desk)), desk.state.crm.waiting) == (1, 0)


def test_with_a_wrap_up_the_call_is_told_when_its_record_is_finished(desk: Desk) -> None:
    choose_wrap_up(desk)
    talk(desk)
    end(desk)
    assert desk.outbox.items["in1"].held
    later(desk)
    desk.toolbar.edit_wrap_up(subject="Refund", disposition="call_back", follow_up="2026-12-01")
    assert (told(desk), desk.state.crm.waiting) == ([], 0)
    desk.toolbar.finish_wrap_up()

    assert [(entry.subject, entry.disposition, entry.follow_up) for entry in told(desk)] == [
        ("Refund", "call_back", "2026-12-01")
    ]


def test_when_the_time_is_up_the_call_is_told_as_it_is(desk: Desk) -> None:
    choose_wrap_up(desk)
    talk(desk)
    end(desk)
    desk.toolbar.edit_wrap_up(subject="Ref")
    desk.timers.pass_ms(60_100)

    assert [entry.subject for entry in told(desk)] == ["Ref"]


def test_a_wrap_up_that_is_finished_at_once_is_told_at_once_or_soon_after(desk: Desk) -> None:
    choose_wrap_up(desk)
    talk(desk)
    end(desk)
    desk.toolbar.edit_wrap_up(subject="Quick")
    desk.toolbar.finish_wrap_up()
    later(desk)

    assert [entry.subject for entry in told(desk)] == ["Quick"]


def test_a_record_that_is_finished_long_after_its_call_changes_what_the_crm_has(desk: Desk) -> None:
    talk(desk)
    end(desk)
    later(desk)
    desk.timers.pass_ms(60_000)
    desk.toolbar.begin_wrap_up()
    desk.toolbar.edit_wrap_up(subject="Refund after all", disposition="done")
    before = told(desk)
    desk.toolbar.finish_wrap_up()

    assert [entry.subject for entry in before] == [""]
    assert [(entry.subject, entry.disposition) for entry in told(desk)] == [("Refund after all", "done")]


def test_a_note_that_is_changed_in_the_history_changes_the_record_at_the_crm(desk: Desk) -> None:
    talk(desk)
    end(desk)
    later(desk)
    desk.timers.pass_ms(3_600_000)
    desk.toolbar.note("It was a refund", "in1")

    assert [one for one in desk.crm.asked if one[1] == "in1"] == [("log_call", "in1"), ("update_call", "in1")]
    assert [entry.subject for entry in told(desk)] == ["It was a refund"]


def test_another_subject_in_the_outbox_is_also_that_of_the_history() -> None:
    desk = crm_desk().on()
    talk(desk)
    end(desk)
    later(desk)
    desk.toolbar.edit_outbox("in1", "Refund")

    assert desk.journal.records["in1"].subject == "Refund"
    assert desk.state.crm.outbox[0].item.entry.subject == "Refund"


def test_a_discarded_call_does_not_come_back_with_its_next_note() -> None:
    desk = crm_desk().on()
    talk(desk)
    end(desk)
    later(desk)
    desk.toolbar.discard_outbox("in1")
    desk.toolbar.note("Refund", "in1")

    assert desk.state.crm.outbox == ()


def test_a_toolbar_that_dies_in_a_call_tells_it_when_it_lives_again() -> None:
    first = crm_desk().on()
    talk(first)
    second = Desk(first.settings.current, crm=first.crm, outbox=first.outbox.after_crash(), journal=first.journal)
    second.vault.secrets[NAME] = "secret"
    second.toolbar.switch_crm(True)

    assert [(entry.key, entry.result) for entry in told(second)] == [("in1", CallResult.ANSWERED)]


def test_a_toolbar_that_dies_after_the_call_tells_it_with_what_was_typed() -> None:
    first = crm_desk().on()
    talk(first)
    end(first)
    first.toolbar.note("Refund", "in1")
    second = Desk(first.settings.current, crm=first.crm, outbox=first.outbox.after_crash(), journal=first.journal)
    second.vault.secrets[NAME] = "secret"
    second.toolbar.switch_crm(True)

    assert [entry.subject for entry in told(second)] == ["Refund"]


def test_a_wrap_up_that_an_earlier_life_left_open_holds_its_call_until_it_is_finished() -> None:
    first = crm_desk().on()
    choose_wrap_up(first)
    talk(first)
    end(first)
    first.toolbar.edit_wrap_up(subject="Refu")
    first.journal.left_open = (WrapUp("in1", begun_s=1.0, subject="Refu"),)
    second = Desk(first.settings.current, crm=first.crm, outbox=first.outbox.after_crash(), journal=first.journal)
    second.vault.secrets[NAME] = "secret"
    second.toolbar.switch_crm(True)
    assert told(second) == []
    second.toolbar.edit_wrap_up(subject="Refund")
    second.toolbar.finish_wrap_up()

    assert [entry.subject for entry in told(second)] == ["Refund"]


def test_a_call_that_goes_on_in_the_next_life_is_told_at_its_end() -> None:
    first = crm_desk().on()
    talk(first)
    outbox = first.outbox.after_crash()
    second = Desk(first.settings.current, outbox=outbox, journal=first.journal, engine=first.engine)
    second.engine.attach()
    second.vault.secrets[NAME] = "secret"
    second.toolbar.switch_crm(True)
    assert (told(second), second.state.crm.outbox) == ([], ())
    end(second)
    later(second)

    assert len(told(second)) == 1


def test_two_accounts_each_tell_their_own_calls() -> None:
    desk = crm_desk(CrmServer()).on()
    talk(desk)
    end(desk)
    later(desk)
    settings = desk.toolbar.settings
    paul = msgspec.structs.replace(CRM, user="paul")
    desk.toolbar.change_settings(msgspec.structs.replace(settings, crm=paul))
    desk.toolbar.enter_crm_key("of paul")
    desk.toolbar.switch_crm(True)
    assert (told(desk), desk.state.crm.outbox[0].foreign) == ([], True)
    talk(desk, "in2")
    end(desk, "in2")
    later(desk)
    desk.toolbar.change_settings(settings)

    assert {record: account.rpartition("|")[2] for record, account in desk.crm.authors.items()} == {
        "r1": "paul",
        "r2": "marie",
    }


def test_a_call_of_a_withheld_number_is_told_without_one(desk: Desk) -> None:
    desk.ring("in1", OUTSIDE)
    desk.change("in1", remote=Identity(OUTSIDE, "Marie", private=True))
    end(desk, cause=CallEndCause.CANCELLED)
    later(desk)

    assert [entry.number for entry in told(desk)] == [""]
