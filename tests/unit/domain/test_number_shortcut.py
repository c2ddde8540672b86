import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_toolbar.domain.number_shortcut import PlainNumbers
from agent_toolbar.domain.phone_number import NumberKind, NumberPlan, canonical_number


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
