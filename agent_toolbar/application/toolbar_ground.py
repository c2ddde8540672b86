"""What every part of the application service stands on. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent_toolbar.application.agent_session import AgentSession
from agent_toolbar.application.call_ledger import CallLedger
from agent_toolbar.application.ports.telephony import EngineLink
from agent_toolbar.application.toolbar_parts import ToolbarParts
from agent_toolbar.application.toolbar_state import ToolbarState


@dataclass(frozen=True, slots=True)
class ToolbarGround:
    """The adapters, the calls and the account of one toolbar.

    Attributes:
        state: the toolbar as it is now; link: how the engine is reached.
        changed: to be called when something that the state shows is different.
    """

    parts: ToolbarParts
    ledger: CallLedger
    session: AgentSession
    state: Callable[[], ToolbarState]
    link: Callable[[], EngineLink]
    changed: Callable[[], None]
