"""A person or company of the contact index, and how surely a number led to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent_toolbar.domain.phone_number import CanonicalNumber

DIRECTORY_SOURCE = "directory/"  # and its name: where a contact came from; no imported file can be called so


class Importance(StrEnum):
    NORMAL = "normal"
    HIGH = "high"
    VIP = "vip"


class MatchLevel(StrEnum):
    """How a contact was found, surest first. Only the first four may be used without asking."""

    EXACT = "exact"  # the same E.164 number, extension included when one is stored
    INTERNAL = "internal"  # the same extension of the company
    ALIAS = "alias"  # the same number in another spelling of its country (AR, MX, BR)
    NATIONAL = "national"  # the same national number in the region of this telephone
    LAST_9 = "last_9"  # only the last nine digits agree: ask
    LAST_8 = "last_8"  # only the last eight digits agree: ask

    @property
    def certain(self) -> bool:
        return self not in {MatchLevel.LAST_9, MatchLevel.LAST_8}


def directory_of(source: str) -> str:
    """Name of the company directory that a source of the index stands for, "" for another source."""
    return source.removeprefix(DIRECTORY_SOURCE) if source.startswith(DIRECTORY_SOURCE) else ""


@dataclass(frozen=True, slots=True)
class ContactMatch:
    """One contact that a number or a text led to.

    Attributes:
        contact_id: of the index; phone: the stored number as its key; phone_kind: "work", "mobile", ... or "".
        directory: name of the company directory that it came from, "" for none.
    """

    contact_id: int
    name: str
    company: str = ""
    importance: Importance = Importance.NORMAL
    owner: str = ""
    phone: str = ""
    phone_kind: str = ""
    level: MatchLevel = MatchLevel.EXACT
    directory: str = ""


@dataclass(frozen=True, slots=True)
class LookupResult:
    """Answer to a look-up by number: surest first; no match is an empty tuple, not an error."""

    number: CanonicalNumber
    matches: tuple[ContactMatch, ...] = ()
