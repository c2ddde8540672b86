"""kill -9 of the engine in a call: the next engine takes the call back from the PBX (RFC 3891). Wanted: within 3 s."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from agent_toolbar.application.ports.telephony import Answer, HangUp, Hold, Mute, Resume
from agent_toolbar.domain.call import CallEndCause, CallSnapshot, CallState
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.deadline import wait_until
from tests.lab.engine_session import EngineSession
from tests.lab.headset import VirtualHeadset
from tests.lab.voice import listening, speaking

Customer = Callable[..., BaresipCustomer]
Engine = Callable[..., EngineSession]

AGENT_HZ = 900
MARIE_HZ = 650
HOLD_MUSIC_HZ = 440
LIMIT_S = 3.0


@pytest.fixture
def session(pbx: AsteriskPbx, engine: Engine) -> EngineSession:
    session = engine()
    session.log_in(pbx)
    session.await_registered()
    return session


def kill_and_start_again(session: EngineSession, pbx: AsteriskPbx, *arguments: str) -> list[CallSnapshot]:
    """The calls that the new engine shows at once."""
    session.kill()
    session.start(*arguments)
    shown = list(session.attached.engine.calls)
    session.log_in(pbx)
    return shown


def is_back(call: CallSnapshot) -> bool:
    return call.live and not call.reconnecting and call.reconnected_s > 0


def answered(session: EngineSession, marie: BaresipCustomer) -> CallSnapshot:
    marie.call("1001")
    ringing = session.await_state(CallState.RINGING)
    session.send(Answer(call=ringing.id))
    return session.await_state(CallState.CONNECTED, ringing.id)


def test_agent_and_customer_talk_again_within_seconds(
    pbx: AsteriskPbx, headset: VirtualHeadset, engine: Engine, customer: Customer
) -> None:
    session = engine(headset.pulse_server)
    session.log_in(pbx)
    session.await_registered()
    marie = customer("marie", voice_hz=MARIE_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        before = answered(session, marie)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)

        killed_s = time.time()
        shown = kill_and_start_again(session, pbx)
        back = session.await_call(is_back, call=before.id)

        assert [(call.id, call.state, call.reconnecting) for call in shown] == [(before.id, CallState.CONNECTED, True)]
        assert back.reconnected_s - killed_s < LIMIT_S
        assert (back.state, back.answered_s, back.direction) == (
            CallState.CONNECTED,
            before.answered_s,
            before.direction,
        )
        assert back.remote == before.remote
        assert back.sip_call_id not in {"", before.sip_call_id}
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)
        assert ear.comes_to_hear_tone(MARIE_HZ)
    session.send(HangUp(call=before.id))
    wait_until(lambda: not pbx.channels(), 5, "the customer's call to end too")


def test_an_outgoing_call_comes_back_too(session: EngineSession, pbx: AsteriskPbx, customer: Customer) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    call = session.dial(marie.number)
    before = session.await_state(CallState.CONNECTED, call)

    kill_and_start_again(session, pbx)

    back = session.await_call(is_back, call=call)
    assert (back.remote.number, back.answered_s) == (before.remote.number, before.answered_s)
    wait_until(lambda: len(pbx.channels()) == 2, 5, "two legs at the PBX, none of them of the dead engine")
    marie.hang_up()
    assert session.await_state(CallState.ENDED, call).end_cause is CallEndCause.HUNG_UP


def test_a_held_call_comes_back_held_and_a_muted_one_muted(
    session: EngineSession, pbx: AsteriskPbx, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    call = answered(session, marie).id
    session.send(Mute(call=call, muted=True))
    session.send(Hold(call=call))
    session.await_call(lambda one: one.held and one.muted, call=call)
    assert marie.ear.comes_to_hear_tone(HOLD_MUSIC_HZ)
    seen = len(session.events)

    kill_and_start_again(session, pbx)

    session.await_call(lambda one: is_back(one) and one.held and not one.changing_hold, call=call)
    assert all(one.held and one.muted for one in session.told_of(call, since=seen))
    assert marie.ear.comes_to_hear_tone(HOLD_MUSIC_HZ)
    session.send(Resume(call=call))
    session.await_call(lambda one: not one.held and not one.changing_hold, call=call)


def test_customer_and_consultation_come_back_both(session: EngineSession, pbx: AsteriskPbx, customer: Customer) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    first = answered(session, marie).id
    session.send(Hold(call=first))
    session.await_call(lambda one: one.held, call=first)
    second = session.dial("600", consult_for=first)
    session.await_state(CallState.CONNECTED, second)

    kill_and_start_again(session, pbx)

    session.await_call(lambda one: is_back(one) and one.held and not one.changing_hold, call=first)
    back = session.await_call(is_back, call=second)
    assert (back.held, back.consult_for) == (False, first)


def test_a_second_death_is_survived_as_the_first(session: EngineSession, pbx: AsteriskPbx, customer: Customer) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    before = answered(session, marie)

    for _ in range(2):
        kill_and_start_again(session, pbx)
        since = session.attached.engine.started_s
        back = session.await_call(lambda one, since=since: is_back(one) and one.reconnected_s > since, call=before.id)

    assert back.answered_s == before.answered_s
    assert marie.ear.hears(0.5) is not None
    wait_until(lambda: len(pbx.channels()) == 2, 5, "two legs")


def test_a_customer_who_hung_up_meanwhile_is_said_to_be_lost(
    session: EngineSession, pbx: AsteriskPbx, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    call = answered(session, marie).id
    session.kill()
    marie.hang_up()
    wait_until(lambda: not pbx.channels(), 40, "the PBX to give up our leg")

    session.start()
    session.log_in(pbx)

    lost = session.await_state(CallState.ENDED, call)
    assert (lost.end_cause, lost.sip_status) == (CallEndCause.ENGINE_LOST, 481)
    assert lost.reconnecting is False


def test_the_agent_may_hang_up_before_it_is_back_and_the_customer_is_not_left_behind(
    session: EngineSession, pbx: AsteriskPbx, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    call = answered(session, marie).id
    session.kill()
    session.start()

    session.send(HangUp(call=call))
    ended = session.await_state(CallState.ENDED, call)
    session.log_in(pbx)

    assert ended.end_cause is CallEndCause.HUNG_UP
    wait_until(lambda: not pbx.channels(), 5, "the customer's leg to end")
    assert session.live_calls() == []


def test_an_account_that_does_not_register_takes_its_call_back_all_the_same(
    session: EngineSession, pbx: AsteriskPbx, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    call = answered(session, marie).id
    session.kill()
    session.start()

    session.set_account(pbx)

    session.await_call(is_back, call=call)
    session.send(HangUp(call=call))
    wait_until(lambda: not pbx.channels(), 5, "the customer's leg to end")


def test_a_call_that_only_rang_is_not_taken_back(session: EngineSession, pbx: AsteriskPbx, customer: Customer) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    marie.call("1001")
    session.await_state(CallState.RINGING)

    assert kill_and_start_again(session, pbx) == []


def test_an_engine_that_ends_in_good_order_leaves_nothing(session: EngineSession, pbx: AsteriskPbx) -> None:
    session.await_state(CallState.CONNECTED, session.dial("600"))
    session.stop()

    session.start()

    assert session.attached.engine.calls == ()
