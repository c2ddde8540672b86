"""Opens the SQLite files of a profile: owner-only, write-ahead log, migrated; tells apart what can go wrong with them.

A connection belongs to the thread that opened it.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from agent_toolbar.domain.errors import StorageError

BUSY_TIMEOUT_MS = 5_000
COMPANIONS = ("", "-wal", "-shm")
_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY = 0xFF  # the low byte of an extended result code


class Durability(StrEnum):
    """When a commit is on the disk: at once, or at the latest with the next checkpoint (a crash of the system only)."""

    FULL = "FULL"
    NORMAL = "NORMAL"


class DatabaseFault(StrEnum):
    CORRUPTED = "corrupted"
    DISK_FULL = "disk_full"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Schema:
    """Statements by version: `migrations[n]` leads from PRAGMA user_version n to n + 1."""

    migrations: tuple[tuple[str, ...], ...]

    @property
    def version(self) -> int:
        return len(self.migrations)


def open_database(path: Path, schema: Schema, durability: Durability) -> sqlite3.Connection:
    """A connection in autocommit mode to `path`, made and migrated if needed, readable by its owner only.

    Raises sqlite3.Error or OSError (see `fault_of`), or StorageError("database_too_new") for a later release's file.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_private(path)
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {durability}")
        migrate(connection, schema)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: commits at the end of the block, rolls back on any exception and passes it on."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have rolled back already
            connection.execute("ROLLBACK")
        raise


def require_sound(connection: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError when the file is damaged. Reads all of it."""
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        error = sqlite3.DatabaseError(verdict)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def fault_of(error: sqlite3.Error | OSError | StorageError) -> DatabaseFault:
    """What kind of trouble an exception of this module or of a statement means."""
    if isinstance(error, OSError):
        return DatabaseFault.DISK_FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else DatabaseFault.FAILED
    code = getattr(error, "sqlite_errorcode", 0)
    if code & _PRIMARY in _DAMAGED:
        return DatabaseFault.CORRUPTED
    return DatabaseFault.DISK_FULL if code in _FULL else DatabaseFault.FAILED


def set_aside(path: Path, now_s: float) -> Path:
    """Renames a damaged database and its companions to `<name>.corrupt-<UTC time>`, so that nothing of it is lost.

    Gives back the new name. No connection to it may be open (Windows would refuse).
    """
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now_s))
    kept = path.with_name(f"{path.name}.corrupt-{stamp}")
    repeat = 1
    while kept.exists():
        repeat += 1
        kept = path.with_name(f"{path.name}.corrupt-{stamp}-{repeat}")
    for companion in COMPANIONS:
        with suppress(FileNotFoundError):
            path.with_name(path.name + companion).rename(kept.with_name(kept.name + companion))
    return kept


def make_private(path: Path, *, tighten: bool = True) -> None:
    """Makes a missing file, for its owner only; with `tighten` one that is there is closed to others too.

    SQLite gives the log files the rights of the database, so these have to be right before it opens it.
    A file that exists is never opened here: closing it again would take away the locks that other connections of this
    process hold on it (POSIX advisory locks; "How To Corrupt An SQLite Database File", section 2.2).
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    if tighten and os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(0o600)


def migrate(connection: sqlite3.Connection, schema: Schema) -> None:
    """Brings the tables of a connection to the version of `schema`; raises like `open_database`."""
    found = _user_version(connection)
    if found > schema.version:
        raise StorageError("database_too_new", found=found, known=schema.version)
    if found == schema.version:
        return
    with transaction(connection):
        for version in range(_user_version(connection), schema.version):  # another process may have been quicker
            for statement in schema.migrations[version]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {schema.version}")


def _user_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
