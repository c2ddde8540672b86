"""What a CRM manifest may read of a number, a contact and a call. Pure; docs/connectors.md lists it for writers."""

from __future__ import annotations

from collections.abc import Mapping

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from agent_toolbar.domain.crm import CallEntry
from agent_toolbar.domain.phone_number import CanonicalNumber

Inputs = Mapping[str, object]
_FINDINGS = {"somebody_else": "number of somebody else", "out_of_use": "number no longer in use"}


def phone_inputs(number: CanonicalNumber) -> dict[str, object]:
    """`phone.*`: one number in the spellings that CRMs keep."""
    digits = number.key.removeprefix("+")
    return {
        "e164": number.key,
        "digits": digits,
        "intl_00": f"00{digits}",
        "nsn": number.national,
        "national": _written(number.key, PhoneNumberFormat.NATIONAL),
        "international": _written(number.key, PhoneNumberFormat.INTERNATIONAL),
        "region": number.region,
        "ext": number.extension,
    }


def call_inputs(entry: CallEntry, contact_id: str) -> dict[str, object]:
    """`call.*` and `contact.*`: a call as it is told to a CRM.

    `outcome` is result, disposition, follow-up and what is wrong with the number in one line; `text` subject and note,
    line by line. A contact that is not known has no id, which leaves its entry out.
    """
    marks = (
        entry.result.value,
        entry.disposition,
        entry.follow_up,
        _FINDINGS.get(entry.number_finding, "wrong number") if entry.wrong_number else "",
    )
    return {
        "call": {
            "key": entry.key,
            "direction": "in" if entry.incoming else "out",
            "number": entry.number,
            "result": entry.result.value,
            "started_s": entry.started_s,
            "ended_s": entry.started_s + entry.duration_s,
            "duration_s": entry.duration_s,
            "subject": entry.subject,
            "note": entry.note,
            "text": "\n".join(part for part in (entry.subject, entry.note) if part),
            "disposition": entry.disposition,
            "follow_up": entry.follow_up,
            "wrong_number": entry.wrong_number,
            "number_finding": entry.number_finding,
            "outcome": ", ".join(mark for mark in marks if mark),
            "sip_call_id": entry.sip_call_id,
            "agent": entry.agent,
        },
        "contact": {"id": contact_id or None, "name": entry.contact_name},
    }


def _written(key: str, style: int) -> str:
    try:
        return str(phonenumbers.format_number(phonenumbers.parse(key, None), style))
    except NumberParseException:
        return key
