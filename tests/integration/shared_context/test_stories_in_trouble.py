"""The store of shared stories and the world's worst: no database, a bad file, a full disk, a wrong password.

Nothing here may hold up a call: an answer comes at once or within the time of one attempt, and a story is kept.
"""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from agent_toolbar.application.story_store import keyring_name
from agent_toolbar.domain.context import LIFE_S, CallContext, Party
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.storage.context_postgres import CONNECT_TIMEOUT_S, STATEMENT_TIMEOUT_S
from agent_toolbar.storage.context_schema import STORY as TABLE
from agent_toolbar.storage.shared_context import UNWRITTEN_KEPT, SharedContextStore
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock
from tests.fakes.settings import FakeSecretVault
from tests.fakes.small_disk import SmallDisk, limited_files, mounted_disk
from tests.lab.free_ports import free_port
from tests.lab.postgres_server import PASSWORD, PostgresServer

STORY = CallContext(
    key="a" * 32,
    conversation="c" * 32,
    number="+33123456789",
    sender=Party("1001", "Ann"),
    to_extension="1002",
    kind="blind",
    created_s=1_700_000_000.0,
    note="a secret of the customer",
)
ROOT = Path(__file__).parents[3]
ONE_ATTEMPT_S = CONNECT_TIMEOUT_S + STATEMENT_TIMEOUT_S + 2.0


def story(number: int) -> CallContext:
    return replace(STORY, key=f"{number:032x}", note=f"note {number}")


@dataclass
class Desk:
    """A store with what it told."""

    own_file: Path
    url: str = ""
    password: str | None = PASSWORD
    dispatcher: QueueDispatcher = field(default_factory=QueueDispatcher)
    clock: ManualClock = field(default_factory=ManualClock)
    vault: FakeSecretVault = field(default_factory=FakeSecretVault)
    faults: list[AgentToolbarError | None] = field(default_factory=list)
    retry_s: float = 0.05
    warm_up_s: float = 600.0

    def __post_init__(self) -> None:
        secret = keyring_name(self.url)
        if secret is not None and self.password is not None:
            self.vault.secrets[secret] = self.password
        self.store = SharedContextStore(
            self.own_file,
            self.dispatcher,
            self.clock,
            self.vault,
            self.url,
            retry_s=self.retry_s,
            warm_up_s=self.warm_up_s,
        )
        self.store.watch_faults(self.faults.append)

    def found(self, key: str = STORY.key) -> CallContext | None:
        answers: list[CallContext | None] = []
        self.store.find(key, answers.append)
        self.dispatcher.run_until(lambda: bool(answers), what="an answer of the store")
        return answers[0]

    def checked(self) -> str:
        """What the store says when it is asked whether it works, as `wait_for` names it."""
        answers: list[AgentToolbarError | None] = []
        self.store.check(answers.append)
        self.dispatcher.run_until(lambda: bool(answers), what="an answer of the store")
        return getattr(answers[0], "code", "well")

    def wait_for(self, code: str) -> None:
        def told() -> bool:
            return bool(self.faults) and getattr(self.faults[-1], "code", "well") == code

        self.dispatcher.run_until(told, what=code)


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[MakeDesk]:
    desks: list[Desk] = []

    def make(url: str = "", **options: object) -> Desk:
        options.setdefault("own_file", tmp_path / "profile" / "context.sqlite")
        desks.append(Desk(url=url, **options))
        return desks[-1]

    yield make
    for desk in desks:
        desk.store.close()


# ---------------------------------------------------------------------- PostgreSQL


def test_a_database_that_is_down_at_the_start_gets_the_stories_when_it_is_back(
    postgres: PostgresServer, make_desk: MakeDesk
) -> None:
    url = postgres.new_database()
    postgres.stop()
    try:
        ann = make_desk(url)
        ann.store.put(STORY)
        ann.wait_for("context_store_unreachable")
        found_meanwhile = ann.found()
    finally:
        postgres.start()
    ann.wait_for("well")

    assert found_meanwhile == STORY
    assert ann.faults[0].params == {"place": "127.0.0.1"}
    assert make_desk(url).found() == STORY


def test_a_database_that_restarts_is_met_again_without_a_fault(postgres: PostgresServer, make_desk: MakeDesk) -> None:
    ann = make_desk(postgres.new_database())
    ann.store.put(story(1))
    assert ann.found(story(1).key) == story(1)
    postgres.stop()
    postgres.start()
    ann.store.put(story(2))

    assert [ann.found(story(number).key) for number in (1, 2)] == [story(1), story(2)]
    assert ann.faults == []


