"""A toolbar that is killed while it tells Tryton of calls: each call is a note there, once."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from agent_toolbar.application.ports.crm import CrmAccess
from tests.forked_life import ForkedLife
from tests.lab.deadline import wait_until
from tests.lab.tryton_sender import tell_tryton
from tests.lab.tryton_server import DATABASE, KEY, USER, TrytonServer

pytestmark = pytest.mark.timeout(900)

ROUNDS = 100
START_S = 60.0
PLACE = "Callers nobody knows"


def test_killed_at_a_hundred_random_moments_every_written_call_is_at_tryton_once(
    tryton: TrytonServer, tmp_path: Path
) -> None:
    party = tryton.party(PLACE)
    access = CrmAccess("tryton", tryton.url, USER, (("database", DATABASE), ("unknown_contact", party)), KEY)
    chance = random.Random(5)
    written: set[str] = set()
    killed_at_work = 0
    for life in range(ROUNDS):
        writes, after_s = chance.randint(0, 3), chance.uniform(0.0, 0.100)
        reported = reported_until_killed(access, tmp_path, f"life{life}", writes, after_s)
        written |= reported
        killed_at_work += bool(reported)
    sender = start(access, tmp_path, "last", 1)
    sender.process.join(120)
    sender.output.close()
    assert sender.process.exitcode == 0
    written |= lines_of(tmp_path / "last") - {"ready"}
    noted = Counter(re.findall(r"\[call (\S+)\]", "\n".join(tryton.notes(party))))

    assert [key for key, notes in noted.items() if notes > 1] == []
    assert written - noted.keys() == set()
    assert killed_at_work > ROUNDS // 2


def start(access: CrmAccess, folder: Path, life: str, count: int) -> ForkedLife:
    return ForkedLife(tell_tryton, folder / "outbox.sqlite", access, life, count, folder / life)


def reported_until_killed(access: CrmAccess, folder: Path, life: str, writes: int, after_s: float) -> set[str]:
    """The keys that the sender called written; it is killed `after_s` after so many, at any load."""
    sender = start(access, folder, life, -1)
    wait_until(lambda: len(lines_of(folder / life)) > writes, START_S, f"{life} to be ready and write")
    sender.kill(after_s)
    return lines_of(folder / life) - {"ready"}


def lines_of(report: Path) -> set[str]:
    return set(report.read_text("utf-8").split("\n")[:-1]) if report.exists() else set()
