"""A toolbar that is killed while it tells the CRM of calls: what was written is told in the end, and once."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.outbox.file_crm import keys_at

ROUNDS = 100
SENDER = Path(__file__).with_name("outbox_sender.py")
ROOT = SENDER.parents[3]


def test_killed_at_a_hundred_random_moments_every_written_call_is_at_the_crm_once(tmp_path: Path) -> None:
    chance = random.Random(5)
    outbox, crm = tmp_path / "outbox.sqlite", tmp_path / "crm.txt"
    written: set[str] = set()
    killed_at_work = 0
    for life in range(ROUNDS):
        reported = _reported_until_killed(outbox, crm, f"life{life}", chance.uniform(0.005, 0.150))
        written |= reported
        killed_at_work += bool(reported)
    last = subprocess.run(
        [sys.executable, str(SENDER), str(outbox), str(crm), "last", "1"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=_env(),
        timeout=120,
    )
    written |= set(last.stdout.split()) - {"ready"}
    keys = keys_at(crm)

    assert len(keys) == len(set(keys)), "a call is at the CRM twice"
    assert written <= set(keys), "a call that was written never came to the CRM"
    assert killed_at_work > ROUNDS // 2


def _reported_until_killed(outbox: Path, crm: Path, life: str, after_s: float) -> set[str]:
    """The keys that the sender called written; it is killed `after_s` after it was ready."""
    sender = subprocess.Popen(
        [sys.executable, str(SENDER), str(outbox), str(crm), life, "-1"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=_env(),
    )
    assert sender.stdout is not None
    before = []
    while (line := sender.stdout.readline()) != "ready\n":
        assert line, "the sender ended by itself"
        before.append(line.strip())
    with pytest.raises(subprocess.TimeoutExpired):
        sender.wait(after_s)
    sender.send_signal(signal.SIGKILL)
    lines = sender.stdout.read().split("\n")[:-1]  # a last one without its end was cut by the kill
    sender.stdout.close()
    assert sender.wait() == -signal.SIGKILL
    return {*before, *lines}


def _env() -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
