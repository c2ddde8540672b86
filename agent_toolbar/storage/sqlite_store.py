"""What each store in a SQLite file of its own does: a thread owns the file, writes, tries again, bears damage."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from agent_toolbar.application.ports.runtime import Clock, Dispatcher
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage.database import (
    DatabaseFault,
    Durability,
    Schema,
    fault_of,
    open_database,
    require_sound,
    set_aside,
    transaction,
)
from agent_toolbar.storage.fault_board import FaultBoard, FaultListener
from agent_toolbar.storage.serial_worker import SerialWorker

CLOSE_TIMEOUT_S = 2.0
RETRY_S = 2.0
_Trouble = (sqlite3.Error, OSError, StorageError)
Answer = TypeVar("Answer")


class SqliteStore(ABC):
    """What cannot be written now stays in memory, in the store that derives from this, and is tried again with the next
    write, every `retry_s` seconds and at the end. A damaged file is set aside, and a new one gets what is known.

    The methods that jobs call run on the store's thread, and so do all that a store must supply.
    """

    damage_stands = True  # the fault of a damaged file is shown to the end of this life

    def __init__(
        self,
        path: Path,
        schema: Schema,
        durability: Durability,
        dispatcher: Dispatcher,
        clock: Clock,
        *,
        thread: str,
        retry_s: float = RETRY_S,
    ) -> None:
        self._path = path
        self._schema = schema
        self._durability = durability
        self._dispatcher = dispatcher
        self._clock = clock
        self._retry_s = retry_s
        self._faults = FaultBoard(dispatcher)
        self._damage: StorageError | None = None
        self._connection: sqlite3.Connection | None = None
        self._retry_is_due = False
        self._worker = SerialWorker(thread)

    def watch_faults(self, listener: FaultListener) -> None:
        self._faults.watch(listener)

    def close(self) -> None:
        self._worker.submit(self._end)
        self._worker.close(CLOSE_TIMEOUT_S)

    def _answer(self, ask: Callable[[], Answer], on_result: Callable[[Answer], None]) -> None:
        """Called on the GUI thread, as `on_result` is then with what `ask` found on the store's."""

        def job() -> None:
            found = ask()
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(job)

    # -- what a store supplies

    @abstractmethod
    def _waits(self) -> bool:
        """Whether there is something to write."""

    @abstractmethod
    def _write_waiting(self, connection: sqlite3.Connection) -> None:
        """Writes what waits, within a transaction that is open already."""

    @abstractmethod
    def _written(self) -> None:
        """What waited is in the file."""

    @abstractmethod
    def _fault(self, fault: DatabaseFault, what: str) -> StorageError:
        """In the store's own words. what: the name of a damaged file now, or what the system said."""

    def _opened(self, connection: sqlite3.Connection) -> None:  # noqa: B027  most have nothing to read
        """Reads what is to be known from the beginning. May raise sqlite3.DatabaseError for damage."""

    def _begin_anew(self) -> None:  # noqa: B027  most know no more than what waits
        """The old file was damaged: what of it is known waits now too."""

    # -- on the store's thread

    def _flush(self) -> None:
        """Writes what waits, in one transaction; a damaged file is set aside first."""
        try:
            self._write_now()
        except _Trouble as error:
            self._bear(error)

    def _read(self, ask: Callable[[sqlite3.Connection], Answer], nothing: Answer) -> Answer:
        """The answer of the file, or `nothing` with a fault shown when the file gives none."""
        try:
            return ask(self._connect())
        except _Trouble as error:
            self._bear(error)
            return nothing

    def _write_now(self) -> None:
        connection = self._connect()
        if self._waits():
            with transaction(connection):
                self._write_waiting(connection)
            self._written()
        self._faults.show(self._damage)

    def _bear(self, error: sqlite3.Error | OSError | StorageError) -> None:
        if fault_of(error) is not DatabaseFault.CORRUPTED:
            self._wait_for_better_times(error)
            return
        try:
            self._replace_damaged_file()
        except _Trouble as trouble:
            self._wait_for_better_times(trouble)

    def _replace_damaged_file(self) -> None:
        self._disconnect()
        damage = self._fault(DatabaseFault.CORRUPTED, set_aside(self._path, self._clock.now_s()).name)
        self._faults.show(damage)
        self._damage = damage if self.damage_stands else None
        self._begin_anew()
        self._write_now()

    def _wait_for_better_times(self, error: sqlite3.Error | OSError | StorageError) -> None:
        full = fault_of(error) is DatabaseFault.DISK_FULL
        self._faults.show(self._fault(DatabaseFault.DISK_FULL if full else DatabaseFault.FAILED, str(error)))
        if not self._retry_is_due:
            self._retry_is_due = True
            self._worker.submit_after(self._retry_s, self._retry)

    def _retry(self) -> None:
        self._retry_is_due = False
        self._flush()

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = open_database(self._path, self._schema, self._durability)
            try:
                require_sound(connection)
                self._opened(connection)
            except sqlite3.Error:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _end(self) -> None:
        if self._waits():
            self._flush()
        self._disconnect()
