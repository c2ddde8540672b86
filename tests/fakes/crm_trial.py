"""Trials of connectors that go as far as a test says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.application.ports.crm_trial import Trial
from agent_toolbar.domain.errors import AgentToolbarError


@dataclass
class FakeTrial:
    access: CrmAccess
    number: str
    tried: Callable[[Trial], None]
    done: Callable[[AgentToolbarError | None], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


class FakeTrials:
    """Implements application.ports.crm_trial.ConnectorTrials. Attributes: begun, the oldest first."""

    def __init__(self) -> None:
        self.begun: list[FakeTrial] = []

    def try_out(
        self,
        access: CrmAccess,
        number: str,
        on_tried: Callable[[Trial], None],
        on_done: Callable[[AgentToolbarError | None], None],
    ) -> FakeTrial:
        self.begun.append(FakeTrial(access, number, on_tried, on_done))
        return self.begun[-1]
