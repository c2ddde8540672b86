"""The agent's day on a full disk and in a damaged file: shown as a state, nothing lost, mended by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_toolbar.application.ports.storage import AgentSpell
from agent_toolbar.domain.agent import Choice, KeptChoice
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.storage.agent_log import SqliteAgentLog
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock
from tests.fakes.small_disk import SmallDisk, limited_files, mounted_disk

LUNCH = KeptChoice(Choice.NOT_READY, "lunch")
READY = AgentSpell("ready", "", 100.0, 200.0)
RETRY_S = 0.02
SPELLS = 30  # more than the room that the file has already


class Log:
    """A log, and what it told."""

    def __init__(self, path: Path) -> None:
        self.dispatcher = QueueDispatcher()
        self.log = SqliteAgentLog(path, self.dispatcher, ManualClock(), retry_s=RETRY_S)
        self.faults: list[str | None] = []
        self.log.watch_faults(self._told)

    def _told(self, error: AgentToolbarError | None) -> None:
        self.faults.append(None if error is None else error.code)

    def await_fault(self, code: str | None) -> None:
        self.dispatcher.run_until(lambda: self.faults[-1:] == [code], what=str(code))

    def spells(self) -> tuple[AgentSpell, ...]:
        answers: list[tuple[AgentSpell, ...]] = []
        self.log.since(0.0, answers.append)
        self.dispatcher.run_until(lambda: bool(answers), what="the spells")
        return answers[0]

    def choice(self) -> KeptChoice | None:
        answers: list[KeptChoice | None] = []
        self.log.last_choice(answers.append)
        self.dispatcher.run_until(lambda: bool(answers), what="the choice")
        return answers[0]


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


def test_on_a_full_disk_the_day_stays_in_memory_and_is_written_when_there_is_room(disk: SmallDisk) -> None:
    path = disk.folder / "agent.sqlite"
    life = Log(path)
    life.spells()
    disk.fill()
    for number in range(SPELLS):
        life.log.keep(AgentSpell("ready", "x" * 2_000, float(number), number + 1.0))
    life.log.keep_choice(LUNCH)
    life.await_fault("agent_log_disk_full")
    assert life.choice() == LUNCH

    disk.free()
    life.await_fault(None)
    life.log.close()
    next_life = Log(path)
    assert next_life.choice() == LUNCH
    assert len(next_life.spells()) == SPELLS
    next_life.log.close()


def test_a_damaged_file_is_set_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    path = tmp_path / "agent.sqlite"
    path.write_bytes(b"no database at all, and long enough to be looked at" * 40)
    life = Log(path)
    life.log.keep(READY)
    life.await_fault("agent_log_corrupted")
    life.log.keep_choice(LUNCH)
    assert life.spells() == (READY,)
    life.log.close()

    assert list(tmp_path.glob("agent.sqlite.corrupt-*"))
    next_life = Log(path)
    assert (next_life.spells(), next_life.choice()) == ((READY,), LUNCH)
    next_life.log.close()


def test_a_file_that_cannot_be_is_shown(tmp_path: Path) -> None:
    (tmp_path / "agent.sqlite").mkdir()
    life = Log(tmp_path / "agent.sqlite")
    life.log.keep(READY)
    life.await_fault("agent_log_failed")

    assert life.spells() == (READY,)
    life.log.close()
