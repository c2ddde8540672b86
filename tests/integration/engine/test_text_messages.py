"""MESSAGE to and from the PBX, calls refused by order, and the name of the queue, on a real engine."""

from __future__ import annotations

import socket

import pytest

from agent_toolbar.application.ports import telephony as port
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.registration import RegistrationState
from tests.integration.engine.engine_process import Toolbar
from tests.integration.engine.sip_peer import Reply, SipPeer
from tests.integration.engine.sip_wire import SipText, parse


class TextingPeer(SipPeer):
    """Answers MESSAGE with `text_status`, 0: later, when the test says so."""

    text_status = 202

    def _take(self, received: bytes, source: tuple[str, int], by: socket.socket) -> None:
        if not received.startswith(b"MESSAGE "):
            super()._take(received, source, by)
            return
        message = parse(received, source)
        self.messages.append(message)
        self._reply(message, Reply(self.text_status), by)

    def answer_text(self, message: SipText, status: int) -> None:
        self._reply(message, Reply(status), None)


@pytest.fixture
def pbx():
    with TextingPeer() as peer:
        yield peer


@pytest.mark.parametrize("status", [202, 404, 503])
def test_the_answer_to_a_text_is_told_by_its_request(registered: Toolbar, pbx: TextingPeer, status: int) -> None:
    pbx.text_status = status
    registered.send(port.SendText(target="ctl", body="PAUSE 0a1b2c3d lunch", request=7))

    sent = pbx.wait_for("MESSAGE")
    assert sent.body == "PAUSE 0a1b2c3d lunch"
    assert sent.get("Content-Type") == "text/plain"
    answered = registered.wait(port.TextAnswered)
    assert (answered.request, answered.sip_status) == (7, status)


def test_a_text_that_is_answered_after_the_account_signed_off_harms_nobody(
    registered: Toolbar, pbx: TextingPeer
) -> None:
    pbx.text_status = 0
    registered.send(port.SendText(target="ctl", body="STATE 0a1b2c3d", request=8))
    sent = pbx.wait_for("MESSAGE")
    registered.send(port.Unregister())
    registered.wait_registration(RegistrationState.OFF)
    registered.drain()
    pbx.answer_text(sent, 202)
    assert registered.wait(port.TextAnswered).request == 8

    registered.send(port.Register())
    registered.wait_registration(RegistrationState.REGISTERED)
    pbx.invite()
    registered.wait_state(CallState.RINGING)


def text_to_engine(pbx: SipPeer, body: str, kind: str = "text/plain") -> bytes:
    target = pbx.contact.strip("<>")
    return (
        f"MESSAGE {target} SIP/2.0\r\nVia: SIP/2.0/UDP {pbx.address};branch=z9hG4bK{abs(hash(body))};rport\r\n"
        f"Max-Forwards: 70\r\nFrom: <sip:ctl@pbx.test>;tag=a\r\nTo: <sip:1001@pbx.test>\r\n"
        f"Call-ID: {abs(hash(body))}@t\r\nCSeq: 1 MESSAGE\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body.encode())}\r\n\r\n{body}"
    ).encode()


def test_a_text_of_the_pbx_is_told(registered: Toolbar, pbx: TextingPeer) -> None:
    pbx.send_raw(text_to_engine(pbx, "OK PAUSE 0a1b2c3d paused lunch"))

    received = registered.wait(port.TextReceived)
    assert (received.sender, received.body) == ("ctl", "OK PAUSE 0a1b2c3d paused lunch")


def test_a_text_from_elsewhere_or_of_another_kind_is_not_told(registered: Toolbar, pbx: TextingPeer) -> None:
    host, _, number = pbx.contact.partition("@")[2].strip("<>").partition(";")[0].partition(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind(("127.0.0.9", 0))
        stranger.sendto(text_to_engine(pbx, "from a stranger"), (host, int(number)))
    pbx.send_raw(text_to_engine(pbx, "<b>of another kind</b>", "text/html"))
    pbx.send_raw(text_to_engine(pbx, "the last"))

    assert registered.wait(port.TextReceived).body == "the last"


def test_calls_are_refused_by_order_and_let_in_again(registered: Toolbar, pbx: TextingPeer) -> None:
    registered.send(port.RefuseCalls(refusing=True))
    registered.send(port.SendText(target="ctl", body="done with that", request=1))
    registered.wait(port.TextAnswered)
    refused = pbx.invite()
    refused.wait_status(480)
    registered.send(port.RefuseCalls(refusing=False))
    registered.send(port.SendText(target="ctl", body="done with that too", request=2))
    registered.wait(port.TextAnswered, lambda event: event.request == 2)
    call = pbx.invite()
    call.wait_status(180)

    assert registered.wait_state(CallState.RINGING).sip_call_id == call.call_id


@pytest.mark.parametrize(("named", "queue"), [("support", "support"), ("no queue; x", ""), ("q" * 41, "")])
def test_the_queue_that_a_call_comes_from(registered: Toolbar, pbx: TextingPeer, named: str, queue: str) -> None:
    pbx.invite([("X-CTI-Queue", named)])

    assert registered.wait_state(CallState.RINGING).queue == queue


def test_a_registration_is_proved_by_a_request_now(registered: Toolbar, pbx: TextingPeer) -> None:
    before = len(pbx.requests("REGISTER"))
    registered.send(port.ProveRegistration(request=3))

    proved = registered.wait(port.RegistrationProved)
    assert (proved.request, proved.sip_status) == (3, 200)
    assert len(pbx.requests("REGISTER")) > before
