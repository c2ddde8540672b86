"""The engine registers, fails in each way that a PBX can fail, and recovers."""

from __future__ import annotations

import socket
import time

import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.registration import RegistrationFault, RegistrationState, Transport
from tests.integration.engine.engine_process import EngineProcess, Toolbar
from tests.integration.engine.sip_peer import SILENCE, Reply, SipPeer, always
from tests.integration.engine.sip_wire import SipText, uri_in


def test_the_account_registers_with_its_password(toolbar: Toolbar, pbx: SipPeer) -> None:
    registered = toolbar.register(pbx.port)

    assert (registered.sip_status, registered.fault) == (200, RegistrationFault.NONE)
    assert (registered.extension, registered.expires_s > 0) == ("1001", True)
    assert registered.registered_s > 0


def test_the_route_to_the_pbx_stays_off_the_wire(toolbar: Toolbar, pbx: SipPeer) -> None:
    toolbar.register(pbx.port)
    register = pbx.requests("REGISTER")[0]

    assert register.start == "REGISTER sip:127.0.0.1 SIP/2.0"
    assert register.get("Route") == ""


def test_the_account_registers_over_tcp(toolbar: Toolbar) -> None:
    with SipPeer("tcp") as pbx:
        assert toolbar.register(pbx.port, transport=Transport.TCP).transport is Transport.TCP
        assert "TCP" in pbx.requests("REGISTER")[0].get("Via")
        pbx.invite()
        toolbar.wait_state(CallState.RINGING)
        toolbar.send(port.Unregister())
        toolbar.wait_registration(RegistrationState.OFF)


class EagerPeer(SipPeer):
    """Asks no password; has a call for whoever registers, which overtakes its answer to the REGISTER."""

    def _on_register(self, message: SipText, by: socket.socket) -> None:
        contact, expires = uri_in(message.get("Contact")), message.get("Expires")
        if expires != "0":
            self.contact = contact
            self.invite()
        self._reply(message, Reply(200, "OK", [("Contact", f"<{contact}>;expires={expires}")]), by)


def test_a_call_that_overtakes_the_answer_to_the_registration_rings(toolbar: Toolbar) -> None:
    with EagerPeer() as pbx:
        toolbar.set_account(pbx.port)
        known: set[str] = set()
        for _ in range(8):  # whether one is too early is a matter of luck
            toolbar.send(port.Register())
            call = toolbar.wait_call(lambda one: one.id not in known)
            assert call.state is CallState.RINGING
            known.add(call.id)
            toolbar.send(port.HangUp(call=call.id))
            toolbar.send(port.Unregister())
            toolbar.wait_registration(RegistrationState.OFF)


def test_a_lost_tcp_connection_is_noticed_and_made_anew(toolbar: Toolbar) -> None:
    with SipPeer("tcp") as pbx:
        toolbar.register(pbx.port, transport=Transport.TCP)
        pbx.close_connections()
        assert toolbar.wait_registration(RegistrationState.RETRYING).fault is RegistrationFault.UNREACHABLE
        toolbar.wait_registration(RegistrationState.REGISTERED)
        pbx.invite()
        toolbar.wait_state(CallState.RINGING)
        toolbar.send(port.Unregister())
        toolbar.wait_registration(RegistrationState.OFF)


def test_a_wrong_password_is_refused_and_not_tried_again(toolbar: Toolbar, pbx: SipPeer) -> None:
    toolbar.set_account(pbx.port, password="wrong")
    toolbar.send(port.Register())
    refused = toolbar.wait_registration(RegistrationState.REFUSED)

    assert refused.fault is RegistrationFault.WRONG_PASSWORD
    assert refused.sip_status == 401
    assert refused.retry_at_s == 0


def test_a_registrar_that_always_challenges_is_left_alone_after_a_few_tries(toolbar: Toolbar, pbx: SipPeer) -> None:
    pbx.register_rule = lambda _: pbx.challenge()
    toolbar.set_account(pbx.port)
    toolbar.send(port.Register())

    assert toolbar.wait_registration(RegistrationState.REFUSED).fault is RegistrationFault.WRONG_PASSWORD
    assert len(pbx.requests("REGISTER")) <= 5


def test_no_password_at_all_is_told_apart(toolbar: Toolbar, pbx: SipPeer) -> None:
    toolbar.set_account(pbx.port, password="")
    toolbar.send(port.Register())

    assert toolbar.wait_registration(RegistrationState.REFUSED).fault is RegistrationFault.NO_PASSWORD


@pytest.mark.parametrize(
    ("status", "fault"), [(403, RegistrationFault.NOT_ALLOWED), (404, RegistrationFault.UNKNOWN_EXTENSION)]
)
def test_a_refusal_is_final(toolbar: Toolbar, pbx: SipPeer, status: int, fault: RegistrationFault) -> None:
    pbx.register_rule = always(status)
    toolbar.set_account(pbx.port)
    toolbar.send(port.Register())
    refused = toolbar.wait_registration(RegistrationState.REFUSED)

    assert (refused.fault, refused.sip_status) == (fault, status)


def test_without_an_account_registering_is_refused(toolbar: Toolbar) -> None:
    toolbar.send(port.Register())

    assert toolbar.wait_registration(RegistrationState.REFUSED).fault is RegistrationFault.NO_ACCOUNT


