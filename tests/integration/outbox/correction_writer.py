"""Confirms one correction after the other as fast as it can; to be killed while it does so.

`python correction_writer.py FOLDER CRM LIFE COUNT`. Prints "ready" once all that an earlier life left is written
everywhere. With COUNT it ends by itself after so many new ones.
"""

from __future__ import annotations

import sys
from pathlib import Path

from agent_toolbar.application.number_case import NumberOrder
from agent_toolbar.application.number_corrections import NumberCorrections
from agent_toolbar.application.outbox_course import OutboxCourse, SignedIn
from agent_toolbar.crm.directory_service import SqliteContactDirectory
from agent_toolbar.domain.number_correction import CorrectionKind
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.storage.outbox import SqliteOutbox
from tests.fakes.journal import FakeCallJournal
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock, ManualTimers
from tests.integration.outbox.number_file_crm import NumberFileCrm

PLAN = NumberPlan()


def main() -> None:
    folder, crm_file, life, count = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    dispatcher, clock = QueueDispatcher(), ManualClock()
    timers = ManualTimers(clock)
    directory = SqliteContactDirectory(folder / "contacts.sqlite", dispatcher, lambda: PLAN)
    outbox = SqliteOutbox(folder / "outbox.sqlite", dispatcher, clock)
    read: list[bool] = []
    keys = iter(f"{life}-{number}" for number in range(10_000))

    def outbox_read() -> None:
        numbers.outbox_read()
        read.append(True)

    course = OutboxCourse(
        outbox,
        clock,
        timers,
        chance=lambda: 0.5,
        on_read=outbox_read,
        on_lost=lambda _error: None,
        on_change=lambda: None,
    )
    crm = NumberFileCrm(crm_file)
    session = SignedIn(crm, "account", "7")
    numbers = NumberCorrections(
        directory,
        FakeCallJournal(),
        course,
        timers,
        plan=lambda: PLAN,
        new_key=lambda: next(keys),
        session=lambda: session,
        account=lambda: "account",
        crm_name=lambda: "file",
        can_write=lambda _name: False,
        on_corrected=lambda _name: None,
        mark=lambda _call, _finding: None,
        on_change=lambda: None,
    )
    course.start()
    dispatcher.run_until(lambda: bool(read), what="the outbox")
    course.signed_in(session)
    _settle(course, dispatcher, timers)
    print("ready", flush=True)
    told = 0
    while told != count:
        told += 1
        now = crm.number
        after = f"+3314050{int(now[-4:]) + 1:04d}"
        answers: list[object] = []
        numbers.order(NumberOrder(now, CorrectionKind.CORRECT, after), True, answers.append)
        dispatcher.run_until(lambda a=answers: bool(a), what="the correction")
        _settle(course, dispatcher, timers)
    outbox.close()
    directory.close()


def _settle(course: OutboxCourse, dispatcher: QueueDispatcher, timers: ManualTimers) -> None:
    seen: list[bool] = []
    while course.items or not seen:
        seen.clear()
        dispatcher.post(lambda: seen.append(True))
        dispatcher.run_until(lambda: bool(seen))
        if not course.sending:
            timers.pass_ms(900_000)


if __name__ == "__main__":
    main()
