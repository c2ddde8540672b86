"""Stories that go with calls: given away under a key, found by it or by number and time, never for another call."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from agent_toolbar.application.call_contexts import CallContexts
from agent_toolbar.application.call_ledger import CallLedger
from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.crm.contact_index import StoredContact, StoredPhone
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallSnapshot, CallState
from agent_toolbar.domain.context import (
    LIFE_S,
    NOTE_LENGTH,
    PROBABLE_S,
    CallContext,
    Certainty,
    Party,
    ReceivedContext,
    Stage,
)
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.domain.identity import Identity
from agent_toolbar.domain.phone_number import NumberPlan
from tests.fakes.context import FakeContextStore
from tests.fakes.directory import FakeContactDirectory
from tests.fakes.journal import FakeCallJournal
from tests.fakes.runtime import ManualClock, ManualTimers

MARIE = "+33199001234"
STRANGER = "+33199005555"


class Team:
    """What desks share: the time and the store."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.store = FakeContextStore(self.clock)
        self.keys = itertools.count(1)


class Desk:
    """One toolbar's calls, with all that CallContexts works with."""

    def __init__(self, team: Team, extension: str, name: str, journal: FakeCallJournal | None = None) -> None:
        self.team = team
        self.journal = journal or FakeCallJournal()
        self.directory = FakeContactDirectory()
        self.found: list[tuple[str, ReceivedContext]] = []
        self.ledger = CallLedger(
            self.directory, ManualTimers(team.clock), NumberPlan, self._changed, find_mark=FakeCallJournal().find_mark
        )
        self.contexts = CallContexts(
            team.store,
            self.journal,
            team.clock,
            new_key=lambda: f"{next(team.keys):032x}",
            own=lambda: Party(extension, name),
            plan=NumberPlan,
            on_found=self._found,
            on_taken_up=self.ledger.take_up,
        )

    def _changed(self, view: CallView) -> None:
        self.contexts.call_changed(view)

    def _found(self, call_id: str, received: ReceivedContext) -> None:
        self.found.append((call_id, received))
        self.ledger.bind_context(call_id, received)

    def call(self, call_id: str, number: str = MARIE, **changes: object) -> CallView:
        """A call that is in talk, incoming unless said otherwise."""
        now_s = self.team.clock.now_s()
        fields = {"direction": CallDirection.INCOMING, "started_s": now_s, "answered_s": now_s, **changes}
        name = str(fields.pop("name", ""))
        private = bool(fields.pop("private", False))
        identity = Identity(number, name, private=private)
        self.ledger.apply(CallSnapshot(call_id, state=CallState.CONNECTED, remote=identity, **fields))
        return self.view(call_id)

    def becomes(self, call_id: str, **changes: object) -> CallView:
        self.ledger.apply(replace(self.view(call_id).call, **changes))
        return self.view(call_id)

    def end(self, call_id: str) -> None:
        now_s = self.team.clock.now_s()
        self.becomes(call_id, state=CallState.ENDED, end_cause=CallEndCause.HUNG_UP, ended_s=now_s)

    def view(self, call_id: str) -> CallView:
        return next(view for view in (*self.ledger.live, *self.ledger.just_ended) if view.call.id == call_id)


@pytest.fixture
def team() -> Team:
    return Team()


@pytest.fixture
def ann(team: Team) -> Desk:
    return Desk(team, "1001", "Ann")


@pytest.fixture
def bob(team: Team) -> Desk:
    return Desk(team, "1002", "Bob")


def story_of(desk: Desk, key: str) -> CallContext:
    return desk.team.store.stories[key][1]


# ---------------------------------------------------------------------- giving away


def test_a_story_says_who_the_customer_is_what_was_noted_and_who_had_the_call(ann: Desk) -> None:
    ann.directory.put(StoredContact("Marie Dupont", (StoredPhone(MARIE),), company="ACME"))
    begun_s = ann.team.clock.now_s()
    view = ann.call("c1")
    ann.ledger.note("c1", "wants a refund")
    ann.team.clock.seconds += 60
    key = ann.contexts.publish(ann.view("c1"), "1002", "blind")

    assert story_of(ann, key) == CallContext(
        key=key,
        conversation=view.conversation,
        number=MARIE,
        shown_number="01 99 00 12 34",
        sender=Party("1001", "Ann"),
        to_extension="1002",
        kind="blind",
        created_s=begun_s + 60,
        name="Marie Dupont",
        company="ACME",
        note="wants a refund",
        stages=(Stage(Party("1001", "Ann"), begun_s, begun_s + 60, "called"),),
    )


