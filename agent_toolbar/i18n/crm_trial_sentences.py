"""A trial of the connection to a CRM in words: each look-up, what came of it, and all in one sentence. GUI thread."""

from __future__ import annotations

from agent_toolbar.application.crm_trial import CARD_WAITS_MS, CrmTrialView, too_slow
from agent_toolbar.application.ports.crm_trial import Trial, TrialSkip
from agent_toolbar.domain.crm import CrmContact, CrmOperation
from agent_toolbar.i18n.call_sentences import match_text
from agent_toolbar.i18n.error_sentences import error_text
from agent_toolbar.i18n.formats import decimal_text
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

LOOK_UP_NAMES: dict[CrmOperation, str] = {
    CrmOperation.WHOAMI: QT_TRANSLATE_NOOP("CrmTrial", "Your sign-in"),
    CrmOperation.FIND: QT_TRANSLATE_NOOP("CrmTrial", "Whose number it is"),
    CrmOperation.FIND_BY_NAME: QT_TRANSLATE_NOOP("CrmTrial", "Searching by name"),
    CrmOperation.DEALS: QT_TRANSLATE_NOOP("CrmTrial", "Open deals"),
    CrmOperation.OWNER: QT_TRANSLATE_NOOP("CrmTrial", "Who looks after somebody"),
    CrmOperation.HISTORY: QT_TRANSLATE_NOOP("CrmTrial", "Last contacts"),
    CrmOperation.DISPOSITIONS: QT_TRANSLATE_NOOP("CrmTrial", "Outcomes of calls"),
    CrmOperation.FIND_LOGGED: QT_TRANSLATE_NOOP("CrmTrial", "Whether a call is written there already"),
}
SKIPS: dict[TrialSkip, str] = {
    TrialSkip.NOT_OFFERED: QT_TRANSLATE_NOOP("CrmTrial", "The connector of this CRM does not do this."),
    TrialSkip.NO_CONTACT: QT_TRANSLATE_NOOP(
        "CrmTrial", "Not tried: it needs the number of somebody who is in your CRM."
    ),
    TrialSkip.WRITES: QT_TRANSLATE_NOOP("CrmTrial", "Not tried: it would change the CRM."),
}
_WAITS = QT_TRANSLATE_NOOP("CrmTrial", "not tried yet")
_RUNNING = QT_TRANSLATE_NOOP("CrmTrial", "Being tried…")
_LEFT_OUT = QT_TRANSLATE_NOOP("CrmTrial", "Not tried.")
_FOUND = QT_TRANSLATE_NOOP("CrmTrial", "Works: {found}")
_WORKS = QT_TRANSLATE_NOOP("CrmTrial", "Works.")
_NOTHING = QT_TRANSLATE_NOOP("CrmTrial", "Works. There is nothing to show.")
_NOBODY = QT_TRANSLATE_NOOP("CrmTrial", "Works. Nobody in the CRM has this number: look how it is written there.")
_NO_NUMBER = QT_TRANSLATE_NOOP("CrmTrial", "Works. Without a number, nobody was looked for.")
_SLOW = QT_TRANSLATE_NOOP(
    "CrmTrial",
    "Works, but took {seconds} s. The card of a caller waits {limit} s at most, so names will often be missing.",
)
_COUNTED = QT_TRANSLATE_NOOP("CrmTrial", "Works: {count} found.")
_ALL_WELL = QT_TRANSLATE_NOOP("CrmTrial", "All that was tried works. Nothing was changed in the CRM.")
_MOSTLY_WELL = QT_TRANSLATE_NOOP(
    "CrmTrial",
    "What was tried works. Nothing was changed in the CRM. Type the number of somebody who is there to try the rest.",
)
_TOO_SLOW = QT_TRANSLATE_NOOP("CrmTrial", "It works, but too slowly. Nothing was changed in the CRM.")
_SOME_WRONG = QT_TRANSLATE_NOOP(
    "CrmTrial", "{failed} of {tried} do not work; their lines say why. Nothing was changed in the CRM."
)
_SHUT_OUT = QT_TRANSLATE_NOOP("CrmTrial", "The connection does not work. {why}")
_SHOWN = 2


def look_up_text(operation: CrmOperation) -> str:
    return sentence("CrmTrial", LOOK_UP_NAMES[operation])


def trial_text(view: CrmTrialView, operation: CrmOperation, *, over: bool) -> str:
    """What came of one look-up, and what to do if somebody must. `over`: nothing more is tried."""
    trial = next((one for one in view.tried if one.operation is operation), None)
    if trial is not None:
        return _told(trial, with_number=view.with_number)
    if over:
        return sentence("CrmTrial", _LEFT_OUT)
    is_next = list(LOOK_UP_NAMES).index(operation) == len(view.tried)
    return sentence("CrmTrial", _RUNNING if is_next else _WAITS)


def trial_summary(view: CrmTrialView) -> str:
    """All of a trial that is done."""
    if view.error is not None:
        return error_text(view.error)
    if view.failed and not view.answered:
        error = view.failed[0].error
        assert error is not None
        return sentence("CrmTrial", _SHUT_OUT, {"why": error_text(error)})
    if view.failed:
        counts = {"failed": len(view.failed), "tried": len(view.failed) + len(view.answered)}
        return sentence("CrmTrial", _SOME_WRONG, counts)
    if any(too_slow(one) for one in view.tried):
        return sentence("CrmTrial", _TOO_SLOW)
    left_out = any(one.skip is TrialSkip.NO_CONTACT for one in view.tried)
    return sentence("CrmTrial", _MOSTLY_WELL if left_out else _ALL_WELL)


def _told(trial: Trial, *, with_number: bool) -> str:
    if trial.error is not None:
        return error_text(trial.error)
    return sentence("CrmTrial", SKIPS[trial.skip]) if trial.skip is not None else _answer(trial, with_number)


def _answer(trial: Trial, with_number: bool) -> str:
    if too_slow(trial):
        times = {"seconds": decimal_text(trial.took_ms / 1000), "limit": decimal_text(CARD_WAITS_MS / 1000)}
        return sentence("CrmTrial", _SLOW, times)
    if trial.operation is CrmOperation.FIND and not trial.contacts:
        return sentence("CrmTrial", _NOBODY if with_number else _NO_NUMBER)
    if trial.operation is CrmOperation.FIND_LOGGED:
        return sentence("CrmTrial", _WORKS)
    if trial.operation is CrmOperation.HISTORY and trial.found:
        return sentence("CrmTrial", _COUNTED, {"count": len(trial.found)})
    names = tuple(map(_named, trial.contacts)) or tuple(filter(None, (one.strip() for one in trial.found)))
    return sentence("CrmTrial", _FOUND, {"found": _joined(names)}) if names else sentence("CrmTrial", _NOTHING)


def _named(contact: CrmContact) -> str:
    words = (contact.name, contact.number, match_text(contact.level))
    return ", ".join(word for word in words if word)


def _joined(names: tuple[str, ...]) -> str:
    return " · ".join((*names[:_SHOWN], *(("…",) if len(names) > _SHOWN else ())))
