"""One database of shared stories with its connection, whichever kind it is; every trouble of it is a StorageError.

Imported and used on the store's thread only: SQLAlchemy takes a third of a second to load.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage import context_schema
from agent_toolbar.storage.context_schema import KeptContext
from agent_toolbar.storage.context_sqlite import SqliteContexts

_AnyTrouble = (SQLAlchemyError, sqlite3.Error, OSError)


class Backend(Protocol):
    """What differs between the kinds of databases.

    Attributes:
        place: what people call it: the host, or the name of the file.
    """

    place: str

    def engine(self) -> Engine:
        """With one connection, opened by the first use."""

    def ahead_s(self, connection: Connection, now_s: float) -> float:
        """Seconds that the database's own clock is before `now_s`, 0.0 if it has none."""

    def lock_creation(self, connection: Connection) -> None:
        """Lets one desk at a time make the table, until the end of the transaction."""

    def fault(self, error: Exception) -> StorageError | None:
        """What an exception of its driver means; None if it is another's."""


class ContextDatabase:
    """Open from its making until `close`.

    Making it and its methods raise StorageError: context_store_unreachable, context_store_refused,
    context_store_damaged, context_store_disk_full, context_store_failed. Times are given by this desk's clock; the
    database keeps them by its own, if it has one.
    """

    def __init__(self, url: str, own_file: Path, password: str | None, now_s: Callable[[], float]) -> None:
        """`url` "" means `own_file`; a password goes to PostgreSQL only."""
        try:
            self._backend = _backend_of(url, own_file, password)
            self._engine = self._backend.engine()
        except SQLAlchemyError as error:  # a URL that it does not understand; its text may quote it
            raise StorageError("context_store_failed", place="", detail=type(error).__name__) from None
        try:
            with self._telling():
                self._ahead_s = self._prepare(now_s())
        except BaseException:
            self.close()
            raise

    def put(self, stories: Iterable[KeptContext], now_s: float) -> None:
        """Writes the stories and removes what has expired: all or nothing."""
        shifted = [KeptContext(kept.context, kept.kept_s + self._ahead_s) for kept in stories]
        with self._telling(), self._engine.begin() as connection:
            context_schema.remove_expired(connection, now_s + self._ahead_s)
            context_schema.put(connection, shifted)

    def find(self, key: str, now_s: float) -> KeptContext | None:
        with self._telling(), self._engine.connect() as connection:
            return self._by_our_clock(context_schema.find(connection, key, now_s + self._ahead_s))

    def find_probable(self, number: str, extension: str, now_s: float) -> KeptContext | None:
        with self._telling(), self._engine.connect() as connection:
            found = context_schema.find_probable(connection, number, extension, now_s + self._ahead_s)
            return self._by_our_clock(found)

    def close(self) -> None:
        self._engine.dispose()

    def _prepare(self, now_s: float) -> float:
        """Sees to it that the table is there; answers how much the database's clock is before ours."""
        with self._engine.begin() as connection:
            ahead_s = self._backend.ahead_s(connection, now_s)
            if not context_schema.exists(connection):
                self._backend.lock_creation(connection)
                context_schema.create(connection)
            context_schema.remove_expired(connection, now_s + ahead_s)
        return ahead_s

    def _by_our_clock(self, found: KeptContext | None) -> KeptContext | None:
        return None if found is None else KeptContext(found.context, found.kept_s - self._ahead_s)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Without the cause: libraries put statements and rows into what they raise."""
        try:
            yield
        except _AnyTrouble as error:
            original = error.orig if isinstance(error, DBAPIError) and isinstance(error.orig, Exception) else error
            fault = self._backend.fault(original)
            if fault is None:
                detail = type(original).__name__
                fault = StorageError("context_store_failed", place=self._backend.place, detail=detail)
            raise fault from None


def _backend_of(url: str, own_file: Path, password: str | None) -> Backend:
    if not url:
        return SqliteContexts(own_file, own=True)
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteContexts(Path(parsed.database or ""), own=False)
    from agent_toolbar.storage.context_postgres import PostgresContexts  # noqa: PLC0415  others never load it

    return PostgresContexts(parsed, password)
