"""Example numbers of fifty countries in the spellings that people and programs use: nobody is taken for another.

Each number is stored in one spelling and calls in another, as a desk in its own country and as one abroad reads them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from itertools import product

import phonenumbers
import pytest
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from agent_toolbar.crm.contact_index import ContactWriter, StoredContact, StoredPhone
from agent_toolbar.crm.contact_lookup import find_contacts
from agent_toolbar.crm.number_match import match_level
from agent_toolbar.crm.written_numbers import WrittenNumbers
from agent_toolbar.domain.phone_number import NumberPlan, aliases_of, canonical_number
from tests.fakes.directory import empty_index

COUNTRIES = (
    *("AR", "AT", "AU", "BE", "BG", "BR", "CA", "CH", "CL", "CN", "CO", "CZ", "DE", "DK", "EE", "EG", "ES", "FI"),
    *("FR", "GB", "GR", "HK", "HR", "HU", "ID", "IE", "IL", "IN", "IS", "IT", "JP", "KE", "KR", "LT", "LU", "LV"),
    *("MA", "MX", "MY", "NG", "NL", "NO", "NZ", "PL", "PT", "RO", "SE", "SG", "TR", "US"),
)
TYPES = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)
INTERNAL = r"[0-9]{2,5}"


def examples() -> dict[str, str]:
    """The country of each example number, by its E.164 form."""
    numbers = (
        (country, phonenumbers.example_number_for_type(country, kind)) for country in COUNTRIES for kind in TYPES
    )
    return {e164(number): country for country, number in numbers if number is not None}


def e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


@cache
def spellings(key: str, country: str) -> dict[str, str]:
    """By name; those called `national...` can be read in their own country only."""
    number = phonenumbers.parse(key)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    international = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    digits = key[1:]
    found = {
        "e164": key,
        "international": international,
        "uri": phonenumbers.format_number(number, PhoneNumberFormat.RFC3966),
        "dotted": international.replace(" ", "."),
        "slashed": international.replace(" ", "/", 2),
        "bracketed": f"+{number.country_code} ({international.split(' ', 1)[1].replace(' ', ') ', 1)}",
        "national": national,
        "national_plain": "".join(char for char in national if char.isdigit()),
        "national_dotted": national.replace(" ", "."),
    }
    if phonenumbers.ndd_prefix_for_region(country, True) == "0":
        found["trunk_zero"] = f"+{number.country_code} (0){digits.removeprefix(str(number.country_code))}"
    if country not in {"AU", "BR", "CA", "CL", "CO", "FI", "HK", "ID", "IL", "JP", "KE", "KR", "NG", "SG", "US"}:
        found["double_zero"] = f"00{digits}"  # the others dial something else for abroad
    return found


EXAMPLES = examples()


def test_the_corpus_has_a_fixed_and_a_mobile_number_of_fifty_countries() -> None:
    assert len(set(EXAMPLES.values())) == len(COUNTRIES) == 50
    assert len(EXAMPLES) >= 95


@pytest.fixture(scope="module")
def indexes() -> Iterator[dict[str, sqlite3.Connection]]:
    """For each country an index in which each example stands, in turn in each spelling that can be read there."""
    made = {country: index_of(country) for country in COUNTRIES}
    yield made
    for connection in made.values():
        connection.close()


def index_of(country: str) -> sqlite3.Connection:
    connection = empty_index()
    writer = ContactWriter(connection, now_s=0)
    numbers = WrittenNumbers(NumberPlan(country, INTERNAL))
    for place, (key, of_country) in enumerate(EXAMPLES.items()):
        written = list(readable(key, of_country, country).values())
        (read,) = numbers.read(written[place % len(written)])
        writer.put(StoredContact(key, (StoredPhone(read.key, extension=read.extension, written=read.written),)))
    return connection


def readable(key: str, of_country: str, at: str) -> dict[str, str]:
    """The spellings of a number of `of_country` that a desk in `at` can read."""
    found = spellings(key, of_country)
    if of_country != at:
        found = {name: text for name, text in found.items() if not name.startswith("national")}
    if phonenumbers.country_code_for_region(at) and "double_zero" not in spellings(key, at):
        found.pop("double_zero", None)
    return found


@pytest.mark.parametrize("country", COUNTRIES)
def test_whoever_calls_is_found_in_the_index_and_nobody_else_for_certain(
    indexes: dict[str, sqlite3.Connection], country: str
) -> None:
    plan = NumberPlan(country, INTERNAL)
    missed, wrong = [], []
    for key, of_country in EXAMPLES.items():
        written_here = list(readable(key, of_country, country).items())
        for name, written in written_here if of_country == country else written_here[:: len(written_here) - 1]:
            number = canonical_number(written, plan)
            certain = {match.name for match in find_contacts(indexes[country], number, plan) if match.level.certain}
            missed += [(key, name)] if key not in certain else []
            wrong += [(key, name, other) for other in certain - {key} if other not in aliases_of(number)]

    assert (missed, wrong) == ([], [])


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_number_stored_at_a_crm_is_the_caller_in_each_spelling(country: str) -> None:
    plan = NumberPlan(country, INTERNAL)
    missed = []
    for key, of_country in EXAMPLES.items():
        if of_country != country:
            continue
        written = readable(key, country, country)
        for (stored_name, stored), (called_name, called) in product(written.items(), repeat=2):
            level = match_level(stored, canonical_number(called, plan), plan)
            missed += [(key, stored_name, called_name, level)] if level is None or not level.certain else []

    assert missed == []


@pytest.mark.parametrize("country", ["AR", "FR", "US"])
def test_a_number_stored_at_a_crm_is_nobody_elses(country: str) -> None:
    """Also where the CRM holds the national spelling of another country, which says nothing of its country."""
    plan = NumberPlan(country, INTERNAL)
    called = {key: canonical_number(key, plan) for key in EXAMPLES}
    wrong = []
    for key, of_country in EXAMPLES.items():
        for name in ("e164", "national"):
            stored = spellings(key, of_country)[name]
            meant = canonical_number(stored, plan).key  # the national spelling of another country may be one of here
            for other, number in called.items():
                level = match_level(stored, number, plan)
                certain = level is not None and level.certain
                if certain and not {key, meant} & {other, *aliases_of(number)}:
                    wrong.append((key, name, other))

    assert wrong == []
