"""A company's directories as the application feeds the index from them. Answers come on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from agent_toolbar.application.ports.directory import ImportTask
from agent_toolbar.application.ports.settings import DirectorySettings
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.phone_number import NumberPlan


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """Entries that were read, and how many there are to read; 0 while nobody knows."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """How a sync ended. With `error` or `cancelled` the index is as it was before.

    Attributes:
        contacts: how many the index now has of this directory. skipped: entries without a name or a usable number.
    """

    contacts: int = 0
    added: int = 0
    updated: int = 0
    removed: int = 0
    skipped: int = 0
    cancelled: bool = False
    error: AgentToolbarError | None = None


class DirectorySyncer(Protocol):
    """Brings one directory after the other into the index of contacts."""

    def sync(
        self,
        directory: DirectorySettings,
        password: str,
        plan: NumberPlan,
        on_progress: Callable[[SyncProgress], None],
        on_done: Callable[[SyncOutcome], None],
    ) -> ImportTask:
        """Begins in the background; `on_done` comes once, also after a cancel."""

    def keep_only(self, names: frozenset[str], on_done: Callable[[int], None]) -> None:
        """Takes what came of directories with other names out of the index; answers how many contacts that were."""

    def close(self) -> None:
        """Ends what runs, which leaves the index as it was."""
