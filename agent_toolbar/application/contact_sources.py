"""Where contacts come from by themselves, the directories of a company, and how many contacts there are. GUI thread."""

from __future__ import annotations

from agent_toolbar.application.directory_sync import DirectoryCourse
from agent_toolbar.application.toolbar_ground import ToolbarGround


class ContactSources:
    """Attributes:
    directories: reads them. contacts: how many there were when they were counted last.
    """

    def __init__(self, ground: ToolbarGround) -> None:
        parts = ground.parts
        self._index = parts.directory
        self._on_change = ground.changed
        self.contacts = 0
        self.directories = DirectoryCourse(
            parts.directories,
            parts.settings,
            parts.vault,
            parts.clock,
            parts.timers,
            chance=parts.chance,
            on_synced=self.count,
            on_change=ground.changed,
        )

    def count(self) -> None:
        def counted(contacts: int) -> None:
            self.contacts = contacts
            self._on_change()

        self._index.count(counted)
