"""A key of the whole screen on an X server: XGrabKey on the root window (X11 protocol, GrabKey). GUI thread."""

from __future__ import annotations

import sys
from itertools import combinations

from PySide6.QtCore import QObject

from agent_toolbar.domain.key_combination import KeyCombination, Modifier
from agent_toolbar.ui.global_key import GlobalKey, KeyObstacle, KeyState
from agent_toolbar.ui.x11_connection import X11Connection

_KEY_PRESS, _KEY_RELEASE, _MAPPING_NOTIFY = 2, 3, 34
_SENT_BY_A_PROGRAM = 0x80
_SHIFT, _LOCK, _CONTROL = 1, 2, 4
_ALT_KEYS = frozenset({0xFFE9, 0xFFEA})  # keysymdef.h: Alt_L, Alt_R
_META_KEYS = frozenset({0xFFEB, 0xFFEC})  # Super_L, Super_R: the key with the logo
_LOCK_KEYS = (0xFF7F, 0xFF14)  # Num_Lock, Scroll_Lock
_SYMBOLS = {
    "Space": 0x20,
    "Insert": 0xFF63,
    "Home": 0xFF50,
    "End": 0xFF57,
    "PgUp": 0xFF55,
    "PgDown": 0xFF56,
    "Pause": 0xFF13,
}
_F1 = 0xFFBE


def key_symbol(keys: KeyCombination) -> int:
    """The symbol of X11/keysymdef.h."""
    if keys.key in _SYMBOLS:
        return _SYMBOLS[keys.key]
    if len(keys.key) > 1:
        return _F1 + int(keys.key[1:]) - 1
    return ord(keys.key.lower())


class X11Key(GlobalKey):
    """Grabs the key with every state of the lock keys; nobody else sees it while it is ours."""

    def __init__(self, connection: X11Connection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._keys: KeyCombination | None = None
        self._grabbed: list[tuple[int, int]] = []
        self._released_at = -1
        connection.happened.connect(self._happened)

    def _take(self, keys: KeyCombination, purpose: str) -> None:
        del purpose
        self._keys = keys
        if not self._connection.alive:
            self._now(KeyState.NOT_HERE, keys, KeyObstacle.NO_DESKTOP)
            return
        keyboard = self._connection.keyboard()
        code = _code_of(key_symbol(keys), keyboard)
        rows = self._connection.modifiers()
        held = _held(keys, keyboard, rows)
        if code is None or held is None:
            self._now(KeyState.NOT_HERE, keys, KeyObstacle.NO_SUCH_KEY)
            return
        for locks in _lock_states(keyboard, rows):
            if not self._connection.grab_key(code, held | locks):
                self._let_go()
                self._keys = keys
                self._now(KeyState.TAKEN, keys)
                return
            self._grabbed.append((code, held | locks))
        self._connection.flush()
        self._now(KeyState.REGISTERED, keys)

    def _let_go(self) -> None:
        self._keys = None
        if self._grabbed and self._connection.alive:
            for code, modifiers in self._grabbed:
                self._connection.ungrab_key(code, modifiers)
            self._connection.flush()
        self._grabbed.clear()

    def _happened(self, event: bytes) -> None:
        kind, code = event[0] & ~_SENT_BY_A_PROGRAM, event[1]
        time = int.from_bytes(event[4:8], sys.byteorder)
        if kind == _MAPPING_NOTIFY and self._keys is not None:
            self.register(self._keys, "")  # another keyboard layout: the key is elsewhere now
        elif event[0] & _SENT_BY_A_PROGRAM or code not in {one for one, _ in self._grabbed}:
            return
        elif kind == _KEY_RELEASE:
            self._released_at = time
        elif kind == _KEY_PRESS and time != self._released_at:  # the same moment: a key that is held down repeats
            self.pressed.emit("")


def _code_of(symbol: int, keyboard: list[tuple[int, list[int]]]) -> int | None:
    """Of the first column that has the symbol: as few modifiers as possible lead to it."""
    found = [(symbols.index(symbol), code) for code, symbols in keyboard if symbol in symbols]
    return min(found)[1] if found else None


def _row_with(wanted: frozenset[int], keyboard: list[tuple[int, list[int]]], rows: list[list[int]]) -> int:
    """The mask of the modifier that one of these keys sets, 0 if none does."""
    codes = {code for code, symbols in keyboard if wanted & set(symbols)}
    return next((1 << number for number, row in enumerate(rows) if codes & set(row)), 0)


def _held(keys: KeyCombination, keyboard: list[tuple[int, list[int]]], rows: list[list[int]]) -> int | None:
    """None where this keyboard has no such modifier."""
    masks = {
        Modifier.SHIFT: _SHIFT,
        Modifier.CTRL: _CONTROL,
        Modifier.ALT: _row_with(_ALT_KEYS, keyboard, rows),
        Modifier.META: _row_with(_META_KEYS, keyboard, rows),
    }
    wanted = [masks[one] for one in keys.modifiers]
    return sum(wanted) if all(wanted) else None


def _lock_states(keyboard: list[tuple[int, list[int]]], rows: list[list[int]]) -> list[int]:
    """Every way in which Caps Lock, Num Lock and Scroll Lock can be on or off."""
    locks = {_LOCK, *(_row_with(frozenset({key}), keyboard, rows) for key in _LOCK_KEYS)} - {0}
    return [sum(chosen) for size in range(len(locks) + 1) for chosen in combinations(sorted(locks), size)]
