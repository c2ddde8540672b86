"""The outbox in SQLite: what the CRM must still be told. One thread owns the file; a commit is on the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from agent_toolbar.application.ports.crm import OutboxItem
from agent_toolbar.application.ports.runtime import Clock, Dispatcher
from agent_toolbar.domain.crm import CallEntry
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.domain.number_correction import NumberCorrection
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
from agent_toolbar.storage.journal_schema import storable
from agent_toolbar.storage.serial_worker import SerialWorker

CLOSE_TIMEOUT_S = 2.0
RETRY_S = 2.0
_SCHEMA = Schema(
    migrations=(
        (
            "CREATE TABLE waiting (place INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE NOT NULL,"
            " item BLOB NOT NULL)",
            "CREATE TABLE sent (key TEXT PRIMARY KEY, item BLOB NOT NULL)",
            "CREATE TABLE signed_in (account TEXT PRIMARY KEY, user TEXT NOT NULL)",
        ),
    )
)
_TEXTS = tuple(field.name for field in fields(CallEntry) if field.type == "str")
_StoreError = (sqlite3.Error, OSError, StorageError)
_Write = Callable[[sqlite3.Connection], None]


@dataclass(frozen=True, slots=True)
class _Pending:
    write: _Write
    on_written: Callable[[], None] | None = None


class SqliteOutbox:
    """Implements application.ports.crm.Outbox.

    Keeps what waits in memory too, so that a file that is damaged while the toolbar runs is made anew without a loss.
    """

    def __init__(self, path: Path, dispatcher: Dispatcher, clock: Clock, retry_s: float = RETRY_S) -> None:
        self._path = path
        self._dispatcher = dispatcher
        self._clock = clock
        self._retry_s = retry_s
        self._faults = FaultBoard(dispatcher)
        self._damage: StorageError | None = None
        self._connection: sqlite3.Connection | None = None
        self._items: dict[str, OutboxItem | None] | None = None  # None before the file was read
        self._early: dict[str, OutboxItem | None] = {}  # what changed before that
        self._sent: dict[str, OutboxItem] = {}  # in this life
        self._users: dict[str, str] = {}
        self._unwritten: list[_Pending] = []
        self._retry_is_due = False
        self._worker = SerialWorker("outbox")
        self._worker.submit(self._flush)

    def put(self, item: OutboxItem, on_written: Callable[[], None] | None = None) -> None:
        self._worker.submit(lambda: self._put(item, on_written))

    def sent(self, item: OutboxItem) -> None:
        self._worker.submit(lambda: self._mark_sent(item))

    def discard(self, key: str) -> None:
        self._worker.submit(lambda: self._discard(key))

    def waiting(self, on_result: Callable[[tuple[OutboxItem, ...]], None]) -> None:
        def answer() -> None:
            self._flush()
            found = tuple(item for item in (self._early if self._items is None else self._items).values() if item)
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def find_sent(self, key: str, on_result: Callable[[OutboxItem | None], None]) -> None:
        def answer() -> None:
            found = self._find_sent(key)
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def remember_user(self, account: str, user: str) -> None:
        self._worker.submit(lambda: self._remember_user(account, user))

    def users(self, on_result: Callable[[dict[str, str]], None]) -> None:
        def answer() -> None:
            self._flush()
            found = dict(self._users)
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def watch_faults(self, listener: FaultListener) -> None:
        self._faults.watch(listener)

    def close(self) -> None:
        self._worker.submit(self._close)
        self._worker.close(CLOSE_TIMEOUT_S)

    # -- everything below runs on the outbox's thread

    def _put(self, item: OutboxItem, on_written: Callable[[], None] | None) -> None:
        if not item.record and self._find_sent(item.entry.key) is not None:
            if on_written is not None:
                self._dispatcher.post(on_written)
            return
        self._note(item.entry.key, item)
        self._change(partial(_put, item), on_written)

    def _mark_sent(self, item: OutboxItem) -> None:
        self._sent[item.entry.key] = item
        self._note(item.entry.key, None)
        self._change(partial(_mark_sent, item))

    def _discard(self, key: str) -> None:
        self._note(key, None)
        self._change(partial(_remove, key))

    def _remember_user(self, account: str, user: str) -> None:
        self._users[account] = user
        self._change(partial(_remember_user, account, user))

    def _note(self, key: str, item: OutboxItem | None) -> None:
        known = self._early if self._items is None else self._items
        if item is not None or self._items is None:
            known[key] = item
        else:
            known.pop(key, None)

    def _change(self, write: _Write, on_written: Callable[[], None] | None = None) -> None:
        self._unwritten.append(_Pending(write, on_written))
        self._flush()

    def _flush(self) -> None:
        """Writes what waits, in one transaction; a damaged file is set aside first."""
        try:
            self._write_unwritten()
        except _StoreError as error:
            if fault_of(error) is not DatabaseFault.CORRUPTED:
                self._wait_for_better_times(error)
                return
            self._replace_damaged_file()

    def _replace_damaged_file(self) -> None:
        try:
            self._disconnect()
            self._damage = StorageError("outbox_corrupted", file=set_aside(self._path, self._clock.now_s()).name)
            self._write_anew()
        except _StoreError as error:
            self._wait_for_better_times(error)

    def _write_anew(self) -> None:
        """Everything that this life knows, before what is unwritten."""
        known = [
            *[_Pending(partial(_put, item)) for item in (self._items or {}).values() if item],
            *[_Pending(partial(_mark_sent, item)) for item in self._sent.values()],
            *[_Pending(partial(_remember_user, *one)) for one in self._users.items()],
        ]
        self._unwritten = known + self._unwritten
        self._write_unwritten()

    def _write_unwritten(self) -> None:
        connection = self._connect()
        if self._items is None:
            self._read_all(connection)
        if self._unwritten:
            with transaction(connection):
                for pending in self._unwritten:
                    pending.write(connection)
            written, self._unwritten = self._unwritten, []
            for pending in written:
                if pending.on_written is not None:
                    self._dispatcher.post(pending.on_written)
        self._faults.show(self._damage)

    def _read_all(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute("SELECT key, item FROM waiting ORDER BY place")
        stored: dict[str, OutboxItem | None] = {key: _decoded(item) for key, item in rows}
        self._items = {key: item for key, item in (stored | self._early).items() if item is not None}
        self._users = dict(connection.execute("SELECT account, user FROM signed_in").fetchall()) | self._users

    def _wait_for_better_times(self, error: sqlite3.Error | OSError | StorageError) -> None:
        if fault_of(error) is DatabaseFault.DISK_FULL:
            self._faults.show(StorageError("outbox_disk_full"))
        else:
            self._faults.show(StorageError("outbox_failed", detail=str(error)))
        if not self._retry_is_due:
            self._retry_is_due = True
            self._worker.submit_after(self._retry_s, self._retry)

    def _retry(self) -> None:
        self._retry_is_due = False
        self._flush()

    def _find_sent(self, key: str) -> OutboxItem | None:
        if key in self._sent:
            return self._sent[key]
        try:
            row = self._connect().execute("SELECT item FROM sent WHERE key = ?", (key,)).fetchone()
            return _decoded(row[0]) if row is not None else None
        except _StoreError as error:
            if fault_of(error) is DatabaseFault.CORRUPTED:
                self._replace_damaged_file()
            else:
                self._wait_for_better_times(error)
            return None

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = open_database(self._path, _SCHEMA, Durability.FULL)
            try:
                require_sound(connection)
            except sqlite3.Error:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _close(self) -> None:
        self._flush()
        self._disconnect()


def _put(item: OutboxItem, connection: sqlite3.Connection) -> None:
    """In its old place, if it has one. A call that was sent comes back only as a change of the record it became."""
    key = storable(item.entry.key)
    if not item.record and connection.execute("SELECT 1 FROM sent WHERE key = ?", (key,)).fetchone() is not None:
        return
    connection.execute(
        "INSERT INTO waiting (key, item) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET item = excluded.item",
        (key, _encoded(item)),
    )


def _mark_sent(item: OutboxItem, connection: sqlite3.Connection) -> None:
    key = storable(item.entry.key)
    connection.execute("INSERT OR REPLACE INTO sent (key, item) VALUES (?, ?)", (key, _encoded(item)))
    _remove(key, connection)


def _remove(key: str, connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM waiting WHERE key = ?", (storable(key),))


def _remember_user(account: str, user: str, connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO signed_in (account, user) VALUES (?, ?)", (storable(account), storable(user))
    )


def _encoded(item: OutboxItem) -> bytes:
    """As JSON. Half a character cannot be stored; one such text may not hold up the others."""
    texts: dict[str, Any] = {name: storable(getattr(item.entry, name)) for name in _TEXTS}
    entry = replace(item.entry, **texts)
    correction = None if item.correction is None else _storable_correction(item.correction)
    kept = replace(item, entry=entry, error_text=storable(item.error_text), correction=correction)
    return msgspec.json.encode(kept)


def _storable_correction(correction: NumberCorrection) -> NumberCorrection:
    evidence = replace(correction.evidence, words=storable(correction.evidence.words))
    texts: dict[str, Any] = {
        name: storable(getattr(correction, name)) for name in ("name", "to_name", "crm_contact", "crm_number")
    }
    return replace(correction, evidence=evidence, **texts)


def _decoded(stored: bytes) -> OutboxItem:
    """Raises sqlite3.DatabaseError for what is no item: then the file is damaged."""
    try:
        return msgspec.json.decode(stored, type=OutboxItem)
    except msgspec.MsgspecError as wrong:
        error = sqlite3.DatabaseError(str(wrong))
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error from wrong
