"""The command that starts this very toolbar, in a form that stays right after this process has ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

_SCRIPT = "agent-toolbar"


@dataclass(frozen=True, slots=True)
class Start:
    """How this process was started.

    Attributes:
        executable: sys.executable. frozen: it holds the toolbar, without a Python around it. argument: sys.argv[0].
        system: sys.platform. environment: its variables, of which APPIMAGE and APPDIR count.
    """

    executable: str
    frozen: bool = False
    argument: str = ""
    system: str = "linux"
    environment: Mapping[str, str] = field(default_factory=dict)


def this_start() -> Start:
    return Start(
        executable=sys.executable,
        frozen=bool(getattr(sys, "frozen", False)),
        argument=sys.argv[0],
        system=sys.platform,
        environment=os.environ,
    )


def program(start: Start | None = None) -> tuple[str, ...]:
    """Absolute path of the program, then what must follow it before any argument.

    Links of the file system stay: it is they that survive an update.
    """
    start = start or this_start()
    if start.frozen:
        return (_app_image(start) or start.executable,)
    beside = Path(start.executable).parent
    if start.system == "win32":
        # The script would open a console for a moment at each link.
        silent = beside / "pythonw.exe"
        return _module(str(silent) if silent.is_file() else start.executable)
    for script in (Path(start.argument), beside / _SCRIPT):
        if script.name == _SCRIPT and script.is_file() and os.access(script, os.X_OK):
            return (os.path.abspath(script),)  # noqa: PTH100  # resolve() would follow links
    return _module(start.executable)


def _module(python: str) -> tuple[str, ...]:
    # -P: the folder in which a browser stands must not be able to put a module under ours.
    return (python, "-P", "-m", "agent_toolbar")


def _app_image(start: Start) -> str:
    """The image itself, as what it holds lies at another place each time. "" where this process is none.

    A terminal that is an AppImage hands its own variables on to whatever is started in it.
    """
    image, folder = start.environment.get("APPIMAGE", ""), start.environment.get("APPDIR", "")
    ours = bool(folder) and PurePath(start.executable).is_relative_to(folder)
    return image if ours and Path(image).is_absolute() and Path(image).is_file() else ""
