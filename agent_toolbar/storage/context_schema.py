"""The one table of shared stories, what is asked of it, and stories as rows of it. Imported on the store's thread only.

The name of the table carries its version: stories live ten minutes, so another shape is another table.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Double,
    Index,
    MetaData,
    Select,
    String,
    Table,
    Text,
    delete,
    insert,
    inspect,
    or_,
    select,
)
from sqlalchemy.schema import CreateIndex, CreateTable

from agent_toolbar.domain.context import (
    KEY,
    LIFE_S,
    NOTE_LENGTH,
    PROBABLE_S,
    CallContext,
    Party,
    Stage,
)
from agent_toolbar.domain.text import plain_text

_log = logging.getLogger(__name__)

STAGES_KEPT = 20  # a call that is passed on more often loses its first stages
STORY = Table(
    "agent_toolbar_story_1",
    MetaData(),
    Column("key", String(32), primary_key=True),
    Column("kept_s", Double, nullable=False),  # seconds since the epoch, by the database's clock where it has one
    Column("number", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("sent_to", Text, nullable=False),
    Column("content", Text, nullable=False),  # the whole story as JSON
)
_BY_AGE = Index("agent_toolbar_story_1_by_age", STORY.c.kept_s)


@dataclass(frozen=True, slots=True)
class KeptContext:
    """A story and when it was given to the store, in seconds since the epoch."""

    context: CallContext
    kept_s: float


def exists(connection: Connection) -> bool:
    return inspect(connection).has_table(STORY.name)


def create(connection: Connection) -> None:
    """Makes the table; does nothing when another desk has just done so."""
    connection.execute(CreateTable(STORY, if_not_exists=True))
    connection.execute(CreateIndex(_BY_AGE, if_not_exists=True))


def remove_expired(connection: Connection, now_s: float) -> None:
    """Two desks may do so at once: on PostgreSQL neither waits for rows that the other is removing already."""
    expired = select(STORY.c.key).where(STORY.c.kept_s < now_s - LIFE_S).with_for_update(skip_locked=True)
    connection.execute(delete(STORY).where(STORY.c.key.in_(expired)))


def put(connection: Connection, stories: Iterable[KeptContext]) -> None:
    """Writes each story in place of an earlier one of its key."""
    rows = [_row(kept) for kept in stories]
    if rows:
        connection.execute(delete(STORY).where(STORY.c.key.in_([row["key"] for row in rows])))
        connection.execute(insert(STORY), rows)


def find(connection: Connection, key: str, now_s: float) -> KeptContext | None:
    return _first(connection, _newest_since(now_s - LIFE_S).where(STORY.c.key == key))


def find_probable(connection: Connection, number: str, extension: str, now_s: float) -> KeptContext | None:
    """See application.ports.context.ContextStore."""
    return _first(
        connection,
        _newest_since(now_s - PROBABLE_S).where(
            or_(STORY.c.number == number, STORY.c.sender == number),
            or_(STORY.c.sent_to == extension, STORY.c.sender == extension),
        ),
    )


def may_belong(context: CallContext, number: str, extension: str) -> bool:
    """The same as the conditions of `find_probable`, for a story that is not in the database yet."""
    sender = context.sender.extension
    return number in {context.number, sender} and extension in {context.to_extension, sender}


def plain_context(context: CallContext) -> CallContext:
    """What another desk says is text from outside: each text on one line, harmless and of bounded length."""
    return replace(
        context,
        conversation=plain_text(context.conversation),
        number=plain_text(context.number),
        sender=_plain_party(context.sender),
        to_extension=plain_text(context.to_extension),
        kind=plain_text(context.kind),
        shown_number=plain_text(context.shown_number),
        name=plain_text(context.name),
        company=plain_text(context.company),
        note=plain_text(context.note, NOTE_LENGTH),
        stages=tuple(_plain_stage(stage) for stage in context.stages[-STAGES_KEPT:]),
    )


def _plain_party(party: Party) -> Party:
    return Party(plain_text(party.extension), plain_text(party.name))


def _plain_stage(stage: Stage) -> Stage:
    return replace(stage, who=_plain_party(stage.who), why=plain_text(stage.why))


def _newest_since(since_s: float) -> Select[tuple[str, float]]:
    newest = select(STORY.c.content, STORY.c.kept_s).where(STORY.c.kept_s >= since_s)
    return newest.order_by(STORY.c.kept_s.desc()).limit(1)


def _first(connection: Connection, asked: Select[tuple[str, float]]) -> KeptContext | None:
    row = connection.execute(asked).first()
    return _kept(row.content, row.kept_s) if row is not None else None


def _row(kept: KeptContext) -> dict[str, str | float]:
    context = plain_context(kept.context)
    return {
        "key": context.key,
        "kept_s": kept.kept_s,
        "number": context.number,
        "sender": context.sender.extension,
        "sent_to": context.to_extension,
        "content": msgspec.json.encode(context).decode(),
    }


def _kept(content: str, kept_s: float) -> KeptContext | None:
    try:
        context = msgspec.json.decode(content, type=CallContext)
    except msgspec.DecodeError as error:  # its text tells types and places, never values
        _log.warning("a story of another desk cannot be read: %s", error)
        return None
    if not KEY.fullmatch(context.key):
        _log.warning("a story of another desk has a key that is none")
        return None
    return KeptContext(plain_context(context), kept_s)
