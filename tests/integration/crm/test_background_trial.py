"""Trials off the GUI thread, against a server that replays Tryton: what is asked, and when no more is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.application.ports.crm_trial import LOOK_UPS, Trial, TrialSkip
from agent_toolbar.crm.background_trial import BackgroundTrial
from agent_toolbar.crm.crm_link import CrmLink
from agent_toolbar.domain.crm import CrmOperation
from agent_toolbar.domain.errors import AgentToolbarError
from tests.contract.crm_contract import NOBODY_NUMBER, PLAN, VIP, VIP_NUMBER
from tests.fakes.crm_replays.replay_server import Answer, Asked, running
from tests.fakes.crm_replays.tryton import TrytonReplay
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock, ManualTimers
from tests.fakes.settings import FakeSecretVault
from tests.lab.free_ports import free_port


class CountingTryton(TrytonReplay):
    """Remembers the methods of all requests; `held` keeps its answers back while it is cleared."""

    def __init__(self) -> None:
        super().__init__()
        self.methods: list[str] = []
        self.held = threading.Event()
        self.held.set()

    def allowed(self, asked: Asked) -> bool:
        self.methods.append(asked.method)
        assert self.held.wait(10.0)
        return super().allowed(asked)


@pytest.fixture
def tryton() -> Iterator[CountingTryton]:
    replay = CountingTryton()
    with running(replay):
        yield replay


@dataclass
class Course:
    """A trial that the test waits for."""

    access: CrmAccess
    number: str = VIP_NUMBER
    tried: list[Trial] = field(default_factory=list)
    ends: list[AgentToolbarError | None] = field(default_factory=list)
    dispatcher: QueueDispatcher = field(default_factory=QueueDispatcher)

    def begin(self) -> BackgroundTrial:
        timers = ManualTimers(ManualClock())
        link = CrmLink(self.dispatcher, timers, FakeSecretVault(), lambda: PLAN, language=lambda: "en")
        return link.try_out(self.access, self.number, self.tried.append, self.ends.append)

    def run(self) -> Course:
        self.begin()
        self.dispatcher.run_until(lambda: bool(self.ends), what="the end of the trial")
        return self

    def of(self, operation: CrmOperation) -> Trial:
        return next(one for one in self.tried if one.operation is operation)


def test_every_look_up_is_tried_in_its_order_and_nothing_is_written(tryton: CountingTryton) -> None:
    course = Course(tryton.access).run()
    assert tuple(one.operation for one in course.tried) == LOOK_UPS
    assert [one.error for one in course.tried] == [None] * len(LOOK_UPS)
    assert course.of(CrmOperation.WHOAMI).found == ("Alice Agent",)
    assert [one.name for one in course.of(CrmOperation.FIND).contacts] == [VIP]
    assert len(course.of(CrmOperation.DEALS).found) == 2
    assert (course.ends, set(tryton.methods), tryton.calls) == ([None], {"GET"}, [])


@pytest.mark.parametrize("number", ["", NOBODY_NUMBER])
def test_what_is_about_somebody_is_left_out_where_nobody_is_found(tryton: CountingTryton, number: str) -> None:
    course = Course(tryton.access, number).run()
    assert course.of(CrmOperation.FIND).found == ()
    assert course.of(CrmOperation.DEALS).skip is TrialSkip.NO_CONTACT


def test_a_wrong_key_is_shown_to_the_crm_only_once(tryton: CountingTryton) -> None:
    course = Course(replace(tryton.access, secret="wrong")).run()
    (trial,) = course.tried
    assert (trial.operation, trial.error and trial.error.code) == (CrmOperation.WHOAMI, "crm_unauthorized")
    assert (course.ends, len(tryton.methods)) == ([None], 1)


def test_a_key_of_somebody_else_is_no_sign_in(tryton: CountingTryton) -> None:
    course = Course(replace(tryton.access, user="bob")).run()
    assert [one.error and one.error.code for one in course.tried] == ["crm_unauthorized"]


def test_a_dead_server_is_asked_once() -> None:
    access = CrmAccess("tryton", f"http://127.0.0.1:{free_port()}", "alice", (("database", "lab"),), "key")
    course = Course(access).run()
    assert [one.error and one.error.code for one in course.tried] == ["crm_unreachable"]


def test_one_look_up_that_is_not_allowed_does_not_end_the_others(
    tryton: CountingTryton, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_asked: Asked) -> Answer:
        return tryton.refusal(403, "no")

    monkeypatch.setattr(tryton, "_deals", forbidden)  # the owner is read there too
    course = Course(tryton.access).run()
    wrong = {one.operation: one.error.code for one in course.tried if one.error is not None}
    assert wrong == {CrmOperation.DEALS: "crm_forbidden", CrmOperation.OWNER: "crm_forbidden"}
    assert len(course.tried) == len(LOOK_UPS)


@pytest.mark.parametrize(
    ("access", "code"),
    [
        (CrmAccess("nobody", "https://crm.test", "", (), "key"), "no_connector"),
        (CrmAccess("tryton", "https://crm.test", "", (), "key"), "manifest_needs_value"),
    ],
)
def test_settings_of_which_no_connector_can_be_made_end_it_with_the_reason(access: CrmAccess, code: str) -> None:
    course = Course(access).run()
    (error,) = course.ends
    assert (course.tried, error and error.code) == ([], code)


def test_a_cancelled_trial_asks_nothing_more_and_tells_nothing(tryton: CountingTryton) -> None:
    tryton.held.clear()
    course = Course(tryton.access)
    threads = set(threading.enumerate())
    task = course.begin()
    (worker,) = (one for one in set(threading.enumerate()) - threads if one.name == "crm-trial")
    task.cancel()
    tryton.held.set()
    worker.join(10.0)
    assert not worker.is_alive()
    course.dispatcher.post(lambda: course.ends.append(None))
    course.dispatcher.run_until(lambda: bool(course.ends))
    assert course.tried == []
    assert len(tryton.methods) <= 1
