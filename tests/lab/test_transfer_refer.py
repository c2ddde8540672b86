"""The matrix of transfers on the PBX's own leg, played by SIPp: whatever becomes of the REFER, nobody is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.deadline import wait_until
from tests.lab.desktop_bus import DesktopBus
from tests.lab.sipp import SippCustomer, refer_taken
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.transfer_desk import TransferDesk
from tests.lab.transfer_stage import TransferStage

SILENCE_S = 45.0  # 30 s until the desk stops waiting, and some more

REFUSALS = [
    pytest.param(refer_taken("403 Forbidden"), "not_allowed", id="REFER refused (403)"),
    pytest.param(refer_taken("501 Not Implemented"), "not_supported", id="REFER refused (501)"),
]
FAILURES = [
    pytest.param(refer_taken(then="report", report="486 Busy Here"), "busy", id="is busy (486)"),
    pytest.param(refer_taken(then="report", report="603 Decline"), "declined", id="declines (603)"),
    pytest.param(refer_taken(then="report", report="404 Not Found"), "not_found", id="does not exist (404)"),
    pytest.param(refer_taken(then="report", report="503 Service Unavailable"), "failed", id="no line (503)"),
]

Desk = Callable[..., tuple[TransferDesk, SippCustomer, str]]


@pytest.fixture
def lab_folder(stage: TransferStage) -> Path:
    return stage.folder


@pytest.fixture
def pbx(stage: TransferStage) -> AsteriskPbx:
    return stage.pbx


@pytest.fixture
def keyring_bus(stage: TransferStage) -> DesktopBus:
    return stage.bus


@pytest.fixture
def desk(stage: TransferStage, caller: Callable[..., SippCustomer]) -> Iterator[Desk]:
    """Makes a desk talk with a customer: the desk, the customer's leg and the id of the call."""

    def make(fills: dict[str, str], desk: TransferDesk = stage.desk) -> tuple[TransferDesk, SippCustomer, str]:
        extension = desk.extension
        leg = caller("takes_refer", extension=extension, to=stage.pbx.contact_of(extension), fills=fills)
        return desk, leg, desk.answer()

    yield make
    stage.clear()


def consults(desk: TransferDesk) -> None:
    desk.do("consult", "601")
    desk.await_state("consulting")
    desk.toolbar.await_call(state="held")


def await_back(desk: TransferDesk, leg: SippCustomer, call: str) -> None:
    """The agent talks with the customer and with nobody else, and so does the PBX's leg understand it."""
    desk.toolbar.await_status(
        lambda now: [(one["id"], one["state"]) for one in now["calls"]] == [(call, "connected")], what="the customer"
    )
    wait_until(lambda: leg.direction_wanted() == "sendrecv", 5, "the customer's leg to be off hold")
    assert not leg.finished()
    desk.do("hangup")
    assert leg.went_as_written(), leg.messages()


def await_conference(desk: TransferDesk, leg: SippCustomer, call: str) -> None:
    """All three are on the line, and the second person can be let go without losing the customer."""
    desk.await_state("conference")
    desk.toolbar.await_status(
        lambda now: len(now["calls"]) == 2 and all(one["in_conference"] for one in now["calls"]), what="all three"
    )
    wait_until(lambda: leg.direction_wanted() == "sendrecv", 5, "the customer's leg to be off hold")
    desk.do("back")
    await_back(desk, leg, call)


@pytest.mark.parametrize(("fills", "outcome"), [*REFUSALS, *FAILURES])
def test_blind_and_the_customer_is_taken_back(desk: Desk, fills: dict[str, str], outcome: str) -> None:
    agent, leg, call = desk(fills)

    agent.do("transfer", "1002", "--now")

    assert agent.outcome() == outcome
    await_back(agent, leg, call)


def test_blind_and_handed_over_ends_our_leg(desk: Desk) -> None:
    agent, leg, _ = desk(refer_taken(then="report", report="200 OK"))

    agent.do("transfer", "1002", "--now")

    assert agent.outcome() == "handed_over"
    assert leg.went_as_written(), leg.messages()
    agent.toolbar.await_no_calls()


