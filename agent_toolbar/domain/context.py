"""The story that travels with a call: who had it, since when, why, what was noted, and who the customer is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

KEY = re.compile(r"[0-9a-f]{32}")
LIFE_S = 600.0  # how long the shared store keeps a story
PROBABLE_S = 120.0  # without a key, a story is at most this old

NOTE_LENGTH = 500


class Certainty(StrEnum):
    """How a story was found."""

    SURE = "sure"  # by the key that came with the call
    PROBABLE = "probable"  # by the customer's number, this extension and the time


@dataclass(frozen=True, slots=True)
class Party:
    """A colleague by extension and name ("" if unknown)."""

    extension: str
    name: str = ""

    @property
    def title(self) -> str:
        return self.name or self.extension


@dataclass(frozen=True, slots=True)
class Stage:
    """One person's share in the conversation.

    Attributes:
        since_s, until_s: seconds since the epoch; until_s 0.0 while it lasts.
        why: how it came to this person: "called", "dialled", "blind", "consultation", "redirect", "returned".
    """

    who: Party
    since_s: float
    until_s: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class CallContext:
    """What is kept in the shared store under a random key. Nothing of it is ever in a SIP header.

    Attributes:
        key: 32 hexadecimal digits (16 random bytes).
        conversation: the same for all calls of one customer's conversation, at every desk.
        number: canonical key of the customer's number, "" when withheld; shown_number: grouped for reading.
        sender: who hands over; to_extension: canonical key of where the call was sent.
        kind: "blind", "consultation" or "redirect".
        name, company: of the customer, "" if unknown. note: the line that was typed so far.
        stages: who had the customer, oldest first; the sender is the last.
        created_s: seconds since the epoch.
    """

    key: str
    conversation: str
    number: str
    sender: Party
    to_extension: str
    kind: str
    created_s: float
    shown_number: str = ""
    name: str = ""
    company: str = ""
    note: str = ""
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivedContext:
    """A story that was found for a call of this desk.

    Attributes:
        returned: we sent it away ourselves and it came back from `back_from` ("" if unknown).
    """

    context: CallContext
    certainty: Certainty
    returned: bool = False
    back_from: str = ""
