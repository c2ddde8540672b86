"""What a link, a page or a selected text asks to call: one parser on raw text (RFC 3966, RFC 3261). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent_toolbar.domain.number_spelling import unwrap

MAX_LENGTH = 128
SCHEMES = ("tel", "callto", "sip", "sips")
OWN_SCHEME = "agent-toolbar"  # knows `dial` and `show` only


class LinkRefusal(StrEnum):
    """Why a text is refused."""

    TOO_LONG = "too_long"
    NOT_A_LINK = "not_a_link"  # a scheme that nobody registered us for, or a verb that is none of ours
    NO_NUMBER = "no_number"  # nothing that could be called, or signs that no number has
    DAMAGED = "damaged"  # the number was destroyed on the way here, such as into an IPv4 address


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number as it was written, without its wrapping. extension: digits of `;ext=`, "" for none."""

    text: str
    extension: str = ""


@dataclass(frozen=True, slots=True)
class SipAddress:
    """user@host, without headers and parameters."""

    user: str
    host: str

    @property
    def text(self) -> str:
        return f"{self.user}@{self.host}"


@dataclass(frozen=True, slots=True)
class Show:
    """Only that the toolbar comes to the front."""


@dataclass(frozen=True, slots=True)
class Rejected:
    reason: LinkRefusal


Asked = Number | SipAddress | Show | Rejected


def read_link(text: str) -> Asked:
    """What a link says. Never raises."""
    if len(text) > MAX_LENGTH:
        return Rejected(LinkRefusal.TOO_LONG)
    scheme, colon, _ = text.strip().partition(":")
    if not colon or scheme.lower() not in SCHEMES:
        return Rejected(LinkRefusal.NOT_A_LINK)
    return read_text(text)


def read_text(text: str) -> Asked:
    """The same for what a person selected or a page sent: a number or address needs no scheme."""
    if len(text) > MAX_LENGTH:
        return Rejected(LinkRefusal.TOO_LONG)
    spelling = unwrap(text)
    if spelling is None or not spelling.compact:
        return Rejected(LinkRefusal.NO_NUMBER)
    if spelling.address:
        user, _, host = spelling.text.rpartition("@")
        return SipAddress(user, host)
    return Number(spelling.text, spelling.extension)
