"""Makes the SIP URI of what the agent dials (RFC 3261 section 19.1), so that nothing slips into another header."""

from __future__ import annotations

import re
from urllib.parse import quote

from agent_toolbar.domain.errors import CallError

_MAX_USER = 64
_MAX_URI = 200  # the library keeps URIs in 256 bytes
_UNESCAPED_IN_USER = "-_.!~*'()&=+$,;?/"  # RFC 3261 section 25.1: unreserved and user-unreserved
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::[0-9]{1,5})?")
_ESCAPED = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def sip_uri(target: str, server: str) -> str:
    """The URI to call: a number or extension of `server`, or a SIP address.

    Raises CallError("bad_dial_target") for anything that is neither.
    """
    if _UNSAFE.search(target):
        raise CallError("bad_dial_target", target="")
    wanted = target.strip()
    address = re.sub(r"^sips?:", "", wanted, flags=re.IGNORECASE)
    user, at, host = address.rpartition("@")
    if not at:
        user, host = address, server
        if re.fullmatch(r"[-+0-9*#().,/ ]+", user):
            user = re.sub(r"[-(). /]", "", user)
    if not user or len(user) > _MAX_USER or '"' in user or "<" in user or ">" in user or not _HOST.fullmatch(host):
        raise CallError("bad_dial_target", target=wanted[:_MAX_USER])
    escaped_already = _ESCAPED.fullmatch(user) is not None
    uri = f"sip:{quote(user, safe=_UNESCAPED_IN_USER + '%' * escaped_already)}@{host}"
    if len(uri) > _MAX_URI:
        raise CallError("bad_dial_target", target=wanted[:_MAX_USER])
    return uri


def user_part(uri: str) -> str:
    """The user of a URI made by sip_uri, still escaped."""
    return uri.removeprefix("sip:").rpartition("@")[0]


def quoted_display_name(name: str) -> str:
    """A display name as a quoted-string (RFC 3261 section 25.1), without any control character; "" stays ""."""
    clean = _UNSAFE.sub(" ", name).strip()[:_MAX_USER]
    escaped = clean.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if clean else ""