def test_each_story_has_a_key_of_its_own(ann: Desk) -> None:
    view = ann.call("c1")
    keys = {ann.contexts.publish(view, "1002", "blind") for _ in range(3)}

    assert len(keys) == 3


def test_a_key_is_given_at_once_also_when_the_store_is_away(ann: Desk) -> None:
    ann.team.store.away = True

    assert len(ann.contexts.publish(ann.call("c1"), "1002", "blind")) == 32


@pytest.mark.parametrize("target", ["1002", "sip:1002@pbx.test", " 1002 "])
def test_a_target_is_kept_as_its_own_desk_knows_itself(ann: Desk, target: str) -> None:
    key = ann.contexts.publish(ann.call("c1"), target, "blind")

    assert story_of(ann, key).to_extension == "1002"


def test_the_number_and_name_of_a_private_caller_are_kept_nowhere(ann: Desk) -> None:
    key = ann.contexts.publish(ann.call("c1", name="DUPONT M", private=True), "1002", "blind")

    story = story_of(ann, key)
    assert (story.number, story.shown_number, story.name) == ("", "", "")


def test_what_is_noted_after_the_key_left_goes_into_the_story_too(ann: Desk) -> None:
    key = ann.contexts.publish(ann.call("c1"), "1002", "consultation")
    ann.ledger.note("c1", "prefers Friday")

    assert story_of(ann, key).note == "prefers Friday"


def test_a_story_that_has_nothing_new_is_not_written_again(ann: Desk) -> None:
    key = ann.contexts.publish(ann.call("c1"), "1002", "blind")
    kept_s = ann.team.store.stories[key][0]
    ann.team.clock.seconds += 5
    ann.becomes("c1", held=True)

    assert ann.team.store.stories[key][0] == kept_s


# ---------------------------------------------------------------------- finding


def test_the_receiver_finds_the_story_by_its_key(ann: Desk, bob: Desk) -> None:
    ann.directory.put("Marie Dupont", "01 99 00 12 34")
    customer = ann.call("c1")
    ann.ledger.note("c1", "wants a refund")
    key = ann.contexts.publish(ann.view("c1"), "1002", "blind")
    view = bob.call("b1", context_key=key)

    assert view.context == ReceivedContext(story_of(ann, key), Certainty.SURE)
    assert view.context.context.note == "wants a refund"
    assert view.conversation == customer.conversation
    assert view.title == "Marie Dupont"


@pytest.mark.parametrize("key", ["", "f" * 32, "not a key"])
def test_without_its_key_the_story_is_probably_that_of_the_same_customer(ann: Desk, bob: Desk, key: str) -> None:
    published = ann.contexts.publish(ann.call("c1", name="Marie"), "1002", "blind")
    ann.team.clock.seconds += PROBABLE_S - 1
    view = bob.call("b1", context_key=key)

    assert view.context == ReceivedContext(story_of(ann, published), Certainty.PROBABLE)
    assert view.title == "Marie"


def test_a_consultation_finds_it_by_who_calls_and_is_titled_by_them(ann: Desk, bob: Desk) -> None:
    ann.contexts.publish(ann.call("c1", name="Marie"), "1002", "consultation")
    view = bob.call("b1", number="1001")

    assert view.context is not None
    assert (view.context.certainty, view.title) == (Certainty.PROBABLE, "Ann")


def test_when_the_consultation_becomes_the_customer_the_story_is_read_again(ann: Desk, bob: Desk) -> None:
    ann.call("c1", name="Marie")
    key = ann.contexts.publish(ann.view("c1"), "1002", "consultation")
    bob.call("b1", number="1001", context_key=key)
    bob.ledger.note("b1", "my own note")
    ann.ledger.note("c1", "said at last")
    view = bob.becomes("b1", remote=Identity(MARIE))

    assert view.context is not None
    assert (view.context.context.note, view.title) == ("said at last", "Marie")
    assert view.note == "my own note"


