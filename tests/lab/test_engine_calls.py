"""Calls of the engine through a real PBX: who calls, what can be done, how and why they end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent_toolbar.application.ports.telephony import Answer, DtmfMethod, HangUp, Hold, Resume, SendDtmf, Unregister
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallParty, CallState
from agent_toolbar.domain.identity import IdentitySource
from agent_toolbar.domain.registration import RegistrationState
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.deadline import wait_until
from tests.lab.engine_session import EngineSession
from tests.lab.sipp import SippCustomer

Customer = Callable[..., BaresipCustomer]
Caller = Callable[..., SippCustomer]


@pytest.fixture
def session(pbx: AsteriskPbx, engine: Callable[..., EngineSession]) -> EngineSession:
    """An engine without sound device, registered as 1001."""
    session = engine()
    session.log_in(pbx)
    session.await_registered()
    return session


def test_a_call_rings_with_the_name_and_number_that_the_pbx_asserts(session: EngineSession, caller: Caller) -> None:
    caller("gives_up", name="Marie Dupont", number="+33123456789", pause_s=5)

    ringing = session.await_state(CallState.RINGING)

    assert ringing.direction is CallDirection.INCOMING
    assert (ringing.remote.name, ringing.remote.number) == ("Marie Dupont", "+33123456789")
    assert ringing.remote.source is IdentitySource.P_ASSERTED_IDENTITY
    assert ringing.sip_call_id


def test_the_number_dialled_before_a_diversion_is_known(session: EngineSession, caller: Caller) -> None:
    caller("gives_up", header='Diversion: "Sales" <sip:+33800111222@pbx.test>;reason=unconditional', pause_s=5)

    assert session.await_state(CallState.RINGING).called_on == "+33800111222"


def test_an_anonymous_caller_has_no_number(session: EngineSession, caller: Caller) -> None:
    caller("gives_up", name="Anonymous", number="anonymous", header="Privacy: id", pause_s=5)

    assert session.await_state(CallState.RINGING).remote.anonymous


def test_the_agent_answers_and_hangs_up(session: EngineSession, caller: Caller) -> None:
    ann = caller("waits_for_goodbye")
    call = session.await_state(CallState.RINGING).id

    session.send(Answer(call=call))
    connected = session.await_state(CallState.CONNECTED, call)
    session.send(HangUp(call=call))
    ended = session.await_state(CallState.ENDED, call)

    assert connected.answered_s >= connected.ringing_s >= connected.started_s > 0
    assert (ended.end_cause, ended.ended_by) == (CallEndCause.HUNG_UP, CallParty.LOCAL)
    assert ann.went_as_written(), ann.messages()


def test_the_customer_hangs_up(session: EngineSession, caller: Caller) -> None:
    caller("says_goodbye", pause_s=0.3)
    call = session.await_state(CallState.RINGING).id

    session.send(Answer(call=call))
    ended = session.await_state(CallState.ENDED, call)

    assert (ended.end_cause, ended.ended_by) == (CallEndCause.HUNG_UP, CallParty.REMOTE)
    assert not ended.missed


def test_a_customer_who_gives_up_is_missed(session: EngineSession, caller: Caller) -> None:
    caller("gives_up", pause_s=0.3)

    ended = session.await_state(CallState.ENDED)

    assert ended.end_cause is CallEndCause.CANCELLED
    assert ended.missed


def test_a_declined_call_is_over_for_both(session: EngineSession, caller: Caller, pbx: AsteriskPbx) -> None:
    caller("gives_up", pause_s=20)
    call = session.await_state(CallState.RINGING).id

    session.send(HangUp(call=call))

    assert session.await_state(CallState.ENDED, call).end_cause is CallEndCause.DECLINED
    wait_until(lambda: not pbx.channels(), 5, "the PBX to end the call")


def test_a_dialled_customer_is_seen_alerting_then_connected(
    session: EngineSession, customer: Customer, pbx: AsteriskPbx
) -> None:
    marie = customer(voice_hz=650, answers=False)

    call = session.dial(marie.number)
    session.await_state(CallState.ALERTING, call)
    marie.answer()
    connected = session.await_state(CallState.CONNECTED, call)

    assert connected.direction is CallDirection.OUTGOING
    assert connected.remote.number == marie.number
    assert len(pbx.channels()) == 2


def test_a_ringing_customer_can_be_given_up(session: EngineSession, pbx: AsteriskPbx) -> None:
    call = session.dial("603")
    session.await_state(CallState.ALERTING, call)

    session.send(HangUp(call=call))

    session.await_state(CallState.ENDED, call)
    wait_until(lambda: not pbx.channels(), 5, "the PBX to end the call")


@pytest.mark.parametrize(
    ("extension", "cause"),
    [
        ("602", CallEndCause.BUSY),
        ("606", CallEndCause.DECLINED),  # Asterisk says 403, and the cause of the telephone network
        ("609", CallEndCause.UNREACHABLE),
        ("699", CallEndCause.NOT_FOUND),
    ],
)
def test_a_failed_call_says_why(session: EngineSession, extension: str, cause: CallEndCause) -> None:
    call = session.dial(extension)

    ended = session.await_state(CallState.ENDED, call)

    assert ended.end_cause is cause
    assert ended.sip_status >= 400


def test_hold_and_resume_are_asked_of_the_pbx_and_confirmed(session: EngineSession, pbx: AsteriskPbx) -> None:
    call = session.dial("600")
    session.await_state(CallState.CONNECTED, call)

    session.send(Hold(call=call))
    session.await_call(lambda now: now.held and not now.changing_hold, call=call)
    session.send(Resume(call=call))
    session.await_call(lambda now: not now.held and not now.changing_hold, call=call)

    assert len(pbx.channels()) == 1


def test_digits_reach_the_pbx_after_a_hold_that_kept_the_codec(session: EngineSession, pbx: AsteriskPbx) -> None:
    call = session.dial("605")
    before = session.await_state(CallState.CONNECTED, call).codec
    session.send(Hold(call=call))
    session.await_call(lambda now: now.held and not now.changing_hold, call=call)
    session.send(Resume(call=call))
    resumed = session.await_call(lambda now: not now.held and not now.changing_hold, call=call)

    session.send(SendDtmf(call=call, digits="2*57"))

    wait_until(pbx.digits_received, 10, "the digits")
    assert pbx.digits_received() == ["2*57"]
    assert resumed.codec == before


@pytest.mark.parametrize("method", list(DtmfMethod))
def test_digits_reach_the_pbx(pbx: AsteriskPbx, engine: Callable[..., EngineSession], method: DtmfMethod) -> None:
    session = engine()
    session.log_in(pbx, dtmf=method)
    session.await_registered()
    call = session.dial("605")
    session.await_state(CallState.CONNECTED, call)

    session.send(SendDtmf(call=call, digits="2*57"))

    wait_until(pbx.digits_received, 10, "the digits")
    assert pbx.digits_received() == ["2*57"]


def test_two_calls_at_once_and_only_one_in_talk(session: EngineSession, caller: Caller, pbx: AsteriskPbx) -> None:
    first = session.dial("600")
    session.await_state(CallState.CONNECTED, first)
    ann = caller("waits_for_goodbye")
    second = session.await_state(CallState.RINGING).id

    session.send(Hold(call=first))
    session.await_call(lambda now: now.held, call=first)
    session.send(Answer(call=second))
    session.await_state(CallState.CONNECTED, second)

    assert [call.id for call in session.live_calls() if call.in_talk] == [second]
    session.send(HangUp(call=second))
    assert ann.went_as_written(), ann.messages()
    session.send(Resume(call=first))
    session.await_call(lambda now: now.in_talk, call=first)


def test_a_fifth_call_is_refused_and_known_as_missed(session: EngineSession, caller: Caller) -> None:
    for number in range(4):
        caller("gives_up", number=f"+3310000000{number}", pause_s=20)
        wait_until(lambda wanted=number + 1: len(session.live_calls()) == wanted, 10, "the call to ring")

    caller("gives_up", number="+33100000009", pause_s=20)

    refused = session.await_call(lambda call: call.end_cause is CallEndCause.LINES_FULL)
    assert refused.missed
    assert refused.remote.number == "+33100000009"
    assert len(session.live_calls()) == 4


def test_fifty_calls_at_once_leave_the_engine_alive(session: EngineSession, caller: Caller) -> None:
    flood = caller("gives_up", calls=50, pause_s=1)
    wait_until(flood.finished, 30, "the flood to end")
    wait_until(lambda: not session.live_calls(), 30, "all calls to end")

    call = session.dial("600")

    session.await_state(CallState.CONNECTED, call)
    assert session.running()
    assert any(call.end_cause is CallEndCause.LINES_FULL for call in session.calls.values())


def test_cti_off_lets_a_call_go_on(session: EngineSession, pbx: AsteriskPbx) -> None:
    call = session.dial("600")
    session.await_state(CallState.CONNECTED, call)

    session.send(Unregister())
    session.await_registration(lambda now: now.state is RegistrationState.OFF)

    assert session.calls[call].state is CallState.CONNECTED
    assert len(pbx.channels()) == 1


def test_a_caller_name_of_any_kind_is_shown_as_plain_text(session: EngineSession, caller: Caller) -> None:
    caller("gives_up", name=r"<b>Eve</b> \"the\" \u202eboss & Söhne", pause_s=5)

    name = session.await_state(CallState.RINGING).remote.name

    assert "Eve" in name
    assert "\u202e" not in name
    assert "Söhne" in name
