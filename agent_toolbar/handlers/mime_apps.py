"""The text of a mimeapps.list, read and edited so that every other line stays as it is. Pure.

Source: Association between MIME types and applications, 1.0.1 (freedesktop.org).
"""

from __future__ import annotations

import io
from collections.abc import Iterator

DEFAULTS = "Default Applications"
ADDED = "Added Associations"
REMOVED = "Removed Associations"
CACHE = "MIME Cache"  # of mimeinfo.cache, which is written in the same way


def ids_of(text: str, group: str, mime: str) -> list[str]:
    """Ids in the order in which they are preferred; of several lines the last one counts, as for GLib."""
    found = list[str]()
    for _, line in _lines_of(text, group, mime):
        found = [name for part in line.partition("=")[2].split(";") if (name := part.strip())]
    return found


def with_first(text: str, mime: str, desktop_id: str, group: str = DEFAULTS) -> str:
    """`desktop_id` is the default; who was it stands behind it, and so is it again once `desktop_id` is taken out."""
    lines = _split(text)
    places = [place for place, _ in _lines_of(text, group, mime)]
    if not places:
        return _with_line(lines, group, f"{mime}={desktop_id};")
    for place in places:
        key, _, value = lines[place].partition("=")
        lead, rest = _without(value, desktop_id)
        lines[place] = f"{key}={lead}{desktop_id};{rest}"
    return "".join(lines)


def without(text: str, group: str, mime: str, desktop_id: str) -> str:
    """No line of `group` names `desktop_id` for `mime`; one that named nobody else is gone, as is its group then."""
    lines = _split(text)
    gone = list[int]()
    for place, line in _lines_of(text, group, mime):
        key, _, value = line.partition("=")
        if desktop_id not in {part.strip() for part in value.split(";")}:
            continue
        lead, rest = _without(value, desktop_id)
        if rest.strip(" \t\r\n;"):
            lines[place] = f"{key}={lead}{rest}"
        else:
            gone.append(place)
    for place in reversed(gone):
        del lines[place]
        _drop_empty_group(lines, group, place)
    return "".join(lines)


def _without(value: str, desktop_id: str) -> tuple[str, str]:
    """The blanks before the list, then what else it holds, with its line end."""
    lead, end = len(value) - len(value.lstrip(" \t")), len(value.rstrip("\r\n"))
    kept = [part for part in value[lead:end].split(";") if part.strip() != desktop_id]
    return value[:lead], ";".join(kept) + value[max(lead, end) :]


def _lines_of(text: str, group: str, mime: str) -> Iterator[tuple[int, str]]:
    """Number and text of each line that speaks of `mime` in `group`, which may be there more than once."""
    inside = False
    for place, line in enumerate(_split(text)):
        stripped = line.strip().lstrip("\ufeff")
        if stripped.startswith("["):
            inside = stripped == f"[{group}]"
        elif (
            inside and not stripped.startswith("#") and "=" in stripped and stripped.partition("=")[0].rstrip() == mime
        ):
            yield place, line


def _split(text: str) -> list[str]:
    """Lines with their ends; unlike splitlines(), only a line feed ends one."""
    return list(io.StringIO(text, newline="\n"))


def _with_line(lines: list[str], group: str, line: str) -> str:
    """`line` at the end of the first `group`, which is made at the end of the file if there is none."""
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += ending
    head = next((at for at, text in enumerate(lines) if text.strip().lstrip("\ufeff") == f"[{group}]"), None)
    if head is None:
        return "".join([*lines, *([ending] if lines else []), f"[{group}]{ending}", line + ending])
    end = head + 1
    while end < len(lines) and not lines[end].lstrip().startswith("["):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    lines.insert(end, line + ending)
    return "".join(lines)


def _drop_empty_group(lines: list[str], group: str, place: int) -> None:
    """Takes the heading above `place` away if nothing is left below it and the file ends there: we made it."""
    if place == len(lines) and lines and lines[-1].strip() == f"[{group}]":
        del lines[-1]
        if lines and not lines[-1].strip():
            del lines[-1]
