"""What a manifest may say, and that a fault in one names file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_toolbar.connector.manifest import load_manifest, parse_manifest, shipped_manifest
from agent_toolbar.connector.manifest_lines import line_of_key
from agent_toolbar.domain.errors import ManifestError
from tests.unit.connector.sample_manifest import FILE, WHOLE, manifest

LINES = WHOLE.splitlines()


def line(beginning: str) -> int:
    return next(number for number, text in enumerate(LINES, start=1) if text.startswith(beginning))


def test_a_whole_manifest_is_read() -> None:
    read = manifest()

    assert read.name == "Sample"
    assert set(read.operations) == {"find", "log_call", "touch"}
    assert len(read.operations["find"].variants) == 2
    assert read.operations["find"].empty_on == {204, 404}
    assert read.wanted["database"].en == "Database"
    assert not read.wanted["team"].needed
    assert read.operations["touch"].variants[0].map is None


def test_variants_keep_what_they_do_not_say_otherwise() -> None:
    first, second = manifest().operations["find"].variants

    assert first.request.url == second.request.url
    assert first.map == second.map
    assert first.request.query != second.request.query


@pytest.mark.parametrize(
    ("old", "new", "code", "key", "where"),
    [
        ("timeout = 20", "timeuot = 4", "manifest_unknown_key", "timeuot", "timeout"),
        ("verify = ", "verfiy = ", "manifest_unknown_key", "op.find.verfiy", "verify"),
        ('en = "Team"', 'en = "Team"\nde = "Team"', "manifest_unknown_key", "settings.team.de", "needed"),
        ("save = {", "sava = {", "manifest_unknown_key", "op.log_call.steps.0.sava", "save"),
        ("timeout = 20", 'timeout = "20"', "manifest_wrong_value", "timeout", "timeout"),
        ("timeout = 20", "timeout = 4000", "manifest_wrong_value", "timeout", "timeout"),
        ("requests = 5", "requests = 0", "manifest_wrong_value", "limit.requests", "requests"),
        ("empty_on = [204, 404]", 'empty_on = ["x"]', "manifest_wrong_value", "op.find.empty_on.0", "empty_on"),
        ('method = "POST"', 'method = "SEND"', "manifest_wrong_value", "op.log_call.method", "method"),
        (
            'url = "/note"',
            'url = "https://evil.test/n"',
            "manifest_wrong_value",
            "op.log_call.url",
            'url = "/note',
        ),
        ('url = "/note"', 'url = "@evil.example/note"', "manifest_wrong_value", "op.log_call.url", 'url = "/note'),
        ('list = "rows"', 'list = "rows["', "manifest_wrong_value", "op.find.list", "list"),
        ("|hms}}", "|hmx}}", "manifest_unknown_filter", "op.log_call.body.text", "text = "),
        ("|tail:8|", "|tail|", "manifest_unknown_filter", "op.find.variants.1.query.q", 'query = { q = "%'),
        ("{{it.name}}", "{{it.name", "manifest_wrong_value", "op.find.map.name", 'name = "{{it'),
        ("{{it.name}}", "{{secret.key}}", "manifest_wrong_value", "op.find.map", "[op.find.map]"),
        ("{{phone.e164}}", "{{secret.key}}", "manifest_wrong_value", "op.find.variants.0.query", "query = { q"),
        ("schema = 1", "schema = 2", "manifest_too_new", "schema", "schema"),
        ("[op.touch]", '[op."Touch it"]', "manifest_wrong_value", "op.Touch it", "[op.touch]"),
        ('number = "{{it.phone}}"', "", "manifest_wrong_value", "op.find.map", "[op.find.map]"),
        ("X-Key = ", '"X Key" = ', "manifest_wrong_value", "headers.X Key", "X-Key"),
    ],
)
def test_a_fault_names_code_key_and_line(old: str, new: str, code: str, key: str, where: str) -> None:
    text = WHOLE.replace(old, new, 1)
    assert text != WHOLE
    with pytest.raises(ManifestError) as refused:
        manifest(text)

    assert (refused.value.code, refused.value.params["key"]) == (code, key)
    assert refused.value.params["file"] == "sample.toml"
    shift = 1 if new.startswith("en = ") else 0
    assert abs(int(refused.value.params["line"]) - line(where)) <= shift, refused.value


def test_a_name_that_is_missing_is_named() -> None:
    with pytest.raises(ManifestError) as refused:
        manifest(WHOLE.replace('name = "Sample"\n', "", 1))

    assert (refused.value.code, refused.value.params["key"]) == ("manifest_wrong_value", "name")


def test_what_is_no_toml_names_its_line() -> None:
    with pytest.raises(ManifestError) as refused:
        parse_manifest("schema = 1\nname = \n", FILE)

    assert (refused.value.code, refused.value.params["line"]) == ("manifest_broken", 2)


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"x" * 300_000])
def test_a_file_that_cannot_be_read_is_broken(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "m.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ManifestError) as refused:
        load_manifest(file)

    assert refused.value.code == "manifest_broken"
    assert refused.value.params["file"] == "m.toml"


@pytest.mark.parametrize("kind", ["crm", "availability"])
def test_every_manifest_that_is_shipped_can_be_read_and_says_what_it_was_run_against(kind: str) -> None:
    for file in shipped_manifest(kind, "x").parent.glob("*.toml"):  # type: ignore[arg-type]
        assert load_manifest(file).operations
        head = file.read_text("utf-8").partition("\nschema")[0].lower()
        assert "run against" in head or "run only against" in head, file.name


def test_lines_are_found_in_lists_of_tables_and_inline_tables() -> None:
    assert line_of_key(WHOLE, "op.find.variants.1.query.q") == line('query = { q = "%')
    assert line_of_key(WHOLE, "op.log_call.steps.0.url") == line('url = "/me"')
    assert line_of_key(WHOLE, "nothing.of.it") == 0
