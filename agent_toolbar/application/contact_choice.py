"""Which of the contacts that a CRM answered with is meant: only who has the number for certain. Pure functions."""

from __future__ import annotations

from agent_toolbar.domain.crm import CrmContact
from agent_toolbar.domain.folded_text import folded
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberPlan, canonical_number


def chosen_contact(contacts: tuple[CrmContact, ...], name: str) -> CrmContact | None:
    """The one that is called `name` of those that have the number for certain; without a name the only one."""
    certain = [one for one in contacts if one.level.certain]
    if name:
        certain = [one for one in certain if folded(one.name) == folded(name)]
    return certain[0] if len(certain) == 1 else None


def number_of(key: str) -> CanonicalNumber:
    """An E.164 key as a number to ask for."""
    return canonical_number(key, NumberPlan())
