"""kill -9 of either process in a call, and what is left of it afterwards. How long it takes: bench/recovery.py."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.deadline import wait_until
from tests.lab.headset import VirtualHeadset
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.voice import listening, speaking

Customer = Callable[..., BaresipCustomer]
Toolbar = Callable[..., ToolbarProcess]

AGENT_HZ = 900
MARIE_HZ = 650
LIMIT_S = 3.0  # between kill -9 of the engine and the answer of the PBX to the next one


@pytest.fixture
def desk(pbx: AsteriskPbx, headset: VirtualHeadset, toolbar: Toolbar) -> ToolbarProcess:
    desk = toolbar(headset.pulse_server)
    desk.log_in(pbx)
    return desk


def test_a_killed_engine_is_replaced_and_its_call_goes_on(
    desk: ToolbarProcess, headset: VirtualHeadset, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        marie.call("1001")
        desk.await_call(state="ringing")
        desk.do("answer")
        before = desk.await_call(state="connected")

        killed = desk.kill_engine()
        killed_s = time.time()

        desk.await_status(lambda now: now["calls"][0]["reconnected"] > 0, what="the call to be back")
        after = desk.await_call(id=before["id"], state="connected", reconnecting=False)
        assert after["reconnected"] - killed_s < LIMIT_S
        assert (after["answered"], after["number"]) == (before["answered"], marie.number)
        assert ear.comes_to_hear_tone(MARIE_HZ)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)
        now = desk.await_registered()
        assert now["engine"]["pid"] != killed
        desk.do("hangup")
        desk.await_no_calls()
    records = json.loads(desk.do("history", "--json"))["records"]
    assert [(record["id"], record["end_cause"]) for record in records] == [(before["id"], "hung_up")]


def test_a_call_that_the_pbx_does_not_give_back_is_said_to_be_lost(
    desk: ToolbarProcess, pbx: AsteriskPbx, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    desk.do("dial", marie.number)
    desk.await_call(state="connected")

    desk.kill_engine()
    pbx.hang_up("1001")

    desk.await_status(lambda now: now["cti"]["registration"] == "registered" and not now["calls"], what="no call")
    lost = json.loads(desk.do("history", "--json"))["records"][0]
    assert (lost["end_cause"], lost["sip_status"]) == ("engine_lost", 481)
    desk.do("dial", "600")
    desk.await_call(state="connected")


def test_a_killed_toolbar_loses_no_call_and_the_next_one_shows_it(
    desk: ToolbarProcess, headset: VirtualHeadset, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        marie.call("1001")
        desk.await_call(state="ringing")
        desk.do("answer")
        before = desk.await_call(state="connected")
        engine = desk.status()["engine"]["pid"]

        desk.kill()
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)
        assert ear.comes_to_hear_tone(MARIE_HZ)

        desk.start()
        after = desk.await_call(id=before["id"], state="connected")
        assert after["answered"] == before["answered"]
        assert after["number"] == marie.number
        assert desk.status()["engine"]["pid"] == engine

        desk.do("hangup")
        desk.await_no_calls()
    records = json.loads(desk.do("history", "--json"))["records"]
    assert [record["end_cause"] for record in records] == ["hung_up"]


def test_a_call_that_ended_while_no_toolbar_ran_is_closed_in_the_history(
    desk: ToolbarProcess, pbx: AsteriskPbx, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    desk.do("dial", marie.number)
    desk.await_call(state="connected")
    desk.kill()

    marie.hang_up()
    wait_until(lambda: not pbx.channels(), 5, "the call to end")
    desk.start()

    desk.await_status(lambda now: now["engine"]["link"] == "attached")
    record = wait_until(
        lambda: next((one for one in json.loads(desk.do("history", "--json"))["records"] if one["end_cause"]), None),
        5,
        "the record to be closed",
    )
    assert record["number"] == marie.number
