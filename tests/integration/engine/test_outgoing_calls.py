"""The engine dials, holds, mutes and sends digits to a real SIP peer."""

from __future__ import annotations

import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallEndCause, CallParty, CallSnapshot, CallState
from agent_toolbar.domain.registration import RegistrationState
from tests.integration.engine.engine_process import Toolbar
from tests.integration.engine.sip_peer import PeerCall, Reply, SipPeer
from tests.integration.engine.sip_wire import SipText, sdp


def dial(toolbar: Toolbar, target: str = "+33123456789", call: str = "c1") -> None:
    toolbar.send(port.Dial(call=call, target=target, request=10))


def connect(toolbar: Toolbar, pbx: SipPeer) -> PeerCall:
    dial(toolbar)
    invite = pbx.wait_for("INVITE")
    toolbar.wait_state(CallState.CONNECTED)
    return pbx.call_of(invite)


def test_a_dialled_number_rings_and_is_answered(registered: Toolbar, pbx: SipPeer) -> None:
    dial(registered)
    dialing = registered.wait_state(CallState.DIALING)
    registered.wait_state(CallState.ALERTING)
    connected = registered.wait_state(CallState.CONNECTED)
    registered.send(port.HangUp(call="c1"))
    ended = registered.wait_state(CallState.ENDED)
    invite = pbx.requests("INVITE")[0]

    assert (dialing.id, dialing.remote.number) == ("c1", "+33123456789")
    assert connected.ringing_s > 0
    assert invite.start == "INVITE sip:+33123456789@127.0.0.1 SIP/2.0"
    assert invite.get("Call-ID") == connected.sip_call_id
    assert (ended.end_cause, ended.ended_by) == (CallEndCause.HUNG_UP, CallParty.LOCAL)
    pbx.call_of(invite).wait_request("BYE")


def test_the_offer_holds_the_codecs_of_the_account_in_their_order(toolbar: Toolbar, pbx: SipPeer) -> None:
    toolbar.register(pbx.port, codecs=("PCMA", "G722"))
    dial(toolbar)

    media = next(line for line in pbx.wait_for("INVITE").body.splitlines() if line.startswith("m=audio"))
    assert media.split()[3:5] == ["8", "9"]
    assert "0" not in media.split()[3:]


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (486, CallEndCause.BUSY),
        (404, CallEndCause.NOT_FOUND),
        (403, CallEndCause.NOT_ALLOWED),
        (488, CallEndCause.NO_COMMON_CODEC),
        (503, CallEndCause.UNREACHABLE),
        (603, CallEndCause.DECLINED),
        (302, CallEndCause.FAILED),
    ],
)
def test_a_final_answer_becomes_a_cause(registered: Toolbar, pbx: SipPeer, status: int, cause: CallEndCause) -> None:
    contact = [("Contact", "<sip:premium@127.0.0.3>")] if status == 302 else []
    pbx.invite_rule = lambda _: [Reply(status, headers=contact)]
    dial(registered)
    ended = registered.wait_state(CallState.ENDED)

    assert ended.end_cause is cause
    assert len(pbx.requests("INVITE")) == 1


@pytest.mark.parametrize(
    ("status", "q850", "cause"),
    [
        (403, 21, CallEndCause.DECLINED),
        (503, 17, CallEndCause.BUSY),
        (480, 1, CallEndCause.NOT_FOUND),
        (500, 19, CallEndCause.NO_ANSWER),
        (404, 17, CallEndCause.NOT_FOUND),
    ],
)
def test_the_cause_of_the_telephone_network_explains_a_generic_status(
    registered: Toolbar, pbx: SipPeer, status: int, q850: int, cause: CallEndCause
) -> None:
    pbx.invite_rule = lambda _: [Reply(180), Reply(status, headers=[("Reason", f"Q.850;cause={q850}")])]
    dial(registered)

    ended = registered.wait_state(CallState.ENDED)
    assert (ended.end_cause, ended.q850_cause) == (cause, q850)


