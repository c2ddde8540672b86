"""Reads a written or signalled number by the plan of this telephone (ITU-T E.164, libphonenumber). Pure; any thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, ValidationResult, shortnumberinfo

from agent_toolbar.domain.number_plan import CanonicalNumber, NumberKind, NumberPlan
from agent_toolbar.domain.number_spelling import Spelling, unwrap
from agent_toolbar.domain.text import plain_text

ANONYMOUS_NAMES = frozenset(
    {"anonymous", "restricted", "unavailable", "unknown", "private", "withheld", "unidentified", "no number"}
)
_ANONYMOUS_HOST = "anonymous.invalid"  # RFC 3261 section 8.1.1.3
_EXTENSION = re.compile(r"[A-Za-z0-9*#_]+")  # whatever the plan's own pattern would let through
_SERVICE_CODE = re.compile(r"(?=.*[0-9])(?:[*#](?:[0-9*#]|(?<=[*#])\+)+|[0-9*#]+#)")
_LONGEST_SHORT_NUMBER = 6
_TRUNK_ZERO = re.compile(r"\(0\)")
_PAUSE = re.compile(r"[ ,wWpP]*")
_POSSIBLE = frozenset({ValidationResult.IS_POSSIBLE, ValidationResult.IS_POSSIBLE_LOCAL_ONLY})


def canonical_number(raw: str, plan: NumberPlan) -> CanonicalNumber:
    """What `raw` means where `plan` holds. Never raises; reading a result's key again gives the same key and kind.

    The order is: withheld, extension of the company, emergency and short numbers, service codes, SIP addresses,
    then outside numbers with or without the outside prefix. The company's own plan comes first, so that a library
    cannot take extension 1001 for the start of a national number; an emergency number that the plan covers is dialled
    as it is all the same.
    """
    shown = plain_text(raw)
    spelling = unwrap(shown)
    if _withheld(shown, spelling):
        return CanonicalNumber(NumberKind.ANONYMOUS, raw=shown)
    if spelling is None:
        return CanonicalNumber(NumberKind.INVALID, raw=shown)
    if spelling.address:
        return CanonicalNumber(NumberKind.SIP_ADDRESS, key=spelling.text, valid=True, raw=shown)
    number = _of_this_place(spelling.compact, plan) or _outside(spelling, plan)
    if number is None:
        return CanonicalNumber(NumberKind.INVALID, raw=shown)
    return replace(number, raw=shown, extension=number.extension or spelling.extension)


def aliases_of(number: CanonicalNumber) -> tuple[str, ...]:
    """Other keys that the same line is known by, where a country changed its numbers.

    Argentina writes mobiles with and without 9, Mexico once put a 1 before them, Brazil put a 9 before eight digits.
    """
    if number.kind is not NumberKind.E164:
        return ()
    for country, renumbered in _RENUMBERED.items():
        if number.key.startswith(country):
            other = renumbered(number.key.removeprefix(country))
            return (country + other,) if other else ()
    return ()


def _other_in_argentina(national: str) -> str:
    if len(national) == 11 and national.startswith("9"):
        return national[1:]
    return f"9{national}" if len(national) == 10 else ""


def _other_in_mexico(national: str) -> str:
    return f"1{national}" if len(national) == 10 else ""


def _other_in_brazil(national: str) -> str:
    area, subscriber = national[:2], national[2:]
    if len(subscriber) == 9 and subscriber.startswith("9"):
        return area + subscriber[1:]
    return f"{area}9{subscriber}" if len(subscriber) == 8 and subscriber[0] in "6789" else ""


_RENUMBERED: dict[str, Callable[[str], str]] = {
    "+54": _other_in_argentina,
    "+52": _other_in_mexico,
    "+55": _other_in_brazil,
}


@lru_cache(maxsize=16)
def _internal_pattern(pattern: str) -> re.Pattern[str] | None:
    """None for a text that is no regular expression: the settings refuse it, and no number may fail because of it."""
    try:
        return re.compile(pattern, re.ASCII)
    except re.error:
        return None


def _withheld(shown: str, spelling: Spelling | None) -> bool:
    text = (spelling.text if spelling else shown).lower()
    if not text:
        return True
    user, _, host = text.partition("@")
    return host == _ANONYMOUS_HOST or user in ANONYMOUS_NAMES


def _of_this_place(compact: str, plan: NumberPlan) -> CanonicalNumber | None:
    """An extension, emergency number, short number or service code."""
    internal = _internal_pattern(plan.internal_pattern)
    if internal is not None and internal.fullmatch(compact) and _EXTENSION.fullmatch(compact):
        return CanonicalNumber(NumberKind.INTERNAL, key=compact, valid=True)
    region = plan.region.upper()
    if compact.isdigit() and len(compact) <= _LONGEST_SHORT_NUMBER:
        if shortnumberinfo.is_emergency_number(compact, region):
            return CanonicalNumber(NumberKind.EMERGENCY, key=compact, region=region, valid=True)
        if _is_short(compact, region):
            return CanonicalNumber(NumberKind.SHORT, key=compact, region=region, valid=True)
    if _SERVICE_CODE.fullmatch(compact):
        return CanonicalNumber(NumberKind.SERVICE_CODE, key=compact, valid=True)
    return None


def _is_short(digits: str, region: str) -> bool:
    country_code = phonenumbers.country_code_for_region(region)
    if not country_code or digits.startswith("0"):
        return False
    number = PhoneNumber(country_code=country_code, national_number=int(digits))
    return bool(shortnumberinfo.is_valid_short_number_for_region(number, region))


def _outside(spelling: Spelling, plan: NumberPlan) -> CanonicalNumber | None:
    """The first way of reading that its country's plan knows; failing that, the first that is at least possible."""
    possible: CanonicalNumber | None = None
    for text in _ways_to_read(spelling, plan):
        number = _e164(text, plan.region.upper())
        if number is not None and number.valid:
            return number
        possible = possible or number
    return possible


