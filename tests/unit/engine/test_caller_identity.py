"""Who calls, by header and by trust."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.domain.identity import IdentitySource
from agent_toolbar.engine.caller_identity import asserted_identity, called_on, identity_of_caller
from agent_toolbar.engine.sip_headers import SipMessage

FROM = 'From: "Shown" <sip:111@pbx>;tag=1'


def invite(*lines: str) -> SipMessage:
    return SipMessage("\r\n".join(["INVITE sip:a@b SIP/2.0", *lines, "", ""]))


def test_p_asserted_identity_comes_before_remote_party_id_and_from() -> None:
    found = identity_of_caller(
        invite(FROM, 'Remote-Party-ID: "R" <sip:333@pbx>;party=calling', 'P-Asserted-Identity: "A" <sip:222@pbx>'),
        trusted=True,
    )

    assert (found.number, found.name, found.source) == ("222", "A", IdentitySource.P_ASSERTED_IDENTITY)


def test_the_tel_uri_of_two_asserted_ones_is_the_number() -> None:
    found = identity_of_caller(
        invite(FROM, 'P-Asserted-Identity: "Ann" <sip:ann@corp>, <tel:+33123456789>'), trusted=True
    )

    assert (found.number, found.name) == ("+33123456789", "Ann")


def test_remote_party_id_comes_before_from() -> None:
    found = identity_of_caller(invite(FROM, 'Remote-Party-ID: "R" <sip:333@pbx>;privacy=full'), trusted=True)

    assert (found.number, found.source, found.private) == ("333", IdentitySource.REMOTE_PARTY_ID, True)


def test_without_trust_only_from_counts() -> None:
    found = identity_of_caller(invite(FROM, "P-Asserted-Identity: <sip:222@pbx>"), trusted=False)

    assert (found.number, found.source) == ("111", IdentitySource.FROM)


@pytest.mark.parametrize(("privacy", "private"), [("id", True), ("header;id", True), ("none", False), ("", False)])
def test_privacy_is_marked_but_the_number_is_kept(privacy: str, private: bool) -> None:
    found = identity_of_caller(invite(FROM, "P-Asserted-Identity: <sip:222@pbx>", f"Privacy: {privacy}"), trusted=True)

    assert (found.number, found.private) == ("222", private)


def test_an_anonymous_caller_has_no_number() -> None:
    found = identity_of_caller(invite('From: "Anonymous" <sip:anonymous@anonymous.invalid>'), trusted=True)

    assert found.anonymous
    assert found.private


def test_nothing_asserted_is_none() -> None:
    assert asserted_identity(invite(FROM)) is None


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["Diversion: <sip:200@pbx>;reason=no-answer, <sip:100@pbx>;reason=unconditional"], "100"),
        (["History-Info: <sip:200@pbx>;index=1.1, <sip:100@pbx>;index=1"], "100"),
        (["History-Info: <sip:200@pbx>;index=1"], ""),
        (["History-Info: <sip:200@pbx>;index=x, <sip:100@pbx>;index=1.2"], "100"),
        ([], ""),
    ],
)
def test_the_number_called_first(lines: list[str], number: str) -> None:
    assert called_on(invite(*lines)) == number


@pytest.mark.parametrize(
    "name", ["\u202eevil", "a\x00b\x07c", "<b>x</b>", '\\"q\\"', "x" * 5000, "\ud800\udfff", "\u200b\u2066y"]
)
def test_a_hostile_name_becomes_plain_short_text(name: str) -> None:
    found = identity_of_caller(invite(f'From: "{name}" <sip:111@pbx>'), trusted=True)

    assert found.number == "111"
    assert len(found.name) <= 120
    assert found.name.isprintable()
    found.name.encode()


@given(st.text(), st.text(), st.booleans())
def test_it_never_raises_and_never_gives_what_cannot_be_encoded(one: str, other: str, trusted: bool) -> None:
    found = identity_of_caller(
        invite(f"From: {one}", f"P-Asserted-Identity: {other}", f"Remote-Party-ID: {one}", f"Privacy: {other}"),
        trusted=trusted,
    )
    diverted = called_on(invite(f"Diversion: {one}", f"History-Info: {other}"))

    for text in (found.number, found.name, found.uri, diverted):
        assert len(text.encode()) <= 4 * 255
