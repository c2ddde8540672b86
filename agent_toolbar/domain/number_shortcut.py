"""Plainly written numbers and keys, many times quicker than by a full reading: for files with a million of them.

It answers only where libphonenumber's own rules leave one reading, and then as `canonical_number` and `display_number`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberFormat

from agent_toolbar.domain.number_format import display_number
from agent_toolbar.domain.number_plan import CanonicalNumber, NumberPlan
from agent_toolbar.domain.number_reading import canonical_number

_PLAIN = re.compile(r"(\+)[1-9][0-9]{6,14}|[0-9]{7,15}")
_TRUNK_ZERO = re.compile(r"[ (]*\+([1-9][0-9]{0,2})[ .)-]*\(0\)(.*)", re.DOTALL)
_FOREIGN_SEPARATORS = "\u00a0\u2007\u2009\u202f\u2010\u2011\u2012\u2013\u2014"  # spaces and dashes of word processors
_SEPARATORS = str.maketrans("", "", f" .-()/{_FOREIGN_SEPARATORS}")
_MEXICO = "52"  # its old mobiles are rewritten
_KINDS = (
    *("mobile", "fixed_line", "toll_free", "voip", "premium_rate", "shared_cost", "uan", "personal_number", "pager"),
    "voicemail",
)
_NEVER = re.compile(r"(?!)")


_Kind = tuple[frozenset[int], re.Pattern[str]]  # possible lengths, none for all; the digits


@dataclass(frozen=True, slots=True)
class _Country:
    """What of a country's plan decides how digits are read."""

    code: str
    national: re.Pattern[str]
    prefix: re.Pattern[str]
    strips_plainly: bool  # a national prefix is only taken off, never rewritten
    international_prefix: re.Pattern[str]
    kinds: tuple[_Kind, ...]  # what its valid numbers are; () where the code is shared with other countries


class PlainNumbers:
    """Reads by one plan; quick only where it has neither an outside prefix nor bare international numbers."""

    def __init__(self, plan: NumberPlan) -> None:
        self._home = _country(plan.region.upper())
        self._quick = not plan.outside_prefix and not plan.bare_international
        try:
            self._internal = re.compile(plan.internal_pattern, re.ASCII)
        except re.error:
            self._internal = _NEVER

    def key(self, written: str) -> str:
        """The E.164 key of `written`, or "" when it takes a full reading to know."""
        if not self._quick:
            return ""
        written = written.removeprefix("tel:")
        if "(0)" in written:
            return _trunk_zero_key(written)
        compact = written.translate(_SEPARATORS)
        plain = _PLAIN.fullmatch(compact)
        if plain is None or self._internal.fullmatch(compact):
            return ""
        return _international_key(compact) if plain[1] else self._national_key(compact)

    def _national_key(self, digits: str) -> str:
        home = self._home
        if home is None or digits.startswith(home.code):
            return ""
        if abroad := home.international_prefix.match(digits):
            compact = f"+{digits[abroad.end() :]}"
            return _international_key(compact) if _PLAIN.fullmatch(compact) else ""
        prefix = home.prefix.match(digits)
        if prefix is None:
            return _checked(home, digits)
        return _checked(home, digits[prefix.end() :]) if home.strips_plainly else ""


class StoredNumbers:
    """What keys of `canonical_number` mean where `plan` holds: the same as reading them again."""

    def __init__(self, plan: NumberPlan) -> None:
        self._plan = plan
        self._home_code = phonenumbers.country_code_for_region(plan.region.upper())
        self._key = ""  # of the last one, which is mostly asked for twice
        self._number: PhoneNumber | None = None
        self._read: CanonicalNumber | None = None  # where it took a full reading
        self._valid = False

    def valid(self, key: str) -> bool:
        """A numbering plan knows it."""
        if key != self._key:
            self._key, self._number, self._read = key, None, None
            country = _country_of_key(key) if key.startswith("+") and _PLAIN.fullmatch(key) else None
            if country is not None and _is_unchanged(country, key[1 + len(country.code) :]):
                self._number = _number(country.code, key[1 + len(country.code) :])
                self._valid = _is_valid(country, key[1 + len(country.code) :], self._number)
            else:
                self._read = canonical_number(key, self._plan)
                self._valid = self._read.valid
        return self._valid

    def shown(self, key: str) -> str:
        """As people read it."""
        if not self.valid(key) or self._number is None:
            return display_number(self._read or key, self._plan)
        at_home = self._number.country_code == self._home_code
        style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
        return str(phonenumbers.format_number(self._number, style))


