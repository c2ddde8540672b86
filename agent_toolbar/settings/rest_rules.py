"""What the types of a system that is told by HTTP cannot say. Values only, but for the names of what is shipped."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from urllib.parse import urlsplit

from agent_toolbar.application.ports.settings import AvailabilityAdapter, Settings
from agent_toolbar.paths import resource_path

Rule = tuple[str, bool, str]

MAX_VALUE = 200
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_SAFE_URL = "https://host, http://localhost"


def rest_rules(settings: Settings) -> list[Rule]:
    """Key, whether it is kept, and what is expected."""
    adapter, rest = settings.availability.adapter, settings.availability.rest
    needed = adapter is AvailabilityAdapter.REST
    known = known_manifests("availability")
    return [
        (
            "availability.rest.manifest",
            is_manifest(rest.manifest, known) or not (needed or rest.manifest),
            f"{', '.join(known)}, /folder/file.toml",
        ),
        ("availability.rest.url", is_safe_url(rest.url) or not (needed or rest.url), _SAFE_URL),
        ("availability.rest.user", bool(rest.user.strip()) or not needed, "-"),
        ("availability.rest.values", are_values(rest.values), "a-z 0-9 _ = text"),
    ]


def known_manifests(kind: str) -> list[str]:
    """Names of the manifests that come with the toolbar, of kind "crm" or "availability"."""
    return sorted(file.stem for file in resource_path("connectors", kind).glob("*.toml"))


def is_manifest(name: str, known: list[str]) -> bool:
    """One that is known, or a file that is the same wherever the toolbar was started from."""
    return name in known or (name.endswith(".toml") and Path(name).is_absolute())


def is_safe_url(url: str) -> bool:
    """https without a user, a query or a fragment; http for this computer only."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:  # half an IPv6 address, or a port that is no number
        return False
    if not host or "@" in parts.netloc or parts.query or parts.fragment or not url.isprintable() or " " in url:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback_host(host))


def are_values(values: dict[str, str]) -> bool:
    return all(_NAME.fullmatch(name) and len(value) <= MAX_VALUE for name, value in values.items())


def is_loopback_host(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
