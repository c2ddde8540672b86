"""Writes contacts into the index: adds, updates, leaves alone what has not changed. On its caller's thread."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from hashlib import blake2b

from agent_toolbar.crm.contact_schema import IMPORTANCE_RANKS, IMPORTANCES, indexed_words, tail_of
from agent_toolbar.crm.number_changes import KnownCorrections
from agent_toolbar.domain.contact import Importance
from agent_toolbar.domain.folded_text import folded


@dataclass(frozen=True, slots=True)
class StoredPhone:
    """One number of a contact: its canonical key, "work", "mobile", ... or "", and its extension.

    Attributes:
        written: as its source wrote it; "" where that is the key itself.
    """

    key: str
    kind: str = ""
    extension: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class StoredContact:
    """A contact as the index keeps it; phones hold each (key, extension) once and at least one.

    Attributes:
        source, external_id: the origin; both "" for a contact that its file gives no identity.
    """

    name: str
    phones: tuple[StoredPhone, ...]
    company: str = ""
    importance: Importance = Importance.NORMAL
    owner: str = ""
    source: str = ""
    external_id: str = ""

    @property
    def origin(self) -> tuple[str, str]:
        """What the contact is known by when it comes again: its own id, else name, company and first number."""
        if self.external_id:
            return self.external_id, self.source
        return "\x1f".join((folded(self.name), folded(self.company), self.phones[0].key)), ""


class Change(Enum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


_Origin = tuple[str, str]
_New = tuple[StoredContact, _Origin, bytes]  # with its fingerprint
_INSERT_PHONE = (
    "INSERT INTO phone (key, contact_id, kind, extension, tail, position, written) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_WORDS = "INSERT INTO contact_words (rowid, words) VALUES (?, ?)"


class ContactWriter:
    """Puts contacts into the index within a transaction of the caller."""

    def __init__(self, connection: sqlite3.Connection, now_s: int) -> None:
        self._connection = connection
        self._now_s = now_s
        self._corrections: KnownCorrections | None = None

    def put_all(self, contacts: Sequence[StoredContact]) -> Counter[Change]:
        """Like `put` for each in turn, in half the time: a few hundred are best."""
        right = [self._corrected(contact) for contact in contacts]
        origins = [(external_id, source) for _, external_id, source in right]
        known = self._fingerprints(origins)
        changes: Counter[Change] = Counter()
        new: list[_New] = []
        for contact, (corrected, *_), origin in zip(contacts, right, origins, strict=True):
            fingerprint = _fingerprint(contact)
            if origin not in known:
                new.append((corrected, origin, fingerprint))
                changes[Change.ADDED] += 1
            elif known[origin] == fingerprint:
                changes[Change.UNCHANGED] += 1
            else:
                self._add_all(new)  # it may be one of them that comes again
                new = []
                changes[self.put(contact)] += 1
            known[origin] = fingerprint
        self._add_all(new)
        return changes

    def put(self, contact: StoredContact) -> Change:
        """Writes `contact` in place of the one with the same origin; what was corrected since stays corrected."""
        fingerprint = _fingerprint(contact)
        contact, external_id, source = self._corrected(contact)
        stored = self._connection.execute(
            "SELECT id, fingerprint, name, company, importance FROM contact WHERE external_id = ? AND source = ?",
            (external_id, source),
        ).fetchone()
        if stored is None:
            self._add_all([(contact, (external_id, source), fingerprint)])
            return Change.ADDED
        contact_id, known_fingerprint, name, company, importance = stored
        if known_fingerprint == fingerprint:
            return Change.UNCHANGED
        self._forget_words(contact_id, indexed_words(name, company, IMPORTANCES[importance]))
        self._connection.execute("DELETE FROM phone WHERE contact_id = ?", (contact_id,))
        self._connection.execute(
            "UPDATE contact SET name = ?, company = ?, importance = ?, owner = ?, fingerprint = ?, updated_s = ?"
            " WHERE id = ?",
            (
                contact.name,
                contact.company,
                IMPORTANCE_RANKS[contact.importance],
                contact.owner,
                fingerprint,
                self._now_s,
                contact_id,
            ),
        )
        self._put_phones_and_words(contact_id, contact)
        return Change.UPDATED

    def remove(self, source: str, external_id: str) -> bool:
        """Takes out the contact of this origin; False if there is none."""
        stored = self._connection.execute(
            "SELECT id, name, company, importance FROM contact WHERE external_id = ? AND source = ?",
            (external_id, source),
        ).fetchone()
        if stored is None:
            return False
        contact_id, name, company, importance = stored
        self._forget_words(contact_id, indexed_words(name, company, IMPORTANCES[importance]))
        self._connection.execute("DELETE FROM phone WHERE contact_id = ?", (contact_id,))
        self._connection.execute("DELETE FROM contact WHERE id = ?", (contact_id,))
        return True

    def _corrected(self, contact: StoredContact) -> tuple[StoredContact, str, str]:
        """The contact with its right numbers, and its origin."""
        if self._corrections is None:  # within the transaction, so that none is missed
            self._corrections = KnownCorrections.read(self._connection)
        known = self._corrections
        external_id, source = contact.origin
        if not known.changes:
            return contact, external_id, source
        if not contact.external_id:
            external_id = known.origin_of(external_id, contact.phones[0].key)
        right = known.keys_after(source, external_id, [phone.key for phone in contact.phones])
        phones = {
            (right[phone.key], phone.extension): phone
            if right[phone.key] == phone.key
            else replace(phone, key=right[phone.key], written="")
            for phone in contact.phones
            if right[phone.key]
        }
        for key in known.added(source, external_id):
            phones.setdefault((key, ""), StoredPhone(key))
        return replace(contact, phones=tuple(phones.values())), external_id, source

    def _fingerprints(self, origins: Sequence[_Origin]) -> dict[_Origin, bytes]:
        """Of those that are in the index."""
        found: dict[_Origin, bytes] = {}
        for source in {source for _, source in origins}:
            ids = [external_id for external_id, of in origins if of == source]
            rows = self._connection.execute(
                "SELECT external_id, fingerprint FROM contact"
                f" WHERE source = ? AND external_id IN ({', '.join('?' * len(ids))})",
                (source, *ids),
            )
            found.update(((external_id, source), fingerprint) for external_id, fingerprint in rows)
        return found

    def _add_all(self, new: Sequence[_New]) -> None:
        if not new:
            return
        (last,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM contact").fetchone()
        numbered = list(enumerate(new, last + 1))
        self._connection.executemany(
            "INSERT INTO contact (id, source, external_id, name, company, importance, owner, fingerprint, updated_s)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    contact_id,
                    origin[1],
                    origin[0],
                    contact.name,
                    contact.company,
                    IMPORTANCE_RANKS[contact.importance],
                    contact.owner,
                    fingerprint,
                    self._now_s,
                )
                for contact_id, (contact, origin, fingerprint) in numbered
            ],
        )
        self._connection.executemany(
            _INSERT_PHONE, [row for contact_id, (contact, _, _) in numbered for row in _phone_rows(contact_id, contact)]
        )
        self._connection.executemany(_INSERT_WORDS, [(contact_id, _words(one[0])) for contact_id, one in numbered])

    def _put_phones_and_words(self, contact_id: int, contact: StoredContact) -> None:
        self._connection.executemany(_INSERT_PHONE, _phone_rows(contact_id, contact))
        self._connection.execute(_INSERT_WORDS, (contact_id, _words(contact)))

    def _forget_words(self, contact_id: int, words: str) -> None:
        """An index without content has to be told what it indexed (SQLite FTS5, section 6.4)."""
        self._connection.execute(
            "INSERT INTO contact_words (contact_words, rowid, words) VALUES ('delete', ?, ?)", (contact_id, words)
        )


def _phone_rows(contact_id: int, contact: StoredContact) -> list[tuple[str, int, str, str, str, int, str]]:
    return [
        (phone.key, contact_id, phone.kind, phone.extension, tail_of(phone.key), position, phone.written)
        for position, phone in enumerate(contact.phones)
    ]


def _words(contact: StoredContact) -> str:
    return indexed_words(contact.name, contact.company, contact.importance)


def _fingerprint(contact: StoredContact) -> bytes:
    fields = [contact.name, contact.company, contact.importance, contact.owner]
    fields += [part for phone in contact.phones for part in (phone.key, phone.kind, phone.extension, phone.written)]
    return blake2b("\x1f".join(fields).encode(), digest_size=8).digest()
