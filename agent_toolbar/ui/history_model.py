"""The calls of the history as rows for a list: headings of days between them, more fetched as one scrolls down.

GUI thread. The journal answers later; an answer to an older question is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from agent_toolbar.application.ports.storage import CallRecord, JournalQuery
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.i18n.formats import day_text, local_day, time_text, timer_text
from agent_toolbar.i18n.sentences import direction_text, end_cause_text, number_finding_text

PAGE_SIZE = 200
_Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row can be asked for besides Qt's own roles."""

    RECORD = Qt.ItemDataRole.UserRole + 1  # CallRecord, None for a heading
    HEADING = Qt.ItemDataRole.UserRole + 2  # text, "" for a call


@dataclass(frozen=True, slots=True)
class DayHeading:
    day: date


class HistoryModel(QAbstractListModel):
    """Signals:
    searched: the first rows of a new question are there.
    """

    searched = Signal()

    def __init__(self, toolbar: Toolbar, now_s: Callable[[], float]) -> None:
        super().__init__()
        self._toolbar = toolbar
        self._now_s = now_s
        self._rows: list[DayHeading | CallRecord] = []
        self._seen_ids: set[str] = set()
        self._query = JournalQuery(limit=PAGE_SIZE)
        self._question = 0
        self._fetching = False
        self._complete = True

    @property
    def records(self) -> list[CallRecord]:
        """The calls that are there so far, newest first."""
        return [row for row in self._rows if isinstance(row, CallRecord)]

    def search(self, text: str, *, only_missed: bool) -> None:
        """Asks anew from the newest call on."""
        self._query = JournalQuery(text=text.strip(), only_missed=only_missed, limit=PAGE_SIZE)
        self._ask(self._query, self._replace)

    def refresh(self) -> None:
        """The same question again: calls were added or changed."""
        self._ask(self._query, self._replace)

    def described(self, record: CallRecord) -> str:
        """One call in a sentence, for screen readers."""
        parts = [direction_text(record.direction), self.title(record), record.company, self.shown_number(record)]
        parts += [self._heading(local_day(record.started_s)), time_text(record.started_s), self.outcome(record)]
        parts.append(self.mark(record))
        return ", ".join(part for part in parts if part)

    def title(self, record: CallRecord) -> str:
        """Who it was: name, else number, else that it was withheld."""
        return record.name or self.shown_number(record) or self.tr("Number withheld")

    def shown_number(self, record: CallRecord) -> str:
        return self._toolbar.shown_number(record.number)

    def mark(self, record: CallRecord) -> str:
        """What the agent found wrong with its number, "" if nothing."""
        return number_finding_text(record.number_finding) if record.number_finding else ""

    def outcome(self, record: CallRecord) -> str:
        """How long they talked, or why they did not."""
        if record.answered_s and record.ended_s:
            return timer_text(record.ended_s - record.answered_s)
        if record.end_cause is None:
            return self.tr("Now")
        return end_cause_text(record.end_cause, record.direction)

    # ------------------------------------------------------------------ Qt's questions

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Role.RECORD:
            return row if isinstance(row, CallRecord) else None
        if isinstance(row, DayHeading):
            texts = {Role.HEADING, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return self._heading(row.day) if role in texts else None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.described(row)
        return "" if role == Role.HEADING else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], DayHeading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and not self._complete and not self._fetching

    def fetchMore(self, parent: _Index) -> None:
        if not self.canFetchMore(parent):
            return
        records = self.records
        older = JournalQuery(self._query.text, self._query.only_missed, PAGE_SIZE, records[-1].started_s)
        self._ask(older, self._append)

    # ------------------------------------------------------------------ answers

    def _ask(self, query: JournalQuery, use: Callable[[tuple[CallRecord, ...]], None]) -> None:
        self._question += 1
        question = self._question
        self._fetching = True

        def answered(records: tuple[CallRecord, ...]) -> None:
            if question != self._question:
                return
            self._fetching = False
            self._complete = len(records) < query.limit
            use(records)

        self._toolbar.search_history(query, answered)

    def _replace(self, records: tuple[CallRecord, ...]) -> None:
        self.beginResetModel()
        self._seen_ids = {record.id for record in records}
        self._rows = _with_headings(records, None)
        self.endResetModel()
        self.searched.emit()

    def _append(self, records: tuple[CallRecord, ...]) -> None:
        new = [record for record in records if record.id not in self._seen_ids]
        if not new:
            return
        self._seen_ids.update(record.id for record in new)
        last = self.records[-1] if self._rows else None
        rows = _with_headings(tuple(new), local_day(last.started_s) if last else None)
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def _heading(self, day: date) -> str:
        return day_text(day, local_day(self._now_s()))


def is_missed(record: CallRecord) -> bool:
    """An incoming call that nobody took, seen or not."""
    return record.direction is CallDirection.INCOMING and record.missed


def _with_headings(records: tuple[CallRecord, ...], day: date | None) -> list[DayHeading | CallRecord]:
    """`records` with a heading wherever a new day begins after `day`."""
    rows: list[DayHeading | CallRecord] = []
    for record in records:
        started = local_day(record.started_s)
        if started != day:
            rows.append(DayHeading(started))
            day = started
        rows.append(record)
    return rows
