"""Tells an address book of numbers that were corrected here, before it is read again. In the sync process.

What is not told yet stands in the index (`number_correction.told`), so that it survives whatever happens meanwhile.
"""

from __future__ import annotations

import sqlite3
from typing import Protocol

from agent_toolbar.domain.errors import DirectoryError
from agent_toolbar.storage.database import transaction

# the number is not there any more, or nobody may write: nothing of ours is to be written over that
_SETTLED = frozenset({"directory_no_such_number", "directory_not_found", "directory_forbidden"})


class CorrectsNumbers(Protocol):
    """See carddav.CardDavFeed. Each answers with the ETag that the card has now, "" where nobody says."""

    def correct_number(self, href: str, etag: str, old: str, new: str) -> str: ...

    def retire_number(self, href: str, etag: str, old: str) -> str: ...

    def add_number(self, href: str, etag: str, new: str) -> str: ...


def write_corrections(
    connection: sqlite3.Connection, source: str, versions: dict[str, str], book: CorrectsNumbers
) -> None:
    """`versions`: ETags by id, as they were read last; a card that changed since is left for the next time.

    Raises DirectoryError where the address book cannot be written now; sqlite3.Error.
    """
    rows = connection.execute(
        "SELECT place, external_id, before, after, written FROM number_correction"
        " WHERE source = ? AND NOT told ORDER BY place",
        (source,),
    ).fetchall()
    now = dict(versions)
    changed: set[str] = set()
    for place, href, before, after, written in rows:
        if href in changed:  # what comes later on this card is about what came first
            continue
        try:
            if not after:
                now[href] = book.retire_number(href, now.get(href, ""), written)
            elif before:
                now[href] = book.correct_number(href, now.get(href, ""), written, after)
            elif not _has_it_already(connection, source, href, after):
                now[href] = book.add_number(href, now.get(href, ""), after)
        except DirectoryError as fault:
            if fault.code == "directory_changed":
                changed.add(href)
                continue
            if fault.code not in _SETTLED:
                raise
        with transaction(connection):
            connection.execute("UPDATE number_correction SET told = 1 WHERE place = ?", (place,))


def _has_it_already(connection: sqlite3.Connection, source: str, href: str, number: str) -> bool:
    """Whether the address book itself gave this number, in a spelling of its own."""
    row = connection.execute(
        "SELECT 1 FROM phone JOIN contact ON contact.id = phone.contact_id"
        " WHERE contact.source = ? AND contact.external_id = ? AND phone.key = ? AND phone.written <> ''",
        (source, href, number),
    ).fetchone()
    return row is not None
