"""What a transfer writes into SIP and reads from it: keys, Refer-To, Replaces, NOTIFY."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.domain.errors import CallError
from agent_toolbar.engine.context_key import key_headers, key_in
from agent_toolbar.engine.dialog_id import DialogId
from agent_toolbar.engine.refer_notify import refer_notification
from agent_toolbar.engine.refer_target import address_with_headers, replaces_header
from agent_toolbar.engine.sip_headers import SipMessage

KEY = "00112233445566778899aabbccddeeff"


def invite(*headers: str) -> SipMessage:
    return SipMessage("\r\n".join(["INVITE sip:me@x SIP/2.0", *headers, "", ""]))


@pytest.mark.parametrize(
    "headers",
    [
        (f"X-CTI-Key: {KEY}",),
        (f"x-cti-key:{KEY.upper()}",),
        (f"User-to-User: {KEY};encoding=hex",),
        (f"User-to-User: {KEY.upper()} ; purpose=isdn-uui;encoding=HEX",),
        (f"User-to-User: {KEY}",),
        ("User-to-User: 04c0ffee;encoding=hex", f"User-to-User: {KEY};encoding=hex"),
        (f"User-to-User: 04c0ffee;encoding=hex, {KEY};encoding=hex;content=x",),
        ("X-CTI-Key: k-42", f"User-to-User: {KEY};encoding=hex"),
        (f"X-CTI-Key: {KEY}", f"User-to-User: {'1' * 32};encoding=hex"),
    ],
)
def test_a_key_is_found_in_either_header(headers: tuple[str, ...]) -> None:
    assert key_in(invite(*headers)) == KEY


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("X-CTI-Key: k-42",),
        (f"X-CTI-Key: {KEY}0",),
        (f"User-to-User: {KEY};encoding=text",),
        (f"User-to-User: 04{KEY};encoding=hex",),
        (f'User-to-User: "{KEY}";encoding=hex',),
        (f"X-Other: {KEY}",),
    ],
)
def test_anything_else_is_no_key(headers: tuple[str, ...]) -> None:
    assert key_in(invite(*headers)) == ""


@given(st.text())
def test_any_text_in_the_headers_gives_a_key_or_nothing(text: str) -> None:
    found = key_in(invite(f"X-CTI-Key: {text}", f"User-to-User: {text};encoding=hex"))
    assert found == "" or len(found) == 32


@pytest.mark.parametrize("key", ["x", KEY + "0", KEY.upper(), f"{KEY}\n", f"{KEY[:-2]}\r\n"])
def test_what_is_no_key_is_not_written(key: str) -> None:
    with pytest.raises(CallError, match="bad_context_key"):
        key_headers(key)


def test_no_key_writes_no_header() -> None:
    assert key_headers("") == ()
    assert address_with_headers("sip:1@x", ()) == "<sip:1@x>"


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=120))
def test_every_call_id_survives_the_escape_and_nothing_else_slips_in(call_id: str) -> None:
    dialog = DialogId(call_id, local_tag="ours", remote_tag="theirs")
    address = address_with_headers("sip:1002@pbx", replaces_header(dialog) + key_headers(KEY))
    uri, _, headers = address[1:-1].partition("?")
    parts = dict(part.split("=") for part in headers.split("&"))

    assert uri == "sip:1002@pbx"
    assert unquote(parts["Replaces"]) == f"{call_id};to-tag=theirs;from-tag=ours"
    assert list(parts) == ["Replaces", "X-CTI-Key", "User-to-User"]
    assert not set(headers) & set('<>"; \t\r\n')


def test_a_call_id_that_the_library_could_not_send_is_refused() -> None:
    with pytest.raises(CallError, match="bad_dial_target"):
        address_with_headers("sip:1@x", replaces_header(DialogId("x" * 3000, "a", "b")))


def notify(body: str, event: str = "refer;id=93", state: str = "active;expires=60") -> SipMessage:
    return SipMessage(
        f"NOTIFY sip:me@x SIP/2.0\r\nFrom: <sip:a@x>;tag=theirs\r\nTo: <sip:b@x>;tag=ours\r\nCall-ID: c\r\n"
        f"o: {event}\r\nSubscription-State: {state}\r\n\r\n{body}"
    )


def test_a_notify_tells_the_status_of_the_target() -> None:
    found = refer_notification(notify("SIP/2.0 180 Ringing here\r\nTo: x\r\n"))

    assert found is not None
    assert found.dialog == DialogId("c", local_tag="ours", remote_tag="theirs")
    assert (found.cseq, found.sip_status, found.sip_reason, found.ends) == (93, 180, "Ringing here", False)


@pytest.mark.parametrize(
    ("body", "state", "status", "ends"),
    [
        ("SIP/2.0 486\r\n", "Terminated;reason=noresource", 486, True),
        ("", "terminated", 0, True),
        ("hello", "active", 0, False),
        ("SIP/2.0 20 OK", "pending", 0, False),
    ],
)
def test_odd_notifies_are_read_as_far_as_they_go(body: str, state: str, status: int, ends: bool) -> None:
    found = refer_notification(notify(body, "Refer", state))

    assert found is not None
    assert (found.cseq, found.sip_status, found.ends) == (0, status, ends)


@pytest.mark.parametrize("event", ["presence", "dialog;id=93", ""])
def test_other_packages_are_not_ours(event: str) -> None:
    assert refer_notification(notify("SIP/2.0 200 OK", event)) is None


@given(st.text(), st.text(), st.text())
def test_any_notify_is_read(body: str, event: str, state: str) -> None:
    refer_notification(notify(body, f"refer;{event}", state))
