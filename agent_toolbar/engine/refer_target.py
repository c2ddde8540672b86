"""Writes where somebody is sent: Refer-To (RFC 3515) and the Contact of a redirect, with headers in the URI. Pure."""

from __future__ import annotations

from urllib.parse import quote

from agent_toolbar.domain.errors import CallError
from agent_toolbar.engine.context_key import Headers
from agent_toolbar.engine.dialog_id import DialogId

_MAX_LENGTH = 1400  # the whole request has to fit into the library's buffer of 4000 bytes


def address_with_headers(uri: str, headers: Headers) -> str:
    """`uri` in angle brackets, with `headers` for the request that will be sent there (RFC 3261 section 19.1.1).

    Everything but unreserved characters is escaped in them. Raises CallError("bad_dial_target") if it gets too long.
    """
    escaped = "&".join(f"{name}={quote(value, safe='', errors='surrogateescape')}" for name, value in headers)
    address = f"<{uri}?{escaped}>" if escaped else f"<{uri}>"
    if len(address) > _MAX_LENGTH:
        raise CallError("bad_dial_target", target="")
    return address


def replaces_header(dialog: DialogId) -> Headers:
    """Names a dialog as its other end knows it: to-tag is theirs, from-tag is ours (RFC 3891 section 3)."""
    return (("Replaces", f"{dialog.call_id};to-tag={dialog.remote_tag};from-tag={dialog.local_tag}"),)
