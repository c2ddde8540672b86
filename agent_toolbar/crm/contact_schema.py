"""The tables of the contact index.

`phone.tail` holds the last eight digits, for callers that are only nearly known. `contact_words` is a full-text index
without content of its own: its row is the contact's id, its text `indexed_words`. `phone.written` is the number as its
source wrote it, "" where that is the key itself, NULL where an earlier release read it and did not keep that.
`directory` and `directory_entry` say how far each company directory has been read: its token, and the version (ETag)
of each entry, contact or not. `number_correction` keeps what numbers of which contact (by its origin) were before they
were corrected: "" after for one that was taken away, "" before for one that was given; `written` is how its source
wrote the wrong one, `told` 0 while a directory must still be told.
"""

from __future__ import annotations

from agent_toolbar.domain.contact import Importance
from agent_toolbar.domain.folded_text import search_words
from agent_toolbar.storage.database import Schema

TAIL_DIGITS = 8
IMPORTANT_WORD = "★"  # of important contacts in the full-text index; nobody can type it, it is no letter

CONTACT_SCHEMA = Schema(
    migrations=(
        (
            """CREATE TABLE contact (
                id INTEGER PRIMARY KEY,
                source TEXT NOT NULL,
                external_id TEXT NOT NULL,
                name TEXT NOT NULL,
                company TEXT NOT NULL,
                importance INTEGER NOT NULL,
                owner TEXT NOT NULL,
                fingerprint BLOB NOT NULL,
                updated_s INTEGER NOT NULL
            )""",
            "CREATE UNIQUE INDEX contact_by_origin ON contact (external_id, source)",
            """CREATE TABLE phone (
                key TEXT NOT NULL,
                contact_id INTEGER NOT NULL,
                kind TEXT NOT NULL,
                extension TEXT NOT NULL,
                tail TEXT NOT NULL,
                position INTEGER NOT NULL,
                PRIMARY KEY (key, contact_id, extension)
            ) WITHOUT ROWID""",
            "CREATE INDEX phone_by_tail ON phone (tail) WHERE tail <> ''",
            "CREATE INDEX phone_of_contact ON phone (contact_id)",
            """CREATE VIRTUAL TABLE contact_words USING fts5(
                words, content = '', detail = none, columnsize = 0, prefix = '1 2 3 4', tokenize = 'ascii'
            )""",
        ),
        ("ALTER TABLE phone ADD COLUMN written TEXT",),
        (
            """CREATE TABLE directory (
                source TEXT PRIMARY KEY,
                address TEXT NOT NULL,
                token TEXT NOT NULL
            ) WITHOUT ROWID""",
            """CREATE TABLE directory_entry (
                source TEXT NOT NULL,
                external_id TEXT NOT NULL,
                version TEXT NOT NULL,
                PRIMARY KEY (source, external_id)
            ) WITHOUT ROWID""",
        ),
        (
            """CREATE TABLE number_correction (
                place INTEGER PRIMARY KEY,
                key TEXT NOT NULL,
                source TEXT NOT NULL,
                external_id TEXT NOT NULL,
                before TEXT NOT NULL,
                after TEXT NOT NULL,
                kind TEXT NOT NULL,
                finding TEXT NOT NULL,
                call TEXT NOT NULL,
                corrected_s INTEGER NOT NULL,
                written TEXT NOT NULL,
                told INTEGER NOT NULL
            )""",
            "CREATE INDEX number_correction_by_key ON number_correction (key)",
        ),
    )
)

IMPORTANCE_RANKS = {Importance.NORMAL: 0, Importance.HIGH: 1, Importance.VIP: 2}
IMPORTANCES = {rank: importance for importance, rank in IMPORTANCE_RANKS.items()}


def tail_of(key: str) -> str:
    """The last eight digits of an E.164 key; "" for what has no such tail."""
    return key[-TAIL_DIGITS:] if key.startswith("+") and len(key) > TAIL_DIGITS else ""


def indexed_words(name: str, company: str, importance: Importance) -> str:
    """The text of a contact in the full-text index."""
    words = search_words(f"{name} {company}")
    if importance is not Importance.NORMAL:
        words.append(IMPORTANT_WORD)
    return " ".join(words)
