"""One running import as the toolbar sees it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from agent_toolbar.application.ports.directory import ImportOutcome, ImportProgress, ImportRequest
from agent_toolbar.crm.background_job import BackgroundJob
from agent_toolbar.crm.import_messages import ImportEnded, ImportJob, ImportReport
from agent_toolbar.crm.job_messages import Advanced
from agent_toolbar.domain.errors import ContactImportError

IMPORT_COMMAND = (sys.executable, "-m", "agent_toolbar.crm.import_process")


class ImportProcess(BackgroundJob[ImportProgress, ImportOutcome]):
    """Implements application.ports.directory.ImportTask."""

    def __init__(
        self,
        database: Path,
        request: ImportRequest,
        on_progress: Callable[[ImportProgress], None],
        on_done: Callable[[ImportOutcome], None],
        command: Sequence[str] = IMPORT_COMMAND,
    ) -> None:
        super().__init__("contact-import", ImportJob.of(database, request), on_progress, on_done, command)

    def _report(self, line: bytes) -> Advanced[ImportProgress] | ImportEnded:
        report: Advanced[ImportProgress] | ImportEnded = msgspec.json.decode(line, type=ImportReport)
        return report

    def _not_started(self, error: OSError) -> ImportOutcome:
        return ImportOutcome(error=ContactImportError("contacts_import_not_started", detail=str(error)))

    def _interrupted(self, *, cancelled: bool) -> ImportOutcome:
        """Cancelled or not: a process that was asked to stop would have said so."""
        return ImportOutcome(error=ContactImportError("contacts_import_interrupted"))
