"""One running import as the toolbar sees it: starts the process, passes its reports on, stops it.

A thread per import reads the reports; callbacks run on that thread.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from agent_toolbar.application.ports.directory import ImportOutcome, ImportProgress, ImportRequest
from agent_toolbar.crm.import_messages import ImportEnded, ImportJob, ImportReport
from agent_toolbar.domain.errors import ContactImportError

IMPORT_COMMAND = (sys.executable, "-m", "agent_toolbar.crm.import_process")
_GRACE_S = 5.0


class ImportProcess:
    """Implements application.ports.directory.ImportTask. `on_done` is called exactly once."""

    def __init__(
        self,
        database: Path,
        request: ImportRequest,
        on_progress: Callable[[ImportProgress], None],
        on_done: Callable[[ImportOutcome], None],
        command: Sequence[str] = IMPORT_COMMAND,
    ) -> None:
        self._job = ImportJob.of(database, request)
        self._on_progress = on_progress
        self._on_done = on_done
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._cancelled = False
        self._thread = threading.Thread(target=self._run, name="contact-import", daemon=True)
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
        """Cancels and waits until the process has gone; a process that does not go is ended."""
        self.cancel()
        self._thread.join(_GRACE_S)
        if self._thread.is_alive() and self._process is not None:
            self._process.kill()
            self._thread.join(_GRACE_S)

    def _run(self) -> None:
        try:
            outcome = self._outcome()
        except OSError as error:
            outcome = ImportOutcome(error=ContactImportError("contacts_import_not_started", detail=str(error)))
        self._on_done(outcome)

    def _outcome(self) -> ImportOutcome:
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
        return ImportOutcome(error=ContactImportError("contacts_import_interrupted"))

    def _hand_over_job(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._process = process
            if process.stdin is not None:
                with contextlib.suppress(BrokenPipeError):  # it died already; the missing end says so
                    process.stdin.write(msgspec.json.encode(self._job) + b"\n")
                    process.stdin.flush()
            if self._cancelled:
                self._end_input()

    def _follow(self, process: subprocess.Popen[bytes]) -> ImportEnded | None:
        """The last report, None if the process died before it came."""
        for line in process.stdout or ():
            report = msgspec.json.decode(line, type=ImportReport)
            if isinstance(report, ImportEnded):
                return report
            self._on_progress(report.progress)
        return None

    def _end_input(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
