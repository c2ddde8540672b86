"""A key of the whole desktop on Windows: RegisterHotKey, heard as WM_HOTKEY in Qt's own event loop. GUI thread.

https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-registerhotkey. The calls themselves have not been run
on a Windows computer; how a key is said to it is tested.
"""

from __future__ import annotations

import ctypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject

from agent_toolbar.domain.key_combination import KeyCombination, Modifier
from agent_toolbar.ui.global_key import GlobalKey, KeyObstacle, KeyState

_WM_HOTKEY = 0x0312
_ID = 1
_NO_REPEAT = 0x4000
_ALREADY_REGISTERED = 1409
_MESSAGES = frozenset({b"windows_generic_MSG", b"windows_dispatcher_MSG"})
_MODIFIERS = {Modifier.ALT: 1, Modifier.CTRL: 2, Modifier.SHIFT: 4, Modifier.META: 8}
_KEYS = {"Pause": 0x13, "Space": 0x20, "PgUp": 0x21, "PgDown": 0x22, "End": 0x23, "Home": 0x24, "Insert": 0x2D}
_F1 = 0x70


def hot_key(keys: KeyCombination) -> tuple[int, int]:
    """Modifiers (MOD_...) and virtual key (VK_...)."""
    modifiers = sum(_MODIFIERS[one] for one in keys.modifiers)
    if keys.key in _KEYS:
        return modifiers, _KEYS[keys.key]
    if len(keys.key) > 1:
        return modifiers, _F1 + int(keys.key[1:]) - 1
    return modifiers, ord(keys.key)


class _Message(ctypes.Structure):
    """MSG of winuser.h."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wParam", ctypes.c_size_t),
        ("lParam", ctypes.c_ssize_t),
    )


class _HotKeyFilter(QAbstractNativeEventFilter):
    def __init__(self, key: WindowsKey) -> None:
        super().__init__()
        self._key = key

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:  # Qt's name
        if QByteArray(kind).data() not in _MESSAGES:
            return False, 0
        told = _Message.from_address(int(message))
        ours = told.message == _WM_HOTKEY and told.wParam == _ID
        if ours:
            self._key.pressed.emit("")
        return ours, 0


class WindowsKey(GlobalKey):
    """Belongs to the GUI thread, to which Windows posts the message."""

    def __init__(self, user32: ctypes.CDLL, parent: QObject | None = None) -> None:
        """`user32`: ctypes.WinDLL("user32", use_last_error=True)."""
        super().__init__(parent)
        self._user32 = user32
        self._registered = False
        self._filter = _HotKeyFilter(self)
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)

    def _take(self, keys: KeyCombination, purpose: str) -> None:
        del purpose
        modifiers, virtual_key = hot_key(keys)
        if self._user32.RegisterHotKey(None, _ID, modifiers | _NO_REPEAT, virtual_key):
            self._registered = True
            self._now(KeyState.REGISTERED, keys)
        elif _last_error() == _ALREADY_REGISTERED:
            self._now(KeyState.TAKEN, keys)
        else:
            self._now(KeyState.NOT_HERE, keys, KeyObstacle.NOT_GRANTED)

    def _let_go(self) -> None:
        if self._registered:
            self._user32.UnregisterHotKey(None, _ID)
            self._registered = False


def _last_error() -> int:
    last_error = getattr(ctypes, "get_last_error", None)  # of Windows only
    return int(last_error()) if last_error is not None else 0
