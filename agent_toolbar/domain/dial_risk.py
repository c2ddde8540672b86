"""Numbers that nobody should call or be sent to by accident."""

from __future__ import annotations

from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType, shortnumberinfo

from agent_toolbar.domain.number_plan import CanonicalNumber, NumberKind, NumberPlan

_EMERGENCY_EVERYWHERE = "112"
_COSTLY = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST})


class DialRisk(StrEnum):
    """Why a person is asked first."""

    EMERGENCY = "emergency"
    PREMIUM = "premium"  # premium rate or shared cost, or a short number, which may be either
    SERVICE_CODE = "service_code"  # *21# and the like change settings at the PBX


def dial_risk(number: CanonicalNumber) -> DialRisk | None:
    """The risk of a number, None for an ordinary one (libphonenumber's number types)."""
    match number.kind:
        case NumberKind.EMERGENCY:
            return DialRisk.EMERGENCY
        case NumberKind.SERVICE_CODE:
            return DialRisk.SERVICE_CODE
        case NumberKind.SHORT:
            return DialRisk.PREMIUM
        case NumberKind.E164 if number.valid:
            parsed = phonenumbers.parse(number.key, None)
            return DialRisk.PREMIUM if phonenumbers.number_type(parsed) in _COSTLY else None
    return None


def reaches_emergency(dialled: str, plan: NumberPlan) -> bool:
    """Whether what is sent to the PBX may reach the emergency services, also where the company has it as extension."""
    spellings = {dialled, dialled.removeprefix(plan.outside_prefix)}
    region = plan.region.upper()
    return any(
        spelling == _EMERGENCY_EVERYWHERE or shortnumberinfo.is_emergency_number(spelling, region)
        for spelling in spellings
    )


def country_prefix(number: CanonicalNumber) -> str:
    """ "+" and the country code of an outside number (E.164 only, else ""); several countries may share one."""
    if number.kind is not NumberKind.E164:
        return ""
    try:
        return f"+{phonenumbers.parse(number.key, None).country_code}"
    except NumberParseException:
        return ""
