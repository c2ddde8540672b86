from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from agent_toolbar.practice.people import People, sample_contacts_path

# Numbers that no subscriber ever gets: Ofcom's for drama, ARCEP's for fiction, 555-01xx of the NANP; and extensions.
FICTION = re.compile(
    r"\+44113496\d{4}|\+44207946\d{4}|(\+33|0)19900\d{4}|(\+33|0)63998\d{4}|\+1(202|305|415|617|646)55501\d\d|2\d\d"
)
with sample_contacts_path().open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))
NUMBERS = [re.sub(r"[ -]", "", number) for row in ROWS for number in (row["phone"], row["mobile"]) if number]


def test_every_sample_number_is_reserved_for_fiction() -> None:
    assert [number for number in NUMBERS if not FICTION.fullmatch(number)] == []


def test_the_samples_show_what_a_directory_holds() -> None:
    assert 35 <= len(ROWS) <= 45
    assert {row["importance"] for row in ROWS} == {"normal", "high", "VIP"}
    assert Counter(NUMBERS).most_common(1)[0][1] == 2  # a number of two people
    assert any(number.startswith("0") for number in NUMBERS)  # national
    assert any(len(number) == 3 for number in NUMBERS)  # internal
    assert len({row["name"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    "dialled", ["+441134960112", "00441134960112", "01134960112", "0113 496 0112", "+44 113 496 0112"]
)
def test_a_customer_is_found_in_every_spelling_of_the_number(dialled: str) -> None:
    person = People.load().find(dialled)

    assert person is not None
    assert person.name == "Margaret Ashworth"
    assert person.is_woman


@pytest.mark.parametrize("dialled", ["", "999", "+441134960990", "0112"])
def test_a_number_of_nobody_finds_nobody(dialled: str) -> None:
    assert People.load().find(dialled) is None
