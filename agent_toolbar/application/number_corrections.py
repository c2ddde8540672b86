"""Numbers that somebody doubts: what shows it, what is proposed, and what was confirmed, written at each place.

GUI thread. Nothing is written before a person has seen "before" and "after" and said yes. A confirmed correction is in
the outbox on disk first (held), then in the local index, then released to the CRM; a crash in between loses none of it.
"""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.number_case import NumberCaseView, NumberOrder
from agent_toolbar.application.number_doubt import DoubtViews, NumberDoubt
from agent_toolbar.application.outbox_course import OutboxCourse, SignedIn
from agent_toolbar.application.ports.directory import ContactDirectory
from agent_toolbar.application.ports.runtime import Timers
from agent_toolbar.application.ports.storage import CallJournal, CallRecord
from agent_toolbar.application.screen_pop import LOOK_UP_LIMIT_MS
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.contact import ContactMatch, LookupResult
from agent_toolbar.domain.crm import CrmContact
from agent_toolbar.domain.errors import AgentToolbarError, CrmError, NumberError
from agent_toolbar.domain.number_correction import CorrectionKind, NumberCorrection, checked_after, checked_before
from agent_toolbar.domain.number_finding import NumberEvidence, NumberFinding
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.domain.text import plain_text

_TYPED_LENGTH = 60


