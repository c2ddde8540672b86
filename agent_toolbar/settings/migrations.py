"""Brings settings of an earlier version up to now, one numbered step after the other, on plain dicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from agent_toolbar.application.ports.settings import SETTINGS_VERSION
from agent_toolbar.domain.errors import SettingsError

RawSettings = dict[str, Any]
Step = Callable[[RawSettings], RawSettings]


def _pages_by_matches(raw: RawSettings) -> RawSettings:
    """Version 1 had one moment for each direction: it held for exactly one contact, and "never" for every button."""
    crm = raw.get("crm")
    if not isinstance(crm, dict):
        return raw
    crm, pages = dict(crm), {}
    for before, after in (("page_incoming", "incoming"), ("page_outgoing", "outgoing")):
        if before in crm:
            moment = crm.pop(before)
            pages[after] = {"one": moment, "several": "never"} if moment == "never" else {"one": moment}
    return {**raw, "crm": {**crm, "pages": pages} if pages else crm}


STEPS: Mapping[int, Step] = {1: _pages_by_matches}  # by the version that a step starts from; a test wants one for each


def upgrade(raw: RawSettings, target: int = SETTINGS_VERSION, steps: Mapping[int, Step] = STEPS) -> RawSettings:
    """`raw` in the shape of version `target`. A file without a version was written by hand, for this version.

    Raises SettingsError: settings_wrong_value for a version that is none, settings_too_new for one of the future.
    """
    version = raw.get("version", target)
    if type(version) is not int or version < 1:
        raise SettingsError("settings_wrong_value", key="version", expected="int >= 1")
    if version > target:
        raise SettingsError("settings_too_new", key="version", version=version)
    for start in range(version, target):
        raw = steps[start](raw)
    return {**raw, "version": target}
