"""The agent's spells in a SQLite file of their own. One thread owns it; what cannot be written now stays in memory."""

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

_log = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 2.0
_SCHEMA = Schema(
    migrations=(
        (
            "CREATE TABLE agent_spell (began_s REAL PRIMARY KEY, ended_s REAL NOT NULL, state TEXT NOT NULL,"
            " reason TEXT NOT NULL)",
            "CREATE INDEX agent_spell_end ON agent_spell (ended_s)",
        ),
    )
)


class SqliteAgentLog:
    """Implements application.ports.storage.AgentLog."""

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
        self._worker.submit(self._close)
        self._worker.close(CLOSE_TIMEOUT_S)

    # -- everything below runs on the log's thread

    def _keep(self, spell: AgentSpell) -> None:
        self._unwritten[spell.began_s] = spell
        try:
            connection = self._connect()
            with transaction(connection):
                connection.executemany(
                    "INSERT OR REPLACE INTO agent_spell (began_s, ended_s, state, reason) VALUES (?, ?, ?, ?)",
                    [(kept.began_s, kept.ended_s, kept.state, kept.reason) for kept in self._unwritten.values()],
                )
        except (sqlite3.Error, OSError, StorageError) as error:
            _log.warning("a spell of the agent waits in memory: %s", error)
            return
        self._unwritten.clear()

    def _since(self, began_s: float) -> tuple[AgentSpell, ...]:
        spells: dict[float, AgentSpell] = {}
        try:
            rows = self._connect().execute(
                "SELECT state, reason, began_s, ended_s FROM agent_spell WHERE ended_s > ?", (began_s,)
            )
            spells = {row[2]: AgentSpell(*row) for row in rows}
        except (sqlite3.Error, OSError, StorageError) as error:
            _log.warning("the agent's earlier spells cannot be read: %s", error)
        spells |= {began: spell for began, spell in self._unwritten.items() if spell.ended_s > began_s}
        return tuple(sorted(spells.values(), key=lambda spell: spell.began_s))

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = open_database(self._path, _SCHEMA, Durability.FULL)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
