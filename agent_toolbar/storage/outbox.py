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
from agent_toolbar.storage.database import DatabaseFault, Durability, Schema
from agent_toolbar.storage.journal_schema import storable
from agent_toolbar.storage.sqlite_store import RETRY_S, SqliteStore

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
_Write = Callable[[sqlite3.Connection], None]


@dataclass(frozen=True, slots=True)
class _Pending:
    write: _Write
    on_written: Callable[[], None] | None = None


class SqliteOutbox(SqliteStore):
    """Implements application.ports.crm.Outbox.

    Keeps what waits in memory too, so that a file that is damaged while the toolbar runs is made anew without a loss.
    """

    def __init__(self, path: Path, dispatcher: Dispatcher, clock: Clock, retry_s: float = RETRY_S) -> None:
        super().__init__(path, _SCHEMA, Durability.FULL, dispatcher, clock, thread="outbox", retry_s=retry_s)
        self._items: dict[str, OutboxItem | None] | None = None  # None before the file was read
        self._early: dict[str, OutboxItem | None] = {}  # what changed before that
        self._sent: dict[str, OutboxItem] = {}  # in this life
        self._users: dict[str, str] = {}
        self._unwritten: list[_Pending] = []
        self._worker.submit(self._flush)

    def put(self, item: OutboxItem, on_written: Callable[[], None] | None = None) -> None:
        self._worker.submit(lambda: self._put(item, on_written))

    def sent(self, item: OutboxItem) -> None:
        self._worker.submit(lambda: self._mark_sent(item))

    def discard(self, key: str) -> None:
        self._worker.submit(lambda: self._discard(key))

    def waiting(self, on_result: Callable[[tuple[OutboxItem, ...]], None]) -> None:
        self._answer(self._waiting, on_result)

    def find_sent(self, key: str, on_result: Callable[[OutboxItem | None], None]) -> None:
        self._answer(lambda: self._find_sent(key), on_result)

    def remember_user(self, account: str, user: str) -> None:
        self._worker.submit(lambda: self._remember_user(account, user))

    def users(self, on_result: Callable[[dict[str, str]], None]) -> None:
        self._answer(self._known_users, on_result)

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

    def _waiting(self) -> tuple[OutboxItem, ...]:
        self._flush()
        return tuple(item for item in (self._early if self._items is None else self._items).values() if item)

    def _known_users(self) -> dict[str, str]:
        self._flush()
        return dict(self._users)

    def _note(self, key: str, item: OutboxItem | None) -> None:
        known = self._early if self._items is None else self._items
        if item is not None or self._items is None:
            known[key] = item
        else:
            known.pop(key, None)

    def _change(self, write: _Write, on_written: Callable[[], None] | None = None) -> None:
        self._unwritten.append(_Pending(write, on_written))
        self._flush()

    def _waits(self) -> bool:
        return bool(self._unwritten)

    def _write_waiting(self, connection: sqlite3.Connection) -> None:
        for pending in self._unwritten:
            pending.write(connection)

    def _written(self) -> None:
        written, self._unwritten = self._unwritten, []
        for pending in written:
            if pending.on_written is not None:
                self._dispatcher.post(pending.on_written)

    def _begin_anew(self) -> None:
        """Everything that this life knows, before what is unwritten."""
        known = [
            *[_Pending(partial(_put, item)) for item in (self._items or {}).values() if item],
            *[_Pending(partial(_mark_sent, item)) for item in self._sent.values()],
            *[_Pending(partial(_remember_user, *one)) for one in self._users.items()],
        ]
        self._unwritten = known + self._unwritten

    def _opened(self, connection: sqlite3.Connection) -> None:
        if self._items is not None:
            return
        rows = connection.execute("SELECT key, item FROM waiting ORDER BY place")
        stored: dict[str, OutboxItem | None] = {key: _decoded(item) for key, item in rows}
        self._items = {key: item for key, item in (stored | self._early).items() if item is not None}
        self._users = dict(connection.execute("SELECT account, user FROM signed_in").fetchall()) | self._users

    def _fault(self, fault: DatabaseFault, what: str) -> StorageError:
        if fault is DatabaseFault.CORRUPTED:
            return StorageError("outbox_corrupted", file=what)
        if fault is DatabaseFault.DISK_FULL:
            return StorageError("outbox_disk_full")
        return StorageError("outbox_failed", detail=what)

    def _find_sent(self, key: str) -> OutboxItem | None:
        if key in self._sent:
            return self._sent[key]

        def stored(connection: sqlite3.Connection) -> OutboxItem | None:
            row = connection.execute("SELECT item FROM sent WHERE key = ?", (key,)).fetchone()
            return _decoded(row[0]) if row is not None else None

        return self._read(stored, None)


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
