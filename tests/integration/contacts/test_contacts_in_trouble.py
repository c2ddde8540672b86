"""The contact index and the world's worst: a killed or cancelled import, a full disk, a damaged file."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from agent_toolbar.application.ports.directory import ImportOutcome, ImportProgress, ImportRequest
from agent_toolbar.crm.directory_service import SqliteContactDirectory
from agent_toolbar.crm.import_messages import ImportEnded, ImportJob
from agent_toolbar.crm.import_task import IMPORT_COMMAND, ImportProcess
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.small_disk import SmallDisk, limited_files, mounted_disk

PLAN = NumberPlan(region="GB", internal_pattern="[0-9]{4}")
FEW = "name,phone\nAnn Miller,0113 496 0001\nBob Smith,0113 496 0002\n"
MANY = 40_000


@dataclass
class Desk:
    """A directory with what it told."""

    path: Path
    dispatcher: QueueDispatcher = field(default_factory=QueueDispatcher)
    faults: list[str] = field(default_factory=list)
    progress: list[ImportProgress] = field(default_factory=list)
    outcomes: list[ImportOutcome] = field(default_factory=list)
    import_command: tuple[str, ...] = IMPORT_COMMAND

    def __post_init__(self) -> None:
        self.directory = SqliteContactDirectory(
            self.path, self.dispatcher, lambda: PLAN, lambda: 1_700_000_000.0, self.import_command
        )
        self.directory.watch_faults(lambda fault: self.faults.append(fault.code if fault else "well"))

    def begin_import(self, file: Path):
        self.outcomes.clear()
        return self.directory.import_file(ImportRequest(file, PLAN), self.progress.append, self.outcomes.append)

    def end_of_import(self) -> ImportOutcome:
        self.dispatcher.run_until(lambda: bool(self.outcomes), timeout_s=60, what="the end of the import")
        return self.outcomes[0]

    def imported(self, content: str, name: str = "few.csv") -> ImportOutcome:
        file = self.path.with_name(name)
        file.write_text(content)
        self.begin_import(file)
        return self.end_of_import()

    def wait_until_it_runs(self) -> None:
        self.dispatcher.run_until(lambda: any(step.rows for step in self.progress), timeout_s=60, what="progress")

    def names(self, number: str) -> list[str]:
        wanted = canonical_number(number, PLAN)
        result = self.answer(lambda answered: self.directory.find_by_number(wanted, answered))
        return [match.name for match in result.matches]

    def count(self) -> int:
        return self.answer(self.directory.count)

    def answer(self, ask: Callable):
        answers: list = []
        ask(answers.append)
        self.dispatcher.run_until(lambda: bool(answers), what="an answer of the directory")
        return answers[0]

    def wait_for_fault(self, code: str) -> None:
        self.dispatcher.run_until(lambda: self.faults[-1:] == [code], what=code)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "contacts.sqlite")
    yield desk
    desk.directory.close()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file that takes some seconds to read."""
    file = tmp_path / "many.csv"
    rows = "".join(f"Name {number},020 7{number:07}\n" for number in range(MANY))
    file.write_text("name,phone\n" + rows)
    return file


