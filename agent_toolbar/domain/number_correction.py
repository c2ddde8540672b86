"""The correction of a wrong number of one contact: what it was, what it is to be, and why. Pure values and their rules.

Nothing here writes anything; a person has said yes before a correction is made of what was proposed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent_toolbar.domain.errors import NumberError
from agent_toolbar.domain.number_finding import NumberEvidence, NumberFinding
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberKind, NumberPlan, canonical_number
from agent_toolbar.domain.text import plain_text

_SHOWN = 40


class CorrectionKind(StrEnum):
    CORRECT = "correct"  # another number takes its place
    RETIRE = "retire"  # the contact has it no more
    MOVE = "move"  # another contact has it from now on


@dataclass(frozen=True, slots=True)
class NumberCorrection:
    """One confirmed correction.

    Attributes:
        key: the same for every try to write it, and of no other correction.
        before, after: E.164 (ITU-T E.164: "+" and digits); after is "" for RETIRE, and `before` for MOVE.
        contact_id: of the local contacts, 0 if it is not in them; name: the contact's, as it was confirmed.
        to_contact_id, to_name: who has the number from now on (MOVE); to_number: another number of theirs, E.164, by
            which they are known at the CRM; "" where they have none.
        crm_contact: id at the CRM, "" where only the name and the number can tell; crm_number: as the CRM wrote it.
    """

    key: str
    kind: CorrectionKind
    before: str
    after: str = ""
    contact_id: int = 0
    name: str = ""
    to_contact_id: int = 0
    to_name: str = ""
    to_number: str = ""
    crm_contact: str = ""
    crm_number: str = ""
    finding: NumberFinding = NumberFinding.WRONG
    evidence: NumberEvidence = NumberEvidence()


def checked_before(written: str, plan: NumberPlan) -> CanonicalNumber:
    """The number that is wrong; it may be one that no plan knows. Raises NumberError("correction_not_outside")."""
    number = canonical_number(written, plan)
    if number.kind is not NumberKind.E164:
        raise NumberError("correction_not_outside", number=plain_text(written, _SHOWN))
    return number


def checked_after(typed: str, before: str, plan: NumberPlan) -> CanonicalNumber:
    """The right number in the place of `before`.

    Raises NumberError: "correction_empty", "correction_not_a_number", "correction_internal" (an extension, a short or
    an emergency number, which is no number of a customer), "correction_invalid" (its country has no such number),
    "correction_extension" or "correction_same", all but the first with `number`.
    """
    shown = plain_text(typed, _SHOWN)
    if not shown:
        raise NumberError("correction_empty")
    number = canonical_number(typed, plan)
    if number.kind in {NumberKind.INTERNAL, NumberKind.SHORT, NumberKind.EMERGENCY, NumberKind.SERVICE_CODE}:
        raise NumberError("correction_internal", number=shown)
    if number.kind is not NumberKind.E164:
        raise NumberError("correction_not_a_number", number=shown)
    if not number.valid:
        raise NumberError("correction_invalid", number=shown)
    if number.extension:
        raise NumberError("correction_extension", number=shown)
    if number.key == before:
        raise NumberError("correction_same", number=shown)
    return number
