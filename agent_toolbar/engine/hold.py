"""Hold and resume as a negotiation: one re-INVITE at a time, the last wish wins, glare is tried again. Pure."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

_REQUEST_PENDING = 491


class HoldOutcome(StrEnum):
    """What an answer to our re-INVITE means."""

    DONE = "done"
    GLARE = "glare"  # both ends sent one: wait `glare_delay_s`, then see `due`
    REFUSED = "refused"  # the call stays as it was
    LATE = "late"  # it was given up before; what it changed is undone unless it is wished by now
    NOT_OURS = "not_ours"  # nothing was asked


class HoldNegotiation:
    """Where hold stands and where it should go.

    Attributes:
        held: as last agreed with the other end.
        wanted: as the agent wishes it.
    """

    def __init__(self, *, owns_call_id: bool) -> None:
        """owns_call_id: we sent the first INVITE (RFC 3261 section 14.1 sets other waits for each side)."""
        self._owns_call_id = owns_call_id
        self._asked: bool | None = None
        self._overdue: bool | None = None  # what was asked and given up; the other end may still do it
        self._waiting = False
        self.held = False
        self.wanted = False

    @property
    def due(self) -> bool:
        """A re-INVITE is to be sent now."""
        under_way = self._asked is not None or self._overdue is not None
        return not under_way and not self._waiting and self.wanted is not self.held

    @property
    def changing(self) -> bool:
        return self._asked is not None or self.wanted is not self.held

    def sent(self) -> None:
        self._asked = self.wanted

    def postponed(self) -> None:
        """The re-INVITE could not be sent because another transaction is under way; try again after `retry`."""
        self._asked, self._waiting = None, True

    def retry(self) -> None:
        """The wait after glare is over."""
        self._waiting = False

    def abandon(self) -> None:
        """Nothing more is wanted."""
        self._asked, self._waiting, self.wanted = None, False, self.held

    def given_up(self) -> None:
        """No final answer came in time, or nothing could be asked: the call counts as it was.

        What was asked goes on all the same, and nothing more can be asked until its answer comes.
        """
        if self._asked is not None:
            self._overdue, self._asked = self._asked, None
        self.wanted = self.held

    def answered(self, sip_status: int) -> HoldOutcome:
        """The final answer to our re-INVITE came."""
        if self._overdue is not None:
            if 200 <= sip_status < 300:
                self.held = self._overdue
            self._overdue = None
            return HoldOutcome.LATE
        if self._asked is None:
            return HoldOutcome.NOT_OURS
        asked, self._asked = self._asked, None
        if 200 <= sip_status < 300:
            self.held = asked
            return HoldOutcome.DONE
        if sip_status == _REQUEST_PENDING:
            self._waiting = True
            return HoldOutcome.GLARE
        self.wanted = self.held
        return HoldOutcome.REFUSED

    def glare_delay_s(self, uniform: Callable[[float, float], float]) -> float:
        """RFC 3261 section 14.1: 2.1 to 4 s for the owner of the Call-ID, 0 to 2 s for the other, in steps of 10 ms."""
        low, high = (2.1, 4.0) if self._owns_call_id else (0.0, 2.0)
        return round(uniform(low, high), 2)
