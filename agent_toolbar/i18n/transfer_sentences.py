"""A transfer in words: how it goes on, how it ended and where the customer is now. GUI thread."""

from __future__ import annotations

from agent_toolbar.domain.call import CallSnapshot
from agent_toolbar.domain.colleague import Presence
from agent_toolbar.domain.dial_risk import DialRisk
from agent_toolbar.domain.transfer import Transfer, TransferOutcome, TransferProgress, TransferState, TransferTarget
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

PRESENCES: dict[Presence, str] = {
    Presence.FREE: QT_TRANSLATE_NOOP("Presence", "Free"),
    Presence.RINGING: QT_TRANSLATE_NOOP("Presence", "Ringing"),
    Presence.BUSY: QT_TRANSLATE_NOOP("Presence", "Busy"),
    Presence.UNKNOWN: QT_TRANSLATE_NOOP("Presence", "Unknown"),
}

DIAL_RISKS: dict[DialRisk, str] = {
    DialRisk.EMERGENCY: QT_TRANSLATE_NOOP("DialRisk", "an emergency number"),
    DialRisk.PREMIUM: QT_TRANSLATE_NOOP("DialRisk", "a number that may cost extra"),
    DialRisk.SERVICE_CODE: QT_TRANSLATE_NOOP("DialRisk", "a code that changes settings of the telephone system"),
}

_CALLING = QT_TRANSLATE_NOOP("Transfer", "Calling {target}… {Customer} is on hold.")
_RINGING_ON_HOLD = QT_TRANSLATE_NOOP("Transfer", "Ringing at {target}… {Customer} is on hold.")
_HANDING_OVER = QT_TRANSLATE_NOOP("Transfer", "Handing {customer} over to {target}…")
_RINGING = QT_TRANSLATE_NOOP("Transfer", "Ringing at {target}…")
_ANSWERED = QT_TRANSLATE_NOOP("Transfer", "{target} has answered. Handing over…")
_JOINING = QT_TRANSLATE_NOOP("Transfer", "Connecting {customer} with {target}…")
_TAKING_BACK = QT_TRANSLATE_NOOP("Transfer", "Taking {customer} back…")

STATES: dict[TransferState, str] = {
    TransferState.UNDOABLE: _HANDING_OVER,
    TransferState.REFERRING: _HANDING_OVER,
    TransferState.CALLING: _CALLING,
    TransferState.CONSULTING: QT_TRANSLATE_NOOP("Transfer", "You are talking to {person}. {Customer} is on hold."),
    TransferState.WITH_CUSTOMER: QT_TRANSLATE_NOOP("Transfer", "You are talking to {customer}. {person} is on hold."),
    TransferState.JOINING: _JOINING,
    TransferState.CONFERENCE: QT_TRANSLATE_NOOP("Transfer", "You, {customer} and {person} hear each other."),
    TransferState.TAKING_BACK: _TAKING_BACK,
    TransferState.DONE: "",
}
_PROGRESS: dict[tuple[TransferState, TransferProgress], str] = {
    (TransferState.REFERRING, TransferProgress.RINGING): _RINGING,
    (TransferState.REFERRING, TransferProgress.ANSWERED): _ANSWERED,
    (TransferState.CALLING, TransferProgress.RINGING): _RINGING_ON_HOLD,
    (TransferState.JOINING, TransferProgress.RINGING): _RINGING,
}

OUTCOMES: dict[TransferOutcome, str] = {
    TransferOutcome.HANDED_OVER: QT_TRANSLATE_NOOP("Transfer", "You handed {customer} over to {target}."),
    TransferOutcome.HANDED_OVER_UNPROVEN: QT_TRANSLATE_NOOP(
        "Transfer",
        "You handed {customer} over to {target}. The telephone system did not say whether somebody answered.",
    ),
    TransferOutcome.RETURNED: QT_TRANSLATE_NOOP("Transfer", "{Customer} came back from {target}."),
    TransferOutcome.UNDONE: QT_TRANSLATE_NOOP("Transfer", "Nothing was handed over."),
    TransferOutcome.TAKEN_BACK: QT_TRANSLATE_NOOP("Transfer", "You took {customer} back."),
    TransferOutcome.BUSY: QT_TRANSLATE_NOOP("Transfer", "{person} is busy."),
    TransferOutcome.DECLINED: QT_TRANSLATE_NOOP("Transfer", "{person} declined."),
    TransferOutcome.NOT_FOUND: QT_TRANSLATE_NOOP("Transfer", "The telephone system does not know {target}."),
    TransferOutcome.NO_ANSWER: QT_TRANSLATE_NOOP("Transfer", "{person} did not answer."),
    TransferOutcome.UNREACHABLE: QT_TRANSLATE_NOOP("Transfer", "{person} cannot be reached."),
    TransferOutcome.NOT_ALLOWED: QT_TRANSLATE_NOOP("Transfer", "The telephone system refused to hand over."),
    TransferOutcome.NOT_SUPPORTED: QT_TRANSLATE_NOOP("Transfer", "The telephone system cannot hand over calls."),
    TransferOutcome.NO_REPORT: QT_TRANSLATE_NOOP(
        "Transfer", "The telephone system did not say what became of the handover."
    ),
    TransferOutcome.FAILED: QT_TRANSLATE_NOOP("Transfer", "Handing over did not succeed."),
    TransferOutcome.TARGET_GONE: QT_TRANSLATE_NOOP("Transfer", "{person} has hung up."),
    TransferOutcome.CUSTOMER_GONE: QT_TRANSLATE_NOOP("Transfer", "{Customer} has hung up."),
    TransferOutcome.AGENT_LEFT: QT_TRANSLATE_NOOP("Transfer", "You ended the call with {customer}."),
    TransferOutcome.ENGINE_LOST: QT_TRANSLATE_NOOP("Transfer", "The telephone part had stopped."),
}

