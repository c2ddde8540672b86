"""Of several live calls the one that a sentence speaks of, and what is true of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.call import CallState


class CallPhase(StrEnum):
    """What the agent would say of a call."""

    TALK = "call"
    RINGS_HERE = "ringing_call"
    RINGS_THERE = "dialled_call"


_BEFORE_TALK = {
    CallState.RINGING: CallPhase.RINGS_HERE,
    CallState.DIALING: CallPhase.RINGS_THERE,
    CallState.ALERTING: CallPhase.RINGS_THERE,
}


def phase_of(view: CallView) -> CallPhase:
    return _BEFORE_TALK.get(view.call.state, CallPhase.TALK)


def foremost_call(calls: Iterable[CallView]) -> CallView:
    """One that is answered comes before one that is not. `calls` holds at least one."""
    return min(calls, key=lambda view: phase_of(view) is not CallPhase.TALK)
