"""An agent's day at a real queue: away for a reason, paused by a supervisor, finishing a record, and what survives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent_toolbar.application.ports.settings import (
    AvailabilityAdapter,
    AvailabilitySettings,
    PauseFrom,
    WrapUpAfter,
    WrapUpSettings,
)
from tests.lab.agent_profile import write_settings
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.deadline import wait_until
from tests.lab.toolbar_process import Status, ToolbarProcess

MARIE_HZ, JEAN_HZ = 650, 850
QUEUE_NUMBER = "7000"
WITHIN_S = 1.0

Toolbar = Callable[..., ToolbarProcess]
Customer = Callable[..., BaresipCustomer]


@pytest.fixture
def desk(pbx: AsteriskPbx, toolbar: Toolbar) -> ToolbarProcess:
    """A toolbar that tells the queue by SIP MESSAGE, ready."""
    desk = toolbar(start=False)
    write_settings(
        desk,
        availability=AvailabilitySettings(adapter=AvailabilityAdapter.SIP_MESSAGE),
        wrap_up=WrapUpSettings(after=WrapUpAfter.QUEUE, seconds=120),
    )
    desk.start()
    desk.log_in(pbx)
    await_agreement(desk, "confirmed")
    return desk


def await_agreement(desk: ToolbarProcess, agreement: str, timeout_s: float = 10.0) -> Status:
    return desk.await_status(lambda now: now["agent"]["agreement"] == agreement, timeout_s, f"to be {agreement}")


def await_pause(pbx: AsteriskPbx, paused: bool, reason: str | None = None, timeout_s: float = WITHIN_S) -> None:
    def so() -> bool:
        member = pbx.queue_member("1001")
        return member.paused is paused and (reason is None or member.reason == reason)

    wait_until(so, timeout_s, lambda: f"paused={paused} {reason}, but {pbx.cli('queue show support')}")


def await_ring_from(desk: ToolbarProcess, customer: BaresipCustomer) -> str:
    return str(desk.await_call(state="ringing", number=customer.number)["id"])


# -------------------------------------------------------------------- ready and not ready


def test_a_pause_with_its_reason_keeps_queue_calls_away(
    pbx: AsteriskPbx, desk: ToolbarProcess, customer: Customer
) -> None:
    await_pause(pbx, False)
    desk.do("not-ready", "lunch")
    await_pause(pbx, True, "lunch")
    await_agreement(desk, "confirmed")

    marie = customer("marie", voice_hz=MARIE_HZ)
    marie.call(QUEUE_NUMBER)
    wait_until(lambda: pbx.waiting("support") == 1, 5, "Marie to wait in the queue")
    assert not desk.status()["calls"]

    desk.do("ready")
    await_pause(pbx, False)
    await_ring_from(desk, marie)


def test_a_supervisor_s_pause_shows_within_a_second(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    pbx.pause("1001", "training")

    now = await_agreement(desk, "changed_there", WITHIN_S)
    assert now["agent"]["confirmed"]["state"] == "paused"
    assert "queue_changed_there" in [fault["code"] for fault in now["faults"]]

    pbx.unpause("1001")
    await_agreement(desk, "confirmed", WITHIN_S)


def await_confirmed(desk: ToolbarProcess, state: str) -> str:
    """The reason that the queue gives with it."""
    now = desk.await_status(lambda now: now["agent"]["confirmed"]["state"] == state, 5.0, f"{state} to be confirmed")
    return str(now["agent"]["confirmed"]["reason"])


def test_a_supervisor_s_pause_has_no_reason_of_an_earlier_one(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    desk.do("not-ready", "lunch")
    assert await_confirmed(desk, "paused") == "lunch"
    pbx.unpause("1001")
    await_confirmed(desk, "ready")
    pbx.pause("1001", "training")

    assert await_confirmed(desk, "paused") == ""  # the queue tells the dialplan of no reason


def test_a_supervisor_s_pause_shows_the_reason_that_the_dialplan_was_told(
    pbx: AsteriskPbx, desk: ToolbarProcess
) -> None:
    pbx.cli("database put agent-reason 1001 training")
    pbx.pause("1001", "training")

    assert await_confirmed(desk, "paused") == "training"


def test_leaving_says_not_ready_first(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    desk.do("cti", "off")
    await_pause(pbx, True, timeout_s=5)


def test_quitting_says_not_ready_first(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    desk.do("quit", "--yes")
    await_pause(pbx, True, timeout_s=5)


# -------------------------------------------------------------------- what survives


def test_the_pbx_starts_anew(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    desk.do("not-ready", "lunch")
    await_pause(pbx, True, "lunch")
    pbx.kill()
    desk.await_status(lambda now: now["cti"]["registration"] != "registered", 60, "the PBX to be missed")
    pbx.start()
    desk.do("cti", "on")

    await_pause(pbx, True, "lunch", timeout_s=60)


def test_the_engine_is_killed(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    desk.do("not-ready", "lunch")
    await_pause(pbx, True, "lunch")
    pbx.unpause("1001")
    await_agreement(desk, "changed_there")
    desk.kill_engine()

    await_pause(pbx, True, "lunch", timeout_s=15)
    await_agreement(desk, "confirmed")


def test_the_toolbar_is_killed(pbx: AsteriskPbx, desk: ToolbarProcess) -> None:
    desk.do("not-ready", "lunch")
    await_pause(pbx, True, "lunch")
    desk.kill()
    desk.start()

    now = desk.await_status(lambda now: now["agent"]["state"] == "not_ready", 15, "to be away again")
    assert now["agent"]["reason"] == "lunch"
    await_pause(pbx, True, "lunch")


# -------------------------------------------------------------------- wrap-up


@pytest.fixture
def waiting(desk: ToolbarProcess, customer: Customer) -> list[BaresipCustomer]:
    """Two customers who call the queue, the first one answered by the agent."""
    return [customer("marie", voice_hz=MARIE_HZ), customer("jean", voice_hz=JEAN_HZ)]


def talk_with(desk: ToolbarProcess, customer: BaresipCustomer) -> str:
    call = await_ring_from(desk, customer)
    desk.do("answer", call)
    desk.await_call(id=call, state="connected")
    return call


def history(desk: ToolbarProcess) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in json.loads(desk.do("history", "--json"))["records"]}


@pytest.mark.parametrize("who_hangs_up", ["agent", "customer"])
def test_no_call_slips_in_while_a_record_is_open(
    pbx: AsteriskPbx, desk: ToolbarProcess, waiting: list[BaresipCustomer], who_hangs_up: str
) -> None:
    marie, jean = waiting
    marie.call(QUEUE_NUMBER)
    call = talk_with(desk, marie)
    jean.call(QUEUE_NUMBER)
    wait_until(lambda: pbx.waiting("support") == 1, 5, "Jean to wait")
    await_pause(pbx, True, "wrap-up")
    desk.do("note", "wants an offer")
    if who_hangs_up == "agent":
        desk.do("hangup", call)
    else:
        marie.hang_up()

    now = desk.await_status(lambda now: now["wrap_up"], what="the record to be open")
    assert (now["agent"]["state"], now["wrap_up"]["call"]) == ("wrap_up", call)
    assert now["wrap_up"]["subject"] == "wants an offer"

    waited_s = pbx.longest_wait_s("support")
    wait_until(lambda: pbx.longest_wait_s("support") >= waited_s + 3, 10, "the queue to look for an agent thrice")
    assert not desk.status()["calls"]
    desk.do("wrap-up", "--disposition", "done", "--finish")

    await_ring_from(desk, jean)
    record = history(desk)[call]
    assert (record["subject"], record["disposition"]) == ("wants an offer", "done")


def test_a_record_that_was_open_is_open_after_a_crash(
    pbx: AsteriskPbx, desk: ToolbarProcess, waiting: list[BaresipCustomer]
) -> None:
    marie, jean = waiting
    marie.call(QUEUE_NUMBER)
    call = talk_with(desk, marie)
    desk.do("hangup", call)
    desk.do("wrap-up", "--subject", "wants an offer", "--follow-up", "2026-12-01")
    jean.call(QUEUE_NUMBER)
    wait_until(lambda: history(desk)[call].get("follow_up") == "2026-12-01", 2, "what was typed to be on disk")
    desk.kill()
    desk.start()

    now = desk.await_status(lambda now: now["wrap_up"], 15, "the record to be open again")
    assert (now["wrap_up"]["call"], now["wrap_up"]["subject"]) == (call, "wants an offer")
    assert not now["calls"]
    desk.do("wrap-up", "--finish")
    await_ring_from(desk, jean)
    assert len(history(desk)) == 2


def test_what_waits_for_later_is_there_after_a_crash(
    pbx: AsteriskPbx, desk: ToolbarProcess, waiting: list[BaresipCustomer]
) -> None:
    """A record behind the open one, and a reason chosen for afterwards."""
    marie, jean = waiting
    marie.call(QUEUE_NUMBER)
    first = talk_with(desk, marie)
    desk.do("note", "wants an offer")
    desk.do("hold", first)
    jean.call("1001")
    second = talk_with(desk, jean)
    desk.do("wrap-up")
    desk.do("not-ready", "lunch")
    desk.do("hangup", second)
    desk.await_status(lambda now: now["wrap_up"] and now["wrap_up"]["call"] == second, what="Jean's record to be open")
    desk.do("hangup", first)
    desk.await_no_calls()
    wait_until(lambda: history(desk)[first].get("subject") == "wants an offer", 5, "Marie's record to be on disk")
    desk.kill()
    desk.start()

    desk.await_status(lambda now: now["wrap_up"] and now["wrap_up"]["call"] == second, 15, "Jean's record again")
    desk.do("wrap-up", "--finish")
    now = desk.await_status(lambda now: now["wrap_up"] and now["wrap_up"]["call"] == first, what="Marie's record")
    assert now["wrap_up"]["subject"] == "wants an offer"
    desk.do("wrap-up", "--finish")
    now = desk.await_status(lambda now: now["agent"]["state"] == "not_ready", what="to be away")
    assert now["agent"]["reason"] == "lunch"
    await_pause(pbx, True, "lunch", timeout_s=10)
    assert len(history(desk)) == 2


@pytest.mark.parametrize("who_hangs_up", ["agent", "customer while no toolbar runs"])
def test_a_record_asked_for_by_hand_during_a_call_opens_after_a_crash(
    pbx: AsteriskPbx, toolbar: Toolbar, customer: Customer, who_hangs_up: str
) -> None:
    desk = toolbar(start=False)
    write_settings(
        desk,
        availability=AvailabilitySettings(adapter=AvailabilityAdapter.SIP_MESSAGE),
        wrap_up=WrapUpSettings(after=WrapUpAfter.NEVER, seconds=120),
    )
    desk.start()
    desk.log_in(pbx)
    await_agreement(desk, "confirmed")
    marie = customer("marie", voice_hz=MARIE_HZ)
    marie.call(QUEUE_NUMBER)
    call = talk_with(desk, marie)
    desk.do("note", "wants an offer")
    desk.do("wrap-up")
    await_pause(pbx, True, "wrap-up")
    wait_until(lambda: history(desk)[call].get("subject") == "wants an offer", 2, "what was typed to be on disk")
    desk.kill()
    if who_hangs_up != "agent":
        marie.hang_up()
        wait_until(lambda: not pbx.talks(), 5, "the call to be over")
    desk.start()
    if who_hangs_up == "agent":
        now = desk.await_status(lambda now: now["calls"], 15, "the call to be there again")
        assert not now["wrap_up"]
        desk.do("hangup", call)

    now = desk.await_status(lambda now: now["wrap_up"], 15, "the record to be open")
    assert (now["wrap_up"]["call"], now["wrap_up"]["subject"]) == (call, "wants an offer")
    await_pause(pbx, True, "wrap-up", timeout_s=5)
    desk.do("wrap-up", "--finish")
    await_pause(pbx, False, timeout_s=5)


def test_the_pause_from_hanging_up_is_there_before_the_call_is_gone(
    pbx: AsteriskPbx, toolbar: Toolbar, customer: Customer, tmp_path: Path
) -> None:
    desk = toolbar(start=False)
    write_settings(
        desk,
        availability=AvailabilitySettings(adapter=AvailabilityAdapter.SIP_MESSAGE),
        wrap_up=WrapUpSettings(after=WrapUpAfter.QUEUE, seconds=120, pause_from=PauseFrom.HANG_UP),
    )
    desk.start()
    desk.log_in(pbx)
    await_agreement(desk, "confirmed")
    marie, jean = customer("marie", voice_hz=MARIE_HZ), customer("jean", voice_hz=JEAN_HZ)
    marie.call(QUEUE_NUMBER)
    call = talk_with(desk, marie)
    await_pause(pbx, False)
    jean.call(QUEUE_NUMBER)
    wait_until(lambda: pbx.waiting("support") == 1, 5, "Jean to wait")
    desk.do("hangup", call)

    desk.await_status(lambda now: now["wrap_up"], what="the record to be open")
    await_pause(pbx, True, "wrap-up")
    assert not desk.status()["calls"]
