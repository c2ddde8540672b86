from __future__ import annotations

import pytest

from agent_toolbar.connector.data_path import DataPath
from agent_toolbar.connector.rows import mapped_row, raw_rows, verified
from agent_toolbar.connector.template import parse_tree
from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.errors import CrmError

HOSTS = frozenset({"crm.example"})


@pytest.mark.parametrize(
    ("data", "path", "rows"),
    [
        ([1, 2], "", [1, 2]),
        ({"a": 1}, "", [{"a": 1}]),
        ({"rows": [1]}, "rows", [1]),
        ({"rows": {"a": 1}}, "rows", [{"a": 1}]),
        ({"rows": []}, "rows", []),
        ({"rows": None}, "rows", []),
        ({}, "rows", []),
        ([], "", []),
        (None, "rows", []),
        (None, "", [None]),
        ({}, "", [{}]),
        ({"rows": list(range(1000))}, "rows", list(range(200))),
    ],
)
def test_rows_of_an_answer(data: object, path: str, rows: list[object]) -> None:
    assert raw_rows(data, DataPath.parse(path)) == rows


def test_a_list_that_is_not_where_it_should_be_is_a_broken_answer() -> None:
    with pytest.raises(CrmError) as refused:
        raw_rows({"error": "x"}, DataPath.parse("data.rows"))

    assert (refused.value.code, refused.value.params) == ("crm_broken_answer", {"detail": "data.rows"})


def row(name: str, template: object, it: object) -> object:
    mapping = parse_tree({name: template}, "map")
    assert isinstance(mapping, dict)
    return mapped_row(mapping, {"it": it, "s": {"url": "https://crm.example"}}, HOSTS)[name]


@pytest.mark.parametrize(
    ("template", "it", "value"),
    [
        ("{{it.n}}", {"n": "A\r\nB\x07\u202e<b>&amp;</b>"}, "A B<b>&amp;</b>"),
        ("{{it.n}}", {"n": 7}, 7),
        ("{{it.n}}", {"n": ["a\n", {"b": "c\x00"}]}, ["a", {"b": "c"}]),
        ("{{it.n}}", {}, None),
        ("{{it.n}}", {"n": [[[[["deep"]]]]]}, [[[[None]]]]),
    ],
)
def test_values_are_plain_and_bounded(template: str, it: object, value: object) -> None:
    assert row("name", template, it) == value


def test_long_values_are_cut() -> None:
    assert len(str(row("name", "{{it.n}}", {"n": "x" * 100_000}))) == 1000
    assert len(row("name", "{{it.n}}", {"n": ["x"] * 1000})) == 50  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("template", "it", "url"),
    [
        ("{{s.url}}/#p/{{it.id}}", {"id": 7}, "https://crm.example/#p/7"),
        ("{{s.url}}/#p/{{it.id}}", {"id": "a/../b c"}, "https://crm.example/#p/a%2F..%2Fb%20c"),
        ("{{s.url}}/#p/{{it.id}}", {}, ""),
        ("{{it.link}}", {"link": "https://crm.example/x"}, ""),
        ("https://evil.example/{{it.id}}", {"id": 7}, ""),
        ("https://crm.example@evil.example/{{it.id}}", {"id": 7}, ""),
        ("javascript:alert({{it.id}})", {"id": 7}, ""),
        ("http://crm.example/{{it.id}}", {"id": 7}, ""),
        ("{{s.url}}/{{it.id}}", {"id": "x" * 5000}, ""),
    ],
)
def test_a_page_is_on_an_allowed_host_or_not_there(template: str, it: object, url: str) -> None:
    assert row("url", template, it) == url


def judge(number: str, _inputs: object) -> MatchLevel | None:
    return {"1": MatchLevel.EXACT, "2": MatchLevel.LAST_8}.get(number)


@pytest.mark.parametrize(
    ("stored", "level", "number"),
    [
        ("1", MatchLevel.EXACT, "1"),
        (1, MatchLevel.EXACT, "1"),
        (["9", "2", "1"], MatchLevel.EXACT, "1"),
        (["2", None, ""], MatchLevel.LAST_8, "2"),
    ],
)
def test_the_surest_number_of_a_row_counts(stored: object, level: MatchLevel, number: str) -> None:
    found = verified({"id": 5, "number": stored}, {}, judge)

    assert found == {"id": 5, "number": number, "level": level}


@pytest.mark.parametrize("stored", ["9", [], None, ["9"]])
def test_a_row_with_another_number_is_dropped(stored: object) -> None:
    assert verified({"number": stored}, {}, judge) is None
