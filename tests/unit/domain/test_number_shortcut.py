import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType

from agent_toolbar.domain.number_shortcut import PlainNumbers, StoredNumbers
from agent_toolbar.domain.phone_number import NumberKind, NumberPlan, canonical_number, display_number


@pytest.mark.parametrize(
    ("written", "region", "key"),
    [
        ("01 23 45 67 89", "FR", "+33123456789"),
        ("0113 496 0001", "GB", "+441134960001"),
        ("(212) 555-0123", "US", "+12125550123"),
        ("+44 113 496 0001", "FR", "+441134960001"),
        ("612 34 56 78", "ES", "+34612345678"),
        ("00441134960001", "GB", "+441134960001"),
        ("+44 (0)113 496 0001", "FR", "+441134960001"),
        ("tel:+44-113-496-0001", "FR", "+441134960001"),
        ("01\u00a023\u00a045\u00a067\u00a089", "FR", "+33123456789"),
    ],
)
def test_plainly_written_numbers_take_the_short_way(written: str, region: str, key: str) -> None:
    assert PlainNumbers(NumberPlan(region)).key(written) == key


@pytest.mark.parametrize(
    "written",
    [
        "1001",
        "+39 (0)6 5555 1234",
        "(0)113 496 0001",
        "+44 1(0)13 496 0001",
        "0113 496 0001 ext 4",
        "0000441134960001",
        "441134960001",
        "+5215512345678",
        "abc",
        "",
    ],
)
def test_what_takes_a_rule_to_read_is_left_to_the_full_reading(written: str) -> None:
    assert PlainNumbers(NumberPlan("GB")).key(written) == ""


@pytest.mark.parametrize("change", [{"outside_prefix": "0"}, {"bare_international": True}])
def test_a_plan_with_rules_of_its_own_is_left_to_the_full_reading(change: dict[str, object]) -> None:
    plan = NumberPlan("FR", **change)  # type: ignore[arg-type]

    assert PlainNumbers(plan).key("0123456789") == ""


DIGITS = st.text(alphabet="0123456789", min_size=4, max_size=14)
WRITTEN = st.one_of(
    DIGITS,
    DIGITS.map("+{}".format),
    DIGITS.map("0{}".format),
    DIGITS.map("00{}".format),
    DIGITS.map("+44{}".format),
    DIGITS.map("+549{}".format),
    st.builds(
        "{}{} (0){}".format, st.sampled_from(["+", "00", "tel:+"]), st.sampled_from([7, 33, 39, 44, 49, 54, 55]), DIGITS
    ),
)


@settings(max_examples=2500, deadline=None)
@given(
    written=WRITTEN,
    region=st.sampled_from(["FR", "GB", "DE", "US", "IT", "AR", "MX", "BR", "RU", "HU", "AU", "ES", "CN", "BE"]),
)
def test_the_short_way_never_differs_from_the_full_reading(written: str, region: str) -> None:
    plan = NumberPlan(region)
    key = PlainNumbers(plan).key(written)

    if key:
        full = canonical_number(written, plan)
        assert (full.kind, full.key) == (NumberKind.E164, key)


REGIONS = ["FR", "GB", "DE", "US", "IT", "AR", "MX", "BR", "RU", "HU", "AU", "ES", "CN", "BE", "SM", "CI"]
EXAMPLES = [
    phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    for region in REGIONS
    for kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE)
    if (number := phonenumbers.example_number_for_type(region, kind)) is not None
]


@pytest.mark.parametrize("region", ["FR", "US", "IT"])
def test_example_numbers_are_judged_and_shown_as_by_a_full_reading(region: str) -> None:
    plan = NumberPlan(region)
    stored = StoredNumbers(plan)

    judged = {key: (stored.valid(key), stored.shown(key)) for key in EXAMPLES}
    assert judged == {key: (True, display_number(key, plan)) for key in EXAMPLES}


@settings(max_examples=600, deadline=None)
@given(
    begun=st.sampled_from(EXAMPLES),
    kept=st.integers(2, 12),
    digits=DIGITS,
    region=st.sampled_from(REGIONS),
)
def test_a_key_is_judged_and_shown_as_by_a_full_reading(begun: str, kept: int, digits: str, region: str) -> None:
    plan = NumberPlan(region)
    number = canonical_number((begun[:kept] + digits)[:16], plan)
    stored = StoredNumbers(plan)

    if number.key:
        again = canonical_number(number.key, plan)
        assert stored.valid(number.key) == again.valid
        assert stored.shown(number.key) == display_number(again, plan)
