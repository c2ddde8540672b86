"""Finds the contacts of a number, surest first. Reads only; the connection belongs to the calling thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import phonenumbers

from agent_toolbar.crm.contact_schema import IMPORTANCES, tail_of
from agent_toolbar.domain.contact import ContactMatch, MatchLevel, directory_of
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberKind, NumberPlan, aliases_of

MAX_MATCHES = 50  # a switchboard's number may belong to everybody of a company
_LEVELS = tuple(MatchLevel)
_FOUND = """SELECT contact.id, name, company, importance, owner, phone.key, phone.kind, phone.extension, updated_s,
    source
    FROM phone JOIN contact ON contact.id = phone.contact_id"""
_BY_KEY = f"{_FOUND} WHERE phone.key = ? ORDER BY importance DESC, updated_s DESC LIMIT {MAX_MATCHES}"
_BY_TAIL = f"{_FOUND} WHERE phone.tail = ? AND phone.tail <> '' AND phone.key <> ? LIMIT {MAX_MATCHES}"
_MIN_NATIONAL_DIGITS = 8  # a shorter national number is too common to be told apart from others

_Row = tuple[int, str, str, int, str, str, str, str, int, str]


def find_contacts(
    connection: sqlite3.Connection, number: CanonicalNumber, plan: NumberPlan
) -> tuple[ContactMatch, ...]:
    """At most fifty contacts of `number`: by level, then importance, then the one that changed last. Each only once."""
    if not number.key:
        return ()
    exact = MatchLevel.INTERNAL if number.kind is NumberKind.INTERNAL else MatchLevel.EXACT
    found = [(_level_of_same(row, number, exact), row) for row in connection.execute(_BY_KEY, (number.key,))]
    for alias in aliases_of(number):
        found += [(MatchLevel.ALIAS, row) for row in connection.execute(_BY_KEY, (alias,))]
    if not any(level.certain for level, _ in found) and (tail := tail_of(number.key)):
        rows = connection.execute(_BY_TAIL, (tail, number.key))
        found += [(_level_of_similar(row[5], number, plan), row) for row in rows]
    return _ordered(found)


def _level_of_same(row: _Row, number: CanonicalNumber, exact: MatchLevel) -> MatchLevel:
    """A contact behind an extension of the calling number may be meant, but so may everybody else there."""
    extension = row[7]
    return exact if extension in {"", number.extension} else MatchLevel.LAST_9


def _level_of_similar(key: str, number: CanonicalNumber, plan: NumberPlan) -> MatchLevel:
    if _same_national_number(key, number, plan):
        return MatchLevel.NATIONAL
    return MatchLevel.LAST_9 if key[-9:] == number.key[-9:] else MatchLevel.LAST_8


def _same_national_number(key: str, number: CanonicalNumber, plan: NumberPlan) -> bool:
    """Only the country codes differ, and one of them is ours: the contact came from a file read with another region."""
    national = number.national
    if len(national) < _MIN_NATIONAL_DIGITS or not key.endswith(national):
        return False
    country_code = key[1 : -len(national)]
    if not country_code.isdigit() or int(country_code) not in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
        return False
    own = phonenumbers.country_code_for_region(plan.region.upper())
    return own in {int(country_code), int(number.key[1 : -len(national)])}


def _ordered(found: Iterable[tuple[MatchLevel, _Row]]) -> tuple[ContactMatch, ...]:
    ranked = sorted(found, key=lambda hit: (_LEVELS.index(hit[0]), -hit[1][3], -hit[1][8], hit[1][0]))
    matches: dict[int, ContactMatch] = {}
    for level, (contact_id, name, company, importance, owner, key, kind, _, _, source) in ranked:
        directory = directory_of(source)
        matches.setdefault(
            contact_id,
            ContactMatch(contact_id, name, company, IMPORTANCES[importance], owner, key, kind, level, directory),
        )
    return tuple(matches.values())[:MAX_MATCHES]
