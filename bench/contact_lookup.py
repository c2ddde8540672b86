"""The contact index at 10^4, 10^5 and 10^6 contacts: import, size, opening, look-ups, suggestions.

`python -m bench contact_lookup` measures the three sizes, `python -m bench.contact_lookup --contacts N ...` others.
Files are read by the real import process, questions go through the directory service in a process of its own. Figures
of `processor` hold on a busy machine too; the others want a calm one, see `load_before`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from agent_toolbar.application.ports.directory import ImportOutcome, ImportRequest
from agent_toolbar.crm.directory_service import SqliteContactDirectory
from agent_toolbar.domain.folded_text import search_words
from agent_toolbar.domain.phone_number import canonical_number
from bench._index_reader import ImmediateAnswers, forget_pages, peak_memory_mb
from bench._people import PLAN, contact_rows, write_contacts

CONTACTS = (10_000, 100_000, 1_000_000)
FOLDER = Path(tempfile.gettempdir()) / "agent-toolbar-bench"
LOOK_UPS = 3_000
COLD_PROCESSES = 10
COLD_LOOK_UPS = 30  # of each of these processes
SUGGESTIONS = 400  # of each length
LENGTHS = (1, 3, 8)
LOOK_UPS_DURING_IMPORT = 1_000
ROWS_OF_RUNNING_IMPORT = 100_000  # more than are read meanwhile: it is cancelled, so that the index stays as it is


@dataclass(frozen=True, slots=True)
class _Import:
    outcome: ImportOutcome
    elapsed_s: float
    processor_s: float
    peak_mb: float


def imported(database: Path, file: Path, source: str) -> _Import:
    """Reads `file` in the import process; its peak memory is that of all its processes together."""
    answers, outcomes = ImmediateAnswers(), list[ImportOutcome]()
    directory = SqliteContactDirectory(database, answers, lambda: PLAN)
    used_before = _processor_of_children_s()
    begun = time.perf_counter()
    task = directory.import_file(ImportRequest(file, PLAN, source=source), lambda progress: None, outcomes.append)
    peaks: dict[int, float] = {}
    looked_s = 0.0
    while not outcomes:
        answers.run_one()  # at least ten reports a second come while it works
        if time.perf_counter() - looked_s > 0.2:
            looked_s = time.perf_counter()
            pid = int(getattr(task, "pid", 0))
            for one in (pid, *_children_of(pid)):
                peaks[one] = max(peaks.get(one, 0.0), peak_memory_mb(one))
    elapsed_s = time.perf_counter() - begun
    directory.close()
    if outcomes[0].error is not None:
        raise outcomes[0].error
    return _Import(outcomes[0], elapsed_s, _processor_of_children_s() - used_before, sum(peaks.values()))


def build(folder: Path, contacts: int) -> tuple[Path, dict[str, object]]:
    """A new index of `contacts`, and what building it took."""
    folder.mkdir(mode=0o700, exist_ok=True)
    database, source = folder / f"contacts-{contacts}.sqlite", folder / f"contacts-{contacts}.csv"
    write_contacts(source, contacts)
    for leftover in folder.glob(f"{database.name}*"):
        leftover.unlink()
    first = imported(database, source, "bench")
    size = database.stat().st_size
    again = imported(database, source, "bench")
    return database, {
        "import_s": round(first.elapsed_s, 1),
        "import_contacts_per_s": round(contacts / first.elapsed_s),
        "import_processor_us_per_contact": round(first.processor_s / contacts * 1e6, 1),
        "import_peak_mb": round(first.peak_mb, 1),
        "import_again_unchanged_s": round(again.elapsed_s, 1),
        "import_again_processor_us_per_contact": round(again.processor_s / contacts * 1e6, 1),
        "skipped": first.outcome.skipped_count,
        "index_mb": round(size / 1e6, 1),
        "index_bytes_per_contact": round(size / first.outcome.added),
    }


def index_of(folder: Path, contacts: int) -> Path:
    """The index of an earlier run, else a new one."""
    database = folder / f"contacts-{contacts}.sqlite"
    return database if database.exists() else build(folder, contacts)[0]


def measure(sizes: tuple[int, ...] = CONTACTS) -> dict[str, object]:
    """Figures by the number of contacts; the indexes stay in the temporary folder for bench.contacts_audit."""
    return {str(contacts): measured(contacts) for contacts in sizes}


def measured(contacts: int) -> dict[str, object]:
    load = os.getloadavg()[0]
    database, figures = build(FOLDER, contacts)
    with closing(sqlite3.connect(database)) as connection:
        known = sample_keys(connection, LOOK_UPS)
    chance = random.Random(3)
    unknown = [f"+3314{chance.randrange(10**7):07}" for _ in range(LOOK_UPS)]
    similar = [f"+4{chance.choice('478')}{key[-8:]}" for key in known]  # only the last eight digits are somebody's
    cold = [
        asked(database, numbers=known[place : place + COLD_LOOK_UPS], cold=True)
        for place in range(0, COLD_PROCESSES * COLD_LOOK_UPS, COLD_LOOK_UPS)
    ]
    warm = {
        name: asked(database, numbers=numbers, cold=False)
        for name, numbers in {"known": known, "unknown": unknown, "similar": similar}.items()
    }
    typed = {f"{length}_letters": list(typed_texts(contacts, length)) for length in LENGTHS}
    typed["two_words"] = list(typed_pairs(contacts))
    suggested = {name: asked(database, texts=texts) for name, texts in typed.items()}
    return {
        "load_before": round(load, 2),
        **figures,
        "open_cold_ms": spread_ms([(one["open_s"], 0.0) for one in cold]),
        "open_warm_ms": spread_ms([(one["open_s"], 0.0) for one in warm.values()]),
        "look_up_cold_ms": spread_ms([spent for one in cold for spent in one["spent_s"]]),
        **{f"look_up_{name}_ms": spread_ms(one["spent_s"]) for name, one in warm.items()},
        **{f"suggest_{name}_ms": spread_ms(one["spent_s"]) for name, one in suggested.items()},
        "reader_peak_mb": round(max(one["peak_mb"] for one in (*warm.values(), *suggested.values())), 1),
        "reader_before_opening_mb": round(warm["known"]["before_mb"], 1),
        "look_up_during_import_ms": during_import(database, known),
        "load_after": round(os.getloadavg()[0], 2),
    }


def asked(database: Path, **job: object) -> dict:
    """What bench._index_reader measures in a new process."""
    finished = subprocess.run(
        [sys.executable, "-m", "bench._index_reader", str(database)],
        input=json.dumps(job),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(finished.stdout)


def spread_ms(spent: list[tuple[float, float]]) -> dict[str, float]:
    """Of pairs of elapsed and processor time."""
    elapsed = sorted(seconds for seconds, _ in spent)
    used = sorted(seconds for _, seconds in spent)
    figures = {
        "p50": statistics.median(elapsed),
        "p95": elapsed[int(len(spent) * 0.95)],
        "p99": elapsed[int(len(spent) * 0.99)],
        "max": elapsed[-1],
    }
    if used[-1]:
        figures |= {"processor_p50": statistics.median(used), "processor_p99": used[int(len(spent) * 0.99)]}
    return {name: round(seconds * 1e3, 3) for name, seconds in figures.items()}


def sample_keys(connection: sqlite3.Connection, wanted: int) -> list[str]:
    """Numbers from outside of people chosen at random, each as often as it is somebody's."""
    chance = random.Random(5)
    (last,) = connection.execute("SELECT max(id) FROM contact").fetchone()
    keys: list[str] = []
    while len(keys) < wanted:
        row = connection.execute(
            "SELECT key FROM phone WHERE contact_id = ? AND key LIKE '+%' LIMIT 1", (chance.randrange(1, last + 1),)
        ).fetchone()
        keys += row or ()
    return keys


