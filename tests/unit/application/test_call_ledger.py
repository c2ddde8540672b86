"""Calls and the contacts' answers: the right name on the right card, whatever comes late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from agent_toolbar.application.call_ledger import JUST_ENDED_MS, LOOKUP_PATIENCE_MS, CallLedger
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallSnapshot, CallState
from agent_toolbar.domain.contact import ContactMatch, LookupResult, MatchLevel
from agent_toolbar.domain.context import NOTE_LENGTH, CallContext, Certainty, Party, ReceivedContext
from agent_toolbar.domain.identity import Identity
from agent_toolbar.domain.number_mark import NumberMark
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberPlan
from tests.fakes.runtime import ManualClock, ManualTimers

MARIE = ContactMatch(1, "Marie Dupont", "ACME", phone="+33123456789")
PAUL = ContactMatch(2, "Paul Martin", phone="+33123456789")
CALL = CallSnapshot("c1", CallDirection.INCOMING, CallState.RINGING, Identity("0123456789", "DUPONT M"), started_s=1.0)

STORY = ReceivedContext(
    CallContext(
        "a" * 32,
        "c0ffee",
        "+33123456789",
        Party("1001", "Ann"),
        "1002",
        "blind",
        1.0,
        name="Élodie Lefèvre",
        company="ACME",
    ),
    Certainty.SURE,
)


class AskedDirectory:
    """Keeps the questions, so that a test answers them when it likes."""

    def __init__(self) -> None:
        self.asked: list[tuple[CanonicalNumber, Callable[[LookupResult], None]]] = []

    def find_by_number(self, number: CanonicalNumber, on_result: Callable[[LookupResult], None]) -> None:
        self.asked.append((number, on_result))

    def answer(self, *matches: ContactMatch, question: int = 0) -> None:
        number, on_result = self.asked.pop(question)
        on_result(LookupResult(number, matches))


class Ledger(CallLedger):
    def __init__(self) -> None:
        self.directory = AskedDirectory()
        self.timers = ManualTimers(ManualClock())
        self.painted: list[CallView] = []
        self.marks: list[tuple[str, Callable[[NumberMark | None], None]]] = []
        super().__init__(
            self.directory,  # type: ignore[arg-type]
            self.timers,
            NumberPlan,
            self.painted.append,
            find_mark=lambda key, on_result: self.marks.append((key, on_result)),
        )

    def view(self, call_id: str = "c1") -> CallView:
        return next(view for view in self.live if view.call.id == call_id)


def ended(call: CallSnapshot) -> CallSnapshot:
    return replace(call, state=CallState.ENDED, end_cause=CallEndCause.CANCELLED, ended_s=9.0)


def test_the_contact_names_the_call() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    assert not ledger.view().looked_up
    ledger.directory.answer(MARIE)
    assert ledger.view().looked_up
    assert ledger.view().title == "Marie Dupont"


MARK = NumberMark("c0", 5.0, "a bakery now")


@pytest.mark.parametrize("mark_first", [True, False])
def test_a_number_that_was_marked_as_wrong_says_so_beside_the_contact(mark_first: bool) -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ((key, tell),) = ledger.marks
    for answer in sorted([True, False], reverse=mark_first):
        if answer:
            tell(MARK)
        else:
            ledger.directory.answer(MARIE)

    assert key == MARIE.phone
    assert (ledger.view().title, ledger.view().mark) == ("Marie Dupont", MARK)
    ledger.apply(replace(CALL, state=CallState.CONNECTED))
    assert ledger.view().mark == MARK


def test_a_mark_of_one_number_never_comes_to_another() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.apply(replace(CALL, remote=Identity("0198765432")))
    (_, late), (_, second) = ledger.marks
    late(MARK)
    assert ledger.view().mark is None
    second(None)
    assert ledger.view().mark is None


def test_a_call_is_not_told_of_the_mark_it_made_itself() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.marks[0][1](replace(MARK, call="c1"))
    assert ledger.view().mark is None


def test_nobody_asks_for_the_mark_of_a_withheld_number() -> None:
    ledger = Ledger()
    ledger.apply(replace(CALL, remote=Identity("anonymous")))
    assert ledger.marks == []


def test_without_a_contact_the_callers_own_name_stands() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.directory.answer()
    assert ledger.view().title == "DUPONT M"


def test_two_people_on_one_number_are_both_offered_and_none_is_chosen() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.directory.answer(MARIE, PAUL)
    assert ledger.view().contact is None
    assert ledger.view().matches == (MARIE, PAUL)
    ledger.choose_contact("c1", 2)
    assert ledger.view().title == "Paul Martin"


def test_a_match_by_last_digits_is_shown_but_never_chosen() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.directory.answer(replace(MARIE, level=MatchLevel.LAST_8))
    assert ledger.view().contact is None


def test_a_slow_index_does_not_delay_the_card() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.timers.pass_ms(LOOKUP_PATIENCE_MS)
    assert ledger.view().looked_up
    ledger.directory.answer(MARIE)
    assert ledger.view().title == "Marie Dupont"


def test_a_late_answer_for_an_earlier_identity_does_not_name_the_new_one() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.apply(replace(CALL, remote=Identity("0199000001")))
    ledger.directory.answer(MARIE, question=0)
    assert ledger.view().contact is None
    ledger.directory.answer(PAUL, question=0)
    assert ledger.view().title == "Paul Martin"


def test_a_withheld_number_is_not_looked_up_and_can_be_painted_at_once() -> None:
    ledger = Ledger()
    ledger.apply(replace(CALL, remote=Identity("anonymous", "")))
    assert ledger.directory.asked == []
    assert ledger.view().looked_up
    assert ledger.view().title == ""


def test_an_ended_call_is_shown_for_five_seconds_and_then_forgotten() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.apply(ended(CALL))
    assert ledger.live == ()
    assert [view.call.id for view in ledger.just_ended] == ["c1"]
    ledger.timers.pass_ms(JUST_ENDED_MS)
    assert ledger.just_ended == ()


def test_a_late_word_of_the_engine_does_not_bring_an_ended_call_back() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.apply(ended(CALL))
    ledger.apply(CALL)
    assert ledger.live == ()


TALK = replace(CALL, state=CallState.CONNECTED, answered_s=3.0, held=True, in_conference=True, consult_for="c9")


def test_a_connected_call_of_an_engine_that_died_waits_for_the_next_one_as_it_was() -> None:
    ledger = Ledger()
    ledger.apply(TALK)
    ledger.directory.answer(MARIE)

    ledger.engine_lost(7.0)
    ledger.engine_lost(8.0)

    assert ledger.view().call == replace(TALK, reconnecting=True)
    assert ledger.view().title == "Marie Dupont"
    assert ledger.just_ended == ()


@pytest.mark.parametrize("state", [CallState.RINGING, CallState.ANSWERING, CallState.DIALING, CallState.ALERTING])
def test_a_call_that_was_not_connected_dies_with_the_engine(state: CallState) -> None:
    ledger = Ledger()
    ledger.apply(replace(CALL, state=state))

    ledger.engine_lost(7.0)

    [view] = ledger.just_ended
    assert (view.call.end_cause, view.call.ended_s) == (CallEndCause.ENGINE_LOST, 7.0)


def test_the_next_engine_says_which_calls_it_can_ask_for_and_the_others_are_lost() -> None:
    ledger = Ledger()
    ledger.apply(TALK)
    ledger.apply(replace(TALK, id="c2"))
    ledger.engine_lost(7.0)

    ledger.attach((replace(TALK, reconnecting=True),), now_s=8.0)

    assert [view.call.id for view in ledger.live] == ["c1"]
    [lost] = ledger.just_ended
    assert (lost.call.id, lost.call.end_cause, lost.call.ended_s) == ("c2", CallEndCause.ENGINE_LOST, 8.0)
    assert (lost.call.held, lost.call.in_conference, lost.call.reconnecting) == (False, False, False)


def test_a_call_that_is_back_is_the_same_call() -> None:
    ledger = Ledger()
    ledger.apply(TALK)
    ledger.engine_lost(7.0)

    ledger.apply(replace(TALK, reconnected_s=9.0))

    assert ledger.view().call.answered_s == TALK.answered_s
    assert not ledger.view().call.reconnecting


def test_without_any_further_engine_every_call_is_lost() -> None:
    ledger = Ledger()
    ledger.apply(TALK)
    ledger.engine_lost(7.0)

    ledger.engine_gone(9.0)

    [view] = ledger.just_ended
    assert (view.call.end_cause, view.call.ended_s) == (CallEndCause.ENGINE_LOST, 9.0)


def test_attaching_to_a_running_engine_shows_its_calls_as_they_are() -> None:
    ledger = Ledger()
    talk = replace(CALL, state=CallState.CONNECTED, answered_s=3.0, muted=True)
    ledger.attach((talk,), now_s=10.0)
    assert ledger.view().call == talk


def test_attaching_ends_what_the_engine_does_not_hold_any_more() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.attach((), now_s=10.0)
    assert ledger.live == ()


def test_a_note_is_kept_as_one_plain_line_of_bounded_length() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    assert ledger.note("c1", "order\n4711\u202e " + "x" * NOTE_LENGTH)
    assert ledger.view().note.startswith("order 4711 xxx")
    assert len(ledger.view().note) == NOTE_LENGTH


def test_a_note_is_kept_for_a_call_that_just_ended_and_refused_for_an_older_one() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.apply(ended(CALL))
    assert ledger.note("c1", "voice mail")
    assert [view.note for view in ledger.just_ended] == ["voice mail"]
    ledger.timers.pass_ms(JUST_ENDED_MS)
    assert not ledger.note("c1", "too late for the ledger")


def test_note_story_and_conversation_stay_when_the_other_party_changes() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.note("c1", "order 4711")
    ledger.bind_context("c1", STORY)
    ledger.apply(replace(CALL, remote=Identity("0199000001")))
    assert (ledger.view().note, ledger.view().context, ledger.view().conversation) == ("order 4711", STORY, "c0ffee")


def test_what_was_known_before_does_not_replace_what_is_known_now() -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.take_up("c1", "dead", "first note")
    ledger.note("c1", "second note")
    ledger.take_up("c1", "beef", "third note")
    assert (ledger.view().conversation, ledger.view().note) == ("dead", "second note")


@pytest.mark.parametrize("certainty", list(Certainty))
def test_a_customer_whom_the_contacts_do_not_know_has_the_storys_name(certainty: Certainty) -> None:
    ledger = Ledger()
    ledger.apply(CALL)
    ledger.bind_context("c1", replace(STORY, certainty=certainty))
    assert ledger.view().title == "Élodie Lefèvre"
    ledger.bind_context("c1", replace(STORY, context=replace(STORY.context, name=""), certainty=certainty))
    assert ledger.view().title == "ACME"
    ledger.directory.answer(MARIE)
    assert ledger.view().title == "Marie Dupont"


def test_the_call_in_talk_comes_before_a_ringing_one_and_that_before_a_held_one() -> None:
    ledger = Ledger()
    held = replace(CALL, id="held", state=CallState.CONNECTED, held=True, answered_s=2.0)
    ringing = replace(CALL, id="ringing", started_s=5.0)
    talk = replace(CALL, id="talk", state=CallState.CONNECTED, answered_s=4.0, started_s=4.0)
    for call in (held, ringing, talk):
        ledger.apply(call)
    assert ledger.current() == "talk"
    ledger.apply(ended(talk))
    assert ledger.current() == "ringing"
    ledger.apply(ended(ringing))
    assert ledger.current() == "held"
    ledger.apply(ended(held))
    assert ledger.current() == ""
