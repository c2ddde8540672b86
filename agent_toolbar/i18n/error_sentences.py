"""Every code of AgentToolbarError in words, in one table; a test holds it against the sources. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping

from agent_toolbar.application.call_actions import Refusal
from agent_toolbar.application.toolbar_state import Fault
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.call_sentences import refusal_text
from agent_toolbar.i18n.fault_sentences import FAULTS, params_in_words
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

ERRORS: dict[str, str] = {
    # calls
    "not_a_number": QT_TRANSLATE_NOOP("Error", "“{text}” is not a telephone number. Nothing was dialled."),
    "bad_digits": QT_TRANSLATE_NOOP("Error", "Only 0 to 9, A to D, * and # can be sent as tones."),
    "call_not_found": QT_TRANSLATE_NOOP("Error", "This call is over already."),
    "call_not_connected": QT_TRANSLATE_NOOP("Error", "The call is not connected yet."),
    "call_in_other_state": QT_TRANSLATE_NOOP("Error", "The call has moved on meanwhile. Look at it and try again."),
    "call_operation_failed": QT_TRANSLATE_NOOP("Error", "The telephone could not do that with this call. Try again."),
    "call_not_ended": QT_TRANSLATE_NOOP("Error", "The call did not end properly. Try to hang up again."),
    "unknown_call": QT_TRANSLATE_NOOP("Error", "This call is over already."),
    "illegal_call_move": QT_TRANSLATE_NOOP("Error", "The call cannot do that now."),
    "cti_off_with_call": QT_TRANSLATE_NOOP("Error", "You are in a call with {name}. Switching CTI off ends it."),
    "bad_dial_target": QT_TRANSLATE_NOOP("Error", "This cannot be called. Type a number or a SIP address."),
    "audio_test_in_call": QT_TRANSLATE_NOOP("Error", "The sound test waits until your call is over."),
    # account
    "bad_server": QT_TRANSLATE_NOOP("Error", "“{server}” is not the name of a server. It looks like pbx.example.com."),
    "bad_port": QT_TRANSLATE_NOOP("Error", "A port is a number from 1 to 65535. Leave it out if you do not know it."),
    "bad_extension": QT_TRANSLATE_NOOP("Error", "“{extension}” is not an extension. It looks like 204."),
    # engine and practice line
    "registration_failed": QT_TRANSLATE_NOOP("Error", "The telephone could not begin to connect. Check the account."),
    "transport_failed": QT_TRANSLATE_NOOP("Error", "No connection to the network can be opened. Check the network."),
    "practice_failed": QT_TRANSLATE_NOOP("Error", "The practice line did not start ({detail}). Try again."),
    "engine_not_attached": QT_TRANSLATE_NOOP("Error", "The telephone part is not running yet. Try again in a moment."),
}

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
        return sentence("Error", ERRORS[code], params)
    if code in set(Refusal):
        return refusal_text(Refusal(code))
    if code in FAULTS:
        return sentence("Fault", FAULTS[code], params_in_words(params))
    return sentence("Error", _UNKNOWN, {"code": code})
