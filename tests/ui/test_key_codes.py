"""How a key is said to each system. What the systems do with it: see tests/lab for X11 and the portal."""

from __future__ import annotations

import pytest

from agent_toolbar.domain.key_combination import NAMED_KEYS, KeyCombination, read_keys
from agent_toolbar.ui import mac_key, windows_key
from agent_toolbar.ui.portal_key import trigger
from agent_toolbar.ui.x11_key import key_symbol

EVERY_KEY = [
    *(f"Ctrl+Alt+{key}" for key in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
    *(f"Ctrl+Alt+{key}" for key in NAMED_KEYS),
    *(f"F{number}" for number in range(1, 25)),
]
NOT_ON_A_MAC = {"Insert", "Pause", "F21", "F22", "F23", "F24"}


def keys(spelled: str) -> KeyCombination:
    read = read_keys(spelled)
    assert isinstance(read, KeyCombination), spelled
    return read


@pytest.mark.parametrize(
    ("spelled", "windows", "mac", "x11", "portal"),
    [
        # MOD_ALT 1, MOD_CONTROL 2, MOD_SHIFT 4, MOD_WIN 8; VK_D 0x44. cmdKey 0x100 is Qt's Ctrl, optionKey 0x800
        ("Ctrl+Alt+D", (3, 0x44), (0x900, 0x02), 0x64, "CTRL+ALT+d"),
        ("Meta+Shift+7", (12, 0x37), (0x1200, 0x1A), 0x37, "SHIFT+LOGO+7"),
        ("F9", (0, 0x78), (0, 0x65), 0xFFC6, "F9"),
        ("Shift+F12", (4, 0x7B), (0x200, 0x6F), 0xFFC9, "SHIFT+F12"),
        ("Ctrl+Alt+PgUp", (3, 0x21), (0x900, 0x74), 0xFF55, "CTRL+ALT+Page_Up"),
        ("Ctrl+Alt+Space", (3, 0x20), (0x900, 0x31), 0x20, "CTRL+ALT+space"),
        ("Ctrl+Alt+Pause", (3, 0x13), None, 0xFF13, "CTRL+ALT+Pause"),
    ],
)
def test_a_key_as_each_system_names_it(
    spelled: str, windows: tuple[int, int], mac: tuple[int, int] | None, x11: int, portal: str
) -> None:
    assert windows_key.hot_key(keys(spelled)) == windows
    assert mac_key.hot_key(keys(spelled)) == mac
    assert key_symbol(keys(spelled)) == x11
    assert trigger(keys(spelled)) == portal


def test_no_two_keys_are_the_same_to_a_system() -> None:
    every = [keys(spelled) for spelled in EVERY_KEY]
    on_mac = [key for key in every if key.key not in NOT_ON_A_MAC]
    assert len({windows_key.hot_key(key) for key in every}) == len(every)
    assert len({key_symbol(key) for key in every}) == len(every)
    assert len({mac_key.hot_key(key) for key in on_mac}) == len(on_mac)
    assert None not in {mac_key.hot_key(key) for key in on_mac}
    assert all(mac_key.hot_key(key) is None for key in every if key.key in NOT_ON_A_MAC)
