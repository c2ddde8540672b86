"""How surely a number as a CRM stores it is the number of a call. Pure; any thread."""

from __future__ import annotations

import re

from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberKind, NumberPlan, aliases_of, canonical_number

_INTERNATIONAL = re.compile(r"\s*(\+|00)")
_SURE_DIGITS, _LIKELY_DIGITS = 9, 8


def match_level(stored: str, number: CanonicalNumber, plan: NumberPlan) -> MatchLevel | None:
    """None where they are different numbers. `stored` is free text, read as if it were written where `plan` holds.

    A number with a country code is that number or it is not; one without may belong to several countries, so a
    reading that fits only in its last digits is no more than likely.
    """
    if not number.key:
        return None
    read = canonical_number(stored, plan)
    international = _INTERNATIONAL.match(stored) is not None
    if read.key == number.key:
        if read.extension not in {"", number.extension}:
            return MatchLevel.LAST_9  # somebody behind the same line, perhaps
        return _level_of_same(number, international=international)
    if read.key and read.key in aliases_of(number):
        return MatchLevel.ALIAS
    if number.kind is not NumberKind.E164 or (international and read.kind is NumberKind.E164):
        return None
    return _level_of_tail(re.sub(r"\D", "", stored), number)


def _level_of_same(number: CanonicalNumber, *, international: bool) -> MatchLevel:
    if number.kind is NumberKind.INTERNAL:
        return MatchLevel.INTERNAL
    return MatchLevel.EXACT if international else MatchLevel.NATIONAL


def _level_of_tail(digits: str, number: CanonicalNumber) -> MatchLevel | None:
    for length, level in ((_SURE_DIGITS, MatchLevel.LAST_9), (_LIKELY_DIGITS, MatchLevel.LAST_8)):
        if len(digits) >= length and digits[-length:] == number.key[-length:]:
            return level
    return None
