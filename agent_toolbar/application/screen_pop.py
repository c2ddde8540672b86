"""Asks the CRM who each call is with, and binds the answer to that call and no other. GUI thread.

What the CRM said lives as long as the call is shown. Every question carries the call and the number it is for: an
answer that comes when either has changed, or when somebody else is signed in, is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from agent_toolbar.application.call_ledger import CallLedger
from agent_toolbar.application.outbox_course import SignedIn
from agent_toolbar.application.outbox_rules import is_lost
from agent_toolbar.application.ports.crm import CallerChoices, Crm
from agent_toolbar.application.ports.runtime import Timers
from agent_toolbar.application.ports.storage import CallRecord, JournalQuery
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.crm import CrmContact, CrmOperation, Deal, PastContact
from agent_toolbar.domain.crm_caller import CrmCaller, CrmLookUp, by_last_contact, ordered
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberKind
from agent_toolbar.domain.text import MAX_CALLER_TEXT, plain_text

SearchCalls = Callable[[JournalQuery, Callable[[tuple[CallRecord, ...]], None]], None]
LOOK_UP_LIMIT_MS = 1_600  # Crm.find answers within 1.5 s; this is for a connector that does not keep its word
ORDER_LIMIT_MS = 400  # a list is not held back longer for its order, and not moved any more once it is shown
MOST_ASKED = 4  # contacts whose last contact decides the order
CALLS_READ = 50


@dataclass(eq=False, slots=True)
class _Question:
    """One call's questions to one connection.

    recent: what the agent chose for the number before; called: when this desk last spoke with whom under it, by name
    (seconds since the epoch); None if not known. past: of those of `found` that the CRM was asked for.
    """

    call_id: str
    number: CanonicalNumber
    crm: Crm
    account: str
    recent: tuple[str, ...] | None = None
    called: dict[str, float] | None = None
    found: tuple[CrmContact, ...] | None = None
    past: dict[str, tuple[PastContact, ...]] | None = None


class ScreenPop:
    """To be told of every change of a call, of signing in and out, and of what the agent orders."""

    def __init__(
        self,
        ledger: CallLedger,
        choices: CallerChoices,
        timers: Timers,
        *,
        search_calls: SearchCalls,
        signed_in: Callable[[], SignedIn | None],
        me: Callable[[], frozenset[str]],
        on_lost: Callable[[AgentToolbarError], None],
    ) -> None:
        """`search_calls`: CallJournal.search. `me`: what the CRM calls the agent.

        `on_lost` hears that the CRM is out of reach or does not know us.
        """
        self._ledger = ledger
        self._choices = choices
        self._timers = timers
        self._search_calls = search_calls
        self._session = signed_in
        self._me = me
        self._on_lost = on_lost
        self._questions: dict[str, _Question] = {}

    # ------------------------------------------------------------------ what happens

    def call_changed(self, view: CallView) -> None:
        """A call is new or changed; may be told the same again."""
        call_id = view.call.id
        question = self._questions.get(call_id)
        if question is not None and question.number != view.number:
            del self._questions[call_id]
            question = None
        if question is None and view.call.live and view.crm is None:
            self._ask(view)

    def forget(self, call_id: str) -> None:
        """The call is not shown any more."""
        self._questions.pop(call_id, None)

    def signed_in(self) -> None:
        """Whoever calls at this moment is looked up too; what another account said of them goes."""
        session = self._session()
        for view in self._ledger.live:
            caller = view.crm
            if session is not None and caller is not None and caller.account == session.account and caller.chosen:
                question = _Question(view.call.id, view.number, session.crm, session.account, (), {}, caller.contacts)
                self._questions[view.call.id] = question
            else:
                self._ledger.bind_crm(view.call.id, None)
                self._ask(view)

    def signed_out(self) -> None:
        """What is under way is not answered any more; what is known stays for the life of the call."""
        questions, self._questions = self._questions, {}
        for question in questions.values():
            caller = self._caller(question.call_id)
            if caller is not None and caller.state is CrmLookUp.LOOKING:
                self._ledger.bind_crm(question.call_id, None)
            elif caller is not None and caller.creating:
                self._ledger.bind_crm(question.call_id, replace(caller, creating=False, create_fault="crm_unreachable"))

    # ------------------------------------------------------------------ what the agent orders

    def choose(self, call_id: str, contact_id: str) -> None:
        """It is this contact of the CRM, now and when the number calls again. An unknown one changes nothing.

        Raises CrmError("crm_not_asked").
        """
        question, caller = self._questions.get(call_id), self._caller(call_id)
        if question is None or caller is None:
            raise CrmError("crm_not_asked")
        if contact_id not in {one.id for one in caller.contacts}:
            return
        self._choices.remember(question.account, question.number.key, contact_id)
        self._bind(question, contact_id)

    def create(self, call_id: str, name: str) -> None:
        """Makes a contact of the caller. Raises CrmError("crm_not_asked"), CrmError("crm_no_name"),
        CrmError("crm_creating") or CrmError("crm_cannot", operation).
        """
        question, caller = self._questions.get(call_id), self._caller(call_id)
        if question is None or caller is None:
            raise CrmError("crm_not_asked")
        shown = plain_text(name, MAX_CALLER_TEXT)
        if not shown:
            raise CrmError("crm_no_name")
        if caller.creating:
            raise CrmError("crm_creating")
        if CrmOperation.CREATE not in question.crm.operations:
            raise CrmError("crm_cannot", operation=CrmOperation.CREATE.value)
        self._update(question, creating=True, create_fault="")
        if caller.create_fault:  # the last try may have arrived all the same
            question.crm.find(question.number, lambda answer: self._looked_before(question, shown, answer))
        else:
            question.crm.create(shown, question.number, lambda answer: self._created(question, answer))

    # ------------------------------------------------------------------ asking

    def _ask(self, view: CallView) -> None:
        session = self._session()
        withheld = view.call.remote.private or view.call.remote.anonymous
        if session is None or withheld or view.number.kind is not NumberKind.E164:
            return
        question = _Question(view.call.id, view.number, session.crm, session.account)
        self._questions[question.call_id] = question
        self._ledger.bind_crm(question.call_id, CrmCaller(session.account))
        self._timers.after_ms(LOOK_UP_LIMIT_MS, lambda: self._late(question))
        self._choices.recall(question.account, question.number.key, lambda recent: self._recalled(question, recent))
        calls = JournalQuery(question.number.key, limit=CALLS_READ)
        self._search_calls(calls, lambda records: self._calls_found(question, records))
        question.crm.find(question.number, lambda answer: self._found(question, answer))

    def _recalled(self, question: _Question, recent: tuple[str, ...]) -> None:
        if self._is_current(question) and question.recent is None:
            question.recent = recent
            self._settle(question)

    def _calls_found(self, question: _Question, records: tuple[CallRecord, ...]) -> None:
        if self._is_current(question) and question.called is None:
            question.called = {}
            for record in records:
                if record.id != question.call_id and record.answered_s:
                    question.called.setdefault(record.name, record.answered_s)
            self._settle(question)

    def _late(self, question: _Question) -> None:
        """What has not answered by now is not waited for."""
        self._recalled(question, ())
        self._calls_found(question, ())
        if question.found is None:
            self._found(question, CrmError("crm_slow"))
        else:
            self._show_list(question)

    def _found(self, question: _Question, answer: tuple[CrmContact, ...] | AgentToolbarError) -> None:
        caller = self._caller(question.call_id)
        if not self._is_current(question) or caller is None or caller.state is not CrmLookUp.LOOKING:
            return
        if isinstance(answer, AgentToolbarError):
            self._update(question, state=CrmLookUp.FAILED, fault=answer.code)
            self._look_whether_lost(answer)
        else:
            question.found = answer
            self._settle(question)

    def _settle(self, question: _Question) -> None:
        """Once it is known what the CRM has, what the agent chose before, and who was spoken with."""
        if question.found is None or question.recent is None or question.called is None:
            return
        found = ordered(question.found, self._me(), question.recent)
        if not found:
            self._update(question, state=CrmLookUp.NONE)
            return
        known = {one.id for one in found}
        chosen = next((one for one in question.recent if one in known), "")
        certain = CrmCaller(question.account, contacts=found).only_certain
        if not chosen and certain is not None:
            chosen = certain.id
        if chosen:
            self._show(question, found, chosen)
        elif len(found) == 1 or CrmOperation.HISTORY not in question.crm.operations:
            self._show_list(question)
        else:
            self._ask_order(question, found[:MOST_ASKED])

    def _ask_order(self, question: _Question, contacts: tuple[CrmContact, ...]) -> None:
        """Nobody knows who of them it is: those with whom there was contact lately come first."""
        if question.past is not None:
            return
        question.past = {}
        self._timers.after_ms(ORDER_LIMIT_MS, lambda: self._show_list(question))

        def answered(contact: CrmContact, answer: tuple[PastContact, ...] | AgentToolbarError) -> None:
            assert question.past is not None
            question.past[contact.id] = () if isinstance(answer, AgentToolbarError) else answer
            if len(question.past) == len(contacts):
                self._show_list(question)
            if isinstance(answer, AgentToolbarError):
                self._look_whether_lost(answer, question)

        for contact in contacts:
            question.crm.history(contact.id, partial(answered, contact))

    def _show_list(self, question: _Question) -> None:
        """Once; a list that is shown does not move any more."""
        caller = self._caller(question.call_id)
        if not self._is_current(question) or caller is None or caller.state is not CrmLookUp.LOOKING:
            return
        found = question.found or ()
        recent = by_last_contact(found, question.called or {}, question.past or {})
        self._show(question, ordered(found, self._me(), recent), "")

    def _show(self, question: _Question, found: tuple[CrmContact, ...], chosen: str) -> None:
        self._update(question, state=CrmLookUp.FOUND, contacts=found, chosen=chosen)  # at once: a page may open for it
        if chosen:
            self._bind(question, chosen)

    def _bind(self, question: _Question, contact_id: str) -> None:
        """The call is with this contact: what is open with them, and what was lately?"""
        caller = self._update(question, chosen=contact_id, deals=None, history=None)
        contact = caller.contact if caller is not None else None
        operations = question.crm.operations
        if CrmOperation.DEALS in operations:
            question.crm.deals(contact_id, lambda answer: self._deals_found(question, contact_id, answer))
        if CrmOperation.HISTORY in operations:
            question.crm.history(contact_id, lambda answer: self._history_found(question, contact_id, answer))

        if CrmOperation.OWNER in operations and contact is not None and not contact.owner:
            question.crm.owner(contact_id, lambda answer: self._owner_found(question, contact_id, answer))

    def _owner_found(self, question: _Question, contact_id: str, answer: str | AgentToolbarError) -> None:
        caller = self._caller(question.call_id)
        if isinstance(answer, AgentToolbarError):
            self._look_whether_lost(answer, question)
        elif caller is not None and answer and self._still_chosen(question, contact_id):
            owned = (replace(one, owner=answer) if one.id == contact_id else one for one in caller.contacts)
            self._update(question, contacts=tuple(owned))

    def _deals_found(self, question: _Question, contact_id: str, answer: tuple[Deal, ...] | AgentToolbarError) -> None:
        if isinstance(answer, AgentToolbarError):
            self._look_whether_lost(answer, question)
        elif self._still_chosen(question, contact_id):
            self._update(question, deals=answer)

    def _history_found(
        self, question: _Question, contact_id: str, answer: tuple[PastContact, ...] | AgentToolbarError
    ) -> None:
        if isinstance(answer, AgentToolbarError):
            self._look_whether_lost(answer, question)
        elif self._still_chosen(question, contact_id):
            self._update(question, history=answer)

    def _looked_before(
        self, question: _Question, name: str, answer: tuple[CrmContact, ...] | AgentToolbarError
    ) -> None:
        if not self._is_current(question):
            return
        if isinstance(answer, AgentToolbarError):
            self._created(question, answer)
            return
        certain = [one for one in answer if one.level.certain]
        if certain:
            self._created(question, certain[0])
        else:
            question.crm.create(name, question.number, lambda made: self._created(question, made))

    def _created(self, question: _Question, answer: CrmContact | AgentToolbarError) -> None:
        if not self._is_current(question):
            return
        caller = self._caller(question.call_id)
        if isinstance(answer, AgentToolbarError):
            self._update(question, creating=False, create_fault=answer.code)
            self._look_whether_lost(answer)
        elif caller is not None:
            others = tuple(one for one in caller.contacts if one.id != answer.id)
            self._choices.remember(question.account, question.number.key, answer.id)
            self._update(
                question, state=CrmLookUp.FOUND, contacts=(answer, *others), creating=False, create_fault="", fault=""
            )
            self._bind(question, answer.id)

    # ------------------------------------------------------------------ whose answer it is

    def _is_current(self, question: _Question) -> bool:
        return self._questions.get(question.call_id) is question

    def _still_chosen(self, question: _Question, contact_id: str) -> bool:
        caller = self._caller(question.call_id)
        return self._is_current(question) and caller is not None and caller.chosen == contact_id

    def _caller(self, call_id: str) -> CrmCaller | None:
        view = next((one for one in (*self._ledger.live, *self._ledger.just_ended) if one.call.id == call_id), None)
        return view.crm if view is not None else None

    def _update(self, question: _Question, **changes: Any) -> CrmCaller | None:  # noqa: ANN401 - fields of CrmCaller
        caller = self._caller(question.call_id)
        if caller is None or not self._is_current(question):
            return None
        changed = replace(caller, **changes)
        self._ledger.bind_crm(question.call_id, changed)
        return changed

    def _look_whether_lost(self, error: AgentToolbarError, question: _Question | None = None) -> None:
        if is_lost(error) and (question is None or self._is_current(question)):
            self._on_lost(error)
