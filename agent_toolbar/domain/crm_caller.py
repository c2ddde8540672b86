"""Who a call is with, as the CRM says, and what there is to know of them. Pure values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.crm import CrmContact, Deal, PastContact


class CrmLookUp(StrEnum):
    """What became of asking the CRM."""

    LOOKING = "looking"
    FOUND = "found"
    NONE = "none"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DealSum:
    """What the open deals of one currency are worth. amount: plain decimal ("12400.50"); currency: ISO 4217 or ""."""

    currency: str
    amount: str


@dataclass(frozen=True, slots=True)
class CrmCaller:
    """What the CRM says of the other party of one call.

    Attributes:
        account: of the sign-in that was asked (CrmAccess.account).
        contacts: most likely first. chosen: id of the certain or chosen one, "" while that is open.
        fault: code of what went wrong with the look-up, "" for nothing.
        deals: the open ones of the chosen contact, history: the last contacts with them; None before the CRM has said,
            and where it cannot.
        creating: the contact is on its way to the CRM. create_fault: code of why the last try made none.
    """

    account: str
    state: CrmLookUp = CrmLookUp.LOOKING
    contacts: tuple[CrmContact, ...] = ()
    chosen: str = ""
    fault: str = ""
    deals: tuple[Deal, ...] | None = None
    history: tuple[PastContact, ...] | None = None
    creating: bool = False
    create_fault: str = ""

    @property
    def contact(self) -> CrmContact | None:
        return next((one for one in self.contacts if one.id == self.chosen), None) if self.chosen else None

    @property
    def only_certain(self) -> CrmContact | None:
        """The one that the number belongs to for certain, if it is just one."""
        certain = [one for one in self.contacts if one.level.certain]
        return certain[0] if len(certain) == 1 else None


def ordered(contacts: Sequence[CrmContact], me: frozenset[str], recent: Sequence[str]) -> tuple[CrmContact, ...]:
    """By exactness, then mine, then by `recent`; else as the CRM had them.

    `me`: names and ids that the CRM knows the agent by. `recent`: ids of contacts, the latest first.
    """

    levels = list(MatchLevel)

    def place(contact: CrmContact) -> tuple[int, bool, int]:
        when = recent.index(contact.id) if contact.id in recent else len(recent)
        return levels.index(contact.level), not (contact.owner and contact.owner in me), when

    return tuple(sorted(contacts, key=place))


def by_last_contact(
    contacts: Sequence[CrmContact], called: Mapping[str, float], past: Mapping[str, Sequence[PastContact]]
) -> tuple[str, ...]:
    """Ids of those with whom there was contact, the latest first.

    `called`: seconds since the epoch of the last call from this desk, by name. `past`: what the CRM says, by id.
    """

    def last_s(contact: CrmContact) -> float:
        moments = [_moment_s(one.when) for one in past.get(contact.id, ())]
        return max([called.get(contact.name, 0.0), *moments])

    known = [one for one in contacts if last_s(one) > 0]
    return tuple(one.id for one in sorted(known, key=last_s, reverse=True))


def _moment_s(when: str) -> float:
    """Seconds since the epoch of an ISO 8601 date or time, UTC where it does not say; 0.0 for what is none."""
    try:
        moment = datetime.fromisoformat(when)
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def sums_of(deals: Sequence[Deal]) -> tuple[DealSum, ...]:
    """Per currency, in the order of the deals; amounts that are no numbers are left out."""
    sums: dict[str, Decimal] = {}
    for deal in deals:
        try:
            amount = Decimal(deal.amount)
        except InvalidOperation:
            continue
        if amount.is_finite() and abs(amount.adjusted()) < 18:
            sums[deal.currency] = sums.get(deal.currency, Decimal(0)) + amount
    return tuple(DealSum(currency, format(amount, "f")) for currency, amount in sums.items())
