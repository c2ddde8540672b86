"""The journal and the world's worst: a killed process, a full disk, a damaged file, a file of a later release."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from agent_toolbar.application.ports.storage import CallRecord, JournalQuery
from agent_toolbar.domain.call import CallDirection, CallEndCause
from agent_toolbar.storage.call_journal import SqliteCallJournal
from agent_toolbar.storage.database import Durability, Schema, open_database
from agent_toolbar.storage.journal_schema import JOURNAL_SCHEMA
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock
from tests.fakes.small_disk import SmallDisk, limited_files, mounted_disk

ROOT = Path(__file__).parents[3]
ENDED = CallEndCause.HUNG_UP


def call(number: int, **changes: object) -> CallRecord:
    return CallRecord(f"call-{number}", CallDirection.INCOMING, "1001", started_s=float(number), **changes)


@dataclass
class Desk:
    """A journal with what it told."""

    path: Path
    dispatcher: QueueDispatcher = field(default_factory=QueueDispatcher)
    faults: list[str] = field(default_factory=list)
    clock: ManualClock = field(default_factory=ManualClock)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.journal = SqliteCallJournal(self.path, self.dispatcher, self.clock, retry_s=0.02)
        self.journal.watch_faults(lambda fault: self.faults.append(fault.code if fault else "well"))

    def reopen(self) -> None:
        self.journal.close()
        self.faults.clear()
        self.open()

    def found(self, text: str = "") -> list[str]:
        return [record.id for record in self.records(text)]

    def records(self, text: str = "") -> tuple[CallRecord, ...]:
        return self.answer(lambda answered: self.journal.search(JournalQuery(text), answered))

    def answer(self, ask: Callable):
        answers: list = []
        ask(answers.append)
        self.dispatcher.run_until(lambda: bool(answers), what="an answer of the journal")
        return answers[0]

    def wait_for_fault(self, code: str) -> None:
        self.dispatcher.run_until(lambda: self.faults[-1:] == [code], what=code)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "profile" / "journal.sqlite")
    yield desk
    desk.journal.close()


@pytest.fixture(params=["file system", "file size"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallDisk]:
    if request.param == "file size":
        with limited_files(tmp_path / "disk") as limited:
            yield limited
        return
    with mounted_disk(tmp_path / "disk", size_kib=512) as mounted:
        if mounted is None:
            pytest.skip("mounting a small file system needs root")
        yield mounted


def test_everything_that_was_stored_survives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    command = [sys.executable, str(Path(__file__).with_name("journal_writer.py")), str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as writer:
        stored = [int(next(writer.stdout)) for _ in range(25)]
        writer.kill()

    desk = Desk(path)
    found = desk.found()
    desk.journal.close()
    assert {f"call-{number}" for number in stored} <= set(found)
    assert desk.faults == []


def test_what_a_killed_toolbar_left_open_is_closed_at_the_next_start(desk: Desk) -> None:
    desk.journal.write(call(1, answered_s=5.0))
    desk.journal.write(call(2))
    desk.reopen()
    desk.journal.close_open_records(frozenset({"call-2"}))

    lives, lost = desk.records()
    assert (lives.end_cause, lost.end_cause, lost.ended_s) == (None, CallEndCause.ENGINE_LOST, 5.0)


def test_the_file_belongs_to_its_owner_only(desk: Desk) -> None:
    desk.journal.write(call(1))
    desk.found()

    files = list(desk.path.parent.iterdir())
    assert {file.suffix for file in files} >= {".sqlite", ".sqlite-wal"}
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * len(files)
    assert stat.S_IMODE(desk.path.parent.stat().st_mode) == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.touch(mode=0o644)
    path.chmod(0o644)
    desk = Desk(path)
    desk.found()
    desk.journal.close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_on_a_full_disk_calls_stay_in_memory_and_are_written_when_there_is_room(disk: SmallDisk) -> None:
    desk = Desk(disk.folder / "journal.sqlite")
    desk.journal.write(call(1, name="Before", end_cause=ENDED))
    desk.found()
    disk.fill()
    for number in range(2, 30):
        desk.journal.write(call(number, name=f"Kept {'x' * 300}", end_cause=ENDED, missed=True, seen=False))
    desk.wait_for_fault("journal_disk_full")

    assert len(desk.found()) == 29
    assert len(desk.found("kept")) == 28
    assert desk.found("before") == ["call-1"]
    missed_while_full = desk.answer(desk.journal.count_missed)
    assert missed_while_full == 28

    disk.free()
    desk.wait_for_fault("well")
    desk.reopen()
    found_again = desk.found()
    desk.journal.close()
    assert len(found_again) == 29
    assert desk.faults == []


def test_missed_calls_seen_while_the_disk_is_full_stay_seen(disk: SmallDisk) -> None:
    desk = Desk(disk.folder / "journal.sqlite")
    desk.journal.write(call(1, missed=True, seen=False, end_cause=ENDED))
    desk.found()
    disk.fill()
    desk.journal.write(call(2, name="y" * 9000, missed=True, seen=False, end_cause=ENDED))
    desk.wait_for_fault("journal_disk_full")
    desk.journal.mark_missed_seen()
    while_full = desk.answer(desk.journal.count_missed)
    disk.free()
    desk.wait_for_fault("well")
    desk.reopen()
    afterwards = desk.answer(desk.journal.count_missed)
    desk.journal.close()

    assert (while_full, afterwards) == (0, 0)


def test_notes_typed_while_the_disk_is_full_are_found_and_written_when_there_is_room(disk: SmallDisk) -> None:
    desk = Desk(disk.folder / "journal.sqlite")
    desk.journal.write(call(1, subject="old note", end_cause=ENDED))
    desk.journal.write(call(2, subject="to be removed", end_cause=ENDED))
    desk.found()
    disk.fill()
    desk.journal.write(call(3, name="y" * 9000, end_cause=ENDED))
    for call_id, text in (("call-1", "new note"), ("call-2", ""), ("call-3", "first"), ("call-3", "second")):
        desk.journal.set_subject(call_id, text)
    desk.journal.write(call(3, name="y" * 9000, end_cause=ENDED, seen=False))
    desk.wait_for_fault("journal_disk_full")

    def notes() -> list[str]:
        found = [desk.answer(partial(desk.journal.find, f"call-{number}")) for number in (1, 2, 3)]
        return [record.subject for record in found]

    while_full = notes()
    disk.free()
    desk.wait_for_fault("well")
    desk.reopen()
    afterwards = notes()
    desk.journal.close()

    assert while_full == ["new note", "", "second"]
    assert afterwards == while_full


def test_a_file_of_the_first_release_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    first = Schema(JOURNAL_SCHEMA.migrations[:1])
    with closing(open_database(path, first, Durability.FULL)) as connection:
        connection.execute(
            "INSERT INTO call VALUES ('call-1', 'incoming', '1001', '1001', 'Ann', '', 0, '', '', 1.0, 0.0, 0.0, 2.0,"
            " 'hung_up', 200, 0, 1, 'old note', 'ann old note', '1001')"
        )
    desk = Desk(path)
    desk.journal.write(call(2, conversation="c0ffee"))
    newer, older = desk.records()
    desk.journal.close()

    assert (older.subject, older.conversation) == ("old note", "")
    assert newer.conversation == "c0ffee"
    assert desk.faults == []


@pytest.mark.parametrize("garbage_from", [0, 4096])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(tmp_path: Path, garbage_from: int) -> None:
    path = tmp_path / "journal.sqlite"
    before = Desk(path)
    for number in range(1, 200):
        before.journal.write(call(number, name="Old"))
    before.found()
    before.journal.close()
    with path.open("r+b") as file:
        file.seek(garbage_from)
        file.write(b"\xa5" * (path.stat().st_size - garbage_from))
    damaged = path.read_bytes()

    desk = Desk(path)
    desk.wait_for_fault("journal_corrupted")
    desk.journal.write(call(500, name="New"))
    found = desk.found()
    desk.journal.close()

    assert found == ["call-500"]
    assert desk.faults == ["journal_corrupted"]
    (kept,) = tmp_path.glob("journal.sqlite.corrupt-*")
    assert kept.name == "journal.sqlite.corrupt-20231114T221320Z"
    assert kept.read_bytes() == damaged


def test_a_listener_that_comes_late_is_told_what_stands(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"no database" * 1000)
    desk = Desk(path)
    desk.wait_for_fault("journal_corrupted")
    late: list[str] = []
    desk.journal.watch_faults(lambda fault: late.append(fault.code))
    desk.dispatcher.run_until(lambda: bool(late))
    desk.journal.close()

    assert late == ["journal_corrupted"]


def test_a_file_of_a_later_release_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    desk = Desk(path)
    desk.journal.write(call(1))
    desk.wait_for_fault("journal_failed")
    found = desk.found()
    desk.journal.close()

    assert found == ["call-1"]
    assert sorted(file.name for file in tmp_path.iterdir() if "corrupt" in file.name) == []


def test_a_folder_that_cannot_be_made_is_a_fault_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("a file is in the way")
    desk = Desk(tmp_path / "profile" / "journal.sqlite")
    desk.journal.write(call(1))
    desk.wait_for_fault("journal_failed")
    (tmp_path / "profile").unlink()
    desk.wait_for_fault("well")
    desk.reopen()
    found = desk.found()
    desk.journal.close()

    assert found == ["call-1"]


def test_closing_writes_what_waits(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "journal.sqlite")
    for number in range(1, 101):
        desk.journal.write(call(number))
    desk.reopen()
    found = desk.found()
    desk.journal.close()

    assert len(found) == 100
