"""The part of the toolbar that is about the contacts of company directories, and how many contacts there are."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.crm_service import CrmService
from agent_toolbar.application.directory_sync import DirectoryCourse
from agent_toolbar.application.toolbar_ground import ToolbarGround
from agent_toolbar.application.toolbar_state import DirectoryView


class DirectoriesService(CrmService):
    """See toolbar_port.Toolbar for what each method does and raises."""

    def __init__(self, ground: ToolbarGround) -> None:
        super().__init__(ground)
        parts = ground.parts
        self._contacts = 0
        self._changed = ground.changed
        self._directories = DirectoryCourse(
            parts.directories,
            parts.settings,
            parts.vault,
            parts.clock,
            parts.timers,
            chance=parts.chance,
            on_synced=self._count_contacts,
            on_change=ground.changed,
        )

    def sync_directories(
        self,
        name: str = "",
        password: str | None = None,
        on_done: Callable[[tuple[DirectoryView, ...]], None] | None = None,
    ) -> None:
        self._directories.sync(name, password, on_done)

    def _count_contacts(self) -> None:
        def counted(contacts: int) -> None:
            self._contacts = contacts
            self._changed()

        self._parts.directory.count(counted)
