"""Tells Tryton of one call after the other until it is killed; a function for a process of its own."""

from __future__ import annotations

import os
from pathlib import Path

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.crm.http_connector import HttpCrm
from agent_toolbar.domain.phone_number import NumberPlan
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock, ManualTimers
from tests.integration.outbox.outbox_sender import tell


def tell_tryton(outbox: Path, access: CrmAccess, life: str, count: int, report: Path) -> None:
    """Without end for a `count` of -1. Into `report` goes "ready", then the key of each call that is on the disk."""
    file = os.open(report, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def connect(dispatcher: QueueDispatcher) -> HttpCrm:
        return HttpCrm(access, dispatcher, ManualTimers(ManualClock()), NumberPlan)

    tell(outbox, connect, life, count, lambda line: os.write(file, f"{line}\n".encode()) and None)
