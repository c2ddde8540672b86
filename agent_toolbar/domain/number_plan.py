"""Telephone numbers as values: what kind a number is, how numbers are written here, one number understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NumberKind(StrEnum):
    E164 = "e164"  # `key` is "+" and digits; it may be possible without being valid: CRM data is dirty
    INTERNAL = "internal"  # an extension of the company's own plan; `key` is its digits
    SHORT = "short"  # a national short or service number
    EMERGENCY = "emergency"
    SERVICE_CODE = "service_code"  # *21# and the like
    SIP_ADDRESS = "sip_address"  # `key` is user@host
    ANONYMOUS = "anonymous"  # nothing to look up
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class NumberPlan:
    """How numbers are written where this telephone stands.

    Attributes:
        region: ISO 3166-1 alpha-2 code of the country that national numbers belong to.
        internal_pattern: regular expression that a whole extension matches.
        outside_prefix: what must be dialled before an outside number ("9" or "0"), "" if nothing.
        bare_international: the trunk sends international numbers without "+" (a rule per trunk, never guessed).
    """

    region: str = "FR"
    internal_pattern: str = r"[0-9]{2,5}"
    outside_prefix: str = ""
    bare_international: bool = False


@dataclass(frozen=True, slots=True)
class CanonicalNumber:
    """One number, understood.

    Attributes:
        key: what contacts are found by; "" when there is nothing to look up.
        extension: digits after ";ext=" or "ext.", "" if none.
        national: the national significant number (E.164 only).
        region: country of the number, "" if unknown.
        valid: the numbering plan that it belongs to knows it.
        raw: as it came, made plain text.
    """

    kind: NumberKind
    key: str = ""
    extension: str = ""
    national: str = ""
    region: str = ""
    valid: bool = False
    raw: str = ""
