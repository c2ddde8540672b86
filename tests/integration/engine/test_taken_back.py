"""What an engine does about the calls of a dead one, whatever the PBX says to that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallEndCause, CallParty, CallSnapshot, CallState
from agent_toolbar.domain.registration import RegistrationState
from tests.integration.engine.engine_process import EngineProcess
from tests.integration.engine.rtp_tone import TonePhone
from tests.integration.engine.sip_peer import SILENCE, Reply, SipPeer
from tests.integration.engine.sip_wire import SipText, tag_in


class Desk:
    """One profile whose engine dies and is started again."""

    def __init__(self, start: Callable[..., EngineProcess], pbx: SipPeer) -> None:
        self._start = start
        self.pbx = pbx
        self.engine = start()
        self.toolbar = self.engine.toolbar()
        self.toolbar.attach()
        self.toolbar.register(pbx.port)

    def connected(self, call: str = "c1") -> CallSnapshot:
        self.toolbar.send(port.Dial(call=call, target="600"))
        return self.toolbar.wait_state(CallState.CONNECTED, call)

    def kill(self) -> tuple[CallSnapshot, ...]:
        """Kills the engine and starts the next one; the calls that this shows at once."""
        self.toolbar.close()
        self.engine.process.kill()
        self.engine.process.wait()
        self.engine.process = self.engine.spawn()
        self.toolbar = self.engine.toolbar()
        return self.toolbar.attach().engine.calls

    def log_in(self) -> None:
        """Does not wait: the call may be back before the registration is."""
        self.toolbar.set_account(self.pbx.port)
        self.toolbar.send(port.Register())

    def silent(self, invite: SipText) -> list[Reply]:
        """No answer, to its repetitions neither."""
        del self.pbx.calls[invite.get("Call-ID")]
        return []

    @property
    def file(self) -> Path:
        return self.engine.endpoint.folder / "engine-calls.json"

    def attempts(self) -> list[SipText]:
        """The INVITEs that asked for a call back, each once."""
        asked = [one for one in self.pbx.messages if one.method == "INVITE" and one.get("Replaces")]
        return list({(one.get("Call-ID"), one.get("CSeq")): one for one in asked}.values())


@pytest.fixture
def desk(start_engine: Callable[..., EngineProcess], pbx: SipPeer) -> Iterator[Desk]:
    desk = Desk(start_engine, pbx)
    yield desk
    desk.toolbar.close()


def replaced(desk: Desk, call: CallSnapshot) -> str:
    """What Replaces must say of a call that the engine dialled."""
    invite = next(one for one in desk.pbx.messages if one.get("Call-ID") == call.sip_call_id)
    return f"{call.sip_call_id};to-tag=peer;from-tag={tag_in(invite.get('From'))}"


def test_it_asks_the_pbx_by_the_name_of_the_lost_dialog(desk: Desk) -> None:
    before = desk.connected()

    shown = desk.kill()
    desk.log_in()
    back = desk.toolbar.wait_call(lambda call: call.reconnected_s > 0)

    assert [(call.id, call.state, call.reconnecting, call.answered_s) for call in shown] == [
        ("c1", CallState.CONNECTED, True, before.answered_s)
    ]
    (invite,) = desk.attempts()
    assert invite.get("Replaces") == replaced(desk, before)
    assert invite.get("Require") == "replaces"
    assert invite.start.startswith("INVITE sip:1001@")
    assert (back.id, back.reconnecting, back.answered_s) == ("c1", False, before.answered_s)
    assert (back.remote, back.sip_call_id) == (before.remote, invite.get("Call-ID"))


def test_an_incoming_call_is_named_as_its_caller_knows_it(desk: Desk) -> None:
    incoming = desk.pbx.invite()
    ringing = desk.toolbar.wait_state(CallState.RINGING)
    desk.toolbar.send(port.Answer(call=ringing.id))
    desk.toolbar.wait_state(CallState.CONNECTED)

    desk.kill()
    desk.log_in()
    back = desk.toolbar.wait_call(lambda call: call.reconnected_s > 0)

    (invite,) = desk.attempts()
    tags = f"to-tag={tag_in(incoming.local)};from-tag={tag_in(incoming.remote)}"
    assert invite.get("Replaces") == f"{incoming.call_id};{tags}"
    assert back.remote == ringing.remote


@pytest.mark.parametrize("status", [481, 603, 404, 486, 500, 302])
def test_a_refusal_is_told_as_the_pbx_said_it(desk: Desk, status: int) -> None:
    desk.connected()
    desk.pbx.invite_rule = lambda _: [Reply(100), Reply(status, "No Such Call")]

    desk.kill()
    desk.log_in()

    lost = desk.toolbar.wait_state(CallState.ENDED)
    assert (lost.id, lost.end_cause, lost.ended_by) == ("c1", CallEndCause.ENGINE_LOST, CallParty.LOCAL)
    assert (lost.sip_status, lost.sip_reason, lost.reconnecting) == (status, "No Such Call", False)
    assert not desk.file.exists()
    desk.pbx.invite_rule = lambda _: [Reply(200)]
    assert desk.connected("c2").state is CallState.CONNECTED


@pytest.mark.parametrize("reply", [SILENCE, Reply(100), Reply(180)], ids=["silence", "trying", "ringing"])
def test_a_pbx_that_gives_no_answer_is_not_waited_for(desk: Desk, reply: Reply) -> None:
    desk.connected()
    desk.pbx.invite_rule = lambda invite: desk.silent(invite) if reply is SILENCE else [reply]

    desk.kill()
    desk.log_in()

    lost = desk.toolbar.wait_state(CallState.ENDED)
    assert (lost.end_cause, lost.sip_status) == (CallEndCause.ENGINE_LOST, 0)
    assert not desk.file.exists()


def test_without_registration_the_call_is_asked_for_with_the_account_alone(desk: Desk) -> None:
    desk.connected()

    desk.kill()
    desk.toolbar.set_account(desk.pbx.port)

    back = desk.toolbar.wait_call(lambda call: call.reconnected_s > 0)
    assert back.id == "c1"
    registrations = [event for event in desk.toolbar.events if isinstance(event, port.RegistrationChanged)]
    assert {event.registration.state for event in registrations} <= {RegistrationState.OFF}
    desk.toolbar.send(port.Dial(request=7, call="c2", target="600"))
    assert desk.toolbar.wait(port.CommandRefused).code == "not_registered"
    desk.toolbar.send(port.HangUp(call="c1"))
    desk.pbx.call_of(desk.attempts()[0]).wait_request("BYE")


@pytest.mark.parametrize("changes", [{"extension": "1002"}, {"server": "localhost"}])
def test_a_call_of_another_account_is_given_up(desk: Desk, changes: dict[str, str]) -> None:
    desk.connected()

    desk.kill()
    desk.toolbar.set_account(desk.pbx.port, **changes)

    lost = desk.toolbar.wait_state(CallState.ENDED)
    assert (lost.end_cause, lost.sip_status) == (CallEndCause.ENGINE_LOST, 0)
    desk.toolbar.drain()
    assert desk.attempts() == []
    assert not desk.file.exists()


def test_while_a_call_is_coming_back_only_what_makes_sense_is_done_with_it(desk: Desk) -> None:
    desk.connected()
    desk.kill()

    for command in (port.Answer(request=5, call="c1"), port.SendDtmf(request=6, call="c1", digits="1")):
        desk.toolbar.send(command)
        refused = desk.toolbar.wait(port.CommandRefused)
        assert (refused.request, refused.code) == (command.request, "call_not_connected")
    desk.toolbar.send(port.Hold(call="c1"))
    desk.toolbar.send(port.Mute(call="c1", muted=True))
    desk.log_in()

    back = desk.toolbar.wait_call(lambda call: call.reconnected_s > 0 and not call.changing_hold)
    assert (back.held, back.muted) == (True, True)
    assert "a=sendonly" in desk.pbx.call_of(desk.attempts()[0]).wait_request("INVITE").body


def test_a_transfer_of_the_dead_engine_counts_as_failed(desk: Desk) -> None:
    desk.connected()
    desk.toolbar.send(port.Refer(call="c1", target="1002"))
    desk.toolbar.wait_call(lambda call: call.refer is not None and call.refer.accepted)

    (shown,) = desk.kill()

    assert shown.refer is not None
    assert (shown.refer.failed, shown.refer.target) == (True, "1002")


class Parties:
    """A conference of "c1" and "c2", each with a telephone of its own, which it also has when it is back."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.phones = [TonePhone(450), TonePhone(1150)]
        self.lost: list[str] = []
        desk.toolbar.register(desk.pbx.port, codecs=("PCMA",))
        desk.pbx.invite_rule = self._answer
        self.dialogs: dict[str, TonePhone] = {}
        for call in ("c1", "c2"):
            desk.connected(call)
        desk.toolbar.send(port.Confer(calls=("c1", "c2")))
        desk.toolbar.wait_call(lambda one: one.id == "c2" and one.in_conference)

    def _answer(self, invite: SipText) -> list[Reply]:
        before = invite.get("Replaces").partition(";")[0]
        if before in self.lost:
            return [Reply(481, "Gone")]
        phone = self.dialogs[before] if before else self.phones[len(self.dialogs)]
        self.dialogs[invite.get("Call-ID")] = phone
        phone.send_to(invite.body)
        return [Reply(200, body=phone.sdp)]

    def come_back(self) -> None:
        self.desk.kill()
        self.desk.toolbar.set_account(self.desk.pbx.port, codecs=("PCMA",))
        self.desk.toolbar.send(port.Register())


