"""What cannot be in the settings of a telephone system that is told by HTTP."""

from __future__ import annotations

import pytest

from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.settings.rest_rules import is_safe_url, known_manifests
from agent_toolbar.settings.settings_file import parse_settings

GOOD = {"manifest": "wazo", "url": "https://pbx.example", "user": "ann"}


def settings_of(adapter: str = "rest", **rest: str) -> str:
    lines = "".join(f"{name} = '{value}'\n" for name, value in rest.items())
    return f"version = 1\n[availability]\nadapter = '{adapter}'\n[availability.rest]\n{lines}"


@pytest.mark.parametrize("manifest", ["wazo", "kazoo", "/etc/agent-toolbar/own.toml"])
def test_what_can_be_is_taken(manifest: str) -> None:
    assert parse_settings(settings_of(**{**GOOD, "manifest": manifest})).availability.rest.manifest == manifest


def test_nothing_is_needed_while_another_adapter_is_in_use() -> None:
    assert parse_settings(settings_of("phone_only")).availability.rest.url == ""


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"manifest": ""}, "manifest"),
        ({"manifest": "asterisk"}, "manifest"),
        ({"manifest": "own.toml"}, "manifest"),
        ({"manifest": "../wazo"}, "manifest"),
        ({"url": ""}, "url"),
        ({"url": "http://pbx.example"}, "url"),
        ({"user": " "}, "user"),
    ],
)
@pytest.mark.parametrize("adapter", ["rest", "phone_only"])
def test_what_cannot_be_is_named(adapter: str, changed: dict[str, str], key: str) -> None:
    if adapter != "rest" and not next(iter(changed.values())).strip():
        return
    with pytest.raises(SettingsError) as refused:
        parse_settings(settings_of(adapter, **{**GOOD, **changed}))

    assert refused.value.params["key"] == f"availability.rest.{key}"


def test_values_have_names_that_a_manifest_can_ask_for() -> None:
    with pytest.raises(SettingsError) as refused:
        parse_settings(settings_of(**GOOD) + "values = { 'Line Id' = '12' }\n")

    assert refused.value.params["key"] == "availability.rest.values"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://pbx.example", True),
        ("https://pbx.example:8443/base", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1", True),
        ("http://[::1]:8000", True),
        ("https://[2001:db8::1]", True),
        ("http://192.168.1.2", False),
        ("http://localhost.evil.example", False),
        ("https://ann:secret@pbx.example", False),
        ("https://pbx.example?x=1", False),
        ("https://pbx.example#x", False),
        ("https://pbx.example:port", False),
        ("https://[::1", False),
        ("https://", False),
        ("pbx.example", False),
        ("ftp://localhost", False),
        ("https://pbx example", False),
    ],
)
def test_an_address_is_https_or_this_computer(url: str, safe: bool) -> None:
    assert is_safe_url(url) is safe


def test_what_is_shipped_is_known() -> None:
    assert known_manifests("availability") == ["kazoo", "wazo"]
