"""The key of the story that travels with a call, in SIP: X-CTI-Key and User-to-User (RFC 7433). Pure."""

from __future__ import annotations

from agent_toolbar.domain.context import KEY
from agent_toolbar.domain.errors import CallError
from agent_toolbar.engine.sip_headers import SipMessage, parse_parameters

_OWN_HEADER = "X-CTI-Key"
_UUI_HEADER = "User-to-User"

Headers = tuple[tuple[str, str], ...]


def key_headers(key: str) -> Headers:
    """Both headers of a key; none for "". Raises CallError("bad_context_key") for what is no key.

    The uui-data are the 16 octets of the key, which is why they read like the key itself (RFC 7433 section 4.2).
    """
    if not key:
        return ()
    if KEY.fullmatch(key) is None:
        raise CallError("bad_context_key")
    return ((_OWN_HEADER, key), (_UUI_HEADER, f"{key};encoding=hex"))


def key_in(message: SipMessage) -> str:
    """The key that came with a request, "" if none did; whatever is no key of ours is passed over."""
    candidates = [message.first(_OWN_HEADER)]
    for value in message.listed(_UUI_HEADER):
        content, semicolon, rest = value.partition(";")
        encoding = parse_parameters(semicolon + rest).get("encoding", "hex")
        if encoding.lower() == "hex":
            candidates.append(content.strip())
    return next((key.lower() for key in candidates if KEY.fullmatch(key.lower())), "")
