"""What the types of the CRM's settings cannot say. Values only."""

from __future__ import annotations

from agent_toolbar.application.caller_pages import may_open
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.domain.page_template import PageTemplate, is_host

MAX_HOSTS = 50


def require_pages(settings: Settings) -> None:
    """Raises SettingsError: as PageTemplate.parse does, settings_page_host (host), or settings_wrong_value."""
    crm = settings.crm
    if len(crm.page_hosts) > MAX_HOSTS or not all(is_host(one) for one in crm.page_hosts):
        raise SettingsError("settings_wrong_value", key="crm.page_hosts", expected="crm.example.com")
    for name, url in crm.pages.urls.items():
        key = f"crm.pages.{name}"
        template = PageTemplate.parse(url, key) if url else None
        if template is not None and not may_open(crm, template):
            raise SettingsError("settings_page_host", key=key, host=f"{template.scheme}://{template.host}")