@pytest.fixture(params=["file system", "file size"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallDisk]:
    if request.param == "file size":
        with limited_files(tmp_path / "disk") as limited:
            yield limited
        return
    with mounted_disk(tmp_path / "disk", size_kib=2048) as mounted:
        if mounted is None:
            pytest.skip("mounting a small file system needs root")
        yield mounted


def test_an_import_that_is_killed_leaves_the_index_as_it_was(desk: Desk, many: Path) -> None:
    desk.imported(FEW)
    desk.progress.clear()
    task = desk.begin_import(many)
    assert isinstance(task, ImportProcess)
    desk.wait_until_it_runs()
    os.kill(task.pid, signal.SIGKILL)
    outcome = desk.end_of_import()

    assert outcome.error is not None
    assert outcome.error.code == "contacts_import_interrupted"
    assert (desk.count(), desk.names("01134960001")) == (2, ["Ann Miller"])
    assert desk.imported(FEW + "Carla,0113 496 0003\n") == ImportOutcome(added=1, unchanged=2)


def test_a_cancelled_import_leaves_the_index_as_it_was(desk: Desk, many: Path) -> None:
    desk.imported(FEW)
    desk.progress.clear()
    task = desk.begin_import(many)
    desk.wait_until_it_runs()
    task.cancel()

    assert desk.end_of_import() == ImportOutcome(cancelled=True)
    assert desk.count() == 2


def test_closing_the_directory_ends_a_running_import_without_a_trace(tmp_path: Path, many: Path) -> None:
    desk = Desk(tmp_path / "contacts.sqlite")
    desk.imported(FEW)
    desk.progress.clear()
    desk.begin_import(many)
    desk.wait_until_it_runs()
    desk.directory.close()
    again = Desk(tmp_path / "contacts.sqlite")
    contacts = again.count()
    again.directory.close()

    assert contacts == 2


def test_the_import_process_ends_when_the_toolbar_has_died(tmp_path: Path, many: Path) -> None:
    job = ImportJob.of(tmp_path / "contacts.sqlite", ImportRequest(many, PLAN))
    with subprocess.Popen(IMPORT_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(msgspec.json.encode(job) + b"\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdin.close()
        last = process.stdout.read().splitlines()[-1]

    assert process.returncode == 0
    assert msgspec.json.decode(last, type=ImportEnded).cancelled


def test_look_ups_are_answered_while_an_import_runs(desk: Desk, many: Path) -> None:
    desk.imported(FEW)
    desk.progress.clear()
    task = desk.begin_import(many)
    desk.wait_until_it_runs()
    names_meanwhile = desk.names("01134960001")
    not_yet_visible = desk.names("020 70000000")
    still_running = not desk.outcomes
    task.cancel()
    desk.end_of_import()

    assert (names_meanwhile, not_yet_visible, still_running) == (["Ann Miller"], [], True)


def test_progress_comes_in_bytes_and_not_too_often(desk: Desk, many: Path) -> None:
    desk.begin_import(many)
    outcome = desk.end_of_import()

    size = many.stat().st_size
    assert outcome == ImportOutcome(added=MANY)
    assert desk.progress[-1] == ImportProgress(size, size, MANY)
    done = [step.done for step in desk.progress]
    assert done == sorted(done)
    assert {step.total for step in desk.progress} == {size}


def test_a_second_import_is_refused_while_one_runs(desk: Desk, many: Path) -> None:
    first = desk.begin_import(many)
    refused: list[ImportOutcome] = []
    second = desk.directory.import_file(ImportRequest(many, PLAN), desk.progress.append, refused.append)
    desk.dispatcher.run_until(lambda: bool(refused))
    second.cancel()
    first.cancel()
    desk.end_of_import()

    assert refused[0].error is not None
    assert refused[0].error.code == "contacts_import_running"


def test_an_import_that_cannot_be_started_is_an_outcome(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "contacts.sqlite", import_command=(str(tmp_path / "missing"),))
    outcome = desk.imported(FEW)
    desk.directory.close()

    assert outcome.error is not None
    assert outcome.error.code == "contacts_import_not_started"


def test_an_import_process_that_says_nothing_was_interrupted(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "contacts.sqlite", import_command=(sys.executable, "-c", "pass"))
    outcome = desk.imported(FEW)
    desk.directory.close()

    assert outcome.error is not None
    assert outcome.error.code == "contacts_import_interrupted"


def test_an_import_onto_a_full_disk_changes_nothing_and_works_when_there_is_room(disk: SmallDisk, many: Path) -> None:
    desk = Desk(disk.folder / "contacts.sqlite")
    desk.imported(FEW)
    disk.fill()
    desk.begin_import(many)
    outcome = desk.end_of_import()
    desk.wait_for_fault("contacts_disk_full")
    while_full = (desk.count(), desk.names("01134960001"))
    disk.free()
    afterwards = desk.imported(FEW + "Carla,0113 496 0003\n")
    desk.wait_for_fault("well")
    contacts = desk.count()
    desk.directory.close()

    assert outcome.error is not None
    assert outcome.error.code == "contacts_disk_full"
    assert while_full == (2, ["Ann Miller"])
    assert (afterwards, contacts) == (ImportOutcome(added=1, unchanged=2), 3)


@pytest.mark.parametrize("garbage_from", [0, 4096])
def test_a_damaged_index_is_set_aside_and_contacts_can_be_imported_again(tmp_path: Path, garbage_from: int) -> None:
    path = tmp_path / "contacts.sqlite"
    before = Desk(path)
    before.imported(FEW)
    before.directory.close()
    with path.open("r+b") as file:
        file.seek(garbage_from)
        file.write(b"\xa5" * (path.stat().st_size - garbage_from))
    damaged = path.read_bytes()

    desk = Desk(path)
    desk.wait_for_fault("contacts_corrupted")
    empty = desk.count()
    again = desk.imported(FEW)
    desk.wait_for_fault("well")
    names = desk.names("01134960001")
    desk.directory.close()

    assert (empty, again, names) == (0, ImportOutcome(added=2), ["Ann Miller"])
    (kept,) = (file for file in tmp_path.glob("contacts.sqlite.corrupt-*") if file.suffix.endswith("Z"))
    assert kept.read_bytes() == damaged


def test_an_index_that_cannot_be_opened_is_a_fault_until_it_can(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("a file is in the way")
    desk = Desk(tmp_path / "profile" / "contacts.sqlite")
    desk.wait_for_fault("contacts_failed")
    found = desk.names("01134960001")
    (tmp_path / "profile").unlink()
    desk.names("01134960001")
    desk.wait_for_fault("well")
    desk.directory.close()

    assert found == []


def test_the_index_belongs_to_its_owner_only(desk: Desk) -> None:
    desk.imported(FEW)
    desk.count()

    files = list(desk.path.parent.glob("contacts.sqlite*"))
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * len(files)
