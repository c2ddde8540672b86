"""The process of one contact import: `python -m agent_toolbar.crm.import_process`, job on stdin, reports on stdout.

It is a process, so that reading a million rows takes neither the interpreter lock nor the processor from the window,
and so that its death leaves the index as it was. It stops when its input ends, which is also when the toolbar dies.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from pathlib import Path

from agent_toolbar.application.ports.directory import ImportOutcome, ImportProgress
from agent_toolbar.crm.background_process import report, take_job
from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.import_messages import ImportEnded, ImportJob
from agent_toolbar.crm.importers import import_contacts
from agent_toolbar.crm.job_messages import Advanced
from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage.database import Durability, fault_of, open_database

PAGE_CACHE_KIB = 131_072
LOCK_WAIT_MS = 120_000  # a company directory may be being written


def main() -> int:
    """Does the job and ends: 0, whatever became of it, once the end has been reported."""
    job, cancelled = take_job(ImportJob)
    report(ImportEnded.of(_run(job, cancelled)))
    return 0


def _run(job: ImportJob, cancelled: threading.Event) -> ImportOutcome:
    def advanced(progress: ImportProgress) -> None:
        report(Advanced(progress))

    try:
        connection = open_database(Path(job.database), CONTACT_SCHEMA, Durability.NORMAL)
        try:
            connection.execute(f"PRAGMA busy_timeout = {LOCK_WAIT_MS}")
            connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIB}")
            outcome = import_contacts(connection, job.request, advanced, cancelled.is_set)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
    except (sqlite3.Error, OSError, StorageError) as error:
        return ImportOutcome(error=StorageError(f"contacts_{fault_of(error)}", detail=str(error)))
    return outcome


if __name__ == "__main__":
    sys.exit(main())
