"""Says who is at the other end of a call, from the headers of an INVITE, a re-INVITE, an UPDATE or a response.

Pure functions; used on the SIP thread. Nothing of it is a proof: see domain.identity.
"""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.domain.identity import Identity, IdentitySource
from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine.sip_headers import SipAddress, SipMessage, parse_address

_MAX_NUMBER = 64
_MAX_URI = 255
_ANONYMOUS_HOST = "anonymous.invalid"
_PRIVACY_THAT_HIDES = frozenset({"id", "user", "full"})


def identity_of_caller(message: SipMessage, *, trusted: bool) -> Identity:
    """The calling party of a request: P-Asserted-Identity (RFC 3325, tel: first), Remote-Party-ID, From.

    trusted: the first two are believed only from a PBX inside our trust domain (RFC 3325 section 3).
    """
    asserted = asserted_identity(message) if trusted else None
    if asserted is not None:
        return asserted
    return _identity(parse_address(message.first("from")), IdentitySource.FROM, message)


def asserted_identity(message: SipMessage) -> Identity | None:
    """What a trusted PBX says of the other end in any message of a dialog; None if it says nothing."""
    asserted = [address for address in message.addresses("p-asserted-identity") if address.uri]
    if asserted:
        chosen = min(asserted, key=lambda address: address.scheme != "tel")
        if not chosen.name:
            named = next((address.name for address in asserted if address.name), "")
            return _identity(chosen, IdentitySource.P_ASSERTED_IDENTITY, message, name=named)
        return _identity(chosen, IdentitySource.P_ASSERTED_IDENTITY, message)
    for address in message.addresses("remote-party-id"):
        if address.uri and address.parameters.get("party", "calling").lower() in {"calling", "called"}:
            return _identity(address, IdentitySource.REMOTE_PARTY_ID, message)
    return None


def newer_identity(message: SipMessage, known: Identity, *, outgoing: bool) -> Identity | None:
    """What a later message of a trusted PBX makes of `known`; None if it says nothing of it."""
    found = asserted_identity(message)
    if found is not None and outgoing and not found.number:
        return replace(known, name=found.name or known.name)
    return found


def called_on(message: SipMessage) -> str:
    """The number that the caller dialled before the call was diverted, "" if it was not.

    The last Diversion is the first that diverted (RFC 5806 section 3); of History-Info the lowest index is the
    original target (RFC 7044 section 10.1).
    """
    diversions = [address for address in message.addresses("diversion") if address.user]
    if diversions:
        return _number(diversions[-1])
    history = [address for address in message.addresses("history-info") if address.user]
    if len(history) < 2:  # a single entry is the present target itself
        return ""
    return _number(min(history, key=_history_order))


def _history_order(address: SipAddress) -> tuple[int, ...]:
    parts = address.parameters.get("index", "").split(".")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return (1 << 30,)
    return tuple(int(part[:6]) for part in parts[:16])


def _identity(address: SipAddress, source: IdentitySource, message: SipMessage, name: str = "") -> Identity:
    requested = {token.strip().lower() for token in message.first("privacy").replace(",", ";").split(";")}
    hidden = address.host.lower() == _ANONYMOUS_HOST
    restricted = source is IdentitySource.REMOTE_PARTY_ID and address.parameters.get("privacy", "off").lower() not in {
        "off",
        "no",
    }
    return Identity(
        number="" if hidden else _number(address),
        name=plain_text(address.name or name),
        uri=plain_text(address.uri, _MAX_URI),
        source=source,
        private=hidden or restricted or bool(requested & _PRIVACY_THAT_HIDES),
    )


def _number(address: SipAddress) -> str:
    return plain_text(address.user, _MAX_NUMBER)
