"""How long the contact index takes: look-ups, suggestions, an import, and look-ups while an import runs.

`python -m bench.contact_lookup [--contacts N]` prints JSON. The index is built once and kept in the temporary folder.
"""

from __future__ import annotations

import argparse
import csv
import json
import queue
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from agent_toolbar.application.ports.directory import ImportOutcome, ImportRequest
from agent_toolbar.crm.contact_lookup import find_contacts
from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.contact_search import suggest_contacts
from agent_toolbar.crm.directory_service import SqliteContactDirectory
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberPlan, canonical_number
from agent_toolbar.storage.database import Durability, open_database

PLAN = NumberPlan(region="GB", internal_pattern="[0-9]{4}")
LOOKUPS = 3_000
SUGGESTIONS = 400
LOOKUPS_DURING_IMPORT = 2_000
ROWS_OF_RUNNING_IMPORT = 200_000  # more than are read meanwhile: it is cancelled, so that the index stays as it is
FIRST_NAMES = ("Élodie", "Ann", "Bob", "Carla", "David", "Eva", "Farid", "Grace", "Hugo", "Inès", "Jean", "Kim", "Omar")
SYLLABLES = ("mar", "tin", "sch", "mid", "har", "ris", "le", "fèv", "ko", "wal", "ski", "ber", "nard", "du", "zel")
TRADES = ("Bakery", "Garage", "Clinic", "School", "Transport", "Insurance", "Energy", "Telecom", "Bank", "Travel")
AREAS = (("0113 2", 6), ("020 7", 7), ("0161 4", 6), ("0121 3", 6), ("0141 2", 6))


class ImmediateAnswers:
    """Dispatcher whose actions the bench runs itself, in order."""

    def __init__(self) -> None:
        self._actions: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def post(self, action: Callable[[], None]) -> None:
        self._actions.put(action)

    def run_one(self) -> None:
        self._actions.get()()


def contact_rows(contacts: int) -> Iterator[list[str]]:
    """Reproducible people: 1.6 numbers each, one in fifty important."""
    chance = random.Random(7)
    for number in range(contacts):
        name = f"{chance.choice(FIRST_NAMES)} {''.join(chance.choices(SYLLABLES, k=3)).title()}"
        company = f"{''.join(chance.choices(SYLLABLES, k=2)).title()} {chance.choice(TRADES)}"
        mobile = f"07{chance.randrange(400_000_000, 999_999_999)}" if chance.random() < 0.6 else ""
        area, digits = chance.choice(AREAS)
        phone = f"{area}{chance.randrange(10**digits):0{digits}}"
        importance = "vip" if chance.random() < 0.02 else ""
        yield [str(number), name, company, phone, mobile, importance]


def write_contacts(path: Path, contacts: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "name", "company", "phone", "mobile", "importance"])
        writer.writerows(contact_rows(contacts))


def import_file(
    directory: SqliteContactDirectory, answers: ImmediateAnswers, file: Path
) -> tuple[ImportOutcome, float]:
    outcomes: list[ImportOutcome] = []
    begun = time.perf_counter()
    directory.import_file(ImportRequest(file, PLAN, source="bench"), lambda progress: None, outcomes.append)
    while not outcomes:
        answers.run_one()
    return outcomes[0], time.perf_counter() - begun


def build(folder: Path, contacts: int) -> tuple[Path, dict[str, float]]:
    """The index of `contacts`, and what building it took (kept beside it)."""
    database, source, report = (folder / f"contacts-{contacts}.{kind}" for kind in ("sqlite", "csv", "json"))
    if report.exists():
        return database, json.loads(report.read_text())
    folder.mkdir(mode=0o700, exist_ok=True)
    write_contacts(source, contacts)
    for leftover in folder.glob(f"{database.name}*"):
        leftover.unlink()
    answers = ImmediateAnswers()
    directory = SqliteContactDirectory(database, answers, lambda: PLAN)
    outcome, elapsed_s = import_file(directory, answers, source)
    directory.close()
    if outcome.error is not None:
        raise outcome.error
    figures = {
        "import_s": round(elapsed_s, 1),
        "import_contacts_per_s": round(outcome.added / elapsed_s),
        "skipped": outcome.skipped_count,
        "index_mb": round(database.stat().st_size / 1e6, 1),
    }
    report.write_text(json.dumps(figures))
    return database, figures


