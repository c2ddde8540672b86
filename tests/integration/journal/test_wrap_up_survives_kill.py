"""A toolbar that is killed while somebody types a wrap-up: what is older than a second is in the file, once."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from agent_toolbar.domain.wrap_up import WrapUp
from agent_toolbar.storage.call_journal import SqliteCallJournal
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock
from tests.forked_life import ForkedLife
from tests.integration.journal.wrap_up_writer import main

ROUNDS = 100


def test_nothing_older_than_a_second_is_lost_and_no_call_has_two_records(tmp_path: Path) -> None:
    chance = random.Random(4)
    seen_stored = 0
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.sqlite"
        batches, after_s = chance.randint(0, 4), chance.uniform(0.0, 0.200)
        stored = _stored_until_killed(path, f"call-{number}", batches, after_s)
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
    assert _stored_until_killed(path, "call-1", 1, 0.5)
    dispatcher = QueueDispatcher()
    journal = SqliteCallJournal(path, dispatcher, ManualClock())
    answers: list[tuple[WrapUp, ...]] = []
    journal.open_wrap_ups(answers.append)
    dispatcher.run_until(lambda: bool(answers))
    journal.close()
    ((left,),) = answers
    assert (left.call, left.begun_s, left.deadline_s, left.disposition) == ("call-1", 1.0, 61.0, "done")


def _stored_until_killed(path: Path, call_id: str, batches: int, after_s: float) -> list[tuple[int, float]]:
    """The keystrokes that the writer called stored, and the seconds they waited.

    It is killed `after_s` seconds after so many batches, at any load.
    """
    life = ForkedLife(main, argv=(str(path), call_id))
    assert life.output.readline() == "ready\n"
    lines = [life.output.readline() for _ in range(batches)]
    lines += life.kill(after_s)
    return [(int(keystroke), float(waited_s)) for keystroke, waited_s in map(str.split, lines)]