def _is_unchanged(country: _Country, national: str) -> bool:
    """Parsing takes nothing off these digits."""
    changes = country.code == _MEXICO or country.prefix.match(national)
    return not changes and country.national.fullmatch(national) is not None


def _number(code: str, national: str) -> PhoneNumber:
    number = PhoneNumber(country_code=int(code), national_number=int(national))
    if national.startswith("0"):
        number.italian_leading_zero = True
        if (zeros := len(national) - len(national[:-1].lstrip("0")) - 1) > 1:
            number.number_of_leading_zeros = zeros
    return number


def _is_valid(country: _Country, national: str, number: PhoneNumber) -> bool:
    if not country.kinds:
        return bool(phonenumbers.is_valid_number(number))
    digits = len(national)
    return any((not lengths or digits in lengths) and kind.fullmatch(national) for lengths, kind in country.kinds)


def _country_of_key(key: str) -> _Country | None:
    for length in (1, 2, 3):
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(key[1 : 1 + length]))
        if regions is not None:
            return _country(regions[0])
    return None


def _international_key(compact: str) -> str:
    country = _country_of_key(compact)
    if country is None or country.code == _MEXICO:
        return ""
    return _checked(country, compact[1 + len(country.code) :])


def _trunk_zero_key(written: str) -> str:
    """+44 (0)113 496 0001: only where zero is all that the country puts before such a number at home."""
    parts = _TRUNK_ZERO.fullmatch(written)
    if parts is None:
        return ""
    code, national = parts[1], parts[2].translate(_SEPARATORS)
    key = f"+{code}{national}"
    country = _country_of_key(key) if _PLAIN.fullmatch(key) else None
    if country is None or country.code != code or code == _MEXICO or not country.strips_plainly:
        return ""
    prefix = country.prefix.match(f"0{national}")
    return _checked(country, national) if prefix is not None and prefix.end() == 1 else ""


def _checked(country: _Country, national: str) -> str:
    """The key, if the country knows such numbers and nothing at its beginning could be taken for a prefix."""
    if national.startswith("0") or country.prefix.match(national) or not country.national.fullmatch(national):
        return ""
    return f"+{country.code}{national}"


@lru_cache(maxsize=256)
def _country(region: str) -> _Country | None:
    metadata = PhoneMetadata.metadata_for_region(region, None)
    general = metadata.general_desc if metadata else None
    if metadata is None or general is None or general.national_number_pattern is None:
        return None
    prefix = metadata.national_prefix_for_parsing or ""
    is_alone = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(metadata.country_code or 0) == (region,)
    return _Country(
        code=str(metadata.country_code),
        national=re.compile(general.national_number_pattern),
        prefix=re.compile(prefix) if prefix else _NEVER,
        strips_plainly=metadata.national_prefix_transform_rule is None,
        international_prefix=re.compile(metadata.international_prefix or "(?!)"),
        kinds=_kinds(metadata, frozenset(general.possible_length)) if is_alone else (),
    )


def _kinds(metadata: PhoneMetadata, lengths: frozenset[int]) -> tuple[_Kind, ...]:
    """The commonest first; a number must be of the country's `lengths` too (libphonenumber, getNumberTypeHelper)."""
    descriptions = (getattr(metadata, name) for name in _KINDS)
    return tuple(
        (frozenset(kind.possible_length) & lengths or lengths, re.compile(kind.national_number_pattern))
        for kind in descriptions
        if kind is not None and kind.national_number_pattern
    )