def test_while_the_database_is_away_questions_are_answered_at_once(make_desk: MakeDesk) -> None:
    desk = make_desk(f"postgresql+psycopg://desk@127.0.0.1:{free_port()}/stories", retry_s=600.0)
    desk.store.put(STORY)
    desk.wait_for("context_store_unreachable")
    assert desk.checked() == "context_store_unreachable"
    begun = time.monotonic()

    assert desk.found("b" * 32) is None
    assert time.monotonic() - begun < 0.5


def test_a_server_that_takes_questions_and_never_answers_is_given_up(
    postgres: PostgresServer, make_desk: MakeDesk
) -> None:
    url = postgres.new_database()
    desk = make_desk(url, retry_s=600.0)
    assert desk.found() is None
    (backend,) = postgres.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'agent-toolbar'")
    frozen = (postgres.pid, backend[0])
    for process in frozen:
        os.kill(process, signal.SIGSTOP)
    try:
        begun = time.monotonic()
        assert desk.found() is None
        elapsed_s = time.monotonic() - begun
    finally:
        for process in frozen:
            os.kill(process, signal.SIGCONT)

    assert elapsed_s < ONE_ATTEMPT_S
    desk.wait_for("context_store_unreachable")


@pytest.mark.parametrize("password", ["wrong", None])
def test_a_wrong_or_missing_password_is_told_and_the_right_one_is_taken(
    postgres: PostgresServer, make_desk: MakeDesk, password: str | None
) -> None:
    url = postgres.new_database()
    desk = make_desk(url, password=password)
    desk.store.put(STORY)
    desk.wait_for("context_store_refused")
    assert desk.checked() == "context_store_refused"
    desk.vault.secrets[keyring_name(url)] = PASSWORD
    desk.store.use(url)
    assert desk.checked() == "well"
    desk.wait_for("well")

    assert make_desk(url).found() == STORY


def test_a_database_that_does_not_exist_or_lets_nobody_write_is_told(
    postgres: PostgresServer, make_desk: MakeDesk
) -> None:
    missing = make_desk(postgres.url("nowhere"))
    assert missing.found() is None
    missing.wait_for("context_store_refused")
    url = postgres.new_database()
    postgres.execute("CREATE ROLE reader LOGIN PASSWORD 'not-a-secret'")
    reader = make_desk(url.replace("//desk@", "//reader@"))
    assert reader.found() is None
    reader.wait_for("context_store_refused")


def test_a_table_that_was_made_for_the_desk_needs_no_right_to_make_tables(
    postgres: PostgresServer, make_desk: MakeDesk
) -> None:
    url = postgres.new_database()
    assert make_desk(url).found() is None
    database = url.rpartition("/")[2]
    postgres.execute("CREATE ROLE writer LOGIN PASSWORD 'not-a-secret'")
    postgres.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {TABLE.name} TO writer", database)
    writer = make_desk(url.replace("//desk@", "//writer@"))
    writer.store.put(STORY)

    assert writer.found() == STORY
    assert writer.faults == []


def test_questions_wait_for_a_slow_keyring(postgres: PostgresServer, make_desk: MakeDesk) -> None:
    url = postgres.new_database()
    desk = make_desk(url, vault=FakeSecretVault(slow=True))
    answers: list[CallContext | None] = []
    desk.store.put(STORY)
    desk.store.find(STORY.key, answers.append)
    desk.vault.answer()
    desk.dispatcher.run_until(lambda: bool(answers))

    assert (answers, desk.faults) == ([STORY], [])


def test_two_desks_whose_clocks_differ_by_an_hour_find_each_others_stories(
    postgres: PostgresServer, make_desk: MakeDesk
) -> None:
    url = postgres.new_database()
    ann, bob = make_desk(url), make_desk(url, clock=ManualClock(ManualClock().seconds + 3600.0))
    ann.store.put(STORY)
    assert ann.found() == STORY

    assert bob.found() == STORY


# ---------------------------------------------------------------------- SQLite


@pytest.mark.parametrize("kind", ["own file", "shared file", "postgresql"])
def test_desks_that_make_the_table_at_the_same_moment_all_succeed(
    request: pytest.FixtureRequest, make_desk: MakeDesk, tmp_path: Path, kind: str
) -> None:
    url = {"own file": "", "shared file": f"sqlite:///{tmp_path / 'stories.sqlite'}"}.get(kind)
    if url is None:
        url = request.getfixturevalue("postgres").new_database()
    desks = [make_desk(url) for _ in range(8)]
    for number, desk in enumerate(desks):
        desk.store.put(story(number))
    kept = [desk.found(story(number).key) for number, desk in enumerate(desks)]

    assert kept == [story(number) for number in range(8)]
    assert [desk.faults for desk in desks] == [[]] * 8
    assert make_desk(url).found(story(7).key) == story(7)


