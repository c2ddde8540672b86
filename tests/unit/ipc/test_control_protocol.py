from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.ipc.control_protocol import (
    ARGUMENTS,
    BadRequestError,
    ControlAnswer,
    ControlRequest,
    Verb,
    encode_progress,
    encode_refusal,
    encode_request,
    encode_result,
    parse_answer,
    parse_request,
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
requests = st.fixed_dictionaries(
    {}, optional={"v": st.just(1) | json_values, "verb": st.sampled_from(Verb) | json_values, "args": json_values}
)


def test_arguments_that_may_be_left_out_are_filled_in() -> None:
    request = parse_request(b'{"v":1,"verb":"account-set","args":{"server":"pbx","extension":"200"}}')
    assert request.text("server") == "pbx"
    assert request.text("transport") == "udp"
    assert request.number("port") == 0
    assert request.text("password") == ""


def test_a_request_shows_no_argument_when_it_is_printed() -> None:
    request = parse_request(encode_request(Verb.DIAL, {"number": "+33123"}))
    assert repr(request) == "ControlRequest(dial)"


@given(st.text().filter(lambda text: "\0" not in text))
def test_any_well_formed_text_survives_the_wire(number: str) -> None:
    try:
        number.encode()
    except UnicodeEncodeError:
        return
    line = encode_request(Verb.DIAL, {"number": number})
    assert line.count(b"\n") == 1
    assert parse_request(line).text("number") == number


@given(st.binary() | requests.map(lambda message: json.dumps(message).encode()))
def test_whatever_comes_is_a_checked_request_or_refused(line: bytes) -> None:
    try:
        request = parse_request(line)
    except BadRequestError:
        return
    assert isinstance(request, ControlRequest)
    assert request.args.keys() == ARGUMENTS[request.verb].keys()


def test_answers_and_progress_are_told_apart() -> None:
    done = parse_answer(encode_result({"call": "c1"}))
    refused = parse_answer(encode_refusal("call_not_found", "Non."))
    assert isinstance(done, ControlAnswer)
    assert isinstance(refused, ControlAnswer)
    assert (done.ok, done.result) == (True, {"call": "c1"})
    assert (refused.ok, refused.code, refused.text) == (False, "call_not_found", "Non.")
    assert parse_answer(encode_progress({"done": 1, "total": 2})) == {"done": 1, "total": 2}


@pytest.mark.parametrize("line", [b"", b"{}", b'{"ok":true}', b'{"ok":false,"error":{}}', b'{"ok":1,"result":{}}'])
def test_what_is_no_answer_is_refused(line: bytes) -> None:
    with pytest.raises(BadRequestError):
        parse_answer(line)
