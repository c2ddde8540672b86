"""The schemes that the toolbar is offered for, checked: a name with a backslash would be a path in a registry."""

from __future__ import annotations

import re

from agent_toolbar.domain.dial_uri import OWN_SCHEME, SCHEMES

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*", re.ASCII)


def scheme_name(name: str) -> str:
    """`name` in lower case, as RFC 3986 3.1 writes schemes. Raises ValueError for what is none."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a scheme")
    return name.lower()


OFFERED = tuple(scheme_name(name) for name in (*SCHEMES, OWN_SCHEME))
