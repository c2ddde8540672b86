"""Types into the wrap-up of one call as fast as it can and says what is stored; to be killed while it does so.

`python wrap_up_writer.py PATH CALL_ID`. Prints "ready", then after each batch "KEYSTROKE SECONDS": the newest that is
stored, and how long the oldest of its batch waited.
"""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path

from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.domain.wrap_up import WrapUp
from agent_toolbar.storage.call_journal import SqliteCallJournal
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock

_BATCH = 5


def main() -> None:
    path, call_id = Path(sys.argv[1]), sys.argv[2]
    dispatcher = QueueDispatcher()
    journal = SqliteCallJournal(path, dispatcher, ManualClock())
    print("ready", flush=True)
    typed_s = time.monotonic()
    for keystroke in itertools.count(1):
        journal.keep_wrap_up(WrapUp(call_id, begun_s=1.0, deadline_s=61.0, subject=str(keystroke), disposition="done"))
        if keystroke % 3 == 1:
            journal.write(CallRecord(call_id, CallDirection.INCOMING, "1001", started_s=1.0, subject="of the call"))
        if keystroke % _BATCH == 0:
            answers: list[int] = []
            journal.count_missed(answers.append)
            dispatcher.run_until(lambda answers=answers: bool(answers))
            print(keystroke, time.monotonic() - typed_s, flush=True)
            typed_s = time.monotonic()


if __name__ == "__main__":
    main()
