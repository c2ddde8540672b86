"""An auditor that remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from agent_toolbar.application.ports.doctor import AuditRequest, Finding, ProbeResult
from agent_toolbar.domain.errors import AgentToolbarError


class FakeAuditor:
    """Implements Auditor; the test gives the outcome."""

    def __init__(self) -> None:
        self.requests: list[AuditRequest] = []
        self.outcome: tuple[Path, ...] | AgentToolbarError = ()
        self.tried: list[tuple[str, ...]] = []
        self.trial: ProbeResult | None = ProbeResult(Finding.FINE)

    def audit(self, request: AuditRequest, on_result: Callable[[tuple[Path, ...] | AgentToolbarError], None]) -> None:
        self.requests.append(request)
        on_result(self.outcome)

    def try_codecs(
        self, _request: AuditRequest, codecs: tuple[str, ...], on_result: Callable[[ProbeResult], None]
    ) -> None:
        """`trial` None: never answers."""
        self.tried.append(codecs)
        if self.trial is not None:
            on_result(self.trial)
