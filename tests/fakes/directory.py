"""A contact directory in memory that answers at once, on the calling thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from agent_toolbar.application.ports.directory import ImportOutcome, ImportPreview, ImportProgress, ImportRequest
from agent_toolbar.crm.contact_index import ContactWriter, StoredContact, StoredPhone
from agent_toolbar.crm.contact_lookup import find_contacts
from agent_toolbar.crm.contact_preview import preview_contacts
from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.contact_search import suggest_contacts
from agent_toolbar.crm.importers import import_contacts
from agent_toolbar.crm.number_changes import correct_number
from agent_toolbar.domain.contact import ContactMatch, LookupResult
from agent_toolbar.domain.errors import AgentToolbarError, NumberError
from agent_toolbar.domain.number_correction import NumberCorrection
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberPlan, canonical_number
from agent_toolbar.storage.database import migrate

FaultListener = Callable[[AgentToolbarError | None], None]


def empty_index() -> sqlite3.Connection:
    """The tables of the index, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    migrate(connection, CONTACT_SCHEMA)
    return connection


class FinishedImport:
    def cancel(self) -> None:
        """It is over before anybody can cancel it."""


class FakeContactDirectory:
    """Implements application.ports.directory.ContactDirectory. `put` adds a contact, `show_fault` plays a fault."""

    def __init__(self, plan: NumberPlan | None = None) -> None:
        self._plan = plan or NumberPlan()
        self._index = empty_index()
        self._listeners: list[FaultListener] = []
        self.corrections_fail: AgentToolbarError | None = None
        self.corrections_hang = False  # as a process that is killed meanwhile

    def put(self, contact: StoredContact | str, *numbers: str) -> None:
        """A whole contact, or a name and its numbers as written."""
        if isinstance(contact, str):
            phones = tuple(StoredPhone(canonical_number(number, self._plan).key) for number in numbers)
            contact = StoredContact(contact, phones)
        ContactWriter(self._index, now_s=0).put(contact)

    def find_by_number(self, number: CanonicalNumber, on_result: Callable[[LookupResult], None]) -> None:
        on_result(LookupResult(number, find_contacts(self._index, number, self._plan)))

    def suggest(self, text: str, limit: int, on_result: Callable[[tuple[ContactMatch, ...]], None]) -> None:
        on_result(suggest_contacts(self._index, text, limit, self._plan))

    def count(self, on_result: Callable[[int], None]) -> None:
        on_result(self._index.execute("SELECT count(*) FROM contact").fetchone()[0])

    def preview(self, file: Path, on_result: Callable[[ImportPreview], None]) -> None:
        on_result(preview_contacts(file))

    def import_file(
        self,
        request: ImportRequest,
        on_progress: Callable[[ImportProgress], None],
        on_done: Callable[[ImportOutcome], None],
    ) -> FinishedImport:
        on_done(import_contacts(self._index, request, on_progress, cancelled=lambda: False))
        return FinishedImport()

    def correct_number(
        self, correction: NumberCorrection, on_result: Callable[[AgentToolbarError | None], None]
    ) -> None:
        if self.corrections_hang:
            return
        if self.corrections_fail is not None:
            on_result(self.corrections_fail)
            return
        try:
            correct_number(self._index, correction, now_s=0.0)
        except NumberError as changed:
            on_result(changed)
        else:
            on_result(None)

    def watch_faults(self, listener: FaultListener) -> None:
        self._listeners.append(listener)

    def show_fault(self, fault: AgentToolbarError | None) -> None:
        for listener in self._listeners:
            listener(fault)

    def close(self) -> None:
        self._index.close()
