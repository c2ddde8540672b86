"""A number of a contact is corrected once, stays so when its source is read again, and nothing newer is overwritten."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.directory_service import SqliteContactDirectory
from agent_toolbar.domain.errors import AgentToolbarError, NumberError
from agent_toolbar.domain.number_correction import CorrectionKind, NumberCorrection
from agent_toolbar.domain.number_finding import NumberEvidence, NumberFinding
from agent_toolbar.storage.database import Durability, Schema, open_database
from tests.contract.test_contact_directory import CONTACTS, PLAN, DirectoryAtWork
from tests.fakes.directory import FakeContactDirectory
from tests.fakes.queue_dispatcher import QueueDispatcher

WRONG, RIGHT, MOBILE = "+441134960001", "+441134960077", "+447911123456"
FIXED = CONTACTS.replace("0113 496 0001", "0113 496 0077")


@pytest.fixture(params=["fake", "sqlite"])
def work(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DirectoryAtWork]:
    dispatcher = QueueDispatcher()
    directory = FakeContactDirectory(PLAN)
    if request.param == "sqlite":
        directory = SqliteContactDirectory(tmp_path / "contacts.sqlite", dispatcher, lambda: PLAN)
    work = DirectoryAtWork(directory, dispatcher, tmp_path)
    work.imported(CONTACTS)
    yield work
    directory.close()


def correct(work: DirectoryAtWork, correction: NumberCorrection) -> AgentToolbarError | None:
    return work._answer(lambda told: work.directory.correct_number(correction, told))


def of_ann(
    work: DirectoryAtWork, kind: CorrectionKind = CorrectionKind.CORRECT, after: str = RIGHT
) -> NumberCorrection:
    (ann,) = work.found(WRONG)
    return NumberCorrection("k1", kind, WRONG, after, ann.contact_id, ann.name)


def names(work: DirectoryAtWork, number: str) -> list[str]:
    return [match.name for match in work.found(number) if match.level.certain]


def test_the_next_look_up_finds_the_contact_under_its_right_number_only(work: DirectoryAtWork) -> None:
    assert correct(work, of_ann(work)) is None

    assert (names(work, RIGHT), names(work, WRONG), names(work, MOBILE)) == (["Ann Miller"], [], ["Ann Miller"])
    assert work.suggested("ann") == ["Ann Miller"]


def test_the_same_correction_once_more_changes_nothing(work: DirectoryAtWork) -> None:
    once = of_ann(work)
    assert correct(work, once) is None
    assert correct(work, once) is None
    assert names(work, RIGHT) == ["Ann Miller"]


def test_a_number_that_is_not_there_any_more_is_left_alone_and_what_is_there_is_told(work: DirectoryAtWork) -> None:
    mine = of_ann(work)
    correct(work, replace(mine, key="of a colleague", after="+441134960088"))

    refused = correct(work, mine)

    assert isinstance(refused, NumberError)
    assert (refused.code, refused.params["now"]) == ("contact_number_changed", f"+441134960088, {MOBILE}")
    assert (names(work, "+441134960088"), names(work, RIGHT)) == (["Ann Miller"], [])


def test_a_contact_that_is_gone_is_told(work: DirectoryAtWork) -> None:
    refused = correct(work, replace(of_ann(work), contact_id=4711))
    assert isinstance(refused, NumberError)
    assert refused.params["now"] == ""


def test_a_number_out_of_use_is_taken_from_the_contact(work: DirectoryAtWork) -> None:
    assert correct(work, of_ann(work, CorrectionKind.RETIRE, "")) is None

    assert (names(work, WRONG), names(work, MOBILE)) == ([], ["Ann Miller"])


def test_a_number_of_somebody_else_is_given_to_them(work: DirectoryAtWork) -> None:
    (reception,) = work.found("1001")
    given = replace(of_ann(work, CorrectionKind.MOVE, WRONG), to_contact_id=reception.contact_id)
    assert correct(work, given) is None
    assert names(work, WRONG) == ["Reception"]

    work.imported(
        CONTACTS.replace(",Bob", ",Eva").replace(
            "Reception,Acme Bakery,1001,,normal", "Reception,Acme Bakery,1001,,vip"
        )
    )
    assert (names(work, WRONG), names(work, "1001")) == (["Reception"], ["Reception"])


@pytest.mark.parametrize("content", [CONTACTS, CONTACTS.replace(",Bob", ",Eva"), FIXED])
def test_a_source_that_is_read_again_brings_no_wrong_number_back_and_nobody_twice(
    work: DirectoryAtWork, content: str
) -> None:
    correct(work, of_ann(work))
    outcome = work.imported(content)

    assert outcome.error is None
    assert (names(work, RIGHT), names(work, WRONG), work.count()) == (["Ann Miller"], [], 5)


def test_corrections_of_a_correction_hold_too(work: DirectoryAtWork) -> None:
    first = of_ann(work)
    correct(work, first)
    correct(work, replace(first, key="k2", before=RIGHT, after="+441134960088"))
    work.imported(CONTACTS.replace(",Bob", ",Eva"))

    assert (names(work, "+441134960088"), names(work, RIGHT), names(work, WRONG)) == (["Ann Miller"], [], [])


def test_a_retired_number_stays_away_when_its_source_changes(work: DirectoryAtWork) -> None:
    correct(work, of_ann(work, CorrectionKind.RETIRE, ""))
    work.imported(CONTACTS.replace(",Bob", ",Eva"))

    assert (names(work, WRONG), names(work, MOBILE)) == ([], ["Ann Miller"])


def test_what_a_number_was_is_kept_with_its_evidence(tmp_path: Path) -> None:
    work = DirectoryAtWork(
        SqliteContactDirectory(tmp_path / "c.sqlite", (dispatcher := QueueDispatcher()), lambda: PLAN, lambda: 50.0),
        dispatcher,
        tmp_path,
    )
    work.imported(CONTACTS)
    evidence = NumberEvidence("call-9", 40.0, 404)
    correct(work, replace(of_ann(work), finding=NumberFinding.OUT_OF_USE, evidence=evidence))
    work.directory.close()

    with closing(sqlite3.connect(tmp_path / "c.sqlite")) as index:
        rows = index.execute("SELECT key, before, after, kind, finding, call, corrected_s FROM number_correction")
        assert rows.fetchall() == [("k1", WRONG, RIGHT, "correct", "out_of_use", "call-9", 50)]


def test_a_correction_waits_for_an_import_that_is_writing(tmp_path: Path) -> None:
    dispatcher = QueueDispatcher()
    path = tmp_path / "contacts.sqlite"
    work = DirectoryAtWork(SqliteContactDirectory(path, dispatcher, lambda: PLAN), dispatcher, tmp_path)
    work.imported(CONTACTS)
    wanted = of_ann(work)
    answers: list[AgentToolbarError | None] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE contact SET owner = 'Eva'")
        work.directory.correct_number(wanted, answers.append)
        asked = threading.Event()
        work.directory.count(lambda _count: asked.set())
        dispatcher.run_until(asked.is_set)
        assert answers == []
        other.execute("COMMIT")
    dispatcher.run_until(lambda: bool(answers), timeout_s=30)
    work.directory.close()

    assert answers == [None]


def test_an_index_of_the_release_before_is_corrected_too(tmp_path: Path) -> None:
    path = tmp_path / "contacts.sqlite"
    open_database(path, Schema(CONTACT_SCHEMA.migrations[:3]), Durability.FULL).close()
    dispatcher = QueueDispatcher()
    work = DirectoryAtWork(SqliteContactDirectory(path, dispatcher, lambda: PLAN), dispatcher, tmp_path)
    work.imported(CONTACTS)
    assert correct(work, of_ann(work)) is None
    work.directory.close()
