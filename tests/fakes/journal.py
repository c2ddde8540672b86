"""A call journal in memory that answers at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent_toolbar.application.ports.storage import AgentSpell, CallRecord, JournalQuery
from agent_toolbar.domain.agent import KeptChoice
from agent_toolbar.domain.call import CallDirection, CallEndCause
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.number_mark import NumberMark
from agent_toolbar.domain.wrap_up import WrapUp
from agent_toolbar.storage.journal_schema import completed
from agent_toolbar.storage.journal_search import JournalSearch
from agent_toolbar.storage.journal_wrap_ups import KeptWrapUp

FaultListener = Callable[[AgentToolbarError | None], None]


class FakeCallJournal:
    """Implements application.ports.storage.CallJournal. `show_fault` plays a full disk and its end."""

    def __init__(self) -> None:
        self.records: dict[str, CallRecord] = {}
        self.wrap_ups: dict[str, KeptWrapUp] = {}
        self.left_open: tuple[WrapUp, ...] = ()  # by an earlier life; a test puts it here
        self.closed = False
        self._listeners: list[FaultListener] = []

    def write(self, record: CallRecord) -> None:
        earlier = self.records.get(record.id)
        kept = record if earlier is None else completed(record, earlier)
        if earlier is not None and record.id in self.wrap_ups and self.wrap_ups[record.id].wrap_up.begun_s:
            kept = replace(kept, subject=earlier.subject)
        self.records[record.id] = kept

    def set_subject(self, call_id: str, text: str) -> None:
        if call_id in self.records:
            self.records[call_id] = replace(self.records[call_id], subject=text)

    def mark_number(self, call_id: str, finding: NumberFinding) -> None:
        if call_id in self.records:
            self.records[call_id] = replace(self.records[call_id], number_finding=finding)

    def keep_wrap_up(self, wrap_up: WrapUp) -> None:
        self._put_wrap_up(KeptWrapUp(wrap_up))

    def finish_wrap_up(self, wrap_up: WrapUp, finished_s: float) -> None:
        self._put_wrap_up(KeptWrapUp(wrap_up, finished_s))

    def open_wrap_ups(self, on_result: Callable[[tuple[WrapUp, ...]], None]) -> None:
        on_result(self.left_open)

    def _put_wrap_up(self, kept: KeptWrapUp) -> None:
        call_id = kept.wrap_up.call
        self.wrap_ups[call_id] = kept.after(self.wrap_ups.get(call_id))
        written = self.records.get(call_id)
        self.records[call_id] = kept.record() if written is None else kept.within(written)

    def find(self, call_id: str, on_result: Callable[[CallRecord | None], None]) -> None:
        on_result(self.records.get(call_id))

    def find_mark(self, number_key: str, on_result: Callable[[NumberMark | None], None]) -> None:
        marked = [one for one in self.records.values() if one.number_finding and one.number_key == number_key]
        on_result(max(marked, key=lambda record: record.started_s).mark if marked else None)

    def called_keys(self, prefix: str, on_result: Callable[[frozenset[str]], None]) -> None:
        called = (one for one in self.records.values() if one.direction is CallDirection.OUTGOING)
        on_result(frozenset(one.number_key for one in called if one.number_key.startswith(prefix)))

    def close_open_records(self, live_ids: frozenset[str]) -> None:
        for record in list(self.records.values()):
            if record.end_cause is None and record.id not in live_ids:
                missed = record.direction is CallDirection.INCOMING and not record.answered_s
                last_sign_s = max(record.started_s, record.ringing_s, record.answered_s)
                self.records[record.id] = replace(
                    record, end_cause=CallEndCause.ENGINE_LOST, ended_s=last_sign_s, missed=missed, seen=not missed
                )

    def search(self, query: JournalQuery, on_result: Callable[[tuple[CallRecord, ...]], None]) -> None:
        search = JournalSearch.of(query)
        found = [record for record in self.records.values() if search.holds_for(record)]
        found.sort(key=lambda record: (record.started_s, record.id), reverse=True)
        on_result(tuple(found[: query.limit]))

    def count_missed(self, on_result: Callable[[int], None]) -> None:
        on_result(sum(1 for record in self.records.values() if record.missed and not record.seen))

    def mark_missed_seen(self) -> None:
        self.records = {call_id: replace(record, seen=True) for call_id, record in self.records.items()}

    def watch_faults(self, listener: FaultListener) -> None:
        self._listeners.append(listener)

    def show_fault(self, fault: AgentToolbarError | None) -> None:
        for listener in self._listeners:
            listener(fault)

    def close(self) -> None:
        self.closed = True


class FakeAgentLog:
    """Implements application.ports.storage.AgentLog. `show_fault` plays a full disk and its end."""

    def __init__(self) -> None:
        self.spells: dict[float, AgentSpell] = {}
        self.choice: KeptChoice | None = None
        self._listeners: list[FaultListener] = []

    def keep(self, spell: AgentSpell) -> None:
        self.spells[spell.began_s] = spell

    def since(self, began_s: float, on_result: Callable[[tuple[AgentSpell, ...]], None]) -> None:
        found = [spell for spell in self.spells.values() if spell.ended_s > began_s]
        on_result(tuple(sorted(found, key=lambda spell: spell.began_s)))

    def keep_choice(self, choice: KeptChoice) -> None:
        self.choice = choice

    def last_choice(self, on_result: Callable[[KeptChoice | None], None]) -> None:
        on_result(self.choice)

    def watch_faults(self, listener: FaultListener) -> None:
        self._listeners.append(listener)

    def show_fault(self, fault: AgentToolbarError | None) -> None:
        for listener in self._listeners:
            listener(fault)
