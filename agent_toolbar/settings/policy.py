"""The administrator's policy: values in place of the built-in ones, and values that nobody at this desk changes.

One file per computer, or per moved profile. It is in force as a whole or not at all, and never holds a secret.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent_toolbar import paths
from agent_toolbar.application.ports.settings import SETTINGS_VERSION
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.settings.flat_values import FlatValues
from agent_toolbar.settings.migrations import upgrade
from agent_toolbar.settings.settings_file import checked_values, line_of, parse_toml, typed_values

_NAME = "policy.toml"
_PARTS = ("default", "forced")
_NO_FOLDER = (FileNotFoundError, NotADirectoryError)
_SECRET_NAME = re.compile(r"(?i)(?:^|[_-])(?:password|passwd|secret|token|api[_-]?key)$")


@dataclass(frozen=True, slots=True)
class Policy:
    """default, forced: values by dotted key. Of a policy that cannot be used both are empty, and `fault` says why."""

    default: FlatValues = field(default_factory=dict)
    forced: FlatValues = field(default_factory=dict)
    fault: SettingsError | None = None


def policy_file() -> Path:
    """Where this computer's policy lies, or that of a profile which AGENT_TOOLBAR_HOME moved."""
    home = paths.moved_home()
    if home is not None:
        return home / _NAME
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", "") or "C:/ProgramData") / "agent-toolbar" / _NAME
    if sys.platform == "darwin":
        return Path("/Library/Application Support/agent-toolbar") / _NAME
    return Path("/etc/agent-toolbar") / _NAME


def read_policy(file: Path | None) -> Policy:
    """Never raises; no file is no policy. The fault is a SettingsError policy_unusable with `file` (and line), `key`,
    `problem` (code of the settings' own error) and that error's parameters."""
    if file is None:
        return Policy()
    try:
        return parse_policy(file.read_text(encoding="utf-8"))
    except _NO_FOLDER:
        return Policy()
    except SettingsError as fault:
        line = fault.params.get("line", 0)
        return Policy(fault=_unusable(fault, f"{file}:{line}" if line else str(file)))
    except (OSError, UnicodeDecodeError) as fault:
        return Policy(fault=_unusable(SettingsError("settings_broken", line=0, reason=str(fault)), str(file)))


def parse_policy(text: str) -> Policy:
    """Raises SettingsError as settings_file.parse_settings does; keys begin with "default." or "forced."."""
    raw = parse_toml(text)
    try:
        return _policy_of(raw)
    except SettingsError as fault:
        line = line_of(text, str(fault.params["key"]))
        raise SettingsError(fault.code, **{**fault.params, "line": line}) from fault


def _policy_of(raw: Mapping[str, Any]) -> Policy:
    for name in raw:
        if name not in {"version", *_PARTS}:
            raise SettingsError("settings_unknown_key", key=name)
    default, forced = (_part(raw, name) for name in _PARTS)
    for values in (default, {**default, **forced}):
        try:
            checked_values(values)
        except SettingsError as fault:
            key = str(fault.params["key"])
            part = next((name for name, held in (("forced", forced), ("default", default)) if key in held), "")
            raise _within(fault, part) from fault
    return Policy(default, forced)


def _part(raw: Mapping[str, Any], name: str) -> FlatValues:
    part = raw.get(name, {})
    if not isinstance(part, dict):
        raise SettingsError("settings_wrong_value", key=name, expected="[table]")
    if "version" in part:
        raise SettingsError("settings_unknown_key", key=f"{name}.version")
    version = raw.get("version", SETTINGS_VERSION)
    try:
        values = typed_values(upgrade({**part, "version": version}))
    except SettingsError as fault:
        raise _within(fault, "" if fault.params["key"] == "version" else name) from fault
    for key, value in values.items():
        for inner in value if isinstance(value, dict) else ():
            if _SECRET_NAME.search(inner):
                raise SettingsError("settings_password_in_url", key=f"{name}.{key}.{inner}")
    return values


def _within(fault: SettingsError, part: str) -> SettingsError:
    key = fault.params["key"]
    return SettingsError(fault.code, **{**fault.params, "key": f"{part}.{key}" if part else key})


def _unusable(fault: SettingsError, place: str) -> SettingsError:
    return SettingsError("policy_unusable", **{"key": "", **fault.params, "problem": fault.code, "file": place})
