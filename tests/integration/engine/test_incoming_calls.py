"""The engine takes calls from a real SIP peer."""

from __future__ import annotations

import time

import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallEndCause, CallParty, CallState
from agent_toolbar.domain.identity import IdentitySource
from tests.integration.engine.engine_process import EngineProcess, Toolbar
from tests.integration.engine.sip_peer import PeerCall, SipPeer
from tests.integration.engine.sip_wire import SipText, sdp, tag_in


def rings_again(pbx: SipPeer) -> bool:
    """A new call gets through, at the latest when the storm before it is forgotten."""
    deadline = time.monotonic() + 8.0
    while time.monotonic() < deadline:
        call = pbx.invite()
        pbx.wait(lambda one=call: any(response.status >= 180 for response in one.responses), 1.0)
        if any(response.status == 180 for response in call.responses):
            return True
    return False


PAI = ("P-Asserted-Identity", '"Jean Martin" <sip:+33612345678@pbx.test>')


def test_a_call_rings_is_answered_and_hung_up_by_the_customer(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite()
    ringing = registered.wait_state(CallState.RINGING)
    call.wait_status(180)
    registered.send(port.Answer(call=ringing.id))
    call.wait_status(200)
    connected = registered.wait_state(CallState.CONNECTED)
    call.bye()
    ended = registered.wait_state(CallState.ENDED)

    assert (ringing.remote.number, ringing.remote.name) == ("+33123456789", "Ann")
    assert ringing.sip_call_id == call.call_id
    assert connected.codec == "G722"
    assert connected.answered_s >= connected.ringing_s > 0
    assert (ended.end_cause, ended.ended_by) == (CallEndCause.HUNG_UP, CallParty.REMOTE)


def test_the_asserted_identity_of_a_trusted_pbx_comes_before_from(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.invite([PAI, ("Diversion", "<sip:0800@pbx.test>;reason=unconditional")])
    ringing = registered.wait_state(CallState.RINGING)

    assert (ringing.remote.number, ringing.remote.name) == ("+33612345678", "Jean Martin")
    assert ringing.remote.source is IdentitySource.P_ASSERTED_IDENTITY
    assert ringing.called_on == "0800"


def test_the_asserted_identity_of_an_untrusted_pbx_is_not_believed(toolbar: Toolbar, pbx: SipPeer) -> None:
    toolbar.register(pbx.port, trusts_identity=False)
    pbx.invite([PAI])

    assert toolbar.wait_state(CallState.RINGING).remote.number == "+33123456789"


def test_a_reinvite_with_another_identity_changes_the_caller(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite()
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(port.Answer(call=ringing.id))
    registered.wait_state(CallState.CONNECTED)
    call.reinvite([PAI])

    assert registered.wait_call(lambda one: one.remote.name == "Jean Martin").remote.number == "+33612345678"


def test_an_update_with_another_identity_changes_the_caller(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite()
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(port.Answer(call=ringing.id))
    registered.wait_state(CallState.CONNECTED)
    call.request("UPDATE", [PAI])

    assert registered.wait_call(lambda one: one.remote.name == "Jean Martin").id == ringing.id


def test_a_caller_who_gives_up_ends_the_call_as_cancelled(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite()
    registered.wait_state(CallState.RINGING)
    call.wait_status(180)
    call.cancel()
    ended = registered.wait_state(CallState.ENDED)

    assert ended.end_cause is CallEndCause.CANCELLED
    assert ended.missed
    call.wait_status(487)


def test_a_cancel_that_says_answered_elsewhere_is_no_missed_call(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite()
    registered.wait_state(CallState.RINGING)
    call.wait_status(180)
    call.cancel([("Reason", 'SIP;cause=200;text="Call completed elsewhere"')])
    ended = registered.wait_state(CallState.ENDED)

    assert ended.end_cause is CallEndCause.ANSWERED_ELSEWHERE
    assert not ended.missed


def test_a_declined_call_is_answered_with_603(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite()
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(port.HangUp(call=ringing.id))

    call.wait_status(603)
    assert registered.wait_state(CallState.ENDED).end_cause is CallEndCause.DECLINED


def test_a_call_can_be_declined_as_busy(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite()
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(port.HangUp(call=ringing.id, sip_status=486))

    call.wait_status(486)


def test_an_invite_without_sdp_is_answered_with_an_offer(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite(body="")
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(port.Answer(call=ringing.id))

    assert "m=audio" in call.wait_status(200).body


def test_a_declined_invite_without_sdp_does_not_end_the_engine(
    registered: Toolbar, pbx: SipPeer, engine: EngineProcess
) -> None:
    call = pbx.invite(body="")
    registered.send(port.HangUp(call=registered.wait_state(CallState.RINGING).id))

    call.wait_status(603)
    registered.drain()
    assert engine.alive


def test_an_invite_with_no_common_codec_is_refused_and_told(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite(body=sdp(pbx.rtp_port, "3"))
    ended = registered.wait_state(CallState.ENDED)

    assert ended.end_cause is CallEndCause.NO_COMMON_CODEC
    assert ended.remote.number == "+33123456789"
    call.wait_status(488)


def test_an_invite_beyond_the_message_buffer_is_refused_and_told(registered: Toolbar, pbx: SipPeer) -> None:
    body = sdp(pbx.rtp_port) + "a=x-filler:" + "y" * 5000 + "\r\n"
    pbx.invite(body=body)

    assert registered.wait_state(CallState.ENDED).end_cause is CallEndCause.MALFORMED


def test_an_invite_from_elsewhere_is_refused_and_told(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite([PAI], source_ip="127.0.0.2")
    ended = registered.wait_state(CallState.ENDED)

    assert ended.end_cause is CallEndCause.REFUSED_UNSAFE
    assert ended.remote.source is IdentitySource.FROM
    assert not any(one.state is CallState.RINGING for one in registered.calls())
    call.wait_status(403)


def test_a_fifth_call_is_refused_as_busy_and_told_as_missed(registered: Toolbar, pbx: SipPeer) -> None:
    for _ in range(4):
        pbx.invite()
        registered.wait_state(CallState.RINGING)
    fifth = pbx.invite(caller='"Eve" <sip:+33987654321@pbx.test>')
    ended = registered.wait_state(CallState.ENDED)

    fifth.wait_status(486)
    assert (ended.end_cause, ended.remote.number, ended.missed) == (CallEndCause.LINES_FULL, "+33987654321", True)


def test_fifty_invites_at_once_leave_four_ringing_and_the_rest_told(
    registered: Toolbar, pbx: SipPeer, engine: EngineProcess
) -> None:
    calls = [pbx.invite() for _ in range(50)]
    finals = [registered.wait_state(CallState.ENDED) for _ in range(46)]

    assert {one.end_cause for one in finals} == {CallEndCause.LINES_FULL}
    ringing = [one for one in registered.calls() if one.state is CallState.RINGING]
    assert len({one.id for one in ringing}) == 4
    for one in ringing:
        registered.send(port.HangUp(call=one.id))
    assert pbx.wait(lambda: all(any(r.status >= 400 for r in call.responses) for call in calls))
    assert rings_again(pbx)
    assert engine.alive


@pytest.mark.parametrize("source_ip", ["", "127.0.0.2"])
def test_a_storm_of_calls_that_give_up_at_once_does_not_end_the_engine(
    registered: Toolbar, pbx: SipPeer, engine: EngineProcess, source_ip: str
) -> None:
    for _ in range(150):
        pbx.invite(source_ip=source_ip).cancel()
    registered.drain()
    assert engine.alive
    assert rings_again(pbx)


def test_a_stale_call_does_not_end_a_later_one_in_its_slot(registered: Toolbar, pbx: SipPeer) -> None:
    for _ in range(6):
        call = pbx.invite()
        ringing = registered.wait_state(CallState.RINGING)
        call.wait_status(180)
        call.cancel()
        registered.wait_call(lambda one, key=ringing.id: one.id == key and not one.live)
    call = pbx.invite()
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(port.Answer(call=ringing.id))
    registered.wait_state(CallState.CONNECTED)
    call.reinvite()  # a whole exchange later it is still there
    assert pbx.wait(lambda: sum(one.status == 200 and one.cseq_method == "INVITE" for one in call.responses) == 2)

    registered.drain()
    assert [one.state for one in registered.calls() if one.id == ringing.id][-1] is CallState.CONNECTED


@pytest.mark.parametrize(
    "datagram",
    [
        b"\x00" * 64,
        b"INVITE\r\n\r\n",
        b"INVITE sip:x SIP/2.0\r\n" + b"A" * 3000,
        b"INVITE sip:x SIP/2.0\r\nVia: \xff\xfe\r\nFrom: <\r\nTo: >\r\nCall-ID:\r\nCSeq: x INVITE\r\n\r\n",
        b"SIP/2.0 999 ???\r\n\r\n",
        b"OPTIONS sip:x SIP/2.0\r\nContent-Length: 99999999\r\n\r\n",
    ],
)
def test_malformed_sip_harms_nothing(registered: Toolbar, pbx: SipPeer, engine: EngineProcess, datagram: bytes) -> None:
    pbx.send_raw(datagram)
    pbx.invite().wait_status(180)

    assert engine.alive


@pytest.mark.parametrize(
    "body",
    [
        "v=0\r\n",
        "garbage",
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 0 RTP/AVP 8\r\n",
        sdp(4000) + "a=ptime:-1\r\n",
        "v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 ::1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\n",
    ],
)
def test_sdp_that_cannot_be_used_is_refused_in_the_end(
    registered: Toolbar, pbx: SipPeer, engine: EngineProcess, body: str
) -> None:
    call = pbx.invite(body=body)

    def settled() -> bool:
        return any(response.status >= 180 for response in call.responses)

    assert pbx.wait(settled)
    pbx.invite().wait_status(180)
    assert engine.alive


def test_a_refer_inside_a_call_is_refused_and_not_obeyed(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite()
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(port.Answer(call=ringing.id))
    registered.wait_state(CallState.CONNECTED)
    call.request("REFER", [("Refer-To", f"<sip:premium@{pbx.address}>"), ("Referred-By", "<sip:x@y>")])
    call.wait_status(603, "REFER")

    registered.drain()
    assert pbx.requests("INVITE") == []


@pytest.mark.parametrize(
    "caller",
    [
        '"<b>bold</b> & \\"quoted\\"" <sip:1234@pbx.test>',
        '"\u202egnp.exe \u0007 bell" <sip:1234@pbx.test>',
        f'"{"x" * 3000}" <sip:1234@pbx.test>',
        '"bad \udcff\udcfe bytes" <sip:1234@pbx.test>',
    ],
)
def test_a_hostile_caller_name_becomes_plain_short_text(registered: Toolbar, pbx: SipPeer, caller: str) -> None:
    pbx.invite(caller=caller, body="")
    ringing = registered.wait_state(CallState.RINGING)

    assert ringing.remote.number == "1234"
    assert ringing.remote.name.isprintable()
    assert 0 < len(ringing.remote.name) <= 120


def test_a_subscription_is_refused(registered: Toolbar, pbx: SipPeer) -> None:
    call = PeerCall(pbx, "sub-1", "<sip:x@pbx.test>;tag=1", "<sip:1001@pbx.test>", pbx.contact)
    pbx.calls[call.call_id] = call
    call.request("SUBSCRIBE", [("Event", "presence"), ("Expires", "0"), ("Accept", "application/pidf+xml")])

    call.wait_status(603, "SUBSCRIBE")


def test_an_invite_that_would_replace_a_call_is_not_obeyed(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite()
    registered.send(port.Answer(call=registered.wait_state(CallState.RINGING).id))
    connected = registered.wait_state(CallState.CONNECTED)
    answer = call.wait_status(200)
    to_tag, from_tag = tag_in(answer.get("To")), tag_in(call.local)
    thief = pbx.invite([("Replaces", f"{call.call_id};to-tag={to_tag};from-tag={from_tag}"), ("Require", "replaces")])

    assert pbx.wait(lambda: any(response.status >= 300 for response in thief.responses))
    registered.drain()
    assert [one.state for one in registered.calls() if one.id == connected.id][-1] is CallState.CONNECTED


def test_a_copy_of_an_invite_does_not_ring_twice(registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite()
    registered.wait_state(CallState.RINGING)
    call.wait_status(180)
    copy = pbx.invite(call_id=call.call_id)

    copy.wait_status(482)
    assert len({one.id for one in registered.calls()}) == 1


def goodbyes(pbx: SipPeer) -> list[SipText]:
    """What took a registration back."""
    return [one for one in pbx.requests("REGISTER") if one.get("Expires") == "0"]


def test_a_call_on_the_account_of_an_earlier_call_outlives_that_call(registered: Toolbar, pbx: SipPeer) -> None:
    """The account was changed during a call, so that two accounts of one user stand side by side."""
    earlier = pbx.invite()
    first = registered.wait_state(CallState.RINGING)
    registered.send(port.Answer(call=first.id))
    registered.wait_state(CallState.CONNECTED, first.id)
    registered.register(pbx.port, display_name="Another", trusts_identity=False)

    later = pbx.invite([PAI])
    second = registered.wait_state(CallState.RINGING)
    registered.send(port.Answer(call=second.id))
    registered.wait_state(CallState.CONNECTED, second.id)
    earlier.bye()
    registered.wait_state(CallState.ENDED, first.id)
    registered.drain()
    registered.send(port.Hold(call=second.id))
    assert "sendonly" in later.wait_request("INVITE").body
    registered.wait_call(lambda one: one.id == second.id and one.held)
    assert not goodbyes(pbx), "the account of a live call was given back"
    registered.send(port.HangUp(call=second.id))
    later.wait_request("BYE")
    registered.wait_state(CallState.ENDED, second.id)

    assert pbx.wait(lambda: bool(goodbyes(pbx))), "the earlier account stays for ever"
    pbx.invite()
    assert registered.wait_state(CallState.RINGING).id not in {first.id, second.id}
