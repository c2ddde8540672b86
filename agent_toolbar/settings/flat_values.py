"""Settings as one flat table: dotted key to plain value, so that sources can be laid over each other. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from agent_toolbar.application.ports.settings import Settings

FlatValues = dict[str, Any]


def flat(raw: Mapping[str, Any]) -> FlatValues:
    """By dotted key ("window.theme"), without the version. Lists, and tables with names of their own, stay whole."""
    return {key: value for key, value in _flat(raw, "") if key != "version"}


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """The tables again, in the order of the settings' own shape; keys that are unknown come last."""
    raw: dict[str, Any] = {}
    for key in sorted(values, key=lambda key: _ORDER.get(key, len(_ORDER))):
        *tables, name = key.split(".")
        table = raw
        for inner in tables:
            table = table.setdefault(inner, {})
        table[name] = values[key]
    return raw


def values_of(settings: Settings) -> FlatValues:
    """Every setting."""
    return flat(msgspec.to_builtins(settings))


def _flat(raw: Mapping[str, Any], table: str) -> Iterator[tuple[str, Any]]:
    for name, value in raw.items():
        key = f"{table}.{name}" if table else name
        if key in _TABLES and isinstance(value, dict):
            yield from _flat(value, key)
        else:
            yield key, value


def _tables(struct: type[msgspec.Struct], path: str) -> Iterator[str]:
    for field in msgspec.structs.fields(struct):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            key = f"{path}.{field.name}" if path else field.name
            yield key
            yield from _tables(field.type, key)


_TABLES = frozenset(_tables(Settings, ""))
BUILT_IN: FlatValues = flat(msgspec.to_builtins(Settings()))
_ORDER = {key: place for place, key in enumerate(BUILT_IN)}
