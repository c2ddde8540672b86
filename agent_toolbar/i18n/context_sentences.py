"""The story that came with a call in words: who sends it, what was noted, who had it before. GUI thread."""

from __future__ import annotations

from agent_toolbar.domain.context import Certainty, Party, ReceivedContext, Stage
from agent_toolbar.i18n.formats import time_text
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

_FROM = QT_TRANSLATE_NOOP("Story", "From {who}")
_PROBABLY_FROM = QT_TRANSLATE_NOOP("Story", "Probably from {who}")
_BACK_FROM = QT_TRANSLATE_NOOP("Story", "Back from {who}")
_PROBABLY_BACK_FROM = QT_TRANSLATE_NOOP("Story", "Probably back from {who}")
_BACK = QT_TRANSLATE_NOOP("Story", "Back again: you had handed over this call")
_NOTE = QT_TRANSLATE_NOOP("Story", "“{note}”")
_STAGE = QT_TRANSLATE_NOOP("Story", "{time} {who}: {why}")

REASONS: dict[str, str] = {
    "called": QT_TRANSLATE_NOOP("Story", "took the call"),
    "dialled": QT_TRANSLATE_NOOP("Story", "made the call"),
    "blind": QT_TRANSLATE_NOOP("Story", "was handed the call"),
    "consultation": QT_TRANSLATE_NOOP("Story", "took over after a consultation"),
    "redirect": QT_TRANSLATE_NOOP("Story", "was sent the call"),
    "returned": QT_TRANSLATE_NOOP("Story", "got the call back"),
}
_SOMEHOW = QT_TRANSLATE_NOOP("Story", "had the call")


def party_text(party: Party) -> str:
    """A colleague as "Alice (1001)", or the extension alone."""
    return f"{party.name} ({party.extension})" if party.name else party.extension


def sender_text(received: ReceivedContext) -> str:
    """Who sends the call or where it comes back from, and whether that is sure."""
    probable = received.certainty is Certainty.PROBABLE
    if received.returned:
        if not received.back_from:
            return sentence("Story", _BACK)
        return sentence("Story", _PROBABLY_BACK_FROM if probable else _BACK_FROM, {"who": received.back_from})
    who = {"who": party_text(received.context.sender)}
    return sentence("Story", _PROBABLY_FROM if probable else _FROM, who)


def note_text(received: ReceivedContext) -> str:
    """What the sender noted, in quotation marks; "" for nothing."""
    note = received.context.note
    return sentence("Story", _NOTE, {"note": note}) if note else ""


def story_text(received: ReceivedContext) -> str:
    """The whole story, one line each: sender, note, and everybody who had the call with the time."""
    stages = [_stage_text(stage) for stage in received.context.stages]
    return "\n".join(line for line in (sender_text(received), note_text(received), *stages) if line)


def _stage_text(stage: Stage) -> str:
    why = sentence("Story", REASONS.get(stage.why, _SOMEHOW))
    return sentence("Story", _STAGE, {"time": time_text(stage.since_s), "who": party_text(stage.who), "why": why})
