"""A call as a person reads it: name, second line, how it stands, and the colour that says the same. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.agent import AgentState
from agent_toolbar.domain.call import CallDirection, CallSnapshot, CallState, QualityGrade
from agent_toolbar.domain.contact import Importance
from agent_toolbar.i18n.sentences import call_state_text, direction_text, end_cause_text, sender_text
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.tokens import Tone

SEPARATOR = " · "
RECONNECTED_SHOWN_S = 10.0

AGENT_LOOK: dict[AgentState, tuple[Icon, Tone]] = {
    AgentState.CTI_OFF: (Icon.CTI_OFF, Tone.MUTED),
    AgentState.READY: (Icon.READY, Tone.READY),
    AgentState.NOT_READY: (Icon.NOT_READY, Tone.NOT_READY),
    AgentState.RINGING: (Icon.RINGING, Tone.ON_CALL),
    AgentState.ON_CALL: (Icon.ON_CALL, Tone.ON_CALL),
    AgentState.WRAP_UP: (Icon.WRAP_UP, Tone.ACCENT),
    AgentState.CONNECTING: (Icon.REGISTERING, Tone.MUTED),
    AgentState.UNKNOWN: (Icon.WARNING, Tone.FAULT),
    AgentState.ASLEEP: (Icon.ASLEEP, Tone.MUTED),
}

IMPORTANCE_LOOK: dict[Importance, tuple[Icon | None, Tone]] = {
    Importance.NORMAL: (None, Tone.MUTED),
    Importance.HIGH: (Icon.IMPORTANT, Tone.NOT_READY),
    Importance.VIP: (Icon.VIP, Tone.ACCENT),
}

QUALITY_LOOK: dict[QualityGrade, tuple[int, Tone]] = {
    QualityGrade.GOOD: (3, Tone.READY),
    QualityGrade.FAIR: (2, Tone.NOT_READY),
    QualityGrade.POOR: (1, Tone.FAULT),
}


def title(view: CallView) -> str:
    """The one large text; words for a withheld number."""
    return view.title or QCoreApplication.translate("Call", "Number withheld")


def number_beside(view: CallView) -> str:
    """The number where the title is a name; "" where it is the title itself."""
    return "" if view.title in {"", view.shown_number} else view.shown_number


def company(view: CallView) -> str:
    return view.company


def importance(view: CallView) -> Importance:
    return view.importance


def direction(call: CallSnapshot) -> tuple[Icon, str]:
    """The arrow and its word."""
    icon = Icon.INCOMING if call.direction is CallDirection.INCOMING else Icon.OUTGOING
    return icon, direction_text(call.direction)


def story(view: CallView) -> str:
    """Who sent the call, in one line; "" for a call that came by itself."""
    return sender_text(view.context) if view.context is not None else ""


def has_just_reconnected(call: CallSnapshot, now_s: float) -> bool:
    """So lately that the agent should be told (both in seconds since the epoch)."""
    return 0 <= now_s - call.reconnected_s < RECONNECTED_SHOWN_S if call.reconnected_s else False


def standing(call: CallSnapshot, now_s: float = 0.0) -> tuple[str, Tone]:
    """How a live call stands, "" in plain talk: the running timer says that."""
    if call.reconnecting:
        return QCoreApplication.translate("Call", "Reconnecting…"), Tone.FAULT
    if call.state is not CallState.CONNECTED:
        tone = Tone.READY if call.state is CallState.RINGING else Tone.ON_CALL
        return call_state_text(call.state), tone
    if has_just_reconnected(call, now_s):
        return QCoreApplication.translate("Call", "Reconnected"), Tone.READY
    return _talk(call)


def _talk(call: CallSnapshot) -> tuple[str, Tone]:
    if call.held:
        return QCoreApplication.translate("Call", "On hold"), Tone.NOT_READY
    if call.remote_held:
        return QCoreApplication.translate("Call", "Put on hold by the other side"), Tone.NOT_READY
    if call.muted:
        return QCoreApplication.translate("Call", "Microphone muted"), Tone.NOT_READY
    if call.in_conference:
        return QCoreApplication.translate("Call", "In a conference"), Tone.ON_CALL
    return "", Tone.MUTED


def outcome(view: CallView) -> str:
    """Why a call ended: "Busy", "Missed call"."""
    if view.call.missed:
        return QCoreApplication.translate("Call", "Missed call")
    return end_cause_text(view.call.end_cause, view.call.direction) if view.call.end_cause else ""


def counts_from_s(call: CallSnapshot) -> float:
    """When the shown duration began (seconds since the epoch), 0.0 when nothing counts."""
    if call.state is CallState.CONNECTED:
        return call.answered_s or call.started_s
    return call.ringing_s or call.started_s if call.live else 0.0
