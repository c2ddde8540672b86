"""The file that an agent gives to support."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from agent_toolbar.application.examination import Examination
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.errors import AgentToolbarError


@dataclass(frozen=True, slots=True)
class SupportSources:
    """What it is made from. Very little of it may be told: see diagnostics.support.facts."""

    state: ToolbarState
    settings: Settings
    examination: Examination


class SupportBundle(Protocol):
    def write(
        self, file: Path, sources: SupportSources, on_written: Callable[[Path | AgentToolbarError], None]
    ) -> None:
        """One zip, whole or not at all; without numbers, names, addresses, texts and secrets.

        Answers on the GUI thread: the file, or StorageError("bundle_not_written").
        """
