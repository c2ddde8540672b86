from __future__ import annotations

import pytest

from agent_toolbar.domain.key_combination import KeyCombination, KeyProblem, Modifier, read_keys


@pytest.mark.parametrize(
    ("spelled", "modifiers", "key"),
    [
        ("Ctrl+Alt+D", {Modifier.CTRL, Modifier.ALT}, "D"),
        ("Alt+Ctrl+D", {Modifier.CTRL, Modifier.ALT}, "D"),
        ("Ctrl+Shift+7", {Modifier.CTRL, Modifier.SHIFT}, "7"),
        ("Meta+Alt+Space", {Modifier.META, Modifier.ALT}, "Space"),
        ("F9", set(), "F9"),
        ("Shift+F24", {Modifier.SHIFT}, "F24"),
        ("Ctrl+Alt+PgUp", {Modifier.CTRL, Modifier.ALT}, "PgUp"),
    ],
)
def test_a_key_is_read(spelled: str, modifiers: set[Modifier], key: str) -> None:
    assert read_keys(spelled) == KeyCombination(frozenset(modifiers), key)


def test_it_is_spelled_as_qt_does() -> None:
    keys = read_keys("Shift+Alt+Ctrl+Meta+D")
    assert isinstance(keys, KeyCombination)
    assert keys.spelled == "Meta+Ctrl+Alt+Shift+D"


@pytest.mark.parametrize(
    "spelled",
    [
        "",
        "+",
        "D+",
        "Ctrl",
        "Ctrl+",
        "Ctrl+Alt",
        "Ctrl+Ctrl+D",
        "Hyper+D",
        "ctrl+alt+d",
        "Ctrl+Alt+É",
        "Ctrl+Alt+F25",
        "Ctrl+Alt+F0",
        "Ctrl+Alt+D, Ctrl+Alt+E",
        "Ctrl+Alt+Delete",
        "Ctrl+Alt+٣",
    ],
)
def test_what_is_no_key_of_every_system_is_unknown(spelled: str) -> None:
    assert read_keys(spelled) is KeyProblem.UNKNOWN


@pytest.mark.parametrize("spelled", ["D", "Shift+D", "Ctrl+C", "Alt+F", "Meta+L", "Space", "Shift+Space", "Alt+F4"])
def test_a_key_that_other_programs_need_is_not_taken(spelled: str) -> None:
    assert read_keys(spelled) is KeyProblem.NEEDED
