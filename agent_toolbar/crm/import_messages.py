"""What the toolbar and its import process say to each other: one JSON line each, the job in, progress and end out."""

from __future__ import annotations

from pathlib import Path

import msgspec

from agent_toolbar.application.ports.directory import ImportOutcome, ImportProgress, ImportRequest, SkippedRow
from agent_toolbar.crm.job_messages import Advanced
from agent_toolbar.domain.errors import ContactImportError
from agent_toolbar.domain.number_plan import NumberPlan


class ImportJob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The only line that the process reads; the end of its input means: stop."""

    database: str
    file: str
    plan: NumberPlan
    mapping: dict[str, str]
    source: str

    @classmethod
    def of(cls, database: Path, request: ImportRequest) -> ImportJob:
        return cls(str(database), str(request.file), request.plan, request.mapping, request.source)

    @property
    def request(self) -> ImportRequest:
        return ImportRequest(Path(self.file), self.plan, self.mapping, self.source)


class ImportEnded(msgspec.Struct, frozen=True, tag="ended"):
    """An ImportOutcome with its error as code and parameters."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: tuple[SkippedRow, ...] = ()
    skipped_count: int = 0
    cancelled: bool = False
    error_code: str = ""
    error_params: dict[str, str | int | float] = {}

    @classmethod
    def of(cls, outcome: ImportOutcome) -> ImportEnded:
        error = outcome.error
        return cls(
            outcome.added,
            outcome.updated,
            outcome.unchanged,
            outcome.skipped,
            outcome.skipped_count,
            outcome.cancelled,
            error.code if error else "",
            dict(error.params) if error else {},
        )

    @property
    def outcome(self) -> ImportOutcome:
        error = ContactImportError(self.error_code, **self.error_params) if self.error_code else None
        return ImportOutcome(
            self.added, self.updated, self.unchanged, self.skipped, self.skipped_count, self.cancelled, error
        )


ImportReport = Advanced[ImportProgress] | ImportEnded
