"""A CRM that is a file: one line per record that was made, as a server on another computer keeps it.

It survives whatever kills the toolbar. Every third request to make a record is made and answered late ("slow").
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from agent_toolbar.domain.crm import CallEntry, CrmOperation
from agent_toolbar.domain.errors import AgentToolbarError, CrmError


class FileCrm:
    """The part of application.ports.crm.Crm that the outbox uses."""

    name = "File"
    operations = frozenset({CrmOperation.LOG_CALL, CrmOperation.FIND_LOGGED, CrmOperation.UPDATE_CALL})

    def __init__(self, path: Path) -> None:
        self._path = path
        self._asked = 0

    def log_call(self, entry: CallEntry, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        self._append(entry)
        self._asked += 1
        on_result(CrmError("crm_slow") if self._asked % 3 == 0 else entry.key)

    def find_logged(self, entry: CallEntry, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        on_result(entry.key if entry.key in keys_at(self._path) else "")

    def update_call(self, record: str, _entry: CallEntry, on_result: Callable[[str | AgentToolbarError], None]) -> None:
        on_result(record)

    def close(self) -> None:
        """Nothing is open."""

    def _append(self, entry: CallEntry) -> None:
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(file, f"{entry.key}\n".encode())
        os.close(file)


def keys_at(path: Path) -> list[str]:
    return path.read_text("utf-8").split() if path.exists() else []
