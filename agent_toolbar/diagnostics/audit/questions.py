"""The questions that need no call: each asks, and takes back what it asked for. On the audit's thread."""

from __future__ import annotations

import re
import secrets

from agent_toolbar.diagnostics.audit.facts import AnswerHeard, AuditFacts, RegistrationHeard, TransportHeard
from agent_toolbar.diagnostics.audit.sip_client import (
    NO_ANSWER,
    Dialog,
    Identity,
    SipClient,
    status_line,
    tokens_of,
)
from agent_toolbar.diagnostics.audit.sip_link import LinkError, open_link
from agent_toolbar.sip_text.sip_message import SipResponse, delta_seconds, parse_address

PACKAGES = {  # event package: what its NOTIFY would carry
    "dialog": "application/dialog-info+xml",
    "presence": "application/pidf+xml",
    "message-summary": "application/simple-message-summary",
    "as-feature-event": "application/x-as-feature-event+xml",
    "conference": "application/conference-info+xml",
    "reg": "application/reginfo+xml",
}
_PROBE_S = 1.5
_LONGEST_EXPIRES_S = 7 * 24 * 3600
_SUBSCRIBED_S = 60  # how long a subscription lives that we could not take back


def heard(response: SipResponse) -> AnswerHeard:
    return AnswerHeard(response.status, status_line(response))


def ask_transport(
    transport: str, address: str, port: int, identity: Identity, until_s: float, *, trusts_anyone: bool = True
) -> TransportHeard:
    """Whether anything speaks SIP there: OPTIONS, without the password."""
    stranger = Identity(identity.server, identity.extension, "", "")
    try:
        link = open_link(transport, address, port, _PROBE_S, server_name=identity.server, trusts_anyone=trusts_anyone)
    except LinkError as error:
        return TransportHeard(transport, port, False, str(error))
    try:
        client = SipClient(link, stranger, until_s)
        response = client.ask("OPTIONS", client.dialog_to(""), within_s=_PROBE_S)
    except LinkError as error:
        return TransportHeard(transport, port, False, str(error))
    finally:
        link.close()
    return TransportHeard(transport, port, response.status != NO_ANSWER, status_line(response))


def ask_options(client: SipClient, facts: AuditFacts) -> None:
    """What the PBX says of itself (RFC 3261 section 11)."""
    response = client.ask("OPTIONS", client.dialog_to(""), (("Accept", "application/sdp"),))
    facts.options = heard(response)
    facts.product = product_of(response) or facts.product
    facts.allow = tokens_of(response, "allow")
    facts.supported = tokens_of(response, "supported")
    facts.accept = tokens_of(response, "accept")
    facts.allow_events = tokens_of(response, "allow-events")


def product_of(response: SipResponse) -> str:
    named = response.first("server") or response.first("user-agent")
    return "".join(letter for letter in named if letter.isprintable())[:100]


def ask_registration(client: SipClient, extension: str) -> tuple[RegistrationHeard, str]:
    """Asks who is registered: a REGISTER without Contact changes nothing (section 10.2.3). Also names the product."""
    own = client.address_of(extension)
    response = client.ask("REGISTER", Dialog(client.address_of(""), f"<{own}>"), (("Supported", "path, outbound"),))
    contacts = ", ".join(response.every("contact"))
    found = [parse_address(part) for part in re.split(r",\s*(?=[^,]*<)", contacts)] if contacts else []
    lifetimes_s = [
        delta_seconds(contact.parameters.get("expires", "") or response.first("expires"), 0, _LONGEST_EXPIRES_S)
        for contact in found
    ]
    announced = {word.lower() for name in ("supported", "require") for word in tokens_of(response, name)}
    registration = RegistrationHeard(
        answer=heard(response),
        bindings=len(found),
        expires_s=max(lifetimes_s, default=0),
        service_route=bool(response.first("service-route")),
        path="path" in announced or bool(response.first("path")),
        outbound="outbound" in announced,
    )
    return registration, product_of(response)


def ask_subscription(client: SipClient, package: str, user: str) -> AnswerHeard:
    """Subscribes to an event package, and takes the subscription back if it was granted (RFC 6665)."""
    dialog = client.dialog_to(user)
    fields = (("Event", package), ("Accept", PACKAGES[package]))
    response = client.ask("SUBSCRIBE", dialog, (*fields, ("Expires", str(_SUBSCRIBED_S))))
    if 200 <= response.status < 300:
        dialog.confirm(response)
        client.part("SUBSCRIBE", dialog, (*fields, ("Expires", "0")))
    return heard(response)


def ask_message(client: SipClient) -> AnswerHeard:
    """A MESSAGE to an address that nobody has (RFC 3428): nobody gets it, but the PBX says whether it takes any."""
    nowhere = client.dialog_to(f"toolbar-audit-{secrets.token_hex(4)}")
    return heard(client.ask("MESSAGE", nowhere, (("Content-Type", "text/plain"),), b"audit"))
