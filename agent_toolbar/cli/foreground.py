"""How a short-lived process hands the keyboard on to a window of the running toolbar. Standard library only."""

from __future__ import annotations

import os
import sys


def activation_token() -> str:
    """What the desktop gave this process so that a window may come to the front (XDG activation, X11 start-up)."""
    return os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID", "")


def let_the_first_come_to_the_front() -> None:
    """Windows lets only the process in the foreground hand the foreground on; this one was just started by it."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