def spread_us(durations_s: list[float]) -> dict[str, float]:
    ordered = sorted(durations_s)
    return {
        "p50": round(ordered[len(ordered) // 2] * 1e6, 1),
        "p95": round(ordered[int(len(ordered) * 0.95)] * 1e6, 1),
        "p99": round(ordered[int(len(ordered) * 0.99)] * 1e6, 1),
        "max": round(ordered[-1] * 1e6, 1),
    }


def time_each(numbers: list[CanonicalNumber], ask: Callable[[CanonicalNumber], object]) -> dict[str, float]:
    durations: list[float] = []
    processor: list[float] = []
    for number in numbers:
        begun, begun_processor = time.perf_counter(), time.thread_time()
        ask(number)
        durations.append(time.perf_counter() - begun)
        processor.append(time.thread_time() - begun_processor)
    return {**spread_us(durations), "processor_p99": spread_us(processor)["p99"]}


def sample_numbers(connection: sqlite3.Connection, contacts: int) -> dict[str, list[CanonicalNumber]]:
    chance = random.Random(3)
    ids = [chance.randrange(1, contacts + 1) for _ in range(LOOKUPS)]
    keys = [
        connection.execute("SELECT key FROM phone WHERE contact_id = ?", (contact_id,)).fetchone()[0]
        for contact_id in ids
    ]
    return {
        "hit": [canonical_number(key, PLAN) for key in keys],
        "miss": [canonical_number(f"+3314{chance.randrange(10**7):07}", PLAN) for _ in range(LOOKUPS)],
        "tail": [canonical_number(f"+33{chance.randrange(1, 8)}{key[-8:]}", PLAN) for key in keys],
    }


def suggestion_spread_ms(connection: sqlite3.Connection) -> dict[str, float]:
    """Names as they are typed, letter by letter, two words, and numbers."""
    chance = random.Random(5)
    texts = []
    for number, row in enumerate(contact_rows(SUGGESTIONS)):
        _, name, company, phone, _, _ = row
        first, last = name.split()
        texts.append((last[: chance.randrange(1, 7)], f"{first[:2]} {last[:3]}", company[:3], phone[:6])[number % 4])
    durations: list[float] = []
    for text in texts:
        begun = time.perf_counter()
        suggest_contacts(connection, text, 8, PLAN)
        durations.append(time.perf_counter() - begun)
    return {name: round(value / 1e3, 2) for name, value in spread_us(durations).items()}


def during_import(database: Path, folder: Path, numbers: list[CanonicalNumber]) -> dict[str, float]:
    """Look-ups through the directory's own thread, answers included, while another file is read in."""
    other = folder / "running-import.csv"
    write_contacts(other, ROWS_OF_RUNNING_IMPORT)
    answers = ImmediateAnswers()
    directory = SqliteContactDirectory(database, answers, lambda: PLAN)
    outcomes: list[ImportOutcome] = []
    task = directory.import_file(
        ImportRequest(other, PLAN, source="bench-running"), lambda progress: None, outcomes.append
    )
    durations: list[float] = []
    for number in numbers[:LOOKUPS_DURING_IMPORT]:
        found: list[object] = []
        begun = time.perf_counter()
        directory.find_by_number(number, found.append)
        while not found:
            answers.run_one()
        durations.append(time.perf_counter() - begun)
        time.sleep(0.002)
    task.cancel()
    while not outcomes:
        answers.run_one()
    directory.close()
    return {"import_was_still_running": float(outcomes[0].cancelled), **spread_us(durations)}


def measure(contacts: int = 1_000_000) -> dict[str, object]:
    """Figures with `contacts` in the index; builds it first if it is not there."""
    folder = Path(tempfile.gettempdir()) / "agent-toolbar-bench"
    database, figures = build(folder, contacts)
    connection = open_database(database, CONTACT_SCHEMA, Durability.NORMAL)
    numbers = sample_numbers(connection, contacts)
    connection.close()
    connection = open_database(database, CONTACT_SCHEMA, Durability.NORMAL)
    find_contacts(connection, numbers["miss"][0], PLAN)

    def find(number: CanonicalNumber) -> object:
        return find_contacts(connection, number, PLAN)

    spreads = {f"{kind}_us": time_each(sample, find) for kind, sample in numbers.items()}
    suggested = suggestion_spread_ms(connection)
    connection.close()
    return {
        "contacts": contacts,
        **figures,
        **spreads,
        "suggest_ms": suggested,
        "lookup_during_import_us": during_import(database, folder, numbers["hit"]),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    print(json.dumps(measure(parser.parse_args().contacts), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