SUCCESSES = frozenset({TransferOutcome.HANDED_OVER, TransferOutcome.HANDED_OVER_UNPROVEN})
_WISHES = frozenset({TransferOutcome.UNDONE, TransferOutcome.TAKEN_BACK, TransferOutcome.AGENT_LEFT})
_UNDO = QT_TRANSLATE_NOOP("Transfer", "Handing {customer} over to {target} in {seconds} s")
_BACK = QT_TRANSLATE_NOOP("Transfer", "You are talking to {customer} again.")
_WAITING = QT_TRANSLATE_NOOP("Transfer", "{Customer} is on hold.")
_WITH_TARGET = QT_TRANSLATE_NOOP("Transfer", "You are talking to {person}.")
_ALL_THREE = QT_TRANSLATE_NOOP("Transfer", "You are all three in a conference.")
_CUSTOMER = QT_TRANSLATE_NOOP("Transfer", "the customer")


def presence_text(presence: Presence) -> str:
    """What a colleague's telephone is doing, in one word."""
    return sentence("Presence", PRESENCES[presence])


def dial_risk_text(risk: DialRisk) -> str:
    """What is risky about a number, for the middle of a sentence."""
    return sentence("DialRisk", DIAL_RISKS[risk])


def target_text(target: TransferTarget) -> str:
    """Who and where: "Paul Martin (1002)", or the number alone."""
    number = target.number or target.dial
    return f"{target.name} ({number})" if target.name and target.name != number else number


def customer_text(transfer: Transfer) -> str:
    """The customer's name, or the word for one without."""
    return transfer.customer_name or sentence("Transfer", _CUSTOMER)


def undo_text(transfer: Transfer, seconds: int) -> str:
    """In how many seconds the customer is handed over."""
    return _told(_UNDO, transfer, seconds=seconds)


def transfer_text(transfer: Transfer) -> str:
    """How a transfer that is under way stands; "" for one that is done."""
    return _told(_PROGRESS.get((transfer.state, transfer.progress), STATES[transfer.state]), transfer)


def conference_reason_text(transfer: Transfer) -> str:
    """Why a conference is one although the agent wanted to hand over; "" when the agent wanted it."""
    if transfer.state is not TransferState.CONFERENCE or transfer.outcome is None:
        return ""
    return _joined(_told(OUTCOMES[transfer.outcome], transfer), _told(_ALL_THREE, transfer))


def transfer_end_text(transfer: Transfer, customer: CallSnapshot | None, consult: CallSnapshot | None = None) -> str:
    """What came of a transfer and with whom the agent talks now; the calls as they are, None when they are over."""
    reason = _told(OUTCOMES[transfer.outcome], transfer) if transfer.outcome is not None else ""
    if transfer.state is TransferState.TAKING_BACK:
        wished = transfer.outcome in _WISHES
        return _told(_TAKING_BACK, transfer) if wished else _joined(reason, _told(_TAKING_BACK, transfer))
    if transfer.outcome in SUCCESSES:
        return reason
    if customer is not None and customer.in_talk:
        back = _told(_BACK, transfer)
        return back if transfer.outcome is TransferOutcome.TAKEN_BACK else _joined(reason, back)
    if customer is not None and customer.live and customer.held:
        return _joined(reason, _told(_WAITING, transfer))
    if consult is not None and consult.in_talk:
        return _joined(reason, _told(_WITH_TARGET, transfer))
    return reason


def _told(source: str, transfer: Transfer, **values: str | int) -> str:
    if not source:
        return ""
    name = customer_text(transfer)
    begins = name if transfer.customer_name else name[:1].upper() + name[1:]  # at the beginning of a sentence
    names = {"customer": name, "Customer": begins, "target": target_text(transfer.target)}
    names["person"] = transfer.target.title
    return sentence("Transfer", source, {**names, **values})


def _joined(*sentences: str) -> str:
    return " ".join(text for text in sentences if text)
