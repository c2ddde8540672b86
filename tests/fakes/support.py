"""A bundler that remembers what it was to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from agent_toolbar.application.ports.support import SupportSources
from agent_toolbar.domain.errors import AgentToolbarError


class FakeSupportBundle:
    """Implements SupportBundle. Attributes: refuses: the outcome instead of the file, if not None."""

    def __init__(self) -> None:
        self.written: list[tuple[Path, SupportSources]] = []
        self.refuses: AgentToolbarError | None = None

    def write(
        self, file: Path, sources: SupportSources, on_written: Callable[[Path | AgentToolbarError], None]
    ) -> None:
        self.written.append((file, sources))
        on_written(self.refuses or file)
