"""The reading half of bench.contact_lookup in a process of its own: `python -m bench._index_reader DATABASE JOB`.

It asks the real directory service as the toolbar does and prints seconds as JSON. The job comes as JSON on stdin.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from agent_toolbar.crm.directory_service import SqliteContactDirectory
from agent_toolbar.domain.phone_number import canonical_number
from bench._people import PLAN

LIMIT = 8  # what the dial field asks for


class ImmediateAnswers:
    """Dispatcher whose actions the bench runs itself, in order."""

    def __init__(self) -> None:
        self._actions: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def post(self, action: Callable[[], None]) -> None:
        self._actions.put(action)

    def run_one(self) -> None:
        self._actions.get()()

    def seconds(self, ask: Callable[[Callable[[object], None]], None]) -> tuple[float, float]:
        """From the question to its answer on this thread, and the processor time of all threads meanwhile."""
        answers: list[object] = []
        begun, used = time.perf_counter(), time.process_time()
        ask(answers.append)
        while not answers:
            self.run_one()
        return time.perf_counter() - begun, time.process_time() - used


def peak_memory_mb(pid: int | str = "self") -> float:
    """The most resident memory so far; 0.0 of a process that has gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    found = next((line for line in status.splitlines() if line.startswith("VmHWM:")), None)
    return int(found.split()[1]) / 1024 if found else 0.0


def forget_pages(database: Path) -> None:
    """Takes the file out of the page cache of this system (posix_fadvise(2)); a host below it may still have it."""
    for file in database.parent.glob(f"{database.name}*"):
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def look_ups(database: Path, numbers: Iterable[str], *, cold: bool) -> dict[str, object]:
    """Opening with the first answer, then each number; `cold` forgets the file before each of them."""
    answers = ImmediateAnswers()
    wanted = [canonical_number(number, PLAN) for number in numbers]
    before_mb = peak_memory_mb()
    if cold:
        forget_pages(database)
    begun = time.perf_counter()
    directory = SqliteContactDirectory(database, answers, lambda: PLAN)
    answers.seconds(lambda done: directory.find_by_number(wanted[0], done))
    open_s = time.perf_counter() - begun
    spent: list[tuple[float, float]] = []
    for number in wanted[1:]:
        if cold:
            forget_pages(database)
        spent.append(answers.seconds(lambda done, number=number: directory.find_by_number(number, done)))  # type: ignore[misc]
    directory.close()
    return {"open_s": open_s, "spent_s": spent, "peak_mb": peak_memory_mb(), "before_mb": before_mb}


def suggestions(database: Path, texts: Iterable[str]) -> dict[str, object]:
    answers = ImmediateAnswers()
    directory = SqliteContactDirectory(database, answers, lambda: PLAN)
    answers.seconds(directory.count)
    spent = [
        answers.seconds(lambda done, text=text: directory.suggest(text, LIMIT, done))  # type: ignore[misc]
        for text in texts
    ]
    directory.close()
    return {"spent_s": spent, "peak_mb": peak_memory_mb()}


def main() -> int:
    database, job = Path(sys.argv[1]), json.loads(sys.stdin.read())
    if "texts" in job:
        print(json.dumps(suggestions(database, job["texts"])))
    else:
        print(json.dumps(look_ups(database, job["numbers"], cold=job["cold"])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
