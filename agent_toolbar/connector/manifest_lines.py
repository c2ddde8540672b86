"""Finds the line of a key in a TOML text, for messages that a person can act on. Pure."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*(?P<many>\[\[|\[)\s*(?P<name>[^\[\]]+?)\s*\]")
_ENTRY = re.compile(r"""\s*(?P<name>"[^"]+"|'[^']+'|[A-Za-z0-9_$@."'-]+)\s*=""")


def line_of_key(text: str, key: str) -> int:
    """The line, from 1, that sets the dotted `key` (`a.b.0.c` of `[[a.b]]`), or what it lies in; 0 if not found."""
    wanted = key.split(".") if key else []
    table: list[str] = []
    counts: dict[str, int] = {}
    best, best_length = 0, 0
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _parts(header["name"])
            if header["many"] == "[[":
                name = ".".join(table)
                counts[name] = counts.get(name, -1) + 1
            table = _counted(table, counts)
            here = table
        elif entry := _ENTRY.match(line):
            here = [*table, *_parts(entry["name"])]
        else:
            continue
        if here == wanted[: len(here)] and len(here) > best_length:
            best, best_length = number, len(here)
    return best


def _parts(written: str) -> list[str]:
    return [part.strip().strip("\"'") for part in written.split(".")]


def _counted(table: list[str], counts: dict[str, int]) -> list[str]:
    """With the number of the entry after each list of tables."""
    counted: list[str] = []
    for length, name in enumerate(table, start=1):
        counted.append(name)
        at = counts.get(".".join(table[:length]))
        if at is not None:
            counted.append(str(at))
    return counted
