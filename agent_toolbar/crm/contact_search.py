"""Offers contacts for what is being typed: the beginnings of words of name and company, or of a number. Reads only."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import phonenumbers

from agent_toolbar.crm.contact_schema import IMPORTANCES, IMPORTANT_WORD
from agent_toolbar.domain.contact import ContactMatch, directory_of
from agent_toolbar.domain.folded_text import ascii_digits, search_words
from agent_toolbar.domain.phone_number import NumberKind, NumberPlan, canonical_number

MAX_WORDS = 6
_CANDIDATES = 60  # contacts that are looked at to choose the best few
_NUMBER_BEGUN = re.compile(r"\+?[0-9][0-9 ./()-]*")
_CHOSEN = """SELECT contact.id, name, company, importance, owner, phone.key, phone.kind, phone.extension, source
    FROM contact JOIN phone ON phone.contact_id = contact.id"""
_Row = tuple[int, str, str, int, str, str, str, str, str]


def suggest_contacts(
    connection: sqlite3.Connection, text: str, limit: int, plan: NumberPlan
) -> tuple[ContactMatch, ...]:
    """At most `limit` contacts, each with the number to dial: important ones first, then by name."""
    typed = text.strip()
    if _NUMBER_BEGUN.fullmatch(typed):
        rows = _with_number(connection, typed, plan)
    else:
        rows = _with_words(connection, search_words(typed)[:MAX_WORDS])
    best = sorted(_one_per_contact(rows), key=lambda row: (-row[3], row[1].casefold(), row[0]))[:limit]
    return tuple(_match(row) for row in best)


def _with_words(connection: sqlite3.Connection, words: list[str]) -> list[_Row]:
    """Important contacts are asked for on their own: among a million, the first sixty may hold none."""
    if not words:
        return []
    begun = " ".join(f'"{word}"*' for word in words)
    ids: dict[int, None] = {}
    for query in (f'{begun} "{IMPORTANT_WORD}"', begun):
        found = connection.execute(
            "SELECT rowid FROM contact_words WHERE contact_words MATCH ? LIMIT ?", (query, _CANDIDATES)
        )
        ids.update((row[0], None) for row in found)
    marks = ", ".join("?" * len(ids))
    return list(connection.execute(f"{_CHOSEN} WHERE contact.id IN ({marks}) ORDER BY phone.position", tuple(ids)))


def _with_number(connection: sqlite3.Connection, typed: str, plan: NumberPlan) -> list[_Row]:
    rows: list[_Row] = []
    for begun in _beginnings(typed, plan):
        rows += connection.execute(
            f"{_CHOSEN} WHERE phone.key >= ? AND phone.key < ? LIMIT ?", (begun, f"{begun}\x7f", _CANDIDATES)
        )
    return rows


def _beginnings(typed: str, plan: NumberPlan) -> Iterator[str]:
    """How the keys may begin whose number begins with `typed`."""
    digits = ascii_digits(typed)
    if typed.startswith("+"):
        yield f"+{digits}"
        return
    number = canonical_number(typed, plan)
    yield digits  # an extension or a short number
    if number.kind is NumberKind.E164:
        yield number.key
    region = plan.region.upper()
    country_code = phonenumbers.country_code_for_region(region)
    prefix = phonenumbers.ndd_prefix_for_region(region, True) or ""
    if country_code and prefix and digits.startswith(prefix) and len(digits) > len(prefix):
        yield f"+{country_code}{digits.removeprefix(prefix)}"
    if country_code and not (prefix and digits.startswith(prefix)):
        yield f"+{country_code}{digits}"
    if digits.startswith("00") and len(digits) > 2:
        yield f"+{digits[2:]}"


def _one_per_contact(rows: list[_Row]) -> Iterator[_Row]:
    seen: set[int] = set()
    for row in rows:
        if row[0] not in seen:
            seen.add(row[0])
            yield row


def _match(row: _Row) -> ContactMatch:
    contact_id, name, company, importance, owner, key, kind, _, source = row
    return ContactMatch(
        contact_id, name, company, IMPORTANCES[importance], owner, key, kind, directory=directory_of(source)
    )
