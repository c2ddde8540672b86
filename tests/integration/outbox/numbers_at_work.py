"""Numbers, contacts and outbox of a toolbar on real files, signed in at a CRM that a test gives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent_toolbar.application.number_corrections import NumberCorrections
from agent_toolbar.application.outbox_course import OutboxCourse, SignedIn
from agent_toolbar.application.ports.crm import Crm
from agent_toolbar.crm.directory_service import SqliteContactDirectory
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.storage.outbox import SqliteOutbox
from tests.fakes.journal import FakeCallJournal
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock, ManualTimers

PLAN = NumberPlan()


@dataclass
class NumbersAtWork:
    numbers: NumberCorrections
    course: OutboxCourse
    outbox: SqliteOutbox
    directory: SqliteContactDirectory
    journal: FakeCallJournal
    dispatcher: QueueDispatcher
    timers: ManualTimers

    def settle(self) -> None:
        """Until nothing waits any more."""
        seen: list[bool] = []
        while self.course.items or not seen:
            seen.clear()
            self.dispatcher.post(lambda: seen.append(True))
            self.dispatcher.run_until(lambda: bool(seen))
            if not self.course.sending:
                self.timers.pass_ms(900_000)

    def close(self) -> None:
        self.outbox.close()
        self.directory.close()


def start(folder: Path, crm: Crm, life: str) -> NumbersAtWork:
    """Once all that an earlier life left is written everywhere. `life` makes the keys of this one its own."""
    dispatcher, clock, journal = QueueDispatcher(), ManualClock(), FakeCallJournal()
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
    session = SignedIn(crm, "account", "7")
    numbers = NumberCorrections(
        directory,
        journal,
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
    work = NumbersAtWork(numbers, course, outbox, directory, journal, dispatcher, timers)
    work.settle()
    return work
