"""The environment of one profile: its folder, its sockets, its sound and screen; nothing of the developer's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_OF_THE_DESKTOP = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_CURRENT_DESKTOP", "PULSE_SERVER")


def profile_environ(folder: Path, *parts: Mapping[str, str]) -> dict[str, str]:
    """What a toolbar or engine of the profile in `folder` gets; `parts` (a headset's, a screen's) win."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    environ = {name: value for name, value in os.environ.items() if name not in _OF_THE_DESKTOP}
    environ |= {
        "HOME": str(folder),
        "AGENT_TOOLBAR_HOME": str(folder / "profile"),
        "XDG_RUNTIME_DIR": str(runtime),
        "PULSE_SERVER": f"unix:{folder}/no-sound-system",
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/no-system-bus",
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "C.UTF-8",
        "PYTHONFAULTHANDLER": "1",
    }
    for part in parts:
        environ |= part
    return environ
