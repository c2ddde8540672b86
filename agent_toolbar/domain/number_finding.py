"""What is wrong with a number, and what shows it: the end of a call, or the agent's words about it. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent_toolbar.domain.call import CallDirection, CallEndCause


class NumberFinding(StrEnum):
    """What a call showed of the number of a contact; false for NONE."""

    NONE = ""
    WRONG = "wrong"
    SOMEBODY_ELSE = "somebody_else"  # it works, and belongs to somebody else
    OUT_OF_USE = "out_of_use"


@dataclass(frozen=True, slots=True)
class NumberEvidence:
    """Why somebody believes the finding.

    Attributes:
        call: id of the call in the journal, "" where there was none. when_s: of its end, seconds since the epoch.
        sip_status: with which the call failed (RFC 3261 section 21), 0 if it did not.
        q850_cause: what the network said besides (ITU-T Q.850), 0 if nothing.
        words: the agent's line about the call, such as who answered.
    """

    call: str = ""
    when_s: float = 0.0
    sip_status: int = 0
    words: str = ""
    q850_cause: int = 0


# RFC 3261: 404 not found, 410 gone (21.4.11), 604 does not exist anywhere, 484 address incomplete (21.4.22)
_BY_STATUS = {
    404: NumberFinding.OUT_OF_USE,
    410: NumberFinding.OUT_OF_USE,
    604: NumberFinding.OUT_OF_USE,
    484: NumberFinding.WRONG,
}
# ITU-T Q.850 table 1: unallocated, number changed, invalid format (address incomplete)
_BY_Q850 = {1: NumberFinding.OUT_OF_USE, 22: NumberFinding.WRONG, 28: NumberFinding.WRONG}


def finding_of_end(
    direction: CallDirection, cause: CallEndCause | None, sip_status: int, q850_cause: int = 0
) -> NumberFinding:
    """What the end of a call says of the number that was called; a proposal, as an exchange may be wrong too.

    The network behind the exchange knows best; a cause of NOT_FOUND with another status comes of it too.
    """
    if direction is not CallDirection.OUTGOING or cause is not CallEndCause.NOT_FOUND:
        return NumberFinding.NONE
    return _BY_Q850.get(q850_cause) or _BY_STATUS.get(sip_status, NumberFinding.OUT_OF_USE)
