"""What is known of one doubtful number so far, and how that is shown. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from agent_toolbar.application.contact_choice import chosen_contact
from agent_toolbar.application.correction_sending import operations_for
from agent_toolbar.application.number_case import CorrectionOutcome, CorrectionPlace, NumberCaseView, PlaceView
from agent_toolbar.application.number_moving import NOT_GIVEN
from agent_toolbar.application.outbox_course import OutboxCourse, SignedIn
from agent_toolbar.domain.contact import ContactMatch
from agent_toolbar.domain.crm import CrmContact
from agent_toolbar.domain.errors import AgentToolbarError, NumberError
from agent_toolbar.domain.number_correction import CorrectionKind, NumberCorrection, checked_after
from agent_toolbar.domain.number_finding import NumberEvidence, NumberFinding
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberPlan, display_number
from agent_toolbar.domain.text import plain_text

_WILL_BE_WRITTEN = frozenset({CorrectionOutcome.READY, CorrectionOutcome.LATER, CorrectionOutcome.ASKING})


@dataclass(eq=False, slots=True)
class NumberDoubt:
    """What is known so far. in_crm: what the CRM says, None while it was not asked or has not answered.

    to: who has the number from now on. at_index: what came of it there, False while nobody knows.
    """

    before: CanonicalNumber
    call: str = ""
    finding: NumberFinding = NumberFinding.WRONG
    evidence: NumberEvidence = field(default_factory=NumberEvidence)
    name: str = ""
    proposed: bool = False
    in_history: bool = False
    matches: tuple[ContactMatch, ...] | None = None
    contact_id: int = 0
    crm_chosen: str = ""
    in_crm: tuple[CrmContact, ...] | AgentToolbarError | None = None
    typed: str = ""
    applied: NumberCorrection | None = None
    to: ContactMatch | None = None
    to_crm: bool = False
    at_index: AgentToolbarError | bool = False

    @property
    def contact(self) -> ContactMatch | None:
        return next((one for one in self.matches or () if one.contact_id == self.contact_id), None)

    @property
    def directories(self) -> tuple[str, ...]:
        """What the contacts came from that are changed: both, where a number goes from one to the other."""
        names = [one.directory for one in (self.contact, self.to) if one is not None]
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def title(self) -> str:
        crm = self.crm_contact
        return (self.contact.name if self.contact else "") or (crm.name if crm else "") or self.name

    @property
    def crm_contact(self) -> CrmContact | None:
        if not isinstance(self.in_crm, tuple):
            return None
        if self.crm_chosen:
            return next((one for one in self.in_crm if one.id == self.crm_chosen and one.level.certain), None)
        named = chosen_contact(self.in_crm, self.contact.name if self.contact else "")
        alone = self.contact is None or len(self.matches or ()) == 1
        return named or (chosen_contact(self.in_crm, "") if alone else None)


class DoubtViews:
    """Shows a doubt as it stands at this moment."""

    def __init__(
        self,
        outbox: OutboxCourse,
        *,
        plan: Callable[[], NumberPlan],
        session: Callable[[], SignedIn | None],
        account: Callable[[], str],
        crm_name: Callable[[], str],
        can_write: Callable[[str], bool],
    ) -> None:
        """See NumberCorrections."""
        self._can_write = can_write
        self._outbox = outbox
        self._plan = plan
        self._session = session
        self._account = account
        self._crm_name = crm_name

    def goes_to_crm(self, case: NumberDoubt, kind: CorrectionKind) -> bool:
        """Now, or once somebody is signed in there."""
        crm = self.place_of_crm(case, kind)
        return crm is not None and crm.outcome in _WILL_BE_WRITTEN and bool(case.title)

    def view_of(self, case: NumberDoubt) -> NumberCaseView:
        plan = self._plan()
        after, problem = "", ""
        try:
            after = checked_after(case.typed, case.before.key, plan).key
        except NumberError as error:
            problem = error.code
        places = (
            self._place_of_index(case),
            *self._places_of_directories(case),
            self.place_of_crm(case, case.applied.kind if case.applied else None),
        )
        return NumberCaseView(
            call=case.call,
            before=case.before.key,
            shown=display_number(case.before.key, plan),
            finding=case.finding,
            evidence=case.evidence,
            name=case.title,
            proposed=case.proposed,
            in_history=case.in_history,
            contacts=case.matches or (),
            contact=case.contact,
            crm_name=self._crm_name() if self._account() else "",
            crm_contact=case.crm_contact,
            typed=case.typed,
            after=after,
            after_shown=display_number(after, plan) if after else "",
            problem=problem,
            applied=case.applied.kind if case.applied else None,
            places=tuple(one for one in places if one is not None),
            kinds=self._kinds(case, bool(after)),
        )

    def _kinds(self, case: NumberDoubt, usable: bool) -> frozenset[CorrectionKind]:
        if case.applied is not None or case.matches is None:
            return frozenset()
        found = set()
        for kind in (CorrectionKind.CORRECT, CorrectionKind.RETIRE):
            at_crm = not case.matches and self.goes_to_crm(case, kind)
            if (case.contact is not None or at_crm) and (usable or kind is CorrectionKind.RETIRE):
                found.add(kind)
        if case.contact is not None:
            found.add(CorrectionKind.MOVE)
        return frozenset(found)

    def _place_of_index(self, case: NumberDoubt) -> PlaceView | None:
        place = CorrectionPlace.CONTACTS
        if case.applied is None:
            if case.matches is None:
                return PlaceView(place, CorrectionOutcome.ASKING)
            return PlaceView(place, CorrectionOutcome.READY if case.matches else CorrectionOutcome.NOBODY)
        if not case.applied.contact_id:
            return None
        if isinstance(case.at_index, AgentToolbarError):
            now = plain_text(str(case.at_index.params.get("now", case.at_index.params.get("detail", ""))))
            return PlaceView(place, CorrectionOutcome.REFUSED, case.at_index.code, now)
        return PlaceView(place, CorrectionOutcome.DONE if case.at_index else CorrectionOutcome.WRITING)

    def _places_of_directories(self, case: NumberDoubt) -> list[PlaceView]:
        return [
            PlaceView(
                CorrectionPlace.DIRECTORY,
                CorrectionOutcome.NEXT_READING if self._can_write(name) else CorrectionOutcome.CANNOT,
                name=name,
            )
            for name in case.directories
        ]

    def place_of_crm(self, case: NumberDoubt, kind: CorrectionKind | None = None) -> PlaceView | None:
        """`kind` None: before it is known what will be done. None where no CRM is set up."""
        place = CorrectionPlace.CRM
        if case.applied is not None and case.to_crm:
            return self._sent(case.applied)
        if not self._account():
            return None
        return PlaceView(place, self._outcome_at_crm(case, kind or CorrectionKind.CORRECT))

    def _outcome_at_crm(self, case: NumberDoubt, kind: CorrectionKind) -> CorrectionOutcome:
        session = self._session()
        if session is None or isinstance(case.in_crm, AgentToolbarError):
            return CorrectionOutcome.LATER
        if not operations_for(kind) <= session.crm.operations:
            return CorrectionOutcome.CANNOT
        if case.in_crm is None:
            return CorrectionOutcome.ASKING
        return CorrectionOutcome.NOBODY if case.crm_contact is None else CorrectionOutcome.READY

    def _sent(self, correction: NumberCorrection) -> PlaceView:
        place = CorrectionPlace.CRM
        item = next((one for one in self._outbox.items if one.entry.key == correction.key), None)
        if item is None:
            return PlaceView(place, CorrectionOutcome.DONE)
        if item.stuck:
            half_done = item.error == NOT_GIVEN
            outcome = CorrectionOutcome.HALF_DONE if half_done else CorrectionOutcome.REFUSED
            return PlaceView(place, outcome, item.error, item.error_text)
        waits = item.error or self._session() is None
        return PlaceView(place, CorrectionOutcome.WAITS if waits else CorrectionOutcome.WRITING, item.error)
