""" "Why am I not getting calls?" in words: the name of each check, what was found and what to do. GUI thread."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLocale

from agent_toolbar.application.examination import Check, CheckResult, Examination
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.ports.settings import Reason
from agent_toolbar.i18n.doctor_problems import PROBLEMS
from agent_toolbar.i18n.fault_sentences import params_in_words
from agent_toolbar.i18n.formats import time_text
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

CHECKS: dict[Check, str] = {
    Check.CTI: QT_TRANSLATE_NOOP("DoctorCheck", "CTI"),
    Check.AUDIO_DEVICE: QT_TRANSLATE_NOOP("DoctorCheck", "Sound devices"),
    Check.MICROPHONE: QT_TRANSLATE_NOOP("DoctorCheck", "Microphone and volume"),
    Check.ENGINE: QT_TRANSLATE_NOOP("DoctorCheck", "Telephone part"),
    Check.NETWORK: QT_TRANSLATE_NOOP("DoctorCheck", "Network"),
    Check.NAMES: QT_TRANSLATE_NOOP("DoctorCheck", "Name of the server"),
    Check.TRANSPORT: QT_TRANSLATE_NOOP("DoctorCheck", "Way to the telephone system"),
    Check.CERTIFICATE: QT_TRANSLATE_NOOP("DoctorCheck", "Certificate"),
    Check.REGISTRATION: QT_TRANSLATE_NOOP("DoctorCheck", "Connection of the telephone"),
    Check.NAT: QT_TRANSLATE_NOOP("DoctorCheck", "Address for incoming calls"),
    Check.CODECS: QT_TRANSLATE_NOOP("DoctorCheck", "Sound formats"),
    Check.CALL: QT_TRANSLATE_NOOP("DoctorCheck", "Call in progress"),
    Check.QUEUE_LOGIN: QT_TRANSLATE_NOOP("DoctorCheck", "Signed in at the queue"),
    Check.PAUSE: QT_TRANSLATE_NOOP("DoctorCheck", "Ready for calls"),
    Check.WRAP_UP: QT_TRANSLATE_NOOP("DoctorCheck", "Wrap-up"),
    Check.DO_NOT_DISTURB: QT_TRANSLATE_NOOP("DoctorCheck", "Do not disturb"),
    Check.FORWARDING: QT_TRANSLATE_NOOP("DoctorCheck", "Call forwarding"),
    Check.CRM: QT_TRANSLATE_NOOP("DoctorCheck", "CRM"),
    Check.OUTBOX: QT_TRANSLATE_NOOP("DoctorCheck", "Records waiting to be sent"),
}

FINE: dict[Check, str] = {
    Check.CTI: QT_TRANSLATE_NOOP("Doctor", "CTI is on."),
    Check.AUDIO_DEVICE: QT_TRANSLATE_NOOP("Doctor", "Microphone: {microphone}. Speaker: {speaker}."),
    Check.MICROPHONE: QT_TRANSLATE_NOOP(
        "Doctor", "The microphone is heard ({dbfs} dBFS); speaker and ringing are turned up."
    ),
    Check.ENGINE: QT_TRANSLATE_NOOP("Doctor", "The telephone part is running."),
    Check.NETWORK: QT_TRANSLATE_NOOP("Doctor", "This computer has a network ({address})."),
    Check.NAMES: QT_TRANSLATE_NOOP("Doctor", "{server} is known ({address})."),
    Check.TRANSPORT: QT_TRANSLATE_NOOP("Doctor", "The telephone system answers at port {port} ({transport})."),
    Check.CERTIFICATE: QT_TRANSLATE_NOOP("Doctor", "The certificate is valid."),
    Check.REGISTRATION: QT_TRANSLATE_NOOP(
        "Doctor", "The telephone system has just confirmed extension {extension} ({took_ms} ms)."
    ),
    Check.NAT: QT_TRANSLATE_NOOP("Doctor", "The telephone system knows where to send calls ({contact})."),
    Check.CODECS: QT_TRANSLATE_NOOP("Doctor", "Chosen: {codecs}."),
    Check.CALL: QT_TRANSLATE_NOOP("Doctor", "You are in no call."),
    Check.QUEUE_LOGIN: QT_TRANSLATE_NOOP("Doctor", "The queue knows you."),
    Check.PAUSE: QT_TRANSLATE_NOOP("Doctor", "You are ready, and the queue knows it."),
    Check.WRAP_UP: QT_TRANSLATE_NOOP("Doctor", "No wrap-up is open."),
    Check.DO_NOT_DISTURB: QT_TRANSLATE_NOOP("Doctor", "It is off."),
    Check.FORWARDING: QT_TRANSLATE_NOOP("Doctor", "It is off."),
    Check.CRM: QT_TRANSLATE_NOOP("Doctor", "You are signed in."),
    Check.OUTBOX: QT_TRANSLATE_NOOP("Doctor", "Nothing is waiting."),
}

# What could not be found out, or does not apply; what to do is "" where nothing helps.
UNKNOWNS: dict[str, tuple[str, str]] = {
    "not_checked": (QT_TRANSLATE_NOOP("Doctor", "Not checked, because something before it is wrong."), ""),
    "no_engine": (QT_TRANSLATE_NOOP("Doctor", "Not known while the telephone part is not running."), ""),
    "no_microphone_to_hear": (QT_TRANSLATE_NOOP("Doctor", "Not measured, because there is no microphone."), ""),
    "microphone_not_measured": (
        QT_TRANSLATE_NOOP("Doctor", "How loud the microphone is could not be measured."),
        QT_TRANSLATE_NOOP("Doctor", "Check again."),
    ),
    "microphone_hardly_heard": (
        QT_TRANSLATE_NOOP("Doctor", "The microphone {microphone} was hardly heard ({dbfs} dBFS)."),
        QT_TRANSLATE_NOOP("Doctor", "If you spoke, turn it up; else check again while you speak."),
    ),
    "probe_silent": (
        QT_TRANSLATE_NOOP("Doctor", "This could not be found out in time."),
        QT_TRANSLATE_NOOP("Doctor", "Check again."),
    ),
    "answers_all_the_same": (
        QT_TRANSLATE_NOOP("Doctor", "Not found this way, but the telephone system does answer your telephone."),
        "",
    ),
    "not_encrypted": (QT_TRANSLATE_NOOP("Doctor", "The connection is not encrypted, so there is no certificate."), ""),
    "certificate_not_seen": (
        QT_TRANSLATE_NOOP("Doctor", "The certificate of {server} could not be looked at ({detail})."),
        QT_TRANSLATE_NOOP("Doctor", "Check again."),
    ),
    "test_call_not_made": (
        QT_TRANSLATE_NOOP("Doctor", "The test call that would show it did not come about ({status})."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who set up this toolbar whether the test number is right."),
    ),
    "test_call_silent": (
        QT_TRANSLATE_NOOP("Doctor", "The test call that would show it got no answer."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who set up this toolbar whether the test number is right."),
    ),
    "registration_not_proved": (
        QT_TRANSLATE_NOOP("Doctor", "Connected since {since}, but this could not be proved now."),
        QT_TRANSLATE_NOOP("Doctor", "Check again."),
    ),
    "nat_not_told": (QT_TRANSLATE_NOOP("Doctor", "The telephone system does not tell where it sees you."), ""),
    "queue_confirms_nothing": (
        QT_TRANSLATE_NOOP("Doctor", "The queue was told, but this telephone system confirms nothing."),
        "",
    ),
    "queue_pending": (
        QT_TRANSLATE_NOOP("Doctor", "The queue has just been told; its answer is awaited."),
        QT_TRANSLATE_NOOP("Doctor", "Check again."),
    ),
    "queue_not_asked": (QT_TRANSLATE_NOOP("Doctor", "The queue has not been asked."), ""),
    "pause_here_only": (
        QT_TRANSLATE_NOOP("Doctor", "The queue is not told; see “Do not disturb” below."),
        "",
    ),
    "pause_by_wrap_up": (QT_TRANSLATE_NOOP("Doctor", "You are paused for the time of the wrap-up."), ""),
    "pause_not_told": (QT_TRANSLATE_NOOP("Doctor", "You are ready; whether the queue believes so is not known."), ""),
    "pbx_does_not_tell": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system does not tell whether this is set there."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs the telephone system."),
    ),
    "pbx_hint_silent": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system was asked whether this is set there, but does not answer."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs the telephone system."),
    ),
    "not_set_up": (QT_TRANSLATE_NOOP("Doctor", "Not set up here."), ""),
    "crm_signing_in": (QT_TRANSLATE_NOOP("Doctor", "You are just being signed in at the CRM."), ""),
    "crm_signed_out": (
        QT_TRANSLATE_NOOP("Doctor", "You are signed out of the CRM; calls come in all the same, and their log waits."),
        "",
    ),
    "outbox_waiting": (QT_TRANSLATE_NOOP("Doctor", "Calls that wait to be written to the CRM: {count}."), ""),
}

_ALL_WELL = QT_TRANSLATE_NOOP("Doctor", "Nothing here keeps calls away from you.")
_CHECKING = QT_TRANSLATE_NOOP("Doctor", "Checking…")
_NO_SENTENCE = QT_TRANSLATE_NOOP("Doctor", "This is not as it should be ({code}).")


def check_text(check: Check) -> str:
    """What is checked, in some words."""
    return sentence("DoctorCheck", CHECKS[check])


def finding_text(result: CheckResult, reasons: Iterable[Reason] = ()) -> str:
    """What was found, in one sentence. `reasons` name the codes of the not-ready reasons."""
    if not result.code:
        return sentence("Doctor", FINE[result.check], result.params)
    values = params_in_words(result.params)
    if since_s := result.params.get("since_s"):
        values["since"] = time_text(float(since_s))
    code = result.code
    if reason := str(values.get("reason", "")):
        values["reason"] = _reason_text(reason, reasons)
        code = f"{code}_for" if f"{code}_for" in PROBLEMS else code
    template = _pair(code)[0]
    return sentence("Doctor", template, {"code": code, **values})


def advice_text(result: CheckResult) -> str:
    """What to do about it, "" where all is well or nothing helps."""
    advice = _pair(result.code)[1] if result.code else ""
    return sentence("Doctor", advice, result.params) if advice else ""


def cause_text(examination: Examination, reasons: Iterable[Reason] = ()) -> str:
    """The answer: what keeps the calls away and what to do, or that nothing does."""
    cause = examination.cause
    if cause is not None:
        return f"{finding_text(cause, reasons)} {advice_text(cause)}".strip()
    return sentence("Doctor", _ALL_WELL if examination.done else _CHECKING)


def is_cause(result: CheckResult) -> bool:
    """It may be why no calls come."""
    return result.finding in {Finding.WRONG, Finding.WARNING}


def _pair(code: str) -> tuple[str, str]:
    return PROBLEMS.get(code) or UNKNOWNS.get(code) or (_NO_SENTENCE, "")


def _reason_text(code: str, reasons: Iterable[Reason]) -> str:
    """The label in the language in force; the code itself where there is none."""
    known = next((reason for reason in reasons if reason.code == code), None)
    if known is None:
        return code
    french = QLocale().language() is QLocale.Language.French
    return (known.fr if french else known.en) or known.en or known.fr or code
