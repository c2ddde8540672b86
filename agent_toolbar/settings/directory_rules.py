"""What the types of the company directories cannot say. Values only."""

from __future__ import annotations

from urllib.parse import urlsplit

from agent_toolbar.application.ports.settings import DirectoryKind, DirectorySettings, Settings
from agent_toolbar.settings.rest_rules import is_loopback_host, is_safe_url

Rule = tuple[str, bool, str]

MAX_DIRECTORIES = 20
MAX_NAME = 60
_KEY = "directories"
_PORTS = range(1, 65_536)


def directory_rules(settings: Settings) -> list[Rule]:
    """Key, whether it is kept, and what is expected. All stand at the list's key: a list has no keys of its own."""
    found = settings.directories
    names = {one.name.strip().casefold() for one in found}
    rules: list[Rule] = [
        (_KEY, len(found) <= MAX_DIRECTORIES, f"0-{MAX_DIRECTORIES}"),
        (_KEY, len(names) == len(found), "name: each once"),
    ]
    for one in found:
        rules += [
            (_KEY, _is_name(one.name), f"name: 1-{MAX_NAME}"),
            (_KEY, _is_url(one), _expected_url(one)),
            (_KEY, 1 <= one.refresh_min <= 10_080, f"{one.name}: refresh_min 1-10080"),
            (_KEY, bool(one.base) or one.kind is not DirectoryKind.LDAP, f"{one.name}: base dc=example,dc=com"),
            (_KEY, _is_filter(one.filter), f"{one.name}: filter (objectClass=person)"),
        ]
    return rules


def is_ldap_url(url: str) -> bool:
    """ldap or ldaps with a host and nothing after it; a plain ldap:// speaks StartTLS except on this computer."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = url.isprintable() and " " not in url and "@" not in parts.netloc
    bare = parts.path in {"", "/"} and not parts.query and not parts.fragment
    return (
        parts.scheme in {"ldap", "ldaps"}
        and bool(parts.hostname)
        and plain
        and bare
        and (port is None or port in _PORTS)
    )


def needs_start_tls(url: str) -> bool:
    """No password crosses a network in plain text."""
    parts = urlsplit(url)
    return parts.scheme == "ldap" and not is_loopback_host(parts.hostname or "")


def _is_url(directory: DirectorySettings) -> bool:
    return is_ldap_url(directory.url) if directory.kind is DirectoryKind.LDAP else is_safe_url(directory.url)


def _expected_url(directory: DirectorySettings) -> str:
    if directory.kind is DirectoryKind.LDAP:
        return f"{directory.name}: url ldaps://host, ldap://host"
    return f"{directory.name}: url https://host/addressbook/"


def _is_name(name: str) -> bool:
    return bool(name.strip()) and name == name.strip() and len(name) <= MAX_NAME and name.isprintable()


def _is_filter(text: str) -> bool:
    """Its brackets close; what else is wrong only the server can say (RFC 4515)."""
    depth = 0
    for char in text:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0 and text.startswith("(") and text.endswith(")")
