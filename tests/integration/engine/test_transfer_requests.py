"""A REFER that comes in a call moves nothing by itself: the agent is asked, and its sender told what comes of it."""

from __future__ import annotations

import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallState
from tests.integration.engine.engine_process import Toolbar
from tests.integration.engine.sip_peer import PeerCall, Reply, SipPeer


@pytest.fixture
def asked(toolbar: Toolbar, pbx: SipPeer) -> Toolbar:
    """Registered, with the setting to ask."""
    toolbar.register(pbx.port, asks_refer=True)
    return toolbar


def talk(toolbar: Toolbar, pbx: SipPeer) -> tuple[str, PeerCall]:
    call = pbx.invite()
    key = toolbar.wait_state(CallState.RINGING).id
    toolbar.send(port.Answer(call=key))
    toolbar.wait_state(CallState.CONNECTED)
    return key, call


def refer(call: PeerCall, target: str) -> None:
    call.request("REFER", [("Refer-To", target)])


def notices(call: PeerCall) -> list[tuple[str, str]]:
    """What was said of the REFER: state of the subscription and status line."""
    return [
        (one.get("Subscription-State").partition(";")[0], one.body.strip())
        for one in call.requests
        if one.method == "NOTIFY"
    ]


def test_the_agent_is_asked_and_nothing_is_dialled(asked: Toolbar, pbx: SipPeer) -> None:
    key, call = talk(asked, pbx)
    refer(call, f"<sip:1003@{pbx.address}>")
    call.wait_status(202, "REFER")
    call.wait_request("NOTIFY")
    assert asked.wait_call(lambda one: one.id == key and one.transfer_request != "").transfer_request == "1003"
    assert notices(call) == [("active", "SIP/2.0 100 Trying")]
    assert pbx.requests("INVITE") == []


def test_a_refer_that_is_sent_again_is_asked_about_once(asked: Toolbar, pbx: SipPeer) -> None:
    _key, call = talk(asked, pbx)
    first = call.request("REFER", [("Refer-To", f"<sip:1003@{pbx.address}>")])
    call.wait_status(202, "REFER")
    call.wait_request("NOTIFY")
    pbx.send_raw(first.encode())
    call.wait_status(202, "REFER", after=sum(one.status == 202 for one in call.responses))
    asked.drain()
    assert len(notices(call)) == 1


def test_declined_it_says_so_and_the_call_goes_on(asked: Toolbar, pbx: SipPeer) -> None:
    key, call = talk(asked, pbx)
    refer(call, f"<sip:1003@{pbx.address}>")
    asked.wait_call(lambda one: one.transfer_request != "")
    asked.send(port.AnswerTransferRequest(call=key, accepted=False))
    call.wait_request("NOTIFY", 2)
    assert notices(call)[-1] == ("terminated", "SIP/2.0 603 Declined")
    now = asked.wait_call(lambda one: one.id == key and one.transfer_request == "")
    assert now.state is CallState.CONNECTED
    assert pbx.requests("INVITE") == []


def test_accepted_it_calls_there_and_reports_the_answer(asked: Toolbar, pbx: SipPeer) -> None:
    key, call = talk(asked, pbx)
    refer(call, f"<sip:1003@{pbx.address}?Replaces=abc%3Bto-tag%3Dx%3Bfrom-tag%3Dy&X-CTI-Key={'a1' * 16}>")
    asked.wait_call(lambda one: one.transfer_request != "")
    asked.send(port.AnswerTransferRequest(call=key, accepted=True, new_call="there"))
    asked.wait_call(lambda one: one.id == "there" and one.state is CallState.CONNECTED)
    invite = pbx.wait_for("INVITE")
    assert "sip:1003@" in invite.start
    assert invite.get("Replaces") == "abc;to-tag=x;from-tag=y"
    assert invite.get("X-CTI-Key") == "a1" * 16
    call.wait_request("NOTIFY", 3)
    assert notices(call) == [
        ("active", "SIP/2.0 100 Trying"),
        ("active", "SIP/2.0 180 Ringing"),
        ("terminated", "SIP/2.0 200 OK"),
    ]
    call.bye()
    asked.wait_call(lambda one: one.id == key and not one.live)


def test_a_place_that_is_busy_is_reported_and_the_call_goes_on(asked: Toolbar, pbx: SipPeer) -> None:
    pbx.invite_rule = lambda _: [Reply(486, "Busy Here")]
    key, call = talk(asked, pbx)
    refer(call, f"<sip:1003@{pbx.address}>")
    asked.wait_call(lambda one: one.transfer_request != "")
    asked.send(port.AnswerTransferRequest(call=key, accepted=True, new_call="there"))
    call.wait_request("NOTIFY", 2)
    assert notices(call)[-1] == ("terminated", "SIP/2.0 486 Busy Here")
    asked.drain()
    assert [one for one in asked.calls() if one.id == key][-1].live


@pytest.mark.parametrize(
    "target",
    ["<https://pbx.test/>", "<sip:pbx.test>", "<sip:1003@pbx.test?method=BYE>", "nonsense", "<sip:a%0d%0ab@pbx.test>"],
)
def test_a_refer_to_nowhere_is_refused(asked: Toolbar, pbx: SipPeer, target: str) -> None:
    _key, call = talk(asked, pbx)
    refer(call, target)
    assert pbx.wait(lambda: any(one.cseq_method == "REFER" and one.status >= 300 for one in call.responses))
    asked.drain()
    assert pbx.requests("INVITE") == []
    assert not any(one.transfer_request for one in asked.calls())


def test_a_stranger_who_knows_the_dialog_is_not_listened_to(asked: Toolbar, pbx: SipPeer) -> None:
    _key, call = talk(asked, pbx)
    other = pbx.invite(source_ip="127.0.0.2")
    other.call_id, other.local, other.remote = call.call_id, call.local, call.remote
    other.request("REFER", [("Refer-To", f"<sip:1003@{pbx.address}>")], cseq=99)
    asked.drain()
    assert not any(one.transfer_request for one in asked.calls())


def test_nobody_asks_means_nothing_to_answer(asked: Toolbar, pbx: SipPeer) -> None:
    key, _call = talk(asked, pbx)
    asked.send(port.AnswerTransferRequest(call=key, accepted=True, new_call="there", request=5))
    assert asked.wait(port.CommandRefused, lambda event: event.request == 5).code == "not_asked"
