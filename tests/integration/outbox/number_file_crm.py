"""A CRM that is a file: one line per number that its one contact ever had, as a server on another computer keeps it.

Every third change is made and answered late ("slow").
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from agent_toolbar.domain.crm import CrmContact, CrmOperation
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.phone_number import CanonicalNumber

NAME = "Grace Hopper"


class NumberFileCrm:
    """The part of application.ports.crm.Crm that corrections use."""

    name = "File"
    operations = frozenset({CrmOperation.UPDATE_NUMBER})

    def __init__(self, path: Path) -> None:
        self._path = path
        self._asked = 0

    @property
    def number(self) -> str:
        return numbers_at(self._path)[-1]

    def find(
        self, number: CanonicalNumber, on_result: Callable[[tuple[CrmContact, ...] | AgentToolbarError], None]
    ) -> None:
        on_result((CrmContact("1", NAME, number=self.number),) if number.key == self.number else ())

    def update_number(
        self,
        contact_id: str,
        before: str,
        after: CanonicalNumber,
        on_result: Callable[[str | AgentToolbarError], None],
    ) -> None:
        del contact_id
        if before != self.number:
            on_result(CrmError("crm_number_changed"))
            return
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND, 0o600)
        os.write(file, f"{after.key}\n".encode())
        os.close(file)
        self._asked += 1
        on_result(CrmError("crm_slow") if self._asked % 3 == 0 else after.key)

    def close(self) -> None:
        """Nothing is open."""


def numbers_at(path: Path) -> list[str]:
    return path.read_text("utf-8").split()
