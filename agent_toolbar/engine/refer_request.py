"""Reads a REFER that came in one of our calls (RFC 3515): where its sender wants us to call. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from agent_toolbar.domain.context import KEY
from agent_toolbar.domain.errors import CallError
from agent_toolbar.engine.context_key import Headers
from agent_toolbar.engine.dial_target import sip_uri
from agent_toolbar.engine.sip_headers import SipMessage, parse_address

_SCHEMES = frozenset({"sip", "sips", "tel"})
_MAX_REPLACES = 400
_UNSAFE = frozenset("\r\n\0")


@dataclass(frozen=True, slots=True)
class ReferRequest:
    """A REFER that an agent could obey.

    Attributes:
        cseq: of the REFER. target: number, or user@host where host is none of `our_hosts`.
        headers: for the INVITE to the target: Replaces, where the sender consulted it first (RFC 3891).
        context: key of the story that goes along, "" if none.
    """

    cseq: int
    target: str
    headers: Headers = ()
    context: str = ""


def refer_request(message: SipMessage, our_hosts: frozenset[str]) -> ReferRequest | None:
    """None for what is no REFER, or names no place that can be called."""
    number, _, method = message.first("cseq").partition(" ")
    if method.strip().upper() != "REFER" or not (number.isascii() and number.isdigit()):
        return None
    address = parse_address(message.first("refer-to"))
    host = address.host.partition(":")[0]
    target = address.user if not host or host in our_hosts else f"{address.user}@{address.host}"
    if address.scheme not in _SCHEMES or not address.user or address.uri_headers.get("method"):
        return None
    try:
        sip_uri(target, "pbx.invalid")
    except CallError:
        return None
    replaces = address.uri_headers.get("replaces", "")
    if len(replaces) > _MAX_REPLACES or _UNSAFE & set(replaces):
        return None
    key = address.uri_headers.get("x-cti-key", "").lower()
    return ReferRequest(
        int(number[:10]),
        target,
        (("Replaces", replaces), ("Require", "replaces")) if replaces else (),
        key if KEY.fullmatch(key) else "",
    )
