"""Transfers by keyboard and mouse: the real window on an X screen, a real PBX, a real customer and colleague."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent_toolbar.ui.tokens import palette
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.colleague import Colleague
from tests.lab.deadline import wait_until
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.transfer_desk import TransferDesk
from tests.lab.xvfb import VirtualScreen

BAR = "^Agent Toolbar$"
ACCENT = palette(dark=False).accent


@pytest.fixture
def desk(pbx: AsteriskPbx, screen: VirtualScreen, toolbar: Callable[..., ToolbarProcess]) -> TransferDesk:
    return TransferDesk(toolbar(screen.env), pbx)


@pytest.fixture
def talk(
    desk: TransferDesk,
    screen: VirtualScreen,
    customer: Callable[..., BaresipCustomer],
    colleague: Callable[..., Colleague],
) -> Colleague:
    """The agent talks with Marie, the bar has the keyboard; Bruno takes what rings at his telephone."""
    bruno = colleague("1002", voice_hz=1250)
    desk.talk_with(customer("marie", voice_hz=650))
    wait_until(lambda: screen.windows(BAR), 10, "the bar")
    screen.focus(screen.windows(BAR)[0])
    return bruno


def click_filled(screen: VirtualScreen, what: str) -> None:
    place = wait_until(lambda: screen.filled_button(ACCENT), 10, what)
    assert place is not None
    screen.click(*place)


@pytest.mark.usefixtures("talk")
def test_a_blind_transfer_by_keyboard(desk: TransferDesk, screen: VirtualScreen) -> None:
    screen.press("ctrl+t")
    screen.type("1002")
    screen.press("Return")

    desk.await_state("undoable")
    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")


@pytest.mark.usefixtures("talk")
def test_a_blind_transfer_undone_by_keyboard(desk: TransferDesk, screen: VirtualScreen) -> None:
    call = str(desk.toolbar.status()["current"])
    screen.press("ctrl+t")
    screen.type("1002")
    screen.press("Return")
    desk.await_state("undoable")

    screen.press("Escape")

    assert desk.outcome() == "undone"
    desk.await_back(call, "marie")


@pytest.mark.usefixtures("talk")
def test_a_consultation_by_keyboard(desk: TransferDesk, screen: VirtualScreen) -> None:
    screen.press("ctrl+t")
    screen.type("1002")
    screen.press("ctrl+shift+t")
    desk.await_state("consulting")

    screen.press("ctrl+shift+s")
    desk.await_state("with_customer")
    screen.press("ctrl+shift+c")
    desk.await_state("conference")
    screen.press("ctrl+shift+Return")

    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")


@pytest.mark.usefixtures("talk")
def test_back_to_the_customer_by_keyboard(desk: TransferDesk, screen: VirtualScreen) -> None:
    call = str(desk.toolbar.status()["current"])
    screen.press("ctrl+t")
    screen.type("1002")
    screen.press("ctrl+shift+t")
    desk.await_state("consulting")

    screen.press("ctrl+shift+b")

    assert desk.outcome() == "taken_back"
    desk.await_back(call, "marie")


@pytest.mark.usefixtures("talk")
def test_a_blind_transfer_by_mouse(desk: TransferDesk, screen: VirtualScreen) -> None:
    screen.press("ctrl+t")
    screen.type("1002")

    click_filled(screen, "the button that hands over")

    desk.await_state("undoable")
    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")


@pytest.mark.usefixtures("talk")
def test_a_consultation_completed_by_mouse(desk: TransferDesk, screen: VirtualScreen) -> None:
    desk.do("consult", "1002")
    desk.await_state("consulting")

    click_filled(screen, "the button that hands over")

    assert desk.outcome() == "handed_over"
    desk.await_handed_over("marie", to="1002")
