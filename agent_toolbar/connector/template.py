"""Texts with places, `{{path|filter|filter:argument}}`, alone or anywhere in a tree of tables and lists. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from agent_toolbar.connector.data_path import DataPath
from agent_toolbar.connector.filters import FILTERS, require_filter, text_of

_PLACE = re.compile(r"\{\{([^{}]+)\}\}")
_BASES = frozenset({"s", "token"})
PIPE, PIPED = "$pipe", "$v"
NOTHING = "$nothing"
Scope = Mapping[str, object]


class MissingValueError(LookupError):
    """A place of an address has no value, or one that would lead elsewhere."""


@dataclass(frozen=True, slots=True)
class Place:
    """One `{{...}}`."""

    path: DataPath
    filters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, written: str) -> Place:
        """Raises ValueError, or UnknownFilterError, which is one."""
        path, *filters = written.split("|")
        return cls(DataPath.parse(path.strip()), tuple(_filter(one) for one in filters))

    def value(self, scope: Scope) -> object:
        return _filtered(self.path.read(scope), self.filters)


@dataclass(frozen=True, slots=True)
class Template:
    """Texts and places in turn."""

    parts: tuple[str | Place, ...]

    @classmethod
    def parse(cls, written: str) -> Template:
        """Raises ValueError."""
        parts: list[str | Place] = []
        for number, part in enumerate(_PLACE.split(written)):
            if number % 2:
                parts.append(Place.parse(part))
            elif "{{" in part or "}}" in part:
                raise ValueError(written)
            elif part:
                parts.append(part)
        return cls(tuple(parts))

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(part for part in self.parts if isinstance(part, Place))

    def render(self, scope: Scope) -> object:
        """A place alone keeps the type of its value; inside a text, nothing stands for None."""
        if len(self.parts) == 1 and isinstance(self.parts[0], Place):
            return self.parts[0].value(scope)
        return "".join(part if isinstance(part, str) else text_of(part.value(scope)) for part in self.parts)

    def text(self, scope: Scope) -> str:
        return text_of(self.render(scope))

    def address(self, scope: Scope) -> str:
        """Of a page or a resource: all values but the base address are percent-encoded (RFC 3986 section 2.1).

        A base address is s.url, or another setting or value of a sign-in that the whole begins with.

        Raises MissingValueError where a value is missing or is "." or "..", which would climb out of its place.
        """
        return "".join(
            part if isinstance(part, str) else _segment(part, scope, first=number == 0)
            for number, part in enumerate(self.parts)
        )


@dataclass(frozen=True, slots=True)
class Piped:
    """A tree whose rendered value goes through filters as a whole: `{ "$pipe" = "b64json", "$v" = [...] }`."""

    tree: object
    filters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """A null that is written out: `{ "$nothing" = true }`, which TOML has no word for."""


def parse_tree(written: object, key: str) -> object:
    """Templates in place of all texts. Raises TreeError with the dotted key of the text that is wrong."""
    try:
        if isinstance(written, str):
            return Template.parse(written)
        if isinstance(written, dict) and PIPE in written:
            filters = _pipe_of(written)
            return Piped(parse_tree(written[PIPED], f"{key}.{PIPED}"), filters)
    except TreeError:
        raise
    except ValueError as fault:
        raise TreeError(key, fault) from fault
    if isinstance(written, dict) and NOTHING in written:
        if written != {NOTHING: True}:
            raise TreeError(key, ValueError(f"{NOTHING} = true"))
        return Nothing()
    if isinstance(written, dict):
        return {name: parse_tree(inner, f"{key}.{name}") for name, inner in written.items()}
    if isinstance(written, list):
        return [parse_tree(inner, f"{key}.{number}") for number, inner in enumerate(written)]
    if written is None or isinstance(written, bool | int | float):
        return written
    raise TreeError(key, ValueError("text, number, true or false, list, table"))


class TreeError(ValueError):
    """A text in a tree cannot be used; `fault` says why."""

    def __init__(self, key: str, fault: ValueError) -> None:
        super().__init__(key)
        self.key = key
        self.fault = fault


def render_tree(tree: object, scope: Scope) -> object:
    """Plain values; entries that render to None are left out of their table or list, but for Nothing."""
    if isinstance(tree, Template):
        return tree.render(scope)
    if isinstance(tree, Nothing):
        return None
    if isinstance(tree, Piped):
        return _filtered(render_tree(tree.tree, scope), tree.filters)
    if isinstance(tree, dict):
        rendered = {name: render_tree(inner, scope) for name, inner in tree.items()}
        kept = {name: value for name, value in rendered.items() if value is not None}
        return kept | {name: None for name, inner in tree.items() if isinstance(inner, Nothing)}
    if isinstance(tree, list):
        return [value for inner in tree if (value := render_tree(inner, scope)) is not None]
    return tree


def places_of(tree: object) -> Iterator[Place]:
    """Every place of a tree."""
    if isinstance(tree, Template):
        yield from tree.places
    elif isinstance(tree, Piped):
        yield from places_of(tree.tree)
    elif isinstance(tree, dict):
        for inner in tree.values():
            yield from places_of(inner)
    elif isinstance(tree, list):
        for inner in tree:
            yield from places_of(inner)


def _pipe_of(written: dict[str, object]) -> tuple[tuple[str, str], ...]:
    pipe = written[PIPE]
    if set(written) != {PIPE, PIPED} or not isinstance(pipe, str):
        raise ValueError(f"{PIPE}, {PIPED}")
    return tuple(_filter(one) for one in pipe.split("|"))


def _filter(written: str) -> tuple[str, str]:
    name, colon, argument = written.lstrip().partition(":")
    name = name.strip()
    require_filter(name, argument if colon else None)
    return name, argument


def _filtered(value: object, filters: tuple[tuple[str, str], ...]) -> object:
    """None goes through untouched, but for `default` and the two that judge."""
    for name, argument in filters:
        if value is not None or name in {"default", "has", "map"}:
            value = FILTERS[name](value, argument)
    return value


def _segment(place: Place, scope: Scope, *, first: bool) -> str:
    text = text_of(place.value(scope))
    if place.path.steps == ("s", "url") or (first and text and place.path.root in _BASES):
        return text.rstrip("/")
    if text in {"", ".", ".."}:
        raise MissingValueError(text)
    return text if place.filters and place.filters[-1][0] == "url" else quote(text, safe="")
