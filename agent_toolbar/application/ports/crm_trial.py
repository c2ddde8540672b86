"""Trying what a connector says at a real CRM, one look-up after the other. GUI thread; nothing waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.domain.crm import CrmContact, CrmOperation
from agent_toolbar.domain.errors import AgentToolbarError

LOOK_UPS = (
    CrmOperation.WHOAMI,
    CrmOperation.FIND,
    CrmOperation.FIND_BY_NAME,
    CrmOperation.DEALS,
    CrmOperation.OWNER,
    CrmOperation.HISTORY,
    CrmOperation.DISPOSITIONS,
    CrmOperation.FIND_LOGGED,
)
"""What changes nothing at a CRM, in the order in which it is tried."""


class TrialSkip(StrEnum):
    """Why an operation was not tried."""

    NOT_OFFERED = "not_offered"  # the manifest does not have it
    NO_CONTACT = "no_contact"  # it is about somebody, and the number led to nobody
    WRITES = "writes"  # it would change the CRM


@dataclass(frozen=True, slots=True)
class Trial:
    """One operation. found: what came back, a line for each; error or skip: why there is nothing.

    Attributes:
        contacts: of FIND, whom the number led to. took_ms: until the answer.
    """

    operation: CrmOperation
    found: tuple[str, ...] = ()
    took_ms: int = 0
    error: AgentToolbarError | None = None
    skip: TrialSkip | None = None
    contacts: tuple[CrmContact, ...] = ()


class TrialTask(Protocol):
    """A trial under way."""

    def cancel(self) -> None:
        """Nothing more is asked, but for the request that is under way, and nothing more is told."""


class ConnectorTrials(Protocol):
    """Tries the LOOK_UPS with one sign-in; each is told once it was tried, in that order. Nothing is written."""

    def try_out(
        self,
        access: CrmAccess,
        number: str,
        on_tried: Callable[[Trial], None],
        on_done: Callable[[AgentToolbarError | None], None],
    ) -> TrialTask:
        """`number`: of somebody who is in the CRM, "" for nobody.

        It ends early where a first answer says that no other look-up can work either; a key that the CRM does not take
        is not shown to it again and again. `on_done`: the end, with a CrmError or ManifestError where nothing could be
        tried.
        """
