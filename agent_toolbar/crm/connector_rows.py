"""Rows of a connector as values of the domain: bounded plain text, whatever a CRM sends. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from agent_toolbar.domain.contact import Importance, MatchLevel
from agent_toolbar.domain.crm import CrmContact, CrmUser, Deal, PastContact
from agent_toolbar.domain.text import MAX_CALLER_TEXT, plain_text

MAX_TEXT = 300
MAX_PAST = 3
_LEVELS = tuple(MatchLevel)
_IMPORTANCES = {importance.value: importance for importance in Importance}
_TIME_FIELDS = ("year", "month", "day", "hour", "minute", "second")
Row = Mapping[str, object]


def contacts_of(rows: Iterable[Row]) -> tuple[CrmContact, ...]:
    """Each only once, surest first, the important ones first among equals."""
    best: dict[str, CrmContact] = {}
    order = list(Importance)
    found = [contact_of(row) for row in rows]
    for contact in sorted(found, key=lambda one: (_LEVELS.index(one.level), -order.index(one.importance))):
        if contact.id:
            best.setdefault(contact.id, contact)
    return tuple(best.values())


def contact_of(row: Row) -> CrmContact:
    """`vip` or `importance` tell who matters; `mobile` stands in where there is no `number`."""
    level = row.get("level")
    importance = _IMPORTANCES.get(text_of(row, "importance").lower(), Importance.NORMAL)
    return CrmContact(
        id=text_of(row, "id"),
        name=text_of(row, "name"),
        company=text_of(row, "company"),
        number=text_of(row, "number") or text_of(row, "mobile"),
        importance=Importance.VIP if text_of(row, "vip").lower() in {"true", "1"} else importance,
        owner=text_of(row, "owner"),
        url=text_of(row, "url", 2000),
        level=level if isinstance(level, MatchLevel) else MatchLevel.EXACT,
    )


def deal_of(row: Row) -> Deal:
    return Deal(
        text_of(row, "id"),
        text_of(row, "title"),
        text_of(row, "amount", 40),
        text_of(row, "currency", 8),
        text_of(row, "stage"),
    )


def history_of(rows: Iterable[Row]) -> tuple[PastContact, ...]:
    """The newest first."""
    past = [PastContact(_time(row.get("when")), text_of(row, "text", MAX_TEXT), text_of(row, "who")) for row in rows]
    return tuple(sorted(past, key=lambda one: one.when, reverse=True)[:MAX_PAST])


def user_of(rows: Iterable[Row], account: str) -> CrmUser | None:
    for row in rows:
        return CrmUser(account, text_of(row, "id"), text_of(row, "name"))
    return None


def text_of(row: Row, name: str, limit: int = MAX_CALLER_TEXT) -> str:
    """On one line; "" where there is nothing (for Odoo that is false), or a table; of a list its first entry."""
    value = row.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None or value is False or isinstance(value, dict) else plain_text(str(value), limit)


def _time(value: object) -> str:
    """ISO 8601: a text as it is, seconds since the epoch, or a table of year, month, day and so on, as Tryton sends."""
    if isinstance(value, dict):
        parts = [value[name] for name in _TIME_FIELDS if isinstance(value.get(name), int)]
        try:
            moment = datetime(*parts, tzinfo=UTC)  # type: ignore[misc]  # a wrong number of parts is a TypeError
        except (TypeError, ValueError, OverflowError):
            return ""
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if len(parts) > 3 else moment.strftime("%Y-%m-%d")
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except (ValueError, OverflowError, OSError):
            return ""
    return plain_text(value, 40) if isinstance(value, str) else ""
