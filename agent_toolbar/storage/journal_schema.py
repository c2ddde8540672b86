"""The tables of the call journal, and call records as rows of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.domain.call import CallDirection, CallEndCause
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.storage.database import Schema
from agent_toolbar.storage.journal_search import searched_digits, searched_words

JOURNAL_SCHEMA = Schema(
    migrations=(
        (
            """CREATE TABLE call (
                id TEXT PRIMARY KEY,
                direction TEXT NOT NULL,
                number TEXT NOT NULL,
                number_key TEXT NOT NULL,
                name TEXT NOT NULL,
                company TEXT NOT NULL,
                contact_id INTEGER NOT NULL,
                called_on TEXT NOT NULL,
                sip_call_id TEXT NOT NULL,
                started_s REAL NOT NULL,
                ringing_s REAL NOT NULL,
                answered_s REAL NOT NULL,
                ended_s REAL NOT NULL,
                end_cause TEXT,
                sip_status INTEGER NOT NULL,
                missed INTEGER NOT NULL,
                seen INTEGER NOT NULL,
                subject TEXT NOT NULL,
                words TEXT NOT NULL,
                digits TEXT NOT NULL
            )""",
            "CREATE INDEX call_by_start ON call (started_s, id)",
            "CREATE INDEX call_missed ON call (id) WHERE missed AND NOT seen",
            "CREATE INDEX call_open ON call (id) WHERE end_cause IS NULL",
        ),
        ("ALTER TABLE call ADD COLUMN conversation TEXT NOT NULL DEFAULT ''",),
        (
            "ALTER TABLE call ADD COLUMN disposition TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE call ADD COLUMN follow_up TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE call ADD COLUMN wrong_number INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE call ADD COLUMN wrapped_s REAL NOT NULL DEFAULT 0",
            "ALTER TABLE call ADD COLUMN wrap_open INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE call ADD COLUMN wrap_begun_s REAL NOT NULL DEFAULT 0",
            "ALTER TABLE call ADD COLUMN wrap_deadline_s REAL NOT NULL DEFAULT 0",
            "ALTER TABLE call ADD COLUMN wrap_by_hand INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE call ADD COLUMN wrap_title TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE call ADD COLUMN wrap_number TEXT NOT NULL DEFAULT ''",
            "CREATE INDEX call_wrap_open ON call (id) WHERE wrap_open",
        ),
        ("CREATE INDEX call_marked ON call (number_key, started_s) WHERE wrong_number",),
        (  # the old column stays as it is: nothing that an earlier release wrote is lost
            "ALTER TABLE call ADD COLUMN number_finding TEXT NOT NULL DEFAULT ''",
            "UPDATE call SET number_finding = 'wrong' WHERE wrong_number",
            "DROP INDEX call_marked",
            "CREATE INDEX call_marked ON call (number_key, started_s) WHERE number_finding <> ''",
        ),
    )
)

_COLUMNS = tuple(field.name for field in fields(CallRecord))
_SELECTED = ", ".join(_COLUMNS)
_WRITTEN = (*_COLUMNS, "words", "digits")
_PUT = (  # not REPLACE: that would forget which wrap-up is open
    f"INSERT INTO call ({', '.join(_WRITTEN)}) VALUES ({', '.join(f':{column}' for column in _WRITTEN)})"
    f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{column} = excluded.{column}' for column in _WRITTEN[1:])}"
)


def completed(record: CallRecord, earlier: CallRecord) -> CallRecord:
    """`record` with what its wrap-up wrote, and with the earlier subject and conversation, if it has none itself."""
    return replace(
        record,
        subject=record.subject or earlier.subject,
        conversation=record.conversation or earlier.conversation,
        disposition=earlier.disposition,
        follow_up=earlier.follow_up,
        number_finding=earlier.number_finding,
        wrapped_s=earlier.wrapped_s,
    )


def put_records(connection: sqlite3.Connection, records: Iterable[CallRecord]) -> None:
    """Writes each record in place of an earlier one with its id; without subject or conversation it keeps those."""
    connection.executemany(_PUT, [_row(_completed(connection, record)) for record in records])


def put_exactly(connection: sqlite3.Connection, record: CallRecord) -> None:
    connection.execute(_PUT, _row(record))


def set_subject(connection: sqlite3.Connection, call_id: str, text: str) -> None:
    """Writes the subject of a record; does nothing where there is none."""
    record = find_record(connection, call_id)
    if record is not None:
        connection.execute(_PUT, _row(replace(record, subject=text)))


def called_keys(connection: sqlite3.Connection, prefix: str) -> frozenset[str]:
    rows = connection.execute(
        "SELECT DISTINCT number_key FROM call WHERE direction = ? AND substr(number_key, 1, ?) = ?"
        " ORDER BY started_s DESC LIMIT 1000",
        (CallDirection.OUTGOING, len(prefix), prefix),
    )
    return frozenset(key for (key,) in rows)


def mark_number(connection: sqlite3.Connection, call_id: str, finding: NumberFinding) -> None:
    connection.execute("UPDATE call SET number_finding = ? WHERE id = ?", (finding, call_id))


def find_record(connection: sqlite3.Connection, call_id: str) -> CallRecord | None:
    row = connection.execute(f"SELECT {_SELECTED} FROM call WHERE id = ?", (call_id,)).fetchone()
    return None if row is None else _record(row)


def select_records(
    connection: sqlite3.Connection, conditions: Iterable[str], values: dict[str, str | float], limit: int
) -> list[CallRecord]:
    """The newest `limit` records for which all `conditions` (SQL of ours, `values` bound) hold."""
    where = " AND ".join(conditions) or "1"
    rows = connection.execute(
        f"SELECT {_SELECTED} FROM call WHERE {where} ORDER BY started_s DESC, id DESC LIMIT :limit",
        {**values, "limit": limit},
    )
    return [_record(row) for row in rows]


def mark_missed_seen(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE call SET seen = 1 WHERE missed AND NOT seen")


def close_open_records(connection: sqlite3.Connection, live_ids: frozenset[str]) -> None:
    """Ends the records of calls that are no more: at their last sign of life, as lost with their engine."""
    lost = [
        call_id
        for (call_id,) in connection.execute("SELECT id FROM call WHERE end_cause IS NULL")
        if call_id not in live_ids
    ]
    connection.executemany(
        """UPDATE call SET
            end_cause = :cause,
            ended_s = max(started_s, ringing_s, answered_s),
            missed = direction = :incoming AND answered_s = 0,
            seen = NOT (direction = :incoming AND answered_s = 0)
        WHERE id = :id""",
        [{"cause": CallEndCause.ENGINE_LOST, "incoming": CallDirection.INCOMING, "id": call_id} for call_id in lost],
    )


def unseen_missed_ids(connection: sqlite3.Connection) -> set[str]:
    return {call_id for (call_id,) in connection.execute("SELECT id FROM call WHERE missed AND NOT seen")}


def _completed(connection: sqlite3.Connection, record: CallRecord) -> CallRecord:
    written = find_record(connection, record.id)
    if written is None:
        return record
    begun_s = connection.execute("SELECT wrap_begun_s FROM call WHERE id = ?", (record.id,)).fetchone()[0]
    kept = completed(record, written)
    return replace(kept, subject=written.subject) if begun_s else kept


def _row(record: CallRecord) -> dict[str, str | int | float | None]:
    row = {column: getattr(record, column) for column in _COLUMNS}
    row |= {"words": searched_words(record), "digits": searched_digits(record)}
    return {column: storable(value) if isinstance(value, str) else value for column, value in row.items()}


def storable(text: str) -> str:
    """Half a character cannot be stored; one such text may not hold up the records of all later calls."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _record(row: tuple[Any, ...]) -> CallRecord:
    values = dict(zip(_COLUMNS, row, strict=True))
    cause = values["end_cause"]
    values["direction"] = CallDirection(values["direction"])
    values["end_cause"] = None if cause is None else CallEndCause(cause)
    values["missed"] = bool(values["missed"])
    values["seen"] = bool(values["seen"])
    values["number_finding"] = NumberFinding(values["number_finding"])
    return CallRecord(**values)
