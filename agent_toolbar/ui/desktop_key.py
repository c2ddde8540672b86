"""Which way to a global key and to selected text this desktop has. GUI thread."""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from agent_toolbar.ui.global_key import GlobalKey, KeyObstacle, NoKey
from agent_toolbar.ui.mac_key import CARBON, MacKey
from agent_toolbar.ui.selected_text import QtSelectedText, SelectedText, WaylandSelectedText, X11SelectedText
from agent_toolbar.ui.windows_key import WindowsKey
from agent_toolbar.ui.x11_connection import X11Connection
from agent_toolbar.ui.x11_idle import is_x11
from agent_toolbar.ui.x11_key import X11Key


def desktop_key(
    parent: QObject,
    bring_up: Callable[[str], None],
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
) -> tuple[GlobalKey, SelectedText]:
    """Both live as long as `parent`; `bring_up`: see WaylandSelectedText."""
    if platform == "win32":
        return WindowsKey(ctypes.WinDLL("user32", use_last_error=True), parent), QtSelectedText(parent)  # type: ignore[attr-defined]
    if platform == "darwin":
        return MacKey(ctypes.CDLL(CARBON), parent), QtSelectedText(parent)
    if is_x11(environ):
        connection = X11Connection(environ["DISPLAY"], parent)
        if not connection.has_library:
            return NoKey(KeyObstacle.NO_LIBRARY, parent), QtSelectedText(parent)
        return X11Key(connection, parent), X11SelectedText(connection, parent)
    if environ.get("WAYLAND_DISPLAY"):
        return _portal_key(parent, environ), WaylandSelectedText(bring_up, parent)
    return NoKey(KeyObstacle.NO_DESKTOP, parent), QtSelectedText(parent)


def _portal_key(parent: QObject, environ: Mapping[str, str]) -> GlobalKey:
    address = environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    try:
        portal = importlib.import_module("agent_toolbar.ui.portal_key")
        bus = importlib.import_module("agent_toolbar.ui.session_bus")
    except ImportError:  # jeepney comes with the toolbar on Linux only
        return NoKey(KeyObstacle.NO_LIBRARY, parent)
    key: GlobalKey = portal.PortalKey(bus.SessionBus(address, parent), parent)
    return key
