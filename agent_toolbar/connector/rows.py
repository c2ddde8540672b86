"""Rows of an answer as a manifest maps them: plain values of bounded size. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from agent_toolbar.connector.data_path import DataPath
from agent_toolbar.connector.exchange import host_of
from agent_toolbar.connector.filters import text_of
from agent_toolbar.connector.network import is_loopback
from agent_toolbar.connector.template import MissingValueError, Scope, Template, render_tree
from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.domain.text import plain_text

MAX_ROWS = 200
MAX_VALUE = 1000
MAX_URL = 2000
MAX_ENTRIES = 50
MAX_DEPTH = 4
Row = dict[str, object]
Verify = Callable[[str, Mapping[str, object]], MatchLevel | None]


def raw_rows(data: object, path: DataPath) -> list[object]:
    """The rows of an answer. Raises CrmError("crm_broken_answer") where the list is not where it should be."""
    if data is None or data == {}:
        return [] if path.steps else [data]
    if data == []:
        return []
    found = path.read(data)
    if isinstance(found, list):
        return found[:MAX_ROWS]
    if found is None:
        if path.steps and not _is_null(data, path):
            raise CrmError("crm_broken_answer", detail=plain_text(".".join(map(str, path.steps)), 60))
        return []
    return [found]


def mapped_row(mapping: Mapping[str, object], scope: Scope, page_hosts: frozenset[str]) -> Row:
    """`url` is a page on an allowed host, else ""."""
    row: Row = {}
    for name, tree in mapping.items():
        if name == "url" and isinstance(tree, Template):
            row[name] = _page(tree, scope, page_hosts)
        else:
            row[name] = _plain(render_tree(tree, scope), MAX_DEPTH)
    return row


def verified(row: Row, inputs: Mapping[str, object], verify: Verify) -> Row | None:
    """With the level of the best of its numbers, and that number; None if none of them is the one asked for."""
    stored = row.get("number")
    numbers = [text_of(one) for one in (stored if isinstance(stored, list) else [stored]) if one]
    levels = [(level, number) for number in numbers if (level := verify(number, inputs)) is not None]
    if not levels:
        return None
    order = list(MatchLevel)
    level, number = min(levels, key=lambda one: order.index(one[0]))
    return {**row, "number": number, "level": level}


def _is_null(data: object, path: DataPath) -> bool:
    """The last key is there and holds nothing."""
    *before, last = path.steps
    holder = DataPath(tuple(before)).read(data)
    return isinstance(holder, dict) and last in holder


def _page(template: Template, scope: Scope, hosts: frozenset[str]) -> str:
    try:
        address = template.address(scope)
    except MissingValueError:
        return ""
    host = host_of(address)
    safe = address.startswith("https://") or (address.startswith("http://") and is_loopback(host))
    clean = address.isascii() and address.isprintable() and " " not in address
    return address if safe and clean and host in hosts and len(address) <= MAX_URL else ""


def _plain(value: object, depth: int) -> object:
    if isinstance(value, str):
        return plain_text(value, MAX_VALUE)
    if value is None or isinstance(value, bool | int | float):
        return value
    if depth and isinstance(value, list):
        return [_plain(one, depth - 1) for one in value[:MAX_ENTRIES]]
    if depth and isinstance(value, dict):
        entries = list(value.items())[:MAX_ENTRIES]
        return {plain_text(str(name)): _plain(one, depth - 1) for name, one in entries}
    return None
