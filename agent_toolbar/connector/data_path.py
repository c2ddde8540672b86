"""Paths into decoded JSON: `a.b`, `[n]`, `[*]`, `[key=value]` and `["any key"]`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STEP = re.compile(
    r"""\.?(?P<name>[A-Za-z_$@][\w$@-]*)
      | \[(?P<index>-?\d+)\]
      | \[(?P<all>\*)\]
      | \[(?P<key>[A-Za-z_$@][\w$@.-]*)=(?P<value>[^\[\]]*)\]
      | \["(?P<quoted>[^"\[\]]+)"\]""",
    re.VERBOSE,
)
Step = str | int | tuple[str, str] | None  # a key, an index, key and value of the entry wanted, all entries


@dataclass(frozen=True, slots=True)
class DataPath:
    """Where a value lies. Nothing that is missing is an error: it reads as None."""

    steps: tuple[Step, ...]

    @classmethod
    def parse(cls, written: str) -> DataPath:
        """Raises ValueError for what is no path; "" is the whole."""
        steps: list[Step] = []
        at = 0
        while at < len(written):
            found = _STEP.match(written, at)
            if found is None or (at == 0 and written[0] == "."):
                raise ValueError(written)
            if found["name"] is not None and at > 0 and written[at] != ".":
                raise ValueError(written)
            steps.append(_step(found))
            at = found.end()
        return cls(tuple(steps))

    @property
    def root(self) -> str:
        """The name that the path begins with, "" if it begins with none."""
        first = self.steps[0] if self.steps else ""
        return first if isinstance(first, str) else ""

    def read(self, data: object) -> object:
        """The value, None where there is none; with `[*]` the list of all that are there."""
        found = [data]
        several = False
        for step in self.steps:
            if step is None:
                several = True
                found = [inner for one in found for inner in _entries(one)]
            else:
                found = [inner for one in found if (inner := _take(one, step)) is not None]
        if several:
            return [one for one in found if one is not None]
        return found[0] if found else None


def _step(found: re.Match[str]) -> Step:
    if found["index"] is not None:
        return int(found["index"])
    if found["all"] is not None:
        return None
    if found["key"] is not None:
        return found["key"], found["value"]
    name: str = found["name"] or found["quoted"]
    return name


def _take(data: object, step: str | int | tuple[str, str]) -> object:
    if isinstance(step, str):
        return data.get(step) if isinstance(data, dict) else None
    if not isinstance(data, list):
        return None
    if isinstance(step, int):
        return data[step] if -len(data) <= step < len(data) else None
    key, value = step
    return next((one for one in data if isinstance(one, dict) and _text(one.get(key)) == value), None)


def _entries(data: object) -> list[object]:
    if isinstance(data, dict):
        return list(data.values())
    return data if isinstance(data, list) else []


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
