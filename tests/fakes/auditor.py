"""An auditor that remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from agent_toolbar.application.ports.doctor import AuditRequest
from agent_toolbar.domain.errors import AgentToolbarError


class FakeAuditor:
    """Implements Auditor; the test gives the outcome."""

    def __init__(self) -> None:
        self.requests: list[AuditRequest] = []
        self.outcome: tuple[Path, ...] | AgentToolbarError = ()

    def audit(self, request: AuditRequest, on_result: Callable[[tuple[Path, ...] | AgentToolbarError], None]) -> None:
        self.requests.append(request)
        on_result(self.outcome)