def test_retry_after_is_honoured(toolbar: Toolbar, pbx: SipPeer) -> None:
    pbx.register_rule = always(503, [("Retry-After", "40")])
    toolbar.set_account(pbx.port)
    toolbar.send(port.Register())
    retrying = toolbar.wait_registration(RegistrationState.RETRYING)

    assert retrying.fault is RegistrationFault.SERVER_ERROR
    assert 39 < retrying.retry_at_s - time.time() < 46


def test_register_said_again_while_retrying_tries_at_once(toolbar: Toolbar, pbx: SipPeer) -> None:
    pbx.register_rule = always(503, [("Retry-After", "600")])
    toolbar.set_account(pbx.port)
    toolbar.send(port.Register())
    toolbar.wait_registration(RegistrationState.RETRYING)
    pbx.register_rule = None
    toolbar.send(port.Register())

    toolbar.wait_registration(RegistrationState.REGISTERED)


def test_a_server_error_is_tried_again_by_itself(toolbar: Toolbar, pbx: SipPeer) -> None:
    def fail_once(_: SipText) -> Reply | None:
        return Reply(500) if len(pbx.requests("REGISTER")) == 1 else None

    pbx.register_rule = fail_once
    toolbar.set_account(pbx.port)
    toolbar.send(port.Register())
    toolbar.wait_registration(RegistrationState.RETRYING)

    toolbar.wait_registration(RegistrationState.REGISTERED)


def test_a_silent_registrar_is_a_timeout_well_before_the_librarys_own(toolbar: Toolbar, pbx: SipPeer) -> None:
    pbx.register_rule = lambda _: SILENCE
    toolbar.set_account(pbx.port)
    toolbar.send(port.Register())
    retrying = toolbar.wait_registration(RegistrationState.RETRYING, 12.0)

    assert (retrying.fault, retrying.sip_status) == (RegistrationFault.TIMEOUT, 0)


@pytest.mark.parametrize("transport", list(Transport))
def test_a_closed_port_is_unreachable_at_once(toolbar: Toolbar, transport: Transport) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        free_port = taken.getsockname()[1]
    toolbar.set_account(free_port, transport=transport)
    toolbar.send(port.Register())

    assert toolbar.wait_registration(RegistrationState.RETRYING, 3.0).fault is RegistrationFault.UNREACHABLE


@pytest.mark.parametrize("server", ["pbx.invalid", "no such host", "pbx..example"])
def test_an_unknown_host_is_named_so(toolbar: Toolbar, server: str) -> None:
    toolbar.set_account(5060, server=server)
    toolbar.send(port.Register(request=7))
    heard = toolbar.wait(
        port.Event,  # type: ignore[type-abstract]
        lambda event: (
            isinstance(event, port.CommandRefused)
            or (isinstance(event, port.RegistrationChanged) and event.registration.fault is not RegistrationFault.NONE)
        ),
    )

    if isinstance(heard, port.RegistrationChanged):
        assert heard.registration.fault is RegistrationFault.UNKNOWN_HOST
    else:
        assert isinstance(heard, port.CommandRefused)
        assert heard.code == "bad_account"


def test_a_registrar_that_refuses_the_refresh_is_registered_with_again(toolbar: Toolbar, pbx: SipPeer) -> None:
    pbx.expires_s = 6  # the library refreshes 5 s before the end

    def forget_once(request: SipText) -> Reply | None:
        return Reply(481) if len(pbx.requests("REGISTER")) == 3 else None

    pbx.register_rule = forget_once
    toolbar.register(pbx.port)
    toolbar.wait_registration(RegistrationState.RETRYING)

    toolbar.wait_registration(RegistrationState.REGISTERED)


def test_cti_off_takes_the_registration_back(registered: Toolbar, pbx: SipPeer) -> None:
    assert pbx.contact
    registered.send(port.Unregister())
    registered.wait_registration(RegistrationState.OFF)

    assert pbx.wait(lambda: not pbx.contact)


def test_cti_off_ends_also_when_the_registrar_is_silent(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.register_rule = lambda _: SILENCE
    registered.send(port.Unregister())

    registered.wait_registration(RegistrationState.OFF, 5.0)


def test_the_same_account_said_again_changes_nothing(registered: Toolbar, pbx: SipPeer) -> None:
    registers = len(pbx.requests("REGISTER"))
    registered.set_account(pbx.port)
    registered.send(port.Register())
    registered.drain()

    assert len(pbx.requests("REGISTER")) == registers


def test_another_account_takes_the_place_of_the_first(registered: Toolbar, pbx: SipPeer) -> None:
    pbx.user = "1002"
    registered.set_account(pbx.port, extension="1002")

    assert registered.wait_registration(RegistrationState.REGISTERED).extension == "1002"


def test_the_password_is_nowhere_in_the_logs(registered: Toolbar, pbx: SipPeer, engine: EngineProcess) -> None:
    registered.set_account(pbx.port, password="hunter2", extension="bad\r\nname")
    registered.wait(port.CommandRefused)
    registered.socket.sendall(b'{"type":"set_account","account":{"password":"hunter2"}}\n')
    refused = registered.wait(port.CommandRefused)

    assert refused.code == "malformed_command"
    assert "hunter2" not in engine.log() + refused.detail