def typed_texts(contacts: int, length: int) -> Iterator[str]:
    """The beginnings of words of people and companies that are there, each as often as its word."""
    for words in _words_of_people(contacts):
        long_enough = [word for word in words if len(word) >= length]
        if long_enough:
            yield long_enough[-1][:length]


def typed_pairs(contacts: int) -> Iterator[str]:
    for first, *others in _words_of_people(contacts):
        yield f"{first[:2]} {others[-1][:3]}" if others else first


def _words_of_people(contacts: int) -> Iterator[list[str]]:
    rows = islice(contact_rows(min(contacts, SUGGESTIONS * 25)), 0, None, 25)
    return (search_words(f"{row[2]} {row[1]}" if place % 3 else f"{row[1]} {row[2]}") for place, row in enumerate(rows))


def during_import(database: Path, numbers: list[str]) -> dict[str, float]:
    """Look-ups of known numbers while another file is read in."""
    other = database.parent / "running-import.csv"
    write_contacts(other, ROWS_OF_RUNNING_IMPORT)
    answers, outcomes = ImmediateAnswers(), list[ImportOutcome]()
    directory = SqliteContactDirectory(database, answers, lambda: PLAN)
    request = ImportRequest(other, PLAN, source="bench-running")
    task = directory.import_file(request, lambda progress: None, outcomes.append)
    spent = []
    for number in numbers[:LOOK_UPS_DURING_IMPORT]:
        wanted = canonical_number(number, PLAN)
        spent.append(answers.seconds(lambda done, wanted=wanted: directory.find_by_number(wanted, done)))  # type: ignore[misc]
        time.sleep(0.002)
    task.cancel()
    while not outcomes:
        answers.run_one()
    directory.close()
    forget_pages(database)
    return {"import_was_still_running": float(outcomes[0].cancelled), **spread_ms(spent)}


def _processor_of_children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _children_of(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, nargs="+", default=list(CONTACTS))
    print(json.dumps(measure(tuple(parser.parse_args().contacts)), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
