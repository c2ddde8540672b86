"""The people of the sample contact file, found by what the agent dials. Pure after loading."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from agent_toolbar.paths import resource_path

_SHARED_DIGITS = 9  # a number dialled nationally and one stored internationally agree in at least these
_WOMEN = {"Ms", "Mme"}


def sample_contacts_path() -> Path:
    """The contact file that a practice toolbar imports."""
    return resource_path("practice", "contacts.csv")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    is_woman: bool
    numbers: tuple[str, ...]


class People:
    """Everybody who can be called by an outside number."""

    def __init__(self, people: list[Person]) -> None:
        self._people = people

    @classmethod
    def load(cls, path: Path | None = None) -> People:
        with (path or sample_contacts_path()).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        return cls(
            [
                Person(row["name"], row["title"] in _WOMEN, tuple(filter(None, (row["phone"], row["mobile"]))))
                for row in rows
            ]
        )

    def find(self, dialled: str) -> Person | None:
        """The first person with this number in any spelling."""
        wanted = _digits(dialled)
        if len(wanted) < _SHARED_DIGITS:
            return None
        for person in self._people:
            if any(_same(wanted, _digits(number)) for number in person.numbers):
                return person
        return None


def _digits(number: str) -> str:
    return re.sub(r"[^0-9]", "", number)


def _same(one: str, other: str) -> bool:
    return len(other) >= _SHARED_DIGITS and one[-_SHARED_DIGITS:] == other[-_SHARED_DIGITS:]
