"""The time after a call in which its record is finished: a value and its rules. Times come from outside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from agent_toolbar.domain.errors import AgentError
from agent_toolbar.domain.number_finding import NumberFinding

SUBJECT_LENGTH = 500


class MissingField(StrEnum):
    SUBJECT = "subject"
    DISPOSITION = "disposition"


@dataclass(frozen=True, slots=True)
class WrapUp:
    """The record of one call being finished.

    Attributes:
        call: id of the call and of its journal record. title: whom the call was with; number: grouped for reading.
        begun_s, deadline_s: seconds since the epoch; deadline_s 0.0 means no limit, begun_s 0.0 that it was asked
            for during the call and begins at its end.
        disposition: code of the outcome, "" while none is chosen.
        follow_up: ISO date (ISO 8601) of the follow-up, "" for none.
        number_finding: what the call showed of the number of the contact.
        by_hand: begun by the agent, not by a rule.
    """

    call: str
    title: str = ""
    number: str = ""
    begun_s: float = 0.0
    deadline_s: float = 0.0
    subject: str = ""
    disposition: str = ""
    follow_up: str = ""
    number_finding: NumberFinding = NumberFinding.NONE
    by_hand: bool = False

    def missing(self, *, needs_subject: bool, needs_disposition: bool) -> tuple[MissingField, ...]:
        """The mandatory fields that are empty."""
        found = []
        if needs_subject and not self.subject.strip():
            found.append(MissingField.SUBJECT)
        if needs_disposition and not self.disposition:
            found.append(MissingField.DISPOSITION)
        return tuple(found)

    def extended(self, seconds: float, now_s: float) -> WrapUp:
        """With a later deadline; without a limit it stays so."""
        if not self.deadline_s:
            return self
        return replace(self, deadline_s=max(self.deadline_s, now_s) + seconds)


def checked_follow_up(text: str) -> str:
    """The ISO date of what was given. Raises AgentError("bad_follow_up", text) for anything but YYYY-MM-DD or ""."""
    if not text:
        return ""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise AgentError("bad_follow_up", text=text[:40]) from None
