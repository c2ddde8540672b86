"""What an earlier call showed of a number: that it is wrong. The evidence is that call's record."""

from __future__ import annotations

from dataclasses import dataclass

from agent_toolbar.domain.number_finding import NumberFinding


@dataclass(frozen=True, slots=True)
class NumberMark:
    """The agent marked the number of a call.

    Attributes:
        call: id of that call in the journal. marked_s: seconds since the epoch. words: the agent's line about it.
    """

    call: str
    marked_s: float
    words: str = ""
    finding: NumberFinding = NumberFinding.WRONG
