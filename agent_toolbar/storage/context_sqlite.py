"""The shared stories in an SQLite file: of this profile alone, or one that desks share. On the store's thread only."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine

from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage.database import COMPANIONS, DatabaseFault, fault_of, make_private

LOCK_PATIENCE_S = 2.0


class SqliteContexts:
    """A file of this profile (`own`) is kept to its owner and has a write-ahead log.

    One that is named by URL keeps the rights that its owner gave it, and SQLite's rollback journal: it may lie on a
    share, where a write-ahead log does not work (sqlite.org/wal.html, section 1).
    """

    def __init__(self, path: Path, *, own: bool) -> None:
        self.place = path.name
        self._path = path
        self._own = own

    def engine(self) -> Engine:
        return create_engine(
            "sqlite://",
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=0,
            hide_parameters=True,
        )

    def ahead_s(self, connection: Connection, now_s: float) -> float:
        return 0.0  # a file has no clock

    def lock_creation(self, connection: Connection) -> None:
        """Not needed: SQLite writes one after the other."""

    def fault(self, error: Exception) -> StorageError | None:
        """What an exception of the file means to the agent, without a word of what was to be written."""
        if not isinstance(error, sqlite3.Error | OSError):
            return None
        match fault_of(error):
            case DatabaseFault.CORRUPTED:
                return StorageError("context_store_damaged", place=self.place)
            case DatabaseFault.DISK_FULL:
                return StorageError("context_store_disk_full", place=self.place)
        if isinstance(error, PermissionError) or getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY:
            return StorageError("context_store_refused", place=self.place)
        named = getattr(error, "sqlite_errorname", "") or getattr(error, "strerror", "") or type(error).__name__
        return StorageError("context_store_failed", place=self.place, detail=named)

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_private(self._path, tighten=self._own)
        # IMMEDIATE: who reads first and writes then could not wait for another desk's lock
        connection = sqlite3.connect(self._path, timeout=LOCK_PATIENCE_S, isolation_level="IMMEDIATE")
        try:
            connection.execute(f"PRAGMA journal_mode = {'WAL' if self._own else 'DELETE'}")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA secure_delete = ON")  # an expired story is gone from the file too
        except BaseException:
            connection.close()
            raise
        return connection


def remove(path: Path) -> None:
    """A damaged file of this profile: its stories would have lived for ten minutes, and they are personal."""
    for companion in COMPANIONS:
        path.with_name(path.name + companion).unlink(missing_ok=True)
