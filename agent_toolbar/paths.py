"""Where a profile keeps its files and sockets. Standard library only: the fast path of the command line uses it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

HOME_VARIABLE = "AGENT_TOOLBAR_HOME"
_RESOURCES_IN_WHEEL = Path(__file__).parent / "resources"
_RESOURCES_IN_TREE = Path(__file__).parent.parent / "resources"


class UnsafeRuntimeDirectoryError(OSError):
    """The folder for sockets belongs to somebody else or is open to others."""


def moved_home() -> Path | None:
    """The folder that AGENT_TOOLBAR_HOME names, which then holds everything of this profile."""
    raw = os.environ.get(HOME_VARIABLE, "")
    return Path(raw).expanduser().resolve() if raw else None


def profile_key() -> str:
    """A short name of this profile, so that two toolbars on one desktop have two sets of sockets."""
    home = moved_home()
    if home is None:
        return "default"
    import hashlib  # noqa: PLC0415  # a link click on the default profile does not need it

    return hashlib.sha256(str(home).encode()).hexdigest()[:12]


def practice_home() -> Path:
    """Where the practice line keeps its contacts and history, apart from the real ones."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", "") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", "") or Path.home() / ".local/share")
    return base / "agent-toolbar-practice"


def runtime_dir() -> Path:
    """The owner-only folder of this profile's sockets and locks, made if missing.

    It does not lie under AGENT_TOOLBAR_HOME, because a Unix socket address holds about 100 bytes only.

    Raises UnsafeRuntimeDirectoryError if the folder is not ours alone.
    """
    base = os.environ.get("XDG_RUNTIME_DIR", "") if sys.platform != "win32" else os.environ.get("LOCALAPPDATA", "")
    if base and Path(base).is_dir() and len(base) < 60:
        root = Path(base) / "agent-toolbar"
    else:
        owner = os.getuid() if sys.platform != "win32" else os.environ.get("USERNAME", "user")
        import tempfile  # noqa: PLC0415  # slow to import, and desktops have a runtime folder

        root = Path(tempfile.gettempdir()) / f"agent-toolbar-{owner}"
    for folder in (root, root / profile_key()):
        folder.mkdir(mode=0o700, exist_ok=True)
        _require_owner_only(folder)
    return root / profile_key()


def resource_path(*parts: str) -> Path:
    """A file that is shipped with the toolbar: from the wheel, or from the source tree."""
    root = _RESOURCES_IN_WHEEL if _RESOURCES_IN_WHEEL.is_dir() else _RESOURCES_IN_TREE
    return root.joinpath(*parts)


def _require_owner_only(folder: Path) -> None:
    if sys.platform == "win32":
        return
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise UnsafeRuntimeDirectoryError(f"{folder} is not a folder of this user")
    if stat.S_IMODE(found.st_mode) & 0o077:
        folder.chmod(0o700)
