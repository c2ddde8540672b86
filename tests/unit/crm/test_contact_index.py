"""Contacts that are written many at once are written as one by one."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from agent_toolbar.crm.contact_index import Change, ContactWriter, StoredContact, StoredPhone
from tests.fakes.directory import empty_index

PHONES = st.lists(
    st.sampled_from(["+33123456789", "+441134960001", "1001"]).map(StoredPhone), min_size=1, max_size=2, unique=True
).map(tuple)
CONTACTS = st.builds(
    StoredContact,
    name=st.sampled_from(["Ann", "Élodie Lefèvre"]),
    phones=PHONES,
    company=st.sampled_from(["", "Œuvres & Co"]),
    source=st.sampled_from(["crm", "other"]),
    external_id=st.sampled_from(["", "1", "2"]),
)


def everything(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    """Both tables whole, and the ids that each word finds."""
    found = [list(connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")) for table in ("contact", "phone")]
    for word in ("ann", "elo", "lef", "oeuvres", "co"):
        query = "SELECT rowid FROM contact_words WHERE contact_words MATCH ?"
        found.append(sorted(connection.execute(query, (f'"{word}"*',))))
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(CONTACTS, max_size=12), st.lists(CONTACTS, max_size=12))
def test_many_at_once_are_written_as_one_by_one(earlier: list[StoredContact], contacts: list[StoredContact]) -> None:
    with closing(empty_index()) as one_by_one, closing(empty_index()) as at_once:
        for index in (one_by_one, at_once):
            for contact in earlier:
                ContactWriter(index, now_s=1).put(contact)
        writer = ContactWriter(one_by_one, now_s=2)
        changes = Counter(writer.put(contact) for contact in contacts)

        assert ContactWriter(at_once, now_s=2).put_all(contacts) == changes
        assert everything(at_once) == everything(one_by_one)


def test_the_same_contact_twice_in_one_go_is_added_once() -> None:
    ann = StoredContact("Ann", (StoredPhone("1001"),), source="crm", external_id="1")
    moved = StoredContact("Ann", (StoredPhone("1002"),), source="crm", external_id="1")

    with closing(empty_index()) as index:
        changes = ContactWriter(index, now_s=1).put_all([ann, ann, moved])

        assert changes == {Change.ADDED: 1, Change.UNCHANGED: 1, Change.UPDATED: 1}
        assert [key for (key,) in index.execute("SELECT key FROM phone")] == ["1002"]
