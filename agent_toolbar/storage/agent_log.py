"""The states of the agent's days in SQLite. One writer thread owns the file; what cannot be written waits in memory."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.application.ports.storage import AgentSpell
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage.database import Durability, Schema, open_database, transaction
from agent_toolbar.storage.serial_worker import SerialWorker

CLOSE_TIMEOUT_S = 2.0
KEPT_S = 400 * 86400.0

_log = logging.getLogger(__name__)

_SCHEMA = Schema(
    migrations=(
        (
            """CREATE TABLE spell (
                began_s REAL PRIMARY KEY,
                ended_s REAL NOT NULL,
                state TEXT NOT NULL,
                reason TEXT NOT NULL
            )""",
            "CREATE INDEX spell_by_end ON spell (ended_s)",
        ),
    )
)


class SqliteAgentLog:
    """Implements application.ports.storage.AgentLog. Spells older than KEPT_S are forgotten at the start."""

    def __init__(self, path: Path, dispatcher: Dispatcher) -> None:
        self._path = path
        self._dispatcher = dispatcher
        self._connection: sqlite3.Connection | None = None
        self._unwritten: dict[float, AgentSpell] = {}
        self._worker = SerialWorker("agent-log")

    def keep(self, spell: AgentSpell) -> None:
        self._worker.submit(lambda: self._keep(spell))

    def since(self, began_s: float, on_result: Callable[[tuple[AgentSpell, ...]], None]) -> None:
        def answer() -> None:
            found = self._since(began_s)
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def close(self) -> None:
        """Writes what is queued and closes; waits two seconds at most."""
        self._worker.submit(self._close)
        self._worker.close(CLOSE_TIMEOUT_S)

    # -- everything below runs on the writer thread

    def _keep(self, spell: AgentSpell) -> None:
        self._unwritten[spell.began_s] = spell
        try:
            connection = self._connect()
            with transaction(connection):
                connection.executemany(
                    "INSERT OR REPLACE INTO spell (began_s, ended_s, state, reason) VALUES (?, ?, ?, ?)",
                    [(one.began_s, one.ended_s, one.state, one.reason) for one in self._unwritten.values()],
                )
                connection.execute("DELETE FROM spell WHERE ended_s < ?", (spell.ended_s - KEPT_S,))
        except (sqlite3.Error, OSError, StorageError) as error:
            _log.warning("the agent's day cannot be written now: %s", error)
        else:
            self._unwritten.clear()

    def _since(self, began_s: float) -> tuple[AgentSpell, ...]:
        found = {spell.began_s: spell for spell in self._unwritten.values()}
        try:
            rows = self._connect().execute(
                "SELECT state, reason, began_s, ended_s FROM spell WHERE ended_s > ?", (began_s,)
            )
            found = {row[2]: AgentSpell(*row) for row in rows} | found
        except (sqlite3.Error, OSError, StorageError) as error:
            _log.warning("the agent's day cannot be read: %s", error)
        return tuple(found[key] for key in sorted(found) if found[key].ended_s > began_s)

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = open_database(self._path, _SCHEMA, Durability.NORMAL)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
