"""A call that a link, a page or a selected text asks for, in words. GUI thread."""

from __future__ import annotations

from urllib.parse import urlsplit

from agent_toolbar.application.toolbar_state import DialRequestView
from agent_toolbar.domain.dial_request import AskReason, DialSource
from agent_toolbar.i18n.country_names import country_name
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

DIAL_SOURCES: dict[DialSource, str] = {
    DialSource.LINK: QT_TRANSLATE_NOOP("DialRequest", "A link wants this call."),
    DialSource.PAGE: QT_TRANSLATE_NOOP("DialRequest", "The page {origin} wants this call."),
    DialSource.SELECTION: QT_TRANSLATE_NOOP("DialRequest", "You selected this text."),
}
ASK_REASONS: dict[AskReason, str] = {
    AskReason.EMERGENCY: QT_TRANSLATE_NOOP("DialRequest", "This is an emergency number."),
    AskReason.SERVICE_CODE: QT_TRANSLATE_NOOP(
        "DialRequest", "This is a code that may change settings of your telephone, such as diversions."
    ),
    AskReason.PREMIUM: QT_TRANSLATE_NOOP("DialRequest", "This number may cost extra."),
    AskReason.NEW_COUNTRY: QT_TRANSLATE_NOOP("DialRequest", "Nobody has called this country from here before."),
    AskReason.BURST: QT_TRANSLATE_NOOP("DialRequest", "Many calls were asked for within a minute."),
    AskReason.FOREIGN_HOST: QT_TRANSLATE_NOOP("DialRequest", "This address is not at your telephone system."),
    AskReason.SETTINGS: "",
}


def dial_source_text(request: DialRequestView) -> str:
    """Who asks, as a sentence."""
    origin = urlsplit(request.origin).netloc or request.origin
    return sentence("DialRequest", DIAL_SOURCES[request.source], {"origin": origin})


def ask_reason_text(reason: AskReason) -> str:
    """What is unusual about the call, "" for nothing."""
    return sentence("DialRequest", ASK_REASONS[reason]) if ASK_REASONS[reason] else ""


def request_country_text(request: DialRequestView) -> str:
    """The country of the number in words, "" for one without."""
    return country_name(request.number.region)