@pytest.mark.parametrize(
    ("number", "late_s"), [(STRANGER, 0.0), (MARIE, PROBABLE_S + 1), ("anonymous", 0.0), ("", 0.0)]
)
def test_another_customer_or_a_late_one_has_no_story(ann: Desk, bob: Desk, number: str, late_s: float) -> None:
    ann.contexts.publish(ann.call("c1"), "1002", "blind")
    ann.team.clock.seconds += late_s

    assert bob.call("b1", number=number).context is None


def test_two_callers_without_a_number_are_not_one(ann: Desk, bob: Desk) -> None:
    ann.contexts.publish(ann.call("c1", number="anonymous"), "1002", "blind")

    assert bob.call("b1", number="anonymous").context is None


def test_an_expired_key_finds_nothing(ann: Desk, bob: Desk) -> None:
    key = ann.contexts.publish(ann.call("c1"), "1002", "blind")
    ann.team.clock.seconds += LIFE_S + 1

    assert bob.call("b1", context_key=key).context is None


def test_an_outgoing_call_finds_a_story_only_by_a_key_that_came(ann: Desk, bob: Desk) -> None:
    key = ann.contexts.publish(ann.call("c1"), "1002", "blind")
    without = bob.call("b1", direction=CallDirection.OUTGOING)
    with_key = bob.call("b2", direction=CallDirection.OUTGOING, context_key=key)

    assert without.context is None
    assert with_key.context is not None


def test_a_late_answer_for_another_number_is_dropped(ann: Desk, bob: Desk) -> None:
    key = ann.contexts.publish(ann.call("c1"), "1002", "blind")
    bob.team.store.slow = True
    bob.call("b1", number="1001", context_key=key)
    bob.becomes("b1", remote=Identity(STRANGER), context_key="")
    bob.team.store.answer()

    assert bob.view("b1").context is None


def test_an_answer_after_the_end_of_the_call_is_dropped(ann: Desk, bob: Desk) -> None:
    key = ann.contexts.publish(ann.call("c1"), "1002", "blind")
    bob.team.store.slow = True
    bob.call("b1", context_key=key)
    bob.end("b1")
    bob.team.store.answer()

    assert bob.found == []


def test_a_story_that_the_store_could_not_give_is_found_when_it_works_again(ann: Desk, bob: Desk) -> None:
    key = ann.contexts.publish(ann.call("c1"), "1002", "blind")
    store = bob.team.store
    store.away = True
    assert bob.call("b1", context_key=key).context is None
    store.away = False
    store.show_fault(StorageError("context_store_unreachable", place="db"))
    assert bob.view("b1").context is None
    store.show_fault(None)
    store.show_fault(None)

    assert bob.found == [("b1", ReceivedContext(story_of(ann, key), Certainty.SURE))]


def test_a_call_that_only_goes_on_is_looked_up_once(bob: Desk) -> None:
    bob.call("b1")
    bob.becomes("b1", held=True)
    bob.ledger.note("b1", "x")

    assert bob.team.store.asked == [(MARIE, "1002")]


# ---------------------------------------------------------------------- our own stories


def test_our_own_key_on_our_own_call_is_no_news(ann: Desk) -> None:
    key = ann.contexts.publish(ann.call("c1"), "1002", "consultation")
    ann.call("c2", number="1002", direction=CallDirection.OUTGOING, consult_for="c1", context_key=key)
    ann.becomes("c1", context_key=key)  # as the REFER sent it

    assert ann.found == []


@pytest.mark.parametrize("with_key", [True, False])
def test_a_customer_who_comes_back_is_known_as_such(ann: Desk, with_key: bool) -> None:
    key = ann.contexts.publish(ann.call("c1", name="Marie"), "1002", "blind")
    ann.end("c1")
    ann.team.clock.seconds += 20
    view = ann.call("c9", context_key=key if with_key else "")

    assert view.context is not None
    assert (view.context.returned, view.context.back_from) == (True, "1002")
    assert view.context.certainty is (Certainty.SURE if with_key else Certainty.PROBABLE)