@pytest.fixture
def parties(desk: Desk) -> Iterator[Parties]:
    parties = Parties(desk)
    yield parties
    for phone in parties.phones:
        phone.close()


def test_a_conference_comes_back_as_one(desk: Desk, parties: Parties) -> None:
    first, second = parties.phones
    assert first.hears(second)

    parties.come_back()
    for call in ("c1", "c2"):
        desk.toolbar.wait_call(lambda one, call=call: one.id == call and one.reconnected_s > 0)

    assert first.hears(second)
    assert second.hears(first)
    desk.toolbar.drain()
    assert all(one.in_conference and not one.held for one in desk.toolbar.calls())


def test_who_is_left_of_a_conference_is_in_talk(desk: Desk, parties: Parties) -> None:
    parties.lost = [next(iter(parties.dialogs))]

    parties.come_back()

    desk.toolbar.wait_call(lambda one: one.id == "c2" and one.in_talk and not one.in_conference)
    ends = [one for one in desk.toolbar.calls() if one.state is CallState.ENDED]
    assert [(one.id, one.end_cause, one.in_conference) for one in ends] == [("c1", CallEndCause.ENGINE_LOST, False)]


def test_hanging_up_first_ends_it_at_once_and_at_the_pbx_when_it_is_back(desk: Desk) -> None:
    desk.connected()
    desk.pbx.invite_rule = lambda _: [Reply(100)]
    desk.kill()
    desk.log_in()
    assert desk.pbx.wait(lambda: bool(desk.attempts()))

    desk.toolbar.send(port.HangUp(call="c1"))
    ended = desk.toolbar.wait_state(CallState.ENDED)
    (invite,) = desk.attempts()
    desk.pbx.answer_later(invite, Reply(200))

    assert (ended.end_cause, ended.ended_by) == (CallEndCause.HUNG_UP, CallParty.LOCAL)
    desk.pbx.call_of(invite).wait_request("BYE")
    desk.toolbar.drain()
    assert desk.toolbar.calls()[-1] == ended


