from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from agent_toolbar.domain.errors import StorageError
from agent_toolbar.storage.database import (
    DatabaseFault,
    Durability,
    Schema,
    fault_of,
    open_database,
    set_aside,
    transaction,
)

FIRST = Schema((("CREATE TABLE note (text TEXT)",),))
SECOND = Schema((*FIRST.migrations, ("ALTER TABLE note ADD COLUMN seen INTEGER NOT NULL DEFAULT 0",)))
BROKEN = Schema((*FIRST.migrations, ("CREATE TABLE other (text TEXT)", "NO SQL AT ALL")))
INSERT_BY_ANOTHER_PROCESS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("INSERT INTO note (text) VALUES ('from afar')")
connection.commit()
connection.close()
"""


def opened(path: Path, schema: Schema = FIRST):
    return closing(open_database(path, schema, Durability.FULL))


def notes(connection: sqlite3.Connection) -> list[str]:
    return [text for (text,) in connection.execute("SELECT text FROM note")]


def test_a_file_is_made_with_its_folders_and_keeps_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "notes.sqlite"
    with opened(path) as connection, transaction(connection):
        connection.execute("INSERT INTO note VALUES ('kept')")

    with opened(path) as connection:
        assert notes(connection) == ["kept"]


def test_commits_are_on_the_disk_when_durability_is_full(tmp_path: Path) -> None:
    with opened(tmp_path / "notes.sqlite") as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_older_file_is_migrated_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    with opened(path) as connection:
        connection.execute("INSERT INTO note VALUES ('old')")

    with opened(path, SECOND) as connection:
        assert connection.execute("SELECT text, seen FROM note").fetchall() == [("old", 0)]
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    with opened(path):
        pass
    with pytest.raises(sqlite3.OperationalError):
        open_database(path, BROKEN, Durability.FULL)

    with opened(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("note",)]


def test_a_file_of_a_later_release_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    with opened(path, SECOND):
        pass

    with pytest.raises(StorageError) as refused:
        open_database(path, FIRST, Durability.FULL)
    assert (refused.value.code, refused.value.params) == ("database_too_new", {"found": 2, "known": 1})
    assert fault_of(refused.value) is DatabaseFault.FAILED


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "notes.sqlite") as connection:

        def fail_half_way() -> None:
            with transaction(connection):
                connection.execute("INSERT INTO note VALUES ('half')")
                connection.execute("SELECT no_such_column FROM note")

        with pytest.raises(sqlite3.OperationalError):
            fail_half_way()

        assert notes(connection) == []
        assert not connection.in_transaction


def test_opening_a_file_again_leaves_the_locks_of_its_other_connections(tmp_path: Path) -> None:
    """Without them, another process that closes the file takes the write-ahead log away under our feet."""
    path = tmp_path / "notes.sqlite"
    with opened(path) as first, opened(path):
        assert notes(first) == []
        subprocess.run([sys.executable, "-c", INSERT_BY_ANOTHER_PROCESS, str(path)], check=True)

        assert path.with_name("notes.sqlite-wal").exists()
        assert notes(first) == ["from afar"]


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (OSError(errno.ENOSPC, "full"), DatabaseFault.DISK_FULL),
        (OSError(errno.EDQUOT, "quota"), DatabaseFault.DISK_FULL),
        (OSError(errno.EACCES, "denied"), DatabaseFault.FAILED),
        (sqlite3.OperationalError("by hand"), DatabaseFault.FAILED),
    ],
)
def test_errors_are_told_apart(error: Exception, fault: DatabaseFault) -> None:
    assert fault_of(error) is fault


def test_a_file_that_is_no_database_counts_as_corrupted(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_text("This is a shopping list, and a long one. " * 100)

    with pytest.raises(sqlite3.DatabaseError) as refused:
        open_database(path, FIRST, Durability.FULL)
    assert fault_of(refused.value) is DatabaseFault.CORRUPTED


def test_a_page_limit_counts_as_a_full_disk(tmp_path: Path) -> None:
    with opened(tmp_path / "notes.sqlite") as connection:
        connection.execute("PRAGMA max_page_count = 3")
        with pytest.raises(sqlite3.OperationalError) as refused:
            connection.execute("INSERT INTO note VALUES (zeroblob(100000))")
    assert fault_of(refused.value) is DatabaseFault.DISK_FULL


def test_a_damaged_file_is_set_aside_with_its_companions_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    kept = []
    for content in ("first", "second"):
        path.write_text(content)
        path.with_name("notes.sqlite-wal").write_text(f"log of {content}")
        kept.append(set_aside(path, now_s=0.0))

    assert [file.name for file in kept] == [
        "notes.sqlite.corrupt-19700101T000000Z",
        "notes.sqlite.corrupt-19700101T000000Z-2",
    ]
    assert [file.read_text() for file in kept] == ["first", "second"]
    assert [file.with_name(f"{file.name}-wal").read_text() for file in kept] == ["log of first", "log of second"]
    assert not path.exists()
