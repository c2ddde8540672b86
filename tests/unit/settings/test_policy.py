"""The administrator's policy as text: strict, blamed by file, line and key, and in force as a whole or not at all."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from agent_toolbar.application.ports.settings import SETTINGS_VERSION
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.i18n.sentences import code_text
from agent_toolbar.settings.policy import Policy, parse_policy, policy_file, read_policy

REFUSED = [
    ("[forced\n", "settings_broken", None, 1),
    ("[enforced.window]\ntheme = 'dark'\n", "settings_unknown_key", "enforced", 1),
    ("forced = 'all'\n", "settings_wrong_value", "forced", 1),
    ("[forced.window]\n\ntheem = 'dark'\n", "settings_unknown_key", "forced.window.theem", 3),
    ("[default.account]\nport = '5060'\n", "settings_wrong_value", "default.account.port", 2),
    ("[forced.account]\nport = 70000\n", "settings_wrong_value", "forced.account.port", 2),
    ("[default]\nversion = 1\n", "settings_unknown_key", "default.version", 2),
    ("version = 'one'\n", "settings_wrong_value", "version", 1),
    (f"version = {SETTINGS_VERSION + 1}\n[forced.new]\nkey = 1\n", "settings_too_new", "version", 1),
    ("[forced.account]\npassword = 'x'\n", "settings_unknown_key", "forced.account.password", 2),
    (
        "[default.handover]\nstore_url = 'postgresql+psycopg://a:b@host/db'\n",
        "settings_password_in_url",
        "default.handover.store_url",
        2,
    ),
    (
        "[forced.availability.rest]\nurl = 'https://me:secret@pbx.example'\n",
        "settings_password_in_url",
        "forced.availability.rest.url",
        2,
    ),
    (
        "[forced.crm.values]\ndatabase = 'live'\napi_key = 'x'\n",
        "settings_password_in_url",
        "forced.crm.values.api_key",
        3,
    ),
]


@pytest.mark.parametrize(("text", "code", "key", "line"), REFUSED)
def test_what_cannot_be_is_refused_by_line_and_key(text: str, code: str, key: str | None, line: int) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_policy(text)
    assert (caught.value.code, caught.value.params.get("key"), caught.value.params["line"]) == (code, key, line)


def test_both_parts_are_told_by_dotted_key() -> None:
    policy = parse_policy(
        "[default.window]\nlanguage = 'fr'\n[forced]\nwindow.theme = 'dark'\n[forced.crm.values]\ndatabase = 'live'\n"
    )
    assert policy == Policy(
        {"window.language": "fr"}, {"window.theme": "dark", "crm.values": {"database": "live"}}, None
    )


def test_values_that_only_go_together_are_checked_together() -> None:
    reasons = "[default.availability]\nreasons = [{code = 'away'}]\n"
    idle = "[forced.availability]\nidle_min = 10\n"
    with pytest.raises(SettingsError, match="idle_reason"):
        parse_policy(reasons + idle)
    assert parse_policy(f"{reasons}{idle}idle_reason = 'away'\n").forced["availability.idle_reason"] == "away"


def test_no_file_is_no_policy(tmp_path: Path) -> None:
    assert read_policy(None) == read_policy(tmp_path / "policy.toml") == Policy()
    (tmp_path / "file").write_text("")
    assert read_policy(tmp_path / "file" / "policy.toml") == Policy()


@pytest.mark.parametrize("content", [b"[forced.window]\ntheme = 'pink'\n", b"\xff\xfe", b"[forced"])
def test_a_file_that_cannot_be_used_has_a_fault_and_no_values(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "policy.toml"
    file.write_bytes(content)
    policy = read_policy(file)
    assert (policy.default, policy.forced) == ({}, {})
    assert policy.fault is not None
    assert policy.fault.code == "policy_unusable"
    assert str(policy.fault.params["file"]).startswith(str(file))


def test_the_fault_is_told_with_its_place_its_key_and_its_meaning(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("[forced.window]\ntheme = 'pink'\n")
    fault = read_policy(file).fault
    assert fault is not None
    told = code_text(fault.code, fault.params)
    assert f"{file}:2" in told
    assert "forced.window.theme" in told
    assert "CTI" in told
    assert "?" not in told


def test_a_folder_in_place_of_the_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").mkdir()
    assert read_policy(tmp_path / "policy.toml").fault is not None


def test_a_moved_profile_has_a_policy_of_its_own(profile_home: Path) -> None:
    assert policy_file() == profile_home / "policy.toml"


@pytest.mark.parametrize(
    ("platform", "expected"),
    [
        ("linux", "/etc/agent-toolbar/policy.toml"),
        ("darwin", "/Library/Application Support/agent-toolbar/policy.toml"),
        ("win32", "D:/Shared/agent-toolbar/policy.toml"),
    ],
)
def test_a_computer_has_one_policy(monkeypatch: pytest.MonkeyPatch, platform: str, expected: str) -> None:
    monkeypatch.delenv("AGENT_TOOLBAR_HOME")
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("PROGRAMDATA", "D:/Shared")
    assert policy_file().as_posix() == expected


def test_the_examples_of_the_administrators_guide_are_policies() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "admin-guide.md").read_text(encoding="utf-8")
    examples = [block for block in re.findall(r"```toml\n(.*?)```", guide, re.DOTALL) if "[forced." in block]
    policies = [parse_policy(example) for example in examples]
    assert all(policy.forced for policy in policies)
    assert any(policy.default for policy in policies)
