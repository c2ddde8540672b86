"""The traps of telephone numbers, a table per rule; the numbers are from ranges kept for fiction where these exist."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_toolbar.domain.phone_number import (
    CanonicalNumber,
    NumberKind,
    NumberPlan,
    aliases_of,
    canonical_number,
    dial_string,
    display_number,
)

FRANCE = NumberPlan(region="FR", internal_pattern="[0-9]{4}")
BRITAIN = NumberPlan(region="GB", internal_pattern="[0-9]{4}")
GERMANY = NumberPlan(region="DE", internal_pattern="[0-9]{4}")
AMERICA = NumberPlan(region="US", internal_pattern="[0-9]{4}")
ITALY = NumberPlan(region="IT", internal_pattern="[0-9]{4}")
ARGENTINA = NumberPlan(region="AR", internal_pattern="[0-9]{4}")
MEXICO = NumberPlan(region="MX", internal_pattern="[0-9]{4}")
BRAZIL = NumberPlan(region="BR", internal_pattern="[0-9]{4}")


def plan(region: str, **changes: object) -> NumberPlan:
    return NumberPlan(region=region, **{"internal_pattern": "[0-9]{4}", **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "anonymous",
        "Anonymous",
        "Restricted",
        "unavailable",
        "withheld",
        "anonymous@anonymous.invalid",
        "sip:anonymous@anonymous.invalid",
        "<sip:x@anonymous.invalid>",
    ],
)
def test_a_withheld_number_has_nothing_to_look_up(written: str) -> None:
    number = canonical_number(written, FRANCE)

    assert (number.kind, number.key) == (NumberKind.ANONYMOUS, "")
    assert display_number(number, FRANCE) == ""
    assert dial_string(number, FRANCE) == ""


@pytest.mark.parametrize(
    "written", ["1001", " 10 01 ", "tel:1001", "tel:1001;phone-context=pbx.example.com", "sip:1001"]
)
def test_an_extension_of_the_company_goes_before_any_national_reading(written: str) -> None:
    number = canonical_number(written, BRITAIN)

    assert (number.kind, number.key, number.valid) == (NumberKind.INTERNAL, "1001", True)
    assert dial_string(number, BRITAIN) == display_number(number, BRITAIN) == "1001"


@pytest.mark.parametrize(
    ("written", "region"), [("112", "GB"), ("999", "GB"), ("911", "US"), ("15", "FR"), ("112", "FR")]
)
def test_an_emergency_number_is_known_and_dialled_as_it_is(written: str, region: str) -> None:
    behind_prefix = plan(region, outside_prefix="9")
    number = canonical_number(written, behind_prefix)

    assert number.kind is NumberKind.EMERGENCY
    assert dial_string(number, behind_prefix) == written


def test_the_companys_plan_may_cover_an_emergency_number_which_is_still_dialled_as_it_is() -> None:
    wide = plan("FR", internal_pattern="[0-9]{2,5}", outside_prefix="0")
    number = canonical_number("112", wide)

    assert number.kind is NumberKind.INTERNAL
    assert dial_string(number, wide) == "112"


@pytest.mark.parametrize(("written", "region"), [("118712", "FR"), ("116117", "DE")])
def test_a_national_short_number_is_no_outside_number(written: str, region: str) -> None:
    number = canonical_number(written, plan(region))

    assert (number.kind, number.key) == (NumberKind.SHORT, written)
    assert dial_string(number, plan(region, outside_prefix="0")) == written


@pytest.mark.parametrize("written", ["*21#", "#31#0123456789", "**62*123#", "*46", "*#21#"])
def test_a_service_code_is_kept_as_typed(written: str) -> None:
    number = canonical_number(written, FRANCE)

    assert (number.kind, number.key) == (NumberKind.SERVICE_CODE, written)
    assert dial_string(number, FRANCE) == written


@pytest.mark.parametrize("written", ["*", "#", "**##"])
def test_signs_without_a_digit_are_no_code(written: str) -> None:
    assert canonical_number(written, FRANCE).kind is NumberKind.INVALID


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("alice@example.com", "alice@example.com"),
        ("sip:Alice@PBX.Example.COM;transport=tcp?subject=x", "Alice@pbx.example.com"),
        ("<sips:alice:secret@example.com>", "alice@example.com"),
        ("sip:alice@192.0.2.7:5080", "alice@192.0.2.7:5080"),
        ("sip:+441134960001@pbx.example.com", "+441134960001@pbx.example.com"),
    ],
)
def test_a_sip_address_is_found_by_user_and_host(written: str, key: str) -> None:
    number = canonical_number(written, FRANCE)

    assert (number.kind, number.key) == (NumberKind.SIP_ADDRESS, key)
    assert dial_string(number, FRANCE) == key


@pytest.mark.parametrize("written", ["@example.com", "a b@example.com", "alice@", "alice@exa mple", 'a"b@example.com'])
def test_a_broken_address_is_refused(written: str) -> None:
    number = canonical_number(written, FRANCE)

    assert (number.kind, number.key) == (NumberKind.INVALID, "")
    assert dial_string(number, FRANCE) == ""


@pytest.mark.parametrize(
    "written",
    [
        "0113 496 0001",
        "+44 113 496 0001",
        "0044 113 496 0001",
        "+44 (0)113 496 0001",
        "(0113) 496-0001",
        "0113.496.0001",
        "441134960001",
        "1134960001",
        "0113\u00a0496\u202f0001",
        "0113\u2011496\u20130001",
        "\u202a+44 113 496 0001\u202c",
        "tel:+44-113-496-0001",
        "TEL:+441134960001;phone-context=x",
        "tel:113-496-0001;phone-context=+44",
        "tel:%2B441134960001",
        "callto:01134960001",
        "sip:+441134960001@pbx.example.com;user=phone",
    ],
)
def test_every_spelling_of_a_number_has_one_key(written: str) -> None:
    number = canonical_number(written, BRITAIN)

    assert (number.kind, number.key, number.national) == (NumberKind.E164, "+441134960001", "1134960001")
    assert (number.region, number.valid, number.extension) == ("GB", True, "")


@pytest.mark.parametrize(
    "written",
    ["0113 496 0001 ext. 45", "0113 496 0001 x45", "tel:+441134960001;ext=45", "+44 113 496 0001;ext=45"],
)
def test_an_extension_behind_a_number_is_kept_apart(written: str) -> None:
    number = canonical_number(written, BRITAIN)

    assert (number.key, number.extension) == ("+441134960001", "45")
    assert dial_string(number, BRITAIN) == "+441134960001"
    assert display_number(number, BRITAIN) == "0113 496 0001 #45"


@pytest.mark.parametrize(
    "written", ["٠١١٣٤٩٦٠٠٠١", "０１１３４９６０００１", "０113 496 0001", "०११३४९६०००१", "0113 496 000١"]
)
def test_digits_of_other_scripts_are_refused(written: str) -> None:
    number = canonical_number(written, BRITAIN)

    assert (number.kind, number.key) == (NumberKind.INVALID, "")
    assert dial_string(number, BRITAIN) == ""


def test_bare_international_digits_are_read_as_such_only_by_rule_of_the_trunk() -> None:
    """Without the rule libphonenumber makes a valid-looking German number of a British one."""
    assert canonical_number("441134960001", GERMANY).key == "+49441134960001"
    assert canonical_number("441134960001", plan("DE", bare_international=True)).key == "+441134960001"


@pytest.mark.parametrize("written", ["0123456789", "+33123456789", "123456789"])
def test_the_trunks_rule_leaves_national_numbers_alone(written: str) -> None:
    assert canonical_number(written, plan("FR", bare_international=True)).key == "+33123456789"


def test_italy_keeps_the_zero_of_its_numbers() -> None:
    kept = canonical_number("06 6981 2345", ITALY)
    without = canonical_number("669812345", ITALY)

    assert (kept.key, kept.valid) == ("+390669812345", True)
    assert (without.key, without.valid) == ("+39669812345", False)
    assert canonical_number("+39 (0)6 6981 2345", ITALY).key == kept.key


def test_a_possible_number_that_no_plan_knows_has_a_key_all_the_same() -> None:
    number = canonical_number("+1 555 0100", FRANCE)

    assert (number.kind, number.key, number.valid) == (NumberKind.E164, "+15550100", False)


def test_letters_on_the_keypad_become_digits() -> None:
    assert canonical_number("1-800-FLOWERS", AMERICA).key == "+18003569377"


@pytest.mark.parametrize(
    "written", ["hello", "12345678901234567890", "+999 123", "12+34", "0", "()", "x" * 5000, "\x00"]
)
def test_what_is_no_number_has_no_key(written: str) -> None:
    assert canonical_number(written, FRANCE).key == ""


@pytest.mark.parametrize(
    "written", ["0 0123456789", "00123456789", "0,0123456789", "0 w 0123456789", "0033123456789", "0123456789"]
)
def test_the_outside_prefix_is_no_part_of_the_number(written: str) -> None:
    assert canonical_number(written, plan("FR", outside_prefix="0")).key == "+33123456789"


@pytest.mark.parametrize("written", ["9,0113 496 0001", "901134960001", "9 0113 496 0001", "01134960001"])
def test_a_prefix_that_is_no_zero_is_taken_off_too(written: str) -> None:
    assert canonical_number(written, plan("GB", outside_prefix="9")).key == "+441134960001"


def test_a_plan_that_is_no_regular_expression_covers_nothing() -> None:
    assert canonical_number("0123456789", plan("FR", internal_pattern="[")).key == "+33123456789"


@pytest.mark.parametrize(
    ("written", "at", "alias"),
    [
        ("+54 9 11 2345 6789", ARGENTINA, "+541123456789"),
        ("011 15-2345-6789", ARGENTINA, "+541123456789"),
        ("+54 11 2345 6789", ARGENTINA, "+5491123456789"),
        ("+52 55 1234 5678", MEXICO, "+5215512345678"),
        ("+52 1 55 1234 5678", MEXICO, "+5215512345678"),
        ("+55 11 98123-4567", BRAZIL, "+551181234567"),
        ("+55 11 8123-4567", BRAZIL, "+5511981234567"),
    ],
)
def test_renumbered_countries_have_a_second_key(written: str, at: NumberPlan, alias: str) -> None:
    assert aliases_of(canonical_number(written, at)) == (alias,)


@pytest.mark.parametrize(
    ("written", "at"),
    [("0123456789", FRANCE), ("1001", BRAZIL), ("+55 11 3123-4567", BRAZIL), ("+54 11 234", ARGENTINA), ("", MEXICO)],
)
def test_other_numbers_have_no_second_key(written: str, at: NumberPlan) -> None:
    assert aliases_of(canonical_number(written, at)) == ()


def test_an_old_mexican_mobile_has_the_key_of_today() -> None:
    assert canonical_number("+52 1 55 1234 5678", MEXICO).key == canonical_number("55 1234 5678", MEXICO).key


@pytest.mark.parametrize(
    ("written", "at", "shown"),
    [
        ("+33123456789", FRANCE, "01 23 45 67 89"),
        ("+441134960001", FRANCE, "+44 113 496 0001"),
        ("+12125550123", AMERICA, "(212) 555-0123"),
        ("1001", FRANCE, "1001"),
        ("*21#", FRANCE, "*21#"),
        ("alice@example.com", FRANCE, "alice@example.com"),
        ("123456", FRANCE, "123456"),
        ("<b>not a number</b>", FRANCE, "<b>not a number</b>"),
        ("anonymous", FRANCE, ""),
    ],
)
def test_numbers_are_shown_as_people_read_them(written: str, at: NumberPlan, shown: str) -> None:
    assert display_number(written, at) == shown


@pytest.mark.parametrize(
    ("written", "at", "sent"),
    [
        ("01 23 45 67 89", FRANCE, "+33123456789"),
        ("+44 113 496 0001", FRANCE, "+441134960001"),
        ("01 23 45 67 89", plan("FR", outside_prefix="0"), "00123456789"),
        ("+44 113 496 0001", plan("FR", outside_prefix="0"), "000441134960001"),
        ("+44 113 496 0001", plan("GB", outside_prefix="9"), "901134960001"),
        ("123456", FRANCE, "123456"),
        ("555-0100", AMERICA, "5550100"),
        ("+1 555 0100", FRANCE, "+15550100"),
        ("hello", FRANCE, ""),
    ],
)
def test_what_is_dialled(written: str, at: NumberPlan, sent: str) -> None:
    assert dial_string(canonical_number(written, at), at) == sent


REGIONS = st.sampled_from(
    ["FR", "GB", "DE", "US", "IT", "AR", "MX", "BR", "RU", "HU", "CN", "AU", "ES", "BE", "", "ZZ", "fr"]
)
PLANS = st.builds(
    NumberPlan,
    region=REGIONS,
    internal_pattern=st.sampled_from(["[0-9]{2,5}", "[0-9]{4}", "[", "", ".*"]),
    outside_prefix=st.sampled_from(["", "0", "9", "00", "*9"]),
    bare_international=st.booleans(),
)
DIALLED = st.text(alphabet="0123456789+()-. /,;*#@xwext:p\u00a0", max_size=30)
PREFIXED = st.builds(
    "{}{}".format, st.sampled_from(["+", "00", "0", "0(0)", "+44(0)", "+54", "+521", "+55", "tel:+"]), DIALLED
)


@settings(max_examples=400, deadline=None)
@given(raw=st.one_of(st.text(max_size=60), DIALLED, PREFIXED), at=PLANS)
def test_any_text_is_read_without_an_error_and_its_key_read_again_is_the_same(raw: str, at: NumberPlan) -> None:
    number = canonical_number(raw, at)

    assert number.key.isascii()
    assert number.key.isprintable()
    if number.key:
        again = canonical_number(number.key, at)
        assert (again.key, again.kind) == (number.key, number.kind)


@settings(max_examples=200, deadline=None)
@given(raw=st.one_of(st.text(max_size=60), DIALLED, PREFIXED), at=PLANS)
def test_any_number_can_be_shown_and_only_safe_signs_are_dialled(raw: str, at: NumberPlan) -> None:
    number = canonical_number(raw, at)

    assert "\n" not in display_number(number, at)
    sent = dial_string(number, at)
    if number.kind not in {NumberKind.SIP_ADDRESS, NumberKind.INTERNAL}:
        assert set(sent) <= set("+0123456789*#")
    assert not aliases_of(CanonicalNumber(number.kind)) or number.key
