"""A journal of the release before wrap-ups opens with its records whole."""

from __future__ import annotations

from pathlib import Path

from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.storage.database import Durability, Schema, open_database
from agent_toolbar.storage.journal_schema import JOURNAL_SCHEMA, find_record

BEFORE_WRAP_UPS = Schema(JOURNAL_SCHEMA.migrations[:2])


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
