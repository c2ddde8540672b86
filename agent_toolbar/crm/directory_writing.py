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
    def correct_number(self, href: str, etag: str, old: str, new: str) -> str:
        """See carddav.CardDavFeed."""


def write_corrections(
    connection: sqlite3.Connection, source: str, versions: dict[str, str], book: CorrectsNumbers
) -> None:
    """`versions`: ETags by id, as they were read last; a card that changed since is left for the next time.

    Raises DirectoryError where the address book cannot be written now; sqlite3.Error.
    """
    rows = connection.execute(
        "SELECT place, external_id, written, after FROM number_correction WHERE source = ? AND NOT told ORDER BY place",
        (source,),
    ).fetchall()
    now = dict(versions)
    for place, href, written, after in rows:
        try:
            now[href] = book.correct_number(href, now.get(href, ""), written, after)
        except DirectoryError as fault:
            if fault.code == "directory_changed":
                continue
            if fault.code not in _SETTLED:
                raise
        with transaction(connection):
            connection.execute("UPDATE number_correction SET told = 1 WHERE place = ?", (place,))