def test_blind_and_the_pbx_says_bye_first(desk: Desk) -> None:
    agent, leg, _ = desk(refer_taken(then="bye"))

    agent.do("transfer", "1002", "--now")

    assert agent.outcome() == "handed_over_unproven"
    assert leg.went_as_written(), leg.messages()
    agent.toolbar.await_no_calls()


def test_blind_and_the_target_rings_on_until_the_agent_takes_back(desk: Desk) -> None:
    agent, leg, call = desk(refer_taken(then="ringing"))

    agent.do("transfer", "1002", "--now")
    agent.await_progress("ringing")
    agent.do("back")

    assert agent.outcome() == "taken_back"
    await_back(agent, leg, call)


def test_blind_that_was_on_hold_before_and_undone_stays_on_hold(desk: Desk) -> None:
    agent, leg, call = desk(refer_taken())
    agent.do("hold")
    agent.toolbar.await_call(state="held")

    agent.do("transfer", "1002")
    agent.await_state("undoable")
    agent.do("undo")

    assert agent.outcome() == "undone"
    assert leg.direction_wanted() == "sendonly"
    agent.do("resume")
    await_back(agent, leg, call)


@pytest.mark.parametrize(("fills", "outcome"), [*REFUSALS, *FAILURES])
def test_attended_and_all_three_stay_together(desk: Desk, fills: dict[str, str], outcome: str) -> None:
    agent, leg, call = desk(fills)
    consults(agent)

    agent.do("complete")

    assert agent.outcome() == outcome
    await_conference(agent, leg, call)


def test_attended_and_handed_over_ends_our_legs(desk: Desk, pbx: AsteriskPbx) -> None:
    agent, leg, _ = desk(refer_taken(then="report", report="200 OK"))
    consults(agent)

    agent.do("complete")

    assert agent.outcome() == "handed_over"
    assert leg.went_as_written(), leg.messages()
    agent.toolbar.await_no_calls()
    wait_until(lambda: not pbx.channels(), 5, "the consultation to end")
    assert "replaces" in next(one for one in leg.received() if one.startswith("REFER ")).lower()


def test_attended_and_the_pbx_says_bye_first(desk: Desk) -> None:
    agent, leg, _ = desk(refer_taken(then="bye"))
    consults(agent)

    agent.do("complete")

    assert agent.outcome() == "handed_over_unproven"
    assert leg.went_as_written(), leg.messages()


def test_blind_and_the_agent_is_asked_before_hanging_up_while_nothing_is_heard(desk: Desk) -> None:
    agent, leg, call = desk(refer_taken())
    agent.do("transfer", "1002", "--now")
    agent.await_progress("accepted")

    assert agent.refuses("hangup", call)

    agent.do("back")
    assert agent.outcome() == "taken_back"
    await_back(agent, leg, call)


def test_the_agent_is_asked_while_the_two_are_being_joined_and_can_still_go_back(desk: Desk) -> None:
    agent, leg, call = desk(refer_taken())
    consults(agent)
    agent.do("complete")
    agent.await_state("joining")
    legs = {one["id"] for one in agent.toolbar.status()["calls"]}

    assert all(agent.refuses("hangup", each) for each in legs)
    agent.do("back")

    assert agent.outcome() == "taken_back"
    await_back(agent, leg, call)


def test_the_pbx_takes_the_refer_and_never_reports(
    desk: Desk, toolbar: Callable[..., ToolbarProcess], pbx: AsteriskPbx
) -> None:
    """Blind at one desk and attended at another at the same time, as each takes the 30 s."""
    blind: tuple[Any, ...] = desk(refer_taken())
    attended: tuple[Any, ...] = desk(refer_taken(), TransferDesk(toolbar(), pbx, "1003"))
    consults(attended[0])

    blind[0].do("transfer", "1002", "--now")
    attended[0].do("complete")

    assert blind[0].outcome(SILENCE_S) == "no_report"
    assert attended[0].outcome(SILENCE_S) == "no_report"
    await_back(*blind)
    await_conference(*attended)
