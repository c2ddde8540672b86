"""Which contact of the CRM a number was said to belong to, in a SQLite file of its own. One thread owns it."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

from agent_toolbar.application.ports.runtime import Clock, Dispatcher
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage.database import (
    DatabaseFault,
    Durability,
    Schema,
    fault_of,
    open_database,
    set_aside,
    transaction,
)
from agent_toolbar.storage.fault_board import FaultBoard, FaultListener
from agent_toolbar.storage.journal_schema import storable
from agent_toolbar.storage.serial_worker import SerialWorker

_log = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 2.0
_Trouble = (sqlite3.Error, OSError, StorageError)
_SCHEMA = Schema(
    migrations=(
        (
            "CREATE TABLE chosen (place INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, number TEXT NOT NULL,"
            " contact TEXT NOT NULL, UNIQUE (account, number, contact))",
        ),
    )
)
_Choice = tuple[str, str, str]  # account, number, contact


class SqliteCallerChoices:
    """Implements application.ports.crm.CallerChoices.

    What cannot be written now (full disk) stays in memory, is found all the same, and is tried again with the next
    choice and at the end.
    """

    def __init__(self, path: Path, dispatcher: Dispatcher, clock: Clock) -> None:
        self._path = path
        self._dispatcher = dispatcher
        self._clock = clock
        self._faults = FaultBoard(dispatcher)
        self._connection: sqlite3.Connection | None = None
        self._unwritten: list[_Choice] = []
        self._worker = SerialWorker("caller-choices")

    def remember(self, account: str, number: str, contact_id: str) -> None:
        choice = (storable(account), storable(number), storable(contact_id))
        self._worker.submit(lambda: self._remember(choice))

    def recall(self, account: str, number: str, on_result: Callable[[tuple[str, ...]], None]) -> None:
        def answer() -> None:
            found = self._recall(storable(account), storable(number))
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def watch_faults(self, listener: FaultListener) -> None:
        self._faults.watch(listener)

    def close(self) -> None:
        self._worker.submit(self._end)
        self._worker.close(CLOSE_TIMEOUT_S)

    # -- everything below runs on the store's thread

    def _remember(self, choice: _Choice) -> None:
        self._unwritten.append(choice)
        self._flush()

    def _recall(self, account: str, number: str) -> tuple[str, ...]:
        new = [contact for one, of, contact in reversed(self._unwritten) if (one, of) == (account, number)]
        old: list[str] = []
        try:
            rows = self._connect().execute(
                "SELECT contact FROM chosen WHERE account = ? AND number = ? ORDER BY place DESC", (account, number)
            )
            old = [contact for (contact,) in rows]
        except _Trouble as error:
            self._bear(error)
        return tuple(dict.fromkeys(new + old))

    def _flush(self) -> None:
        if not self._unwritten:
            return
        try:
            connection = self._connect()
            with transaction(connection):
                connection.executemany(
                    "INSERT OR REPLACE INTO chosen (account, number, contact) VALUES (?, ?, ?)", self._unwritten
                )
        except _Trouble as error:
            self._bear(error)
        else:
            self._unwritten.clear()
            self._faults.show(None)

    def _bear(self, error: sqlite3.Error | OSError | StorageError) -> None:
        """Shows the fault; a damaged file is set aside, so that the next choice goes to a new one."""
        if fault_of(error) is DatabaseFault.CORRUPTED:
            try:
                self._disconnect()
                set_aside(self._path, self._clock.now_s())
            except _Trouble as trouble:
                _log.warning("the damaged file cannot be set aside: %s", trouble)
        self._faults.show(StorageError("caller_choices_failed", detail=str(error)))

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = open_database(self._path, _SCHEMA, Durability.NORMAL)
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _end(self) -> None:
        self._flush()
        self._disconnect()
