"""The agent's spells and choice in a SQLite file of their own. One thread owns it."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

from agent_toolbar.application.ports.runtime import Clock, Dispatcher
from agent_toolbar.application.ports.storage import AgentSpell
from agent_toolbar.domain.agent import Choice, Desired, KeptChoice
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
from agent_toolbar.storage.serial_worker import SerialWorker

_log = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 2.0
RETRY_S = 2.0
_Trouble = (sqlite3.Error, OSError, StorageError)
_SCHEMA = Schema(
    migrations=(
        (
            "CREATE TABLE agent_spell (began_s REAL PRIMARY KEY, ended_s REAL NOT NULL, state TEXT NOT NULL,"
            " reason TEXT NOT NULL)",
            "CREATE INDEX agent_spell_end ON agent_spell (ended_s)",
        ),
        (
            "CREATE TABLE agent_choice (id INTEGER PRIMARY KEY CHECK (id = 1), choice TEXT NOT NULL,"
            " reason TEXT NOT NULL, note TEXT NOT NULL, after_ready INTEGER, after_reason TEXT NOT NULL,"
            " note_after TEXT NOT NULL)",
        ),
    )
)


class SqliteAgentLog:
    """Implements application.ports.storage.AgentLog.

    What cannot be written now (full disk) stays in memory, is found all the same, and is tried again with the next
    write and every two seconds.
    """

    def __init__(self, path: Path, dispatcher: Dispatcher, clock: Clock, retry_s: float = RETRY_S) -> None:
        self._path = path
        self._dispatcher = dispatcher
        self._clock = clock
        self._retry_s = retry_s
        self._faults = FaultBoard(dispatcher)
        self._damage: StorageError | None = None
        self._connection: sqlite3.Connection | None = None
        self._unwritten: dict[float, AgentSpell] = {}
        self._choice_unwritten: KeptChoice | None = None
        self._retry_is_due = False
        self._worker = SerialWorker("agent-log")

    def keep(self, spell: AgentSpell) -> None:
        self._worker.submit(lambda: self._keep(spell))

    def since(self, began_s: float, on_result: Callable[[tuple[AgentSpell, ...]], None]) -> None:
        def answer() -> None:
            found = self._since(began_s)
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def keep_choice(self, choice: KeptChoice) -> None:
        self._worker.submit(lambda: self._keep_choice(choice))

    def last_choice(self, on_result: Callable[[KeptChoice | None], None]) -> None:
        def answer() -> None:
            found = self._last_choice()
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def watch_faults(self, listener: FaultListener) -> None:
        self._faults.watch(listener)

    def close(self) -> None:
        self._worker.submit(self._close)
        self._worker.close(CLOSE_TIMEOUT_S)

    # -- everything below runs on the log's thread

    def _keep(self, spell: AgentSpell) -> None:
        self._unwritten[spell.began_s] = spell
        self._flush()

    def _keep_choice(self, choice: KeptChoice) -> None:
        self._choice_unwritten = choice
        self._flush()

    def _flush(self) -> None:
        try:
            self._write_unwritten()
        except _Trouble as error:
            self._bear(error)

    def _write_unwritten(self) -> None:
        connection = self._connect()
        choice = self._choice_unwritten
        with transaction(connection):
            connection.executemany(
                "INSERT OR REPLACE INTO agent_spell (began_s, ended_s, state, reason) VALUES (?, ?, ?, ?)",
                [(kept.began_s, kept.ended_s, kept.state, kept.reason) for kept in self._unwritten.values()],
            )
            if choice is not None:
                connection.execute(
                    "INSERT OR REPLACE INTO agent_choice VALUES (1, ?, ?, ?, ?, ?, ?)", _row_of_choice(choice)
                )
        self._unwritten.clear()
        self._choice_unwritten = None
        self._faults.show(self._damage)

    def _since(self, began_s: float) -> tuple[AgentSpell, ...]:
        spells: dict[float, AgentSpell] = {}
        try:
            rows = self._connect().execute(
                "SELECT state, reason, began_s, ended_s FROM agent_spell WHERE ended_s > ?", (began_s,)
            )
            spells = {row[2]: AgentSpell(*row) for row in rows}
        except _Trouble as error:
            self._bear(error)
        spells |= {began: spell for began, spell in self._unwritten.items() if spell.ended_s > began_s}
        return tuple(sorted(spells.values(), key=lambda spell: spell.began_s))

    def _last_choice(self) -> KeptChoice | None:
        if self._choice_unwritten is not None:
            return self._choice_unwritten
        try:
            row = (
                self._connect()
                .execute("SELECT choice, reason, note, after_ready, after_reason, note_after FROM agent_choice")
                .fetchone()
            )
            return None if row is None else _choice_of_row(row)
        except _Trouble as error:
            self._bear(error)
            return None

    def _bear(self, error: sqlite3.Error | OSError | StorageError) -> None:
        """Shows the fault and tries again later; a damaged file is set aside first."""
        fault = fault_of(error)
        if fault is DatabaseFault.CORRUPTED and self._damage is None:
            try:
                self._close()
                kept = set_aside(self._path, self._clock.now_s())
                self._damage = StorageError("agent_log_corrupted", file=kept.name)
            except _Trouble as trouble:
                _log.warning("the damaged file cannot be set aside: %s", trouble)
        if fault is DatabaseFault.CORRUPTED and self._damage is not None:
            self._faults.show(self._damage)
        elif fault is DatabaseFault.DISK_FULL:
            self._faults.show(StorageError("agent_log_disk_full"))
        else:
            self._faults.show(StorageError("agent_log_failed", detail=str(error)))
        if not self._retry_is_due:
            self._retry_is_due = True
            self._worker.submit_after(self._retry_s, self._retry)

    def _retry(self) -> None:
        self._retry_is_due = False
        self._flush()

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = open_database(self._path, _SCHEMA, Durability.FULL)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _row_of_choice(kept: KeptChoice) -> tuple[str, str, str, bool | None, str, str]:
    after = kept.after_call
    return (
        kept.choice,
        kept.reason,
        kept.note,
        None if after is None else after.ready,
        "" if after is None else after.reason,
        kept.note_after,
    )


def _choice_of_row(row: tuple[str, str, str, int | None, str, str]) -> KeptChoice | None:
    """None for a choice of a later release that this one does not know."""
    choice, reason, note, after_ready, after_reason, note_after = row
    if choice not in set(Choice):
        return None
    after = None if after_ready is None else Desired(bool(after_ready), after_reason)
    return KeptChoice(Choice(choice), reason, note, after, note_after)
