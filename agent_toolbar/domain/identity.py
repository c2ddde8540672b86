"""Who is at the other end, as the signalling says it. A hint for a look-up, never a proof."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class IdentitySource(StrEnum):
    """The SIP header that an identity was read from, most trustworthy first."""

    P_ASSERTED_IDENTITY = "p_asserted_identity"  # RFC 3325
    REMOTE_PARTY_ID = "remote_party_id"  # draft-ietf-sip-privacy-04
    FROM = "from"  # RFC 3261 section 20.20
    DIALLED = "dialled"  # the agent typed it


@dataclass(frozen=True, slots=True)
class Identity:
    """One party of a call.

    Attributes:
        number: user part of the URI or the digits of a tel: URI, as sent; "" when withheld.
        name: display name, already made plain text; "" when none came.
        uri: the whole URI, for diagnostics and for redialling a SIP address.
        private: the caller asked for privacy (RFC 3323): show, but do not store with a contact.
    """

    number: str = ""
    name: str = ""
    uri: str = ""
    source: IdentitySource = IdentitySource.FROM
    private: bool = False

    @property
    def anonymous(self) -> bool:
        """True when nothing is there to look up."""
        return not self.number or self.number.lower() in {
            "anonymous",
            "restricted",
            "unavailable",
            "unknown",
            "private",
        }
