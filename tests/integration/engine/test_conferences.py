"""The engine mixes two calls and the desk: who hears whom, by tones that the parties play."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallSnapshot, CallState
from tests.integration.engine.engine_process import Toolbar
from tests.integration.engine.rtp_tone import TonePhone
from tests.integration.engine.sip_peer import PeerCall, Reply, SipPeer
from tests.integration.engine.sip_wire import SipText, answer_direction

LIMIT_S = 45.0  # longer than the engine waits for an answer to a re-INVITE


class Parties:
    """A customer on hold (call "c1") and a colleague in talk ("c2"), each with a tone of its own."""

    def __init__(self, toolbar: Toolbar, pbx: SipPeer, customer: TonePhone, colleague: TonePhone) -> None:
        self.toolbar, self.pbx, self.customer, self.colleague = toolbar, pbx, customer, colleague
        pbx.invite_rule = self._answer
        self.legs = [self._connect("c1", "201"), self._connect("c2", "202")]

    def _phone(self, invite: SipText) -> TonePhone:
        return self.customer if ":201@" in invite.start else self.colleague

    def _answer(self, invite: SipText) -> list[Reply]:
        phone = self._phone(invite)
        phone.send_to(invite.body)
        return [Reply(200, body=phone.sdp)]

    def _connect(self, call: str, target: str) -> PeerCall:
        self.toolbar.send(port.Dial(call=call, target=target))
        self.toolbar.wait_state(CallState.CONNECTED, call)
        leg = self.pbx.call_of(next(one for one in self.pbx.requests("INVITE") if f":{target}@" in one.start))
        leg.sdp = self.customer.sdp if call == "c1" else self.colleague.sdp
        if call == "c1":
            self.toolbar.send(port.Hold(call=call))
            self.wait(lambda one: one.id == "c1" and one.held)
        return leg

    def wait(self, condition: object) -> CallSnapshot:
        return self.toolbar.wait_call(condition)  # type: ignore[arg-type]

    def confer(self) -> None:
        self.toolbar.send(port.Confer(calls=("c1", "c2"), request=30))
        self.toolbar.wait_call(lambda one: one.id == "c1" and one.in_conference and not one.held)

    def answer_late(self, leg: PeerCall, count: int) -> None:
        """200 to the count-th re-INVITE of a leg."""
        offer = leg.wait_request("INVITE", count)
        answer = leg.sdp.replace("a=sendrecv", f"a={answer_direction(offer.body)}")
        self.pbx.answer_later(offer, Reply(200, body=answer))

    def last(self, call: str) -> CallSnapshot:
        self.toolbar.drain()
        return [one for one in self.toolbar.calls() if one.id == call][-1]


@pytest.fixture
def parties(toolbar: Toolbar, pbx: SipPeer) -> Iterator[Parties]:
    customer, colleague = TonePhone(450), TonePhone(1150)
    toolbar.register(pbx.port, codecs=("PCMA",))
    try:
        yield Parties(toolbar, pbx, customer, colleague)
    finally:
        customer.close()
        colleague.close()


def test_in_a_conference_each_hears_the_other_and_not_itself(parties: Parties) -> None:
    assert parties.customer.hears_not(parties.colleague)
    parties.confer()

    assert parties.customer.hears(parties.colleague)
    assert parties.colleague.hears(parties.customer)
    assert parties.customer.hears_not(parties.customer)
    assert parties.colleague.hears_not(parties.colleague)
    assert (parties.last("c1").in_conference, parties.last("c2").in_conference) == (True, True)


def test_a_conference_that_ends_leaves_both_in_talk_and_apart(parties: Parties) -> None:
    parties.confer()
    assert parties.colleague.hears(parties.customer)
    parties.toolbar.send(port.Silence(call="c1", silenced=True))
    parties.toolbar.send(port.Confer(calls=()))
    parties.wait(lambda one: one.id == "c2" and not one.in_conference)

    assert parties.colleague.hears_not(parties.customer)
    assert parties.customer.hears_not(parties.colleague)
    first, second = parties.last("c1"), parties.last("c2")
    assert (first.in_talk, first.in_conference, first.silenced) == (True, False, False)
    assert (second.in_talk, second.in_conference) == (True, False)


def test_our_mute_does_not_silence_the_parties_for_each_other(parties: Parties) -> None:
    parties.confer()
    for call in ("c1", "c2"):
        parties.toolbar.send(port.Mute(call=call, muted=True))
    parties.wait(lambda one: one.id == "c2" and one.muted)

    assert parties.customer.hears(parties.colleague)
    assert parties.colleague.hears(parties.customer)


def test_a_silenced_party_hears_but_is_not_heard(parties: Parties) -> None:
    parties.confer()
    assert parties.colleague.hears(parties.customer)
    parties.toolbar.send(port.Silence(call="c1", silenced=True))
    parties.wait(lambda one: one.id == "c1" and one.silenced)

    assert parties.colleague.hears_not(parties.customer)
    assert parties.customer.hears(parties.colleague)
    parties.toolbar.send(port.Silence(call="c1", silenced=False))
    assert parties.colleague.hears(parties.customer)


def test_a_reinvite_in_a_conference_keeps_the_connections(parties: Parties) -> None:
    parties.confer()
    assert parties.colleague.hears(parties.customer)
    parties.legs[0].reinvite()
    parties.legs[0].wait_status(200)

    assert parties.colleague.hears(parties.customer)
    assert parties.customer.hears(parties.colleague)


def test_a_party_that_puts_us_on_hold_does_not_play_its_music_to_the_other(parties: Parties) -> None:
    parties.confer()
    assert parties.colleague.hears(parties.customer)
    parties.legs[0].reinvite(direction="sendonly")
    parties.wait(lambda one: one.id == "c1" and one.remote_held)
    assert parties.colleague.hears_not(parties.customer)
    parties.legs[0].reinvite()
    parties.wait(lambda one: one.id == "c1" and not one.remote_held)

    assert parties.colleague.hears(parties.customer)


def test_who_hangs_up_dissolves_the_conference_and_the_other_stays_in_talk(parties: Parties) -> None:
    parties.confer()
    parties.legs[1].bye()
    parties.toolbar.wait_state(CallState.ENDED, "c2")
    alone = parties.wait(lambda one: one.id == "c1" and not one.in_conference)

    assert alone.in_talk


def test_a_member_cannot_be_put_on_hold(parties: Parties) -> None:
    parties.confer()
    parties.toolbar.send(port.Hold(call="c1", request=31))
    refused = parties.toolbar.wait(port.CommandRefused)

    assert (refused.request, refused.code) == (31, "in_conference")
    assert not parties.last("c1").held


def test_a_customer_who_cannot_be_taken_off_hold_is_in_no_conference(parties: Parties) -> None:
    parties.legs[0].reinvite_replies.append(488)
    parties.toolbar.send(port.Confer(calls=("c1", "c2"), request=30))
    refused = parties.toolbar.wait(port.CommandRefused)

    assert (refused.request, refused.code) == (30, "hold_refused")
    assert (parties.last("c1").in_conference, parties.last("c2").in_conference) == (False, False)
    assert parties.last("c1").held


def test_answers_that_come_too_late_leave_nobody_in_silence(parties: Parties) -> None:
    """Resume of the customer and hold of the colleague are answered after we gave them up, and count then."""
    customer, colleague = parties.legs
    for leg in parties.legs:
        leg.reinvite_replies.append(100)
    parties.toolbar.send(port.Confer(calls=("c1", "c2"), request=30))
    customer.wait_request("INVITE", 2)
    parties.toolbar.send(port.Confer(calls=()))
    parties.toolbar.send(port.Hold(call="c2", request=31))
    colleague.wait_request("INVITE")
    given_up = {parties.toolbar.wait(port.CommandRefused, timeout_s=LIMIT_S).request for _ in parties.legs}
    assert given_up == {30, 31}
    assert (parties.last("c1").held, parties.last("c2").held) == (True, False)  # as far as anybody knows

    parties.answer_late(customer, 2)
    parties.answer_late(colleague, 1)
    assert "a=sendonly" in customer.wait_request("INVITE", 3).body  # music again for who is shown as held
    assert "a=sendrecv" in colleague.wait_request("INVITE", 2).body  # and talk for who is shown as in talk
    parties.wait(lambda one: one.id == "c1" and one.held and not one.changing_hold)
    parties.wait(lambda one: one.id == "c2" and one.in_talk and not one.changing_hold)
    parties.confer()

    assert parties.colleague.hears(parties.customer)
    assert parties.customer.hears(parties.colleague)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (port.Confer(calls=("c1", "c9")), "call_not_found"),
        (port.Confer(calls=("c1", "c2", "c3")), "call_operation_failed"),
        (port.Silence(call="c1", silenced=True), "not_in_conference"),
    ],
)
def test_what_makes_no_conference_is_refused(parties: Parties, command: port.Command, code: str) -> None:
    parties.toolbar.send(command)

    assert parties.toolbar.wait(port.CommandRefused).code == code
    assert parties.last("c1").held


def test_a_ringing_call_is_no_member(parties: Parties) -> None:
    parties.pbx.invite()
    ringing = parties.toolbar.wait_state(CallState.RINGING)
    parties.toolbar.send(port.Confer(calls=("c2", ringing.id)))

    assert parties.toolbar.wait(port.CommandRefused).code == "call_in_other_state"
    assert not parties.last("c2").in_conference
