"""The tables of the call journal, and call records as rows of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.domain.call import CallDirection, CallEndCause
from agent_toolbar.domain.wrap_up import WrapUp
from agent_toolbar.storage.database import Schema
from agent_toolbar.storage.journal_search import searched_digits, searched_words
from agent_toolbar.storage.wrap_up_rows import WRAP_UP_TABLE, find_open, finish, keep

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
            WRAP_UP_TABLE,
        ),
    )
)

_COLUMNS = tuple(field.name for field in fields(CallRecord))
_SELECTED = ", ".join(_COLUMNS)
_PUT = (
    f"INSERT OR REPLACE INTO call ({_SELECTED}, words, digits)"
    f" VALUES ({', '.join(f':{column}' for column in (*_COLUMNS, 'words', 'digits'))})"
)


def completed(record: CallRecord, earlier: CallRecord) -> CallRecord:
    """`record` with what only others write: a subject and conversation that it has not, and its wrap-up."""
    kept = earlier.subject if earlier.wrapped_s else ""
    return replace(
        record,
        subject=kept or record.subject or earlier.subject,
        conversation=record.conversation or earlier.conversation,
        disposition=earlier.disposition,
        follow_up=earlier.follow_up,
        wrong_number=earlier.wrong_number,
        wrapped_s=earlier.wrapped_s,
    )


def put_records(connection: sqlite3.Connection, records: Iterable[CallRecord]) -> None:
    """Writes each record in place of an earlier one with its id; see `completed` for what it keeps of that."""
    connection.executemany(_PUT, [_row(_completed(connection, record)) for record in records])


def put_wrap_up(connection: sqlite3.Connection, wrap_up: WrapUp, finished_s: float) -> None:
    """Writes what was typed into the record of the call; it is open until `finished_s` is given."""
    record = find_record(connection, wrap_up.call)
    if record is not None:
        wrapped = with_wrap_up(record, wrap_up)
        connection.execute(_PUT, _row(replace(wrapped, wrapped_s=finished_s or record.wrapped_s)))
    if finished_s:
        finish(connection, wrap_up.call)
    else:
        keep(connection, wrap_up)


def with_wrap_up(record: CallRecord, wrap_up: WrapUp) -> CallRecord:
    return replace(
        record,
        subject=wrap_up.subject,
        disposition=wrap_up.disposition,
        follow_up=wrap_up.follow_up,
        wrong_number=wrap_up.wrong_number,
    )


def set_subject(connection: sqlite3.Connection, call_id: str, text: str) -> None:
    """Writes the subject of a record; does nothing where there is none."""
    record = find_record(connection, call_id)
    if record is not None:
        connection.execute(_PUT, _row(replace(record, subject=text)))


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
    whole = record if written is None else completed(record, written)
    wrap_up = find_open(connection, record.id)
    return whole if wrap_up is None else with_wrap_up(whole, wrap_up)


def _row(record: CallRecord) -> dict[str, str | int | float | None]:
    row = {column: getattr(record, column) for column in _COLUMNS}
    row |= {"words": searched_words(record), "digits": searched_digits(record)}
    return {column: _storable(value) if isinstance(value, str) else value for column, value in row.items()}


def _storable(text: str) -> str:
    """Half a character cannot be stored; one such text may not hold up the records of all later calls."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _record(row: tuple[Any, ...]) -> CallRecord:
    values = dict(zip(_COLUMNS, row, strict=True))
    cause = values["end_cause"]
    values["direction"] = CallDirection(values["direction"])
    values["end_cause"] = None if cause is None else CallEndCause(cause)
    values["missed"] = bool(values["missed"])
    values["seen"] = bool(values["seen"])
    values["wrong_number"] = bool(values["wrong_number"])
    return CallRecord(**values)
