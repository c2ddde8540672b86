"""Filters, and that no value can leave the text of a query language it is put into."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_toolbar.connector.filters import FILTERS, UnknownFilterError, require_filter

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
HOSTILE = st.lists(
    st.sampled_from(["'", '"', "\\", "%", "_", "*", "(", ")", "{", "}", "\0", "\n", " OR ", "a", "é"])
).map("".join)


def applied(name: str, value: object, argument: str = "") -> object:
    return FILTERS[name](value, argument)


@pytest.mark.parametrize(
    ("name", "argument", "value", "result"),
    [
        ("digits", "", "+44 (0)113 496", "440113496"),
        ("tail", "8", "+441134960001", "34960001"),
        ("tail", "8", "12", "12"),
        ("limit", "3", "abcdef", "abc"),
        ("last", "/", "https://x/records/42", "42"),
        ("url", "", "+44 a/b", "%2B44%20a%2Fb"),
        ("json", "", {"a": 1}, '{"a":1}'),
        ("b64", "", "user:é", base64.b64encode("user:é".encode()).decode()),
        ("int", "", "12.0", 12),
        ("int", "", "x", None),
        ("str", "", 12.0, "12"),
        ("str", "", True, "true"),
        ("hms", "", 3725, "01:02:05"),
        ("mm_ss", "", 3725, "62:05"),
        ("mins", "", 61, 2),
        ("ms", "", 1.5, 1500),
        ("isoz", "", 1_700_000_000, "2023-11-14T22:13:20Z"),
        ("utc", "%Y-%m-%d %H:%M:%S", 1_700_000_000, "2023-11-14 22:13:20"),
        ("map", "in=Inbound,out=Outbound", "in", "Inbound"),
        ("map", "in=Inbound,out=Outbound", "sideways", "sideways"),
        ("map", "true=vip,*=normal", False, "normal"),
        ("map", "true=vip,*=normal", True, "vip"),
        ("default", "none", "", "none"),
        ("default", "none", "x", "x"),
        ("has", "vip", ["Customer", "VIP"], True),
        ("has", "vip", "customer", False),
        ("join", " / ", ["a", "b"], "a / b"),
        ("md5", "", "user:pass", "21a39285884a268d6458e3fdeb08beac"),
        ("sha1", "", "user:pass", "b2619aa1529dfdc4248e6edbf3c1b2a2b014cf6d"),
        ("odata", "", "O'Neill", "O''Neill"),
        ("soql", "", "O'Neill\\", "O\\'Neill\\\\"),
        ("sosl", "", "+44-113", "\\+44\\-113"),
        ("ldap", "", "*)(uid=*", "\\2a\\29\\28uid=\\2a"),
    ],
)
def test_a_filter_gives(name: str, argument: str, value: object, result: object) -> None:
    assert applied(name, value, argument) == result


def test_json_in_base64_is_the_urlsafe_kind() -> None:
    value = [["value", "=", "+44?>"]]
    written = str(applied("b64json", value))

    assert not set(written) & set("+/")
    assert json.loads(base64.urlsafe_b64decode(written)) == value


@given(TEXT | HOSTILE)
def test_a_url_value_is_one_segment_and_comes_back(value: str) -> None:
    written = str(applied("url", value))

    assert re.fullmatch(r"(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})*", written)
    assert unquote(written) == value


@given(TEXT | HOSTILE)
@pytest.mark.parametrize("name", ["soql", "soql_like"])
def test_a_value_cannot_end_a_text_of_soql(name: str, value: str) -> None:
    written = str(applied(name, value))

    assert re.fullmatch(r"(?:[^'\"\\\n\r]|\\.)*", written)
    if name == "soql":
        back = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
        assert re.sub(r"\\(.)", lambda found: back.get(found[1], found[1]), written) == value


@given(TEXT | HOSTILE)
def test_a_value_is_no_operator_of_sosl(value: str) -> None:
    written = str(applied("sosl", value))

    assert re.sub(r"\\(.)", "", written, flags=re.DOTALL).translate(
        {ord(one): "" for one in "?&|!{}[]()^~*:\\\"'+-"}
    ) == re.sub(r"\\(.)", "", written, flags=re.DOTALL)
    assert re.sub(r"\\(.)", r"\1", written, flags=re.DOTALL) == value


@given(TEXT | HOSTILE)
def test_a_value_cannot_end_a_text_of_odata(value: str) -> None:
    written = str(applied("odata", value))

    assert re.fullmatch(r"(?:[^']|'')*", written, flags=re.DOTALL)
    assert written.replace("''", "'") == value


@given(TEXT | HOSTILE)
def test_a_value_stays_a_value_in_a_filter_of_ldap(value: str) -> None:
    written = str(applied("ldap", value))

    assert not set(written) & set("*()\0")
    assert re.sub(r"\\([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), written) == value


@given(value=HOSTILE, other=HOSTILE)
def test_a_pattern_of_like_finds_the_value_only(value: str, other: str) -> None:
    with_database = sqlite3.connect(":memory:")
    try:
        found = with_database.execute(
            "SELECT ? LIKE ? ESCAPE '\\', ? LIKE ? ESCAPE '\\'",
            (value, applied("like", value), other, applied("like", value)),
        ).fetchone()
    finally:
        with_database.close()

    assert found[0] == 1 or "\0" in value
    assert found[1] == int(other.lower() == value.lower()) or "\0" in value + other


@given(HOSTILE)
def test_a_value_cannot_end_a_text_of_sql(value: str) -> None:
    assert re.fullmatch(r"(?:[^'\\]|''|\\\\)*", str(applied("sql", value)), flags=re.DOTALL)


@given(
    name=st.sampled_from(sorted(FILTERS)),
    value=st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.lists(TEXT) | st.dictionaries(TEXT, TEXT),
)
def test_no_value_is_too_much_for_a_filter(name: str, value: object) -> None:
    argument = {"tail": "3", "limit": "3", "last": "/", "utc": "%H", "local": "%H", "map": "a=b"}.get(name, "x")

    FILTERS[name](value, argument)


@pytest.mark.parametrize(
    ("name", "argument"),
    [("upcase", None), ("tail", None), ("tail", "x"), ("digits", "1"), ("map", "a"), ("eval", "1")],
)
def test_an_unknown_filter_or_argument_is_refused(name: str, argument: str | None) -> None:
    with pytest.raises(UnknownFilterError):
        require_filter(name, argument)
