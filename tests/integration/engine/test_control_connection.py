"""Toolbars come, go, say nonsense or nothing; the engine and its calls go on."""

from __future__ import annotations

import signal
from collections.abc import Callable

import msgspec
import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.registration import RegistrationState
from tests.integration.engine.engine_process import WAIT_S, EngineProcess, Toolbar
from tests.integration.engine.sip_peer import SipPeer


def test_a_toolbar_of_another_protocol_is_answered_with_ours(engine: EngineProcess) -> None:
    client = engine.toolbar()
    client.socket.sendall(b'{"type":"attach","protocol":99,"request":1,"from_the_future":{"a":[1]}}\n')
    attached = client.wait(port.Attached)

    assert attached.protocol == port.PROTOCOL_VERSION
    assert attached.engine.pid == engine.process.pid
    client.close()


def test_nothing_but_attach_is_heard_before_attach(engine: EngineProcess) -> None:
    client = engine.toolbar()
    client.send(port.Shutdown(request=5))

    assert client.wait(port.CommandRefused).code == "not_attached"
    client.attach()
    client.close()


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"{}",
        b"[1,2",
        b'{"type":"fly_to_the_moon"}',
        b'{"type":"dial","call":"c","target":"1","surprise":true}',
        b'{"type":"dial","call":7,"target":"1"}',
        b'{"type":"dial","call":"\xff\xfe","target":"1"}',
        b'{"type":"dial","call":"\\ud800","target":"1"}',
        b'{"type":' + b"[" * 5000,
    ],
)
def test_a_malformed_line_is_refused_and_the_next_is_heard(toolbar: Toolbar, line: bytes) -> None:
    toolbar.socket.sendall(line + b"\n")

    assert toolbar.wait(port.CommandRefused).code in {"malformed_command", "not_registered"}
    toolbar.drain()


def test_a_line_without_end_loses_the_connection_only(engine: EngineProcess, toolbar: Toolbar) -> None:
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        toolbar.socket.sendall(b"x" * (1 << 24))
    client = engine.toolbar()

    assert client.attach().engine.pid == engine.process.pid
    client.close()


def test_a_second_toolbar_takes_the_place_of_the_first(engine: EngineProcess, toolbar: Toolbar) -> None:
    second = engine.toolbar()
    second.attach()
    toolbar.wait_closed()

    second.drain()
    second.close()


def test_a_toolbar_that_does_not_read_is_dropped_and_holds_nothing_up(
    engine: EngineProcess, registered: Toolbar, pbx: SipPeer
) -> None:
    flood = msgspec.json.encode(port.HangUp(call="x" * 60, request=1)) + b"\n"
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        registered.socket.sendall(flood * 100_000)
    client = engine.toolbar()
    client.attach()
    pbx.invite()

    client.wait_state(CallState.RINGING)
    client.close()


def test_a_toolbar_that_attaches_late_is_told_everything(
    engine: EngineProcess, registered: Toolbar, pbx: SipPeer
) -> None:
    call = pbx.invite()
    ringing = registered.wait_state(CallState.RINGING)
    registered.send(port.Answer(call=ringing.id))
    registered.wait_state(CallState.CONNECTED)
    registered.close()
    second = engine.toolbar()
    attached = second.attach()

    assert attached.engine.has_account
    assert attached.engine.registration.state is RegistrationState.REGISTERED
    (known,) = attached.engine.calls
    assert (known.id, known.state, known.sip_call_id) == (ringing.id, CallState.CONNECTED, call.call_id)
    second.send(port.HangUp(call=known.id))
    call.wait_request("BYE")
    second.close()


def test_an_engine_without_toolbar_and_call_ends_by_itself(start_engine: Callable[..., EngineProcess]) -> None:
    engine = start_engine(idle_limit_s=0.5)
    client = engine.toolbar()
    client.attach()
    client.close()

    assert engine.process.wait(WAIT_S) == 0
    assert not engine.endpoint.path.exists()


def test_an_engine_with_a_call_stays_and_ends_after_it(
    start_engine: Callable[..., EngineProcess], pbx: SipPeer
) -> None:
    engine = start_engine(idle_limit_s=1.5)
    client = engine.toolbar()
    client.attach()
    client.register(pbx.port)
    call = pbx.invite()
    client.send(port.Answer(call=client.wait_state(CallState.RINGING).id))
    client.wait_state(CallState.CONNECTED)
    client.close()
    packets = len(pbx.rtp)
    assert pbx.wait(lambda: len(pbx.rtp) > packets + 150)  # three seconds of sound later, twice the limit
    assert engine.alive
    call.bye()

    assert engine.process.wait(WAIT_S) == 0


def test_sigterm_hangs_up_and_unregisters(engine: EngineProcess, registered: Toolbar, pbx: SipPeer) -> None:
    call = pbx.invite()
    registered.send(port.Answer(call=registered.wait_state(CallState.RINGING).id))
    registered.wait_state(CallState.CONNECTED)
    engine.process.send_signal(signal.SIGTERM)
    registered.wait(port.EngineStopping)

    call.wait_request("BYE")
    assert pbx.wait(lambda: not pbx.contact)
    assert engine.process.wait(WAIT_S) == 0


def test_shutdown_ends_the_engine(engine: EngineProcess, toolbar: Toolbar) -> None:
    toolbar.send(port.Shutdown())
    toolbar.wait(port.EngineStopping)

    assert engine.process.wait(WAIT_S) == 0


def test_a_second_engine_of_the_profile_does_not_start(engine: EngineProcess, toolbar: Toolbar) -> None:
    second = engine.spawn()

    assert second.wait(WAIT_S) == 3
    toolbar.drain()


def test_the_audio_test_is_refused_during_a_call(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.invite()
    registered.wait_state(CallState.RINGING)
    registered.send(port.StartAudioTest(request=8))

    assert registered.wait(port.CommandRefused).code == "audio_test_in_call"
