"""What agent and customer hear through engine, PBX and headset, measured at both ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent_toolbar.application.ports.telephony import Answer, HangUp, Hold, Mute, Resume
from agent_toolbar.domain.call import CallState
from tests.lab.asterisk_pbx import HOLD_MUSIC_HZ, AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.baresip_phone import RATE_HZ as CUSTOMER_RATE_HZ
from tests.lab.deadline import wait_until
from tests.lab.engine_session import EngineSession
from tests.lab.headset import RATE_HZ, RINGER, Samples, VirtualHeadset, tone_level_dbfs
from tests.lab.voice import listening, speaking

Customer = Callable[..., BaresipCustomer]

AGENT_HZ = 900
MARIE_HZ = 650
JEAN_HZ = 1250
WAITING_HZ = 440


@pytest.fixture
def session(pbx: AsteriskPbx, headset: VirtualHeadset, engine: Callable[..., EngineSession]) -> EngineSession:
    """An engine with a headset, registered as 1001."""
    session = engine(headset.pulse_server)
    session.log_in(pbx)
    session.await_registered()
    return session


def talk_with(session: EngineSession, customer: BaresipCustomer) -> str:
    """The customer calls, the agent answers; the id of the call."""
    customer.call("1001")
    call = session.await_call(lambda now: now.state is CallState.RINGING and now.remote.number == customer.number).id
    session.send(Answer(call=call))
    session.await_state(CallState.CONNECTED, call)
    return call


def test_agent_and_customer_hear_each_other(
    session: EngineSession, headset: VirtualHeadset, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)

    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        talk_with(session, marie)

        assert ear.comes_to_hear_tone(MARIE_HZ)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)


def test_an_agent_who_dials_hears_and_is_heard(
    session: EngineSession, headset: VirtualHeadset, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)

    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        session.await_state(CallState.CONNECTED, session.dial(marie.number))

        assert ear.comes_to_hear_tone(MARIE_HZ)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)


def test_a_customer_on_hold_hears_the_music_of_the_pbx_and_then_the_agent_again(
    session: EngineSession, headset: VirtualHeadset, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        call = talk_with(session, marie)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)

        session.send(Hold(call=call))
        assert marie.ear.comes_to_hear_tone(HOLD_MUSIC_HZ)
        assert ear.comes_to_hear_silence()

        session.send(Resume(call=call))
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)
        assert ear.comes_to_hear_tone(MARIE_HZ)


def test_a_muted_agent_sends_silence_and_still_hears(
    session: EngineSession, headset: VirtualHeadset, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        call = talk_with(session, marie)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)

        session.send(Mute(call=call, muted=True))
        session.await_call(lambda now: now.muted, call=call)
        assert marie.ear.comes_to_hear_silence()
        assert ear.hears().is_tone(MARIE_HZ)

        session.send(Mute(call=call, muted=False))
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)


def test_of_two_calls_only_the_one_in_talk_is_heard(
    session: EngineSession, headset: VirtualHeadset, customer: Customer
) -> None:
    marie, jean = customer("marie", voice_hz=MARIE_HZ), customer("jean", voice_hz=JEAN_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        first = talk_with(session, marie)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)  # Asterisk may lose a hold that comes with the answer
        session.send(Hold(call=first))
        session.await_call(lambda now: now.held and not now.changing_hold, call=first)

        second = talk_with(session, jean)
        assert ear.comes_to_hear_tone(JEAN_HZ)
        assert jean.ear.comes_to_hear_tone(AGENT_HZ)
        assert marie.ear.comes_to_hear_tone(HOLD_MUSIC_HZ)

        session.send(HangUp(call=second))
        session.await_state(CallState.ENDED, second)
        session.send(Resume(call=first))
        assert ear.comes_to_hear_tone(MARIE_HZ)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)


def test_sound_before_the_answer_is_heard(session: EngineSession, headset: VirtualHeadset) -> None:
    with listening(headset) as ear:
        call = session.dial("604")

        assert ear.comes_to_hear_tone(700)
        assert session.await_state(CallState.ALERTING, call).early_media


def test_a_ringback_is_heard_while_the_other_end_rings(session: EngineSession, headset: VirtualHeadset) -> None:
    with listening(headset) as ear:
        call = session.dial("603")
        session.await_state(CallState.ALERTING, call)

        wait_until(lambda: not ear.hears(0.3).silent, 10, "a ringback")
        session.send(HangUp(call=call))
        session.await_state(CallState.ENDED, call)
        assert ear.comes_to_hear_silence()


def test_an_incoming_call_rings_on_the_ringing_device_until_it_is_answered(
    session: EngineSession, headset: VirtualHeadset, customer: Customer
) -> None:
    session.ring_on(RINGER)
    marie = customer("marie", voice_hz=MARIE_HZ)
    with listening(headset, RINGER) as ringer, listening(headset) as ear:
        marie.call("1001")
        call = session.await_state(CallState.RINGING).id
        wait_until(lambda: not ringer.hears(0.3).silent, 10, "the ringer")
        assert ear.hears(0.3).silent

        session.send(Answer(call=call))
        assert ringer.comes_to_hear_silence()
        assert ear.comes_to_hear_tone(MARIE_HZ)


def test_a_call_goes_on_when_the_speaker_is_pulled_out(
    session: EngineSession, headset: VirtualHeadset, customer: Customer
) -> None:
    marie = customer("marie", voice_hz=MARIE_HZ)
    with speaking(headset, AGENT_HZ):
        call = talk_with(session, marie)
        headset.add_speaker("spare")
        headset.set_default_speaker("spare")
        headset.remove("headset-speaker")

        with listening(headset, "spare") as ear:
            assert ear.comes_to_hear_tone(MARIE_HZ)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)
        assert session.calls[call].state is CallState.CONNECTED


def test_a_call_without_any_sound_device_is_a_call(
    pbx: AsteriskPbx, engine: Callable[..., EngineSession], customer: Customer
) -> None:
    session = engine()
    session.log_in(pbx)
    session.await_registered()
    marie = customer("marie", voice_hz=MARIE_HZ)

    call = talk_with(session, marie)

    assert marie.ear.comes_to_hear_silence()
    assert session.calls[call].state is CallState.CONNECTED


def test_a_call_that_waits_in_a_talk_is_signalled_to_the_agent_only(
    session: EngineSession, headset: VirtualHeadset, customer: Customer
) -> None:
    marie, jean = customer("marie", voice_hz=MARIE_HZ), customer("jean", voice_hz=JEAN_HZ)
    recording = headset.listen()
    with speaking(headset, AGENT_HZ):
        talk_with(session, marie)
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)
        jean.call("1001")
        session.await_call(lambda now: now.state is CallState.RINGING and now.remote.number == jean.number)

        assert wait_until(lambda: loudest_dbfs(recording.so_far()[-RATE_HZ:], WAITING_HZ) > -40, 10.0, "the signal")
        assert loudest_dbfs(marie.heard()[-CUSTOMER_RATE_HZ * 5 :], WAITING_HZ, CUSTOMER_RATE_HZ) < -50
    recording.stop()


def loudest_dbfs(samples: Samples, hz: float, rate_hz: int = RATE_HZ) -> float:
    """Level of `hz` in the tenth of a second that has most of it."""
    block = rate_hz // 10
    blocks = [samples[begin : begin + block] for begin in range(0, len(samples) - block + 1, block)]
    return max((tone_level_dbfs(one, hz * RATE_HZ / rate_hz) for one in blocks), default=-120.0)
