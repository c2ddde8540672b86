"""Where a page of the CRM comes from, in the one spelling that browsers send (RFC 6454). Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from agent_toolbar.domain.errors import LinkError
from agent_toolbar.domain.text import plain_text

MAX_ORIGIN = 260
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})

_USUAL_PORTS = {"https": 443, "http": 80}
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def checked_origin(text: str) -> str:
    """`text` as browsers send it: lower case, no usual port, no path; names of other scripts as ASCII (RFC 5890).

    https only, and http for this computer. A path, a user, a wildcard or `null` are refused.
    Raises LinkError("bad_origin", origin).
    """
    origin = _spelled(text.strip())
    if origin is None:
        raise LinkError("bad_origin", origin=plain_text(text, 60))
    return origin


def is_origin(text: str) -> bool:
    """Exactly as browsers send it."""
    return _spelled(text) == text


def _spelled(text: str) -> str | None:
    if len(text) > MAX_ORIGIN or not text.isprintable() or any(char in text for char in " @\\?#*"):
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in _USUAL_PORTS or parts.path not in {"", "/"} or parts.netloc.endswith(":") or port == 0:
        return None
    ascii_host = _ascii(host)
    if ascii_host is None or (parts.scheme == "http" and ascii_host not in LOOPBACK_HOSTS):
        return None
    shown = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port and port != _USUAL_PORTS[parts.scheme] else "")


def _ascii(host: str) -> str | None:
    if host == "::1":
        return host
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = name.split(".")
    return name if len(name) <= 253 and all(_LABEL.fullmatch(label) for label in labels) else None
