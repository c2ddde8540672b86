"""A CRM of two people in a file, one line for each change; every third of its answers comes too late."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from agent_toolbar.domain.crm import CrmContact, CrmOperation
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.phone_number import CanonicalNumber

PEOPLE = {"1": ("Grace Hopper", "+33140500001"), "2": ("Otto Hahn", "+33140500002")}
MOVING = "+33140507777"


class MovingFileCrm:
    """The part of application.ports.crm.Crm that moving a number uses."""

    name = "File"
    operations = frozenset({CrmOperation.RETIRE_NUMBER, CrmOperation.ADD_NUMBER})

    def __init__(self, path: Path) -> None:
        self._path = path
        self._asked = 0

    def find(
        self, number: CanonicalNumber, on_result: Callable[[tuple[CrmContact, ...] | AgentToolbarError], None]
    ) -> None:
        having = holders_at(self._path) if number.key == MOVING else []
        having += [one for one, (_, own) in PEOPLE.items() if own == number.key]
        on_result(tuple(CrmContact(one, PEOPLE[one][0], number=number.key) for one in having))

    def retire_number(self, contact_id: str, before: str, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        if before != MOVING or contact_id not in holders_at(self._path):
            on_result(CrmError("crm_number_changed"))
        else:
            self._write(f"retire {contact_id}", "", on_result)

    def add_number(
        self, contact_id: str, number: CanonicalNumber, on_result: Callable[[str | AgentToolbarError], None]
    ) -> None:
        self._write(f"add {contact_id}", number.key, on_result)

    def close(self) -> None:
        """Nothing is open."""

    def _write(self, line: str, answer: str, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND, 0o600)
        os.write(file, f"{line}\n".encode())
        os.close(file)
        self._asked += 1
        on_result(CrmError("crm_slow") if self._asked % 3 == 0 else answer)


def changes_at(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def holders_at(path: Path) -> list[str]:
    """Who has the number that moves, once for each time that it was added."""
    having: list[str] = []
    for line in changes_at(path):
        deed, _, who = line.partition(" ")
        if deed == "add":
            having.append(who)
        else:
            having.remove(who)
    return having
