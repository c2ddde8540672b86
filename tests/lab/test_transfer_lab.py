"""The lab's part in transfers measures and does what it claims to; if one of these fails, look here first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.engine.sip_peer import PeerCall, SipPeer
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.colleague import Colleague, DecliningColleague
from tests.lab.deadline import wait_until
from tests.lab.sipp import SippCustomer, SippRun, refer_taken

MARIE_HZ, ALICE_HZ, COLLEAGUE_HZ = 650, 850, 1250
KEY = "0123456789abcdef0123456789abcdef"
UUI = "30313233;encoding=hex"


@pytest.fixture
def agent() -> Iterator[SipPeer]:
    with SipPeer() as agent:
        yield agent


def answered(agent: SipPeer) -> PeerCall:
    """The agent's side of the customer's call, once it is up."""
    invite = agent.wait_for("INVITE")
    agent.wait_for("ACK")
    return agent.call_of(invite)


def refer(call: PeerCall) -> None:
    call.request("REFER", [("Refer-To", "<sip:1002@pbx.test>")])


@pytest.mark.parametrize(("status", "reason"), [(403, "Forbidden"), (501, "Not Implemented")])
def test_a_customer_s_leg_refuses_a_refer_and_stays(
    agent: SipPeer, caller: Callable[..., SippCustomer], status: int, reason: str
) -> None:
    marie = caller("takes_refer", to=("127.0.0.1", agent.port), fills=refer_taken(f"{status} {reason}"))
    call = answered(agent)

    call.reinvite(direction="sendonly")
    assert "a=recvonly" in call.wait_status(200).body
    wait_until(lambda: marie.direction_wanted() == "sendonly", 5)
    refer(call)
    call.wait_status(status, "REFER")
    heard = len(call.responses)
    call.reinvite()
    assert "a=sendrecv" in call.wait_status(200, after=heard).body
    wait_until(lambda: marie.direction_wanted() == "sendrecv", 5)
    call.bye()

    assert marie.went_as_written(), marie.messages()


@pytest.mark.parametrize(
    "report", ["200 OK", "486 Busy Here", "603 Decline", "404 Not Found", "503 Service Unavailable"]
)
def test_a_customer_s_leg_takes_a_refer_and_reports(
    agent: SipPeer, caller: Callable[..., SippCustomer], report: str
) -> None:
    marie = caller(
        "takes_refer",
        to=("127.0.0.1", agent.port),
        fills=refer_taken(then="report", report=report),
    )
    call = answered(agent)

    refer(call)
    call.wait_status(202, "REFER")
    assert "SIP/2.0 180" in call.wait_request("NOTIFY", 2).body
    final = call.wait_request("NOTIFY", 3)
    call.bye()

    assert final.body.startswith(f"SIP/2.0 {report}")
    assert final.get("Subscription-State").startswith("terminated")
    assert marie.went_as_written(), marie.messages()


def test_a_customer_s_leg_takes_a_refer_and_says_nothing(agent: SipPeer, caller: Callable[..., SippCustomer]) -> None:
    marie = caller("takes_refer", to=("127.0.0.1", agent.port), fills=refer_taken())
    call = answered(agent)

    refer(call)
    call.wait_status(202, "REFER")
    for direction in ("sendonly", "sendrecv", "inactive", "sendrecv"):
        heard = len(call.responses)
        call.reinvite(direction=direction)
        answer = {"sendonly": "recvonly"}.get(direction, direction)
        assert f"a={answer}" in call.wait_status(200, after=heard).body
    call.bye()

    assert marie.went_as_written(), marie.messages()
    assert not [one for one in call.requests if one.method == "NOTIFY"]


def test_a_customer_s_leg_takes_a_refer_and_ends(agent: SipPeer, caller: Callable[..., SippCustomer]) -> None:
    marie = caller(
        "takes_refer",
        to=("127.0.0.1", agent.port),
        fills=refer_taken(then="bye"),
    )
    call = answered(agent)

    refer(call)
    call.wait_status(202, "REFER")
    call.wait_request("BYE")

    assert marie.went_as_written(), marie.messages()


def test_a_colleague_answers_and_both_are_seen_talking(
    pbx: AsteriskPbx, customer: Callable[..., BaresipCustomer], colleague: Callable[..., Colleague]
) -> None:
    marie, bruno = customer("marie", voice_hz=MARIE_HZ), colleague("1002", voice_hz=COLLEAGUE_HZ)

    marie.call("1002")

    wait_until(lambda: pbx.talks() == [["1002", "marie"]], 5, "the talk")
    assert marie.ear.comes_to_hear_tone(COLLEAGUE_HZ)
    assert bruno.ear.comes_to_hear_tone(MARIE_HZ)


def test_a_colleague_rings_and_is_busy(
    pbx: AsteriskPbx, caller: Callable[..., SippCustomer], colleague: Callable[..., Colleague]
) -> None:
    bruno = colleague("1002", voice_hz=COLLEAGUE_HZ, answers=False)
    ann = caller("gives_up", extension="1002", pause_s=10)

    bruno.refuse_when_it_rings()

    wait_until(lambda: "SIP/2.0 486" in ann.messages(), 5, "the busy sign")


@pytest.mark.parametrize(("pbx_wishes", "arrives"), [({}, True), ({"strips_headers": True}, False)])
def test_the_key_of_a_story_goes_on_with_a_consultation(pbx: AsteriskPbx, lab_folder: Path, arrives: bool) -> None:
    chloe = DecliningColleague(pbx, lab_folder / "1003")
    alice = SippRun(
        lab_folder / "alice",
        "dials_and_is_declined",
        (pbx.host, pbx.port),
        {"agent": "1001", "extension": "1003", "story_header": f"X-CTI-Key: {KEY}\nUser-to-User: {UUI}"},
        credentials=("1001", pbx.password_of("1001")),
    )
    try:
        chloe.start()
        alice.start()

        assert alice.went_as_written(), alice.messages()
        assert chloe.declined()
        assert (f"X-CTI-Key: {KEY}" in chloe.invite()) is arrives
        assert (f"User-to-User: {UUI}" in chloe.invite()) is arrives
    finally:
        alice.stop()
        chloe.stop()


def transferred(
    pbx: AsteriskPbx, customer: Callable[..., BaresipCustomer], colleague: Callable[..., Colleague]
) -> tuple[BaresipCustomer, Colleague, Colleague]:
    """Marie, Alice who had her, and Bruno whose telephone rings with her now."""
    marie = customer("marie", voice_hz=MARIE_HZ)
    alice, bruno = colleague("1001", voice_hz=ALICE_HZ), colleague("1002", voice_hz=COLLEAGUE_HZ, answers=False)
    marie.call("1001")
    wait_until(lambda: pbx.talks() == [["1001", "marie"]], 5, "the talk")
    alice.transfer("1002")
    wait_until(lambda: pbx.rings("1002"), 5, "Bruno to ring")
    return marie, alice, bruno


def test_a_customer_whom_nobody_takes_comes_back(
    pbx: AsteriskPbx, customer: Callable[..., BaresipCustomer], colleague: Callable[..., Colleague]
) -> None:
    marie, _, bruno = transferred(pbx, customer, colleague)

    bruno.refuse_when_it_rings()

    wait_until(lambda: pbx.talks() == [["1001", "marie"]], 5, "Marie to be back")
    assert marie.ear.comes_to_hear_tone(ALICE_HZ)


@pytest.mark.parametrize("pbx_wishes", [{"returns": False}])
def test_without_a_return_branch_the_pbx_hangs_up_on_a_customer_whom_nobody_takes(
    pbx: AsteriskPbx, customer: Callable[..., BaresipCustomer], colleague: Callable[..., Colleague]
) -> None:
    _, _, bruno = transferred(pbx, customer, colleague)

    bruno.refuse_when_it_rings()

    wait_until(lambda: not any("marie" in channel for channel in pbx.channels()), 5, "Marie to be hung up on")


@pytest.mark.parametrize("pbx_wishes", [{"ring_s": 2}])
def test_a_customer_comes_back_from_a_telephone_that_nobody_answers(
    pbx: AsteriskPbx, customer: Callable[..., BaresipCustomer], colleague: Callable[..., Colleague]
) -> None:
    transferred(pbx, customer, colleague)

    wait_until(lambda: pbx.talks() == [["1001", "marie"]], 8, "Marie to be back")
