"""A toolbar that is killed while somebody types a wrap-up: what is older than a second is in the file, once."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from agent_toolbar.domain.wrap_up import WrapUp
from agent_toolbar.storage.call_journal import SqliteCallJournal
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock

ROUNDS = 100
WRITER = Path(__file__).with_name("wrap_up_writer.py")
ROOT = WRITER.parents[3]


def test_nothing_older_than_a_second_is_lost_and_no_call_has_two_records(tmp_path: Path) -> None:
    chance = random.Random(4)
    seen_stored = 0
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.sqlite"
        stored = _stored_until_killed(path, f"call-{number}", chance.uniform(0.010, 0.300))
        with sqlite3.connect(path) as connection:
            tables = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'call'").fetchall()
            kept = [int(text) for (text,) in connection.execute("SELECT subject FROM call")] if tables else []
        connection.close()
        assert len(kept) <= 1, f"round {number}: two records"
        assert max(kept, default=0) >= max((keystroke for keystroke, _ in stored), default=0), f"round {number}: lost"
        assert all(waited_s < 1.0 for _, waited_s in stored), f"round {number}: a keystroke waited over a second"
        seen_stored += bool(stored)
    assert seen_stored > ROUNDS // 2


def test_what_was_left_open_is_offered_to_the_next_life_whole(tmp_path: Path) -> None:
    path = tmp_path / "calls.sqlite"
    assert _stored_until_killed(path, "call-1", 1.5)
    dispatcher = QueueDispatcher()
    journal = SqliteCallJournal(path, dispatcher, ManualClock())
    answers: list[tuple[WrapUp, ...]] = []
    journal.open_wrap_ups(answers.append)
    dispatcher.run_until(lambda: bool(answers))
    journal.close()
    ((left,),) = answers
    assert (left.call, left.begun_s, left.deadline_s, left.disposition) == ("call-1", 1.0, 61.0, "done")


def _stored_until_killed(path: Path, call_id: str, after_s: float) -> list[tuple[int, float]]:
    """The keystrokes that the writer called stored, and the seconds they waited; it is killed `after_s` after ready."""
    writer = subprocess.Popen(
        [sys.executable, str(WRITER), str(path), call_id], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=_env()
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    with pytest.raises(subprocess.TimeoutExpired):
        writer.wait(after_s)
    writer.send_signal(signal.SIGKILL)
    lines = writer.stdout.read().split("\n")[:-1]  # a last one without its end was cut by the kill
    writer.stdout.close()
    assert writer.wait() == -signal.SIGKILL
    return [(int(keystroke), float(waited_s)) for keystroke, waited_s in map(str.split, lines)]


def _env() -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