def test_no_answer_after_ringing_is_told_apart_from_unreachable(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.invite_rule = lambda _: [Reply(180), Reply(480)]
    dial(registered)

    assert registered.wait_state(CallState.ENDED).end_cause is CallEndCause.NO_ANSWER


def test_early_media_is_told_so_that_no_ringback_is_played(registered: Toolbar, pbx: SipPeer) -> None:

    pbx.invite_rule = lambda _: [Reply(183, body=sdp(pbx.rtp_port))]
    dial(registered)
    early = registered.wait_call(lambda one: one.early_media)

    assert early.state is CallState.ALERTING


def test_hanging_up_before_any_answer_ends_the_call_at_once(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.invite_rule = lambda _: []
    dial(registered)
    pbx.wait_for("INVITE")
    registered.send(port.HangUp(call="c1"))

    assert registered.wait_state(CallState.ENDED).end_cause is CallEndCause.CANCELLED


def test_hanging_up_while_it_rings_cancels(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.invite_rule = lambda _: [Reply(180)]
    dial(registered)
    registered.wait_state(CallState.ALERTING)
    registered.send(port.HangUp(call="c1"))

    assert registered.wait_state(CallState.ENDED).end_cause is CallEndCause.CANCELLED
    pbx.wait_for("CANCEL")


def test_the_name_of_the_connected_party_is_taken_from_the_answer(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.invite_rule = lambda _: [Reply(200, headers=[("P-Asserted-Identity", '"Reception" <sip:100@pbx.test>')])]
    dial(registered)

    assert registered.wait_call(lambda one: one.remote.name == "Reception").remote.number == "100"


def test_hold_and_resume_are_negotiated(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    registered.send(port.Hold(call="c1"))
    assert registered.wait_call(lambda one: one.changing_hold).held is False
    assert registered.wait_call(lambda one: one.held).changing_hold is False
    registered.send(port.Resume(call="c1"))
    registered.wait_call(lambda one: not one.held and not one.changing_hold)

    assert "a=sendonly" in call.wait_request("INVITE").body
    assert "a=sendrecv" in call.wait_request("INVITE", 2).body


def connect_with_pcma(toolbar: Toolbar, pbx: SipPeer) -> PeerCall:
    """Though the account would rather have G.722."""
    pcma = sdp(pbx.rtp_port, "8 101")
    pbx.invite_rule = lambda _: [Reply(200, body=pcma)]
    dial(toolbar)
    toolbar.wait_call(lambda one: one.state is CallState.CONNECTED and one.codec == "PCMA")
    call = pbx.call_of(pbx.requests("INVITE")[0])
    call.sdp = pcma
    return call


def offered_codecs(message: SipText) -> list[str]:
    """The payloads of the audio line."""
    return next(line for line in message.body.splitlines() if line.startswith("m=audio")).split()[3:]


@pytest.mark.parametrize("answered", ["9 8 0", "8 9 0", "0 8 9"])
def test_of_several_codecs_in_an_answer_the_first_stays(registered: Toolbar, pbx: SipPeer, answered: str) -> None:
    """It is the one that a PBX sends from the beginning (decision 22)."""
    pbx.invite_rule = lambda _: [Reply(200, body=sdp(pbx.rtp_port, f"{answered} 101"))]
    dial(registered)
    registered.wait_state(CallState.CONNECTED)
    call = pbx.call_of(pbx.requests("INVITE")[0])
    call.sdp = sdp(pbx.rtp_port, f"{answered[0]} 101")
    settled = call.wait_request("INVITE")  # an UPDATE where the PBX allows it

    assert offered_codecs(settled)[0] == answered[0]
    assert len(offered_codecs(settled)) == 2
    before = len(pbx.rtp)
    assert pbx.wait(lambda: len(pbx.rtp) > before + 10)
    assert {payload for payload, _ in pbx.rtp} == {int(answered[0])}


def test_a_hold_that_cannot_even_be_asked_for_is_told_too(registered: Toolbar, pbx: SipPeer) -> None:
    """The library's own re-INVITE, which settles on one codec, gets no answer for long: ours must wait for it."""

    def answer(invite: SipText) -> list[Reply]:
        pbx.call_of(invite).reinvite_replies.append(100)
        return [Reply(200, body=sdp(pbx.rtp_port, "8 0 101"))]

    pbx.invite_rule = answer
    dial(registered)
    registered.wait_state(CallState.CONNECTED)
    call = pbx.call_of(pbx.requests("INVITE")[0])
    settling = call.wait_request("INVITE")
    registered.send(port.Hold(call="c1", request=31))
    refused = registered.wait(port.CommandRefused, timeout_s=45.0)
    assert (refused.request, refused.code) == (31, "hold_refused")
    registered.drain()
    assert (registered.calls()[-1].held, registered.calls()[-1].changing_hold) == (False, False)

    pbx.answer_later(settling, Reply(200, body=sdp(pbx.rtp_port, "8 101")))
    registered.send(port.Hold(call="c1"))
    registered.wait_call(lambda one: one.held)


def test_hold_and_resume_keep_the_codec_of_the_call(registered: Toolbar, pbx: SipPeer) -> None:
    """Whoever sends PCMA while the PBX turns to G.722 may be hung up on by it."""
    call = connect_with_pcma(registered, pbx)
    registered.send(port.Hold(call="c1"))
    registered.wait_call(lambda one: one.held)
    registered.send(port.Resume(call="c1"))
    registered.wait_call(lambda one: not one.held and not one.changing_hold)

    hold, resume = call.wait_request("INVITE"), call.wait_request("INVITE", 2)
    assert offered_codecs(hold)[0] == offered_codecs(resume)[0] == "8"
    assert [len(offered_codecs(one)) for one in (hold, resume)] == [2, 2]  # and telephone-event
    assert not [one for one in call.requests if one.method == "UPDATE"]


def test_a_pbx_that_asks_for_an_offer_gets_all_codecs_the_present_one_first(registered: Toolbar, pbx: SipPeer) -> None:
    """RFC 3261 section 14.2: such an offer holds all that we can, as somebody else may come to this call."""
    call = connect_with_pcma(registered, pbx)
    call.request("INVITE")

    offer = call.wait_status(200)
    assert offered_codecs(offer)[0] == "8"
    assert {"9", "0"} <= set(offered_codecs(offer))


def test_hold_and_resume_said_at_once_end_as_the_last_said(registered: Toolbar, pbx: SipPeer) -> None:
    connect(registered, pbx)
    for command in (port.Hold, port.Resume, port.Hold):
        registered.send(command(call="c1"))

    settled = registered.wait_call(lambda one: one.held and not one.changing_hold)
    assert settled.state is CallState.CONNECTED


def test_glare_is_tried_again_after_the_wait_of_the_standard(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    call.reinvite_replies.append(491)
    registered.send(port.Hold(call="c1"))
    registered.wait_call(lambda one: one.held)

    assert len([one for one in call.requests if one.method == "INVITE"]) == 2


def test_a_refused_hold_leaves_the_call_and_is_told(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    call.reinvite_replies.append(488)
    registered.send(port.Hold(call="c1", request=31))
    refused = registered.wait(port.CommandRefused)

    assert (refused.request, refused.code) == (31, "hold_refused")
    registered.drain()
    last = registered.calls()[-1]
    assert (last.held, last.changing_hold, last.state) == (False, False, CallState.CONNECTED)


def test_the_other_ends_hold_is_told(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    call.reinvite(direction="sendonly")
    registered.wait_call(lambda one: one.remote_held)
    call.reinvite()

    registered.wait_call(lambda one: not one.remote_held)


def test_digits_go_out_as_telephone_events(registered: Toolbar, pbx: SipPeer) -> None:
    connect(registered, pbx)
    registered.send(port.SendDtmf(call="c1", digits="4#"))
    registered.wait_call(lambda one: one.digits_sent == "4#")

    def events() -> set[int]:
        return {payload[0] for kind, payload in list(pbx.rtp) if kind == 101}

    assert pbx.wait(lambda: events() == {4, 11})


def test_digits_go_out_as_info_when_the_account_says_so(toolbar: Toolbar, pbx: SipPeer) -> None:
    toolbar.register(pbx.port, dtmf=port.DtmfMethod.SIP_INFO)
    call = connect(toolbar, pbx)
    toolbar.send(port.SendDtmf(call="c1", digits="7"))

    assert "Signal=7" in call.wait_request("INFO").body.replace(" ", "")


def test_received_digits_are_told(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    call.request("INFO", [("Content-Type", "application/dtmf-relay")], "Signal=5\r\nDuration=160\r\n")

    assert registered.wait(port.DtmfReceived).digit == "5"


def test_mute_is_told_and_keeps_the_call(registered: Toolbar, pbx: SipPeer) -> None:
    connect(registered, pbx)
    registered.send(port.Mute(call="c1", muted=True))
    registered.wait_call(lambda one: one.muted)
    registered.send(port.Mute(call="c1", muted=False))

    registered.wait_call(lambda one: not one.muted)


def test_quality_is_measured_once_a_second(registered: Toolbar, pbx: SipPeer) -> None:
    connect(registered, pbx)
    assert pbx.wait(lambda: len(pbx.rtp) > 50)  # our sound flows
    registered.drain()

    states: list[CallSnapshot] = registered.calls()
    assert all(one.quality is None for one in states)  # nothing comes back: nothing is claimed


def test_two_calls_at_once_keep_apart(registered: Toolbar, pbx: SipPeer) -> None:
    dial(registered, "201", "c1")
    registered.wait_state(CallState.CONNECTED, "c1")
    registered.send(port.Hold(call="c1"))
    registered.wait_call(lambda one: one.id == "c1" and one.held)
    dial(registered, "202", "c2")
    registered.wait_state(CallState.CONNECTED, "c2")
    registered.send(port.HangUp(call="c2"))
    registered.wait_state(CallState.ENDED, "c2")
    registered.send(port.Resume(call="c1"))

    assert registered.wait_call(lambda one: one.id == "c1" and not one.held).state is CallState.CONNECTED


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("", "bad_dial_target"),
        ("123\r\nX-Evil: 1", "bad_dial_target"),
        ('"><sip:x', "bad_dial_target"),
        ("a@b c", "bad_dial_target"),
        ("9" * 65, "bad_dial_target"),
    ],
)
def test_a_target_that_is_no_address_is_refused(registered: Toolbar, pbx: SipPeer, target: str, code: str) -> None:
    dial(registered, target)

    assert registered.wait(port.CommandRefused).code == code
    assert pbx.requests("INVITE") == []


def test_dialling_without_registration_is_refused(toolbar: Toolbar) -> None:
    dial(toolbar)

    assert toolbar.wait(port.CommandRefused).code == "not_registered"


def test_a_fifth_dialled_call_is_refused(registered: Toolbar, pbx: SipPeer) -> None:
    for number in range(4):
        dial(registered, "200", f"c{number}")
        registered.wait_state(CallState.CONNECTED, f"c{number}")
    dial(registered, "200", "c9")

    assert registered.wait(port.CommandRefused).code == "lines_full"


@pytest.mark.parametrize(
    "command",
    [port.Answer(call="x"), port.HangUp(call="x"), port.Hold(call="x"), port.SendDtmf(call="x", digits="1")],
)
def test_a_command_for_an_unknown_call_is_refused(registered: Toolbar, command: port.Command) -> None:
    registered.send(command)

    assert registered.wait(port.CommandRefused).code == "call_not_found"


def test_switching_cti_off_leaves_the_call(registered: Toolbar, pbx: SipPeer) -> None:

    call = connect(registered, pbx)
    registered.send(port.Unregister())
    registered.wait_registration(RegistrationState.OFF)
    registered.send(port.Hold(call="c1"))
    registered.wait_call(lambda one: one.held)
    registered.send(port.HangUp(call="c1"))

    call.wait_request("BYE")
