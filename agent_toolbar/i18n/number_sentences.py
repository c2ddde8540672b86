"""Numbers that are wrong, and their correction, in words. GUI thread."""

from __future__ import annotations

from agent_toolbar.application.number_case import CorrectionOutcome, CorrectionPlace, NumberCaseView, PlaceView
from agent_toolbar.domain.number_correction import CorrectionKind, NumberCorrection
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.number_format import grouped_number
from agent_toolbar.domain.number_mark import NumberMark
from agent_toolbar.i18n.formats import local_day, short_date_text
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

FINDINGS: dict[NumberFinding, str] = {
    NumberFinding.NONE: QT_TRANSLATE_NOOP("Number", "Number is right"),
    NumberFinding.WRONG: QT_TRANSLATE_NOOP("Number", "Wrong number"),
    NumberFinding.SOMEBODY_ELSE: QT_TRANSLATE_NOOP("Number", "Belongs to somebody else"),
    NumberFinding.OUT_OF_USE: QT_TRANSLATE_NOOP("Number", "No longer in use"),
}
_MARKED: dict[NumberFinding, str] = {
    NumberFinding.WRONG: QT_TRANSLATE_NOOP("Number", "Wrong number, you said on {day}"),
    NumberFinding.SOMEBODY_ELSE: QT_TRANSLATE_NOOP("Number", "Belongs to somebody else, you said on {day}"),
    NumberFinding.OUT_OF_USE: QT_TRANSLATE_NOOP("Number", "No longer in use, you said on {day}"),
}
NUMBER_ERRORS: dict[str, str] = {
    "unknown_finding": QT_TRANSLATE_NOOP("Error", "“{finding}” says nothing about a number."),
    "no_number_case": QT_TRANSLATE_NOOP("Error", "This number is settled already."),
    "correction_not_outside": QT_TRANSLATE_NOOP(
        "Error", "“{number}” is no outside number, so there is nothing to correct."
    ),
    "correction_empty": QT_TRANSLATE_NOOP("Error", "Type the right number."),
    "correction_not_a_number": QT_TRANSLATE_NOOP("Error", "“{number}” is not a whole telephone number."),
    "correction_internal": QT_TRANSLATE_NOOP(
        "Error", "“{number}” is a number of your telephone system, not of a customer."
    ),
    "correction_invalid": QT_TRANSLATE_NOOP("Error", "No country has the number “{number}”."),
    "correction_extension": QT_TRANSLATE_NOOP("Error", "“{number}” has an extension. Type the number without it."),
    "correction_same": QT_TRANSLATE_NOOP("Error", "“{number}” is the number that is there already."),
    "correction_no_contact": QT_TRANSLATE_NOOP(
        "Error", "Nobody, or more than one contact, has the number {number}. Choose the contact first."
    ),
    "correction_no_target": QT_TRANSLATE_NOOP("Error", "Choose who has the number."),
    "correction_asks": QT_TRANSLATE_NOOP(
        "Error", "{name}: {before} becomes {after}, in the contacts{crm}. Is that right?"
    ),
    "retirement_asks": QT_TRANSLATE_NOOP(
        "Error", "{name}: {before} is taken away, in the contacts{crm}. Is that right?"
    ),
    "contact_number_changed": QT_TRANSLATE_NOOP(
        "Error", "The contact has another number meanwhile ({now}). Nothing was overwritten."
    ),
    "crm_number_changed": QT_TRANSLATE_NOOP("Error", "The CRM has another number meanwhile. Nothing was overwritten."),
    "correction_overtaken": QT_TRANSLATE_NOOP(
        "Error", "The CRM has another number meanwhile ({text}). Nothing was overwritten."
    ),
    "correction_nobody": QT_TRANSLATE_NOOP("Error", "Nobody at the CRM has this number for certain."),
    "correction_other_contact": QT_TRANSLATE_NOOP(
        "Error", "At the CRM the number belongs to {text}. Nothing was changed."
    ),
    "correction_no_receiver": QT_TRANSLATE_NOOP(
        "Error", "At the CRM it is not certain who {text} is. Nothing was changed there."
    ),
    "correction_still_there": QT_TRANSLATE_NOOP(
        "Error", "The CRM has the number in a field that cannot be changed from here. Take it out there."
    ),
    "correction_not_given": QT_TRANSLATE_NOOP(
        "Error", "The number is taken away at the CRM, but could not be given to {text}. Write it there."
    ),
}
_CRM_TOO = QT_TRANSLATE_NOOP("Number", " and in {crm}")
_PLACES: dict[CorrectionPlace, str] = {
    CorrectionPlace.CONTACTS: QT_TRANSLATE_NOOP("Number", "Your contacts"),
    CorrectionPlace.CRM: QT_TRANSLATE_NOOP("Number", "{crm}"),
    CorrectionPlace.DIRECTORY: QT_TRANSLATE_NOOP("Number", "Address book {name}"),
}
_OUTCOMES: dict[CorrectionOutcome, str] = {
    CorrectionOutcome.ASKING: QT_TRANSLATE_NOOP("Number", "{place}: looking…"),
    CorrectionOutcome.READY: QT_TRANSLATE_NOOP("Number", "{place}: will be changed"),
    CorrectionOutcome.LATER: QT_TRANSLATE_NOOP("Number", "{place}: will be changed when you are signed in"),
    CorrectionOutcome.NEXT_READING: QT_TRANSLATE_NOOP("Number", "{place}: changed when it is read next"),
    CorrectionOutcome.NOBODY: QT_TRANSLATE_NOOP("Number", "{place}: nobody has this number"),
    CorrectionOutcome.CANNOT: QT_TRANSLATE_NOOP("Number", "{place}: cannot be changed from here"),
    CorrectionOutcome.WRITING: QT_TRANSLATE_NOOP("Number", "{place}: being changed…"),
    CorrectionOutcome.DONE: QT_TRANSLATE_NOOP("Number", "{place}: changed"),
    CorrectionOutcome.WAITS: QT_TRANSLATE_NOOP("Number", "{place}: kept here, changed when it can be reached"),
    CorrectionOutcome.HALF_DONE: QT_TRANSLATE_NOOP("Number", "{place}: half done. {why}"),
    CorrectionOutcome.REFUSED: QT_TRANSLATE_NOOP("Number", "{place}: not changed. {why}"),
}
_WITH_REASON = frozenset({CorrectionOutcome.REFUSED, CorrectionOutcome.HALF_DONE})
_WHY: dict[str, str] = {
    "crm_refused": QT_TRANSLATE_NOOP("Number", "It says: {text}"),
    "crm_forbidden": QT_TRANSLATE_NOOP("Number", "You may not write there."),
    "crm_cannot": QT_TRANSLATE_NOOP("Number", "The connector of this CRM cannot write numbers."),
}
_DOUBTS: dict[NumberFinding, str] = {
    NumberFinding.NONE: QT_TRANSLATE_NOOP("Number", "{number} of {name}"),
    NumberFinding.WRONG: QT_TRANSLATE_NOOP("Number", "{number} of {name}: wrong number"),
    NumberFinding.SOMEBODY_ELSE: QT_TRANSLATE_NOOP("Number", "{number} of {name}: belongs to somebody else"),
    NumberFinding.OUT_OF_USE: QT_TRANSLATE_NOOP("Number", "{number} of {name}: no longer in use"),
}
_PROPOSED = QT_TRANSLATE_NOOP("Number", "{number} of {name} does not exist, says the telephone system ({status})")
_NAMELESS: dict[NumberFinding, str] = {
    NumberFinding.NONE: QT_TRANSLATE_NOOP("Number", "{number}"),
    NumberFinding.WRONG: QT_TRANSLATE_NOOP("Number", "{number}: wrong number"),
    NumberFinding.SOMEBODY_ELSE: QT_TRANSLATE_NOOP("Number", "{number}: belongs to somebody else"),
    NumberFinding.OUT_OF_USE: QT_TRANSLATE_NOOP("Number", "{number}: no longer in use"),
}
_BECOMES = QT_TRANSLATE_NOOP("Number", "Number: {before} becomes {after}")
_GOES = QT_TRANSLATE_NOOP("Number", "Number: {before} is taken away")
_GIVEN = QT_TRANSLATE_NOOP("Number", "Number: {before} goes to {name}")
_CHANGES = {CorrectionKind.CORRECT: _BECOMES, CorrectionKind.RETIRE: _GOES, CorrectionKind.MOVE: _GIVEN}
_WITH_WORDS = QT_TRANSLATE_NOOP("Number", "{what}: {words}")


