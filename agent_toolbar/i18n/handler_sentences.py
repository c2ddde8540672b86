"""Who opens links on this computer, and why the toolbar could not be offered for them, in words. GUI thread."""

from __future__ import annotations

from agent_toolbar.application.ports.scheme_handlers import DesktopSystem, HandlersFound, Offer, SchemeHolder
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

_CONTEXT = "Handlers"
HANDLER_ERRORS = {
    "handlers_not_allowed": QT_TRANSLATE_NOOP("Error", "This account may not write there: {place}."),
    "handlers_failed": QT_TRANSLATE_NOOP("Error", "The system could not be told ({detail})."),
    "handlers_bad_path": QT_TRANSLATE_NOOP(
        "Error", "The system cannot start a program that lies in such a place: {place}"
    ),
    "handlers_overruled": QT_TRANSLATE_NOOP(
        "Error", "The toolbar is offered, but this file gives {scheme} links to somebody else: {place}"
    ),
    "handlers_unreadable": QT_TRANSLATE_NOOP(
        "Error", "Who opens links is not known, as this file cannot be read ({detail}): {place}"
    ),
    "handlers_person_chooses": QT_TRANSLATE_NOOP(
        "Error", "On this system only you can choose who opens links, in the system's settings."
    ),
    "handlers_in_application": QT_TRANSLATE_NOOP(
        "Error", "On macOS the application offers itself for links, as soon as it lies in the folder of applications."
    ),
}
_OURS = QT_TRANSLATE_NOOP("Handlers", "Agent Toolbar")
_NOBODY = QT_TRANSLATE_NOOP("Handlers", "Nobody")
_NOT_KNOWN = QT_TRANSLATE_NOOP("Handlers", "Not known")
_NOT_CHOSEN = {
    DesktopSystem.LINUX: _NOBODY,
    DesktopSystem.WINDOWS: QT_TRANSLATE_NOOP("Handlers", "Not chosen yet: Windows asks at the next link"),
    DesktopSystem.MACOS: QT_TRANSLATE_NOOP("Handlers", "Not chosen yet: macOS decides"),
}
_OFFERS = {
    Offer.NONE: QT_TRANSLATE_NOOP("Handlers", "The toolbar is not offered for these links."),
    Offer.CURRENT: QT_TRANSLATE_NOOP("Handlers", "The toolbar is offered for these links."),
    Offer.OTHER_PROGRAM: QT_TRANSLATE_NOOP(
        "Handlers", "Another copy of the toolbar is offered for these links. Offer this one to take its place."
    ),
}
_OFFERED_TO_ALL = QT_TRANSLATE_NOOP(
    "Handlers", "The toolbar is offered for these links, to everybody at this computer."
)


def holder_text(holder: SchemeHolder, found: HandlersFound) -> str:
    """Who opens the links of one scheme."""
    if holder.ours:
        return sentence(_CONTEXT, _OURS)
    if not holder.known:
        return sentence(_CONTEXT, _NOT_CHOSEN[found.system] if found.problem is None else _NOT_KNOWN)
    return holder.name or sentence(_CONTEXT, _NOBODY)


def offer_text(found: HandlersFound) -> str:
    """Whether the toolbar is among those that may be chosen."""
    if found.user is Offer.NONE and found.machine is Offer.CURRENT:
        return sentence(_CONTEXT, _OFFERED_TO_ALL)
    return sentence(_CONTEXT, _OFFERS[found.user if found.user is not Offer.NONE else found.machine])
