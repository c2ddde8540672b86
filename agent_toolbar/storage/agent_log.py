"""The agent's spells and choice in a SQLite file of their own. One thread owns it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from agent_toolbar.application.ports.runtime import Clock, Dispatcher
from agent_toolbar.application.ports.storage import AgentSpell
from agent_toolbar.domain.agent import Choice, Desired, KeptChoice
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage.database import DatabaseFault, Durability, Schema
from agent_toolbar.storage.sqlite_store import RETRY_S, SqliteStore

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


class SqliteAgentLog(SqliteStore):
    """Implements application.ports.storage.AgentLog.

    What cannot be written now (full disk) stays in memory, is found all the same, and is tried again with the next
    write and every two seconds.
    """

    def __init__(self, path: Path, dispatcher: Dispatcher, clock: Clock, retry_s: float = RETRY_S) -> None:
        super().__init__(path, _SCHEMA, Durability.FULL, dispatcher, clock, thread="agent-log", retry_s=retry_s)
        self._unwritten: dict[float, AgentSpell] = {}
        self._choice_unwritten: KeptChoice | None = None

    def keep(self, spell: AgentSpell) -> None:
        self._worker.submit(lambda: self._keep(spell))

    def since(self, began_s: float, on_result: Callable[[tuple[AgentSpell, ...]], None]) -> None:
        self._answer(lambda: self._since(began_s), on_result)

    def keep_choice(self, choice: KeptChoice) -> None:
        self._worker.submit(lambda: self._keep_choice(choice))

    def last_choice(self, on_result: Callable[[KeptChoice | None], None]) -> None:
        self._answer(self._last_choice, on_result)

    # -- everything below runs on the log's thread

    def _keep(self, spell: AgentSpell) -> None:
        self._unwritten[spell.began_s] = spell
        self._flush()

    def _keep_choice(self, choice: KeptChoice) -> None:
        self._choice_unwritten = choice
        self._flush()

    def _waits(self) -> bool:
        return bool(self._unwritten) or self._choice_unwritten is not None

    def _write_waiting(self, connection: sqlite3.Connection) -> None:
        connection.executemany(
            "INSERT OR REPLACE INTO agent_spell (began_s, ended_s, state, reason) VALUES (?, ?, ?, ?)",
            [(kept.began_s, kept.ended_s, kept.state, kept.reason) for kept in self._unwritten.values()],
        )
        if self._choice_unwritten is not None:
            row = _row_of_choice(self._choice_unwritten)
            connection.execute("INSERT OR REPLACE INTO agent_choice VALUES (1, ?, ?, ?, ?, ?, ?)", row)

    def _written(self) -> None:
        self._unwritten.clear()
        self._choice_unwritten = None

    def _fault(self, fault: DatabaseFault, what: str) -> StorageError:
        if fault is DatabaseFault.CORRUPTED:
            return StorageError("agent_log_corrupted", file=what)
        if fault is DatabaseFault.DISK_FULL:
            return StorageError("agent_log_disk_full")
        return StorageError("agent_log_failed", detail=what)

    def _since(self, began_s: float) -> tuple[AgentSpell, ...]:
        def stored(connection: sqlite3.Connection) -> dict[float, AgentSpell]:
            rows = connection.execute(
                "SELECT state, reason, began_s, ended_s FROM agent_spell WHERE ended_s > ?", (began_s,)
            )
            return {row[2]: AgentSpell(*row) for row in rows}

        waiting = dict(self._unwritten)  # before the question, which may write them
        nothing: dict[float, AgentSpell] = {}
        spells = self._read(stored, nothing)
        spells |= {began: spell for began, spell in waiting.items() if spell.ended_s > began_s}
        return tuple(sorted(spells.values(), key=lambda spell: spell.began_s))

    def _last_choice(self) -> KeptChoice | None:
        if self._choice_unwritten is not None:
            return self._choice_unwritten

        def stored(connection: sqlite3.Connection) -> KeptChoice | None:
            row = connection.execute(
                "SELECT choice, reason, note, after_ready, after_reason, note_after FROM agent_choice"
            ).fetchone()
            return None if row is None else _choice_of_row(row)

        return self._read(stored, None)


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
