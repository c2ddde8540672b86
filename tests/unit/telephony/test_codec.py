from __future__ import annotations

import json

import msgspec
import pytest

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.telephony.codec import EngineSpeechError, decode_event, encode_command, peek
from tests.fakes.engine_script import EngineScript


def test_a_command_is_one_line_with_its_kind() -> None:
    line = encode_command(wire.SendDtmf(call="c1", digits="1\n2"))
    assert line.endswith(b"}\n")
    assert line.count(b"\n") == 1
    assert json.loads(line) == {"type": "send_dtmf", "request": 0, "call": "c1", "digits": "1\n2"}


def test_an_event_with_a_whole_call_comes_back_as_it_was() -> None:
    event = EngineScript().offer("c1", "+33123456789", "Zoé «Z» 🦊")
    assert decode_event(msgspec.json.encode(event)) == event


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"null",
        b'{"type":"weather_changed"}',
        b'{"type":"levels_measured","microphone":"loud","speaker":0}',
        b'{"type":"levels_measured","microphone":0,"speaker":0,"extra":1}',
        b'{"type":"attach","protocol":1}',
        b'{"type":"dtmf_received","call":"c1","digit":"\xff"}',
        b"{" * 5000,
    ],
)
def test_what_is_no_event_is_refused(line: bytes) -> None:
    with pytest.raises(EngineSpeechError):
        decode_event(line)


def test_an_event_of_another_version_can_still_be_peeked_at() -> None:
    greeting = peek(b'{"type":"attached","protocol":9,"engine":{"pid":3,"new":[],"calls":[{"id":"a","state":"held"}]}}')
    assert (greeting.type, greeting.protocol, greeting.engine.pid) == ("attached", 9, 3)
    assert [call.id for call in greeting.engine.calls] == ["a"]
    assert peek(b'{"type":"call_changed","call":{"id":"a","state":"ended"}}').ended_call == "a"
    assert peek(b'{"type":"call_changed","call":{"id":"a","state":"connected"}}').ended_call == ""
    assert peek(b'{"type":"dtmf_received","call":"a","digit":"1"}').ended_call == ""
