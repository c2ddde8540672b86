"""The store of stories that desks share, in a database by URL. One thread owns the connection; nothing waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from agent_toolbar.application.ports.runtime import Clock, Dispatcher
from agent_toolbar.application.ports.settings import SecretVault
from agent_toolbar.application.story_store import keyring_name
from agent_toolbar.domain.context import KEY, LIFE_S, PROBABLE_S, CallContext
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage.fault_board import FaultBoard, FaultListener
from agent_toolbar.storage.serial_worker import SerialWorker

if TYPE_CHECKING:
    from agent_toolbar.storage.context_database import ContextDatabase
    from agent_toolbar.storage.context_schema import KeptContext

_log = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 2.0
RETRY_S = 4.0
WARM_UP_S = 5.0  # the toolbar starts first: loading SQLAlchemy would cost it a third of a second
UNWRITTEN_KEPT = 200
Found = Callable[[CallContext | None], None]
_Answer = TypeVar("_Answer")


class SharedContextStore:
    """Implements application.ports.context.ContextStore. To be called on the GUI thread.

    What cannot be written now stays in memory (the newest 200, for as long as a story lives), is found all the same at
    this desk, and is tried again. While the database is away, questions are answered from memory at once.
    """

    def __init__(
        self,
        own_file: Path,
        dispatcher: Dispatcher,
        clock: Clock,
        vault: SecretVault,
        url: str = "",
        *,
        retry_s: float = RETRY_S,
        warm_up_s: float = WARM_UP_S,
    ) -> None:
        """`url` as for `use`; it is opened by the first story or question, or after `warm_up_s` seconds."""
        self._own_file = own_file
        self._dispatcher = dispatcher
        self._clock = clock
        self._vault = vault
        self._retry_s = retry_s
        self._faults = FaultBoard(dispatcher)
        self._uses = 0
        self._waiting_for_password: list[Callable[[], None]] | None = None
        # the thread's own
        self._url = url
        self._password: str | None = None
        self._database: ContextDatabase | None = None
        self._unwritten: dict[str, KeptContext] = {}
        self._retry_is_due = False
        self._worker = SerialWorker("shared-context")
        self._turn_to(url, warm_up_s)

    def use(self, url: str) -> None:
        self._turn_to(url, 0.0)

    def _turn_to(self, url: str, opening_in_s: float) -> None:
        self._uses += 1
        this_use = self._uses
        secret = keyring_name(url)
        if secret is None:
            self._begin(url, None, opening_in_s)
            return
        self._waiting_for_password = self._waiting_for_password or []

        def password_came(password: str | None) -> None:
            if this_use == self._uses:
                self._begin(url, password, opening_in_s)

        self._vault.load(*secret, password_came)

    def check(self, on_result: FaultListener) -> None:
        def job() -> None:
            fault = self._write_all()
            self._dispatcher.post(lambda: on_result(fault))

        self._submit(job)

    def put(self, context: CallContext) -> None:
        kept_s = self._clock.now_s()
        self._submit(lambda: self._put(context, kept_s))

    def find(self, key: str, on_result: Found) -> None:
        self._answer(lambda: self._find(key), on_result)

    def find_probable(self, number: str, extension: str, on_result: Found) -> None:
        self._answer(lambda: self._find_probable(number, extension), on_result)

    def watch_faults(self, listener: FaultListener) -> None:
        self._faults.watch(listener)

    def close(self) -> None:
        self._uses += 1
        self._worker.submit(self._close)
        if not self._worker.close(CLOSE_TIMEOUT_S):
            _log.warning("the store of shared stories was left before it had finished")

    def _begin(self, url: str, password: str | None, opening_in_s: float) -> None:
        self._worker.submit(lambda: self._move(url, password, opening_in_s))
        waiting, self._waiting_for_password = self._waiting_for_password or [], None
        for job in waiting:
            self._worker.submit(job)

    def _submit(self, job: Callable[[], None]) -> None:
        if self._waiting_for_password is None:
            self._worker.submit(job)
        else:
            self._waiting_for_password.append(job)

    def _answer(self, ask: Callable[[], KeptContext | None], on_result: Found) -> None:
        def job() -> None:
            found = ask()
            context = found.context if found is not None else None
            self._dispatcher.post(lambda: on_result(context))

        self._submit(job)

    # -- everything below runs on the store's thread

    def _move(self, url: str, password: str | None, opening_in_s: float) -> None:
        self._disconnect()
        self._url, self._password = url, password
        self._worker.submit_after(opening_in_s, self._flush if opening_in_s == 0.0 else self._warm_up)

    def _warm_up(self) -> None:
        if self._database is None and not self._retry_is_due:
            self._flush()

    def _put(self, context: CallContext, kept_s: float) -> None:
        from agent_toolbar.storage.context_schema import KeptContext  # noqa: PLC0415  loads SQLAlchemy

        if not KEY.fullmatch(context.key):
            _log.error("a story without a proper key is not kept")  # it would hold up all others
            return
        self._unwritten.pop(context.key, None)
        self._unwritten[context.key] = KeptContext(context, kept_s)
        while len(self._unwritten) > UNWRITTEN_KEPT:
            del self._unwritten[next(iter(self._unwritten))]
        if not self._retry_is_due:
            self._flush()

    def _find(self, key: str) -> KeptContext | None:
        if not KEY.fullmatch(key):
            return None
        now_s = self._clock.now_s()
        waiting = self._unwritten.get(key)
        if waiting is not None and waiting.kept_s >= now_s - LIFE_S:
            return waiting
        return self._ask(lambda database: database.find(key, now_s))

    def _find_probable(self, number: str, extension: str) -> KeptContext | None:
        if not number or not extension:
            return None  # two withheld callers are not one customer
        from agent_toolbar.storage.context_schema import may_belong  # noqa: PLC0415

        now_s = self._clock.now_s()
        found = [
            kept
            for kept in self._unwritten.values()
            if kept.kept_s >= now_s - PROBABLE_S and may_belong(kept.context, number, extension)
        ]
        stored = self._ask(lambda database: database.find_probable(number, extension, now_s))
        found += [stored] if stored is not None else []
        return max(found, key=lambda kept: kept.kept_s, default=None)

    def _ask(self, ask: Callable[[ContextDatabase], KeptContext | None]) -> KeptContext | None:
        """The database's answer; none, with a fault shown, while it gives none."""
        if self._retry_is_due:
            return None
        try:
            found = self._with_database(ask)
        except StorageError as error:
            self._wait_for_better_times(error)
            return None
        self._faults.show(None)
        return found

    def _flush(self) -> None:
        self._write_all()

    def _write_all(self) -> StorageError | None:
        """Writes what waits, and with nothing to write still sees whether the database is there: what is wrong."""
        now_s = self._clock.now_s()
        self._unwritten = {key: kept for key, kept in self._unwritten.items() if kept.kept_s >= now_s - LIFE_S}
        try:
            self._with_database(lambda database: database.put(self._unwritten.values(), now_s))
        except StorageError as error:
            self._wait_for_better_times(error)
            return error
        self._unwritten.clear()
        self._faults.show(None)
        return None

    def _wait_for_better_times(self, error: StorageError) -> None:
        self._faults.show(error)
        if not self._retry_is_due:
            self._retry_is_due = True
            self._worker.submit_after(self._retry_s, self._retry)

    def _retry(self) -> None:
        self._retry_is_due = False
        self._flush()

    def _with_database(self, deed: Callable[[ContextDatabase], _Answer]) -> _Answer:
        """Raises StorageError. A damaged file of this profile is replaced, one that others use is left alone."""
        try:
            return deed(self._connect())
        except StorageError as error:
            self._disconnect()
            if error.code != "context_store_damaged" or self._url:
                raise
        self._discard_own_file()
        return deed(self._connect())

    def _discard_own_file(self) -> None:
        from agent_toolbar.storage.context_sqlite import remove  # noqa: PLC0415

        _log.warning("%s was damaged and is begun anew", self._own_file.name)
        try:
            remove(self._own_file)
        except OSError as error:
            raise StorageError(
                "context_store_failed", place=self._own_file.name, detail=error.strerror or ""
            ) from error

    def _connect(self) -> ContextDatabase:
        if self._database is None:
            from agent_toolbar.storage.context_database import ContextDatabase  # noqa: PLC0415  loads SQLAlchemy

            self._database = ContextDatabase(self._url, self._own_file, self._password, self._clock.now_s)
        return self._database

    def _disconnect(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _close(self) -> None:
        if self._unwritten and not self._retry_is_due:
            self._flush()
        self._disconnect()
