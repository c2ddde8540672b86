"""A journal of the release before wrap-ups opens with its records whole."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.storage.database import Durability, Schema, open_database
from agent_toolbar.storage.journal_schema import JOURNAL_SCHEMA, find_record

BEFORE_WRAP_UPS = Schema(JOURNAL_SCHEMA.migrations[:2])
BEFORE_FINDINGS = Schema(JOURNAL_SCHEMA.migrations[:4])


def test_records_from_before_wrap_ups_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    old = open_database(path, BEFORE_WRAP_UPS, Durability.FULL)
    old.execute(
        "INSERT INTO call VALUES ('call-1', 'incoming', '1001', '1001', 'Bob', '', 0, '', '', 5.0, 6.0, 7.0, 8.0,"
        " NULL, 200, 0, 1, 'Order', 'bob order 1001', '1001', 'c0ffee')"
    )
    old.close()
    now = open_database(path, JOURNAL_SCHEMA, Durability.FULL)
    record = find_record(now, "call-1")
    now.close()
    assert record == CallRecord(
        "call-1",
        CallDirection.INCOMING,
        "1001",
        "1001",
        "Bob",
        started_s=5.0,
        ringing_s=6.0,
        answered_s=7.0,
        ended_s=8.0,
        sip_status=200,
        subject="Order",
        conversation="c0ffee",
    )


def test_numbers_that_were_marked_as_wrong_stay_so(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    old = open_database(path, BEFORE_FINDINGS, Durability.FULL)
    for call_id, wrong in (("call-1", 1), ("call-2", 0)):
        old.execute(
            "INSERT INTO call (id, direction, number, number_key, name, company, contact_id, called_on, sip_call_id,"
            " started_s, ringing_s, answered_s, ended_s, sip_status, missed, seen, subject, words, digits,"
            " wrong_number)"
            " VALUES (?, 'outgoing', '1', '+331', '', '', 0, '', '', 5, 6, 7, 8, 200, 0, 1, '', '', '', ?)",
            (call_id, wrong),
        )
    old.close()
    now = open_database(path, JOURNAL_SCHEMA, Durability.FULL)
    found = [find_record(now, call_id) for call_id in ("call-1", "call-2")]
    now.close()
    assert [record.number_finding for record in found if record] == [NumberFinding.WRONG, NumberFinding.NONE]


def test_a_step_that_fails_leaves_the_journal_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    open_database(path, BEFORE_FINDINGS, Durability.FULL).close()
    broken = Schema((*JOURNAL_SCHEMA.migrations, ("CREATE TABLE call (id TEXT)",)))
    with pytest.raises(sqlite3.OperationalError):
        open_database(path, broken, Durability.FULL)
    still = open_database(path, BEFORE_FINDINGS, Durability.FULL)
    columns = [row[1] for row in still.execute("PRAGMA table_info(call)")]
    still.close()
    assert "number_finding" not in columns