def number_doubt_text(case: NumberCaseView) -> str:
    """Which number of whom, and what is wrong with it."""
    if not case.name:
        return sentence("Number", _NAMELESS[case.finding], {"number": case.shown})
    params: dict[str, str | int] = {"number": case.shown, "name": case.name, "status": case.evidence.sip_status}
    proposed = case.proposed and bool(case.evidence.sip_status)
    return sentence("Number", _PROPOSED if proposed else _DOUBTS[case.finding], params)


def number_place_text(place: PlaceView, crm_name: str) -> str:
    """What became, or would become, of a correction at one place."""
    where = sentence("Number", _PLACES[place.place], {"crm": crm_name, "name": place.name})
    why = code_in_words(place.error, place.error_text) if place.outcome in _WITH_REASON else ""
    return sentence("Number", _OUTCOMES[place.outcome], {"place": where, "why": why})


def correction_text(correction: NumberCorrection) -> str:
    """What a correction that waits is about."""
    params: dict[str, str | int] = {
        "before": grouped_number(correction.before),
        "after": grouped_number(correction.after),
        "name": correction.to_name,
    }
    return sentence("Number", _CHANGES[correction.kind], params)


def crm_too_text(crm_name: str) -> str:
    return sentence("Number", _CRM_TOO, {"crm": crm_name}) if crm_name else ""


def code_in_words(code: str, text: str) -> str:
    """Why a correction was not written; `text` is what is there now, or what the CRM said."""
    if code in _WHY:
        return sentence("Number", _WHY[code], {"text": text})
    if code in NUMBER_ERRORS:
        now = grouped_number(text) or "?"
        return sentence("Error", NUMBER_ERRORS[code], {"text": now, "now": now, "number": ""})
    return text or code


def number_finding_text(finding: NumberFinding) -> str:
    """What is wrong with a number, or that nothing is, in few words."""
    return sentence("Number", FINDINGS[finding])


def mark_text(mark: NumberMark) -> str:
    """What the agent found wrong with the number, when, and their line about that call."""
    what = sentence("Number", _MARKED[mark.finding], {"day": short_date_text(local_day(mark.marked_s))})
    return sentence("Number", _WITH_WORDS, {"what": what, "words": mark.words}) if mark.words else what
