"""Reads what an audit of the numbers needs: the index in order of its numbers, the week's callers. Reads only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from agent_toolbar.crm.contact_schema import CONTACT_SCHEMA
from agent_toolbar.crm.number_audit import AuditedPhone, HeardCaller
from agent_toolbar.domain.call import CallDirection
from agent_toolbar.storage.database import Durability, Schema, open_database
from agent_toolbar.storage.journal_schema import JOURNAL_SCHEMA

_PHONES = """SELECT phone.key, phone.extension, phone.written, contact.id, contact.name, contact.company
    FROM phone JOIN contact ON contact.id = phone.contact_id ORDER BY phone.key, phone.extension, phone.contact_id"""
_CALLERS = "SELECT started_s, number_key, contact_id <> 0 FROM call WHERE direction = ? AND started_s >= ?"


@contextmanager
def reading_index(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own; raises like storage.database.open_database."""
    with _reading(path, CONTACT_SCHEMA) as connection:
        yield connection


def count_phones(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM phone").fetchone()[0])


def phones_by_number(connection: sqlite3.Connection) -> Iterator[AuditedPhone]:
    """All numbers of all contacts, row by row: only the contacts of one number are ever sorted."""
    return (AuditedPhone(*row) for row in connection.execute(_PHONES))


def callers_since(journal: Path, since_s: float) -> Iterator[HeardCaller]:
    """Incoming calls that began at or after `since_s`; none where there is no journal."""
    if not journal.exists():
        return
    with _reading(journal, JOURNAL_SCHEMA) as connection:
        for started_s, key, known in connection.execute(_CALLERS, (CallDirection.INCOMING, since_s)):
            yield HeardCaller(started_s, key, bool(known))


@contextmanager
def _reading(path: Path, schema: Schema) -> Iterator[sqlite3.Connection]:
    with closing(open_database(path, schema, Durability.NORMAL)) as connection:
        connection.execute("PRAGMA query_only = ON")
        yield connection
