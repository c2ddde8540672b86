"""The engine outlives the toolbar with its calls, ends when nobody needs it, and can be replaced after a crash."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from agent_toolbar.application.ports.telephony import Answer, HangUp, Shutdown
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.registration import RegistrationState
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


def test_a_call_and_its_sound_go_on_without_a_toolbar_and_the_next_one_sees_it_whole(
    pbx: AsteriskPbx, headset: VirtualHeadset, engine: Engine, customer: Customer
) -> None:
    session = engine(headset.pulse_server)
    session.log_in(pbx)
    session.await_registered()
    marie = customer("marie", voice_hz=MARIE_HZ)
    with speaking(headset, AGENT_HZ), listening(headset) as ear:
        marie.call("1001")
        call = session.await_state(CallState.RINGING)
        session.send(Answer(call=call.id))
        before = session.await_state(CallState.CONNECTED, call.id)

        session.detach()
        assert marie.ear.comes_to_hear_tone(AGENT_HZ)
        assert ear.comes_to_hear_tone(MARIE_HZ)

        attached = session.attach().engine
        assert [(call.id, call.state, call.answered_s) for call in attached.calls] == [
            (before.id, CallState.CONNECTED, before.answered_s)
        ]
        assert attached.calls[0].remote.number == marie.number
        assert attached.registration.state is RegistrationState.REGISTERED
        assert attached.has_account


def test_a_call_that_comes_while_no_toolbar_is_there_is_in_the_next_snapshot(
    pbx: AsteriskPbx, engine: Engine, customer: Customer
) -> None:
    session = engine()
    session.log_in(pbx)
    session.await_registered()
    session.detach()
    marie = customer("marie", voice_hz=MARIE_HZ)

    marie.call("1001")
    wait_until(lambda: "is ringing" in pbx.log(), 5, "the engine to ring")

    assert [call.state for call in session.attach().engine.calls] == [CallState.RINGING]


def test_without_toolbar_and_call_it_ends_by_itself_and_takes_the_registration_back(
    pbx: AsteriskPbx, engine: Engine
) -> None:
    session = engine(arguments=("--idle-limit-s", "1"))
    session.log_in(pbx)
    session.await_registered()

    session.detach()

    wait_until(lambda: not session.running(), 10, "the engine to end")
    assert not pbx.registered("1001")


def test_with_a_call_it_stays_without_toolbar(pbx: AsteriskPbx, engine: Engine, customer: Customer) -> None:
    session = engine(arguments=("--idle-limit-s", "1"))
    session.log_in(pbx)
    session.await_registered()
    marie = customer("marie", voice_hz=MARIE_HZ)
    call = session.dial(marie.number)
    session.await_state(CallState.CONNECTED, call)

    session.detach()
    marie.ear.hears(3.0)
    assert session.running()

    marie.hang_up()
    wait_until(lambda: not session.running(), 10, "the engine to end")


def test_after_a_crash_a_new_engine_takes_the_registration_over(pbx: AsteriskPbx, engine: Engine) -> None:
    session = engine()
    session.log_in(pbx)
    session.await_registered()

    session.kill()
    session.start()
    session.log_in(pbx)

    session.await_registered()
    assert pbx.registered("1001")


def test_shutdown_ends_the_calls_of_the_customers(pbx: AsteriskPbx, engine: Engine) -> None:
    session = engine()
    session.log_in(pbx)
    session.await_registered()
    session.await_state(CallState.CONNECTED, session.dial("600"))

    session.send(Shutdown())

    wait_until(lambda: not session.running(), 10, "the engine to end")
    assert pbx.channels() == []
    assert not pbx.registered("1001")


def test_a_second_engine_of_the_same_profile_gives_way(engine: Engine) -> None:
    session = engine()

    second = subprocess.run(
        [sys.executable, "-m", "agent_toolbar.engine"], env=session.environ, timeout=20, check=False
    )

    assert second.returncode == 3
    assert session.running()


def test_many_short_calls_leave_nothing_behind(pbx: AsteriskPbx, engine: Engine) -> None:
    session = engine()
    session.log_in(pbx)
    session.await_registered()

    for _ in range(12):
        call = session.dial("600")
        session.await_state(CallState.CONNECTED, call)
        session.send(HangUp(call=call))
        session.await_state(CallState.ENDED, call)

    wait_until(lambda: not pbx.channels(), 5, "the PBX to have no call left")
    assert session.live_calls() == []
