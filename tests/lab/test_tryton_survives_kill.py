"""A toolbar that is killed while it tells Tryton of calls: each call is a note there, once."""

from __future__ import annotations

import multiprocessing
import random
import re
import signal
from collections import Counter
from pathlib import Path

import pytest

from agent_toolbar.application.ports.crm import CrmAccess
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
        reported = reported_until_killed(access, tmp_path, f"life{life}", chance.uniform(0.005, 0.150))
        written |= reported
        killed_at_work += bool(reported)
    sender = start(access, tmp_path, "last", 1)
    sender.join(120)
    assert sender.exitcode == 0
    written |= lines_of(tmp_path / "last") - {"ready"}
    noted = Counter(re.findall(r"\[call (\S+)\]", "\n".join(tryton.notes(party))))

    assert [key for key, notes in noted.items() if notes > 1] == []
    assert written - noted.keys() == set()
    assert killed_at_work > ROUNDS // 2


def start(access: CrmAccess, folder: Path, life: str, count: int) -> multiprocessing.Process:
    """A process of its own; it has loaded everything already, as a hundred would take minutes to."""
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([tell_tryton.__module__])
    sender = forks.Process(target=tell_tryton, args=(folder / "outbox.sqlite", access, life, count, folder / life))
    sender.start()
    return sender


def reported_until_killed(access: CrmAccess, folder: Path, life: str, after_s: float) -> set[str]:
    """The keys that the sender called written; it is killed `after_s` after it was ready."""
    sender = start(access, folder, life, -1)
    wait_until(lambda: "ready" in lines_of(folder / life), START_S, f"{life} to be ready")
    sender.join(after_s)
    assert sender.exitcode is None, "it ended by itself"
    sender.kill()
    sender.join()
    assert sender.exitcode == -signal.SIGKILL
    return lines_of(folder / life) - {"ready"}


def lines_of(report: Path) -> set[str]:
    return set(report.read_text("utf-8").split("\n")[:-1]) if report.exists() else set()
