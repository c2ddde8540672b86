"""The history of calls in SQLite. One writer thread owns the file; every write is on the disk before the next one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from agent_toolbar.application.ports.runtime import Clock, Dispatcher
from agent_toolbar.application.ports.storage import CallRecord, JournalQuery
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.number_mark import NumberMark
from agent_toolbar.domain.wrap_up import WrapUp
from agent_toolbar.storage import journal_schema
from agent_toolbar.storage.database import DatabaseFault, Durability
from agent_toolbar.storage.journal_search import JournalSearch
from agent_toolbar.storage.journal_wrap_ups import KeptWrapUp, left_open, put_wrap_up
from agent_toolbar.storage.sqlite_store import RETRY_S, SqliteStore


class SqliteCallJournal(SqliteStore):
    """Implements application.ports.storage.CallJournal.

    What cannot be written now (full disk) stays in memory, is found by searches all the same, and is tried again with
    the next write and every two seconds.
    """

    def __init__(self, path: Path, dispatcher: Dispatcher, clock: Clock, retry_s: float = RETRY_S) -> None:
        super().__init__(
            path,
            journal_schema.JOURNAL_SCHEMA,
            Durability.FULL,
            dispatcher,
            clock,
            thread="call-journal",
            retry_s=retry_s,
        )
        self._unwritten: dict[str, CallRecord] = {}
        self._subjects_unwritten: dict[str, str] = {}
        self._wrap_ups_unwritten: dict[str, KeptWrapUp] = {}
        self._wrapped_in_this_life: set[str] = set()
        self._findings_unwritten: dict[str, NumberFinding] = {}
        self._seen_unwritten = False
        self._live_unwritten: frozenset[str] | None = None
        self._worker.submit(self._flush)

    def write(self, record: CallRecord) -> None:
        self._worker.submit(lambda: self._write(record))

    def set_subject(self, call_id: str, text: str) -> None:
        self._worker.submit(lambda: self._set_subject(call_id, text))

    def mark_number(self, call_id: str, finding: NumberFinding) -> None:
        self._worker.submit(lambda: self._mark_number(call_id, finding))

    def keep_wrap_up(self, wrap_up: WrapUp) -> None:
        self._worker.submit(lambda: self._put_wrap_up(KeptWrapUp(wrap_up)))

    def finish_wrap_up(self, wrap_up: WrapUp, finished_s: float) -> None:
        self._worker.submit(lambda: self._put_wrap_up(KeptWrapUp(wrap_up, finished_s)))

    def open_wrap_ups(self, on_result: Callable[[tuple[WrapUp, ...]], None]) -> None:
        self._answer(self._open_wrap_ups, on_result)

    def find(self, call_id: str, on_result: Callable[[CallRecord | None], None]) -> None:
        self._answer(lambda: self._find(call_id), on_result)

    def find_mark(self, number_key: str, on_result: Callable[[NumberMark | None], None]) -> None:
        self._answer(lambda: self._find_mark(number_key), on_result)

    def called_keys(self, prefix: str, on_result: Callable[[frozenset[str]], None]) -> None:
        self._answer(lambda: self._called_keys(prefix), on_result)

    def close_open_records(self, live_ids: frozenset[str]) -> None:
        self._worker.submit(lambda: self._close_open_records(live_ids))

    def search(self, query: JournalQuery, on_result: Callable[[tuple[CallRecord, ...]], None]) -> None:
        self._answer(lambda: self._search(query), on_result)

    def count_missed(self, on_result: Callable[[int], None]) -> None:
        self._answer(self._count_missed, on_result)

    def mark_missed_seen(self) -> None:
        self._worker.submit(self._mark_missed_seen)

    # -- everything below runs on the writer thread

    def _write(self, record: CallRecord) -> None:
        waiting = self._unwritten.get(record.id)
        self._unwritten[record.id] = record if waiting is None else journal_schema.completed(record, waiting)
        if record.subject:
            self._subjects_unwritten.pop(record.id, None)
        self._flush()

    def _set_subject(self, call_id: str, text: str) -> None:
        if call_id in self._unwritten:
            self._unwritten[call_id] = replace(self._unwritten[call_id], subject=text)
        if call_id in self._wrap_ups_unwritten:
            kept = self._wrap_ups_unwritten[call_id]
            self._wrap_ups_unwritten[call_id] = replace(kept, wrap_up=replace(kept.wrap_up, subject=text))
        self._subjects_unwritten[call_id] = text
        self._flush()

    def _mark_number(self, call_id: str, finding: NumberFinding) -> None:
        if call_id in self._wrap_ups_unwritten:
            kept = self._wrap_ups_unwritten[call_id]
            self._wrap_ups_unwritten[call_id] = replace(kept, wrap_up=replace(kept.wrap_up, number_finding=finding))
        self._findings_unwritten[call_id] = finding
        self._flush()

    def _put_wrap_up(self, kept: KeptWrapUp) -> None:
        call_id = kept.wrap_up.call
        self._wrapped_in_this_life.add(call_id)
        self._wrap_ups_unwritten[call_id] = kept.after(self._wrap_ups_unwritten.get(call_id))
        self._subjects_unwritten.pop(call_id, None)
        self._findings_unwritten.pop(call_id, None)
        self._flush()

    def _open_wrap_ups(self) -> tuple[WrapUp, ...]:
        nothing: tuple[WrapUp, ...] = ()
        return self._read(lambda connection: left_open(connection, self._wrapped_in_this_life), nothing)

    def _mark_missed_seen(self) -> None:
        self._unwritten = {call_id: replace(record, seen=True) for call_id, record in self._unwritten.items()}
        self._seen_unwritten = True
        self._flush()

    def _close_open_records(self, live_ids: frozenset[str]) -> None:
        self._live_unwritten = live_ids
        self._flush()

    def _waits(self) -> bool:
        texts = self._unwritten or self._subjects_unwritten or self._wrap_ups_unwritten or self._findings_unwritten
        return bool(texts) or self._seen_unwritten or self._live_unwritten is not None

    def _write_waiting(self, connection: sqlite3.Connection) -> None:
        if self._live_unwritten is not None:
            journal_schema.close_open_records(connection, self._live_unwritten)
        if self._seen_unwritten:
            journal_schema.mark_missed_seen(connection)
        journal_schema.put_records(connection, self._unwritten.values())
        for call_id, text in self._subjects_unwritten.items():
            journal_schema.set_subject(connection, call_id, text)
        for kept in self._wrap_ups_unwritten.values():
            put_wrap_up(connection, kept)
        for call_id, finding in self._findings_unwritten.items():
            journal_schema.mark_number(connection, call_id, finding)

    def _written(self) -> None:
        self._unwritten.clear()
        self._subjects_unwritten.clear()
        self._wrap_ups_unwritten.clear()
        self._findings_unwritten.clear()
        self._seen_unwritten = False
        self._live_unwritten = None

    def _fault(self, fault: DatabaseFault, what: str) -> StorageError:
        if fault is DatabaseFault.CORRUPTED:
            return StorageError("journal_corrupted", file=what)
        if fault is DatabaseFault.DISK_FULL:
            return StorageError("journal_disk_full")
        return StorageError("journal_failed", detail=what)

    def _search(self, query: JournalQuery) -> tuple[CallRecord, ...]:
        search = JournalSearch.of(query)
        conditions, values = search.sql()

        def stored(connection: sqlite3.Connection) -> list[CallRecord]:
            return journal_schema.select_records(connection, conditions, values, query.limit + len(self._unwritten))

        nothing: list[CallRecord] = []
        found = [record for record in self._read(stored, nothing) if record.id not in self._unwritten]
        found = [self._with_wrap_up(record) for record in found]
        waiting = [self._with_wrap_up(record) for record in self._unwritten.values()]
        found += [record for record in waiting if search.holds_for(record)]
        found.sort(key=lambda record: (record.started_s, record.id), reverse=True)
        return tuple(found[: query.limit])

    def _find(self, call_id: str) -> CallRecord | None:
        waiting = self._unwritten.get(call_id)
        nothing: CallRecord | None = None
        stored = self._read(lambda connection: journal_schema.find_record(connection, call_id), nothing)
        found = stored if waiting is None else waiting if stored is None else journal_schema.completed(waiting, stored)
        if found is not None:
            found = self._with_wrap_up(found)
        elif call_id in self._wrap_ups_unwritten:
            found = self._wrap_ups_unwritten[call_id].record()
        subject = self._subjects_unwritten.get(call_id)
        return found if found is None or subject is None else replace(found, subject=subject)

    def _find_mark(self, number_key: str) -> NumberMark | None:
        in_memory = self._unwritten.keys() | self._wrap_ups_unwritten.keys() | self._findings_unwritten.keys()

        def stored(connection: sqlite3.Connection) -> list[CallRecord]:
            conditions = ("number_key = :key", "number_finding <> ''")
            return journal_schema.select_records(connection, conditions, {"key": number_key}, 1 + len(in_memory))

        nothing: list[CallRecord] = []
        records = [record for record in self._read(stored, nothing) if record.id not in in_memory]
        records += [record for call_id in in_memory if (record := self._find(call_id)) is not None]
        marked = [record for record in records if record.number_finding and record.number_key == number_key]
        return max(marked, key=lambda record: (record.started_s, record.id)).mark if marked else None

    def _called_keys(self, prefix: str) -> frozenset[str]:
        nothing: frozenset[str] = frozenset()
        stored = self._read(lambda connection: journal_schema.called_keys(connection, prefix), nothing)
        waiting = (one for one in self._unwritten.values() if one.direction is CallDirection.OUTGOING)
        return stored | {one.number_key for one in waiting if one.number_key.startswith(prefix)}

    def _with_wrap_up(self, record: CallRecord) -> CallRecord:
        kept = self._wrap_ups_unwritten.get(record.id)
        found = record if kept is None else kept.within(record)
        finding = self._findings_unwritten.get(record.id)
        return found if finding is None else replace(found, number_finding=finding)

    def _count_missed(self) -> int:
        stored: set[str] = set()
        if not self._seen_unwritten:
            stored = self._read(journal_schema.unseen_missed_ids, stored)
        waiting = {record.id for record in self._unwritten.values() if record.missed and not record.seen}
        return len((stored - self._unwritten.keys()) | waiting)
