"""Calls, agents and contacts in words: states, causes, reasons why something cannot be done now. GUI thread."""

from __future__ import annotations

from agent_toolbar.application.call_actions import Refusal
from agent_toolbar.application.ports.directory import SkipReason
from agent_toolbar.domain.agent import AgentState, AgentStatus
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallState, QualityGrade
from agent_toolbar.domain.contact import Importance, MatchLevel
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

REFUSALS: dict[Refusal, str] = {
    Refusal.NO_CALL: QT_TRANSLATE_NOOP("Refusal", "There is no call now."),
    Refusal.CTI_OFF: QT_TRANSLATE_NOOP("Refusal", "CTI is off. Switch it on to make and take calls."),
    Refusal.NOT_REGISTERED: QT_TRANSLATE_NOOP(
        "Refusal", "The telephone system is not connected, so no call can be made now."
    ),
    Refusal.LINES_FULL: QT_TRANSLATE_NOOP("Refusal", "All four lines are in use. Hang up one call first."),
    Refusal.NOT_RINGING: QT_TRANSLATE_NOOP("Refusal", "No call is ringing."),
    Refusal.NOT_CONNECTED: QT_TRANSLATE_NOOP("Refusal", "The call is not connected yet."),
    Refusal.ALREADY_HELD: QT_TRANSLATE_NOOP("Refusal", "The call is on hold already."),
    Refusal.NOT_HELD: QT_TRANSLATE_NOOP("Refusal", "The call is not on hold."),
    Refusal.ALREADY_MUTED: QT_TRANSLATE_NOOP("Refusal", "Your microphone is muted already."),
    Refusal.NOT_MUTED: QT_TRANSLATE_NOOP("Refusal", "Your microphone is not muted."),
    Refusal.HOLD_IN_PROGRESS: QT_TRANSLATE_NOOP("Refusal", "The hold is just changing. One moment."),
    Refusal.ENGINE_NOT_READY: QT_TRANSLATE_NOOP("Refusal", "The telephone is still starting. One moment."),
    Refusal.RECONNECTING: QT_TRANSLATE_NOOP("Refusal", "The call is being reconnected. One moment."),
    Refusal.TRANSFER_IN_PROGRESS: QT_TRANSLATE_NOOP("Refusal", "A call is just being handed over. Finish that first."),
    Refusal.NOTHING_TO_UNDO: QT_TRANSLATE_NOOP("Refusal", "Nothing is being handed over, so there is nothing to undo."),
    Refusal.NO_CONSULTATION: QT_TRANSLATE_NOOP("Refusal", "You are not asking anybody about a call now."),
    Refusal.NOT_ANSWERED_YET: QT_TRANSLATE_NOOP("Refusal", "Your colleague has not answered yet."),
    Refusal.IN_CONFERENCE: QT_TRANSLATE_NOOP(
        "Refusal", "The call is in a conference, where everybody hears everybody."
    ),
    Refusal.NOT_IN_CONFERENCE: QT_TRANSLATE_NOOP("Refusal", "The call is not in a conference."),
    Refusal.NEEDS_TWO_CALLS: QT_TRANSLATE_NOOP("Refusal", "This needs two connected calls."),
    Refusal.NOT_ASKED: QT_TRANSLATE_NOOP("Refusal", "Nobody asked to be called elsewhere."),
    Refusal.TOO_LATE: QT_TRANSLATE_NOOP("Refusal", "It is too late to undo, but you can still take the call back."),
}

AGENT_STATES: dict[AgentState, str] = {
    AgentState.CTI_OFF: QT_TRANSLATE_NOOP("AgentState", "CTI off"),
    AgentState.READY: QT_TRANSLATE_NOOP("AgentState", "Ready"),
    AgentState.NOT_READY: QT_TRANSLATE_NOOP("AgentState", "Not ready"),
    AgentState.RINGING: QT_TRANSLATE_NOOP("AgentState", "Ringing"),
    AgentState.ON_CALL: QT_TRANSLATE_NOOP("AgentState", "On a call"),
    AgentState.WRAP_UP: QT_TRANSLATE_NOOP("AgentState", "Wrap-up"),
    AgentState.CONNECTING: QT_TRANSLATE_NOOP("AgentState", "Connecting…"),
    AgentState.UNKNOWN: QT_TRANSLATE_NOOP("AgentState", "Not connected"),
    AgentState.ASLEEP: QT_TRANSLATE_NOOP("AgentState", "Asleep"),
}

