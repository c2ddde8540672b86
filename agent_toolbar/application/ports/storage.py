"""What is kept on this desk about calls. Writes are on disk within a second; answers come on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from agent_toolbar.domain.agent import KeptChoice
from agent_toolbar.domain.call import CallDirection, CallEndCause
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.number_mark import NumberMark
from agent_toolbar.domain.wrap_up import WrapUp

KNOWN_AT_CRM = -1  # no row of the contact index has such an id


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call of the journal, written anew under its id whenever something of it changes.

    Attributes:
        id: the call's id; the same call never makes two records.
        number: as signalled; number_key: canonical key for searching and calling back, "" if none.
        name, company: of the contact when one is known, else the caller's display name.
        contact_id: of the contact index, KNOWN_AT_CRM for somebody whom only the CRM knows, 0 for nobody.
        started_s, ringing_s, answered_s, ended_s: seconds since the epoch, 0.0 if it did not happen.
        end_cause: None while the call lives; a record that a crash left open is closed at the next start.
        missed: counts on the tray until it was seen.
        subject: the agent's line about the call. conversation: the same for all calls of one customer's conversation.
        disposition, follow_up: of its wrap-up (domain.wrap_up.WrapUp), written by `keep_wrap_up` only.
        number_finding: what it showed of the number, written by `keep_wrap_up` and `mark_number` only.
        wrapped_s: seconds since the epoch when its wrap-up was finished, 0.0 if it was not.
    """

    id: str
    direction: CallDirection
    number: str
    number_key: str = ""
    name: str = ""
    company: str = ""
    contact_id: int = 0
    called_on: str = ""
    sip_call_id: str = ""
    started_s: float = 0.0
    ringing_s: float = 0.0
    answered_s: float = 0.0
    ended_s: float = 0.0
    end_cause: CallEndCause | None = None
    sip_status: int = 0
    missed: bool = False
    seen: bool = True
    subject: str = ""
    conversation: str = ""
    disposition: str = ""
    follow_up: str = ""
    number_finding: NumberFinding = NumberFinding.NONE
    wrapped_s: float = 0.0

    @property
    def mark(self) -> NumberMark | None:
        """What it showed of its number, None if nothing was marked."""
        if not self.number_finding:
            return None
        when_s = self.wrapped_s or self.ended_s or self.started_s
        return NumberMark(self.id, when_s, self.subject, self.number_finding)


@dataclass(frozen=True, slots=True)
class JournalQuery:
    """text matches names, companies and numbers (digits in any spelling); newest first; before_s pages backwards."""

    text: str = ""
    only_missed: bool = False
    limit: int = 200
    before_s: float = 0.0


class CallJournal(Protocol):
    """The history of calls of this desk."""

    def write(self, record: CallRecord) -> None:
        """Puts the record in place of an earlier one with its id. Never raises: a full disk is a fault (see below).

        A record without subject or conversation leaves those that are written: who writes it may not know them yet.
        """

    def set_subject(self, call_id: str, text: str) -> None:
        """Writes the agent's line about a call, also "" and long after its end; an unknown call changes nothing."""

    def keep_wrap_up(self, wrap_up: WrapUp) -> None:
        """Writes what was typed so far into the record of its call and remembers that it is open. Never raises.

        One that has not begun is remembered only; its call has a record by then.
        """

    def finish_wrap_up(self, wrap_up: WrapUp, finished_s: float) -> None:
        """Writes it for the last time; it is open no more. A second time changes nothing but the fields."""

    def open_wrap_ups(self, on_result: Callable[[tuple[WrapUp, ...]], None]) -> None:
        """Those that an earlier life of this toolbar left open, the one that was begun first before the others."""

    def mark_number(self, call_id: str, finding: NumberFinding) -> None:
        """Writes what a call showed of its number, also long after its end; an unknown call changes nothing."""

    def find(self, call_id: str, on_result: Callable[[CallRecord | None], None]) -> None:
        """The record of one call, None if there is none."""

    def find_mark(self, number_key: str, on_result: Callable[[NumberMark | None], None]) -> None:
        """What the newest call whose number was marked says of it, None if there is none."""

    def called_keys(self, prefix: str, on_result: Callable[[frozenset[str]], None]) -> None:
        """Number keys that begin with `prefix` and were called from this desk; the thousand newest."""

    def close_open_records(self, live_ids: frozenset[str]) -> None:
        """Ends the records that an earlier life left open, as ENGINE_LOST at their last sign of life.

        Calls in `live_ids` go on. An incoming call that nobody answered becomes a missed one.
        """

    def search(self, query: JournalQuery, on_result: Callable[[tuple[CallRecord, ...]], None]) -> None:
        """The records that match, newest first."""

    def count_missed(self, on_result: Callable[[int], None]) -> None:
        """Missed calls that nobody has seen yet."""

    def mark_missed_seen(self) -> None:
        """The agent looked at the history."""

    def watch_faults(self, listener: Callable[[AgentToolbarError | None], None]) -> None:
        """Tells that records cannot be written now (kept in memory and tried again), and None when they can."""

    def close(self) -> None:
        """Writes what is queued and closes; waits two seconds at most."""


@dataclass(frozen=True, slots=True)
class AgentSpell:
    """One unbroken time in one state. `state`: an AgentState's value; `reason`: its code; seconds since the epoch."""

    state: str
    reason: str
    began_s: float
    ended_s: float


class AgentLog(Protocol):
    """The states of the agent's days, for the totals. Answers come on the GUI thread; writing never raises."""

    def keep(self, spell: AgentSpell) -> None:
        """Adds a spell, or lengthens the one that began at the same moment."""

    def since(self, began_s: float, on_result: Callable[[tuple[AgentSpell, ...]], None]) -> None:
        """All spells that ended after `began_s`, oldest first."""

    def keep_choice(self, choice: KeptChoice) -> None:
        """In place of the one that was kept before."""

    def last_choice(self, on_result: Callable[[KeptChoice | None], None]) -> None:
        """The one that was kept last, None if there is none."""

    def watch_faults(self, listener: Callable[[AgentToolbarError | None], None]) -> None:
        """Tells that nothing can be written now (kept in memory and tried again), and None when it can."""
