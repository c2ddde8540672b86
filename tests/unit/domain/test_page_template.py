"""Addresses of pages: what stands in a place stays there, whoever wrote it."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.domain.page_template import MAX_VALUE, PLACES, PageTemplate, is_host
from agent_toolbar.domain.text import plain_text

EVERYWHERE = "https://crm.test:8443/{name}/x{company}.html?q={name}&of={company}#db/{name}/{company}"
NASTY = "/\\?#&=%+@:;.{}<>\"' \t\r\n\u202e\ud800é漢e2"


@given(st.text(max_size=300), st.text(alphabet=NASTY, max_size=40))
def test_no_text_of_a_caller_leaves_its_place(name: str, company: str) -> None:
    address = PageTemplate.parse(EVERYWHERE).address({"name": name, "company": company})
    if not address:
        assert {plain_text(name), plain_text(company)} & {".", ".."}
        return
    assert address.isascii()
    parts = urlsplit(address)
    shown = plain_text(name, MAX_VALUE), plain_text(company, MAX_VALUE)
    assert (parts.scheme, parts.netloc) == ("https", "crm.test:8443")
    _, first, second = parts.path.split("/")
    assert (unquote(first), unquote(second)) == (shown[0], f"x{shown[1]}.html")
    assert parse_qsl(parts.query, keep_blank_values=True) == [("q", shown[0]), ("of", shown[1])]
    assert [unquote(one) for one in parts.fragment.split("/")] == ["db", *shown]


@pytest.mark.parametrize(
    ("written", "name"),
    [("https://crm.test/a/{name}/b", ".."), ("https://crm.test/a/%2e{name}", "."), ("https://crm.test/.{name}/", ".")],
)
def test_a_value_that_would_climb_makes_no_address(written: str, name: str) -> None:
    assert PageTemplate.parse(written).address({"name": name}) == ""


def test_a_value_that_is_needed_and_missing_makes_no_address() -> None:
    template = PageTemplate.parse("https://crm.test/c/{contact_id}")
    assert (template.address({}), template.address({"contact_id": "7"})) == ("", "https://crm.test/c/7")


def test_a_name_may_be_missing() -> None:
    template = PageTemplate.parse("https://crm.test/new?name={name}&phone={e164}")
    assert template.address({"e164": "+33145678901"}) == "https://crm.test/new?name=&phone=%2B33145678901"


@pytest.mark.parametrize("place", PLACES)
def test_every_place_that_is_named_can_be_filled(place: str) -> None:
    assert PageTemplate.parse(f"https://crm.test/?v={{{place}}}").address({place: "a b"}) == "https://crm.test/?v=a%20b"


@pytest.mark.parametrize(
    "written",
    [
        "https://{name}/",
        "https://crm.test{name}/",
        "https://crm.test:{number}/",
        "https://marie@crm.test/",
        "https://crm.test\\@evil.test/",
        "https://crm.test /",
        "https:///x",
        "crm.test/x",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://crm.test/",
        "https://crm.test/%{digits}",
        "https://crm.test/%zz",
        "https://crm.test/{name",
        "https://crm.test/name}",
        "https://crm.test/a/../b",
        "https://crm.test/a/%2E%2e/b",
        "https://crm.test/" + "a" * 2000,
        "https://crm.test:99999999/",
        "https://münchen.test/",
    ],
)
def test_what_is_no_address_of_a_page_is_refused(written: str) -> None:
    with pytest.raises(SettingsError, match="settings_wrong_value") as refused:
        PageTemplate.parse(written, "crm.pages.none_url")
    assert refused.value.params["key"] == "crm.pages.none_url"


@pytest.mark.parametrize("place", ["{phone}", "{}", "{ name}", "{NAME}"])
def test_an_unknown_place_is_named_with_those_that_there_are(place: str) -> None:
    with pytest.raises(SettingsError, match="settings_unknown_place") as refused:
        PageTemplate.parse(f"https://crm.test/?q={place}", "key")
    assert refused.value.params["place"] == place
    assert "{e164}" in str(refused.value.params["known"])


@pytest.mark.parametrize(
    ("written", "may"),
    [
        ("https://crm.test/x", True),
        ("https://CRM.test:8443/x", True),
        ("http://crm.test/x", False),
        ("https://erp.test/x", True),
        ("http://erp.test/x", True),
        ("https://evil.test/x", False),
        ("https://crm.test.evil.test/x", False),
    ],
)
def test_only_the_crm_by_https_and_what_is_named(written: str, may: bool) -> None:
    assert PageTemplate.parse(written).may_open("crm.test", frozenset({"erp.test"})) is may


def test_a_crm_on_this_computer_needs_no_https() -> None:
    assert PageTemplate.parse("http://127.0.0.1:8000/x").may_open("127.0.0.1", frozenset())
    assert PageTemplate.parse("http://[::1]:8000/x").may_open("::1", frozenset())


def test_names_of_computers() -> None:
    good = ["crm.test", "10.0.0.5", "::1", "a", "x-1.example.com"]
    bad = ["", "CRM.test", "https://crm.test", "crm.test:80", "crm.test/", "a..b", "-a", "*.test", "[::1]", "a b"]
    assert [is_host(one) for one in (*good, *bad)] == [True] * len(good) + [False] * len(bad)
