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
from tests.integration.outbox.moving_file_crm import MOVING, PEOPLE, changes_at, holders_at
from tests.integration.outbox.number_file_crm import NAME, numbers_at

ROUNDS = 15
WRITER, MOVER = (Path(__file__).with_name(name) for name in ("correction_writer.py", "number_mover.py"))
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


def test_killed_at_random_moments_a_number_that_moves_is_with_one_of_the_two_at_both_places(tmp_path: Path) -> None:
    chance = random.Random(11)
    crm = tmp_path / "crm.txt"
    crm.write_text("add 1\n")
    contacts = open_database(tmp_path / "contacts.sqlite", CONTACT_SCHEMA, Durability.FULL)
    with closing(contacts) as index, transaction(index):
        for who, (name, own) in PEOPLE.items():
            numbers = (StoredPhone(own), StoredPhone(MOVING)) if who == "1" else (StoredPhone(own),)
            ContactWriter(index, 0).put(StoredContact(name, numbers, source="crm", external_id=who))
    for life in range(ROUNDS):
        _live(tmp_path, crm, f"life{life}", chance.uniform(0.0, 0.4), MOVER)
    last = _writer(tmp_path, crm, "last", "2", MOVER)
    assert last.wait(timeout=120) == 0
    assert last.stdout is not None
    last.stdout.close()

    done = changes_at(crm)
    (holder,) = holders_at(crm)
    turns = [f"{deed} {who}" for who in ("1", "2") for deed in ("retire", "add")]  # 1 gives it to 2, and so on
    there_and_back = [turns[0], turns[3], turns[2], turns[1]]
    assert done[1:] == [there_and_back[number % 4] for number in range(len(done) - 1)], "a step came twice"
    with closing(sqlite3.connect(tmp_path / "contacts.sqlite")) as index:
        rows = index.execute(
            "SELECT external_id FROM contact JOIN phone ON contact.id = contact_id WHERE key = ?", (MOVING,)
        )
        assert rows.fetchall() == [(holder,)]
    with closing(sqlite3.connect(tmp_path / "outbox.sqlite")) as outbox:
        assert outbox.execute("SELECT count(*) FROM waiting").fetchone() == (0,)
    assert len(done) > ROUNDS // 3


def _live(folder: Path, crm: Path, life: str, after_s: float, program: Path = WRITER) -> None:
    """Killed `after_s` after it began to correct."""
    writer = _writer(folder, crm, life, "-1", program)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n", "the writer ended by itself"
    try:
        writer.wait(after_s)
    except subprocess.TimeoutExpired:
        writer.kill()
    writer.stdout.close()
    assert writer.wait() == -9


def _writer(folder: Path, crm: Path, life: str, count: str, program: Path = WRITER) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(program), str(folder), str(crm), life, count],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
