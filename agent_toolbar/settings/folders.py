"""Where a profile's files lie: the platform's folders, or under AGENT_TOOLBAR_HOME. Folders are made, owner-only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs

from agent_toolbar import paths

_APP = "agent-toolbar"


def config_dir() -> Path:
    """Settings."""
    return _made("config", lambda: platformdirs.user_config_path(_APP, appauthor=False))


def data_dir() -> Path:
    """Contacts and history: what cannot be made again."""
    return _made("data", lambda: platformdirs.user_data_path(_APP, appauthor=False))


def state_dir() -> Path:
    """Logs, window places: what nobody would miss for long."""
    return _made("state", lambda: platformdirs.user_state_path(_APP, appauthor=False))


def engine_error_log() -> Path:
    """What native code of the engine writes before it aborts."""
    return state_dir() / "engine-errors.log"


def _made(name: str, of_platform: Callable[[], Path]) -> Path:
    home = paths.moved_home()
    folder = home / name if home is not None else of_platform()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
