"""What the toolbar and its sync process say to each other: one JSON line each, the job in, progress and end out."""

from __future__ import annotations

from typing import Any

import msgspec

from agent_toolbar.application.ports.directory_sync import SyncOutcome, SyncProgress
from agent_toolbar.application.ports.settings import DirectorySettings
from agent_toolbar.crm.job_messages import Advanced
from agent_toolbar.domain.errors import DirectoryError
from agent_toolbar.domain.number_plan import NumberPlan


class SyncJob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The only line that the process reads, and the only place where it gets the password from."""

    database: str
    directory: DirectorySettings
    password: str
    plan: NumberPlan

    @property
    def address(self) -> str:
        """Everything that decides what is read and how it is understood, but for the password and the time."""
        shown: dict[str, Any] = msgspec.to_builtins(self.directory)
        del shown["refresh_min"], shown["name"]
        return msgspec.json.encode([shown, self.plan]).decode()


class SyncEnded(msgspec.Struct, frozen=True, tag="ended"):
    """A SyncOutcome with its error as code and parameters."""

    contacts: int = 0
    added: int = 0
    updated: int = 0
    removed: int = 0
    skipped: int = 0
    cancelled: bool = False
    error_code: str = ""
    error_params: dict[str, str | int | float] = {}

    @classmethod
    def of(cls, outcome: SyncOutcome) -> SyncEnded:
        error = outcome.error
        return cls(
            outcome.contacts,
            outcome.added,
            outcome.updated,
            outcome.removed,
            outcome.skipped,
            outcome.cancelled,
            error.code if error else "",
            dict(error.params) if error else {},
        )

    @property
    def outcome(self) -> SyncOutcome:
        error = DirectoryError(self.error_code, **self.error_params) if self.error_code else None
        return SyncOutcome(self.contacts, self.added, self.updated, self.removed, self.skipped, self.cancelled, error)


SyncReport = Advanced[SyncProgress] | SyncEnded
