"""What every outbox does: the fake that the application is tested with, and the one on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from agent_toolbar.application.ports.crm import Outbox, OutboxItem
from agent_toolbar.domain.crm import CallEntry, CallResult
from agent_toolbar.domain.number_correction import CorrectionKind, NumberCorrection
from agent_toolbar.domain.number_finding import NumberEvidence, NumberFinding
from agent_toolbar.storage.outbox import SqliteOutbox
from tests.fakes.crm import FakeOutbox
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock

ACCOUNT = "tryton|https://crm.test|base|marie"
FULL = OutboxItem(
    CallEntry(
        "call-1",
        incoming=True,
        number="+33199001234",
        result=CallResult.ANSWERED,
        contact_id="7",
        contact_name="Élodie Lefèvre",
        started_s=100.5,
        duration_s=61,
        subject="Order 4711",
        note="two\nlines",
        disposition="done",
        follow_up="2026-12-01",
        wrong_number=True,
        sip_call_id="abc@192.0.2.1",
        agent="Marie",
    ),
    ACCOUNT,
    user="7",
    tries=3,
    next_s=200.0,
    doubtful=True,
    changed=True,
    error="crm_slow",
    error_text="<b>no</b>",
    stuck=True,
    held=True,
)


CORRECTION = OutboxItem(
    CallEntry("number-1", incoming=False, number="+33199001234", result=CallResult.NOT_REACHED),
    ACCOUNT,
    held=True,
    correction=NumberCorrection(
        "number-1",
        CorrectionKind.CORRECT,
        "+33199001234",
        "+33140506070",
        7,
        "Élodie Lefèvre",
        crm_contact="11",
        crm_number="01 99 00 12 34",
        finding=NumberFinding.OUT_OF_USE,
        evidence=NumberEvidence("call-1", 100.5, 404, "nobody"),
    ),
)


def item(key: str, **values: object) -> OutboxItem:
    return OutboxItem(CallEntry(key, incoming=True, number="1", result=CallResult.MISSED), ACCOUNT, **values)  # type: ignore[arg-type]


@dataclass
class OutboxAtWork:
    outbox: Outbox
    dispatcher: QueueDispatcher

    def put(self, wanted: OutboxItem) -> None:
        written: list[bool] = []
        self.outbox.put(wanted, lambda: written.append(True))
        self.dispatcher.run_until(lambda: bool(written), what="the item on the disk")

    def waiting(self) -> tuple[OutboxItem, ...]:
        return self._answer(self.outbox.waiting)

    def keys(self) -> list[str]:
        return [one.entry.key for one in self.waiting()]

    def sent(self, key: str) -> OutboxItem | None:
        return self._answer(lambda answered: self.outbox.find_sent(key, answered))

    def users(self) -> dict[str, str]:
        return self._answer(self.outbox.users)

    def _answer(self, ask: Callable):
        answers: list = []
        ask(answers.append)
        self.dispatcher.run_until(lambda: bool(answers), what="an answer of the outbox")
        return answers[0]


@pytest.fixture(params=["fake", "sqlite"])
def work(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OutboxAtWork]:
    dispatcher = QueueDispatcher()
    outbox: Outbox = FakeOutbox()
    if request.param == "sqlite":
        outbox = SqliteOutbox(tmp_path / "outbox.sqlite", dispatcher, ManualClock())
    yield OutboxAtWork(outbox, dispatcher)
    outbox.close()


def test_an_item_comes_back_as_it_was_put(work: OutboxAtWork) -> None:
    work.put(FULL)

    assert work.waiting() == (FULL,)


def test_the_oldest_comes_first_and_a_change_keeps_its_place(work: OutboxAtWork) -> None:
    for key in ("b", "a", "c"):
        work.put(item(key))
    work.put(item("b", tries=1))

    assert work.keys() == ["b", "a", "c"]
    assert work.waiting()[0].tries == 1


def test_what_was_sent_waits_no_more_and_is_found_by_its_call(work: OutboxAtWork) -> None:
    work.put(FULL)
    work.outbox.sent(replace(FULL, record="r1"))

    assert work.waiting() == ()
    assert work.sent("call-1") == replace(FULL, record="r1")
    assert work.sent("call-2") is None


def test_what_was_sent_never_waits_as_new_again(work: OutboxAtWork) -> None:
    work.put(item("a"))
    work.outbox.sent(item("a"))
    work.put(item("a"))

    assert work.waiting() == ()


def test_what_was_sent_may_be_changed(work: OutboxAtWork) -> None:
    work.put(item("a"))
    work.outbox.sent(item("a", record="r1"))
    work.put(item("a", record="r1"))

    assert work.waiting() == (item("a", record="r1"),)


def test_what_was_discarded_is_gone(work: OutboxAtWork) -> None:
    work.put(item("a"))
    work.put(item("b"))
    work.outbox.discard("a")

    assert (work.keys(), work.sent("a")) == (["b"], None)


def test_the_newest_user_of_each_account_is_known(work: OutboxAtWork) -> None:
    for account, user in (("one", "7"), ("two", "8"), ("one", "9")):
        work.outbox.remember_user(account, user)

    assert work.users() == {"one": "9", "two": "8"}


def test_half_a_character_holds_nothing_up(work: OutboxAtWork) -> None:
    work.put(replace(FULL, entry=replace(FULL.entry, subject="Ann \ud83d")))
    assert CORRECTION.correction is not None
    work.put(replace(CORRECTION, correction=replace(CORRECTION.correction, name="Ann \ud83d")))
    work.put(item("b"))

    assert work.keys() == ["call-1", "number-1", "b"]


def test_everything_outlives_the_process(tmp_path: Path) -> None:
    dispatcher = QueueDispatcher()
    for step in range(3):
        work = OutboxAtWork(SqliteOutbox(tmp_path / "outbox.sqlite", dispatcher, ManualClock()), dispatcher)
        if step == 0:
            work.put(FULL)
            work.put(item("b"))
            work.outbox.remember_user(ACCOUNT, "7")
        if step == 1:
            work.outbox.sent(replace(FULL, record="r1"))
        if step == 2:
            work.put(FULL)
            assert (work.keys(), work.users()) == (["b"], {ACCOUNT: "7"})
            assert work.sent("call-1") == replace(FULL, record="r1")
        work.outbox.close()


def test_a_correction_of_a_number_waits_as_it_was_confirmed(work: OutboxAtWork) -> None:
    work.put(CORRECTION)
    work.put(FULL)
    assert work.waiting() == (CORRECTION, FULL)
    work.outbox.sent(CORRECTION)
    assert work.keys() == ["call-1"]
