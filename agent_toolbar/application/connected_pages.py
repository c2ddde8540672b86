"""Pages of the CRM which are connected or ask to be. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.pages import PageDoor, PagesView
from agent_toolbar.application.toolbar_state import Fault, FaultPlace, Remedy


class ConnectedPages:
    """See toolbar_port.Toolbar, "pages of the CRM". Until there is a local API, there are none."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._door: PageDoor | None = None

    def connect(self, door: PageDoor) -> None:
        """The local API, once there is one."""
        self._door = door
        door.watch(self._on_change)
        self._on_change()

    def forget(self, origin: str) -> None:
        if self._door is not None:
            self._door.forget(origin)

    def refuse_pairing(self) -> None:
        if self._door is not None:
            self._door.refuse_pairing()

    @property
    def view(self) -> PagesView:
        return self._door.view if self._door is not None else PagesView()

    def faults(self) -> tuple[Fault, ...]:
        pages = self.view
        if not pages.fault:
            return ()
        return (Fault(pages.fault, FaultPlace.SETTINGS, Remedy.OPEN_PAGES, dict(pages.fault_params)),)
