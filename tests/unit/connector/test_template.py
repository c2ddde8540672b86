from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_toolbar.connector.template import MissingValueError, Template, TreeError, parse_tree, render_tree

SCOPE = {
    "s": {"url": "https://crm.example/", "database": "a/b"},
    "call": {"id": "c1", "n": 5, "tags": ["x"], "yes": True},
    "it": {"id": 7},
}


@pytest.mark.parametrize(
    ("written", "rendered"),
    [
        ("plain", "plain"),
        ("{{call.n}}", 5),
        ("{{ call.n }}", 5),
        ("{{call.yes}}", True),
        ("{{call.tags}}", ["x"]),
        ("{{call.missing}}", None),
        ("{{call.missing|default:none}}", "none"),
        ("{{call.id}}{{call.n}}", "c15"),
        ("{{call.id}} and {{call.n|str}}!", "c1 and 5!"),
        ("a{{call.missing}}b", "ab"),
        ("{{call.n|hms}}", "00:00:05"),
        ("", ""),
    ],
)
def test_a_place_alone_keeps_its_type_and_several_make_a_text(written: str, rendered: object) -> None:
    assert Template.parse(written).render(SCOPE) == rendered


def test_a_nested_body_loses_what_has_no_value() -> None:
    body = parse_tree(
        {"a": {"n": "{{call.n}}", "gone": "{{call.no}}"}, "list": ["{{call.id}}", "{{call.no}}", 1, True], "x": 2}, "b"
    )

    assert render_tree(body, SCOPE) == {"a": {"n": 5}, "list": ["c1", 1, True], "x": 2}


def test_a_null_is_written_where_the_manifest_says_so_and_left_out_elsewhere() -> None:
    tree = parse_tree(
        {"Phone": {"$nothing": True}, "Name": "{{call.none}}", "in": {"it": [{"$nothing": True}]}}, "body"
    )

    assert render_tree(tree, {}) == {"Phone": None, "in": {"it": []}}


def test_a_piped_tree_goes_through_its_filters_as_a_whole() -> None:
    tree = parse_tree({"$pipe": "json", "$v": [["id", "=", "{{call.n}}"]]}, "q")

    assert render_tree(tree, SCOPE) == '[["id","=",5]]'


def test_values_of_an_address_are_encoded_but_for_the_base() -> None:
    template = Template.parse("{{s.url}}/{{s.database}}/rows/{{it.id}}")

    assert template.address(SCOPE) == "https://crm.example/a%2Fb/rows/7"


@pytest.mark.parametrize("value", [None, "", ".", ".."])
def test_an_address_with_a_hole_is_no_address(value: object) -> None:
    with pytest.raises(MissingValueError):
        Template.parse("/rows/{{it.id}}").address({"it": {"id": value}})


@settings(deadline=None)  # a busy machine
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_value_adds_to_an_address_but_one_segment(value: str) -> None:
    try:
        address = Template.parse("/rows/{{it.id}}/edit").address({"it": {"id": value}})
    except MissingValueError:
        assert value in {".", ".."}
        return

    assert address.startswith("/rows/")
    assert address.endswith("/edit")
    assert not set(address[len("/rows/") : -len("/edit")]) & set("/?#\\ @:&=")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("{{a", "q"),
        ("a}}", "q"),
        ("{{a|nonsense}}", "q"),
        ("{{}}", "q"),
        ({"x": ["{{a..b}}"]}, "q.x.0"),
        ({"$pipe": "json"}, "q"),
        ({"$nothing": False}, "q"),
        ({"a": {"$nothing": True, "b": 1}}, "q.a"),
        ({"$pipe": "nonsense", "$v": 1}, "q"),
        ({"$pipe": "json", "$v": "{{.}}"}, "q.$v"),
    ],
)
def test_what_cannot_be_read_names_its_key(written: object, key: str) -> None:
    with pytest.raises(TreeError) as refused:
        parse_tree(written, "q")

    assert refused.value.key == key
