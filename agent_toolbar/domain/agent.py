"""The agent's own state, as far as this telephone knows it. Completed by the queue's view in `availability`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AgentState(StrEnum):
    CTI_OFF = "cti_off"
    READY = "ready"
    NOT_READY = "not_ready"
    RINGING = "ringing"
    ON_CALL = "on_call"
    CONNECTING = "connecting"  # CTI is on and the registration is on its way
    UNKNOWN = "unknown"  # CTI is on, but the telephone system does not answer


@dataclass(frozen=True, slots=True)
class AgentStatus:
    """reason: code of the not-ready reason, "" if none; since_s: seconds since the epoch of the last change."""

    state: AgentState = AgentState.CTI_OFF
    reason: str = ""
    since_s: float = 0.0
