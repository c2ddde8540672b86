"""What everything on the practice line that speaks SIP shares: the way out, the address, what it can do. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from agent_toolbar.practice.sip_endpoint import SipEndpoint
from agent_toolbar.practice.transactions import Flow
from agent_toolbar.sip_text.sip_message import Fields

CAPABILITIES: Fields = (
    ("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REFER, SUBSCRIBE, NOTIFY"),
    ("Allow-Events", "dialog, refer"),
    ("Supported", "replaces"),
)


class Reporter(Protocol):
    """Whoever wants to know what happens on the line."""

    def __call__(self, event: str, **facts: str | int | bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Site:
    """What a leg needs of its exchange. host: our own "address:port" in URIs."""

    endpoint: SipEndpoint
    host: str
    report: Reporter


def contact_of(host: str, flow: Flow) -> str:
    """Our Contact for a peer that is reached by this flow."""
    return f"<sip:practice@{host}{';transport=tcp' if flow.reliable else ''}>"
