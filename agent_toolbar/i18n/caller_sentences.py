"""What the CRM says of a caller, in words: who, what is open with them, what was lately. GUI thread."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale

from agent_toolbar.domain.contact import Importance
from agent_toolbar.domain.crm import CrmContact, Deal, PastContact
from agent_toolbar.domain.crm_caller import CrmCaller, CrmLookUp, sums_of
from agent_toolbar.i18n.call_sentences import importance_text, match_text
from agent_toolbar.i18n.formats import count_text, money_text
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

_CONTEXT = "Caller"
_LOOKING = QT_TRANSLATE_NOOP("Caller", "Looking in the CRM…")
_NOBODY = QT_TRANSLATE_NOOP("Caller", "Not in the CRM")
_ONE = QT_TRANSLATE_NOOP("Caller", "In the CRM")
_OWNED = QT_TRANSLATE_NOOP("Caller", "In the CRM, looked after by {owner}")
_SEVERAL = QT_TRANSLATE_NOOP("Caller", "{count} in the CRM: choose if you know")
_PERHAPS = QT_TRANSLATE_NOOP("Caller", "Perhaps this one in the CRM")
_CREATING = QT_TRANSLATE_NOOP("Caller", "The contact is being created…")
_FAILED = QT_TRANSLATE_NOOP("Caller", "The CRM could not say who this is")
_FAILURES = {
    "crm_slow": QT_TRANSLATE_NOOP("Caller", "The CRM did not answer in time"),
    "crm_unreachable": QT_TRANSLATE_NOOP("Caller", "The CRM cannot be reached"),
    "crm_busy": QT_TRANSLATE_NOOP("Caller", "The CRM asked to wait"),
    "crm_forbidden": QT_TRANSLATE_NOOP("Caller", "You may not look this up in the CRM"),
}
_NOT_CREATED = QT_TRANSLATE_NOOP("Caller", "The contact was not created. Try again.")
_MAY_NOT_CREATE = QT_TRANSLATE_NOOP("Caller", "You may not create contacts in the CRM.")
_NO_DEALS = QT_TRANSLATE_NOOP("Caller", "No open deals")
_ONE_DEAL = QT_TRANSLATE_NOOP("Caller", "1 open deal")
_DEALS = QT_TRANSLATE_NOOP("Caller", "{count} open deals")
_WORTH = QT_TRANSLATE_NOOP("Caller", "{deals}, {sums}")
_PAST = QT_TRANSLATE_NOOP("Caller", "{when}: {text}")
_PAST_BY = QT_TRANSLATE_NOOP("Caller", "{when}, {who}: {text}")


def caller_text(caller: CrmCaller) -> str:
    """What became of asking the CRM, in one line."""
    contact = caller.contact
    owner = contact.owner if contact is not None else ""
    return sentence(_CONTEXT, _source(caller, contact), {"owner": owner, "count": len(caller.contacts)})


def _source(caller: CrmCaller, contact: CrmContact | None) -> str:
    if caller.creating:
        return _CREATING
    if caller.create_fault:
        return _MAY_NOT_CREATE if caller.create_fault == "crm_forbidden" else _NOT_CREATED
    if caller.state is CrmLookUp.FAILED:
        return _FAILURES.get(caller.fault, _FAILED)
    if caller.state is not CrmLookUp.FOUND:
        return _LOOKING if caller.state is CrmLookUp.LOOKING else _NOBODY
    several = _PERHAPS if len(caller.contacts) == 1 else _SEVERAL
    return several if contact is None else _OWNED if contact.owner else _ONE


def deals_text(deals: tuple[Deal, ...] | None) -> str:
    """ "2 open deals, €12,400"; "" where the CRM has not said."""
    if deals is None:
        return ""
    if not deals:
        return sentence(_CONTEXT, _NO_DEALS)
    many = sentence(_CONTEXT, _ONE_DEAL if len(deals) == 1 else _DEALS, {"count": count_text(len(deals))})
    sums = " + ".join(money_text(one.amount, one.currency) for one in sums_of(deals))
    return sentence(_CONTEXT, _WORTH, {"deals": many, "sums": sums}) if sums else many


def past_text(past: PastContact) -> str:
    """ "5/1/26, Alice: Asked for an offer"."""
    values = {"when": _day(past.when), "who": past.who, "text": past.text}
    return sentence(_CONTEXT, _PAST_BY if past.who else _PAST, values)


def choice_text(contact: CrmContact) -> str:
    """One of several, with what tells them apart."""
    words = [contact.name, contact.company]
    if contact.importance is not Importance.NORMAL:
        words.append(importance_text(contact.importance))
    if not contact.level.certain:
        words.append(match_text(contact.level))
    return " · ".join(word for word in words if word)


def _day(when: str) -> str:
    """A date or time of ISO 8601 as a short date on this desk; anything else as it is."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return when
    day: date = moment.astimezone().date() if moment.tzinfo is not None else moment.date()
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
