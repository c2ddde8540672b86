from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest

from agent_toolbar.storage.serial_worker import SerialWorker

TIMEOUT_S = 5.0


@pytest.fixture
def worker() -> Iterator[SerialWorker]:
    worker = SerialWorker("test-worker")
    yield worker
    worker.close(TIMEOUT_S)


def test_jobs_run_in_order_on_one_thread_of_that_name(worker: SerialWorker) -> None:
    ran: list[tuple[int, str]] = []
    for number in range(50):
        worker.submit(lambda number=number: ran.append((number, threading.current_thread().name)))
    worker.close(TIMEOUT_S)

    assert ran == [(number, "test-worker") for number in range(50)]


def test_a_job_that_fails_is_logged_and_the_next_one_runs(
    worker: SerialWorker, caplog: pytest.LogCaptureFixture
) -> None:
    ran = threading.Event()

    def fail() -> None:
        raise IndexError

    with caplog.at_level(logging.ERROR):
        worker.submit(fail)
        worker.submit(ran.set)
        assert ran.wait(TIMEOUT_S)

    assert "A job of test-worker failed" in caplog.text
    assert "IndexError" in caplog.text


def test_later_jobs_run_when_they_are_due_and_the_earliest_first(worker: SerialWorker) -> None:
    ran: list[str] = []
    done = threading.Event()

    def plan() -> None:
        worker.submit_after(0.02, lambda: (ran.append("late"), done.set()))
        worker.submit_after(0.001, lambda: ran.append("early"))

    worker.submit(plan)
    assert done.wait(TIMEOUT_S)
    assert ran == ["early", "late"]


def test_closing_does_what_waits_and_drops_what_is_for_later(worker: SerialWorker) -> None:
    ran: list[str] = []
    worker.submit(lambda: worker.submit_after(60, lambda: ran.append("later")))
    worker.submit(lambda: ran.append("now"))

    assert worker.close(TIMEOUT_S)
    assert ran == ["now"]


def test_closing_gives_up_when_a_job_takes_too_long() -> None:
    worker = SerialWorker("slow-worker")
    may_end = threading.Event()
    worker.submit(lambda: may_end.wait(TIMEOUT_S))

    in_time = worker.close(0.01)
    may_end.set()
    assert (in_time, worker.close(TIMEOUT_S)) == (False, True)
