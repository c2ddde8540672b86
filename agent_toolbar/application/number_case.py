"""One doubtful number as the windows show it: whose it is, what shows that it is wrong, what would be written where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent_toolbar.domain.contact import ContactMatch
from agent_toolbar.domain.crm import CrmContact
from agent_toolbar.domain.number_correction import CorrectionKind
from agent_toolbar.domain.number_finding import NumberEvidence, NumberFinding


class CorrectionPlace(StrEnum):
    CONTACTS = "contacts"  # the local index
    CRM = "crm"
    DIRECTORY = "directory"  # the company directory that the contact came from


class CorrectionOutcome(StrEnum):
    """What became, or would become, of a correction at one place."""

    ASKING = "asking"  # it is not known yet who has the number there
    READY = "ready"  # would be written there
    LATER = "later"  # would be written there once somebody is signed in
    NEXT_READING = "next_reading"  # is written before the directory is read the next time, at once if it can be
    NOBODY = "nobody"  # nobody there has this number for certain
    CANNOT = "cannot"  # the connector does not do it, so nothing is written there
    WRITING = "writing"
    DONE = "done"
    WAITS = "waits"  # kept on this computer and sent later
    HALF_DONE = "half_done"  # taken from the one and not given to the other; `error` says why
    REFUSED = "refused"  # nothing was written; `error` says why


@dataclass(frozen=True, slots=True)
class PlaceView:
    """outcome at one place. error: code of why not, error_text: what is there now or the CRM's own words.

    name: of the directory, "" for the other places.
    """

    place: CorrectionPlace
    outcome: CorrectionOutcome
    error: str = ""
    error_text: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class NumberCaseView:
    """A number that somebody doubts.

    Attributes:
        call: id of the call that showed it, "" for none. before: E.164; shown: grouped as people read it.
        name: of the contact, "" if nobody is known. proposed: the toolbar asks by itself, nobody opened it.
        in_history: it was opened there.
        contacts: of the index that have the number; contact: the one that is meant, None while that is open.
        crm_name: the product, "" where no CRM is set up; crm_contact: who has the number there.
        typed: what the agent typed so far; after: the same in E.164, "" while it is no usable number; after_shown:
            grouped; problem: code of why it is not usable (NumberError), "" for none.
        applied: what was done with it, None before; places: what that means at each place.
        kinds: what can be done now.
    """

    call: str
    before: str
    shown: str
    finding: NumberFinding = NumberFinding.WRONG
    evidence: NumberEvidence = NumberEvidence()
    name: str = ""
    proposed: bool = False
    in_history: bool = False
    contacts: tuple[ContactMatch, ...] = ()
    contact: ContactMatch | None = None
    crm_name: str = ""
    crm_contact: CrmContact | None = None
    typed: str = ""
    after: str = ""
    after_shown: str = ""
    problem: str = ""
    applied: CorrectionKind | None = None
    places: tuple[PlaceView, ...] = ()
    kinds: frozenset[CorrectionKind] = frozenset()

    def place(self, place: CorrectionPlace) -> PlaceView | None:
        return next((one for one in self.places if one.place is place), None)


@dataclass(frozen=True, slots=True)
class NumberOrder:
    """A correction that is ordered in one sentence.

    Attributes:
        number: the wrong one, in any spelling. to: the right one; "" with RETIRE. contact: id in the index, 0 where the
            number says it.
    """

    number: str
    kind: CorrectionKind
    to: str = ""
    contact: int = 0
