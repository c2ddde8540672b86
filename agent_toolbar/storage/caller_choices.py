"""Which contact of the CRM a number was said to belong to, in a SQLite file of its own. One thread owns it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from agent_toolbar.application.ports.runtime import Clock, Dispatcher
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage.database import DatabaseFault, Durability, Schema
from agent_toolbar.storage.journal_schema import storable
from agent_toolbar.storage.sqlite_store import SqliteStore

_SCHEMA = Schema(
    migrations=(
        (
            "CREATE TABLE chosen (place INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, number TEXT NOT NULL,"
            " contact TEXT NOT NULL, UNIQUE (account, number, contact))",
        ),
    )
)
_Choice = tuple[str, str, str]  # account, number, contact


class SqliteCallerChoices(SqliteStore):
    """Implements application.ports.crm.CallerChoices.

    What cannot be written now (full disk) stays in memory, is found all the same, and is tried again with the next
    choice, every two seconds and at the end.
    """

    damage_stands = False  # what is lost is asked again at the next call

    def __init__(self, path: Path, dispatcher: Dispatcher, clock: Clock) -> None:
        super().__init__(path, _SCHEMA, Durability.NORMAL, dispatcher, clock, thread="caller-choices")
        self._unwritten: list[_Choice] = []

    def remember(self, account: str, number: str, contact_id: str) -> None:
        choice = (storable(account), storable(number), storable(contact_id))
        self._worker.submit(lambda: self._remember(choice))

    def recall(self, account: str, number: str, on_result: Callable[[tuple[str, ...]], None]) -> None:
        self._answer(lambda: self._recall(storable(account), storable(number)), on_result)

    # -- everything below runs on the store's thread

    def _remember(self, choice: _Choice) -> None:
        self._unwritten.append(choice)
        self._flush()

    def _recall(self, account: str, number: str) -> tuple[str, ...]:
        new = [contact for one, of, contact in reversed(self._unwritten) if (one, of) == (account, number)]

        def stored(connection: sqlite3.Connection) -> list[str]:
            rows = connection.execute(
                "SELECT contact FROM chosen WHERE account = ? AND number = ? ORDER BY place DESC", (account, number)
            )
            return [contact for (contact,) in rows]

        nothing: list[str] = []
        return tuple(dict.fromkeys(new + self._read(stored, nothing)))

    def _waits(self) -> bool:
        return bool(self._unwritten)

    def _write_waiting(self, connection: sqlite3.Connection) -> None:
        connection.executemany(
            "INSERT OR REPLACE INTO chosen (account, number, contact) VALUES (?, ?, ?)", self._unwritten
        )

    def _written(self) -> None:
        self._unwritten.clear()

    def _fault(self, fault: DatabaseFault, what: str) -> StorageError:
        return StorageError("caller_choices_failed", detail=what)