def test_calls_that_are_coming_back_count_as_lines(desk: Desk) -> None:
    for number in range(3):
        desk.connected(f"c{number}")
    desk.pbx.invite_rule = lambda invite: desk.silent(invite) if invite.get("Replaces") else [Reply(200)]
    assert len(desk.kill()) == 3
    desk.log_in()
    desk.toolbar.wait_registration(RegistrationState.REGISTERED)

    assert desk.connected("d1").state is CallState.CONNECTED
    desk.toolbar.send(port.Dial(request=7, call="d2", target="600"))
    assert desk.toolbar.wait(port.CommandRefused).code == "lines_full"


def test_what_only_rang_or_was_dialled_is_not_asked_for(desk: Desk) -> None:
    desk.pbx.invite_rule = lambda _: [Reply(180)]
    desk.toolbar.send(port.Dial(call="c1", target="600"))
    desk.toolbar.wait_state(CallState.ALERTING)
    desk.pbx.invite()
    desk.toolbar.wait_state(CallState.RINGING)

    assert desk.kill() == ()


def test_an_engine_that_is_ended_leaves_no_call_behind(desk: Desk) -> None:
    desk.connected()
    assert desk.file.exists()

    desk.toolbar.send(port.Shutdown())
    desk.toolbar.wait_closed()
    assert desk.engine.process.wait(10) == 0

    assert not desk.file.exists()


def test_a_call_that_ended_leaves_no_trace(desk: Desk) -> None:
    desk.connected()
    desk.toolbar.send(port.HangUp(call="c1"))
    desk.toolbar.wait_state(CallState.ENDED)

    assert not desk.file.exists()


def test_a_call_whose_return_kills_engines_is_given_up(desk: Desk) -> None:
    desk.connected()
    desk.pbx.invite_rule = lambda _: [Reply(100)]

    for _ in range(3):
        assert len(desk.kill()) == 1
        seen = len(desk.attempts())
        desk.log_in()
        assert desk.pbx.wait(lambda seen=seen: len(desk.attempts()) > seen)

    assert desk.kill() == ()
