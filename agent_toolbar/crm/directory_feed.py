"""What a directory's reader hands over, and how that comes into the index: all or nothing. In the sync process."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from agent_toolbar.application.ports.directory import SkippedRow
from agent_toolbar.application.ports.directory_sync import SyncOutcome
from agent_toolbar.crm.contact_file import ContactRow
from agent_toolbar.crm.contact_index import Change, ContactWriter
from agent_toolbar.crm.importers import stored_contact
from agent_toolbar.crm.written_numbers import WrittenNumbers
from agent_toolbar.domain.contact import DIRECTORY_SOURCE
from agent_toolbar.storage.database import transaction

MAX_ENTRIES = 200_000
MAX_ID = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """How far a directory has been read: its token, and the version of each entry by id ("" asks for it again)."""

    token: str = ""
    versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    id: str
    version: str
    row: ContactRow | SkippedRow


@dataclass(frozen=True, slots=True)
class FeedChanges:
    """What has to be done to what was known: `put` what is new or changed, take out what is `gone`."""

    put: list[FeedEntry]
    gone: set[str]
    token: str = ""


class Feed(Protocol):
    def changes(self, known: Known, told: Callable[[int, int], None]) -> FeedChanges:
        """Reads the directory; `told(done, total)` may raise to end that. Raises DirectoryError."""

    def close(self) -> None: ...


def source_of(name: str) -> str:
    """The source in the index."""
    return f"{DIRECTORY_SOURCE}{name}"


def known_of(connection: sqlite3.Connection, source: str, address: str) -> Known:
    """`address` is everything that decides what is read; at another one nothing is taken for unchanged."""
    stored = connection.execute("SELECT address, token FROM directory WHERE source = ?", (source,)).fetchone()
    versions = dict(
        connection.execute("SELECT external_id, version FROM directory_entry WHERE source = ?", (source,)).fetchall()
    )
    if stored is None or stored[0] != address:
        return Known(versions=dict.fromkeys(versions, ""))
    return Known(stored[1], versions)


def apply_changes(
    connection: sqlite3.Connection,
    source: str,
    address: str,
    changes: FeedChanges,
    *,
    numbers: WrittenNumbers,
    now_s: int,
) -> SyncOutcome:
    """Raises sqlite3.Error; then the index is as it was."""
    writer = ContactWriter(connection, now_s)
    counts = dict.fromkeys(Change, 0)
    removed = skipped = 0
    with transaction(connection):
        for entry in changes.put:
            contact = entry.row
            if isinstance(contact, ContactRow):
                usable = stored_contact(contact, numbers, source)
                if not isinstance(usable, SkippedRow):
                    counts[writer.put(replace(usable, external_id=entry.id))] += 1
                    continue
            skipped += 1
            removed += writer.remove(source, entry.id)
        for gone in changes.gone:
            removed += writer.remove(source, gone)
        connection.executemany(
            "DELETE FROM directory_entry WHERE source = ? AND external_id = ?", [(source, one) for one in changes.gone]
        )
        connection.executemany(
            "INSERT OR REPLACE INTO directory_entry (source, external_id, version) VALUES (?, ?, ?)",
            _rows(source, changes),
        )
        connection.execute(
            "INSERT OR REPLACE INTO directory (source, address, token) VALUES (?, ?, ?)",
            (source, address, changes.token),
        )
        contacts = connection.execute("SELECT count(*) FROM contact WHERE source = ?", (source,)).fetchone()[0]
    return SyncOutcome(int(contacts), counts[Change.ADDED], counts[Change.UPDATED], removed, skipped)


def keep_only(connection: sqlite3.Connection, sources: frozenset[str]) -> int:
    """Takes out what came of other directories than `sources`; how many contacts that were. Raises sqlite3.Error."""
    others = {str(one) for (one,) in connection.execute("SELECT source FROM directory")} - sources
    if not others:
        return 0
    writer = ContactWriter(connection, 0)
    removed = 0
    with transaction(connection):
        for source in others:
            entries = connection.execute(
                "SELECT external_id FROM directory_entry WHERE source = ?", (source,)
            ).fetchall()
            removed += sum(writer.remove(source, external_id) for (external_id,) in entries)
            connection.execute("DELETE FROM directory_entry WHERE source = ?", (source,))
            connection.execute("DELETE FROM directory WHERE source = ?", (source,))
    return removed


def _rows(source: str, changes: FeedChanges) -> Iterator[tuple[str, str, str]]:
    for entry in changes.put:
        yield source, entry.id, entry.version
