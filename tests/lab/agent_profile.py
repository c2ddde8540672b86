"""The settings file of a toolbar that does not run yet."""

from __future__ import annotations

from pathlib import Path

from agent_toolbar.application.ports.settings import AccountSettings, AvailabilitySettings, Settings, WrapUpSettings
from agent_toolbar.settings.settings_file import write_settings as written
from tests.lab.toolbar_process import ToolbarProcess


def write_settings(
    toolbar: ToolbarProcess,
    *,
    availability: AvailabilitySettings,
    wrap_up: WrapUpSettings,
    account: AccountSettings | None = None,
) -> None:
    """Into the profile that its environment names (AGENT_TOOLBAR_HOME)."""
    file = Path(toolbar.environ["AGENT_TOOLBAR_HOME"]) / "config/settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    settings = Settings(account=account or AccountSettings(), availability=availability, wrap_up=wrap_up)
    file.write_text(written(settings))
