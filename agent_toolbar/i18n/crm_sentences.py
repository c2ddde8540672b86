"""The CRM switch and the outbox in words: what is so, what waits and why, what to do. GUI thread."""

from __future__ import annotations

from agent_toolbar.application.toolbar_state import CrmView, OutboxView
from agent_toolbar.domain.crm import CallResult, CrmState
from agent_toolbar.domain.number_format import grouped_number
from agent_toolbar.i18n.number_sentences import NUMBER_ERRORS, code_in_words
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

CRM_FAULTS: dict[str, str] = {
    "crm_no_key": QT_TRANSLATE_NOOP("Fault", "The key for the CRM is missing, so nothing is written there."),
    "outbox_stuck": QT_TRANSLATE_NOOP("Fault", "Entries for the CRM that need your decision: {count}."),
    "crm_sign_in_needed": QT_TRANSLATE_NOOP("Fault", "Sign in at the CRM: your browser opens for that."),
    "crm_in_browser": QT_TRANSLATE_NOOP("Fault", "Sign in at the CRM in your browser. This waits for three minutes."),
    "crm_no_browser": QT_TRANSLATE_NOOP(
        "Fault", "No browser could be opened. Open this address on this computer to sign in at the CRM: {url}"
    ),
    "outbox_disk_full": QT_TRANSLATE_NOOP(
        "Fault", "The disk is full: what the CRM must still be told is kept in memory only. Make some room."
    ),
    "outbox_corrupted": QT_TRANSLATE_NOOP(
        "Fault", "The file of what waits for the CRM was damaged and set aside ({file}). New calls go to a new one."
    ),
    "caller_choices_failed": QT_TRANSLATE_NOOP(
        "Fault", "Which contact you chose for a number cannot be kept on the disk now. It is tried with the next one."
    ),
    "outbox_failed": QT_TRANSLATE_NOOP(
        "Fault", "What waits for the CRM cannot be written to the disk now. It is kept in memory and written later."
    ),
}

CRM_ERRORS: dict[str, str] = {
    "no_crm": QT_TRANSLATE_NOOP(
        "Error", "No CRM is set up. Set one up in the settings, or with: agent-toolbar crm account set"
    ),
    "no_connector": QT_TRANSLATE_NOOP("Error", "There is no connector “{manifest}” for a CRM."),
    "bad_manifest": QT_TRANSLATE_NOOP("Error", "“{manifest}” is no name of a connector."),
    "bad_crm_url": QT_TRANSLATE_NOOP(
        "Error", "“{url}” is no address of a CRM. It begins with https:// and holds no password."
    ),
    "bad_crm_value": QT_TRANSLATE_NOOP("Error", "“{name}” is no name of a value of a connector."),
    "crm_value_missing": QT_TRANSLATE_NOOP("Error", "This is needed: {name}."),
    "not_in_outbox": QT_TRANSLATE_NOOP("Error", "This call does not wait for the CRM any more ({key})."),
    "outbox_doubtful": QT_TRANSLATE_NOOP("Error", "Nobody knows whether this call is at the CRM already. Look there."),
    "crm_not_asked": QT_TRANSLATE_NOOP("Error", "The CRM is not asked about this call. Sign in, and try again."),
    "crm_no_name": QT_TRANSLATE_NOOP("Error", "The new contact needs a name."),
    "crm_creating": QT_TRANSLATE_NOOP("Error", "This contact is being created already."),
    "no_crm_page": QT_TRANSLATE_NOOP("Error", "The CRM has no page for this call."),
    "quit_with_outbox": QT_TRANSLATE_NOOP(
        "Error", "{count} entries are not written to the CRM yet. They are kept, and go out after the next start."
    ),
}

CRM_STATES: dict[CrmState, str] = {
    CrmState.SIGNED_OUT: QT_TRANSLATE_NOOP("Crm", "Signed out"),
    CrmState.SIGNING_IN: QT_TRANSLATE_NOOP("Crm", "Signing in…"),
    CrmState.BROWSER: QT_TRANSLATE_NOOP("Crm", "In the browser…"),
    CrmState.SIGNED_IN: QT_TRANSLATE_NOOP("Crm", "Signed in"),
    CrmState.FAULT: QT_TRANSLATE_NOOP("Crm", "Not signed in"),
}

RESULTS: dict[CallResult, str] = {
    CallResult.ANSWERED: QT_TRANSLATE_NOOP("Crm", "answered"),
    CallResult.MISSED: QT_TRANSLATE_NOOP("Crm", "missed"),
    CallResult.DECLINED: QT_TRANSLATE_NOOP("Crm", "declined"),
    CallResult.TRANSFERRED: QT_TRANSLATE_NOOP("Crm", "transferred"),
    CallResult.NOT_REACHED: QT_TRANSLATE_NOOP("Crm", "not reached"),
}

