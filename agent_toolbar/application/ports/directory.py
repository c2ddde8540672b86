"""Contacts as the application asks for them. Every answer comes by callback on the GUI thread, never in the call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from agent_toolbar.domain.contact import ContactMatch, LookupResult
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.number_correction import NumberCorrection
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberPlan


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """A contact file to read.

    Attributes:
        mapping: column header (as in the file) by field name (name, first_name, last_name, company, phone, mobile,
            other_phone, importance, owner, external_id); empty means: detect the columns.
        source: name of where the contacts come from; importing the same source again updates and doubles nothing.
    """

    file: Path
    plan: NumberPlan
    mapping: dict[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The head of a contact file, so that a person can say which column is what.

    Attributes:
        columns: headers as in the file; () for a vCard, where there is nothing to choose.
        mapping: column header by field name as it was detected (see ImportRequest).
        rows: the first rows, one text per column, made plain and short.
        error: why the file cannot be read at all.
    """

    columns: tuple[str, ...] = ()
    mapping: dict[str, str] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()
    error: AgentToolbarError | None = None


class SkipReason(StrEnum):
    """Why a row of the file could not be used."""

    NO_NAME = "no_name"
    NO_NUMBER = "no_number"
    BAD_NUMBER = "bad_number"
    BROKEN_ENCODING = "broken_encoding"
    BROKEN_ROW = "broken_row"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """`line` counts from 1 in the file; `shown` is the offending text, made plain and short."""

    line: int
    reason: SkipReason
    shown: str = ""


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """done and total in bytes of the file, rows in contacts so far."""

    done: int
    total: int
    rows: int


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """How an import ended. With `error` or `cancelled` the index is as it was before."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: tuple[SkippedRow, ...] = ()
    skipped_count: int = 0
    cancelled: bool = False
    error: AgentToolbarError | None = None


class ImportTask(Protocol):
    def cancel(self) -> None:
        """Asks the import to stop; on_done still comes, with `cancelled`."""


class ContactDirectory(Protocol):
    """Find and fill the contacts of this desk."""

    def find_by_number(self, number: CanonicalNumber, on_result: Callable[[LookupResult], None]) -> None:
        """All contacts of a number, surest first. A fault of the index answers with no match and shows as a fault."""

    def suggest(self, text: str, limit: int, on_result: Callable[[tuple[ContactMatch, ...]], None]) -> None:
        """Contacts whose name, company or number begins like `text` (each word of it), for the dial field."""

    def count(self, on_result: Callable[[int], None]) -> None:
        """How many contacts the index holds."""

    def preview(self, file: Path, on_result: Callable[[ImportPreview], None]) -> None:
        """Reads the head of a contact file in the background and guesses what its columns are."""

    def import_file(
        self,
        request: ImportRequest,
        on_progress: Callable[[ImportProgress], None],
        on_done: Callable[[ImportOutcome], None],
    ) -> ImportTask:
        """Reads a CSV (RFC 4180) or vCard (RFC 2426, RFC 6350) file in the background, all or nothing."""

    def correct_number(
        self, correction: NumberCorrection, on_result: Callable[[AgentToolbarError | None], None]
    ) -> None:
        """Changes a number of `correction.contact_id` in the index; None once that is on the disk.

        What it was is kept, and a source that is read again does not bring it back. A running import ends first.
        The answer is NumberError("contact_number_changed", now) where the contact does not have the number any more
        (nothing is written), or StorageError as the faults are. The same correction once more changes nothing.
        """

    def watch_faults(self, listener: Callable[[AgentToolbarError | None], None]) -> None:
        """Tells a fault of the index (corrupted and set aside, disk full), and None when it works again."""