def test_a_locked_file_is_told_and_written_when_it_is_free(make_desk: MakeDesk, tmp_path: Path) -> None:
    path = tmp_path / "stories.sqlite"
    desk = make_desk(f"sqlite:///{path}")
    assert desk.found() is None
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        desk.store.put(STORY)
        desk.wait_for("context_store_failed")
        assert desk.faults[-1].params == {"place": "stories.sqlite", "detail": "SQLITE_BUSY"}
        assert desk.found() == STORY
        other.execute("ROLLBACK")
    desk.wait_for("well")

    assert make_desk(desk.url).found() == STORY


@pytest.mark.parametrize("garbage_from", [0, 4096])
def test_a_damaged_file_of_this_profile_is_begun_anew(make_desk: MakeDesk, tmp_path: Path, garbage_from: int) -> None:
    path = tmp_path / "context.sqlite"
    before = make_desk(own_file=path)
    for number in range(50):
        before.store.put(story(number))
    assert before.found(story(1).key) == story(1)
    before.store.close()
    with path.open("r+b") as file:
        file.seek(garbage_from)
        file.write(b"\xa5" * (path.stat().st_size - garbage_from))

    desk = make_desk(own_file=path)
    desk.store.put(STORY)
    found = desk.found()
    desk.store.close()

    assert found == STORY
    assert make_desk(own_file=path).found() == STORY
    assert desk.faults == []


def test_a_damaged_file_that_others_use_is_left_alone(make_desk: MakeDesk, tmp_path: Path) -> None:
    path = tmp_path / "stories.sqlite"
    path.write_bytes(b"no database " * 1000)
    desk = make_desk(f"sqlite:///{path}")
    desk.store.put(STORY)
    desk.wait_for("context_store_damaged")

    assert desk.found() == STORY
    assert path.read_bytes() == b"no database " * 1000


