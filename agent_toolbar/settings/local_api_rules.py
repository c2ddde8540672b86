"""What the types of the local API's settings cannot say. Values only."""

from __future__ import annotations

from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.domain.page_origin import is_origin

Rule = tuple[str, bool, str]

MAX_ORIGINS = 20
PORTS = range(1024, 65_536)  # below, only an administrator may listen


def local_api_rules(settings: Settings) -> list[Rule]:
    """Key, whether it is kept, and what is expected."""
    wanted = settings.local_api
    return [
        ("local_api.port", wanted.port in PORTS, f"{PORTS.start}-{PORTS.stop - 1}"),
        ("local_api.origins", len(wanted.origins) <= MAX_ORIGINS, f"0-{MAX_ORIGINS}"),
        ("local_api.origins", len(set(wanted.origins)) == len(wanted.origins), "each once"),
        ("local_api.origins", all(is_origin(one) for one in wanted.origins), "https://crm.example.com"),
    ]
