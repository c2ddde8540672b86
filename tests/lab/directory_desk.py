"""An index of contacts that syncs fill, each in its real process, as the toolbar does it."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from agent_toolbar.application.ports.directory_sync import SyncOutcome, SyncProgress
from agent_toolbar.application.ports.settings import DirectorySettings
from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.directory_messages import SyncJob
from agent_toolbar.crm.directory_task import SyncProcess
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.storage.database import Durability, open_database
from tests.lab.deadline import wait_until

SYNC_S = 60.0
PLAN = NumberPlan("GB")


class DirectoryDesk:
    """Attributes:
    index: the database of contacts.
    """

    def __init__(self, folder: Path, directory: DirectorySettings, password: str) -> None:
        self.index = folder / "contacts.sqlite"
        self.directory = directory
        self.password = password
        open_database(self.index, CONTACT_SCHEMA, Durability.NORMAL).close()

    def sync(self) -> SyncOutcome:
        outcomes: list[SyncOutcome] = []
        ended = threading.Event()

        def done(outcome: SyncOutcome) -> None:
            outcomes.append(outcome)
            ended.set()

        self.begin(lambda _progress: None, done)
        assert ended.wait(SYNC_S)
        return outcomes[0]

    def synced(self) -> SyncOutcome:
        """A sync that must not fail."""
        outcome = self.sync()
        assert outcome.error is None, outcome.error
        return outcome

    def killed_when(self, reached: Callable[[SyncProgress], bool]) -> SyncOutcome:
        """A sync whose process is killed (-9) as soon as its progress is `reached`."""
        outcomes: list[SyncOutcome] = []
        seen = threading.Event()
        process = self.begin(lambda progress: seen.set() if reached(progress) else None, outcomes.append)
        assert seen.wait(SYNC_S)
        os.kill(process.pid, signal.SIGKILL)
        wait_until(lambda: outcomes, SYNC_S)
        return outcomes[0]

    def begin(self, on_progress: Callable[[SyncProgress], None], on_done: Callable[[SyncOutcome], None]) -> SyncProcess:
        job = SyncJob(str(self.index), self.directory, self.password, PLAN)
        process = SyncProcess(job, on_progress, on_done)
        process.start()
        return process

    def contacts(self) -> dict[str, list[str]]:
        """Numbers in their order by name."""
        found: dict[str, list[str]] = {}
        for name, key, extension in self.rows(
            "SELECT name, key, extension FROM contact JOIN phone ON contact_id = id ORDER BY name, position"
        ):
            found.setdefault(name, []).append(f"{key};{extension}" if extension else key)
        return found

    def rows(self, statement: str) -> list[tuple[str, ...]]:
        connection = sqlite3.connect(self.index)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()
