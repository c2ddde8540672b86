"""What every call journal does: the fake that the application is tested with, and the one on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from agent_toolbar.application.ports.storage import CallJournal, CallRecord, JournalQuery
from agent_toolbar.domain.call import CallDirection, CallEndCause
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.number_mark import NumberMark
from agent_toolbar.domain.wrap_up import WrapUp
from agent_toolbar.storage.call_journal import SqliteCallJournal
from tests.fakes.journal import FakeCallJournal
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock

RINGING = CallRecord(
    "call-1", CallDirection.INCOMING, "0113 496 0001", "+441134960001", started_s=100.0, ringing_s=101.0
)
MISSED = replace(RINGING, ended_s=110.0, end_cause=CallEndCause.CANCELLED, missed=True, seen=False)
TALK = CallRecord(
    "call-2",
    CallDirection.OUTGOING,
    "+33 1 23 45 67 89",
    "+33123456789",
    name="Élodie Lefèvre",
    company="Œuvres & Cie",
    contact_id=7,
    called_on="+33198765432",
    sip_call_id="abc@192.0.2.1",
    started_s=200.5,
    ringing_s=201.5,
    answered_s=203.0,
    ended_s=263.0,
    end_cause=CallEndCause.HUNG_UP,
    sip_status=200,
    subject="Order 4711",
    conversation="c0ffee",
)
INTERNAL = CallRecord("call-3", CallDirection.INCOMING, "1001", "1001", name="Bob", started_s=300.0, answered_s=301.0)


@dataclass
class JournalAtWork:
    """A journal, and answers that the test waits for."""

    journal: CallJournal
    dispatcher: QueueDispatcher

    def found(self, text: str = "", **conditions: object) -> list[str]:
        return [record.id for record in self.records(text, **conditions)]

    def records(self, text: str = "", **conditions: object) -> tuple[CallRecord, ...]:
        return self._answer(lambda answered: self.journal.search(JournalQuery(text, **conditions), answered))

    def record(self, call_id: str) -> CallRecord | None:
        return self._answer(lambda answered: self.journal.find(call_id, answered))

    def mark(self, number_key: str) -> NumberMark | None:
        return self._answer(lambda answered: self.journal.find_mark(number_key, answered))

    def missed(self) -> int:
        return self._answer(self.journal.count_missed)

    def _answer(self, ask: Callable):
        answers: list = []
        ask(answers.append)
        self.dispatcher.run_until(lambda: bool(answers), what="an answer of the journal")
        return answers[0]


@pytest.fixture(params=["fake", "sqlite"])
def work(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[JournalAtWork]:
    dispatcher = QueueDispatcher()
    journal = FakeCallJournal()
    if request.param == "sqlite":
        journal = SqliteCallJournal(tmp_path / "journal.sqlite", dispatcher, ManualClock())
    yield JournalAtWork(journal, dispatcher)
    journal.close()


def test_a_record_comes_back_as_it_was_written(work: JournalAtWork) -> None:
    work.journal.write(TALK)

    assert work.records() == (TALK,)


def test_a_call_has_one_record_however_often_it_is_written(work: JournalAtWork) -> None:
    work.journal.write(RINGING)
    work.journal.write(MISSED)

    assert work.records() == (MISSED,)


def test_the_newest_call_comes_first(work: JournalAtWork) -> None:
    for record in (TALK, INTERNAL, RINGING):
        work.journal.write(record)

    assert work.found() == ["call-3", "call-2", "call-1"]


def test_pages_go_backwards_in_time(work: JournalAtWork) -> None:
    for record in (RINGING, TALK, INTERNAL):
        work.journal.write(record)

    assert work.found(limit=2) == ["call-3", "call-2"]
    assert work.found(limit=2, before_s=200.5) == ["call-1"]


@pytest.mark.parametrize(
    "text",
    ["Élodie", "elodie", "LEFEVRE", "lef elo", "oeuvres", "Œuvres", "cie", "4711 order", "123456789", "order 4711"],
)
def test_words_are_found_without_case_and_accents(work: JournalAtWork, text: str) -> None:
    for record in (RINGING, TALK, INTERNAL):
        work.journal.write(record)

    assert work.found(text) == ["call-2"]


@pytest.mark.parametrize(
    "text",
    ["01134960001", "0113 496 0001", "+44 113 496", "+44 (0)113 496 0001", "0044 113 496 0001", "496-0001", "113.496"],
)
def test_a_number_is_found_in_any_spelling(work: JournalAtWork, text: str) -> None:
    for record in (RINGING, TALK, INTERNAL):
        work.journal.write(record)

    assert work.found(text) == ["call-1"]


@pytest.mark.parametrize("text", ["nobody", "Élodie Bob", "0000000", "%", "_", "'; DROP TABLE call", "\\", '"'])
def test_what_is_not_there_is_not_found(work: JournalAtWork, text: str) -> None:
    for record in (RINGING, TALK, INTERNAL):
        work.journal.write(record)

    assert work.found(text) == []


def test_half_a_character_holds_nothing_up(work: JournalAtWork) -> None:
    work.journal.write(replace(RINGING, name="Ann \ud83d"))
    work.journal.write(TALK)

    assert work.found() == ["call-2", "call-1"]
    assert work.found("ann \ud83d") == ["call-1"]


def test_only_missed_calls_when_asked_for(work: JournalAtWork) -> None:
    work.journal.write(MISSED)
    work.journal.write(TALK)

    assert work.found(only_missed=True) == ["call-1"]


def test_missed_calls_count_until_they_were_seen(work: JournalAtWork) -> None:
    work.journal.write(MISSED)
    work.journal.write(replace(MISSED, id="call-9"))
    work.journal.write(TALK)
    before = work.missed()
    work.journal.mark_missed_seen()

    assert (before, work.missed()) == (2, 0)
    assert all(record.seen for record in work.records(only_missed=True))


def test_a_call_that_is_missed_after_the_others_were_seen_counts(work: JournalAtWork) -> None:
    work.journal.write(MISSED)
    work.journal.mark_missed_seen()
    work.journal.write(replace(MISSED, id="call-9"))

    assert work.missed() == 1


def test_calls_left_open_are_closed_at_their_last_sign_of_life(work: JournalAtWork) -> None:
    for record in (RINGING, TALK, INTERNAL):
        work.journal.write(record)
    work.journal.close_open_records(frozenset())
    answered, finished, unanswered = work.records()

    assert (answered.end_cause, answered.ended_s, answered.missed) == (CallEndCause.ENGINE_LOST, 301.0, False)
    assert (unanswered.end_cause, unanswered.ended_s) == (CallEndCause.ENGINE_LOST, 101.0)
    assert (unanswered.missed, unanswered.seen) == (True, False)
    assert finished == TALK


def test_a_call_that_lives_on_is_left_open(work: JournalAtWork) -> None:
    work.journal.write(INTERNAL)
    work.journal.close_open_records(frozenset({"call-3"}))

    assert work.records() == (INTERNAL,)


def test_one_record_is_found_by_its_call(work: JournalAtWork) -> None:
    work.journal.write(TALK)
    work.journal.write(INTERNAL)

    assert (work.record("call-3"), work.record("call-9")) == (INTERNAL, None)


def test_a_note_is_written_and_found_long_after_the_end_of_its_call(work: JournalAtWork) -> None:
    work.journal.write(MISSED)
    work.journal.set_subject("call-1", "Wants to be called back")

    assert work.record("call-1") == replace(MISSED, subject="Wants to be called back")
    assert work.found("called back") == ["call-1"]


def test_a_note_can_be_taken_away(work: JournalAtWork) -> None:
    work.journal.write(TALK)
    work.journal.set_subject("call-2", "")

    assert work.record("call-2") == replace(TALK, subject="")
    assert work.found("order 4711") == []


def test_a_note_about_an_unknown_call_changes_nothing(work: JournalAtWork) -> None:
    work.journal.write(TALK)
    work.journal.set_subject("call-9", "nobody")

    assert work.records() == (TALK,)


def test_who_does_not_know_note_and_conversation_leaves_them(work: JournalAtWork) -> None:
    work.journal.write(TALK)
    work.journal.write(replace(TALK, subject="", conversation="", ended_s=264.0))

    assert work.records() == (replace(TALK, ended_s=264.0),)
    assert work.found("order 4711") == ["call-2"]


WRAP_UP = WrapUp(
    "call-2", "Élodie", "+33 1 23", 300.0, 360.0, "Refund", "call_back", "2026-12-01", NumberFinding.WRONG, by_hand=True
)


def test_wrap_up_completes_the_record_and_no_later_write_undoes_it(work: JournalAtWork) -> None:
    work.journal.write(TALK)
    work.journal.keep_wrap_up(WRAP_UP)
    work.journal.finish_wrap_up(WRAP_UP, 350.0)
    work.journal.finish_wrap_up(replace(WRAP_UP, disposition="done"), 999.0)
    work.journal.write(TALK)
    assert work.records() == (
        replace(
            TALK,
            subject="Refund",
            disposition="done",
            follow_up="2026-12-01",
            number_finding=NumberFinding.WRONG,
            wrapped_s=350.0,
        ),
    )
    assert work.found("done") == work.found("refund") == ["call-2"]


def test_a_number_marked_as_wrong_is_found_with_its_evidence(work: JournalAtWork) -> None:
    key = TALK.number_key
    work.journal.write(TALK)
    assert work.mark(key) is None
    work.journal.keep_wrap_up(WRAP_UP)
    work.journal.finish_wrap_up(WRAP_UP, 350.0)
    assert work.mark(key) == NumberMark("call-2", 350.0, "Refund")
    assert work.mark(f"{key}0") is None
    work.journal.write(replace(TALK, id="call-4", started_s=TALK.started_s + 900))  # a later call says nothing of it
    assert work.mark(key) == NumberMark("call-2", 350.0, "Refund")


def test_a_mark_that_is_taken_back_is_gone(work: JournalAtWork) -> None:
    work.journal.write(TALK)
    work.journal.keep_wrap_up(WRAP_UP)
    work.journal.keep_wrap_up(replace(WRAP_UP, number_finding=NumberFinding.NONE))
    assert work.mark(TALK.number_key) is None


def test_a_call_without_a_wrap_up_is_marked_too_and_stays_so(work: JournalAtWork) -> None:
    work.journal.mark_number("call-2", NumberFinding.WRONG)  # nobody knows it yet
    work.journal.write(TALK)
    assert work.mark(TALK.number_key) is None
    work.journal.mark_number("call-2", NumberFinding.OUT_OF_USE)
    assert work.mark(TALK.number_key) == NumberMark("call-2", TALK.ended_s, TALK.subject, NumberFinding.OUT_OF_USE)
    work.journal.write(replace(TALK, company="ACME"))
    assert [record.number_finding for record in work.records()] == [NumberFinding.OUT_OF_USE]
    work.journal.mark_number("call-2", NumberFinding.NONE)
    assert work.mark(TALK.number_key) is None


def test_the_newest_of_several_marks_counts(work: JournalAtWork) -> None:
    for call_id, started_s in (("call-6", 900.0), ("call-5", 500.0)):
        work.journal.write(replace(TALK, id=call_id, started_s=started_s))
        work.journal.finish_wrap_up(replace(WRAP_UP, call=call_id), started_s + 60)
    assert work.mark(TALK.number_key) == NumberMark("call-6", 960.0, "Refund")


def test_wrap_up_before_its_record_makes_one_row_that_the_record_completes(work: JournalAtWork) -> None:
    work.journal.keep_wrap_up(WRAP_UP)
    assert work.found() == ["call-2"]
    work.journal.write(replace(TALK, subject=""))
    (record,) = work.records()
    assert (record.direction, record.company, record.subject) == (TALK.direction, TALK.company, "Refund")
    assert (record.disposition, record.wrapped_s) == ("call_back", 0.0)


def test_wrap_ups_left_open_are_offered_in_the_order_in_which_they_began(tmp_path: Path) -> None:
    dispatcher = QueueDispatcher()
    earlier = SqliteCallJournal(tmp_path / "journal.sqlite", dispatcher, ManualClock())
    finished = replace(WRAP_UP, call="call-1", begun_s=400.0)
    waits = replace(WRAP_UP, call="call-3", begun_s=320.0, deadline_s=0.0)
    earlier.keep_wrap_up(waits)
    earlier.keep_wrap_up(WRAP_UP)
    earlier.finish_wrap_up(finished, 410.0)
    earlier.keep_wrap_up(finished)  # what was typed last arrives after its end
    earlier.close()
    work = JournalAtWork(SqliteCallJournal(tmp_path / "journal.sqlite", dispatcher, ManualClock()), dispatcher)
    answers: list[tuple[WrapUp, ...]] = []
    work.journal.open_wrap_ups(answers.append)
    dispatcher.run_until(lambda: bool(answers))
    wrapped = {record.id: record.wrapped_s for record in work.records()}
    work.journal.close()
    assert answers == [(WRAP_UP, waits)]
    assert wrapped == {"call-1": 410.0, "call-2": 0.0, "call-3": 0.0}


def test_a_record_asked_for_during_a_call_is_offered_to_the_next_life_and_says_nothing_yet(tmp_path: Path) -> None:
    dispatcher = QueueDispatcher()
    earlier = SqliteCallJournal(tmp_path / "journal.sqlite", dispatcher, ManualClock())
    asked = WrapUp("call-2", "Élodie", "+33 1 23", subject="an old line", by_hand=True)
    handed_on = replace(asked, call="call-3")
    talk = replace(TALK, number_finding=NumberFinding.NONE)
    earlier.keep_wrap_up(asked)  # nobody knows the call yet
    for record in (talk, replace(talk, id="call-3")):
        earlier.write(record)
    earlier.mark_number("call-2", NumberFinding.WRONG)
    for promise in (asked, handed_on):
        earlier.keep_wrap_up(promise)
    earlier.finish_wrap_up(handed_on, 410.0)
    earlier.close()
    work = JournalAtWork(SqliteCallJournal(tmp_path / "journal.sqlite", dispatcher, ManualClock()), dispatcher)
    answers: list[tuple[WrapUp, ...]] = []
    work.journal.open_wrap_ups(answers.append)
    dispatcher.run_until(lambda: bool(answers))
    records = {record.id: record for record in work.records()}
    work.journal.close()
    ((offered,),) = answers
    assert offered == replace(asked, subject=TALK.subject, number_finding=NumberFinding.WRONG)
    assert records["call-2"] == replace(talk, number_finding=NumberFinding.WRONG)
    assert records["call-3"] == replace(talk, id="call-3")


def called(work: JournalAtWork, prefix: str) -> frozenset[str]:
    return work._answer(lambda answered: work.journal.called_keys(prefix, answered))


def test_what_was_called_from_this_desk_is_known_by_the_beginning_of_its_number(work: JournalAtWork) -> None:
    for place, (number, direction) in enumerate(
        [
            ("+493023125000", CallDirection.OUTGOING),
            ("+493023125001", CallDirection.OUTGOING),
            ("+493023125000", CallDirection.OUTGOING),
            ("+442079460018", CallDirection.INCOMING),
            ("1001", CallDirection.OUTGOING),
        ]
    ):
        work.journal.write(CallRecord(f"call-{place}", direction, number, number, started_s=float(place)))

    assert called(work, "+49") == {"+493023125000", "+493023125001"}
    assert called(work, "+44") == frozenset()
    assert called(work, "+4") == {"+493023125000", "+493023125001"}
    assert called(work, "_49") == frozenset()