def _ways_to_read(spelling: Spelling, plan: NumberPlan) -> Iterator[str]:
    text, compact, prefix = spelling.text, spelling.compact, plan.outside_prefix
    if plan.bare_international and compact.isdigit() and not compact.startswith("0"):
        yield f"+{compact}"
    dialled_prefix = bool(prefix) and text.startswith(prefix)
    if dialled_prefix and text[len(prefix) :].lstrip()[:1] in {",", "w", "p"}:
        yield _PAUSE.sub("", text[len(prefix) :], count=1)
    yield text
    if dialled_prefix:
        yield text[len(prefix) :]
    if "(0)" in text:
        yield _TRUNK_ZERO.sub("", text)


def _e164(text: str, region: str) -> CanonicalNumber | None:
    """The number that `text` is in `region`, or None when no plan can have it."""
    parsed = _parsed(text, region)
    if parsed is None:
        return None
    number = _understood(parsed)
    while not number.valid:
        # The library takes a national prefix off an unknown number only once per reading; a key must be read in full.
        again = _parsed(number.key, region)
        if again is None or _key(again) == number.key:
            break
        parsed, number = again, replace(_understood(again), extension=number.extension)
    return number if phonenumbers.is_possible_number_with_reason(parsed) in _POSSIBLE else None


def _parsed(text: str, region: str) -> PhoneNumber | None:
    try:
        parsed = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    if parsed.country_code == 52:
        _drop_old_mexican_mobile_prefix(parsed)
    return parsed


def _drop_old_mexican_mobile_prefix(parsed: PhoneNumber) -> None:
    """+52 1 and ten digits was a mobile until 2020; the plan has no such number any more."""
    digits = str(parsed.national_number)
    if len(digits) == 11 and digits.startswith("1"):
        parsed.national_number = int(digits[1:])


def _understood(parsed: PhoneNumber) -> CanonicalNumber:
    region = phonenumbers.region_code_for_number(parsed)
    valid = region is not None and phonenumbers.is_valid_number_for_region(parsed, region)
    return CanonicalNumber(
        NumberKind.E164,
        key=_key(parsed),
        extension=parsed.extension or "",
        national=phonenumbers.national_significant_number(parsed),
        region=region or _main_region(parsed),
        valid=valid,
    )


def _main_region(parsed: PhoneNumber) -> str:
    region = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    return "" if region == phonenumbers.UNKNOWN_REGION else str(region)


def _key(parsed: PhoneNumber) -> str:
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
