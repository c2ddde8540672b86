"""What every memory of chosen contacts does: the fake, and the one on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_toolbar.application.ports.crm import CallerChoices
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.storage.caller_choices import SqliteCallerChoices
from tests.fakes.crm import FakeCallerChoices
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock

NUMBER = "+33199001234"


@pytest.fixture
def dispatcher() -> QueueDispatcher:
    return QueueDispatcher()


@pytest.fixture(params=["fake", "sqlite"])
def choices(request: pytest.FixtureRequest, tmp_path: Path, dispatcher: QueueDispatcher) -> Iterator[CallerChoices]:
    store: CallerChoices = FakeCallerChoices()
    if request.param == "sqlite":
        store = SqliteCallerChoices(tmp_path / "callers.sqlite", dispatcher, ManualClock())
    yield store
    store.close()


def recalled(choices: CallerChoices, dispatcher: QueueDispatcher, account: str = "a") -> tuple[str, ...]:
    answers: list[tuple[str, ...]] = []
    choices.recall(account, NUMBER, answers.append)
    dispatcher.run_until(lambda: bool(answers))
    return answers[0]


def test_the_latest_choice_comes_first_and_each_once(choices: CallerChoices, dispatcher: QueueDispatcher) -> None:
    assert recalled(choices, dispatcher) == ()
    for contact in ("1", "2", "1"):
        choices.remember("a", NUMBER, contact)
    choices.remember("a", "+33199005678", "3")
    assert recalled(choices, dispatcher) == ("1", "2")


def test_one_accounts_choice_is_not_anothers(choices: CallerChoices, dispatcher: QueueDispatcher) -> None:
    choices.remember("a", NUMBER, "1")
    assert recalled(choices, dispatcher, "b") == ()


def test_choices_outlive_the_process(tmp_path: Path, dispatcher: QueueDispatcher) -> None:
    for contact in ("1", "2"):
        store = SqliteCallerChoices(tmp_path / "callers.sqlite", dispatcher, ManualClock())
        store.remember("a", NUMBER, contact)
        store.close()
    store = SqliteCallerChoices(tmp_path / "callers.sqlite", dispatcher, ManualClock())
    assert recalled(store, dispatcher) == ("2", "1")
    store.close()


def test_a_damaged_file_is_set_aside_and_the_choice_kept(tmp_path: Path, dispatcher: QueueDispatcher) -> None:
    file = tmp_path / "callers.sqlite"
    file.write_bytes(b"no database at all" * 100)
    store = SqliteCallerChoices(file, dispatcher, ManualClock())
    faults: list[AgentToolbarError | None] = []
    store.watch_faults(faults.append)
    store.remember("a", NUMBER, "1")
    dispatcher.run_until(lambda: bool(faults))
    assert faults[0] is not None
    assert faults[0].code == "caller_choices_failed"

    assert recalled(store, dispatcher) == ("1",)
    store.remember("a", NUMBER, "2")
    dispatcher.run_until(lambda: faults[-1] is None)
    store.close()
    later = SqliteCallerChoices(file, dispatcher, ManualClock())
    assert recalled(later, dispatcher) == ("2", "1")
    later.close()
    assert list(tmp_path.glob("callers.sqlite.corrupt-*"))
