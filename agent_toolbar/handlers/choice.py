"""The adapter for the system that the toolbar runs on."""

from __future__ import annotations

from agent_toolbar.application.ports.scheme_handlers import SchemeHandlers
from agent_toolbar.handlers.linux import LinuxSchemeHandlers


def handlers_here() -> SchemeHandlers:
    return LinuxSchemeHandlers()
