"""The engine registers at a real registrar, keeps it up, and says in plain values what is wrong."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from agent_toolbar.application.ports.telephony import AccountConfig, Register, SetAccount, Unregister
from agent_toolbar.domain.registration import RegistrationFault, RegistrationState, Transport
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.deadline import wait_until
from tests.lab.engine_session import EngineSession
from tests.lab.free_ports import free_port

Engine = Callable[..., EngineSession]


@pytest.mark.parametrize("transport", list(Transport))
def test_registers(pbx: AsteriskPbx, engine: Engine, transport: Transport) -> None:
    session = engine()

    session.log_in(pbx, transport=transport)

    session.await_registered()
    assert session.registration.sip_status == 200
    assert session.registration.expires_s > 0
    assert pbx.registered("1001")


def test_a_wrong_password_is_refused_and_not_tried_on_and_on(pbx: AsteriskPbx, engine: Engine) -> None:
    session = engine()

    session.log_in(pbx, password="guessed")

    refused = session.await_registration(lambda now: now.state is RegistrationState.REFUSED)
    assert refused.fault is RegistrationFault.WRONG_PASSWORD
    assert refused.sip_status in {401, 403}
    assert not pbx.registered("1001")


def test_the_right_password_helps_after_the_wrong_one(pbx: AsteriskPbx, engine: Engine) -> None:
    session = engine()
    session.log_in(pbx, password="guessed")
    session.await_registration(lambda now: now.state is RegistrationState.REFUSED)

    session.log_in(pbx)

    session.await_registered()


def test_an_unknown_extension_is_refused(pbx: AsteriskPbx, engine: Engine) -> None:
    session = engine()

    session.log_in(pbx, "1999")

    refused = session.await_registration(lambda now: now.state is RegistrationState.REFUSED)
    assert refused.fault in {RegistrationFault.WRONG_PASSWORD, RegistrationFault.UNKNOWN_EXTENSION}


@pytest.mark.parametrize("transport", list(Transport))
def test_a_server_that_nobody_runs_is_unreachable_and_tried_again(engine: Engine, transport: Transport) -> None:
    session = engine()

    session.send(SetAccount(account=AccountConfig("127.0.0.1", "1001", "pw", port=free_port(), transport=transport)))
    session.send(Register())

    failed = session.await_registration(lambda now: now.state is RegistrationState.RETRYING)
    assert failed.fault is RegistrationFault.UNREACHABLE
    assert failed.retry_at_s > 0


def test_an_unknown_host_is_named_as_such(engine: Engine) -> None:
    session = engine()

    session.send(SetAccount(account=AccountConfig("pbx.invalid", "1001", "pw")))
    session.send(Register())

    session.await_registration(lambda now: now.fault is RegistrationFault.UNKNOWN_HOST)


def test_a_silent_registrar_is_given_up_for_now(engine: Engine) -> None:
    session = engine()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))

        session.send(SetAccount(account=AccountConfig("127.0.0.1", "1001", "pw", port=silent.getsockname()[1])))
        session.send(Register())

        failed = session.await_registration(lambda now: now.state is RegistrationState.RETRYING, timeout_s=40)
    assert failed.fault is RegistrationFault.TIMEOUT


def test_cti_off_takes_the_registration_back_and_on_registers_again(pbx: AsteriskPbx, engine: Engine) -> None:
    session = engine()
    session.log_in(pbx)
    session.await_registered()

    session.send(Unregister())
    session.await_registration(lambda now: now.state is RegistrationState.OFF)
    wait_until(lambda: not pbx.registered("1001"), 5, "the PBX to forget the telephone")

    session.send(Register())
    session.await_registered()
    assert pbx.registered("1001")


def test_a_lost_connection_is_seen_and_registered_again_when_the_pbx_is_back(pbx: AsteriskPbx, engine: Engine) -> None:
    session = engine()
    session.log_in(pbx, transport=Transport.TCP)
    session.await_registered()

    pbx.kill()
    session.await_registration(lambda now: now.state is not RegistrationState.REGISTERED, timeout_s=15)
    pbx.start()

    session.await_registered(timeout_s=40)
    assert pbx.registered("1001")


def test_a_registrar_that_forgets_us_is_told_again_in_time(pbx: AsteriskPbx, engine: Engine) -> None:
    session = engine()
    session.log_in(pbx, "1003")  # the PBX grants it 12 s, whatever it asks for
    session.await_registered()

    pbx.forget_registrations()
    assert not pbx.registered("1003")

    wait_until(lambda: pbx.registered("1003"), 15, "to be registered again")
    assert session.registration.state is RegistrationState.REGISTERED
