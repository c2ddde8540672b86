"""Availability and wrap-up in words: reasons, outcomes, what the telephone system believes. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale

from agent_toolbar.application.ports.settings import Disposition, Reason
from agent_toolbar.domain.agent import AgentState, AgentStatus, Agreement, QueueState
from agent_toolbar.domain.wrap_up import MissingField
from agent_toolbar.i18n.call_sentences import agent_state_text
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

AGREEMENTS: dict[Agreement, str] = {
    Agreement.NONE: "",
    Agreement.PENDING: QT_TRANSLATE_NOOP("Agreement", "Waiting for the telephone system to confirm"),
    Agreement.CONFIRMED: "",
    Agreement.PHONE_ONLY: QT_TRANSLATE_NOOP("Agreement", "Phone only: the queue does not know"),
    Agreement.UNCONFIRMED: QT_TRANSLATE_NOOP("Agreement", "Told to the telephone system, which confirms nothing"),
    Agreement.LOST: QT_TRANSLATE_NOOP("Agreement", "Not confirmed by the telephone system"),
    Agreement.CHANGED_THERE: QT_TRANSLATE_NOOP("Agreement", "Changed at the telephone system"),
}

QUEUE_STATES: dict[QueueState, str] = {
    QueueState.UNKNOWN: QT_TRANSLATE_NOOP("QueueState", "unknown"),
    QueueState.READY: QT_TRANSLATE_NOOP("QueueState", "ready"),
    QueueState.PAUSED: QT_TRANSLATE_NOOP("QueueState", "not ready"),
    QueueState.LOGGED_OUT: QT_TRANSLATE_NOOP("QueueState", "logged out"),
}

MISSING_FIELDS: dict[MissingField, str] = {
    MissingField.SUBJECT: QT_TRANSLATE_NOOP("MissingField", "what it was about"),
    MissingField.DISPOSITION: QT_TRANSLATE_NOOP("MissingField", "the outcome"),
}

_WITH_REASON = QT_TRANSLATE_NOOP("AgentState", "{state}: {reason}")
_THEN = QT_TRANSLATE_NOOP("AgentState", "then: {state}")
_OVERDUE = QT_TRANSLATE_NOOP("AgentState", "{time} · over")
_MISSING = QT_TRANSLATE_NOOP("MissingField", "Still missing: {fields}")


def label_text(entry: Reason | Disposition) -> str:
    """A reason or an outcome in the language in use, else in the other one, else its code."""
    french = QLocale().language() == QLocale.Language.French
    first, second = (entry.fr, entry.en) if french else (entry.en, entry.fr)
    return first or second or entry.code


def reason_text(code: str, reasons: Sequence[Reason]) -> str:
    """The label of a reason; one that is not in the settings shows as it came, "" for none."""
    return next((label_text(reason) for reason in reasons if reason.code == code), code)


def agent_words(status: AgentStatus, reasons: Sequence[Reason]) -> str:
    """As short as can be: the reason where there is one, else the state."""
    if status.state is AgentState.NOT_READY and status.reason:
        return reason_text(status.reason, reasons)
    return agent_state_text(status)


def agent_full_words(status: AgentStatus, reasons: Sequence[Reason]) -> str:
    """State and reason: "Not ready: Lunch"."""
    if status.state is AgentState.NOT_READY and status.reason:
        values = {"state": agent_state_text(status), "reason": reason_text(status.reason, reasons)}
        return sentence("AgentState", _WITH_REASON, values)
    return agent_state_text(status)


def after_call_text(status: AgentStatus, reasons: Sequence[Reason]) -> str:
    """What follows the call, "" when nothing was chosen for then."""
    after = status.after_call
    if after is None:
        return ""
    state = AgentState.READY if after.ready else AgentState.NOT_READY
    words = agent_words(AgentStatus(state, reason=after.reason), reasons)
    return sentence("AgentState", _THEN, {"state": words})


def overdue_text(time: str) -> str:
    """A running time past the most that its reason may take."""
    return sentence("AgentState", _OVERDUE, {"time": time})


def agreement_text(agreement: Agreement) -> str:
    """What the telephone system makes of the agent's choice, "" where nothing needs to be said."""
    return sentence("Agreement", AGREEMENTS[agreement]) if AGREEMENTS[agreement] else ""


def queue_state_text(state: QueueState) -> str:
    """What the telephone system believes, within a sentence."""
    return sentence("QueueState", QUEUE_STATES[state])


def missing_field_text(field: MissingField) -> str:
    """A field of the wrap-up, within a sentence."""
    return sentence("MissingField", MISSING_FIELDS[field])


def missing_text(fields: Sequence[MissingField]) -> str:
    """What must still be filled in, "" for nothing."""
    if not fields:
        return ""
    return sentence("MissingField", _MISSING, {"fields": ", ".join(missing_field_text(field) for field in fields)})
