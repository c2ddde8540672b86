"""kill -9 of either process in a call, and what is left of it afterwards. How long it takes: bench/recovery.py."""

from __future__ import annotations

import json
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


@pytest.fixture
def desk(pbx: AsteriskPbx, headset: VirtualHeadset, toolbar: Toolbar) -> ToolbarProcess:
    desk = toolbar(headset.pulse_server)
    desk.log_in(pbx)
    return desk


def test_a_killed_engine_is_replaced_and_registered_again(desk: ToolbarProcess, pbx: AsteriskPbx) -> None:
    desk.do("dial", "600")
    desk.await_call(state="connected")

    killed = desk.kill_engine()

    desk.await_status(
        lambda now: now["engine"]["pid"] not in {0, killed} and now["cti"]["registration"] == "registered",
        what="a new engine to be registered",
    )
    assert desk.status()["calls"] == []
    lost = json.loads(desk.do("history", "--json"))["records"][0]
    assert lost["end_cause"] == "engine_lost"
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
