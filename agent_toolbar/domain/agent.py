"""The agent's state: what they chose, what the telephone system confirmed, and the legal moves of the choice."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from agent_toolbar.domain.errors import AgentError


class AgentState(StrEnum):
    """What the bar shows as one word. It follows from switch, registration, calls, wrap-up and choice."""

    CTI_OFF = "cti_off"
    CONNECTING = "connecting"  # CTI is on and the registration is on its way
    READY = "ready"
    NOT_READY = "not_ready"
    RINGING = "ringing"
    ON_CALL = "on_call"
    WRAP_UP = "wrap_up"
    UNKNOWN = "unknown"  # CTI is on, but the telephone system does not answer
    ASLEEP = "asleep"  # the computer is about to sleep, or did until now


class QueueState(StrEnum):
    """What the telephone system says of the agent as a member of its queues."""

    UNKNOWN = "unknown"
    READY = "ready"
    PAUSED = "paused"
    LOGGED_OUT = "logged_out"


class Agreement(StrEnum):
    """How desired and confirmed state stand to each other."""

    NONE = "none"  # CTI is off, or there is nobody to ask
    PENDING = "pending"  # told, and the confirmation is awaited
    CONFIRMED = "confirmed"
    PHONE_ONLY = "phone_only"  # kept by this telephone; the queue does not know
    UNCONFIRMED = "unconfirmed"  # told, but this telephone system confirms nothing
    LOST = "lost"  # no confirmation within CONFIRMATION_S, or it was refused; tried again
    CHANGED_THERE = "changed_there"  # somebody else (a supervisor, a telephone) changed it


CONFIRMATION_S = 3.0


class Choice(StrEnum):
    """What the agent chose, or what follows the end of a call."""

    READY = "ready"
    NOT_READY = "not_ready"
    WRAP_UP = "wrap_up"


class AgentAct(StrEnum):
    CHOOSE_READY = "choose_ready"
    CHOOSE_NOT_READY = "choose_not_ready"
    BEGIN_WRAP_UP = "begin_wrap_up"
    EXTEND_WRAP_UP = "extend_wrap_up"
    FINISH_WRAP_UP = "finish_wrap_up"  # and ready
    FINISH_NOT_READY = "finish_not_ready"


LEGAL_ACTS: dict[Choice, dict[AgentAct, Choice]] = {
    Choice.READY: {
        AgentAct.CHOOSE_READY: Choice.READY,
        AgentAct.CHOOSE_NOT_READY: Choice.NOT_READY,
        AgentAct.BEGIN_WRAP_UP: Choice.WRAP_UP,
    },
    Choice.NOT_READY: {
        AgentAct.CHOOSE_READY: Choice.READY,
        AgentAct.CHOOSE_NOT_READY: Choice.NOT_READY,
        AgentAct.BEGIN_WRAP_UP: Choice.WRAP_UP,
    },
    Choice.WRAP_UP: {
        AgentAct.EXTEND_WRAP_UP: Choice.WRAP_UP,
        AgentAct.FINISH_WRAP_UP: Choice.READY,
        AgentAct.FINISH_NOT_READY: Choice.NOT_READY,
    },
}


def after_act(choice: Choice, act: AgentAct) -> Choice:
    """The choice that follows. Raises AgentError("no_wrap_up") or AgentError("wrap_up_open") for an illegal act."""
    follows = LEGAL_ACTS[choice].get(act)
    if follows is None:
        raise AgentError("wrap_up_open" if choice is Choice.WRAP_UP else "no_wrap_up")
    return follows


@dataclass(frozen=True, slots=True)
class Desired:
    """What the telephone system is to believe. reason: code of a not-ready reason, "" if none."""

    ready: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeptChoice:
    """All that the agent chose, as it outlives the toolbar.

    Attributes:
        reason, note: of NOT_READY, "" otherwise.
        after_call, note_after: what was chosen during a call for afterwards, None if nothing.
    """

    choice: Choice = Choice.READY
    reason: str = ""
    note: str = ""
    after_call: Desired | None = None
    note_after: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the telephone system said last.

    Attributes:
        reason: the code it gave back, "" if it does not tell.
        since_s: seconds since the epoch when it was heard, 0.0 if never.
        forgotten: it says so only when asked, and says nothing of a change: it has lost its memory (was started anew).
    """

    state: QueueState = QueueState.UNKNOWN
    reason: str = ""
    since_s: float = 0.0
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class DayTotals:
    """Seconds of today without the spell that has run since `until_s` (seconds since the epoch)."""

    ready_s: float = 0.0
    talk_s: float = 0.0
    wrap_up_s: float = 0.0
    not_ready_s: dict[str, float] = field(default_factory=dict)
    until_s: float = 0.0


@dataclass(frozen=True, slots=True)
class AgentStatus:
    """Everything about the agent's availability at one moment.

    Attributes:
        reason: code of the not-ready reason in force, "" if none. note: what the agent added to it.
        since_s: seconds since the epoch of the last change of state or reason.
        overdue_s: when the reason's maximum time ends (seconds since the epoch), 0.0 for no limit.
        desired, confirmed, agreement: as told to and heard from the telephone system.
        after_call: what was chosen during a call for afterwards, None if nothing.
        totals: of today, without the running spell.
    """

    state: AgentState = AgentState.CTI_OFF
    reason: str = ""
    note: str = ""
    since_s: float = 0.0
    overdue_s: float = 0.0
    desired: Desired = Desired()
    confirmed: Confirmed = Confirmed()
    agreement: Agreement = Agreement.NONE
    after_call: Desired | None = None
    totals: DayTotals = DayTotals()
