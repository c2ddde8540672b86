"""The reader of SIP headers finds what is there and survives what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.engine.sip_headers import (
    SipMessage,
    parse_address,
    q850_cause,
    reason_cause,
    retry_after_s,
    split_list,
)


def message(*lines: str, body: str = "") -> SipMessage:
    return SipMessage("\r\n".join(["INVITE sip:a@b SIP/2.0", *lines, "", body]))


def test_compact_forms_are_the_long_ones() -> None:
    found = message("f: <sip:1@b>", "i: abc", "l: 0")

    assert (found.first("From"), found.first("call-id")) == ("<sip:1@b>", "abc")


def test_a_folded_header_is_one_line() -> None:
    assert message("From: Ann", "\t<sip:1@b>").first("from") == "Ann <sip:1@b>"


def test_a_list_is_split_outside_of_quotes_and_brackets_only() -> None:
    assert split_list('"Doe, \\"J, D\\"" <sip:a,b@c>, <tel:+1>') == ['"Doe, \\"J, D\\"" <sip:a,b@c>', "<tel:+1>"]


def test_lists_go_on_over_several_lines() -> None:
    assert message("Diversion: <sip:1@b>", "Diversion: <sip:2@b>, <sip:3@b>").listed("diversion") == [
        "<sip:1@b>",
        "<sip:2@b>",
        "<sip:3@b>",
    ]


@pytest.mark.parametrize(
    ("value", "name", "user", "host"),
    [
        ('"Ann \\"A\\" B" <sip:+331@pbx;user=phone>;tag=1', 'Ann "A" B', "+331", "pbx"),
        ("Ann Smith <sips:ann@pbx:5061>", "Ann Smith", "ann", "pbx:5061"),
        ("sip:ann@pbx;tag=1", "", "ann", "pbx"),
        ("<tel:+33-1-23;ext=5>", "", "+33-1-23", ""),
        ("<sip:%2B331@pbx>", "", "+331", "pbx"),
        ("<sip:+331;npdi=yes@pbx>", "", "+331", "pbx"),
        ("<sip:user:secret@pbx>", "", "user", "pbx"),
        ("<sip:pbx>", "", "", "pbx"),
        ("", "", "", ""),
    ],
)
def test_an_address_is_taken_apart(value: str, name: str, user: str, host: str) -> None:
    found = parse_address(value)

    assert (found.name, found.user, found.host) == (name, user, host)


def test_parameters_and_uri_headers_are_kept_apart() -> None:
    found = parse_address('<sip:a@b?Replaces=x%3By>;reason="no-answer";screen=yes;flag')

    assert found.uri_headers == {"replaces": "x;y"}
    assert found.parameters == {"reason": "no-answer", "screen": "yes", "flag": ""}


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        ('SIP;cause=200;text="Call completed elsewhere"', 200),
        ('Q.850;cause=16, SIP ;cause="600"', 600),
        ("Q.850;cause=26", 0),
        ("SIP;cause=x", 0),
        ("SIP", 0),
    ],
)
def test_the_sip_cause_of_reason(value: str, cause: int) -> None:
    assert reason_cause(message(f"Reason: {value}")) == cause


def test_the_q850_cause_of_reason() -> None:
    assert q850_cause(message('Reason: SIP;cause=403, q.850 ;cause=21;text="Call Rejected"')) == 21
    assert q850_cause(message("Reason: SIP;cause=200")) == 0


@pytest.mark.parametrize(
    ("value", "seconds"), [("18000;duration=3600", 18000), ("120 (I'm in a meeting)", 120), ("soon", 0), ("-5", 0)]
)
def test_retry_after(value: str, seconds: int) -> None:
    assert retry_after_s(message(f"Retry-After: {value}")) == seconds


def test_a_body_that_was_cut_off_is_noticed() -> None:
    assert message("Content-Length: 10", body="12345").truncated
    assert not message("Content-Length: 5", body="12345").truncated
    assert not message("Content-Length: many").truncated
    assert not message("Content-Length: 2", body="é").truncated


@given(st.text(), st.sampled_from(["From", "Diversion", "P-Asserted-Identity", "Reason", "Retry-After", "l"]))
def test_hostile_text_never_raises(text: str, name: str) -> None:
    found = SipMessage(f"INVITE x SIP/2.0\r\n{name}: {text}\r\n\r\n{text}")

    found.addresses(name)
    reason_cause(found)
    retry_after_s(found)
    assert isinstance(found.truncated, bool)


@given(st.text(st.characters(), max_size=300))
def test_any_text_is_a_message_of_some_kind(text: str) -> None:
    assert isinstance(SipMessage(text).listed("from"), list)
