"""The shared stories in PostgreSQL, by psycopg 3. On the store's thread only."""

from __future__ import annotations

from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from agent_toolbar.domain.errors import StorageError

CONNECT_TIMEOUT_S = 2
STATEMENT_TIMEOUT_S = 2.0
_SILENCE_S = STATEMENT_TIMEOUT_S + 0.5  # a server that lives has given up the statement by itself before
_CREATION_LOCK = 0x61_74_73_31  # "ats1": desks that make the table at once do so one after the other
_NOT_ADMITTED = ("28", "42501", "3D", "25006")  # authorisation, privilege, no such database, read-only
_AWAY = ("08", "57")  # connection exceptions, operator intervention (shutdown, statement timeout)
_DISK_FULL = "53100"
_Answer = TypeVar("_Answer")


class PostgresContexts:
    """`url` names host, user and database; the password comes from the keyring, None where none is kept."""

    def __init__(self, url: URL, password: str | None) -> None:
        self.place = url.host or ""
        self._url = url if password is None else url.set(password=password)

    def engine(self) -> Engine:
        engine = create_engine(
            self._url,
            hide_parameters=True,
            use_native_hstore=False,
            pool_size=1,
            max_overflow=0,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": CONNECT_TIMEOUT_S,
                "application_name": "agent-toolbar",
                "options": f"-c statement_timeout={round(STATEMENT_TIMEOUT_S * 1000)}",
                "prepare_threshold": None,  # a pool in front of the server knows no prepared statements
            },
        )
        event.listen(engine, "do_connect", _connect)
        return engine

    def ahead_s(self, connection: Connection, now_s: float) -> float:
        """How much the server's clock is before ours, so that a desk with a wrong clock finds stories all the same."""
        return float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one()) - now_s

    def lock_creation(self, connection: Connection) -> None:
        """Until the end of the transaction: IF NOT EXISTS alone fails when two sessions make the same table at once."""
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CREATION_LOCK})

    def fault(self, error: Exception) -> StorageError | None:
        """What an exception means to the agent. Its text is left out: the server quotes rows in it."""
        if not isinstance(error, psycopg.Error):
            return None
        state = error.sqlstate or ""
        if state.startswith(_NOT_ADMITTED) or (not state and _turned_away(error)):
            return StorageError("context_store_refused", place=self.place)
        if state == _DISK_FULL:
            return StorageError("context_store_disk_full", place=self.place)
        if state.startswith(_AWAY) or (not state and isinstance(error, psycopg.OperationalError)):
            return StorageError("context_store_unreachable", place=self.place)
        return StorageError("context_store_failed", place=self.place, detail=type(error).__name__)


class _ImpatientConnection(psycopg.Connection[Any]):
    """Gives up a server that takes the question and never answers; psycopg itself would wait for ever."""

    def wait(self, gen: PQGen[_Answer], interval: float = 0.1, timeout: float | None = None) -> _Answer:
        try:
            return super().wait(gen, interval=interval, timeout=_SILENCE_S if timeout is None else timeout)
        except psycopg.OperationalError as error:
            if error.sqlstate is None:  # nothing of the server's: nobody knows what this connection waits for now
                self.pgconn.finish()
            raise


def _connect(_dialect: object, _record: object, arguments: Any, named: Any) -> psycopg.Connection[Any]:  # noqa: ANN401
    return _ImpatientConnection.connect(*arguments, **named)


def _turned_away(error: psycopg.Error) -> bool:
    """The server was there and said no; libpq tells no SQLSTATE of a connection that did not come about."""
    connection = error.pgconn
    if connection is None:
        return False
    return bool(connection.needs_password or connection.used_password or b"FATAL" in connection.error_message)
