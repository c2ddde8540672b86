"""A key of the whole desktop on macOS: Carbon's RegisterEventHotKey, which needs no permission. GUI thread.

Carbon/HIToolbox/CarbonEvents.h and Events.h. The calls themselves have not been run on a Mac; how a key is said to it
is tested. macOS does not tell which keys other programs have: such a key is registered and both hear it.
"""

from __future__ import annotations

import ctypes

from PySide6.QtCore import QObject, QTimer

from agent_toolbar.domain.key_combination import KeyCombination, Modifier
from agent_toolbar.ui.global_key import GlobalKey, KeyObstacle, KeyState

CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"

_MODIFIERS = {Modifier.CTRL: 0x100, Modifier.SHIFT: 0x200, Modifier.ALT: 0x800, Modifier.META: 0x1000}
_LETTERS = "ASDFHGZXCV"  # kVK_ANSI_A is 0, and so on: codes are places on the keyboard
_BESIDE = {
    "9": 0x19, "7": 0x1A, "8": 0x1C, "0": 0x1D, "O": 0x1F, "U": 0x20, "I": 0x22, "P": 0x23, "L": 0x25, "J": 0x26,
    "K": 0x28, "N": 0x2D, "M": 0x2E, "Space": 0x31, "Home": 0x73, "End": 0x77, "PgUp": 0x74, "PgDown": 0x79,
}  # fmt: skip
_FUNCTION_KEYS = (
    *(0x7A, 0x78, 0x63, 0x76, 0x60, 0x61, 0x62, 0x64, 0x65, 0x6D, 0x67, 0x6F),
    *(0x69, 0x6B, 0x71, 0x6A, 0x40, 0x4F, 0x50, 0x5A),
)
_CODES = {
    **{letter: code for code, letter in enumerate(_LETTERS)},
    **dict(zip("BQWERYT", range(0x0B, 0x12), strict=True)),
    **dict(zip("123465", range(0x12, 0x18), strict=True)),
    **_BESIDE,
    **{f"F{number}": code for number, code in enumerate(_FUNCTION_KEYS, start=1)},
}
_KEYBOARD = int.from_bytes(b"keyb", "big")  # kEventClassKeyboard
_HOT_KEY_PRESSED = 5
_SIGNATURE = int.from_bytes(b"AgTb", "big")
_EXISTS = -9878  # eventHotKeyExistsErr: this program has it already


def hot_key(keys: KeyCombination) -> tuple[int, int] | None:
    """Modifiers (cmdKey and the like) and key code (kVK_...), None for a key that a Mac has not."""
    code = _CODES.get(keys.key)
    return None if code is None else (sum(_MODIFIERS[one] for one in keys.modifiers), code)


class _EventType(ctypes.Structure):
    _fields_ = (("event_class", ctypes.c_uint32), ("event_kind", ctypes.c_uint32))


class _HotKeyId(ctypes.Structure):
    _fields_ = (("signature", ctypes.c_uint32), ("id", ctypes.c_uint32))


_Handler = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class MacKey(GlobalKey):
    """The handler lives as long as the toolbar; the key comes and goes."""

    def __init__(self, carbon: ctypes.CDLL, parent: QObject | None = None) -> None:
        """`carbon`: ctypes.CDLL(CARBON)."""
        super().__init__(parent)
        self._carbon = carbon
        self._key: ctypes.c_void_p | None = None
        carbon.GetApplicationEventTarget.restype = ctypes.c_void_p
        carbon.RegisterEventHotKey.argtypes = (
            ctypes.c_uint32,
            ctypes.c_uint32,
            _HotKeyId,
            ctypes.c_void_p,
            ctypes.c_uint32,
            ctypes.POINTER(ctypes.c_void_p),
        )
        carbon.UnregisterEventHotKey.argtypes = (ctypes.c_void_p,)
        carbon.InstallEventHandler.argtypes = (
            ctypes.c_void_p,
            _Handler,
            ctypes.c_ulong,
            ctypes.POINTER(_EventType),
            ctypes.c_void_p,
            ctypes.c_void_p,
        )
        self._handler = _Handler(self._heard)
        wanted = _EventType(_KEYBOARD, _HOT_KEY_PRESSED)
        target = carbon.GetApplicationEventTarget()
        carbon.InstallEventHandler(target, self._handler, 1, ctypes.byref(wanted), None, None)

    def _heard(self, _next: object, _event: object, _context: object) -> int:
        QTimer.singleShot(0, lambda: self.pressed.emit(""))  # not within the system's own call
        return 0

    def _take(self, keys: KeyCombination, purpose: str) -> None:
        del purpose
        said = hot_key(keys)
        if said is None:
            self._now(KeyState.NOT_HERE, keys, KeyObstacle.NO_SUCH_KEY)
            return
        modifiers, code = said
        key = ctypes.c_void_p()
        target = self._carbon.GetApplicationEventTarget()
        ours = _HotKeyId(_SIGNATURE, 1)
        result = self._carbon.RegisterEventHotKey(code, modifiers, ours, target, 0, ctypes.byref(key))
        if result == 0:
            self._key = key
            self._now(KeyState.REGISTERED, keys)
        elif result == _EXISTS:
            self._now(KeyState.TAKEN, keys)
        else:
            self._now(KeyState.NOT_HERE, keys, KeyObstacle.NOT_GRANTED)

    def _let_go(self) -> None:
        if self._key is not None:
            self._carbon.UnregisterEventHotKey(self._key)
            self._key = None
