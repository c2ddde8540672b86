"""Corrects numbers of the index, and keeps what they were: a source that is read again brings no wrong number back.

On its caller's thread; the connection belongs to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from agent_toolbar.crm.contact_schema import tail_of
from agent_toolbar.domain.contact import DIRECTORY_SOURCE
from agent_toolbar.domain.errors import NumberError
from agent_toolbar.domain.number_correction import CorrectionKind, NumberCorrection
from agent_toolbar.storage.database import transaction


def correct_number(connection: sqlite3.Connection, correction: NumberCorrection, now_s: float) -> None:
    """Writes `correction`, all or nothing; one that is written already changes nothing.

    Raises NumberError("contact_number_changed", now) where the contact does not have the number any more, or is not
    there; sqlite3.Error.
    """
    with transaction(connection):
        _Change(connection, correction, int(now_s)).write()


class _Change:
    def __init__(self, connection: sqlite3.Connection, correction: NumberCorrection, now_s: int) -> None:
        self._connection = connection
        self._correction = correction
        self._now_s = now_s

    def write(self) -> None:
        wanted = self._correction
        if self._connection.execute("SELECT 1 FROM number_correction WHERE key = ?", (wanted.key,)).fetchone():
            return
        origin = self._origin(wanted.contact_id)
        phones = self._connection.execute(
            "SELECT kind, extension, position, written FROM phone WHERE contact_id = ? AND key = ?",
            (wanted.contact_id, wanted.before),
        ).fetchall()
        to = self._origin(wanted.to_contact_id) if wanted.kind is CorrectionKind.MOVE else None
        if origin is None or not phones or (wanted.kind is CorrectionKind.MOVE and to is None):
            raise NumberError("contact_number_changed", now=self._numbers_now())
        self._connection.execute(
            "DELETE FROM phone WHERE contact_id = ? AND key = ?", (wanted.contact_id, wanted.before)
        )
        after = wanted.after if wanted.kind is CorrectionKind.CORRECT else ""
        self._remember(origin, wanted.before, after, written=phones[0][3] or "")
        if after:
            self._add(wanted.contact_id, [one[:3] for one in phones])
        if to is not None:
            self._add(wanted.to_contact_id, [(kind, extension, None) for kind, extension, *_ in phones])
            self._remember(to, "", wanted.after)

    def _origin(self, contact_id: int) -> tuple[str, str] | None:
        row = self._connection.execute("SELECT source, external_id FROM contact WHERE id = ?", (contact_id,))
        found: tuple[str, str] | None = row.fetchone()
        return found

    def _add(self, contact_id: int, phones: Iterable[tuple[str, str, int | None]]) -> None:
        """One that is there already stays as it is. Position None: after the others."""
        last = self._connection.execute(
            "SELECT coalesce(max(position), -1) FROM phone WHERE contact_id = ?", (contact_id,)
        ).fetchone()[0]
        key = self._correction.after
        self._connection.executemany(
            "INSERT OR IGNORE INTO phone (key, contact_id, kind, extension, tail, position, written)"
            " VALUES (?, ?, ?, ?, ?, ?, '')",
            [
                (key, contact_id, kind, extension, tail_of(key), last + 1 if position is None else position)
                for kind, extension, position in phones
            ],
        )

    def _remember(self, origin: tuple[str, str], before: str, after: str, *, written: str = "") -> None:
        wanted, (source, external_id) = self._correction, origin
        self._connection.execute(
            "INSERT INTO number_correction (key, source, external_id, before, after, kind, finding, call, corrected_s,"
            " written, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                wanted.key,
                source,
                external_id,
                before,
                after,
                wanted.kind,
                wanted.finding,
                wanted.evidence.call,
                self._now_s,
                written or before,
                not source.startswith(DIRECTORY_SOURCE),
            ),
        )

    def _numbers_now(self) -> str:
        rows = self._connection.execute(
            "SELECT DISTINCT key FROM phone WHERE contact_id = ? ORDER BY position", (self._correction.contact_id,)
        )
        return ", ".join(key for (key,) in rows)


@dataclass(slots=True)
class KnownCorrections:
    """What was corrected, oldest first, by where the contact came from. Few, so they are kept in memory."""

    changes: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    given: dict[str, list[str]] = field(default_factory=dict)  # right number: origins of contacts without an own id

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> KnownCorrections:
        found = cls()
        rows = connection.execute("SELECT source, external_id, before, after FROM number_correction ORDER BY place")
        for source, external_id, before, after in rows:
            found.changes.setdefault((source, external_id), []).append((before, after))
            if not source and before and after:
                found.given.setdefault(after, []).append(external_id)
        return found

    def keys_after(self, source: str, external_id: str, keys: Iterable[str]) -> dict[str, str]:
        """The right number by each key that the source has; "" where the contact has it no more."""
        changes = self.changes.get((source, external_id), [])
        found = {}
        for key in keys:
            now = key
            for before, after in changes:
                if before and now == before:
                    now = after
            found[key] = now
        return found

    def added(self, source: str, external_id: str) -> list[str]:
        """Numbers that were taken from other contacts and given to this one."""
        return [after for before, after in self.changes.get((source, external_id), []) if not before]

    def origin_of(self, external_id: str, first_key: str) -> str:
        """A contact without an own id is known by its first number: by which one, if that was corrected since."""
        person = external_id.removesuffix(first_key)
        return next((known for known in self.given.get(first_key, []) if known.startswith(person)), external_id)
