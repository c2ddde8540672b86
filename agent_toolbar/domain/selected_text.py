"""Which telephone number a person meant who selected some text: all of it, or the only number in it. Pure."""

from __future__ import annotations

import phonenumbers

from agent_toolbar.domain.dial_uri import MAX_LENGTH, Number, SipAddress, read_text
from agent_toolbar.domain.errors import LinkError
from agent_toolbar.domain.phone_number import NumberKind, NumberPlan, canonical_number, display_number
from agent_toolbar.domain.text import plain_text

LONGEST_TEXT = 1_000  # characters; more is a page that was selected by mistake
_NAMED = 3  # so many numbers are named in a refusal
_NOT_A_NUMBER = frozenset({NumberKind.ANONYMOUS, NumberKind.INVALID})


def number_in(text: str, plan: NumberPlan) -> str:
    """What is asked to be called, as dial_uri.read_text takes it.

    Nothing is guessed: of several different numbers none is taken, and only a number that its country's plan knows
    counts within other words. Raises LinkError("selection_empty", "selection_too_long", "selection_no_number" with
    `text`, or "selection_several" with `numbers`).
    """
    if len(text) > LONGEST_TEXT:
        raise LinkError("selection_too_long")
    shown = plain_text(text, LONGEST_TEXT)
    if not shown:
        raise LinkError("selection_empty")
    whole = _is_whole(shown, plan)
    if whole and not any(char.isalpha() for char in _without_scheme(shown)):
        return shown
    found = {_key(match.number): match.number for match in _matches(shown, plan)}
    if len(found) > 1:
        named = ", ".join(display_number(key, plan) for key in list(found)[:_NAMED])
        raise LinkError("selection_several", numbers=named + (", …" if len(found) > _NAMED else ""))
    for key, number in found.items():
        return f"tel:{key};ext={number.extension}" if number.extension else f"tel:{key}"
    if whole:
        return shown  # an address, or letters for digits
    raise LinkError("selection_no_number", text=plain_text(shown, 40))


def _is_whole(shown: str, plan: NumberPlan) -> bool:
    if len(shown) > MAX_LENGTH:
        return False
    asked = read_text(shown)
    return isinstance(asked, Number | SipAddress) and canonical_number(asked.text, plan).kind not in _NOT_A_NUMBER


def _without_scheme(shown: str) -> str:
    scheme, colon, rest = shown.partition(":")
    return rest if colon and scheme.lower() in {"tel", "callto", "sip", "sips"} else shown


def _matches(shown: str, plan: NumberPlan) -> list[phonenumbers.PhoneNumberMatch]:
    return list(phonenumbers.PhoneNumberMatcher(shown, plan.region.upper(), leniency=phonenumbers.Leniency.VALID))


def _key(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
