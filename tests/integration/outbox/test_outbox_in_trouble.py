"""The outbox and the world's worst: a full disk, a damaged file, a file of a later release."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agent_toolbar.application.ports.crm import OutboxItem
from agent_toolbar.domain.crm import CallEntry, CallResult
from agent_toolbar.storage.outbox import SqliteOutbox
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock
from tests.fakes.small_disk import SmallDisk, limited_files, mounted_disk


def item(key: str, subject: str = "") -> OutboxItem:
    return OutboxItem(CallEntry(key, incoming=True, number="1", result=CallResult.MISSED, subject=subject), "account")


@dataclass
class Desk:
    """An outbox with what it told."""

    path: Path
    dispatcher: QueueDispatcher = field(default_factory=QueueDispatcher)
    faults: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.outbox = SqliteOutbox(self.path, self.dispatcher, ManualClock(), retry_s=0.02)
        self.outbox.watch_faults(lambda fault: self.faults.append(fault.code if fault else "well"))

    def reopen(self) -> None:
        self.outbox.close()
        self.faults.clear()
        self.open()

    def put(self, wanted: OutboxItem) -> None:
        self.outbox.put(wanted, lambda: self.written.append(wanted.entry.key))

    def keys(self) -> list[str]:
        answers: list[tuple[OutboxItem, ...]] = []
        self.outbox.waiting(answers.append)
        self.dispatcher.run_until(lambda: bool(answers), what="an answer of the outbox")
        return [one.entry.key for one in answers[0]]

    def wait_until_written(self, *keys: str) -> None:
        self.dispatcher.run_until(lambda: set(keys) <= set(self.written), what="the items on the disk")

    def wait_for_fault(self, code: str) -> None:
        self.dispatcher.run_until(lambda: self.faults[-1:] == [code], what=code)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "profile" / "outbox.sqlite")
    yield desk
    desk.outbox.close()


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


def test_a_full_disk_is_a_fault_and_nothing_is_called_written_before_there_is_room(disk: SmallDisk) -> None:
    desk = Desk(disk.folder / "outbox.sqlite")
    desk.put(item("a"))
    desk.wait_until_written("a")
    disk.fill()
    desk.put(item("b", "x" * 400_000))
    desk.put(item("c"))
    desk.wait_for_fault("outbox_disk_full")
    assert (desk.written, desk.keys()) == (["a"], ["a", "b", "c"])
    disk.free()
    desk.outbox.discard("b")
    desk.wait_for_fault("well")
    desk.wait_until_written("c")
    desk.reopen()

    assert desk.keys() == ["a", "c"]
    desk.outbox.close()


def test_a_damaged_file_is_set_aside_and_said(desk: Desk) -> None:
    desk.put(item("a"))
    desk.wait_until_written("a")
    desk.outbox.close()
    desk.path.write_bytes(b"no database at all" * 500)
    desk.reopen()
    desk.put(item("b"))
    desk.wait_until_written("b")
    desk.wait_for_fault("outbox_corrupted")

    assert desk.keys() == ["b"]
    (kept,) = desk.path.parent.glob("outbox.sqlite.corrupt-*")
    assert kept.read_bytes().startswith(b"no database")


def test_an_item_that_cannot_be_read_is_a_damage_too(desk: Desk) -> None:
    desk.put(item("a"))
    desk.wait_until_written("a")
    desk.outbox.close()
    with closing(sqlite3.connect(desk.path)) as connection:
        connection.execute("UPDATE waiting SET item = '{\"entry\":'")
        connection.commit()
    desk.reopen()
    desk.put(item("b"))
    desk.wait_until_written("b")
    desk.wait_for_fault("outbox_corrupted")

    assert desk.keys() == ["b"]


def test_a_file_that_is_damaged_at_work_is_made_anew_without_a_loss(desk: Desk) -> None:
    desk.put(item("a"))
    desk.outbox.sent(OutboxItem(item("s").entry, "account", record="r1"))
    desk.wait_until_written("a")
    desk.keys()
    for companion in ("", "-wal", "-shm"):
        desk.path.with_name(desk.path.name + companion).write_bytes(b"\xff" * 40_000)
    desk.put(item("b"))
    desk.wait_until_written("b")
    desk.wait_for_fault("outbox_corrupted")
    desk.reopen()
    answers: list[OutboxItem | None] = []
    desk.outbox.find_sent("s", answers.append)
    desk.dispatcher.run_until(lambda: bool(answers))

    assert desk.keys() == ["a", "b"]
    assert answers[0] is not None
    assert answers[0].record == "r1"


def test_the_file_of_a_later_release_is_left_alone(desk: Desk) -> None:
    desk.put(item("a"))
    desk.wait_until_written("a")
    desk.outbox.close()
    with closing(sqlite3.connect(desk.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    desk.reopen()
    desk.put(item("b"))
    desk.wait_for_fault("outbox_failed")

    assert desk.written == ["a"]
    assert not list(desk.path.parent.glob("*.corrupt-*"))


def test_the_file_belongs_to_its_owner_only(desk: Desk) -> None:
    desk.put(item("a"))
    desk.wait_until_written("a")
    files = list(desk.path.parent.iterdir())

    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * len(files)
