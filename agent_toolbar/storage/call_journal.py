"""The history of calls in SQLite. One writer thread owns the file; every write is on the disk before the next one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from agent_toolbar.application.ports.runtime import Clock, Dispatcher
from agent_toolbar.application.ports.storage import CallRecord, JournalQuery
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.number_mark import NumberMark
from agent_toolbar.domain.wrap_up import WrapUp
from agent_toolbar.storage import journal_schema
from agent_toolbar.storage.database import (
    DatabaseFault,
    Durability,
    fault_of,
    open_database,
    require_sound,
    set_aside,
    transaction,
)
from agent_toolbar.storage.fault_board import FaultBoard, FaultListener
from agent_toolbar.storage.journal_search import JournalSearch
from agent_toolbar.storage.journal_wrap_ups import KeptWrapUp, left_open, put_wrap_up
from agent_toolbar.storage.serial_worker import SerialWorker

CLOSE_TIMEOUT_S = 2.0
RETRY_S = 2.0
_StoreError = (sqlite3.Error, OSError, StorageError)
Answer = TypeVar("Answer")


class SqliteCallJournal:
    """Implements application.ports.storage.CallJournal.

    What cannot be written now (full disk) stays in memory, is found by searches all the same, and is tried again with
    the next write and every two seconds.
    """

    def __init__(self, path: Path, dispatcher: Dispatcher, clock: Clock, retry_s: float = RETRY_S) -> None:
        self._path = path
        self._dispatcher = dispatcher
        self._clock = clock
        self._retry_s = retry_s
        self._faults = FaultBoard(dispatcher)
        self._damage: StorageError | None = None
        self._connection: sqlite3.Connection | None = None
        self._unwritten: dict[str, CallRecord] = {}
        self._subjects_unwritten: dict[str, str] = {}
        self._wrap_ups_unwritten: dict[str, KeptWrapUp] = {}
        self._wrapped_in_this_life: set[str] = set()
        self._findings_unwritten: dict[str, NumberFinding] = {}
        self._seen_unwritten = False
        self._live_unwritten: frozenset[str] | None = None
        self._retry_is_due = False
        self._worker = SerialWorker("call-journal")
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
        def answer() -> None:
            found = self._open_wrap_ups()
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def find(self, call_id: str, on_result: Callable[[CallRecord | None], None]) -> None:
        def answer() -> None:
            found = self._find(call_id)
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def find_mark(self, number_key: str, on_result: Callable[[NumberMark | None], None]) -> None:
        def answer() -> None:
            found = self._find_mark(number_key)
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def called_keys(self, prefix: str, on_result: Callable[[frozenset[str]], None]) -> None:
        def answer() -> None:
            found = self._called_keys(prefix)
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def close_open_records(self, live_ids: frozenset[str]) -> None:
        self._worker.submit(lambda: self._close_open_records(live_ids))

    def search(self, query: JournalQuery, on_result: Callable[[tuple[CallRecord, ...]], None]) -> None:
        def answer() -> None:
            found = self._search(query)
            self._dispatcher.post(lambda: on_result(found))

        self._worker.submit(answer)

    def count_missed(self, on_result: Callable[[int], None]) -> None:
        def answer() -> None:
            missed = self._count_missed()
            self._dispatcher.post(lambda: on_result(missed))

        self._worker.submit(answer)

    def mark_missed_seen(self) -> None:
        self._worker.submit(self._mark_missed_seen)

    def watch_faults(self, listener: FaultListener) -> None:
        self._faults.watch(listener)

    def close(self) -> None:
        self._worker.submit(self._close)
        self._worker.close(CLOSE_TIMEOUT_S)

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

    def _flush(self) -> None:
        """Writes what waits, in one transaction; a damaged file is set aside first."""
        try:
            self._write_unwritten()
        except _StoreError as error:
            if fault_of(error) is not DatabaseFault.CORRUPTED:
                self._wait_for_better_times(error)
                return
            self._replace_damaged_file()

    def _replace_damaged_file(self) -> None:
        try:
            self._disconnect()
            self._damage = StorageError("journal_corrupted", file=set_aside(self._path, self._clock.now_s()).name)
            self._write_unwritten()
        except _StoreError as error:
            self._wait_for_better_times(error)

    def _write_unwritten(self) -> None:
        connection = self._connect()
        waiting = self._unwritten or self._subjects_unwritten or self._seen_unwritten or self._wrap_ups_unwritten
        if waiting or self._findings_unwritten or self._live_unwritten is not None:
            with transaction(connection):
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
            self._unwritten.clear()
            self._subjects_unwritten.clear()
            self._wrap_ups_unwritten.clear()
            self._findings_unwritten.clear()
            self._seen_unwritten = False
            self._live_unwritten = None
        self._faults.show(self._damage)

    def _wait_for_better_times(self, error: sqlite3.Error | OSError | StorageError) -> None:
        if fault_of(error) is DatabaseFault.DISK_FULL:
            self._faults.show(StorageError("journal_disk_full"))
        else:
            self._faults.show(StorageError("journal_failed", detail=str(error)))
        if not self._retry_is_due:
            self._retry_is_due = True
            self._worker.submit_after(self._retry_s, self._retry)

    def _retry(self) -> None:
        self._retry_is_due = False
        self._flush()

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

    def _read(self, ask: Callable[[sqlite3.Connection], Answer], nothing: Answer) -> Answer:
        """The answer of the file, or `nothing` with a fault shown when the file gives none."""
        try:
            return ask(self._connect())
        except _StoreError as error:
            if fault_of(error) is DatabaseFault.CORRUPTED:
                self._replace_damaged_file()
            else:
                self._wait_for_better_times(error)
            return nothing

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = open_database(self._path, journal_schema.JOURNAL_SCHEMA, Durability.FULL)
            try:
                require_sound(connection)
            except sqlite3.Error:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _close(self) -> None:
        self._flush()
        self._disconnect()
