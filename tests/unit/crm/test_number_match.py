"""How surely a stored number is the number of a call."""

from __future__ import annotations

import phonenumbers
import pytest

from agent_toolbar.crm.number_match import match_level
from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number

FRANCE, BRITAIN = NumberPlan(region="FR"), NumberPlan(region="GB")


@pytest.mark.parametrize(
    ("stored", "asked", "plan", "level"),
    [
        ("+33 1 23 45 67 89", "+33123456789", FRANCE, MatchLevel.EXACT),
        ("0033123456789", "+33123456789", FRANCE, MatchLevel.EXACT),
        ("+44 (0)113 496 0001", "+441134960001", FRANCE, MatchLevel.EXACT),
        ("01 23 45 67 89", "+33123456789", FRANCE, MatchLevel.NATIONAL),
        ("0113 496 0001", "+441134960001", BRITAIN, MatchLevel.NATIONAL),
        ("0113 496 0001", "+441134960001", FRANCE, MatchLevel.LAST_9),  # of which country, nobody knows
        ("(650) 253-0000", "+16502530000", FRANCE, MatchLevel.LAST_9),
        ("34960001", "+441134960001", FRANCE, MatchLevel.LAST_8),
        ("4960001", "+441134960001", FRANCE, None),
        ("+33 1 13 49 60 00", "+441134960001", FRANCE, None),
        ("+39 113 496 0001", "+441134960001", FRANCE, None),  # another country is another number
        ("+441134960001", "+331134960001", FRANCE, None),
        ("+54 9 11 2345 6789", "+541123456789", FRANCE, MatchLevel.ALIAS),
        ("+49 30 23125-111 ext. 12", "+493023125111", FRANCE, MatchLevel.LAST_9),
        ("ask her sister", "+33123456789", FRANCE, None),
        ("", "+33123456789", FRANCE, None),
        ("1001", "1001", FRANCE, MatchLevel.INTERNAL),
        ("+33123456789", "anonymous", FRANCE, None),
    ],
)
def test_the_level_says_what_is_certain(stored: str, asked: str, plan: NumberPlan, level: MatchLevel | None) -> None:
    assert match_level(stored, canonical_number(asked, plan), plan) is level


def test_no_example_of_one_country_is_taken_for_one_of_another() -> None:
    """libphonenumber's own example numbers of all its regions, each asked for each other."""
    examples = [phonenumbers.example_number(region) for region in sorted(phonenumbers.SUPPORTED_REGIONS)]
    keys = [phonenumbers.format_number(one, phonenumbers.PhoneNumberFormat.E164) for one in examples if one]
    wrong = []
    for key in keys[::40]:
        number = canonical_number(key, FRANCE)
        wrong += [(key, other) for other in keys if other != key and _certain(match_level(other, number, FRANCE))]

    assert len(keys) > 200
    assert wrong == []


def _certain(level: MatchLevel | None) -> bool:
    return level is not None and level.certain
