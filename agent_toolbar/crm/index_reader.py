"""A warmed connection to the contact index that only reads, on a thread of its own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage.database import Durability, open_database
from agent_toolbar.storage.serial_worker import SerialWorker

ReadError = sqlite3.Error | OSError | StorageError
_CLOSE_TIMEOUT_S = 2.0
_Answer = TypeVar("_Answer")


class IndexReader:
    """Asks the index one question after the other.

    `warm` runs first on each new connection: the first query costs a hundred times what later ones do. `on_outcome`
    is told None after a question that was answered, else what was in the way.
    """

    def __init__(
        self,
        name: str,
        path: Path,
        warm: Callable[[sqlite3.Connection], object],
        on_outcome: Callable[[ReadError | None], None],
    ) -> None:
        self._path = path
        self._warm = warm
        self._on_outcome = on_outcome
        self._connection: sqlite3.Connection | None = None
        self._paused = False
        self._worker = SerialWorker(name)
        self._worker.submit(self._warm_up)

    def ask(
        self,
        question: Callable[[sqlite3.Connection], _Answer],
        nothing: _Answer,
        on_answer: Callable[[_Answer], None],
    ) -> None:
        """Calls `on_answer` on this thread with the answer, or with `nothing` when the index cannot be read now."""
        self._worker.submit(lambda: on_answer(self._answer_with(question, nothing)))

    def pause(self) -> None:
        """Closes the connection and answers `nothing` until `resume`; returns once it is closed."""
        closed = threading.Event()

        def close() -> None:
            self._paused = True
            self._disconnect()
            closed.set()

        self._worker.submit(close)
        closed.wait(_CLOSE_TIMEOUT_S)

    def resume(self) -> None:
        def reopen() -> None:
            self._paused = False
            self._warm_up()

        self._worker.submit(reopen)

    def close(self) -> None:
        self._worker.submit(self._disconnect)
        self._worker.close(_CLOSE_TIMEOUT_S)

    def _warm_up(self) -> None:
        self._answer_with(lambda connection: None, None)

    def _answer_with(self, question: Callable[[sqlite3.Connection], _Answer], nothing: _Answer) -> _Answer:
        if self._paused:
            return nothing
        try:
            answer = question(self._connect())
        except (sqlite3.Error, OSError, StorageError) as error:
            self._disconnect()
            self._on_outcome(error)
            return nothing
        self._on_outcome(None)
        return answer

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = open_database(self._path, CONTACT_SCHEMA, Durability.NORMAL)
            connection.execute("PRAGMA query_only = ON")
            self._warm(connection)
            self._connection = connection
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
