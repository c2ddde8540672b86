"""Both tags of a dialog are read from the messages that confirm it."""

from __future__ import annotations

import pytest

from agent_toolbar.engine.dialog_id import DialogId, dialog_of_answer, dialog_of_request
from agent_toolbar.engine.sip_headers import SipMessage


def message(start: str, from_: str, to: str, call_id: str = "a.b-c@host") -> SipMessage:
    return SipMessage(f"{start}\r\nf: {from_}\r\nTo: {to}\r\nCall-ID: {call_id}\r\n\r\n")


def test_in_an_answer_to_our_invite_from_is_ours() -> None:
    answer = message("SIP/2.0 200 OK", '"A;tag=no" <sip:me@x;tag=no>;tag=Ours', "<sip:you@x> ; TAG = as7F.x")

    assert dialog_of_answer(answer) == DialogId("a.b-c@host", local_tag="Ours", remote_tag="as7F.x")


def test_in_a_received_ack_to_is_ours() -> None:
    ack = message("ACK sip:me@x SIP/2.0", "sip:you@x;tag=theirs", "<sip:me@x>;tag=ours;x=y")

    assert dialog_of_request(ack) == DialogId("a.b-c@host", local_tag="ours", remote_tag="theirs")


@pytest.mark.parametrize(
    ("from_", "to", "call_id"),
    [("<sip:a@x>", "<sip:b@x>;tag=1", "c"), ("<sip:a@x>;tag=1", "<sip:b@x>", "c"), ("x;tag=1", "y;tag=2", "")],
)
def test_half_a_name_is_none(from_: str, to: str, call_id: str) -> None:
    assert dialog_of_answer(message("SIP/2.0 200 OK", from_, to, call_id)) is None
    assert dialog_of_request(message("ACK sip:x SIP/2.0", from_, to, call_id)) is None
