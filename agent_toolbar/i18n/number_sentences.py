"""Numbers that are wrong, and their correction, in words. GUI thread."""

from __future__ import annotations

from agent_toolbar.domain.number_finding import NumberFinding
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
_WITH_WORDS = QT_TRANSLATE_NOOP("Number", "{what}: {words}")


def number_finding_text(finding: NumberFinding) -> str:
    """What is wrong with a number, or that nothing is, in few words."""
    return sentence("Number", FINDINGS[finding])


def mark_text(mark: NumberMark) -> str:
    """What the agent found wrong with the number, when, and their line about that call."""
    what = sentence("Number", _MARKED[mark.finding], {"day": short_date_text(local_day(mark.marked_s))})
    return sentence("Number", _WITH_WORDS, {"what": what, "words": mark.words}) if mark.words else what
