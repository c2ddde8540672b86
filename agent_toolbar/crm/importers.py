"""Imports a contact file into the index: all or nothing, with a list of the rows that could not be used.

Runs on its caller's thread: `import_process` has a process of its own for it, scripts and tests call it directly.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from typing import IO

from agent_toolbar.application.ports.directory import (
    ImportOutcome,
    ImportProgress,
    ImportRequest,
    SkippedRow,
    SkipReason,
)
from agent_toolbar.crm.contact_file import ContactRow, LineSource, TextFile, open_text, skipped
from agent_toolbar.crm.contact_index import Change, ContactWriter, StoredContact, StoredPhone
from agent_toolbar.crm.csv_contacts import read_csv
from agent_toolbar.crm.vcard_contacts import read_vcards
from agent_toolbar.crm.written_numbers import WrittenNumbers
from agent_toolbar.domain.contact import Importance
from agent_toolbar.domain.errors import AgentToolbarError, ContactImportError
from agent_toolbar.domain.folded_text import folded
from agent_toolbar.domain.text import plain_text
from agent_toolbar.storage.database import transaction

MAX_SKIPPED_LISTED = 500
PROGRESS_INTERVAL_S = 0.1
_ROWS_BETWEEN_CHECKS = 64
_ROWS_AT_ONCE = 256
_COPY_OF_FILE = re.compile(r" ?\(\d+\)$")  # "contacts (1).csv" is another download of "contacts.csv"
_HIGH = frozenset({"high", "important", "hot", "haute", "elevee", "eleve", "hoch", "wichtig", "alta", "importante"})


class _CancelledError(Exception):
    """Leaves the transaction, so that it is rolled back."""


def import_contacts(
    connection: sqlite3.Connection,
    request: ImportRequest,
    on_progress: Callable[[ImportProgress], None],
    cancelled: Callable[[], bool],
) -> ImportOutcome:
    """Reads `request.file` into the index behind `connection`, in one transaction.

    Problems of the file come back as the outcome's error; sqlite3.Error goes to the caller. In both cases, and when
    `cancelled` turns true, the index is as it was. `on_progress` is called at most ten times a second.
    """
    run = _ImportRun(connection, request, on_progress, cancelled)
    try:
        with request.file.open("rb") as stream, transaction(connection):
            run.read(stream)
    except _CancelledError:
        return ImportOutcome(cancelled=True)
    except AgentToolbarError as error:
        return ImportOutcome(error=error)
    except OSError as error:
        return ImportOutcome(
            error=ContactImportError("contacts_file_unreadable", file=request.file.name, detail=error.strerror or "")
        )
    return run.outcome()


class _ImportRun:
    """One import: counts, the list of skipped rows, and the time of the last progress."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        request: ImportRequest,
        on_progress: Callable[[ImportProgress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._writer = ContactWriter(connection, int(time.time()))
        self._request = request
        self._source = request.source or _COPY_OF_FILE.sub("", request.file.stem).strip().lower()
        self._numbers = WrittenNumbers(request.plan)
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._changes: Counter[Change] = Counter()
        self._skipped: list[SkippedRow] = []
        self._skipped_count = 0
        self._told_s = 0.0

    def read(self, stream: IO[bytes]) -> None:
        with open_text(stream, self._request.file) as text:
            self._read_rows(text)

    def _read_rows(self, text: TextFile) -> None:
        contacts: list[StoredContact] = []
        for place, row in enumerate(_rows_of(text, self._request)):
            if place % _ROWS_AT_ONCE == 0:
                self._changes += self._writer.put_all(contacts)
                contacts.clear()
            if place % _ROWS_BETWEEN_CHECKS == 0:
                self._check(text)
            contact = row if isinstance(row, SkippedRow) else stored_contact(row, self._numbers, self._source)
            if isinstance(contact, SkippedRow):
                self._skip(contact)
            else:
                contacts.append(contact)
        self._changes += self._writer.put_all(contacts)
        self._check(text)
        self._on_progress(ImportProgress(text.size, text.size, self._rows))

    def outcome(self) -> ImportOutcome:
        return ImportOutcome(
            added=self._changes[Change.ADDED],
            updated=self._changes[Change.UPDATED],
            unchanged=self._changes[Change.UNCHANGED],
            skipped=tuple(self._skipped),
            skipped_count=self._skipped_count,
        )

    @property
    def _rows(self) -> int:
        return self._changes.total()

    def _check(self, text: TextFile) -> None:
        if self._cancelled():
            raise _CancelledError
        now_s = time.monotonic()
        if now_s - self._told_s >= PROGRESS_INTERVAL_S:
            self._told_s = now_s
            self._on_progress(ImportProgress(min(text.bytes_read(), text.size), text.size, self._rows))

    def _skip(self, row: SkippedRow) -> None:
        self._skipped_count += 1
        if len(self._skipped) < MAX_SKIPPED_LISTED:
            self._skipped.append(row)


def stored_contact(row: ContactRow, numbers: WrittenNumbers, source: str) -> StoredContact | SkippedRow:
    """`row` as the index keeps it, or why it cannot be used."""
    name, company = plain_text(row.name), plain_text(row.company)
    if not name:
        name, company = company, ""
    if not name:
        return skipped(row.line, SkipReason.NO_NAME, " ".join(phone.text for phone in row.phones))
    if not row.phones:
        return skipped(row.line, SkipReason.NO_NUMBER, name)
    phones = {
        (number.key, number.extension): StoredPhone(number.key, written.kind, number.extension, number.written)
        for written in reversed(row.phones)  # of the same number twice, the first kind stays
        for number in reversed(numbers.read(written.text))
    }
    if not phones:
        return skipped(row.line, SkipReason.BAD_NUMBER, row.phones[0].text)
    return StoredContact(
        name=name,
        phones=tuple(reversed(phones.values())),
        company=company,
        importance=_importance(row.importance),
        owner=plain_text(row.owner),
        source=source,
        external_id=plain_text(row.external_id),
    )


def _rows_of(text: TextFile, request: ImportRequest) -> Iterator[ContactRow | SkippedRow]:
    source = LineSource(text.lines)
    return read_vcards(source) if is_vcard(source) else read_csv(source, request.mapping)


def is_vcard(source: LineSource) -> bool:
    """The first line that is not empty begins a vCard; no line is taken."""
    first = next((line for line in map(source.peek, count()) if line is None or line.strip()), None)
    return first is not None and first.strip().upper() == "BEGIN:VCARD"


def _importance(written: str) -> Importance:
    word = folded(written).strip()
    if "vip" in word:
        return Importance.VIP
    return Importance.HIGH if word in _HIGH else Importance.NORMAL
