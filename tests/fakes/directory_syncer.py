"""Directory syncs that end when the test says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent_toolbar.application.ports.directory_sync import SyncOutcome, SyncProgress
from agent_toolbar.application.ports.settings import DirectorySettings
from agent_toolbar.domain.phone_number import NumberPlan


@dataclass
class FakeSync:
    directory: DirectorySettings
    password: str
    advance: Callable[[SyncProgress], None]
    end: Callable[[SyncOutcome], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


class FakeDirectorySyncer:
    """Attributes:
    syncs: those that were begun, oldest first. kept: what the index was tidied to.
    left_over: contacts of other directories that the next tidying takes out.
    """

    def __init__(self) -> None:
        self.syncs: list[FakeSync] = []
        self.kept: list[frozenset[str]] = []
        self.left_over = 0

    def sync(
        self,
        directory: DirectorySettings,
        password: str,
        plan: NumberPlan,
        on_progress: Callable[[SyncProgress], None],
        on_done: Callable[[SyncOutcome], None],
    ) -> FakeSync:
        self.syncs.append(FakeSync(directory, password, on_progress, on_done))
        return self.syncs[-1]

    def keep_only(self, names: frozenset[str], on_done: Callable[[int], None]) -> None:
        self.kept.append(names)
        on_done(self.left_over)

    def close(self) -> None:
        """Nothing runs."""
