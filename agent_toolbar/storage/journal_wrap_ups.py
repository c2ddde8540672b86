"""The wrap-ups of calls: columns of the journal's rows, one row per call. On the journal's thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.wrap_up import WrapUp
from agent_toolbar.storage import journal_schema


@dataclass(frozen=True, slots=True)
class KeptWrapUp:
    """A wrap-up to be written. finished_s: seconds since the epoch, 0.0 while it is open."""

    wrap_up: WrapUp
    finished_s: float = 0.0

    def after(self, earlier: KeptWrapUp | None) -> KeptWrapUp:
        """As it is written when `earlier` was not written yet: what is finished stays so, since then."""
        if earlier is None or not earlier.finished_s or earlier.wrap_up.begun_s != self.wrap_up.begun_s:
            return self
        return replace(self, finished_s=earlier.finished_s)

    def within(self, record: CallRecord) -> CallRecord:
        """The record with what the wrap-up says of the call; one that is only asked for says nothing."""
        if not self.wrap_up.begun_s:
            return record
        return replace(
            record,
            subject=self.wrap_up.subject,
            disposition=self.wrap_up.disposition,
            follow_up=self.wrap_up.follow_up,
            number_finding=self.wrap_up.number_finding,
            wrapped_s=record.wrapped_s or self.finished_s,
        )

    def record(self) -> CallRecord:
        """Stands in the journal until the call's own record comes, or for good when a crash took that."""
        wrap_up = self.wrap_up
        return self.within(
            CallRecord(
                wrap_up.call,
                CallDirection.INCOMING,
                wrap_up.number,
                name=wrap_up.title,
                started_s=wrap_up.begun_s,
                answered_s=wrap_up.begun_s,  # only answered calls have one; so it never becomes a missed call
            )
        )


def put_wrap_up(connection: sqlite3.Connection, kept: KeptWrapUp) -> None:
    wrap_up = kept.wrap_up
    written = journal_schema.find_record(connection, wrap_up.call)
    if written is None and not wrap_up.begun_s:
        return
    journal_schema.put_exactly(connection, kept.record() if written is None else kept.within(written))
    connection.execute(
        """UPDATE call SET
            wrap_open = :finished_s = 0 AND (wrapped_s = 0 OR wrap_begun_s <> :begun_s),
            wrap_begun_s = :begun_s, wrap_deadline_s = :deadline_s, wrap_by_hand = :by_hand,
            wrap_title = :title, wrap_number = :number
        WHERE id = :call""",
        {
            "call": wrap_up.call,
            "finished_s": kept.finished_s,
            "begun_s": wrap_up.begun_s,
            "deadline_s": wrap_up.deadline_s,
            "by_hand": wrap_up.by_hand,
            "title": journal_schema.storable(wrap_up.title),
            "number": journal_schema.storable(wrap_up.number),
        },
    )


def left_open(connection: sqlite3.Connection, of_this_life: AbstractSet[str]) -> tuple[WrapUp, ...]:
    """Those of earlier lives, the one that was begun first before the others."""
    rows = connection.execute(
        """SELECT id, wrap_title, wrap_number, wrap_begun_s, wrap_deadline_s, subject, disposition, follow_up,
            number_finding, wrap_by_hand FROM call WHERE wrap_open ORDER BY wrap_begun_s, id"""
    ).fetchall()
    found = []
    for *texts, finding, by_hand in rows:
        if texts[0] not in of_this_life:
            found.append(replace(WrapUp(*texts), number_finding=NumberFinding(finding), by_hand=bool(by_hand)))
    return tuple(found)
