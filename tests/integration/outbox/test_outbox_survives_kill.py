"""A toolbar that is killed while it tells the CRM of calls: what was written is told in the end, and once."""

from __future__ import annotations

import random
from pathlib import Path

from tests.forked_life import ForkedLife
from tests.integration.outbox.file_crm import keys_at
from tests.integration.outbox.outbox_sender import main

ROUNDS = 100
LAST_S = 120


def test_killed_at_a_hundred_random_moments_every_written_call_is_at_the_crm_once(tmp_path: Path) -> None:
    chance = random.Random(5)
    outbox, crm = tmp_path / "outbox.sqlite", tmp_path / "crm.txt"
    written: set[str] = set()
    for life in range(ROUNDS):
        writes, after_s = chance.randint(0, 9), chance.uniform(0.0, 0.02)
        written |= _reported_until_killed(outbox, crm, f"life{life}", writes, after_s)
    last = ForkedLife(main, argv=(str(outbox), str(crm), "last", "1"))
    written |= set(last.output.read().split()) - {"ready"}
    last.output.close()
    last.process.join(LAST_S)
    assert last.process.exitcode == 0
    keys = keys_at(crm)

    assert len(keys) == len(set(keys)), "a call is at the CRM twice"
    assert written <= set(keys), "a call that was written never came to the CRM"
    assert len(keys) > ROUNDS // 2


def _reported_until_killed(outbox: Path, crm: Path, life: str, writes: int, after_s: float) -> set[str]:
    """The keys that the sender called written; it is killed `after_s` after so many writes, at any load."""
    sender = ForkedLife(main, argv=(str(outbox), str(crm), life, "-1"))
    before = []
    while (line := sender.output.readline()) != "ready\n":
        assert line, "the sender ended by itself"
        before.append(line.strip())
    before += [sender.output.readline().strip() for _ in range(writes)]
    return {*before, *sender.kill(after_s)}
