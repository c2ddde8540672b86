"""The contacts of this desk: look-ups and suggestions on two reading threads, imports in a process of their own."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from agent_toolbar.application.ports.directory import ImportOutcome, ImportPreview, ImportProgress, ImportRequest
from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.crm.contact_lookup import find_contacts
from agent_toolbar.crm.contact_preview import preview_contacts
from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.contact_search import suggest_contacts
from agent_toolbar.crm.import_task import IMPORT_COMMAND, ImportProcess
from agent_toolbar.crm.index_reader import IndexReader, ReadError
from agent_toolbar.crm.number_changes import correct_number
from agent_toolbar.domain.contact import ContactMatch, LookupResult
from agent_toolbar.domain.errors import AgentToolbarError, ContactImportError, NumberError, StorageError
from agent_toolbar.domain.number_correction import NumberCorrection
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberPlan, canonical_number
from agent_toolbar.storage.database import DatabaseFault, Durability, fault_of, open_database, set_aside
from agent_toolbar.storage.fault_board import FaultBoard, FaultListener
from agent_toolbar.storage.serial_worker import SerialWorker

_REPAIR_TIMEOUT_S = 10.0
_CLOSE_TIMEOUT_S = 2.0
_LOCK_WAIT_MS = 300_000  # an import of a million rows may be writing
_WARMING_NUMBER = "+15555550100"
_NO_MATCHES: tuple[ContactMatch, ...] = ()


class SqliteContactDirectory:
    """Implements application.ports.directory.ContactDirectory over the index at `path`."""

    def __init__(
        self,
        path: Path,
        dispatcher: Dispatcher,
        plan: Callable[[], NumberPlan],
        now_s: Callable[[], float] = time.time,
        import_command: Sequence[str] = IMPORT_COMMAND,
    ) -> None:
        self._path = path
        self._dispatcher = dispatcher
        self._plan = plan
        self._now_s = now_s
        self._import_command = import_command
        self._faults = FaultBoard(dispatcher)
        self._lock = threading.Lock()
        self._standing: StorageError | None = None  # damage, or an import that found the disk full
        self._repair: threading.Thread | None = None
        self._import: ImportProcess | None = None
        self._writer = SerialWorker("contact-corrections")
        with self._lock:  # a reader that finds damage at once waits until both are there
            self._lookups = IndexReader("contact-lookup", path, self._warm_lookups, self._read)
            self._searches = IndexReader("contact-search", path, self._warm_searches, self._read)

    def find_by_number(self, number: CanonicalNumber, on_result: Callable[[LookupResult], None]) -> None:
        plan = self._plan()

        def answer(matches: tuple[ContactMatch, ...]) -> None:
            self._dispatcher.post(lambda: on_result(LookupResult(number, matches)))

        self._lookups.ask(lambda connection: find_contacts(connection, number, plan), _NO_MATCHES, answer)

    def suggest(self, text: str, limit: int, on_result: Callable[[tuple[ContactMatch, ...]], None]) -> None:
        plan = self._plan()

        def answer(matches: tuple[ContactMatch, ...]) -> None:
            self._dispatcher.post(lambda: on_result(matches))

        self._searches.ask(lambda connection: suggest_contacts(connection, text, limit, plan), _NO_MATCHES, answer)

    def count(self, on_result: Callable[[int], None]) -> None:
        def answer(contacts: int) -> None:
            self._dispatcher.post(lambda: on_result(contacts))

        self._searches.ask(_count, 0, answer)

    def preview(self, file: Path, on_result: Callable[[ImportPreview], None]) -> None:
        def read() -> None:
            head = preview_contacts(file)
            self._dispatcher.post(lambda: on_result(head))

        threading.Thread(target=read, name="contact-preview", daemon=True).start()

    def import_file(
        self,
        request: ImportRequest,
        on_progress: Callable[[ImportProgress], None],
        on_done: Callable[[ImportOutcome], None],
    ) -> ImportProcess | _RefusedImport:
        def advanced(progress: ImportProgress) -> None:
            self._dispatcher.post(lambda: on_progress(progress))

        def done(outcome: ImportOutcome) -> None:
            with self._lock:
                self._import = None
            self._import_ended(outcome)
            self._dispatcher.post(lambda: on_done(outcome))

        with self._lock:
            if self._import is not None:
                refusal = ImportOutcome(error=ContactImportError("contacts_import_running"))
                self._dispatcher.post(lambda: on_done(refusal))
                return _RefusedImport()
            self._import = ImportProcess(self._path, request, advanced, done, self._import_command)
            self._import.start()
            return self._import

    def correct_number(
        self, correction: NumberCorrection, on_result: Callable[[AgentToolbarError | None], None]
    ) -> None:
        def work() -> None:
            fault = self._correct(correction)
            self._dispatcher.post(lambda: on_result(fault))

        self._writer.submit(work)

    def watch_faults(self, listener: FaultListener) -> None:
        self._faults.watch(listener)

    def close(self) -> None:
        """Stops a running import, which leaves the index as it was, and closes the index."""
        with self._lock:
            running, repair = self._import, self._repair
        if running is not None:
            running.stop()
        if repair is not None:
            repair.join(_REPAIR_TIMEOUT_S)
        self._lookups.close()
        self._searches.close()
        self._writer.close(_CLOSE_TIMEOUT_S)

    # -- on the thread of corrections

    def _correct(self, correction: NumberCorrection) -> AgentToolbarError | None:
        try:
            with closing(open_database(self._path, CONTACT_SCHEMA, Durability.FULL)) as connection:
                connection.execute(f"PRAGMA busy_timeout = {_LOCK_WAIT_MS}")
                correct_number(connection, correction, self._now_s())
        except NumberError as changed:
            return changed
        except (sqlite3.Error, OSError, StorageError) as error:
            self._read(error)
            return _fault(error)
        return None

    # -- on the reading threads

    def _warm_lookups(self, connection: sqlite3.Connection) -> None:
        plan = self._plan()
        find_contacts(connection, canonical_number(_WARMING_NUMBER, plan), plan)

    def _warm_searches(self, connection: sqlite3.Connection) -> None:
        suggest_contacts(connection, "a", 1, self._plan())

    def _read(self, error: ReadError | None) -> None:
        if error is None:
            self._faults.show(self._standing)
        elif fault_of(error) is DatabaseFault.CORRUPTED:
            self._begin_repair()
        else:
            self._faults.show(_fault(error))

    # -- on the thread of an import, and of a repair

    def _import_ended(self, outcome: ImportOutcome) -> None:
        error = outcome.error
        if error is None:
            if not outcome.cancelled:
                self._stand(None)
        elif error.code == "contacts_corrupted":
            self._begin_repair()
        elif error.code in {"contacts_disk_full", "contacts_failed"}:
            self._stand(StorageError(error.code, **error.params))

    def _stand(self, fault: StorageError | None) -> None:
        self._standing = fault
        self._faults.show(fault)

    def _begin_repair(self) -> None:
        with self._lock:
            if self._repair is None:
                self._repair = threading.Thread(target=self._set_damage_aside, name="contact-repair", daemon=True)
                self._repair.start()

    def _set_damage_aside(self) -> None:
        with self._lock:
            running = self._import
        if running is not None:
            running.stop()
        readers = (self._lookups, self._searches)
        for reader in readers:
            reader.pause()
        try:
            self._stand(StorageError("contacts_corrupted", file=set_aside(self._path, self._now_s()).name))
        except OSError as error:
            self._stand(_fault(error))
        for reader in readers:
            reader.resume()
        with self._lock:
            self._repair = None


class _RefusedImport:
    """An import that never began."""

    def cancel(self) -> None:
        """Nothing runs."""


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM contact").fetchone()[0])


def _fault(error: ReadError) -> StorageError:
    return StorageError(f"contacts_{fault_of(error)}", detail=str(error))