@pytest.fixture(params=["file system", "file size"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallDisk]:
    if request.param == "file size":
        with limited_files(tmp_path / "disk") as limited:
            yield limited
        return
    with mounted_disk(tmp_path / "disk", size_kib=512) as mounted:
        if mounted is None:
            pytest.skip("mounting a small file system needs root")
        yield mounted


def test_on_a_full_disk_stories_stay_in_memory_until_there_is_room(make_desk: MakeDesk, disk: SmallDisk) -> None:
    path = disk.folder / "context.sqlite"
    desk = make_desk(own_file=path)
    assert desk.found() is None
    disk.fill()
    big = [replace(story(number), stages=STORY.stages, name="x" * 100) for number in range(60)]
    for each in big:
        desk.store.put(each)
    desk.wait_for("context_store_disk_full")
    assert [desk.found(each.key) for each in big] == big

    disk.free()
    desk.wait_for("well")
    desk.store.close()
    again = make_desk(own_file=path)
    assert [again.found(each.key) for each in big] == big
    again.store.close()


def test_the_own_file_belongs_to_its_owner_only(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk()
    desk.store.put(STORY)
    desk.found()

    files = list(desk.own_file.parent.iterdir())
    assert {file.suffix for file in files} >= {".sqlite", ".sqlite-wal"}
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * len(files)


def test_a_shared_file_keeps_the_rights_that_its_owner_gave_it(make_desk: MakeDesk, tmp_path: Path) -> None:
    given, new = tmp_path / "given.sqlite", tmp_path / "new.sqlite"
    given.touch()
    given.chmod(0o660)
    for path in (given, new):
        desk = make_desk(f"sqlite:///{path}")
        desk.store.put(STORY)
        assert desk.found() == STORY

    assert [stat.S_IMODE(path.stat().st_mode) for path in (given, new)] == [0o660, 0o600]
    assert not list(tmp_path.glob("*-wal"))


# ---------------------------------------------------------------------- what is kept, and what is not told


def test_expired_stories_are_removed_by_the_next_write_and_at_the_next_start(make_desk: MakeDesk) -> None:
    def stored() -> set[str]:
        with closing(sqlite3.connect(desk.own_file)) as reader:
            return {key for (key,) in reader.execute(f"SELECT key FROM {TABLE.name}")}

    desk = make_desk()
    desk.store.put(story(1))
    desk.found()
    desk.clock.seconds += LIFE_S + 1
    desk.store.put(story(2))
    desk.found()
    after_write = stored()
    desk.store.close()
    later = make_desk(clock=ManualClock(desk.clock.seconds + LIFE_S + 1))
    later.found()

    assert after_write == {story(2).key}
    assert stored() == set()


def test_the_newest_stories_are_kept_while_none_can_be_written(make_desk: MakeDesk, tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("a file is in the way")
    desk = make_desk()
    for number in range(UNWRITTEN_KEPT + 10):
        desk.store.put(story(number))
    desk.wait_for("context_store_failed")
    assert desk.found(story(9).key) is None
    assert desk.found(story(10).key) == story(10)
    (tmp_path / "profile").unlink()
    desk.wait_for("well")

    assert make_desk().found(story(UNWRITTEN_KEPT + 9).key) == story(UNWRITTEN_KEPT + 9)


def test_closing_writes_what_waits(make_desk: MakeDesk) -> None:
    desk = make_desk()
    for number in range(30):
        desk.store.put(story(number))
    desk.store.close()

    assert make_desk().found(story(29).key) == story(29)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"key": 1}', '{"key": "x"}', '{"note": "a secret of the customer", "created_s": "a"}']
)
def test_what_another_desk_wrote_badly_is_no_story(
    make_desk: MakeDesk, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk = make_desk()
    desk.store.put(STORY)
    desk.found()
    with closing(sqlite3.connect(desk.own_file)) as writer, writer:
        writer.execute(f"UPDATE {TABLE.name} SET content = ?", (content,))

    assert desk.found() is None
    assert "cannot be read" in caplog.text
    assert "secret" not in caplog.text
    desk.store.put(STORY)
    assert desk.found() == STORY


def test_texts_of_another_desk_are_made_harmless(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.store.put(STORY)
    desk.found()
    with closing(sqlite3.connect(desk.own_file)) as writer, writer:
        (content,) = writer.execute(f"SELECT content FROM {TABLE.name}").fetchone()
        bad = content.replace("a secret of the customer", "two\\nlines\\u202e" + "x" * 900)
        writer.execute(f"UPDATE {TABLE.name} SET content = ?", (bad,))
    found = desk.found()

    assert found is not None
    assert found.note.startswith("two linesxxx")
    assert len(found.note) == 500


def test_half_a_character_holds_nothing_up(make_desk: MakeDesk, postgres: PostgresServer) -> None:
    desk = make_desk(postgres.new_database())
    desk.store.put(replace(STORY, note="half \ud83d a \x00 character"))
    desk.store.put(story(1))

    assert desk.found().note == "half a character"
    assert desk.found(story(1).key) == story(1)
    assert desk.faults == []


def test_nothing_of_a_story_is_ever_logged(
    make_desk: MakeDesk, postgres: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = postgres.new_database()
    desk = make_desk(url)
    desk.store.put(STORY)
    assert desk.found() == STORY
    postgres.execute(f"ALTER TABLE {TABLE.name} ADD CHECK (kept_s < 0) NOT VALID", url.rpartition("/")[2])
    desk.store.put(story(1))
    desk.wait_for("context_store_failed")

    assert desk.faults[-1].params == {"place": "127.0.0.1", "detail": "CheckViolation"}
    for secret in ("secret of", "note 1", "+33123456789", PASSWORD):
        assert secret not in caplog.text


def test_an_expired_story_is_gone_from_the_file_too(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.store.put(STORY)
    desk.found()
    desk.clock.seconds += LIFE_S + 1
    desk.store.put(story(1))
    desk.store.close()

    assert STORY.note.encode() not in desk.own_file.read_bytes()
    assert story(1).note.encode() in desk.own_file.read_bytes()


def test_a_store_that_nobody_uses_opens_by_itself_a_while_after_the_start(make_desk: MakeDesk, tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("a file is in the way")
    desk = make_desk(warm_up_s=0.05)

    desk.wait_for("context_store_failed")


def test_until_then_a_store_costs_the_start_no_import() -> None:
    program = "import sys; import agent_toolbar.storage.shared_context; print('sqlalchemy' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)

    assert finished.stdout == "False\n"


def test_the_database_is_opened_on_the_stores_own_thread(make_desk: MakeDesk) -> None:
    threads = {thread.name for thread in threading.enumerate()}
    desk = make_desk()
    desk.found()

    assert {thread.name for thread in threading.enumerate()} - threads == {"shared-context"}
