"""How long the shared store of stories takes, on a file and on PostgreSQL: until a story is kept, and to find it.

`python -m bench.shared_context` prints JSON. Two desks, each with its own store and thread, and 1,000 living stories.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from agent_toolbar.application.story_store import keyring_name
from agent_toolbar.domain.context import CallContext, Party, Stage
from agent_toolbar.settings.session_vault import SessionVault
from agent_toolbar.storage.shared_context import SharedContextStore
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.lab.asterisk_packages import LabUnavailableError
from tests.lab.postgres_server import PASSWORD, postgres_server

LIVING = 1_000
ROUNDS = 300


class WallClock:
    def now_s(self) -> float:
        return time.time()


class Desk:
    """A store whose answers are waited for."""

    def __init__(self, own_file: Path, url: str, vault: SessionVault) -> None:
        self.dispatcher = QueueDispatcher()
        begun = time.perf_counter()
        self.store = SharedContextStore(own_file, self.dispatcher, WallClock(), vault, url)
        self.find("f" * 32)
        self.opening_ms = (time.perf_counter() - begun) * 1e3

    def put(self, story: CallContext) -> None:
        """Gives the story away and waits until it is kept: the thread answers in order."""
        self.store.put(story)
        self.find(story.key)

    def find(self, key: str) -> CallContext | None:
        return self._answer(lambda answered: self.store.find(key, answered))

    def find_probable(self, number: str) -> CallContext | None:
        return self._answer(lambda answered: self.store.find_probable(number, "1002", answered))

    def _answer(self, ask: Callable[[Callable[[CallContext | None], None]], None]) -> CallContext | None:
        answers: list[CallContext | None] = []
        ask(answers.append)
        self.dispatcher.run_until(lambda: bool(answers))
        return answers[0]


def story(number: int) -> CallContext:
    ann = Party("1001", "Ann")
    return CallContext(
        key=f"{number:032x}",
        conversation=f"{number:032x}",
        number=f"+3319900{number:05}",
        sender=ann,
        to_extension="1002",
        kind="blind",
        created_s=time.time(),
        name="Élodie Lefèvre",
        company="Œuvres & Cie",
        note="Wants a refund of order 4711. " * 8,
        stages=(Stage(ann, time.time() - 100, time.time(), "called"),),
    )


def spread_ms(durations_s: list[float]) -> dict[str, float]:
    ordered = sorted(durations_s)
    places = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {name: round(ordered[int(len(ordered) * place)] * 1e3, 2) for name, place in places.items()}


def timed(deeds: list[Callable[[], object]]) -> dict[str, float]:
    durations = []
    for deed in deeds:
        begun = time.perf_counter()
        deed()
        durations.append(time.perf_counter() - begun)
    return spread_ms(durations)


def measure_desks(ann: Desk, bob: Desk) -> dict[str, object]:
    for number in range(LIVING):
        ann.store.put(story(number))
    stories = [story(LIVING + number) for number in range(ROUNDS)]
    put = timed([lambda each=each: ann.put(each) for each in stories])
    missing = [each.key for each in stories if bob.find(each.key) is None]
    return {
        "opening_ms": round(ann.opening_ms, 1),
        "put_and_find_ms": put,
        "find_ms": timed([lambda each=each: bob.find(each.key) for each in stories]),
        "find_probable_ms": timed([lambda each=each: bob.find_probable(each.number) for each in stories]),
        "not_found": len(missing),
    }


def measure() -> dict[str, object]:
    """Figures by kind of database; PostgreSQL without waiting for its disk, as the tests start it."""
    figures: dict[str, object] = {"living_stories": LIVING}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="at-bench-")))
        vault = SessionVault()
        urls = {"own_file": "", "shared_file": f"sqlite:///{folder / 'shared.sqlite'}"}
        try:
            urls["postgresql"] = stack.enter_context(postgres_server()).new_database()
            vault.save(*keyring_name(urls["postgresql"]), PASSWORD, lambda _kept: None)
        except LabUnavailableError as error:
            figures["postgresql"] = {"not_measured": str(error)}
        for kind, url in urls.items():
            desks = [Desk(folder / "own.sqlite", url, vault) for _ in range(2)]
            figures[kind] = measure_desks(*desks)
            for desk in desks:
                desk.store.close()
    return figures


def main() -> int:
    print(json.dumps(measure(), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
