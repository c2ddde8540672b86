"""Directory syncs as the toolbar sees them: one process each. Called on the GUI thread."""

from __future__ import annotations

import logging
import sqlite3
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from agent_toolbar.application.ports.directory_sync import SyncOutcome, SyncProgress
from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.application.ports.settings import DirectorySettings
from agent_toolbar.crm.background_job import BackgroundJob
from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.directory_feed import keep_only, source_of
from agent_toolbar.crm.directory_messages import SyncEnded, SyncJob, SyncReport
from agent_toolbar.crm.job_messages import Advanced
from agent_toolbar.domain.errors import DirectoryError, StorageError
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.storage.database import Durability, fault_of, open_database

_log = logging.getLogger(__name__)

LOCK_WAIT_MS = 300_000  # an import of a million rows may be writing
SYNC_COMMAND = (sys.executable, "-m", "agent_toolbar.crm.directory_process")


class ProcessDirectorySyncer:
    """Implements application.ports.directory_sync.DirectorySyncer for the index at `database`."""

    def __init__(self, database: Path, dispatcher: Dispatcher, command: Sequence[str] = SYNC_COMMAND) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._command = tuple(command)
        self._running: list[SyncProcess] = []

    def sync(
        self,
        directory: DirectorySettings,
        password: str,
        plan: NumberPlan,
        on_progress: Callable[[SyncProgress], None],
        on_done: Callable[[SyncOutcome], None],
    ) -> SyncProcess:
        def done(outcome: SyncOutcome) -> None:
            self._running.remove(process)
            on_done(outcome)

        job = SyncJob(str(self._database), directory, password, plan)
        process = SyncProcess(
            job,
            lambda progress: self._dispatcher.post(lambda: on_progress(progress)),
            lambda outcome: self._dispatcher.post(lambda: done(outcome)),
            self._command,
        )
        self._running.append(process)
        process.start()
        return process

    def keep_only(self, names: frozenset[str], on_done: Callable[[int], None]) -> None:
        """On a thread: mostly there is nothing to do, and that is not worth a process."""

        def work() -> None:
            removed = 0
            try:
                connection = open_database(self._database, CONTACT_SCHEMA, Durability.NORMAL)
                try:
                    connection.execute(f"PRAGMA busy_timeout = {LOCK_WAIT_MS}")
                    removed = keep_only(connection, frozenset(map(source_of, names)))
                finally:
                    connection.close()
            except (sqlite3.Error, OSError, StorageError) as fault:  # whoever reads the index shows it; tried again
                _log.warning("contacts of former directories stay: %s", fault_of(fault))
            self._dispatcher.post(lambda: on_done(removed))

        threading.Thread(target=work, name="directory-tidy", daemon=True).start()

    def close(self) -> None:
        for process in self._running:
            process.cancel()
        for process in self._running:
            process.stop()


class SyncProcess(BackgroundJob[SyncProgress, SyncOutcome]):
    """One running sync."""

    def __init__(
        self,
        job: SyncJob,
        on_progress: Callable[[SyncProgress], None],
        on_done: Callable[[SyncOutcome], None],
        command: Sequence[str] = SYNC_COMMAND,
    ) -> None:
        super().__init__("directory-sync", job, on_progress, on_done, command)
        self._name = job.directory.name

    def _report(self, line: bytes) -> Advanced[SyncProgress] | SyncEnded:
        report: Advanced[SyncProgress] | SyncEnded = msgspec.json.decode(line, type=SyncReport)
        return report

    def _not_started(self, error: OSError) -> SyncOutcome:
        return SyncOutcome(error=DirectoryError("directory_not_started", name=self._name, detail=str(error)))

    def _interrupted(self, *, cancelled: bool) -> SyncOutcome:
        """One that waits for a server does not hear that it was cancelled, and is ended."""
        if cancelled:
            return SyncOutcome(cancelled=True)
        return SyncOutcome(error=DirectoryError("directory_interrupted", name=self._name))
