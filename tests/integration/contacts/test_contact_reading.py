"""`agent-toolbar contacts search` and `contacts audit` as processes over a real index and a real journal."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from agent_toolbar.application.ports.directory import ImportRequest
from agent_toolbar.application.ports.storage import KNOWN_AT_CRM, CallRecord
from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.importers import import_contacts
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.domain.number_plan import NumberPlan
from agent_toolbar.storage.database import Durability, open_database
from agent_toolbar.storage.journal_schema import JOURNAL_SCHEMA, put_records

SECONDS = 60
CONTACTS = """name,company,phone,mobile,id
Marie Dupont,ACME,+33123456789,06 12 34 56 78,1
Jean Dupont,ACME,0123456789,,2
=Eve,<b>Co</b>,+1 555 010 0000,,3
Paul,Other,+33198765432,,4
"""


def open_index(home: Path) -> sqlite3.Connection:
    return open_database(home / "data" / "contacts.sqlite", CONTACT_SCHEMA, Durability.NORMAL)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(CONTACTS, encoding="utf-8")
    with closing(open_index(tmp_path)) as connection:
        outcome = import_contacts(
            connection, ImportRequest(file, NumberPlan("FR")), lambda progress: None, lambda: False
        )
    assert outcome.error is None
    with closing(open_database(tmp_path / "data" / "calls.sqlite", JOURNAL_SCHEMA, Durability.NORMAL)) as journal:
        now_s = time.time()
        put_records(
            journal,
            [
                CallRecord("c1", CallDirection.INCOMING, "x", "+33123456789", contact_id=1, started_s=now_s),
                CallRecord("c2", CallDirection.INCOMING, "x", "+33123450000", started_s=now_s),
                CallRecord("c6", CallDirection.INCOMING, "x", "+33123450001", contact_id=KNOWN_AT_CRM, started_s=now_s),
                CallRecord("c3", CallDirection.INCOMING, "1001", "1001", started_s=now_s),
                CallRecord("c4", CallDirection.OUTGOING, "x", "+33123450000", started_s=now_s),
                CallRecord("c5", CallDirection.INCOMING, "x", "+33123450000", started_s=now_s - 30 * 86_400),
            ],
        )
    return tmp_path


def say(home: Path, *words: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    finished = subprocess.run(
        [sys.executable, "-m", "agent_toolbar", "contacts", *words],
        env={**os.environ, "LC_ALL": "C.UTF-8", "AGENT_TOOLBAR_HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    return finished.returncode, finished.stdout, finished.stderr


def test_contacts_are_found_by_the_beginnings_of_their_words(home: Path) -> None:
    status, printed, _ = say(home, "search", "dup", "--json")

    assert status == 0
    assert [match["name"] for match in json.loads(printed)["matches"]] == ["Jean Dupont", "Marie Dupont"]
    assert say(home, "search", "pau")[1] == "01 98 76 54 32\tPaul\tOther\n"
    assert say(home, "search", "nobody")[1] == "No contact is called so.\n"


def test_an_audit_says_what_is_wrong_and_who_called(home: Path) -> None:
    status, printed, _ = say(home, "audit", "--json")
    report = json.loads(printed)

    assert status == 0
    assert {name: report[name] for name in ("numbers", "invalid", "not_e164", "shared", "unknown_spelling")} == {
        "numbers": 5,
        "invalid": 1,
        "not_e164": 2,
        "shared": 1,
        "unknown_spelling": 0,
    }
    spellings = {row["written"]: row["number"] for row in report["findings"] if row["problem"] == "not_e164"}
    assert spellings == {"0123456789": "+33123456789", "06 12 34 56 78": "+33612345678"}
    (shared,) = (row for row in report["findings"] if row["problem"] == "shared")
    assert {holder["name"] for holder in shared["holders"]} == {"Marie Dupont", "Jean Dupont"}
    assert len(report["week"]) == 7
    assert (sum(day["calls"] for day in report["week"]), sum(day["known"] for day in report["week"])) == (3, 2)


def test_an_audit_writes_a_table_and_a_page(home: Path) -> None:
    table, page = home / "audit.csv", home / "audit.html"
    status, printed, _ = say(home, "audit", "--csv", str(table), "--html", str(page))

    assert status == 0
    assert "1 invalid" in printed
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 4
    assert {row["E.164"] for row in rows} >= {"'+33123456789", "'+33612345678"}
    assert any(row["of"].startswith("'=Eve") for row in rows)
    assert "&lt;b&gt;Co&lt;/b&gt;" in page.read_text(encoding="utf-8")


def test_a_folder_that_is_missing_is_said_and_leaves_nothing_half(home: Path) -> None:
    table = home / "audit.csv"
    status, _, complaint = say(home, "audit", "--csv", str(table), "--html", str(home / "missing" / "audit.html"))

    assert status == 1
    assert "cannot be written" in complaint
    assert not table.exists()


def test_without_contacts_it_says_how_to_get_some(tmp_path: Path) -> None:
    status, _, complaint = say(tmp_path, "audit")

    assert status == 1
    assert "contacts import" in complaint
    assert not (tmp_path / "data" / "contacts.sqlite").exists()


def test_a_damaged_index_is_said_in_one_sentence(home: Path) -> None:
    (home / "data" / "contacts.sqlite").write_bytes(b"no database at all" * 1000)
    status, _, complaint = say(home, "audit")

    assert status == 1
    assert complaint.startswith("The contacts cannot be read")
    assert complaint.count("\n") == 1


def test_an_index_of_an_earlier_release_is_read_and_its_spellings_are_unknown(home: Path) -> None:
    with closing(open_index(home)) as connection:
        connection.execute("UPDATE phone SET written = NULL")
    report = json.loads(say(home, "audit", "--json")[1])

    assert (report["unknown_spelling"], report["not_e164"]) == (5, 0)
