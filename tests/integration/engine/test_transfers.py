"""The engine sends parties elsewhere: REFER with and without Replaces, redirect, and what the PBX makes of it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallEndCause, CallParty, CallState, ReferProgress
from tests.integration.engine.engine_process import Toolbar
from tests.integration.engine.sip_peer import SILENCE, PeerCall, Reply, SipPeer, always
from tests.integration.engine.sip_wire import SipText, tag_in

KEY = "0123456789abcdef0123456789abcdef"


def connect(toolbar: Toolbar, pbx: SipPeer, call: str = "c1", target: str = "+33123456789") -> PeerCall:
    count = len(pbx.requests("INVITE"))
    toolbar.send(port.Dial(call=call, target=target, request=10))
    toolbar.wait_state(CallState.CONNECTED, call)
    return pbx.call_of(pbx.wait_for("INVITE", count + 1))


def take(toolbar: Toolbar, pbx: SipPeer, caller: str = "<sip:+33612345678@pbx.test>") -> tuple[str, PeerCall]:
    """A customer calls and is answered."""
    customer = pbx.invite(caller=caller)
    ringing = toolbar.wait_state(CallState.RINGING)
    toolbar.send(port.Answer(call=ringing.id))
    toolbar.wait_state(CallState.CONNECTED, ringing.id)
    return ringing.id, customer


def wait_refer(toolbar: Toolbar, condition: str, call: str = "c1") -> ReferProgress:
    """The next progress of that call of which `condition` is true: "accepted" or "final"."""
    refer = toolbar.wait_call(lambda one: one.id == call and bool(getattr(one.refer, condition, False))).refer
    assert refer is not None
    return refer


def replaces_in(refer: SipText) -> dict[str, str]:
    """The parts of Replaces in a Refer-To."""
    found = next(part for part in refer.get("Refer-To").strip("<>").split("?")[1].split("&") if "Replaces=" in part)
    value = found.partition("=")[2]
    assert ";" not in value
    call_id, *tags = unquote(value).split(";")
    return {"call-id": call_id, **dict(tag.split("=", 1) for tag in tags)}


# ------------------------------------------------------------------ blind


def test_a_blind_transfer_is_followed_to_its_end(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002", request=20))
    refer = call.wait_request("REFER")
    accepted = wait_refer(registered, "accepted")
    for status in (100, 180):
        call.notify(status)
    ringing = registered.wait_call(lambda one: one.refer is not None and one.refer.sip_status == 180).refer
    call.notify(200, final=True)
    final = wait_refer(registered, "final")

    assert refer.get("Refer-To") == "<sip:1002@127.0.0.1>"
    assert (refer.get("X-CTI-Key"), refer.get("User-to-User")) == ("", "")
    assert (accepted.target, accepted.sip_status, accepted.final) == ("1002", 0, False)
    assert accepted.sent_s > 0
    assert ringing is not None
    assert (ringing.sip_reason, ringing.final) == ("Scripted", False)
    assert (final.sip_status, final.accepted, final.succeeded) == (200, True, True)


@pytest.mark.parametrize("status", [403, 405, 408, 420, 501, 603])
def test_a_refused_refer_is_final_and_leaves_the_call(registered: Toolbar, pbx: SipPeer, status: int) -> None:
    pbx.refer_rule = always(status)
    connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002"))
    final = wait_refer(registered, "final")

    assert (final.accepted, final.sip_status, final.failed) == (False, status, True)
    assert registered.calls()[-1].state is CallState.CONNECTED


@pytest.mark.parametrize("status", [404, 486, 503, 603])
def test_a_target_that_fails_is_told_and_leaves_the_call(registered: Toolbar, pbx: SipPeer, status: int) -> None:
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002"))
    wait_refer(registered, "accepted")
    call.notify(status, final=True)
    final = wait_refer(registered, "final")

    assert (final.accepted, final.sip_status, final.failed) == (True, status, True)
    assert registered.calls()[-1].state is CallState.CONNECTED


def test_after_a_failed_transfer_another_one_can_follow(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    pbx.refer_rule = always(403)
    registered.send(port.Refer(call="c1", target="1002"))
    wait_refer(registered, "final")
    pbx.refer_rule = always(202)
    registered.send(port.Refer(call="c1", target="1003"))
    wait_refer(registered, "accepted")
    call.notify(200, final=True)

    assert wait_refer(registered, "final").succeeded
    assert call.wait_request("REFER", 2).get("Refer-To") == "<sip:1003@127.0.0.1>"


def test_a_late_word_of_an_earlier_transfer_is_not_taken_for_the_next_ones(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002"))
    wait_refer(registered, "accepted")
    call.notify(486, final=True)
    wait_refer(registered, "final")
    registered.send(port.Refer(call="c1", target="1003"))
    wait_refer(registered, "accepted")
    call.notify(486, final=True, refer=1)
    call.notify(180)
    registered.wait_call(lambda one: one.refer is not None and one.refer.sip_status == 180)

    assert not any(one.refer.final for one in registered.calls() if one.refer and one.refer.target == "1003")
    assert [one.status for one in call.responses if one.cseq_method == "NOTIFY"][-1] == 200


def test_an_end_of_the_reports_without_a_result_is_final(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002"))
    wait_refer(registered, "accepted")
    call.notify(180)
    call.request("NOTIFY", [("Event", "refer"), ("Subscription-State", "terminated;reason=timeout")])
    final = wait_refer(registered, "final")

    assert (final.sip_status, final.failed) == (180, True)


def test_a_refer_without_any_answer_leaves_the_call(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.refer_rule = lambda _: SILENCE
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002"))
    final = registered.wait_call(lambda one: one.refer is not None and one.refer.final, timeout_s=40).refer
    registered.send(port.Hold(call="c1"))
    registered.wait_call(lambda one: one.held)

    assert final is not None
    assert (final.accepted, final.sip_status) == (False, 408)
    assert not [one for one in call.requests if one.method == "BYE"]


def test_a_challenged_refer_is_sent_again_with_the_answer(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.refer_rule = lambda request: Reply(202) if request.get("Authorization") else pbx.challenge()
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002", context=KEY))
    wait_refer(registered, "accepted")
    call.notify(200, final=True)

    assert wait_refer(registered, "final").succeeded
    assert call.wait_request("REFER", 2).get("X-CTI-Key") == KEY


def test_a_refer_whose_credentials_are_refused_is_final(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.refer_rule = lambda _: pbx.challenge()
    connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002"))
    final = wait_refer(registered, "final")

    assert (final.accepted, final.sip_status) == (False, 401)


def test_a_second_transfer_waits_for_the_end_of_the_first(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002"))
    wait_refer(registered, "accepted")
    registered.send(port.Refer(call="c1", target="1003", request=21))
    refused = registered.wait(port.CommandRefused)

    assert (refused.request, refused.code) == (21, "transfer_in_progress")
    assert sum(one.method == "REFER" for one in call.requests) == 1


def test_a_refer_waits_for_the_answer_to_the_hold_before_it(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    call.reinvite_replies.append(491)  # the hold takes its time: glare, then a second re-INVITE
    registered.send(port.Hold(call="c1"))
    registered.send(port.Refer(call="c1", target="1002"))
    waiting = registered.wait_call(lambda one: one.refer is not None).refer
    wait_refer(registered, "accepted")

    assert waiting is not None
    assert waiting.sent_s == 0.0
    assert [one.method for one in call.requests if one.method != "ACK"] == ["INVITE", "INVITE", "REFER"]
    assert registered.calls()[-1].held


def test_the_key_goes_with_the_refer_and_in_refer_to(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002", context=KEY))
    refer = call.wait_request("REFER")

    assert refer.get("X-CTI-Key") == KEY
    assert refer.get("User-to-User") == f"{KEY};encoding=hex"
    assert refer.get("Refer-To") == f"<sip:1002@127.0.0.1?X-CTI-Key={KEY}&User-to-User={KEY}%3Bencoding%3Dhex>"


@pytest.mark.parametrize("key", ["x", KEY[:-1], KEY + "0", KEY[:-1] + "g", KEY[:-2] + "\r\n", f"{KEY}\r\nX-Evil: 1"])
def test_what_is_no_key_is_refused_everywhere(registered: Toolbar, pbx: SipPeer, key: str) -> None:
    connect(registered, pbx)
    for command in (
        port.Refer(call="c1", target="1002", context=key, request=21),
        port.Dial(call="c2", target="1002", context=key, request=22),
    ):
        registered.send(command)
        refused = registered.wait(port.CommandRefused)
        assert (refused.request, refused.code) == (command.request, "bad_context_key")

    assert pbx.requests("REFER") == []
    assert len(pbx.requests("INVITE")) == 1


@pytest.mark.parametrize("target", ["", "12\r\nX: 1", "a@b c"])
def test_a_transfer_to_no_address_is_refused_and_leaves_no_trace(
    registered: Toolbar, pbx: SipPeer, target: str
) -> None:
    connect(registered, pbx)
    registered.send(port.Refer(call="c1", target=target))

    assert registered.wait(port.CommandRefused).code == "bad_dial_target"
    assert registered.calls()[-1].refer is None


def test_a_call_that_is_not_connected_cannot_be_transferred(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.invite()
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(port.Refer(call=ringing.id, target="1002"))

    assert registered.wait(port.CommandRefused).code == "call_in_other_state"


# ------------------------------------------------------------------ ends


def test_our_leg_ended_after_success_was_handed_over(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002"))
    wait_refer(registered, "accepted")
    call.notify(200, final=True)
    wait_refer(registered, "final")
    registered.send(port.HangUp(call="c1"))
    ended = registered.wait_state(CallState.ENDED)

    assert (ended.end_cause, ended.ended_by) == (CallEndCause.HANDED_OVER, CallParty.LOCAL)
    call.wait_request("BYE")


def test_our_leg_ended_by_the_pbx_after_the_202_was_handed_over(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002"))
    wait_refer(registered, "accepted")
    call.bye()
    ended = registered.wait_state(CallState.ENDED)

    assert (ended.end_cause, ended.ended_by) == (CallEndCause.HANDED_OVER, CallParty.REMOTE)


def test_a_leg_that_ends_after_the_transfer_failed_was_hung_up(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002"))
    wait_refer(registered, "accepted")
    call.notify(486, final=True)
    wait_refer(registered, "final")
    call.bye()

    assert registered.wait_state(CallState.ENDED).end_cause is CallEndCause.HUNG_UP


def test_a_leg_that_we_end_before_anything_is_known_was_hung_up(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.refer_rule = lambda _: SILENCE
    call = connect(registered, pbx)
    registered.send(port.Refer(call="c1", target="1002"))
    call.wait_request("REFER")
    registered.send(port.HangUp(call="c1"))

    assert registered.wait_state(CallState.ENDED).end_cause is CallEndCause.HUNG_UP


# ------------------------------------------------------------------ with Replaces


def test_a_customer_takes_the_place_of_our_call_with_the_colleague(registered: Toolbar, pbx: SipPeer) -> None:
    customer_id, customer = take(registered, pbx)
    registered.send(port.Hold(call=customer_id))
    registered.wait_call(lambda one: one.held)
    consult = connect(registered, pbx, "c2", "1002")
    registered.send(port.Refer(call=customer_id, replaces="c2", context=KEY))
    refer = customer.wait_request("REFER")
    accepted = wait_refer(registered, "accepted", customer_id)
    customer.notify(200, final=True)
    wait_refer(registered, "final", customer_id)
    consult.bye()
    ended = registered.wait_state(CallState.ENDED, "c2")

    invite = next(one for one in pbx.requests("INVITE") if one.get("Call-ID") == consult.call_id)
    assert refer.get("Refer-To").startswith("<sip:1002@127.0.0.1?Replaces=")
    assert refer.get("Refer-To").endswith(f"&X-CTI-Key={KEY}&User-to-User={KEY}%3Bencoding%3Dhex>")
    assert replaces_in(refer) == {
        "call-id": consult.call_id,
        "to-tag": "peer",
        "from-tag": tag_in(invite.get("From")),
    }
    assert (accepted.target, accepted.replaces) == ("1002", "c2")
    assert (ended.end_cause, ended.ended_by) == (CallEndCause.HANDED_OVER, CallParty.REMOTE)


def test_two_received_calls_are_joined_by_the_tag_in_the_ack(registered: Toolbar, pbx: SipPeer) -> None:
    first_id, first = take(registered, pbx)
    second_id, second = take(registered, pbx, "<sip:1003@pbx.test>")
    registered.send(port.Refer(call=first_id, replaces=second_id))
    refer = first.wait_request("REFER")

    assert refer.get("Refer-To").startswith("<sip:1003@127.0.0.1?Replaces=")
    assert replaces_in(refer) == {
        "call-id": second.call_id,
        "to-tag": tag_in(second.local),
        "from-tag": tag_in(second.remote),
    }


def test_a_call_without_a_number_can_be_replaced_too(registered: Toolbar, pbx: SipPeer) -> None:
    first_id, first = take(registered, pbx)
    second_id, _ = take(registered, pbx, '"Anonymous" <sip:anonymous@anonymous.invalid>')
    registered.send(port.Refer(call=first_id, replaces=second_id))

    assert first.wait_request("REFER").get("Refer-To").startswith("<sip:anonymous@127.0.0.1?Replaces=")


def test_a_colleague_who_still_rings_becomes_a_blind_target(registered: Toolbar, pbx: SipPeer) -> None:
    customer_id, customer = take(registered, pbx)
    pbx.invite_rule = lambda _: [Reply(180)]
    registered.send(port.Dial(call="c2", target="1002"))
    registered.wait_state(CallState.ALERTING, "c2")
    registered.send(port.Refer(call=customer_id, replaces="c2", context=KEY))
    waiting = registered.wait_call(lambda one: one.refer is not None).refer
    ended = registered.wait_state(CallState.ENDED, "c2")
    accepted = wait_refer(registered, "accepted", customer_id)
    refer = customer.wait_request("REFER")

    methods = [one.method for one in pbx.messages if one.method in {"CANCEL", "REFER"}]
    assert methods == ["CANCEL", "REFER"]
    assert refer.get("Refer-To") == f"<sip:1002@127.0.0.1?X-CTI-Key={KEY}&User-to-User={KEY}%3Bencoding%3Dhex>"
    assert (ended.end_cause, ended.ended_by) == (CallEndCause.CANCELLED, CallParty.LOCAL)
    assert waiting is not None
    assert (waiting.sent_s, waiting.target) == (0.0, "1002")
    assert (accepted.target, accepted.replaces) == ("1002", "")


def test_a_colleague_whose_cancel_is_not_answered_is_given_up_after_a_moment(registered: Toolbar, pbx: SipPeer) -> None:
    customer_id, customer = take(registered, pbx)
    pbx.invite_rule = lambda _: [Reply(180)]
    pbx.cancel_rule = lambda _: []
    registered.send(port.Dial(call="c2", target="1002"))
    registered.wait_state(CallState.ALERTING, "c2")
    registered.send(port.Refer(call=customer_id, replaces="c2"))

    assert registered.wait_state(CallState.ENDED, "c2").end_cause is CallEndCause.CANCELLED
    assert customer.wait_request("REFER").get("Refer-To") == "<sip:1002@127.0.0.1>"


def test_a_colleague_who_answers_in_the_moment_of_the_cancel(registered: Toolbar, pbx: SipPeer) -> None:
    customer_id, customer = take(registered, pbx)
    pbx.invite_rule = lambda _: [Reply(180)]
    pbx.cancel_rule = lambda _: [Reply(200)]
    registered.send(port.Dial(call="c2", target="1002"))
    registered.wait_state(CallState.ALERTING, "c2")
    registered.send(port.Refer(call=customer_id, replaces="c2"))
    refer = customer.wait_request("REFER")
    consult = pbx.call_of(pbx.wait_for("INVITE"))

    consult.wait_request("ACK")
    consult.wait_request("BYE")
    assert refer.get("Refer-To") == "<sip:1002@127.0.0.1>"
    registered.wait_state(CallState.ENDED, "c2")


def test_a_call_cannot_replace_itself_or_one_that_is_gone(registered: Toolbar, pbx: SipPeer) -> None:
    connect(registered, pbx)
    for replaces, code in (("c1", "call_in_other_state"), ("c9", "call_not_found")):
        registered.send(port.Refer(call="c1", replaces=replaces))
        assert registered.wait(port.CommandRefused).code == code

    assert registered.calls()[-1].refer is None


# ------------------------------------------------------------------ redirect, and what the PBX asks of us


@pytest.mark.parametrize("context", ["", KEY])
def test_a_ringing_call_is_sent_elsewhere(registered: Toolbar, pbx: SipPeer, context: str) -> None:
    call = pbx.invite()
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(port.Redirect(call=ringing.id, target="1002", context=context))
    moved = call.wait_status(302)
    ended = registered.wait_state(CallState.ENDED)

    key = f"?X-CTI-Key={KEY}&User-to-User={KEY}%3Bencoding%3Dhex" if context else ""
    assert moved.all("Contact") == [f"<sip:1002@127.0.0.1{key}>"]
    assert (ended.end_cause, ended.ended_by, ended.sip_status) == (CallEndCause.REDIRECTED, CallParty.LOCAL, 302)
    assert not ended.missed


def test_a_call_in_talk_cannot_be_redirected(registered: Toolbar, pbx: SipPeer) -> None:
    connect(registered, pbx)
    registered.send(port.Redirect(call="c1", target="1002"))

    assert registered.wait(port.CommandRefused).code == "call_in_other_state"


def test_a_refer_of_the_pbx_moves_nothing(registered: Toolbar, pbx: SipPeer) -> None:
    call = connect(registered, pbx)
    call.request("REFER", [("Refer-To", "<sip:premium@127.0.0.3>"), ("Referred-By", "<sip:boss@pbx.test>")])
    call.wait_status(603, "REFER")
    registered.send(port.Hold(call="c1"))
    held = registered.wait_call(lambda one: one.held)

    assert (held.state, held.refer) == (CallState.CONNECTED, None)
    assert len([one for one in pbx.requests("INVITE") if one.get("Call-ID") != call.call_id]) == 0