CALL_STATES: dict[CallState, str] = {
    CallState.DIALING: QT_TRANSLATE_NOOP("CallState", "Calling…"),
    CallState.ALERTING: QT_TRANSLATE_NOOP("CallState", "Ringing there…"),
    CallState.RINGING: QT_TRANSLATE_NOOP("CallState", "Incoming call"),
    CallState.ANSWERING: QT_TRANSLATE_NOOP("CallState", "Answering…"),
    CallState.CONNECTED: QT_TRANSLATE_NOOP("CallState", "In a call"),
    CallState.ENDED: QT_TRANSLATE_NOOP("CallState", "Ended"),
}

QUALITY_GRADES: dict[QualityGrade, str] = {
    QualityGrade.GOOD: QT_TRANSLATE_NOOP("QualityGrade", "Good sound"),
    QualityGrade.FAIR: QT_TRANSLATE_NOOP("QualityGrade", "Fair sound"),
    QualityGrade.POOR: QT_TRANSLATE_NOOP("QualityGrade", "Poor sound"),
}

DIRECTIONS: dict[CallDirection, str] = {
    CallDirection.INCOMING: QT_TRANSLATE_NOOP("CallDirection", "Incoming"),
    CallDirection.OUTGOING: QT_TRANSLATE_NOOP("CallDirection", "Outgoing"),
}

IMPORTANCES: dict[Importance, str] = {
    Importance.NORMAL: QT_TRANSLATE_NOOP("Importance", "Normal"),
    Importance.HIGH: QT_TRANSLATE_NOOP("Importance", "Important"),
    Importance.VIP: QT_TRANSLATE_NOOP("Importance", "VIP"),
}

MATCH_LEVELS: dict[MatchLevel, str] = {
    MatchLevel.EXACT: QT_TRANSLATE_NOOP("MatchLevel", "Same number"),
    MatchLevel.INTERNAL: QT_TRANSLATE_NOOP("MatchLevel", "Internal extension"),
    MatchLevel.ALIAS: QT_TRANSLATE_NOOP("MatchLevel", "Same number, written differently"),
    MatchLevel.NATIONAL: QT_TRANSLATE_NOOP("MatchLevel", "Same number in this country"),
    MatchLevel.LAST_9: QT_TRANSLATE_NOOP("MatchLevel", "Perhaps: only the last 9 digits agree"),
    MatchLevel.LAST_8: QT_TRANSLATE_NOOP("MatchLevel", "Perhaps: only the last 8 digits agree"),
}

SKIP_REASONS: dict[SkipReason, str] = {
    SkipReason.NO_NAME: QT_TRANSLATE_NOOP("SkipReason", "No name"),
    SkipReason.NO_NUMBER: QT_TRANSLATE_NOOP("SkipReason", "No telephone number"),
    SkipReason.BAD_NUMBER: QT_TRANSLATE_NOOP("SkipReason", "Not a telephone number"),
    SkipReason.BROKEN_ENCODING: QT_TRANSLATE_NOOP("SkipReason", "Unreadable characters"),
    SkipReason.BROKEN_ROW: QT_TRANSLATE_NOOP("SkipReason", "The row does not fit the columns"),
    SkipReason.TOO_LONG: QT_TRANSLATE_NOOP("SkipReason", "Too long"),
}

