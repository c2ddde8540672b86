"""A toolbar that is killed while it corrects numbers: the contacts and the CRM agree in the end, each number once."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from agent_toolbar.crm.contact_index import ContactWriter, StoredContact, StoredPhone
from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.storage.database import Durability, open_database, transaction
from tests.integration.outbox.number_file_crm import NAME, numbers_at

ROUNDS = 15
WRITER = Path(__file__).with_name("correction_writer.py")
ROOT = WRITER.parents[3]
FIRST = "+33140500000"


def test_killed_at_random_moments_no_confirmed_correction_is_half_done(tmp_path: Path) -> None:
    chance = random.Random(7)
    crm = tmp_path / "crm.txt"
    crm.write_text(f"{FIRST}\n")
    grace = StoredContact(NAME, (StoredPhone(FIRST),), source="crm", external_id="1")
    contacts = open_database(tmp_path / "contacts.sqlite", CONTACT_SCHEMA, Durability.FULL)
    with closing(contacts) as index, transaction(index):
        ContactWriter(index, 0).put(grace)
    for life in range(ROUNDS):
        _live(tmp_path, crm, f"life{life}", chance.uniform(0.0, 0.5))
    last = _writer(tmp_path, crm, "last", "2")
    assert last.wait(timeout=120) == 0
    assert last.stdout is not None
    last.stdout.close()

    at_crm = numbers_at(crm)
    assert at_crm == sorted(set(at_crm)), "a number came twice, or an older one came back"
    with closing(sqlite3.connect(tmp_path / "contacts.sqlite")) as index:
        assert index.execute("SELECT key FROM phone").fetchall() == [(at_crm[-1],)]
    with closing(sqlite3.connect(tmp_path / "outbox.sqlite")) as outbox:
        assert outbox.execute("SELECT count(*) FROM waiting").fetchone() == (0,)
    assert len(at_crm) > ROUNDS // 3


def _live(folder: Path, crm: Path, life: str, after_s: float) -> None:
    """Killed `after_s` after it began to correct."""
    writer = _writer(folder, crm, life, "-1")
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n", "the writer ended by itself"
    try:
        writer.wait(after_s)
    except subprocess.TimeoutExpired:
        writer.kill()
    writer.stdout.close()
    assert writer.wait() == -9


def _writer(folder: Path, crm: Path, life: str, count: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(folder), str(crm), life, count],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