class NumberCorrections:
    """Attributes:
    view: the case that the windows show, None for none.
    """

    def __init__(
        self,
        directory: ContactDirectory,
        journal: CallJournal,
        outbox: OutboxCourse,
        timers: Timers,
        *,
        plan: Callable[[], NumberPlan],
        new_key: Callable[[], str],
        session: Callable[[], SignedIn | None],
        account: Callable[[], str],
        crm_name: Callable[[], str],
        can_write: Callable[[str], bool],
        on_corrected: Callable[[str], None],
        mark: Callable[[str, NumberFinding], None],
        on_change: Callable[[], None],
    ) -> None:
        """`account`: of the CRM that is set up, "" for none. `mark` writes a finding into the record of a call.

        `can_write`: whether the company directory of this name takes corrections; `on_corrected` hears of which
        directory a contact was corrected.
        """
        self._directory = directory
        self._journal = journal
        self._outbox = outbox
        self._plan = plan
        self._new_key = new_key
        self._session = session
        self._account = account
        self._crm_name = crm_name
        self._mark = mark
        self._on_change = on_change
        self._timers = timers
        self._views = DoubtViews(
            outbox, plan=plan, session=session, account=account, crm_name=crm_name, can_write=can_write
        )
        self._on_corrected = on_corrected
        self._shown: NumberDoubt | None = None
        self._proposed_for: set[str] = set()

    # ------------------------------------------------------------------ what happens

    def call_changed(self, view: CallView, finding: NumberFinding) -> None:
        """A call is new, changed or ended; `finding`: what its end says of the number."""
        call_id, shown = view.call.id, self._shown
        if view.call.live:
            if shown is not None and shown.proposed and shown.call != call_id:
                self.close()
            return
        known = bool(view.contact) or bool(view.crm is not None and view.crm.chosen)
        if finding and known and call_id not in self._proposed_for and (shown is None or shown.proposed):
            self._proposed_for.add(call_id)
            chosen = view.crm.chosen if view.crm is not None else ""
            self.open_call(call_id, finding, crm_chosen=chosen, proposed=True, q850_cause=view.call.q850_cause)

    def forget(self, call_id: str) -> None:
        self._proposed_for.discard(call_id)

    def outbox_read(self) -> None:
        """What an earlier life confirmed and did not write everywhere is written now."""
        for item in self._outbox.items:
            if item.correction is not None and item.held:
                self._to_index(item.correction, lambda _answer: None)

    # ------------------------------------------------------------------ the case that is shown

    @property
    def view(self) -> NumberCaseView | None:
        return None if self._shown is None else self._views.view_of(self._shown)

    def open_call(
        self,
        call_id: str,
        finding: NumberFinding,
        *,
        crm_chosen: str = "",
        proposed: bool = False,
        in_history: bool = False,
        q850_cause: int = 0,
    ) -> None:
        """The number of a call of the journal; of one with no outside number nothing is opened."""

        def found(record: CallRecord | None) -> None:
            if record is None:
                return
            failed = not record.answered_s and record.sip_status >= 300
            evidence = NumberEvidence(
                record.id,
                record.ended_s or record.started_s,
                record.sip_status if failed else 0,
                plain_text(record.subject),
                q850_cause,
            )
            try:
                before = checked_before(record.number_key or record.number, self._plan())
            except NumberError:
                return
            case = NumberDoubt(before, record.id, finding or NumberFinding.WRONG, evidence, record.name, proposed)
            case.contact_id, case.crm_chosen, case.in_history = record.contact_id, crm_chosen, in_history
            self._shown = case
            self._ask(case)

        self._journal.find(call_id, found)

    def edit(
        self, finding: NumberFinding | None = None, typed: str | None = None, contact_id: int | None = None
    ) -> None:
        """Raises NumberError("no_number_case")."""
        case = self._required()
        case.proposed = False
        if finding is not None:
            case.finding = finding
        if typed is not None:
            case.typed = plain_text(typed, _TYPED_LENGTH)
        if contact_id is not None and any(one.contact_id == contact_id for one in case.matches or ()):
            case.contact_id, case.crm_chosen = contact_id, ""  # who was bound to the call is not meant any more
        self._on_change()

    def apply(self, kind: CorrectionKind, to: ContactMatch | None = None) -> None:
        """The person has seen what is shown and says yes. Raises NumberError as `checked_after`, "no_number_case",
        "correction_no_contact" (nobody to correct, or several) or "correction_no_target" (MOVE to whom?).
        """
        case = self._required()
        self._apply(case, kind, to, lambda _answer: self._on_change())
        if case.call:
            self._mark(case.call, case.finding)
        self._on_change()

    def close(self) -> None:
        self._shown = None
        self._on_change()

    # ------------------------------------------------------------------ one that is ordered in one sentence

    def order(
        self, order: NumberOrder, confirmed: bool, on_result: Callable[[NumberCaseView | AgentToolbarError], None]
    ) -> None:
        """Raises NumberError for numbers that cannot be meant. Without `confirmed` the answer is
        NumberError("correction_asks" or "retirement_asks", ...), and nothing is written.
        """
        case = NumberDoubt(checked_before(order.number, self._plan()), contact_id=order.contact, typed=order.to)
        case.finding = NumberFinding.OUT_OF_USE if order.kind is CorrectionKind.RETIRE else NumberFinding.WRONG
        if order.kind is CorrectionKind.CORRECT:
            checked_after(order.to, case.before.key, self._plan())

        def known() -> None:
            try:
                if not confirmed:
                    raise self._question(case, order.kind)
                self._apply(case, order.kind, None, lambda _answer: on_result(self._views.view_of(case)))
            except NumberError as refusal:
                on_result(refusal)

        self._ask(case, known)

    def _question(self, case: NumberDoubt, kind: CorrectionKind) -> NumberError:
        if not case.title:
            return NumberError("correction_no_contact", number=case.before.key)
        where = self._crm_name() if self._views.goes_to_crm(case, kind) else ""
        names: dict[str, str] = {"name": case.title, "before": case.before.key, "crm": where}
        if kind is CorrectionKind.RETIRE:
            return NumberError("retirement_asks", **names)
        after = checked_after(case.typed, case.before.key, self._plan())
        return NumberError("correction_asks", after=after.key, **names)

    # ------------------------------------------------------------------ inside: asking

    def _required(self) -> NumberDoubt:
        if self._shown is None or self._shown.applied is not None:
            raise NumberError("no_number_case")
        return self._shown

    def _ask(self, case: NumberDoubt, known: Callable[[], None] | None = None) -> None:
        """Who has the number, here and at the CRM; then `known`."""

        def told() -> None:
            if case.matches is not None and (session is None or case.in_crm is not None) and known is not None:
                known()
            self._on_change()

        def in_index(result: LookupResult) -> None:
            case.matches = tuple(one for one in result.matches if one.phone == case.before.key)
            ids = {one.contact_id for one in case.matches}
            if case.contact_id not in ids:
                case.contact_id = ids.pop() if len(ids) == 1 else 0
            told()

        def in_crm(answer: tuple[CrmContact, ...] | AgentToolbarError) -> None:
            if case.in_crm is None:
                case.in_crm = answer
                told()

        def late() -> None:
            in_crm(CrmError("crm_slow"))

        session = self._session()
        self._directory.find_by_number(case.before, in_index)
        if session is not None:
            self._timers.after_ms(LOOK_UP_LIMIT_MS, late)
            session.crm.find(case.before, in_crm)
        self._on_change()

    # ------------------------------------------------------------------ inside: writing

    def _apply(
        self,
        case: NumberDoubt,
        kind: CorrectionKind,
        to: ContactMatch | None,
        on_result: Callable[[AgentToolbarError | None], None],
    ) -> None:
        after = ""
        if kind is CorrectionKind.CORRECT:
            after = checked_after(case.typed, case.before.key, self._plan()).key
        elif kind is CorrectionKind.MOVE:
            if to is None or to.contact_id == case.contact_id:
                raise NumberError("correction_no_target")
            after = case.before.key
        at_crm = self._views.goes_to_crm(case, kind)
        if case.contact is None and (case.matches or not at_crm or kind is CorrectionKind.MOVE):
            raise NumberError("correction_no_contact", number=case.before.key)
        contact = case.crm_contact
        case.applied = NumberCorrection(
            key=f"number-{self._new_key()}",
            kind=kind,
            before=case.before.key,
            after=after,
            contact_id=case.contact_id if case.contact else 0,
            name=contact.name if contact is not None else case.title,
            to_contact_id=to.contact_id if to is not None else 0,
            to_name=to.name if to is not None else "",
            to_number=to.phone if to is not None and to.phone.startswith("+") else "",
            crm_contact=contact.id if contact is not None else "",
            crm_number=contact.number if contact is not None else "",
            finding=case.finding,
            evidence=case.evidence,
        )
        case.proposed, case.to_crm, case.to = False, at_crm, to
        applied = case.applied

        def told(answer: AgentToolbarError | None) -> None:
            case.at_index = answer if answer is not None else True
            if answer is None:
                for name in case.directories:
                    self._on_corrected(name)
            on_result(answer)

        if at_crm:
            self._outbox.correct(applied, self._account(), lambda: self._to_index(applied, told))
        else:
            self._to_index(applied, told)

    def _to_index(self, correction: NumberCorrection, told: Callable[[AgentToolbarError | None], None]) -> None:
        """Each place is guarded by itself: what the index refuses may be right at the CRM."""

        def written(answer: AgentToolbarError | None) -> None:
            self._outbox.release(correction.key)
            told(answer)

        if correction.contact_id:
            self._directory.correct_number(correction, written)
        else:
            written(None)
