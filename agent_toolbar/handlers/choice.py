"""The adapter for the system that the toolbar runs on."""

from __future__ import annotations

import sys
from pathlib import Path

from agent_toolbar.application.ports.scheme_handlers import SchemeHandlers
from agent_toolbar.handlers.linux import LinuxSchemeHandlers
from agent_toolbar.handlers.macos import MacSchemeHandlers
from agent_toolbar.handlers.program import program
from agent_toolbar.handlers.windows import WindowsSchemeHandlers


def handlers_here() -> SchemeHandlers:
    if sys.platform == "win32":
        from agent_toolbar.handlers.windows_registry import (  # noqa: PLC0415  # Windows only
            WindowsRegistry,
            announce_associations,
        )

        return WindowsSchemeHandlers(WindowsRegistry(), program(), announce_associations)
    if sys.platform == "darwin":
        return MacSchemeHandlers(Path.home(), Path(sys.executable))
    return LinuxSchemeHandlers()
