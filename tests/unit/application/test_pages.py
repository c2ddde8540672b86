"""Pages of the CRM in the toolbar's state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent_toolbar.application.ports.pages import PagesView, PairedPage, PairingView
from agent_toolbar.application.toolbar_state import FaultPlace, Remedy
from tests.fakes.application_desk import Desk

PAIRING = PairingView("https://crm.example.com", "042137", 1_700_000_120.0)
PAIRED = PairedPage("https://crm.example.com", 1_700_000_000.0)


class DoorSpy:
    """A local API that only remembers."""

    def __init__(self) -> None:
        self.view = PagesView(port=47_824)
        self.asked: list[tuple[str, ...]] = []
        self._listeners: list[Callable[[], None]] = []

    def watch(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def forget(self, origin: str) -> None:
        self.asked.append(("forget", origin))

    def refuse_pairing(self) -> None:
        self.asked.append(("refuse_pairing",))

    def change(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]
        for listener in self._listeners:
            listener()


def connected() -> tuple[Desk, DoorSpy]:
    desk, door = Desk(), DoorSpy()
    desk.toolbar.connect_pages(door)
    return desk, door


def test_without_a_local_api_there_are_no_pages() -> None:
    desk = Desk()
    desk.toolbar.forget_page("https://crm.example.com")
    desk.toolbar.refuse_pairing()
    assert desk.state.pages == PagesView()


def test_what_pages_do_shows_in_the_state() -> None:
    desk, door = connected()
    assert desk.state.pages.port == 47_824
    door.change(pairing=PAIRING)
    assert desk.state.pages.pairing == PAIRING
    door.change(pairing=None, paired=(PAIRED,))
    assert desk.state.pages.pairing is None
    assert desk.state.pages.paired == (PAIRED,)


def test_a_taken_port_is_a_fault_that_leads_to_its_page_and_goes_by_itself() -> None:
    desk, door = connected()
    door.change(port=0, fault="local_api_port_taken", fault_params=(("port", 47_824),))
    (fault,) = [one for one in desk.state.faults if one.code == "local_api_port_taken"]
    assert (fault.place, fault.remedy, fault.serious) == (FaultPlace.SETTINGS, Remedy.OPEN_PAGES, False)
    assert fault.params == {"port": 47_824}
    door.change(port=47_824, fault="", fault_params=())
    assert not [one for one in desk.state.faults if one.code == "local_api_port_taken"]


def test_what_the_person_decides_reaches_the_local_api() -> None:
    desk, door = connected()
    desk.toolbar.refuse_pairing()
    desk.toolbar.forget_page("https://crm.example.com")
    assert door.asked == [("refuse_pairing",), ("forget", "https://crm.example.com")]
