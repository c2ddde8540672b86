"""Checks what a person types as the way to a CRM, before anything is tried with it."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from agent_toolbar.domain.errors import CrmError
from agent_toolbar.domain.text import plain_text

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,60}")


def checked_manifest(typed: str) -> str:
    """Name of a manifest or path of a file. Raises CrmError("bad_manifest")."""
    manifest = typed.strip()
    if not manifest or len(manifest) > 1000 or not manifest.isprintable():
        raise CrmError("bad_manifest", manifest=plain_text(typed, 60))
    return manifest


def checked_url(typed: str) -> str:
    """Base address without its last slash: https, or http on this computer, without user and password in it.

    Raises CrmError("bad_crm_url").
    """
    url = typed.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0 and parts.username is None and url.isprintable()
    except ValueError:
        usable = False
    if not usable or " " in url or not (parts.scheme == "https" or (parts.scheme == "http" and _here(parts.hostname))):
        raise CrmError("bad_crm_url", url=plain_text(typed.rpartition("@")[2], 60))
    return url


def checked_values(values: dict[str, str]) -> dict[str, str]:
    """Raises CrmError("bad_crm_value") for a name that no manifest can ask for."""
    for name in values:
        if not _NAME.fullmatch(name):
            raise CrmError("bad_crm_value", name=plain_text(name, 60))
    return dict(values)


def _here(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
