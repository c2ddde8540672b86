"""Directory syncs as the toolbar sees them: one process each; a thread reads its reports. Called on the GUI thread."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from agent_toolbar.application.ports.directory_sync import SyncOutcome, SyncProgress
from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.application.ports.settings import DirectorySettings
from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.directory_feed import keep_only, source_of
from agent_toolbar.crm.directory_messages import SyncEnded, SyncJob, SyncReport
from agent_toolbar.domain.errors import DirectoryError, StorageError
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.storage.database import Durability, fault_of, open_database

_log = logging.getLogger(__name__)

LOCK_WAIT_MS = 300_000  # an import of a million rows may be writing
SYNC_COMMAND = (sys.executable, "-m", "agent_toolbar.crm.directory_process")
_GRACE_S = 5.0


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


class SyncProcess:
    """One running sync. `on_done` is called exactly once, on a thread of its own as `on_progress` is."""

    def __init__(
        self,
        job: SyncJob,
        on_progress: Callable[[SyncProgress], None],
        on_done: Callable[[SyncOutcome], None],
        command: Sequence[str] = SYNC_COMMAND,
    ) -> None:
        self._job = job
        self._on_progress = on_progress
        self._on_done = on_done
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._cancelled = False
        self._thread = threading.Thread(target=self._run, name="directory-sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def pid(self) -> int:
        """Of the process, 0 before it runs."""
        with self._lock:
            return self._process.pid if self._process else 0

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            self._end_input()

    def stop(self) -> None:
        """Cancels and waits until the process has gone; one that waits for a server is ended."""
        self.cancel()
        self._thread.join(_GRACE_S)
        if self._thread.is_alive() and self._process is not None:
            self._process.kill()
            self._thread.join(_GRACE_S)

    def _run(self) -> None:
        try:
            outcome = self._outcome()
        except OSError as error:
            outcome = SyncOutcome(
                error=DirectoryError("directory_not_started", name=self._job.directory.name, detail=str(error))
            )
        self._on_done(outcome)

    def _outcome(self) -> SyncOutcome:
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        with process:
            self._hand_over_job(process)
            ended = self._follow(process)
            with self._lock:
                self._end_input()
        if ended is not None:
            return ended.outcome
        if self._cancelled:
            return SyncOutcome(cancelled=True)
        return SyncOutcome(error=DirectoryError("directory_interrupted", name=self._job.directory.name))

    def _hand_over_job(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._process = process
            if process.stdin is not None:
                with contextlib.suppress(BrokenPipeError):  # it died already; the missing end says so
                    process.stdin.write(msgspec.json.encode(self._job) + b"\n")
                    process.stdin.flush()
            if self._cancelled:
                self._end_input()

    def _follow(self, process: subprocess.Popen[bytes]) -> SyncEnded | None:
        """The last report, None if the process died before it came."""
        for line in process.stdout or ():
            report = msgspec.json.decode(line, type=SyncReport)
            if isinstance(report, SyncEnded):
                return report
            self._on_progress(report.progress)
        return None

    def _end_input(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
