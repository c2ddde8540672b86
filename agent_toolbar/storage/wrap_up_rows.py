"""The wrap-ups that are open, as rows beside the records of their calls. They outlive the process that opened them."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from typing import Any

from agent_toolbar.domain.wrap_up import WrapUp

WRAP_UP_TABLE = """CREATE TABLE open_wrap_up (
    call TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    begun_s REAL NOT NULL,
    deadline_s REAL NOT NULL,
    subject TEXT NOT NULL,
    disposition TEXT NOT NULL,
    follow_up TEXT NOT NULL,
    wrong_number INTEGER NOT NULL,
    by_hand INTEGER NOT NULL
)"""

_COLUMNS = tuple(field.name for field in fields(WrapUp))
_SELECTED = ", ".join(_COLUMNS)
_PUT = f"INSERT OR REPLACE INTO open_wrap_up ({_SELECTED}) VALUES ({', '.join(f':{column}' for column in _COLUMNS)})"


def keep(connection: sqlite3.Connection, wrap_up: WrapUp) -> None:
    values = {column: getattr(wrap_up, column) for column in _COLUMNS}
    connection.execute(
        _PUT,
        {
            name: value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
            for name, value in values.items()
        },
    )


def finish(connection: sqlite3.Connection, call: str) -> None:
    connection.execute("DELETE FROM open_wrap_up WHERE call = ?", (call,))


def find_open(connection: sqlite3.Connection, call: str) -> WrapUp | None:
    row = connection.execute(f"SELECT {_SELECTED} FROM open_wrap_up WHERE call = ?", (call,)).fetchone()
    return None if row is None else _wrap_up(row)


def all_open(connection: sqlite3.Connection) -> list[WrapUp]:
    """The newest first."""
    rows = connection.execute(f"SELECT {_SELECTED} FROM open_wrap_up ORDER BY begun_s DESC")
    return [_wrap_up(row) for row in rows]


def _wrap_up(row: tuple[Any, ...]) -> WrapUp:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["wrong_number"] = bool(values["wrong_number"])
    values["by_hand"] = bool(values["by_hand"])
    return WrapUp(**values)