END_CAUSES: dict[CallEndCause, str] = {
    CallEndCause.HUNG_UP: QT_TRANSLATE_NOOP("CallEndCause", "Ended"),
    CallEndCause.CANCELLED: QT_TRANSLATE_NOOP("CallEndCause", "Cancelled"),
    CallEndCause.DECLINED: QT_TRANSLATE_NOOP("CallEndCause", "Declined"),
    CallEndCause.BUSY: QT_TRANSLATE_NOOP("CallEndCause", "Busy"),
    CallEndCause.NO_ANSWER: QT_TRANSLATE_NOOP("CallEndCause", "No answer"),
    CallEndCause.ANSWERED_ELSEWHERE: QT_TRANSLATE_NOOP("CallEndCause", "Answered elsewhere"),
    CallEndCause.NOT_FOUND: QT_TRANSLATE_NOOP("CallEndCause", "This number does not exist"),
    CallEndCause.UNREACHABLE: QT_TRANSLATE_NOOP("CallEndCause", "Cannot be reached"),
    CallEndCause.NOT_ALLOWED: QT_TRANSLATE_NOOP("CallEndCause", "Not allowed by the telephone system"),
    CallEndCause.NO_COMMON_CODEC: QT_TRANSLATE_NOOP("CallEndCause", "No common sound format"),
    CallEndCause.LINES_FULL: QT_TRANSLATE_NOOP("CallEndCause", "All lines were in use"),
    CallEndCause.REFUSED_UNSAFE: QT_TRANSLATE_NOOP("CallEndCause", "Refused: not from your telephone system"),
    CallEndCause.MALFORMED: QT_TRANSLATE_NOOP("CallEndCause", "Refused: the call could not be read"),
    CallEndCause.ENGINE_LOST: QT_TRANSLATE_NOOP("CallEndCause", "Cut off: the telephone part had stopped"),
    CallEndCause.HANDED_OVER: QT_TRANSLATE_NOOP("CallEndCause", "Handed over"),
    CallEndCause.REDIRECTED: QT_TRANSLATE_NOOP("CallEndCause", "Sent on before it was answered"),
    CallEndCause.FAILED: QT_TRANSLATE_NOOP("CallEndCause", "Did not succeed"),
}

INCOMING_END_CAUSES: dict[CallEndCause, str] = {
    CallEndCause.CANCELLED: QT_TRANSLATE_NOOP("CallEndCause", "The caller gave up"),
    CallEndCause.DECLINED: QT_TRANSLATE_NOOP("CallEndCause", "You declined"),
    CallEndCause.NO_ANSWER: QT_TRANSLATE_NOOP("CallEndCause", "Nobody answered"),
    CallEndCause.NOT_ALLOWED: QT_TRANSLATE_NOOP("CallEndCause", "Refused"),
}


def refusal_text(refusal: Refusal) -> str:
    """Why an action makes no sense now, for a tooltip."""
    return sentence("Refusal", REFUSALS[refusal])


def agent_state_text(status: AgentStatus) -> str:
    """The agent's state in one or two words."""
    return sentence("AgentState", AGENT_STATES[status.state])


def call_state_text(state: CallState) -> str:
    """Where a call is in its life."""
    return sentence("CallState", CALL_STATES[state])


def quality_text(grade: QualityGrade) -> str:
    """How a call sounds."""
    return sentence("QualityGrade", QUALITY_GRADES[grade])


def direction_text(direction: CallDirection) -> str:
    """Who called whom, in one word."""
    return sentence("CallDirection", DIRECTIONS[direction])


def importance_text(importance: Importance) -> str:
    """How important a contact is."""
    return sentence("Importance", IMPORTANCES[importance])


def match_text(level: MatchLevel) -> str:
    """How a number led to a contact."""
    return sentence("MatchLevel", MATCH_LEVELS[level])


def skip_reason_text(reason: SkipReason) -> str:
    """Why a row of a contact file was left out."""
    return sentence("SkipReason", SKIP_REASONS[reason])


def end_cause_text(cause: CallEndCause, direction: CallDirection) -> str:
    """Why a call ended, told from the agent's side."""
    if direction is CallDirection.INCOMING and cause in INCOMING_END_CAUSES:
        return sentence("CallEndCause", INCOMING_END_CAUSES[cause])
    return sentence("CallEndCause", END_CAUSES[cause])
