"""The process of one directory sync: `python -m agent_toolbar.crm.directory_process`, job on stdin, reports on stdout.

First everything is read, then it is written in one transaction: whenever the process dies, the index is as it was, or
as the directory is. It stops when its input ends, which is also when the toolbar dies.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import threading
import time
from pathlib import Path
from typing import cast

from agent_toolbar.application.ports.directory_sync import SyncOutcome, SyncProgress
from agent_toolbar.application.ports.settings import DirectoryKind
from agent_toolbar.crm.background_process import report, take_job
from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.directory_feed import Feed, apply_changes, known_of, source_of
from agent_toolbar.crm.directory_messages import SyncEnded, SyncJob
from agent_toolbar.crm.directory_task import LOCK_WAIT_MS
from agent_toolbar.crm.directory_writing import CorrectsNumbers, write_corrections
from agent_toolbar.crm.job_messages import Advanced
from agent_toolbar.crm.written_numbers import WrittenNumbers
from agent_toolbar.domain.errors import DirectoryError, StorageError
from agent_toolbar.storage.database import Durability, fault_of, open_database

PROGRESS_INTERVAL_S = 0.1
LONGEST_S = 1800.0
MEMORY_BYTES = 2 << 30


class _CancelledError(Exception):
    """Leaves the reading of a directory."""


def main() -> int:
    """Does the job and ends: 0, whatever became of it, once the end has been reported."""
    job, cancelled = take_job(SyncJob)
    threading.Thread(target=_watch_time, args=(job,), name="sync-limit", daemon=True).start()
    _limit_memory()
    report(SyncEnded.of(_run(job, cancelled)))
    return 0


def _run(job: SyncJob, cancelled: threading.Event) -> SyncOutcome:
    try:
        connection = open_database(Path(job.database), CONTACT_SCHEMA, Durability.NORMAL)
        try:
            connection.execute(f"PRAGMA busy_timeout = {LOCK_WAIT_MS}")
            return _sync(connection, job, _Teller(cancelled))
        finally:
            connection.close()
    except _CancelledError:
        return SyncOutcome(cancelled=True)
    except DirectoryError as error:
        return SyncOutcome(error=error)
    except MemoryError:
        return SyncOutcome(error=DirectoryError("directory_broken", name=job.directory.name, detail="size"))
    except (sqlite3.Error, OSError, StorageError) as error:
        return SyncOutcome(error=StorageError(f"contacts_{fault_of(error)}", detail=str(error)))


def _sync(connection: sqlite3.Connection, job: SyncJob, tell: _Teller) -> SyncOutcome:
    source = source_of(job.directory.name)
    known = known_of(connection, source, job.address)
    feed = feed_of(job)
    try:
        if job.directory.kind is DirectoryKind.CARDDAV:
            write_corrections(connection, source, known.versions, cast(CorrectsNumbers, feed))
        changes = feed.changes(known, tell)
    finally:
        feed.close()
    return apply_changes(
        connection, source, job.address, changes, numbers=WrittenNumbers(job.plan), now_s=int(time.time())
    )


def feed_of(job: SyncJob) -> Feed:
    """Raises DirectoryError for an address that no reader can be made of."""
    directory = job.directory
    if directory.kind is DirectoryKind.LDAP:
        from agent_toolbar.crm.ldap_directory import LdapFeed  # noqa: PLC0415  # each kind loads its own library

        return LdapFeed(directory, job.password)
    from agent_toolbar.connector.dav_client import DavClient  # noqa: PLC0415
    from agent_toolbar.crm.carddav import CardDavFeed  # noqa: PLC0415

    try:
        client = DavClient(directory.url, directory.user, job.password)
    except ValueError as fault:
        raise DirectoryError("directory_broken", name=directory.name, detail="URL") from fault
    return CardDavFeed(directory.name, client)


class _Teller:
    """Reports progress at most ten times a second; ends the reading when nobody wants it any more."""

    def __init__(self, cancelled: threading.Event) -> None:
        self._cancelled = cancelled
        self._told_s = 0.0

    def __call__(self, done: int, total: int) -> None:
        if self._cancelled.is_set():
            raise _CancelledError
        now_s = time.monotonic()
        if now_s - self._told_s >= PROGRESS_INTERVAL_S:
            self._told_s = now_s
            report(Advanced(SyncProgress(done, total)))


def _watch_time(job: SyncJob) -> None:
    """A server that sends a byte now and then would never be slow enough for the limits of single answers."""
    time.sleep(LONGEST_S)
    report(SyncEnded.of(SyncOutcome(error=DirectoryError("directory_slow", name=job.directory.name))))
    os._exit(0)


def _limit_memory() -> None:
    """However much a server sends, the computer keeps the rest of its memory; only where the system can do that."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        with contextlib.suppress(ValueError, OSError):  # a lower limit is set already
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    sys.exit(main())