def test_a_customer_who_comes_back_after_a_restart_of_the_toolbar_is_known_too(ann: Desk) -> None:
    key = ann.contexts.publish(ann.call("c1"), "1002", "blind")
    again = Desk(ann.team, "1001", "Ann")
    again.ledger.attach((ann.view("c1").call, replace(ann.view("c1").call, id="c9", context_key=key)), 0.0)
    ann.team.clock.seconds += 20
    view = again.call("c10", context_key=key)

    assert [call_id for call_id, _ in again.found] == ["c10"]
    assert view.context is not None
    assert view.context.returned


# ---------------------------------------------------------------------- the conversation goes on


def test_the_next_desk_gets_all_stages_and_all_notes(ann: Desk, bob: Desk) -> None:
    begun_s = ann.team.clock.now_s()
    ann.call("c1", name="Marie")
    ann.ledger.note("c1", "wants a refund")
    first = ann.contexts.publish(ann.view("c1"), "1002", "blind")
    ann.team.clock.seconds += 100
    bob.call("b1", context_key=first)
    bob.ledger.note("b1", "order 4711")
    ann.team.clock.seconds += 100
    story = story_of(bob, bob.contexts.publish(bob.view("b1"), "1003", "consultation"))

    assert story.stages == (
        Stage(Party("1001", "Ann"), begun_s, begun_s, "called"),
        Stage(Party("1002", "Bob"), begun_s + 100, begun_s + 200, "blind"),
    )
    assert (story.name, story.note) == ("Marie", "wants a refund · order 4711")
    assert story.conversation == ann.view("c1").conversation


def test_a_customer_who_came_back_is_passed_on_as_returned(ann: Desk) -> None:
    key = ann.contexts.publish(ann.call("c1"), "1002", "blind")
    ann.ledger.note("c1", "wants a refund")
    ann.end("c1")
    ann.team.clock.seconds += 20
    view = ann.call("c9", context_key=key)
    story = story_of(ann, ann.contexts.publish(view, "1003", "blind"))

    assert [stage.why for stage in story.stages] == ["called", "returned"]
    assert story.note == "wants a refund"


def test_the_own_note_is_kept_whole_beside_a_long_earlier_one(ann: Desk, bob: Desk) -> None:
    ann.call("c1")
    ann.ledger.note("c1", "x" * NOTE_LENGTH)
    key = ann.contexts.publish(ann.view("c1"), "1002", "blind")
    bob.call("b1", context_key=key)
    bob.ledger.note("b1", "order 4711")
    note = story_of(bob, bob.contexts.publish(bob.view("b1"), "1003", "blind")).note

    assert len(note) == NOTE_LENGTH
    assert note.endswith("… · order 4711")


def test_what_is_only_probable_by_the_colleague_is_not_passed_on(ann: Desk, bob: Desk) -> None:
    ann.ledger.note(ann.call("c1", name="Marie").call.id, "secret")
    ann.contexts.publish(ann.view("c1"), "1002", "consultation")
    view = bob.call("b1", number="1001")  # perhaps about something else
    story = story_of(bob, bob.contexts.publish(view, "1003", "blind"))

    assert (story.name, story.note, len(story.stages)) == ("", "", 1)


def test_calls_have_conversations_of_their_own_and_a_consultation_its_customers(ann: Desk) -> None:
    first, second = ann.call("c1"), ann.call("c2", number=STRANGER)
    consult = ann.call("c3", number="1002", direction=CallDirection.OUTGOING, consult_for="c1")

    assert first.conversation
    assert first.conversation != second.conversation
    assert consult.conversation == first.conversation


def test_after_a_restart_note_and_conversation_of_a_live_call_are_taken_up(team: Team) -> None:
    journal = FakeCallJournal()
    call = CallSnapshot("c1", CallDirection.INCOMING, CallState.CONNECTED, Identity(MARIE), started_s=1.0)
    journal.write(CallRecord("c1", CallDirection.INCOMING, MARIE, subject="wants a refund", conversation="d" * 32))
    desk = Desk(team, "1001", "Ann", journal)
    desk.ledger.attach((call,), 0.0)

    assert (desk.view("c1").note, desk.view("c1").conversation) == ("wants a refund", "d" * 32)
