"""How long nobody has touched keyboard and mouse, as an X server tells it (MIT-SCREEN-SAVER extension). GUI thread.

Asks through the libraries of the desktop, where they are; https://www.x.org/releases/current/doc/libXScrnSaver.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Mapping


class _ScreenSaverInfo(ctypes.Structure):
    """XScreenSaverInfo of X11/extensions/scrnsaver.h; times in milliseconds."""

    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


def is_x11(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the session is X11. The X server within a Wayland session hears of its own windows only."""
    on_wayland = environ.get("XDG_SESSION_TYPE") == "wayland" or bool(environ.get("WAYLAND_DISPLAY"))
    return bool(environ.get("DISPLAY")) and not on_wayland


class X11Idle:
    """Speaks to the server at `display`; a fresh connection each time, so that none is left behind."""

    def __init__(self, display: str) -> None:
        self._display = display
        self._x11, self._saver = _library("libX11.so.6"), _library("libXss.so.1")
        if self._x11 is None or self._saver is None:
            return
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x11.XDefaultRootWindow.argtypes = (ctypes.c_void_p,)
        self._x11.XCloseDisplay.argtypes = (ctypes.c_void_p,)
        pointer = ctypes.POINTER(ctypes.c_int)
        self._saver.XScreenSaverQueryExtension.argtypes = (ctypes.c_void_p, pointer, pointer)
        self._saver.XScreenSaverQueryInfo.argtypes = (
            ctypes.c_void_p,
            ctypes.c_ulong,
            ctypes.POINTER(_ScreenSaverInfo),
        )

    @property
    def can_tell(self) -> bool:
        return self._x11 is not None and self._saver is not None

    def idle_s(self) -> float | None:
        """Seconds, None where it cannot be known."""
        x11, saver = self._x11, self._saver
        if x11 is None or saver is None:
            return None
        display = x11.XOpenDisplay(self._display.encode())
        if not display:
            return None
        try:
            first_event, first_error, info = ctypes.c_int(), ctypes.c_int(), _ScreenSaverInfo()
            if not saver.XScreenSaverQueryExtension(display, ctypes.byref(first_event), ctypes.byref(first_error)):
                return None
            told = saver.XScreenSaverQueryInfo(display, x11.XDefaultRootWindow(display), ctypes.byref(info))
            return info.idle / 1000 if told else None
        finally:
            x11.XCloseDisplay(display)


def _library(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None
