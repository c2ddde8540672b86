"""Tells the CRM of one call after the other as fast as it can; to be killed while it does so.

`python outbox_sender.py OUTBOX CRM LIFE COUNT`. Prints "ready", then "KEY" for each call that is reported as written.
With COUNT it ends by itself once so many new calls, and all that waited, are sent.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agent_toolbar.application.outbox_course import OutboxCourse, SignedIn
from agent_toolbar.domain.crm import CallEntry, CallResult
from agent_toolbar.storage.outbox import SqliteOutbox
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock, ManualTimers
from tests.integration.outbox.file_crm import FileCrm

_AHEAD = 3


class ReportingOutbox(SqliteOutbox):
    """Says of every call that it is written, once it is."""

    report: Callable[[str], None]

    def put(self, item, on_written=None) -> None:
        def written() -> None:
            self.report(item.entry.key)
            if on_written is not None:
                on_written()

        super().put(item, written)


def main() -> None:
    path, crm, life, count = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    tell(path, lambda _: FileCrm(crm), life, count, lambda line: print(line, flush=True))


def tell(
    path: Path,
    connect: Callable[[QueueDispatcher], Any],
    life: str,
    count: int,
    report: Callable[[str], None],
) -> None:
    """Tells the CRM that `connect` gives; see the module."""
    dispatcher, clock = QueueDispatcher(), ManualClock()
    timers = ManualTimers(clock)
    outbox = ReportingOutbox(path, dispatcher, clock)
    outbox.report = report
    read: list[bool] = []
    course = OutboxCourse(
        outbox,
        clock,
        timers,
        chance=lambda: 0.5,
        on_read=lambda: read.append(True),
        on_lost=lambda _error: None,
        on_change=lambda: None,
    )
    course.start()
    dispatcher.run_until(lambda: bool(read), what="the outbox")
    crm = connect(dispatcher)
    course.signed_in(SignedIn(crm, "account", "7"))
    report("ready")
    told = 0
    while told != count:
        told += 1
        entry = CallEntry(f"{life}-{told}", incoming=True, number="1", result=CallResult.ANSWERED)
        course.keep(entry, "account", held=False)
        dispatcher.run_until(lambda key=entry.key: key in [item.entry.key for item in course.items], what="the call")
        _work_on(course, dispatcher, timers, _AHEAD)
    _work_on(course, dispatcher, timers, 0)
    outbox.close()
    crm.close()


def _work_on(course: OutboxCourse, dispatcher: QueueDispatcher, timers: ManualTimers, left: int) -> None:
    """Until no more than so many wait; what is to be tried later is tried at once."""
    seen: list[bool] = []
    while len(course.items) > left or not seen:
        seen.clear()
        dispatcher.post(lambda: seen.append(True))
        dispatcher.run_until(lambda: bool(seen))
        if not course.sending:
            timers.pass_ms(900_000)


if __name__ == "__main__":
    main()
