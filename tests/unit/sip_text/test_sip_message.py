from __future__ import annotations

import pytest

from agent_toolbar.sip_text.sip_message import (
    MalformedMessageError,
    SipRequest,
    SipResponse,
    delta_seconds,
    name_addr,
    parameters_of,
    parse_address,
    parse_message,
    parse_uri,
    uri_headers,
)

INVITE = (
    b"INVITE sip:200@127.0.0.1 SIP/2.0\r\n"
    b"v: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bKabc;rport, SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKold\r\n"
    b'f: "Lef\xc3\xa8vre; Zo\xc3\xab" <sip:100@127.0.0.1>;tag=a1\r\n'
    b"t: <sip:200@127.0.0.1>\r\n"
    b"i: call-1\r\n"
    b"CSeq: 7  INVITE\r\n"
    b"Subject: a line\r\n that goes on\r\n"
    b"l: 4\r\n"
    b"\r\n"
    b"bodyand more"
)


def test_compact_names_folded_lines_and_content_length_are_understood() -> None:
    request = parse_message(INVITE)

    assert isinstance(request, SipRequest)
    assert (request.method, request.uri) == ("INVITE", "sip:200@127.0.0.1")
    assert (request.call_id, request.cseq, request.branch) == ("call-1", (7, "INVITE"), "z9hG4bKabc")
    assert (request.from_tag, request.to_tag) == ("a1", "")
    assert request.first("subject") == "a line that goes on"
    assert request.body == b"body"


def test_what_is_written_is_read_again() -> None:
    fields = (
        ("Via", "SIP/2.0/UDP 127.0.0.1:1;branch=z9hG4bKx"),
        ("From", "<sip:a@b>;tag=1"),
        ("To", "<sip:c@d>;tag=2"),
        ("Call-ID", "x"),
        ("CSeq", "1 BYE"),
    )
    written = SipResponse(status=200, reason="OK", fields=fields, body=b"abc").to_bytes()
    response = parse_message(written)

    assert isinstance(response, SipResponse)
    assert (response.status, response.reason, response.body) == (200, "OK", b"abc")
    assert response.fields == (*fields, ("Content-Length", "3"))


def test_a_line_break_in_a_value_cannot_become_a_field_of_its_own() -> None:
    request = SipRequest(method="OPTIONS", uri="sip:a@b", fields=(("Subject", "x\r\nEvil: yes"),))

    assert b"\r\nEvil" not in request.to_bytes()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"\x00\xff\x17",
        INVITE.replace(b"i: call-1\r\n", b""),
        INVITE.replace(b"CSeq: 7  INVITE", b"CSeq: seven INVITE"),
        INVITE.replace(b"l: 4", b"l: 400"),
        INVITE.replace(b"l: 4", b"l: -4"),
        INVITE.replace(b" SIP/2.0\r\nv:", b" SIP/9.9\r\nv:"),
        INVITE.replace(b"Subject: a line", b"no colon here"),
        INVITE[:60],
    ],
)
def test_what_is_no_message_is_an_error_with_a_name(raw: bytes) -> None:
    with pytest.raises(MalformedMessageError):
        parse_message(raw)


@pytest.mark.parametrize(
    ("value", "name", "uri", "tag"),
    [
        ("sip:a@b;tag=1", "", "sip:a@b", "1"),
        ("<sip:a@b;lr>;tag=1", "", "sip:a@b;lr", "1"),
        ('"A, \\"B\\"" <sip:a@b>;tag=1;x="y;z"', 'A, "B"', "sip:a@b", "1"),
        ("Anna Bell <sip:a@b> ; tag = 1", "Anna Bell", "sip:a@b", "1"),
        ("<sip:a@b>;tag=1, <sip:c@d>;tag=2", "", "sip:a@b", "1"),
    ],
)
def test_addresses_are_read_in_all_their_forms(value: str, name: str, uri: str, tag: str) -> None:
    address = parse_address(value)

    assert (address.name, address.uri, address.parameters["tag"]) == (name, uri, tag)


def test_a_written_name_is_read_back_whatever_it_holds() -> None:
    name = 'Zoë "Z" \\ Lefèvre'

    assert parse_address(name_addr(name, "sip:a@b", "t")).name == name


@pytest.mark.parametrize(
    ("text", "user", "host", "port"),
    [
        ("sip:+441134960112@127.0.0.1:5070;transport=udp", "+441134960112", "127.0.0.1", 5070),
        ("sip:%2B33@host", "+33", "host", 0),
        ("sip:host", "", "host", 0),
        ("tel:+33199005512;phone-context=x", "+33199005512", "", 0),
        ("http://host", "", "", 0),
    ],
)
def test_uris_are_taken_apart(text: str, user: str, host: str, port: int) -> None:
    uri = parse_uri(text)

    assert (uri.user, uri.host, uri.port) == (user, host, port)


def test_parameters_may_be_quoted_or_without_value() -> None:
    assert parameters_of('rport;Branch=z9;x="a;b"') == {"rport": "", "branch": "z9", "x": "a;b"}


@pytest.mark.parametrize(
    ("uri", "headers"),
    [
        ("sip:201@127.0.0.1", {}),
        ("sip:201@127.0.0.1;transport=tcp?", {}),
        (
            "sip:205@h:5070?Replaces=a%40b%3Bto-tag%3Dt%3Bfrom-tag%3Df&X-CTI-Key=0a",
            {"replaces": "a@b;to-tag=t;from-tag=f", "x-cti-key": "0a"},
        ),
        ("sip:205@h?replaces&=x&%C3%A9=%", {"replaces": "", "é": "%"}),
    ],
)
def test_the_headers_in_a_uri_are_read_unescaped(uri: str, headers: dict[str, str]) -> None:
    assert uri_headers(uri) == headers
    assert parse_uri(uri).user in {"201", "205"}


@pytest.mark.parametrize(("text", "seconds"), [("60", 60), (" 0 ", 0), ("99999", 3600), ("", 5), ("-1", 5), ("²", 5)])
def test_an_expiry_is_read_within_its_limit(text: str, seconds: int) -> None:
    assert delta_seconds(text, 5, 3600) == seconds
