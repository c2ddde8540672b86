"""How a number is shown to people and what is sent to the PBX for it. Pure; any thread."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from agent_toolbar.domain.number_plan import CanonicalNumber, NumberKind, NumberPlan
from agent_toolbar.domain.number_reading import canonical_number
from agent_toolbar.domain.number_spelling import unwrap

_DIALLABLE = frozenset("0123456789*#")


def dial_string(number: CanonicalNumber, plan: NumberPlan) -> str:
    """What to send to the PBX for `number`: digits, "+digits", a code or user@host; "" when nothing can be dialled.

    A valid outside number goes as E.164 ("+33123456789") where the plan has no outside prefix; where it has one, as
    prefix and national digits, or prefix, international prefix and digits for another country. Anything that no
    numbering plan knows goes as it was typed, digits only: the PBX may know better. An extension behind an outside
    number is not part of it.
    """
    if number.kind in {NumberKind.ANONYMOUS, NumberKind.SIP_ADDRESS}:
        return number.key
    parsed = _parsed(number)
    if parsed is None or not number.valid:
        return number.key if number.kind not in {NumberKind.E164, NumberKind.INVALID} else _as_typed(number)
    if not plan.outside_prefix:
        return number.key
    written = phonenumbers.format_out_of_country_calling_number(parsed, plan.region.upper())
    if phonenumbers.country_code_for_region(plan.region.upper()) == parsed.country_code:
        written = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    return plan.outside_prefix + _diallable(written)


def display_number(number: CanonicalNumber | str, plan: NumberPlan) -> str:
    """`number` grouped as people read it: national in its own country, international elsewhere, "" when withheld.

    Extensions, short numbers, codes and addresses stay as they are, and so does what is no number at all. The text is
    the same in each language.
    """
    known = canonical_number(number, plan) if isinstance(number, str) else number
    parsed = _parsed(known)
    if parsed is None:
        return known.key or ("" if known.kind is NumberKind.ANONYMOUS else known.raw)
    at_home = phonenumbers.country_code_for_region(plan.region.upper()) == parsed.country_code
    written = phonenumbers.format_number(
        parsed, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    )
    return f"{written} #{known.extension}" if known.extension else str(written)


def grouped_number(e164: str) -> str:
    """ "+33140506070" as "+33 1 40 50 60 70", for places that know no numbering plan; anything else as it is."""
    if not e164.startswith("+"):
        return e164
    try:
        parsed = phonenumbers.parse(e164, None)
    except NumberParseException:
        return e164
    return str(phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL))


def _parsed(number: CanonicalNumber) -> PhoneNumber | None:
    if number.kind is not NumberKind.E164:
        return None
    try:
        return phonenumbers.parse(number.key, None)
    except NumberParseException:
        return None


def _as_typed(number: CanonicalNumber) -> str:
    spelling = unwrap(number.raw)
    if spelling is None or spelling.address:
        return ""
    typed = spelling.compact
    return ("+" if typed.startswith("+") else "") + _diallable(typed)


def _diallable(text: str) -> str:
    return "".join(char for char in text if char in _DIALLABLE)
