"""A connection of our own to the X server, beside Qt's: for keys of the whole screen and selected text. GUI thread.

Through libxcb, which reports errors to who asks; libX11 would call one handler for the whole process, and end it.
https://xcb.freedesktop.org/XCB-ProtocolReference; structures as in xcb/xproto.h. Requests wait for an answer only
where that is said; events come by a socket notifier.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal

EVENT_BYTES = 32
_INPUT_ONLY = 2
_ATOM_AT = 8
_REPLY_BYTES = 32
_ANY_TYPE = 0
_CURRENT_TIME = 0
_ASYNC = 1


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    """xcb_screen_iterator_t; the first member of a screen is its root window."""

    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


_U8, _U16, _U32, _I16 = ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32, ctypes.c_int16
_CONNECTION, _BLOCK = ctypes.c_void_p, ctypes.c_void_p
_ERRORS = ctypes.POINTER(ctypes.c_void_p)
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "xcb_connect": (_CONNECTION, (ctypes.c_char_p, ctypes.POINTER(ctypes.c_int))),
    "xcb_disconnect": (None, (_CONNECTION,)),
    "xcb_connection_has_error": (ctypes.c_int, (_CONNECTION,)),
    "xcb_get_file_descriptor": (ctypes.c_int, (_CONNECTION,)),
    "xcb_get_setup": (_BLOCK, (_CONNECTION,)),
    "xcb_setup_roots_iterator": (_Screens, (_BLOCK,)),
    "xcb_screen_next": (None, (ctypes.POINTER(_Screens),)),
    "xcb_flush": (ctypes.c_int, (_CONNECTION,)),
    "xcb_generate_id": (_U32, (_CONNECTION,)),
    "xcb_poll_for_event": (_BLOCK, (_CONNECTION,)),
    "xcb_request_check": (_BLOCK, (_CONNECTION, _Cookie)),
    "xcb_get_keyboard_mapping": (_Cookie, (_CONNECTION, _U8, _U8)),
    "xcb_get_keyboard_mapping_reply": (_BLOCK, (_CONNECTION, _Cookie, _ERRORS)),
    "xcb_get_modifier_mapping": (_Cookie, (_CONNECTION,)),
    "xcb_get_modifier_mapping_reply": (_BLOCK, (_CONNECTION, _Cookie, _ERRORS)),
    "xcb_grab_key_checked": (_Cookie, (_CONNECTION, _U8, _U32, _U16, _U8, _U8, _U8)),
    "xcb_ungrab_key": (_Cookie, (_CONNECTION, _U8, _U32, _U16)),
    "xcb_intern_atom": (_Cookie, (_CONNECTION, _U8, _U16, ctypes.c_char_p)),
    "xcb_intern_atom_reply": (_BLOCK, (_CONNECTION, _Cookie, _ERRORS)),
    "xcb_create_window": (
        _Cookie,
        (_CONNECTION, _U8, _U32, _U32, _I16, _I16, _U16, _U16, _U16, _U16, _U32, _U32, ctypes.c_void_p),
    ),
    "xcb_convert_selection": (_Cookie, (_CONNECTION, _U32, _U32, _U32, _U32, _U32)),
    "xcb_get_property": (_Cookie, (_CONNECTION, _U8, _U32, _U32, _U32, _U32, _U32)),
    "xcb_get_property_reply": (_BLOCK, (_CONNECTION, _Cookie, _ERRORS)),
}


class X11Connection(QObject):
    """Attributes:
        alive: the server can be spoken to. root: the window of the whole screen.
    Signals:
        happened: one event of the server, its 32 bytes.
    """

    happened = Signal(bytes)

    def __init__(self, display: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._xcb = _library()
        self._libc = ctypes.CDLL(None)
        self._libc.free.argtypes = (ctypes.c_void_p,)
        self._connection: int | None = None
        self._notifier: QSocketNotifier | None = None
        self._atoms: dict[str, int] = {}
        self.root = 0
        if self._xcb is not None:
            self._connect(display)

    @property
    def has_library(self) -> bool:
        """libxcb is installed, as wherever Qt shows windows on X11."""
        return self._xcb is not None

    @property
    def alive(self) -> bool:
        return self._connection is not None and not self._lib.xcb_connection_has_error(self._connection)

    def close(self) -> None:
        """The server forgets what this connection wanted."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier = None
        if self._connection is not None:
            self._lib.xcb_disconnect(self._connection)
            self._connection = None

    def flush(self) -> None:
        """Sends what was asked, and hands on the events that came with answers."""
        self._lib.xcb_flush(self._connection)
        self._read()

    # ------------------------------------------------------------------ keyboard

    def keyboard(self) -> list[tuple[int, list[int]]]:
        """Each key code with its symbols, column by column. Waits for the server."""
        first, last = ctypes.string_at(self._lib.xcb_get_setup(self._connection) + 34, 2)
        cookie = self._lib.xcb_get_keyboard_mapping(self._connection, first, last - first + 1)
        reply = self._lib.xcb_get_keyboard_mapping_reply(self._connection, cookie, None)
        if not reply:
            return []
        per_code = ctypes.string_at(reply + 1, 1)[0]
        count = (last - first + 1) * per_code
        symbols = list((ctypes.c_uint32 * count).from_address(reply + _REPLY_BYTES))
        self._libc.free(reply)
        return [(first + at // per_code, symbols[at : at + per_code]) for at in range(0, count, per_code or 1)]

    def modifiers(self) -> list[list[int]]:
        """The key codes of each of the eight modifiers, from Shift to Mod5. Waits for the server."""
        cookie = self._lib.xcb_get_modifier_mapping(self._connection)
        reply = self._lib.xcb_get_modifier_mapping_reply(self._connection, cookie, None)
        if not reply:
            return [[]] * 8
        per_row = ctypes.string_at(reply + 1, 1)[0]
        codes = ctypes.string_at(reply + _REPLY_BYTES, per_row * 8)
        self._libc.free(reply)
        return [[code for code in codes[row * per_row : (row + 1) * per_row] if code] for row in range(8)]

    def grab_key(self, code: int, modifiers: int) -> bool:
        """Whether it is ours now; another program may have it. Waits for the server."""
        cookie = self._lib.xcb_grab_key_checked(self._connection, 0, self.root, modifiers, code, _ASYNC, _ASYNC)
        error = self._lib.xcb_request_check(self._connection, cookie)
        if error:
            self._libc.free(error)
        return not error and self.alive

    def ungrab_key(self, code: int, modifiers: int) -> None:
        self._lib.xcb_ungrab_key(self._connection, code, self.root, modifiers)

    # ------------------------------------------------------------------ selections

    def atom(self, name: str) -> int:
        """Waits for the server when it is asked the first time."""
        if name not in self._atoms:
            self._atoms[name] = self._intern(name)
        return self._atoms[name]

    def _intern(self, name: str) -> int:
        cookie = self._lib.xcb_intern_atom(self._connection, 0, len(name), name.encode("ascii"))
        reply = self._lib.xcb_intern_atom_reply(self._connection, cookie, None)
        if not reply:
            return 0
        atom = int.from_bytes(ctypes.string_at(reply + _ATOM_AT, 4), sys.byteorder)
        self._libc.free(reply)
        return atom

    def hidden_window(self) -> int:
        """A window that is never shown, to which selections can be given."""
        window = int(self._lib.xcb_generate_id(self._connection))
        place = (0, 0, 1, 1, 0)
        self._lib.xcb_create_window(self._connection, 0, window, self.root, *place, _INPUT_ONLY, 0, 0, None)
        return window

    def convert_selection(self, window: int, selection: int, target: int, into: int) -> None:
        """Asks the owner of `selection` for it; the server tells by a SelectionNotify."""
        self._lib.xcb_convert_selection(self._connection, window, selection, target, into, _CURRENT_TIME)
        self.flush()

    def take_property(self, window: int, name: int, most_bytes: int) -> tuple[int, bytes, bool]:
        """Its type (0: there is none), what it holds and whether that was all. Removed when read. Waits for the
        server.
        """
        longs = (most_bytes + 3) // 4
        cookie = self._lib.xcb_get_property(self._connection, 1, window, name, _ANY_TYPE, 0, longs)
        reply = self._lib.xcb_get_property_reply(self._connection, cookie, None)
        if not reply:
            return 0, b"", True
        head = ctypes.string_at(reply, _REPLY_BYTES)
        kind, left, length = (int.from_bytes(head[at : at + 4], sys.byteorder) for at in (8, 12, 16))
        held = ctypes.string_at(reply + _REPLY_BYTES, length * head[1] // 8)
        self._libc.free(reply)
        return kind, held, left == 0

    # ------------------------------------------------------------------ inside

    @property
    def _lib(self) -> ctypes.CDLL:
        assert self._xcb is not None
        return self._xcb

    def _connect(self, display: str) -> None:
        number = ctypes.c_int()
        self._connection = self._lib.xcb_connect(display.encode(), ctypes.byref(number))
        if not self.alive:
            self.close()
            return
        screens = self._lib.xcb_setup_roots_iterator(self._lib.xcb_get_setup(self._connection))
        for _ in range(number.value):
            self._lib.xcb_screen_next(ctypes.byref(screens))
        self.root = screens.data[0]
        descriptor = self._lib.xcb_get_file_descriptor(self._connection)
        self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def _read(self) -> None:
        for event in self._events():
            self.happened.emit(event)
        if not self.alive and self._notifier is not None:
            self._notifier.setEnabled(False)  # the server is gone: its socket would be readable for ever

    def _events(self) -> Iterator[bytes]:
        while self._connection is not None and (block := self._lib.xcb_poll_for_event(self._connection)):
            event = ctypes.string_at(block, EVENT_BYTES)
            self._libc.free(block)
            yield event


def _library() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return None
    for name, (gives, takes) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = gives, takes
    return library
