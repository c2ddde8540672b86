"""What every store of shared stories does: the fake, a file of one desk, a file that desks share, and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from agent_toolbar.application.ports.context import ContextStore
from agent_toolbar.application.story_store import keyring_name
from agent_toolbar.domain.context import LIFE_S, PROBABLE_S, CallContext, Party, Stage
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.storage.shared_context import SharedContextStore
from tests.fakes.context import FakeContextStore
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock
from tests.fakes.settings import FakeSecretVault
from tests.lab.postgres_server import PASSWORD

ANN, BOB = Party("1001", "Ann"), Party("1002", "Bob")
STORY = CallContext(
    key="0" * 31 + "1",
    conversation="c" * 32,
    number="+33123456789",
    sender=ANN,
    to_extension="1002",
    kind="blind",
    created_s=1_700_000_000.0,
    shown_number="01 23 45 67 89",
    name="Élodie Lefèvre",
    company="Œuvres & Cie",
    note="Order 4711, wants “blue” ☎ (50 %)",
    stages=(Stage(BOB, 1_699_999_000.0, 1_699_999_100.0, "called"), Stage(ANN, 1_699_999_100.5, 0.0, "blind")),
)
OTHER = replace(STORY, key="0" * 31 + "2", number="+441134960001", to_extension="1003", note="another one")


@dataclass
class StoreAtWork:
    """A store, and answers that the test waits for."""

    store: ContextStore
    dispatcher: QueueDispatcher
    clock: ManualClock

    def put(self, *stories: CallContext) -> None:
        for story in stories:
            self.store.put(story)

    def found(self, key: str = STORY.key) -> CallContext | None:
        return self._answer(lambda answered: self.store.find(key, answered))

    def probable(self, number: str = STORY.number, extension: str = "1002") -> CallContext | None:
        return self._answer(lambda answered: self.store.find_probable(number, extension, answered))

    def _answer(self, ask: Callable[[Callable[[CallContext | None], None]], None]) -> CallContext | None:
        answers: list[CallContext | None] = []
        ask(answers.append)
        self.dispatcher.run_until(lambda: bool(answers), what="an answer of the store")
        return answers[0]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(params=["fake", "own file", "shared file", "postgresql"])
def open_store(
    request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock
) -> Iterator[Callable[[], StoreAtWork]]:
    """Opens one more desk's store; all of a test share what they keep."""
    fake = FakeContextStore(clock)
    vault = FakeSecretVault()
    url = ""
    if request.param == "shared file":
        url = f"sqlite:///{tmp_path / 'share' / 'stories.sqlite'}"
    elif request.param == "postgresql":
        url = request.getfixturevalue("postgres").new_database()
        vault.secrets[keyring_name(url)] = PASSWORD
    opened: list[ContextStore] = []

    def open_one() -> StoreAtWork:
        dispatcher = QueueDispatcher()
        store: ContextStore = fake
        if request.param != "fake":
            store = SharedContextStore(tmp_path / "context.sqlite", dispatcher, clock, vault, url)
        opened.append(store)
        work = StoreAtWork(store, dispatcher, clock)
        assert work.found("f" * 32) is None  # open, and its clock compared with the database's
        return work

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def work(open_store: Callable[[], StoreAtWork]) -> StoreAtWork:
    return open_store()


def test_a_story_comes_back_as_it_was_given(work: StoreAtWork) -> None:
    work.put(STORY, OTHER)

    assert (work.found(), work.found(OTHER.key)) == (STORY, OTHER)


def test_a_store_that_works_says_so(work: StoreAtWork) -> None:
    answers: list[AgentToolbarError | None] = []
    work.store.check(answers.append)
    work.dispatcher.run_until(lambda: bool(answers), what="an answer of the store")

    assert answers == [None]


def test_another_desk_finds_it(open_store: Callable[[], StoreAtWork]) -> None:
    ann, bob = open_store(), open_store()
    ann.put(STORY)
    assert ann.found() == STORY  # stored by then

    assert bob.found() == STORY
    assert bob.probable() == STORY


@pytest.mark.parametrize("key", ["f" * 32, "", "no key", STORY.key.upper() + "x", "' OR 1=1", "0" * 31])
def test_an_unknown_key_finds_nothing(work: StoreAtWork, key: str) -> None:
    work.put(STORY)

    assert work.found(key) is None


def test_a_key_has_one_story_however_often_it_is_given(work: StoreAtWork) -> None:
    work.put(STORY, replace(STORY, note="newer"))

    assert work.found() == replace(STORY, note="newer")


def test_a_story_expires(work: StoreAtWork) -> None:
    work.put(STORY)
    work.clock.seconds += LIFE_S - 1
    before = work.found()
    work.clock.seconds += 2

    assert (before, work.found()) == (STORY, None)


def test_a_story_that_is_given_again_lives_anew(work: StoreAtWork) -> None:
    work.put(STORY)
    work.clock.seconds += LIFE_S - 1
    work.put(STORY)
    work.clock.seconds += LIFE_S - 1

    assert work.found() == STORY


@pytest.mark.parametrize(
    ("number", "extension"),
    [
        ("+33123456789", "1002"),  # the customer, where the call was sent
        ("1001", "1002"),  # who sends calls first (a consultation)
        ("+33123456789", "1001"),  # the customer is back
    ],
)
def test_without_a_key_it_is_found_by_who_calls_whom(work: StoreAtWork, number: str, extension: str) -> None:
    work.put(STORY, OTHER)

    assert work.probable(number, extension) == STORY


@pytest.mark.parametrize(
    ("number", "extension"),
    [
        ("+33123456780", "1002"),
        ("+33123456789", "1003"),
        ("1002", "1001"),  # the receiver calls the sender: another call
        ("", "1002"),
        ("+33123456789", ""),
        ("%", "%"),
    ],
)
def test_another_caller_or_another_desk_finds_nothing(work: StoreAtWork, number: str, extension: str) -> None:
    work.put(STORY)

    assert work.probable(number, extension) is None


def test_withheld_numbers_are_not_one_customer(work: StoreAtWork) -> None:
    work.put(replace(STORY, number=""))

    assert work.probable("", "1002") is None
    assert work.found() == replace(STORY, number="")


def test_without_a_key_only_a_young_story_is_found(work: StoreAtWork) -> None:
    work.put(STORY)
    work.clock.seconds += PROBABLE_S - 1
    before = work.probable()
    work.clock.seconds += 2

    assert (before, work.probable(), work.found()) == (STORY, None, STORY)


def test_without_a_key_the_newest_story_is_found(work: StoreAtWork) -> None:
    newer = replace(STORY, key=OTHER.key, note="newer")
    work.put(STORY)
    work.clock.seconds += 10
    work.put(newer)

    assert work.probable() == newer
