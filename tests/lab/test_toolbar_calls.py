"""The whole toolbar against a real PBX, told what to do and watched through its command line; sound at both ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lab.asterisk_pbx import HOLD_MUSIC_HZ, AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.deadline import wait_until
from tests.lab.headset import VirtualHeadset
from tests.lab.sipp import SippCustomer
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.voice import listening, speaking

Customer = Callable[..., BaresipCustomer]
Caller = Callable[..., SippCustomer]
Toolbar = Callable[..., ToolbarProcess]

AGENT_HZ = 900
MARIE_HZ = 650
JEAN_HZ = 1250


@pytest.fixture
def desk(pbx: AsteriskPbx, headset: VirtualHeadset, toolbar: Toolbar) -> ToolbarProcess:
    """A toolbar with a headset, registered as 1001."""
    desk = toolbar(headset.pulse_server)
    desk.log_in(pbx)
    return desk


def talk_with(desk: ToolbarProcess, customer: BaresipCustomer) -> str:
    """The customer calls, the agent answers; the id of the call."""
    customer.call("1001")
    call = str(desk.await_call(state="ringing", number=customer.number)["id"])
    desk.do("answer", call)
    desk.await_call(id=call, state="connected")
    return call


def test_a_caller_is_named_from_the_index_while_it_rings(desk: ToolbarProcess, caller: Caller, tmp_path: Path) -> None:
    contacts = tmp_path / "contacts.csv"
    contacts.write_text("Name,Company,Phone\nMarie Durand,Durand SARL,01 23 45 67 89\n")
    desk.do("contacts", "import", str(contacts))

    caller("gives_up", name="A NAME OF THE NETWORK", number="+33123456789", pause_s=20)

    ringing = desk.await_call(state="ringing", looked_up=True)
    assert ringing["direction"] == "incoming"
    assert (ringing["contact"]["name"], ringing["contact"]["company"]) == ("Marie Durand", "Durand SARL")
    assert ringing["contact"]["level"] == "exact"
    assert ringing["name"] == "Marie Durand"


def test_agent_and_customer_talk_and_the_agent_hangs_up(
    desk: ToolbarProcess, headset: VirtualHeadset, customer: Customer, pbx: AsteriskPbx
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        talk_with(desk, marie)
        assert ear.comes_to_hear_tone(MARIE_HZ)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)
        assert desk.status()["agent"]["state"] == "on_call"

        desk.do("hangup")

        desk.await_no_calls()
        wait_until(lambda: not pbx.channels(), 5, "the PBX to end the call")
        assert ear.comes_to_hear_silence()


def test_hold_music_mute_and_back(desk: ToolbarProcess, headset: VirtualHeadset, customer: Customer) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        talk_with(desk, marie)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)

        desk.do("hold")
        assert marie.ear.comes_to_hear_tone(HOLD_MUSIC_HZ)
        desk.await_call(state="held", held=True)
        assert ear.comes_to_hear_silence()

        desk.do("resume")
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)

        desk.do("mute")
        assert marie.ear.comes_to_hear_silence()
        desk.await_call(muted=True)
        assert ear.hears().is_tone(MARIE_HZ)

        desk.do("unmute")
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)


def test_dialling_talking_and_the_customer_hangs_up(
    desk: ToolbarProcess, headset: VirtualHeadset, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        desk.do("dial", "01 23 45 67 89")
        desk.await_call(state="connected", direction="outgoing")
        assert ear.comes_to_hear_tone(MARIE_HZ)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)

        marie.hang_up()

        desk.await_no_calls()
    newest = json.loads(desk.do("history", "--json"))["records"][0]
    assert newest["direction"] == "outgoing"
    assert newest["end_cause"] == "hung_up"


def test_digits_reach_the_pbx(desk: ToolbarProcess, pbx: AsteriskPbx) -> None:
    desk.do("dial", "605")
    desk.await_call(state="connected")

    desk.do("dtmf", "2*57")

    wait_until(pbx.digits_received, 10, "the digits")
    assert pbx.digits_received() == ["2*57"]


def test_a_busy_number_is_shown_as_busy(desk: ToolbarProcess) -> None:
    desk.do("dial", "602")

    ended = desk.await_status(lambda now: now["just_ended"])["just_ended"][0]

    assert ended["end_cause"] == "busy"
    assert ended["sip_status"] == 486


def test_answering_a_second_call_holds_the_first(
    desk: ToolbarProcess, headset: VirtualHeadset, customer: Customer
) -> None:
    marie, jean = customer("marie", voice_hz=MARIE_HZ), customer("jean", voice_hz=JEAN_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        first = talk_with(desk, marie)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)
        second = talk_with(desk, jean)
        desk.await_call(id=first, held=True)
        assert marie.ear.comes_to_hear_tone(HOLD_MUSIC_HZ)
        assert ear.comes_to_hear_tone(JEAN_HZ)

        desk.do("hangup", second)
        desk.do("resume", first)
        assert ear.comes_to_hear_tone(MARIE_HZ)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)


def test_a_missed_call_is_counted_and_in_the_history(desk: ToolbarProcess, caller: Caller) -> None:
    caller("gives_up", number="+33123456789", pause_s=0.5)
    desk.await_call(state="ringing")

    desk.await_status(lambda now: now["missed"] == 1 and not now["calls"])

    missed = json.loads(desk.do("history", "--json", "--missed"))["records"]
    assert [record["end_cause"] for record in missed] == ["cancelled"]
