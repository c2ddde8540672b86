"""The part of the toolbar that is about pages of the CRM, which are connected or ask to be. GUI thread."""

from __future__ import annotations

from agent_toolbar.application.link_service import LinkService
from agent_toolbar.application.ports.pages import PageDoor, PagesView
from agent_toolbar.application.toolbar_state import Fault, FaultPlace, Remedy


class PageService(LinkService):
    """See toolbar_port.Toolbar for what each method does and raises."""

    _door: PageDoor | None = None

    def connect_pages(self, door: PageDoor) -> None:
        """The local API, once there is one."""
        self._door = door
        door.watch(self._changed)
        self._changed()

    def forget_page(self, origin: str) -> None:
        if self._door is not None:
            self._door.forget(origin)

    def refuse_pairing(self) -> None:
        if self._door is not None:
            self._door.refuse_pairing()

    @property
    def _page_door_view(self) -> PagesView:
        return self._door.view if self._door is not None else PagesView()

    def _page_faults(self) -> tuple[Fault, ...]:
        pages = self._page_door_view
        if not pages.fault:
            return ()
        return (Fault(pages.fault, FaultPlace.SETTINGS, Remedy.OPEN_PAGES, dict(pages.fault_params)),)
