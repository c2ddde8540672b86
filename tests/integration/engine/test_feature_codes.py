"""Codes of the PBX, called by a real engine: what the PBX sees, and that no call of the agent knows of it."""

from __future__ import annotations

import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallState
from tests.integration.engine.engine_process import EngineProcess, Toolbar
from tests.integration.engine.sip_peer import PeerCall, Reply, SipPeer
from tests.integration.engine.sip_wire import SipText, uri_in

REQUEST = 71
RINGS_ON = [Reply(180)]
BOUND_S = 20.0


def say(toolbar: Toolbar, code: str = "*46lunch", request: int = REQUEST) -> None:
    toolbar.send(port.SayFeatureCode(code=code, request=request))


def ended(toolbar: Toolbar) -> port.FeatureCodeEnded:
    return toolbar.wait(port.FeatureCodeEnded, timeout_s=BOUND_S)


def said(pbx: SipPeer, count: int = 1) -> PeerCall:
    return pbx.call_of(pbx.wait_for("INVITE", count))


def talk(toolbar: Toolbar, pbx: SipPeer) -> PeerCall:
    toolbar.send(port.Dial(call="c1", target="+33123456789"))
    call = said(pbx)
    toolbar.wait_state(CallState.CONNECTED)
    return call


@pytest.mark.parametrize(
    ("code", "user"), [("*46lunch", "*46lunch"), ("*47", "*47"), ("*461-2", "*461-2"), ("#21", "%2321")]
)
def test_a_code_is_called_as_it_is_and_the_pbx_ends_it(registered: Toolbar, pbx: SipPeer, code: str, user: str) -> None:
    say(registered, code)
    assert registered.wait(port.FeatureCodeAnswered).request == REQUEST
    said(pbx).bye()

    assert ended(registered) == port.FeatureCodeEnded(
        request=REQUEST, sip_status=200, sip_reason="Normal call clearing", answered=True
    )
    assert uri_in(pbx.requests("INVITE")[0].start.split()[1]) == f"sip:{user}@127.0.0.1"
    assert registered.calls() == []


def test_a_pbx_that_speaks_on_is_hung_up_on(registered: Toolbar, pbx: SipPeer) -> None:
    say(registered)
    registered.wait(port.FeatureCodeAnswered)
    end = ended(registered)

    assert (end.sip_status, end.answered) == (200, True)
    said(pbx).wait_request("BYE")


@pytest.mark.parametrize("status", [302, 403, 404, 486, 603])
def test_a_refusal_is_told(registered: Toolbar, pbx: SipPeer, status: int) -> None:
    headers = [("Contact", "<sip:elsewhere@127.0.0.3>")] if status == 302 else []
    pbx.invite_rule = lambda _: [Reply(status, headers=headers)]
    say(registered)
    end = ended(registered)

    assert (end.request, end.sip_status, end.answered) == (REQUEST, status, False)
    assert len(pbx.requests("INVITE")) == 1
    assert registered.calls() == []


def test_a_code_that_nobody_answers_is_given_up(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.invite_rule = lambda _: RINGS_ON
    say(registered)
    end = ended(registered)

    assert (end.sip_status, end.answered) == (408, False)
    pbx.wait_for("CANCEL")


def test_a_call_that_is_up_goes_on_untouched(registered: Toolbar, pbx: SipPeer) -> None:
    customer = talk(registered, pbx)
    say(registered)
    registered.wait(port.FeatureCodeAnswered)
    said(pbx, 2).bye()
    ended(registered)
    registered.drain()

    assert {(one.id, one.held) for one in registered.calls()} == {("c1", False)}
    assert registered.calls()[-1].state is CallState.CONNECTED
    assert [one.method for one in customer.requests] == ["ACK"]


def test_an_engine_that_ends_ends_it_too(registered: Toolbar, engine: EngineProcess, pbx: SipPeer) -> None:
    say(registered)
    registered.wait(port.FeatureCodeAnswered)
    registered.send(port.Shutdown())

    assert ended(registered).answered
    said(pbx).wait_request("BYE")
    assert engine.process.wait(10) == 0


def test_going_offline_lets_it_come_to_its_end(registered: Toolbar, pbx: SipPeer) -> None:
    say(registered)
    registered.wait(port.FeatureCodeAnswered)
    registered.send(port.Unregister())
    assert pbx.wait(lambda: not pbx.contact)
    said(pbx).bye()

    assert ended(registered).answered


def test_no_line_is_left_for_a_fifth_call(registered: Toolbar, pbx: SipPeer) -> None:
    for number in range(4):
        registered.send(port.Dial(call=f"c{number}", target=f"60{number}"))
        registered.wait_state(CallState.CONNECTED, f"c{number}")
    say(registered)

    assert registered.wait(port.CommandRefused).code == "no_line_for_code"
    assert len(pbx.requests("INVITE")) == 4
    assert not any(isinstance(event, port.FeatureCodeEnded) for event in registered.events)


@pytest.mark.parametrize("code", ["", "*46@elsewhere", "*46 lunch", "*46\r\nX-Bad: 1", "x" * 65])
def test_what_is_no_code_is_refused(registered: Toolbar, pbx: SipPeer, code: str) -> None:
    say(registered, code)

    refused = registered.wait(port.CommandRefused)
    assert (refused.request, refused.code) == (REQUEST, "bad_dial_target")
    assert pbx.requests("INVITE") == []


def test_without_a_registration_it_is_refused(toolbar: Toolbar, pbx: SipPeer) -> None:
    say(toolbar)

    assert toolbar.wait(port.CommandRefused).code == "not_registered"


def test_the_pbx_may_ask_who_it_is(registered: Toolbar, pbx: SipPeer) -> None:
    def rule(invite: SipText) -> list[Reply]:
        if invite.get("Authorization"):
            return [Reply(200)]
        return [pbx.challenge()]

    pbx.invite_rule = rule
    say(registered)

    assert registered.wait(port.FeatureCodeAnswered).request == REQUEST
