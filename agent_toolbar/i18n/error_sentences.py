"""Every code of AgentToolbarError in words, in one table; a test holds it against the sources. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping

from agent_toolbar.application.call_actions import Refusal
from agent_toolbar.application.toolbar_state import Fault
from agent_toolbar.domain.dial_risk import DialRisk
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.call_sentences import refusal_text
from agent_toolbar.i18n.connector_sentences import CONNECTOR_ERRORS
from agent_toolbar.i18n.crm_sentences import CRM_ERRORS
from agent_toolbar.i18n.directory_sentences import DIRECTORY_ERRORS
from agent_toolbar.i18n.fault_sentences import FAULTS, params_in_words
from agent_toolbar.i18n.handler_sentences import HANDLER_ERRORS
from agent_toolbar.i18n.number_sentences import NUMBER_ERRORS, crm_too_text
from agent_toolbar.i18n.page_sentences import PAGE_ERRORS
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.transfer_sentences import dial_risk_text
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

_OUT_OF_STEP = QT_TRANSLATE_NOOP(
    "Error", "Toolbar and telephone part do not understand each other. Quit the toolbar and start it again."
)
ERRORS: dict[str, str] = {
    # calls
    "not_a_number": QT_TRANSLATE_NOOP("Error", "“{text}” is not a telephone number. Nothing was dialled."),
    "text_not_sent": QT_TRANSLATE_NOOP("Error", "The telephone system could not be told."),
    "no_line_for_code": QT_TRANSLATE_NOOP("Error", "All four lines are in use. The telephone system is told later."),
    "bad_digits": QT_TRANSLATE_NOOP("Error", "Only 0 to 9, A to D, * and # can be sent as tones."),
    "call_not_found": QT_TRANSLATE_NOOP("Error", "This call is over already."),
    "call_not_connected": QT_TRANSLATE_NOOP("Error", "The call is not connected yet."),
    "call_in_other_state": QT_TRANSLATE_NOOP("Error", "The call has moved on meanwhile. Look at it and try again."),
    "call_operation_failed": QT_TRANSLATE_NOOP("Error", "The telephone could not do that with this call. Try again."),
    "call_not_ended": QT_TRANSLATE_NOOP("Error", "The call did not end properly. Try to hang up again."),
    "unknown_call": QT_TRANSLATE_NOOP("Error", "This call is over already."),
    "illegal_call_move": QT_TRANSLATE_NOOP("Error", "The call cannot do that now."),
    "cti_off_with_call": QT_TRANSLATE_NOOP("Error", "You are in a call with {name}. Switching CTI off ends it."),
    "cti_off_with_ringing_call": QT_TRANSLATE_NOOP("Error", "{name} is calling. Switching CTI off declines the call."),
    "cti_off_with_dialled_call": QT_TRANSLATE_NOOP("Error", "You are calling {name}. Switching CTI off ends that."),
    "bad_dial_target": QT_TRANSLATE_NOOP("Error", "This cannot be called. Type a number or a SIP address."),
    "audio_test_in_call": QT_TRANSLATE_NOOP("Error", "The sound test waits until your call is over."),
    # links
    "link_too_long": QT_TRANSLATE_NOOP("Error", "This link is too long for a telephone number. Nothing was dialled."),
    "link_not_a_link": QT_TRANSLATE_NOOP("Error", "“{text}” is no link to a telephone number. Nothing was dialled."),
    "link_no_number": QT_TRANSLATE_NOOP("Error", "There is no telephone number in “{text}”. Nothing was dialled."),
    "link_damaged": QT_TRANSLATE_NOOP(
        "Error", "The number of this link was damaged on its way here (“{text}”). Copy it into the dial field."
    ),
    "link_foreign_host": QT_TRANSLATE_NOOP(
        "Error",
        "This link wants to call somebody at {host}, which is not your telephone system. Nothing was dialled.",
    ),
    "link_just_appeared": QT_TRANSLATE_NOOP("Error", "This question has only just appeared. Read it, then agree."),
    "link_no_request": QT_TRANSLATE_NOOP("Error", "Nothing asks to be called any more."),
    **HANDLER_ERRORS,
    # selected text
    "selection_empty": QT_TRANSLATE_NOOP("Error", "Nothing is selected or copied. Select a telephone number first."),
    "selection_no_number": QT_TRANSLATE_NOOP("Error", "There is no telephone number in “{text}”. Nothing was dialled."),
    "selection_several": QT_TRANSLATE_NOOP(
        "Error", "Several numbers are selected: {numbers}. Select only the one to call."
    ),
    "selection_too_long": QT_TRANSLATE_NOOP("Error", "Too much text is selected. Select only the number to call."),
    "selection_no_answer": QT_TRANSLATE_NOOP(
        "Error", "The other program does not hand its selected text over. Copy the number into the dial field."
    ),
    # handing over
    "hang_up_cuts_customer": QT_TRANSLATE_NOOP("Error", "Hanging up now cuts off {name}."),
    "target_asks": QT_TRANSLATE_NOOP("Error", "{number} is {risk}. Go on all the same?"),
    "illegal_transfer_move": QT_TRANSLATE_NOOP(
        "Error", "The handover has moved on meanwhile. Look at it and try again."
    ),
    "no_such_transfer_target": QT_TRANSLATE_NOOP(
        "Error", "Neither a colleague nor a number fits “{text}”. Nothing was handed over."
    ),
    "bad_context_key": QT_TRANSLATE_NOOP("Error", "The notes cannot go along with this call. Try again."),
    # availability and wrap-up
    "no_wrap_up": QT_TRANSLATE_NOOP("Error", "No record of a call is open."),
    "wrap_up_open": QT_TRANSLATE_NOOP("Error", "The record of your last call is open. Finish it first."),
    "unknown_reason": QT_TRANSLATE_NOOP("Error", "“{reason}” is no reason of this toolbar. Your state stays."),
    "reason_needs_note": QT_TRANSLATE_NOOP("Error", "Say in a few words what for ({reason}). Your state stays."),
    "no_call_to_wrap_up": QT_TRANSLATE_NOOP("Error", "There is no call to wrap up."),
    "unknown_disposition": QT_TRANSLATE_NOOP("Error", "“{disposition}” is no outcome of this toolbar."),
    "bad_follow_up": QT_TRANSLATE_NOOP("Error", "“{text}” is no date. It looks like 2026-05-27."),
    "wrap_up_needs_subject": QT_TRANSLATE_NOOP("Error", "Say what the call was about, then finish."),
    "wrap_up_needs_disposition": QT_TRANSLATE_NOOP("Error", "Choose the outcome of the call, then finish."),
    "queue_refused": QT_TRANSLATE_NOOP("Error", "The telephone system refuses your state: {detail}."),
    "queue_unreachable": QT_TRANSLATE_NOOP(
        "Error", "The telephone system cannot be reached, so its queues do not know your state."
    ),
    "queue_timeout": QT_TRANSLATE_NOOP(
        "Error", "The telephone system does not answer, so its queues may see you otherwise."
    ),
    "no_queue_user": QT_TRANSLATE_NOOP(
        "Error", "The settings name no address and user (availability.rest) that the password could belong to."
    ),
    "queue_no_line": QT_TRANSLATE_NOOP(
        "Error", "All four lines are in use, so the telephone system cannot be told your state until one is free."
    ),
    "queue_no_password": QT_TRANSLATE_NOOP(
        "Error", "No password of {user} is kept, so the queues of the telephone system cannot be told your state."
    ),
    "queue_wrong_password": QT_TRANSLATE_NOOP(
        "Error", "The telephone system does not accept the password of {user}, so its queues do not know your state."
    ),
    # account
    "no_server": QT_TRANSLATE_NOOP("Error", "Type the name of the server. It looks like pbx.example.com."),
    "no_extension": QT_TRANSLATE_NOOP("Error", "Type your extension. It looks like 204."),
    "bad_server": QT_TRANSLATE_NOOP("Error", "“{server}” is not the name of a server. It looks like pbx.example.com."),
    "bad_port": QT_TRANSLATE_NOOP("Error", "A port is a number from 1 to 65535. Leave it out if you do not know it."),
    "bad_extension": QT_TRANSLATE_NOOP("Error", "“{extension}” is not an extension. It looks like 204."),
    "bad_account": QT_TRANSLATE_NOOP("Error", "The telephone cannot use this account. Check server and extension."),
    "bad_transport": QT_TRANSLATE_NOOP("Error", "“{transport}” is no transport. Use udp or tcp."),
    "account_refused": QT_TRANSLATE_NOOP("Error", "The telephone cannot use this account. Check server and extension."),
    "quit_with_call": QT_TRANSLATE_NOOP("Error", "You are in a call with {name}. Quitting ends it."),
    "quit_with_ringing_call": QT_TRANSLATE_NOOP("Error", "{name} is calling. Quitting ends the call."),
    "quit_with_dialled_call": QT_TRANSLATE_NOOP("Error", "You are calling {name}. Quitting ends that."),
    # contacts
    "contacts_file_unreadable": QT_TRANSLATE_NOOP("Error", "{file} cannot be read: {detail}. Nothing was imported."),
    "contacts_file_empty": QT_TRANSLATE_NOOP("Error", "{file} is empty. Nothing was imported."),
    "contacts_not_text": QT_TRANSLATE_NOOP(
        "Error", "{file} is not a text file. Save it as CSV or vCard first. Nothing was imported."
    ),
    "contacts_no_header": QT_TRANSLATE_NOOP(
        "Error", "The first line does not name the columns. Add a line such as Name;Company;Telephone."
    ),
    "contacts_no_phone_column": QT_TRANSLATE_NOOP(
        "Error", "None of the columns holds telephone numbers ({columns}). Say which one does."
    ),
    "contacts_no_name_column": QT_TRANSLATE_NOOP(
        "Error", "None of the columns holds names or companies ({columns}). Say which one does."
    ),
    "contacts_unknown_field": QT_TRANSLATE_NOOP("Error", "A contact has no “{field}”. It can have: {fields}."),
    "contacts_unknown_column": QT_TRANSLATE_NOOP(
        "Error", "The file has no column “{column}”. It has: {columns}. Nothing was imported."
    ),
    "contacts_import_running": QT_TRANSLATE_NOOP("Error", "Another import is running. Wait until it is done."),
    "contacts_import_interrupted": QT_TRANSLATE_NOOP(
        "Error", "The import stopped before its end. The contacts are as they were before; import again."
    ),
    "contacts_import_not_started": QT_TRANSLATE_NOOP("Error", "The import did not start ({detail}). Try again."),
    "database_too_new": QT_TRANSLATE_NOOP(
        "Error",
        "These data were written by a newer toolbar (form {found}, this one knows {known}). Update the toolbar.",
    ),
    # settings
    "settings_broken": QT_TRANSLATE_NOOP("Error", "The settings cannot be read (line {line}: {reason})."),
    "settings_unknown_key": QT_TRANSLATE_NOOP("Error", "The settings have an unknown entry “{key}”."),
    "settings_wrong_value": QT_TRANSLATE_NOOP(
        "Error", "The setting “{key}” has a value that cannot be (allowed: {expected})."
    ),
    "settings_password_in_url": QT_TRANSLATE_NOOP(
        "Error", "The setting “{key}” holds a password. Take it out: passwords are kept in the keyring only."
    ),
    "settings_unknown_place": QT_TRANSLATE_NOOP(
        "Error", "“{place}” is no placeholder of an address (setting “{key}”). There are: {known}."
    ),
    "settings_page_host": QT_TRANSLATE_NOOP(
        "Error",
        "The setting “{key}” leads to {host}, which is neither the CRM by https nor named in crm.page_hosts.",
    ),
    "settings_too_new": QT_TRANSLATE_NOOP("Error", "The settings were written by a newer toolbar ({version})."),
    "settings_forced": QT_TRANSLATE_NOOP("Error", "“{key}” is set by your administrator and stays as it is."),
    "settings_overruled": QT_TRANSLATE_NOOP(
        "Error",
        "Your own settings under “{table}” do not go with those of your administrator ({key}) and are not in force. "
        "Choose others on their page of the settings.",
    ),
    "policy_unusable": QT_TRANSLATE_NOOP("Error", "The policy of your administrator is not in force ({file})."),
    "settings_not_written": QT_TRANSLATE_NOOP(
        "Error", "The settings cannot be written ({file}: {reason}). They hold until you quit."
    ),
    # engine and practice line
    "already_attached": _OUT_OF_STEP,
    "not_attached": _OUT_OF_STEP,
    "wrong_secret": _OUT_OF_STEP,
    "malformed_command": _OUT_OF_STEP,
    "unexpected_command": _OUT_OF_STEP,
    "bad_call_id": _OUT_OF_STEP,
    "dial_failed": QT_TRANSLATE_NOOP("Error", "The call could not be begun. Check the number and try again."),
    "registration_failed": QT_TRANSLATE_NOOP("Error", "The telephone could not begin to connect. Check the account."),
    "transport_failed": QT_TRANSLATE_NOOP("Error", "No connection to the network can be opened. Check the network."),
    "practice_failed": QT_TRANSLATE_NOOP("Error", "The practice line did not start ({detail}). Try again."),
    # audit of the telephone system
    "audit_no_answer": QT_TRANSLATE_NOOP(
        "Error", "The telephone system cannot be asked ({server}: {reason}). Check server, port and network."
    ),
    "audit_failed": QT_TRANSLATE_NOOP(
        "Error", "The audit of {server} stopped before its end. Try again; if it happens again, tell your support."
    ),
    "bundle_not_written": QT_TRANSLATE_NOOP(
        "Error", "The file for support could not be written ({file}: {reason}). Choose another place."
    ),
    "audit_not_written": QT_TRANSLATE_NOOP(
        "Error", "The report cannot be written ({file}: {reason}). Choose another folder."
    ),
    **CRM_ERRORS,
    **NUMBER_ERRORS,
    **DIRECTORY_ERRORS,
    **PAGE_ERRORS,
    "engine_not_attached": QT_TRANSLATE_NOOP("Error", "The telephone part is not running yet. Try again in a moment."),
    **CONNECTOR_ERRORS,
}

_UNUSABLE_SETTINGS = frozenset(
    {
        "settings_broken",
        "settings_unknown_key",
        "settings_wrong_value",
        "settings_password_in_url",
        "settings_unknown_place",
        "settings_page_host",
        "settings_too_new",
    }
)
_BUILT_IN_SETTINGS = QT_TRANSLATE_NOOP("Error", "Built-in settings are in force until it is put right: {file}")
_WITHOUT_POLICY = QT_TRANSLATE_NOOP("Error", "Until then CTI does not go on by itself. Tell your administrator.")
_UNKNOWN = QT_TRANSLATE_NOOP("Error", "This did not work ({code}). If it happens again, tell your support this word.")


def error_text(error: AgentToolbarError) -> str:
    """What went wrong and what to do."""
    return code_text(error.code, error.params)


def fault_text(fault: Fault) -> str:
    """What is wrong and what it means, in a sentence or two. `retry_text` tells when it is tried again."""
    if fault.code in FAULTS:
        return sentence("Fault", FAULTS[fault.code], params_in_words(fault.params))
    return code_text(fault.code, fault.params)


def code_text(code: str, params: Mapping[str, str | int | float]) -> str:
    """The sentence of a code, whoever said it. A code that we do not know is shown, so that support can be told."""
    if code in ERRORS:
        told = sentence("Error", ERRORS[code], _in_words(params))
        if code == "policy_unusable" and params.get("problem") in ERRORS:
            problem = sentence("Error", ERRORS[str(params["problem"])], params)
            return f"{told} {problem} {sentence('Error', _WITHOUT_POLICY, params)}"
        left_alone = code in _UNUSABLE_SETTINGS and "file" in params
        return f"{told} {sentence('Error', _BUILT_IN_SETTINGS, params)}" if left_alone else told
    if code in set(Refusal):
        return refusal_text(Refusal(code))
    if code in FAULTS:
        return sentence("Fault", FAULTS[code], params_in_words(params))
    return sentence("Error", _UNKNOWN, {"code": code})


def _in_words(params: Mapping[str, str | int | float]) -> Mapping[str, str | int | float]:
    if "crm" in params:
        params = {**params, "crm": crm_too_text(str(params["crm"]))}
    risk = params.get("risk")
    return {**params, "risk": dial_risk_text(DialRisk(str(risk)))} if risk in set(DialRisk) else params
