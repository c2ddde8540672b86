"""Writes calls into a journal and says of each when it is stored; to be killed while it does so.

`python journal_writer.py PATH`
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.storage.call_journal import SqliteCallJournal
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock


def main() -> None:
    dispatcher = QueueDispatcher()
    journal = SqliteCallJournal(Path(sys.argv[1]), dispatcher, ManualClock())
    for number in itertools.count():
        journal.write(CallRecord(f"call-{number}", CallDirection.INCOMING, "1001", started_s=float(number + 1)))
        stored: list[int] = []
        journal.count_missed(stored.append)  # answered after the write before it
        dispatcher.run_until(lambda stored=stored: bool(stored))
        print(number, flush=True)


if __name__ == "__main__":
    main()
