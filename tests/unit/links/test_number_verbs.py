"""`contacts correct`, `wrap-up --number`, and wrong numbers in `status --json`."""

from __future__ import annotations

import pytest

from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ipc.control_protocol import Verb
from tests.fakes.application_desk import Desk
from tests.unit.application.test_number_corrections import AWAY, RIGHT, WRONG, fails, names, signed_in
from tests.unit.links.test_directory_verbs import ask


@pytest.fixture
def desk(qapp) -> Desk:
    Translation(qapp).use("en")
    return signed_in()


def test_without_a_yes_it_says_what_it_would_do_and_does_nothing(desk: Desk) -> None:
    (answer,) = ask(desk, Verb.CONTACTS_CORRECT, number=WRONG, to=RIGHT)

    assert answer["error"]["code"] == "correction_asks"
    assert answer["error"]["text"] == (
        f"Marie Dupont: {WRONG} becomes {RIGHT}, in the contacts and in Test CRM. Is that right?"
    )
    assert (names(desk, WRONG), desk.crm.numbers) == (["Marie Dupont"], {"11": WRONG})


def test_with_a_yes_it_is_done_at_both_places(desk: Desk) -> None:
    (answer,) = ask(desk, Verb.CONTACTS_CORRECT, number=WRONG, to=RIGHT, confirmed=True)

    assert [(one["place"], one["outcome"], one["text"]) for one in answer["result"]["places"]] == [
        ("contacts", "done", "Your contacts: changed"),
        ("crm", "done", "Test CRM: changed"),
    ]
    assert (names(desk, RIGHT), desk.crm.numbers) == (["Marie Dupont"], {"11": RIGHT})


@pytest.mark.parametrize("args", [{"to": "", "retire": False}, {"to": RIGHT, "retire": True}])
def test_it_is_one_of_the_two(desk: Desk, args: dict[str, str | bool]) -> None:
    (answer,) = ask(desk, Verb.CONTACTS_CORRECT, number=WRONG, confirmed=True, **args)
    assert answer["error"]["code"] == "correction_empty"


def test_what_waits_for_the_crm_is_in_the_status_with_both_numbers(desk: Desk) -> None:
    desk.crm.down = AWAY
    (answer,) = ask(desk, Verb.CONTACTS_CORRECT, number=WRONG, to=RIGHT, confirmed=True)
    assert [one["outcome"] for one in answer["result"]["places"]] == ["done", "waits"]

    (status,) = ask(desk, Verb.STATUS)
    (waits,) = status["result"]["outbox"]
    assert (waits["kind"], waits["before"], waits["after"], waits["party"]) == ("number", WRONG, RIGHT, "Marie Dupont")


def test_a_proposal_is_in_the_status(desk: Desk) -> None:
    call_id = fails(desk)
    (status,) = ask(desk, Verb.STATUS)
    number = status["result"]["number"]
    assert (number["call"], number["before"], number["finding"], number["sip_status"], number["proposed"]) == (
        call_id,
        WRONG,
        "out_of_use",
        404,
        True,
    )


def test_the_record_of_a_call_says_what_is_wrong_with_its_number(desk: Desk) -> None:
    desk.ring("in1", WRONG)
    desk.toolbar.answer("in1")
    desk.change("in1", answered_s=desk.clock.now_s())
    desk.change("in1", state=CallState.ENDED, end_cause=CallEndCause.HUNG_UP)
    (answer,) = ask(desk, Verb.WRAP_UP, number="somebody-else")
    assert answer["result"]["wrap_up"]["number_finding"] == "somebody_else"
    (taken_back,) = ask(desk, Verb.WRAP_UP, number="right")
    assert taken_back["result"]["wrap_up"]["number_finding"] == ""
    (refused,) = ask(desk, Verb.WRAP_UP, number="perhaps")
    assert refused["error"]["code"] == "unknown_finding"
