"""What every agent log does: the fake, and the one on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent_toolbar.application.ports.storage import AgentLog, AgentSpell
from agent_toolbar.domain.agent import Choice, Desired, KeptChoice
from agent_toolbar.storage.agent_log import SqliteAgentLog
from tests.fakes.journal import FakeAgentLog
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock

READY = AgentSpell("ready", "", 100.0, 200.0)
LUNCH = AgentSpell("not_ready", "lunch", 200.0, 260.0)


@pytest.fixture
def dispatcher() -> QueueDispatcher:
    return QueueDispatcher()


@pytest.fixture(params=["fake", "sqlite"])
def log(request: pytest.FixtureRequest, tmp_path: Path, dispatcher: QueueDispatcher) -> Iterator[AgentLog]:
    if request.param == "fake":
        yield FakeAgentLog()
        return
    stored = SqliteAgentLog(tmp_path / "agent.sqlite", dispatcher, ManualClock())
    yield stored
    stored.close()


def test_a_spell_is_lengthened_and_found_by_its_end(log: AgentLog, dispatcher: QueueDispatcher) -> None:
    log.keep(LUNCH)
    log.keep(READY)
    longer = replace(LUNCH, ended_s=300.0)
    log.keep(longer)
    assert _since(log, dispatcher, 0.0) == (READY, longer)
    assert _since(log, dispatcher, 200.0) == (longer,)


def test_spells_outlive_the_process(tmp_path: Path, dispatcher: QueueDispatcher) -> None:
    for spell in (READY, LUNCH):
        log = SqliteAgentLog(tmp_path / "agent.sqlite", dispatcher, ManualClock())
        log.keep(spell)
        log.close()
    log = SqliteAgentLog(tmp_path / "agent.sqlite", dispatcher, ManualClock())
    assert _since(log, dispatcher, 0.0) == (READY, LUNCH)
    log.close()


CHOICES = [
    KeptChoice(),
    KeptChoice(Choice.NOT_READY, "other", "the dentist", Desired(True), ""),
    KeptChoice(Choice.WRAP_UP, "", "", Desired(False, "lunch"), "back at one"),
]


def test_the_last_choice_is_the_one_that_is_found(log: AgentLog, dispatcher: QueueDispatcher) -> None:
    assert _last_choice(log, dispatcher) is None
    for choice in CHOICES:
        log.keep_choice(choice)
        assert _last_choice(log, dispatcher) == choice


@pytest.mark.parametrize("choice", CHOICES)
def test_the_choice_outlives_the_process(tmp_path: Path, dispatcher: QueueDispatcher, choice: KeptChoice) -> None:
    log = SqliteAgentLog(tmp_path / "agent.sqlite", dispatcher, ManualClock())
    log.keep_choice(choice)
    log.close()
    log = SqliteAgentLog(tmp_path / "agent.sqlite", dispatcher, ManualClock())
    assert _last_choice(log, dispatcher) == choice
    log.close()


def _last_choice(log: AgentLog, dispatcher: QueueDispatcher) -> KeptChoice | None:
    answers: list[KeptChoice | None] = []
    log.last_choice(answers.append)
    dispatcher.run_until(lambda: bool(answers))
    return answers[0]


def _since(log: AgentLog, dispatcher: QueueDispatcher, began_s: float) -> tuple[AgentSpell, ...]:
    answers: list[tuple[AgentSpell, ...]] = []
    log.since(began_s, answers.append)
    dispatcher.run_until(lambda: bool(answers))
    return answers[0]