_TROUBLES: dict[str, str] = {
    "crm_unreachable": QT_TRANSLATE_NOOP("Crm", "The CRM could not be reached. It is tried again."),
    "crm_slow": QT_TRANSLATE_NOOP("Crm", "The CRM did not answer in time. It is asked, then tried again."),
    "crm_unauthorized": QT_TRANSLATE_NOOP("Crm", "The CRM did not take the key. It goes out after signing in again."),
    "crm_busy": QT_TRANSLATE_NOOP("Crm", "The CRM asked to wait. It is tried again."),
    "crm_broken_answer": QT_TRANSLATE_NOOP("Crm", "The CRM answered nothing usable. It is asked, then tried again."),
    "crm_forbidden": QT_TRANSLATE_NOOP("Crm", "You may not write this at the CRM."),
    "crm_refused": QT_TRANSLATE_NOOP("Crm", "The CRM refuses this: {text}"),
    "crm_cannot": QT_TRANSLATE_NOOP("Crm", "The connector of this CRM cannot write this."),
    "crm_needs_contact": QT_TRANSLATE_NOOP(
        "Crm",
        "The CRM writes calls to a contact, and none there has this number for certain. Create it, then try again.",
    ),
    "outbox_doubtful": QT_TRANSLATE_NOOP(
        "Crm",
        "It may be at the CRM already, and this CRM cannot be asked. Look there: discard it here if it is, "
        "else send it again.",
    ),
}
_OTHER = QT_TRANSLATE_NOOP("Crm", "This did not work ({code}). Send it again, or tell your support this word.")
_HELD = QT_TRANSLATE_NOOP("Crm", "It goes out when the record of the call is finished.")
_SENDING = QT_TRANSLATE_NOOP("Crm", "Being sent…")
_FOREIGN = QT_TRANSLATE_NOOP("Crm", "It belongs to another sign-in at the CRM, and waits for that.")
_CHANGE = QT_TRANSLATE_NOOP("Crm", "A change of what the CRM knows already waits to be sent.")
_WAITS = QT_TRANSLATE_NOOP("Crm", "It waits to be sent.")
_WAITS_SIGNED_OUT = QT_TRANSLATE_NOOP("Crm", "It goes out once you are signed in at the CRM.")
_NOT_SET_UP = QT_TRANSLATE_NOOP("Crm", "Not set up")
_WAITING = QT_TRANSLATE_NOOP("Crm", "{count} waiting")
_STUCK = QT_TRANSLATE_NOOP("Crm", "{count} stuck")
_NOBODY = QT_TRANSLATE_NOOP("Crm", "Withheld number")


SIGN_IN_PAGE: dict[str, str] = {
    "done": QT_TRANSLATE_NOOP("Crm", "Signed in. You can close this page and go back to the toolbar."),
    "failed": QT_TRANSLATE_NOOP("Crm", "Not signed in. The toolbar says why; you can close this page."),
    "refused": QT_TRANSLATE_NOOP("Crm", "This page is not part of a sign-in of the toolbar."),
}


def sign_in_page_text(name: str) -> str:
    """What the browser shows in the end: "done", "failed", or "refused" to what nobody waits for."""
    return sentence("Crm", SIGN_IN_PAGE[name])


def crm_state_text(view: CrmView) -> str:
    """The state of the switch in one or two words."""
    return sentence("Crm", CRM_STATES[view.state] if view.configured else _NOT_SET_UP)


def waiting_text(view: CrmView) -> str:
    """ "3 waiting", or "1 stuck" while a person is needed; "" when nothing waits."""
    if view.stuck:
        return sentence("Crm", _STUCK, {"count": view.stuck})
    return sentence("Crm", _WAITING, {"count": view.waiting}) if view.waiting else ""


def outbox_party_text(view: OutboxView) -> str:
    """Whom the call was with."""
    entry = view.item.entry
    return entry.contact_name or grouped_number(entry.number) or sentence("Crm", _NOBODY)


def call_result_text(result: CallResult) -> str:
    return sentence("Crm", RESULTS[result])


def outbox_item_text(view: OutboxView, *, signed_in: bool) -> str:
    """Why it is not at the CRM yet, and what to do if somebody must."""
    item = view.item
    if view.sending:
        return sentence("Crm", _SENDING)
    if view.foreign:
        return sentence("Crm", _FOREIGN)
    if item.held:
        return sentence("Crm", _HELD)
    if item.error:
        return _trouble_text(item.error, item.error_text)
    if not signed_in:
        return sentence("Crm", _WAITS_SIGNED_OUT)
    return sentence("Crm", _CHANGE if item.record else _WAITS)


def _trouble_text(code: str, text: str) -> str:
    if code in NUMBER_ERRORS:
        return code_in_words(code, text)
    return sentence("Crm", _TROUBLES.get(code, _OTHER), {"text": text, "code": code})
