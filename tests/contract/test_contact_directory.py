"""What every contact directory does: the fake that the application is tested with, and the one on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent_toolbar.application.ports.directory import (
    ContactDirectory,
    ImportOutcome,
    ImportProgress,
    ImportRequest,
    SkipReason,
)
from agent_toolbar.crm.directory_service import SqliteContactDirectory
from agent_toolbar.domain.contact import ContactMatch, Importance, MatchLevel
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number
from tests.fakes.directory import FakeContactDirectory
from tests.fakes.queue_dispatcher import QueueDispatcher

PLAN = NumberPlan(region="GB", internal_pattern="[0-9]{4}")
CONTACTS = """name,company,phone,mobile,importance,owner
Ann Miller,Acme Bakery,0113 496 0001,07911 123456,normal,Bob
Élodie Lefèvre,Œuvres Générales,+33 1 23 45 67 89,,vip,Eva
Reception,Acme Bakery,1001,,normal,
Carla Acme,,0113 496 0002 ext 45,,high,
Old Friend,,+54 9 11 2345 6789,,normal,
"""


@dataclass
class DirectoryAtWork:
    """A directory, and answers that the test waits for."""

    directory: ContactDirectory
    dispatcher: QueueDispatcher
    folder: Path

    def imported(self, content: str, name: str = "contacts.csv", plan: NumberPlan = PLAN) -> ImportOutcome:
        file = self.folder / name
        file.write_text(content, encoding="utf-8")
        self.progress: list[ImportProgress] = []
        request = ImportRequest(file, plan)
        return self._answer(lambda done: self.directory.import_file(request, self.progress.append, done))

    def found(self, number: str) -> tuple[ContactMatch, ...]:
        wanted = canonical_number(number, PLAN)
        result = self._answer(lambda answered: self.directory.find_by_number(wanted, answered))
        assert result.number == wanted
        return result.matches

    def suggested(self, text: str, limit: int = 8) -> list[str]:
        matches = self._answer(lambda answered: self.directory.suggest(text, limit, answered))
        return [match.name for match in matches]

    def count(self) -> int:
        return self._answer(self.directory.count)

    def _answer(self, ask: Callable):
        answers: list = []
        ask(answers.append)
        self.dispatcher.run_until(lambda: bool(answers), timeout_s=30, what="an answer of the directory")
        return answers[0]


@pytest.fixture(params=["fake", "sqlite"])
def work(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DirectoryAtWork]:
    dispatcher = QueueDispatcher()
    directory = FakeContactDirectory(PLAN)
    if request.param == "sqlite":
        directory = SqliteContactDirectory(tmp_path / "contacts.sqlite", dispatcher, lambda: PLAN)
    yield DirectoryAtWork(directory, dispatcher, tmp_path)
    directory.close()


@pytest.fixture
def filled(work: DirectoryAtWork) -> DirectoryAtWork:
    assert work.imported(CONTACTS) == ImportOutcome(added=5)
    return work


def test_an_empty_directory_answers_with_nothing(work: DirectoryAtWork) -> None:
    assert (work.found("0113 496 0001"), work.suggested("a"), work.count()) == ((), [], 0)


@pytest.mark.parametrize(
    ("number", "name", "level"),
    [
        ("01134960001", "Ann Miller", MatchLevel.EXACT),
        ("+447911123456", "Ann Miller", MatchLevel.EXACT),
        ("0033123456789", "Élodie Lefèvre", MatchLevel.EXACT),
        ("1001", "Reception", MatchLevel.INTERNAL),
        ("+54 11 2345 6789", "Old Friend", MatchLevel.ALIAS),
        ("+1 113 496 0001", "Ann Miller", MatchLevel.NATIONAL),
        ("+33 234960001", "Ann Miller", MatchLevel.LAST_8),
        ("0113 496 0002", "Carla Acme", MatchLevel.LAST_9),
        ("0113 496 0002 ext 45", "Carla Acme", MatchLevel.EXACT),
    ],
)
def test_a_number_leads_to_its_contact(filled: DirectoryAtWork, number: str, name: str, level: MatchLevel) -> None:
    (match,) = filled.found(number)

    assert (match.name, match.level) == (name, level)


def test_a_match_holds_what_the_card_shows(filled: DirectoryAtWork) -> None:
    (match,) = filled.found("07911 123456")

    assert (match.company, match.importance, match.owner) == ("Acme Bakery", Importance.NORMAL, "Bob")
    assert (match.phone, match.phone_kind) == ("+447911123456", "mobile")


@pytest.mark.parametrize("number", ["", "anonymous", "0113 496 0099", "1002", "112", "*21#", "hello"])
def test_who_is_not_known_is_no_match(filled: DirectoryAtWork, number: str) -> None:
    assert filled.found(number) == ()


def test_many_contacts_of_one_number_come_important_ones_first(work: DirectoryAtWork) -> None:
    work.imported("name,phone,importance\nA,0113 496 0001,\nB,0113 496 0001,vip\nC,0113 496 0001,high\n")

    assert [match.name for match in work.found("01134960001")] == ["B", "C", "A"]


def test_a_sure_match_leaves_no_room_for_guesses(work: DirectoryAtWork) -> None:
    work.imported("name,phone\nSure,0113 496 0001\nGuess,+33 2 34 96 00 01\n")

    assert [match.name for match in work.found("01134960001")] == ["Sure"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ann", ["Ann Miller"]),
        ("MIL an", ["Ann Miller"]),
        ("elodie", ["Élodie Lefèvre"]),
        ("lefev", ["Élodie Lefèvre"]),
        ("oeuvres", ["Élodie Lefèvre"]),
        ("gen élo", ["Élodie Lefèvre"]),
        ("acme", ["Carla Acme", "Ann Miller", "Reception"]),
        ("bakery ann", ["Ann Miller"]),
        ("0113", ["Carla Acme", "Ann Miller"]),
        ("+33 1", ["Élodie Lefèvre"]),
        ("00331", ["Élodie Lefèvre"]),
        ("079", ["Ann Miller"]),
        ("100", ["Reception"]),
        ("", []),
        ("   ", []),
        ("nobody", []),
        ("★", []),
        ('"*', []),
        ("NOT OR (", []),
    ],
)
def test_what_is_typed_offers_contacts(filled: DirectoryAtWork, text: str, names: list[str]) -> None:
    assert filled.suggested(text) == names


def test_no_more_suggestions_than_asked_for(filled: DirectoryAtWork) -> None:
    assert filled.suggested("acme", limit=1) == ["Carla Acme"]


def test_importing_again_doubles_nothing(filled: DirectoryAtWork) -> None:
    assert filled.imported(CONTACTS) == ImportOutcome(unchanged=5)
    assert filled.imported(CONTACTS, "contacts (1).csv") == ImportOutcome(unchanged=5)
    assert filled.count() == 5


def test_importing_again_updates_what_changed(filled: DirectoryAtWork) -> None:
    outcome = filled.imported(CONTACTS.replace("07911 123456", "07911 654321").replace(",Bob", ",Eva"))

    assert outcome == ImportOutcome(updated=1, unchanged=4)
    assert filled.found("07911 123456") == ()
    assert [match.owner for match in filled.found("07911 654321")] == ["Eva"]
    assert filled.suggested("ann") == ["Ann Miller"]


def test_an_own_id_keeps_a_contact_one_even_when_its_name_changes(work: DirectoryAtWork) -> None:
    work.imported("id,name,phone\n7,Ann Miller,0113 496 0001\n")

    assert work.imported("id,name,phone\n7,Ann Smith,0113 496 0002\n") == ImportOutcome(updated=1)
    assert work.suggested("ann") == ["Ann Smith"]
    assert work.suggested("miller") == []
    assert work.found("01134960001") == ()


def test_the_same_id_from_another_source_is_another_contact(work: DirectoryAtWork) -> None:
    work.imported("id,name,phone\n7,Ann Miller,0113 496 0001\n", "crm.csv")
    work.imported("id,name,phone\n7,Bob Smith,0113 496 0002\n", "shop.csv")

    assert work.count() == 2


def test_unusable_rows_are_told_and_the_rest_is_imported(work: DirectoryAtWork) -> None:
    outcome = work.imported("name,phone\nAnn,0113 496 0001\nBob,abc\n,0113 496 0002\nCarla,\nDora,0113 496 0003\n")

    assert (outcome.added, outcome.skipped_count) == (2, 3)
    assert [(row.line, row.reason) for row in outcome.skipped] == [
        (3, SkipReason.BAD_NUMBER),
        (4, SkipReason.NO_NAME),
        (5, SkipReason.NO_NUMBER),
    ]


def test_a_file_that_cannot_be_used_changes_nothing(filled: DirectoryAtWork) -> None:
    outcome = filled.imported("what is this\n1\n2\n")

    assert outcome.error is not None
    assert outcome.error.code == "contacts_no_header"
    assert filled.count() == 5


def test_progress_ends_with_the_whole_file(work: DirectoryAtWork) -> None:
    work.imported(CONTACTS)

    assert work.progress[-1] == ImportProgress(len(CONTACTS.encode()), len(CONTACTS.encode()), 5)
