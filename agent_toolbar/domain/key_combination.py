"""A key that works while another program has the keyboard: how it is written, and which keys may be taken. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_FUNCTION_KEY = re.compile(r"F(?:[1-9]|1[0-9]|2[0-4])")
_PLAIN_KEY = re.compile(r"[A-Z0-9]")
NAMED_KEYS = ("Space", "Insert", "Home", "End", "PgUp", "PgDown", "Pause")


class Modifier(StrEnum):
    """As Qt spells them in its portable form: on macOS Ctrl is the Command key and Meta is Control."""

    META = "Meta"
    CTRL = "Ctrl"
    ALT = "Alt"
    SHIFT = "Shift"


class KeyProblem(StrEnum):
    """Why a key cannot be a global one."""

    UNKNOWN = "unknown"  # no key that all systems know by this name
    NEEDED = "needed"  # other programs would miss it: it types text, or is one of their usual commands


@dataclass(frozen=True, slots=True)
class KeyCombination:
    """key: A to Z, 0 to 9, F1 to F24 or one of NAMED_KEYS."""

    modifiers: frozenset[Modifier]
    key: str

    @property
    def spelled(self) -> str:
        """Qt's portable spelling, the modifiers in its order."""
        return "+".join([*(one for one in Modifier if one in self.modifiers), self.key])


def read_keys(spelled: str) -> KeyCombination | KeyProblem:
    """What a setting says. Never raises; `spelled` is Qt's portable spelling, the modifiers in any order."""
    *names, key = spelled.split("+")
    known = {modifier.value: modifier for modifier in Modifier}
    named = bool(_FUNCTION_KEY.fullmatch(key) or _PLAIN_KEY.fullmatch(key)) or key in NAMED_KEYS
    if not named or len(set(names)) != len(names) or not known.keys() >= set(names):
        return KeyProblem.UNKNOWN
    keys = KeyCombination(frozenset(known[name] for name in names), key)
    return KeyProblem.NEEDED if _is_needed(keys) else keys


def _is_needed(keys: KeyCombination) -> bool:
    """A global key is gone for every other program, so Ctrl+C or Alt+F4 cannot be one."""
    held = keys.modifiers - {Modifier.SHIFT}
    if _FUNCTION_KEY.fullmatch(keys.key):
        return keys.key == "F4" and held == {Modifier.ALT}
    return not (len(keys.modifiers) >= 2 and held)
