""" "Why am I not getting calls?" in words: the name of each check, what was found and what to do. GUI thread."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLocale

from agent_toolbar.application.examination import Check, CheckResult, Examination
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.ports.settings import Reason
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
    Check.MICROPHONE: QT_TRANSLATE_NOOP("Doctor", "Microphone, speaker and ringing are turned up."),
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
    Check.QUEUE_LOGIN: QT_TRANSLATE_NOOP("Doctor", "The queue knows you."),
    Check.PAUSE: QT_TRANSLATE_NOOP("Doctor", "You are ready, and the queue knows it."),
    Check.WRAP_UP: QT_TRANSLATE_NOOP("Doctor", "No wrap-up is open."),
    Check.DO_NOT_DISTURB: QT_TRANSLATE_NOOP("Doctor", "It is off."),
    Check.FORWARDING: QT_TRANSLATE_NOOP("Doctor", "It is off."),
    Check.CRM: QT_TRANSLATE_NOOP("Doctor", "You are signed in."),
    Check.OUTBOX: QT_TRANSLATE_NOOP("Doctor", "Nothing is waiting."),
}

# What keeps calls away or hampers them: the sentence, and what to do. With "_for": when the reason is known.
PROBLEMS: dict[str, tuple[str, str]] = {
    "crm_key_missing": (
        QT_TRANSLATE_NOOP("Doctor", "The key for the CRM is missing, so nothing is written there."),
        QT_TRANSLATE_NOOP("Doctor", "Enter it."),
    ),
    "crm_key_refused": (
        QT_TRANSLATE_NOOP("Doctor", "The CRM does not take your key: it is wrong or has expired."),
        QT_TRANSLATE_NOOP("Doctor", "Enter the new one."),
    ),
    "crm_not_signed_in": (
        QT_TRANSLATE_NOOP("Doctor", "The CRM cannot be signed in to ({url}). It is tried again; the log waits."),
        QT_TRANSLATE_NOOP("Doctor", "Try now, or ask who runs the CRM."),
    ),
    "outbox_stuck": (
        QT_TRANSLATE_NOOP("Doctor", "{count} calls cannot be written to the CRM without you."),
        QT_TRANSLATE_NOOP("Doctor", "Look at them: change, send again or discard each."),
    ),
    "not_set_up_yet": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone is not set up yet."),
        QT_TRANSLATE_NOOP("Doctor", "Fill in server and extension."),
    ),
    "cti_off": (
        QT_TRANSLATE_NOOP("Doctor", "CTI is off, so no calls come in."),
        QT_TRANSLATE_NOOP("Doctor", "Switch CTI on."),
    ),
    "no_microphone": (
        QT_TRANSLATE_NOOP("Doctor", "There is no microphone: callers would not hear you."),
        QT_TRANSLATE_NOOP("Doctor", "Plug in a headset, or choose another device."),
    ),
    "no_speaker": (
        QT_TRANSLATE_NOOP("Doctor", "There is no speaker: you would hear nothing."),
        QT_TRANSLATE_NOOP("Doctor", "Plug in a headset, or choose another device."),
    ),
    "no_ringer": (
        QT_TRANSLATE_NOOP("Doctor", "There is no device to ring on: you see calls, but do not hear them."),
        QT_TRANSLATE_NOOP("Doctor", "Choose a device for ringing."),
    ),
    "chosen_device_gone": (
        QT_TRANSLATE_NOOP("Doctor", "{device} is not plugged in. In its place: {instead}."),
        QT_TRANSLATE_NOOP("Doctor", "Plug it in, or choose another device."),
    ),
    "device_refused": (
        QT_TRANSLATE_NOOP("Doctor", "{device} does not open."),
        QT_TRANSLATE_NOOP("Doctor", "Close the program that holds it, or choose another device."),
    ),
    "no_sound_system": (
        QT_TRANSLATE_NOOP("Doctor", "This computer has no sound system: calls come in, but nothing is heard."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who looks after this computer."),
    ),
    "microphone_silent": (
        QT_TRANSLATE_NOOP("Doctor", "The microphone is turned down to zero: callers do not hear you."),
        QT_TRANSLATE_NOOP("Doctor", "Turn it up."),
    ),
    "ringer_silent": (
        QT_TRANSLATE_NOOP("Doctor", "Ringing is turned down to zero: you see calls, but do not hear them."),
        QT_TRANSLATE_NOOP("Doctor", "Turn it up."),
    ),
    "speaker_silent": (
        QT_TRANSLATE_NOOP("Doctor", "The speaker is turned down to zero: you hear nobody."),
        QT_TRANSLATE_NOOP("Doctor", "Turn it up."),
    ),
    "microphone_muted": (
        QT_TRANSLATE_NOOP("Doctor", "Your microphone is muted in the call with {name}."),
        QT_TRANSLATE_NOOP("Doctor", "Unmute it in the bar."),
    ),
    "engine_starting": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone part is just starting."),
        QT_TRANSLATE_NOOP("Doctor", "Wait a few seconds, then check again."),
    ),
    "engine_failed": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone part stops again and again."),
        QT_TRANSLATE_NOOP("Doctor", "Try again, or start the computer anew."),
    ),
    "engine_stopped": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone part is not running."),
        QT_TRANSLATE_NOOP("Doctor", "Start it again."),
    ),
    "no_network": (
        QT_TRANSLATE_NOOP("Doctor", "This computer has no way to the telephone system ({server})."),
        QT_TRANSLATE_NOOP("Doctor", "Check the cable, the Wi-Fi or the VPN."),
    ),
    "names_silent": (
        QT_TRANSLATE_NOOP("Doctor", "Nobody answers the question where {server} is."),
        QT_TRANSLATE_NOOP("Doctor", "Check the network and the VPN."),
    ),
    "unknown_name": (
        QT_TRANSLATE_NOOP("Doctor", "There is no computer named {server}."),
        QT_TRANSLATE_NOOP("Doctor", "Check the server's name."),
    ),
    "port_closed": (
        QT_TRANSLATE_NOOP("Doctor", "{server} can be reached, but nothing listens at port {port} ({transport})."),
        QT_TRANSLATE_NOOP("Doctor", "Check port and transport, or ask who runs the telephone system."),
    ),
    "no_sip_answer": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system does not answer ({server}, port {port}, {transport})."),
        QT_TRANSLATE_NOOP("Doctor", "Check server and port; perhaps a VPN has to be on."),
    ),
    "not_reached": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system cannot be reached ({server}: {detail})."),
        QT_TRANSLATE_NOOP("Doctor", "Check the network and the VPN."),
    ),
    "registering": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone is just connecting to {server}."),
        QT_TRANSLATE_NOOP("Doctor", "Wait a few seconds, then check again."),
    ),
    "registration_no_account": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone is not set up yet."),
        QT_TRANSLATE_NOOP("Doctor", "Fill in server and extension."),
    ),
    "registration_no_password": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone's password is missing."),
        QT_TRANSLATE_NOOP("Doctor", "Enter it."),
    ),
    "registration_unknown_host": (
        QT_TRANSLATE_NOOP("Doctor", "There is no computer named {server}."),
        QT_TRANSLATE_NOOP("Doctor", "Check the server's name."),
    ),
    "registration_unreachable": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system cannot be reached ({server})."),
        QT_TRANSLATE_NOOP("Doctor", "Check the network and the VPN."),
    ),
    "registration_timeout": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system does not answer your telephone ({server})."),
        QT_TRANSLATE_NOOP("Doctor", "Try again, then ask who runs it."),
    ),
    "registration_wrong_password": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system refuses the password of extension {extension}."),
        QT_TRANSLATE_NOOP("Doctor", "Enter the password again; mind capital letters."),
    ),
    "registration_not_allowed": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system does not admit extension {extension}."),
        QT_TRANSLATE_NOOP("Doctor", "Check the extension, then ask who runs the telephone system."),
    ),
    "registration_unknown_extension": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system does not know extension {extension}."),
        QT_TRANSLATE_NOOP("Doctor", "Check the extension."),
    ),
    "registration_server_error": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system has a fault of its own ({status})."),
        QT_TRANSLATE_NOOP("Doctor", "Try again later, or ask who runs it."),
    ),
    "registration_tls": (
        QT_TRANSLATE_NOOP("Doctor", "No safe connection to {server} can be made."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs the telephone system."),
    ),
    "registration_other": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system refuses to connect ({status} {reason})."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs it what that means."),
    ),
    "nat_private_contact": (
        QT_TRANSLATE_NOOP(
            "Doctor",
            "The telephone system sees you at {seen}, but was told to call {contact}, which only your own network"
            " knows.",
        ),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs the telephone system to call back where you are seen (NAT)."),
    ),
    "no_codec": (
        QT_TRANSLATE_NOOP("Doctor", "No sound format is chosen, so no call can be taken."),
        QT_TRANSLATE_NOOP("Doctor", "Choose at least one."),
    ),
    "queue_does_not_know": (
        QT_TRANSLATE_NOOP("Doctor", "Only this telephone knows whether you are ready; the queue is not told."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who set up this toolbar how the queue can be told."),
    ),
    "queue_logged_out": (
        QT_TRANSLATE_NOOP("Doctor", "You are not signed in at the queue."),
        QT_TRANSLATE_NOOP("Doctor", "Press “Set mine again”, or ask your supervisor."),
    ),
    "queue_lost": (
        QT_TRANSLATE_NOOP("Doctor", "The queue does not confirm what you chose, so it may believe you are away."),
        QT_TRANSLATE_NOOP("Doctor", "Press “Set mine again”."),
    ),
    "not_ready_chosen": (
        QT_TRANSLATE_NOOP("Doctor", "You chose not to be ready."),
        QT_TRANSLATE_NOOP("Doctor", "Go ready when you want calls."),
    ),
    "not_ready_chosen_for": (
        QT_TRANSLATE_NOOP("Doctor", "You chose not to be ready ({reason})."),
        QT_TRANSLATE_NOOP("Doctor", "Go ready when you want calls."),
    ),
    "paused_there": (
        QT_TRANSLATE_NOOP("Doctor", "Somebody else paused you at the telephone system."),
        QT_TRANSLATE_NOOP("Doctor", "Press “Set mine again”, or ask your supervisor."),
    ),
    "paused_there_for": (
        QT_TRANSLATE_NOOP("Doctor", "Somebody else paused you at the telephone system ({reason})."),
        QT_TRANSLATE_NOOP("Doctor", "Press “Set mine again”, or ask your supervisor."),
    ),
    "wrap_up_open": (
        QT_TRANSLATE_NOOP("Doctor", "The wrap-up of {name} is still open, and no calls come meanwhile."),
        QT_TRANSLATE_NOOP("Doctor", "Finish it."),
    ),
    "wrap_up_incomplete": (
        QT_TRANSLATE_NOOP(
            "Doctor", "The wrap-up of {name} is still open and lacks something, and no calls come meanwhile."
        ),
        QT_TRANSLATE_NOOP("Doctor", "Fill in what is missing, then finish it."),
    ),
}

# What could not be found out, or does not apply; what to do is "" where nothing helps.
UNKNOWNS: dict[str, tuple[str, str]] = {
    "not_checked": (QT_TRANSLATE_NOOP("Doctor", "Not checked, because something before it is wrong."), ""),
    "no_engine": (QT_TRANSLATE_NOOP("Doctor", "Not known while the telephone part is not running."), ""),
    "probe_silent": (
        QT_TRANSLATE_NOOP("Doctor", "This could not be found out in time."),
        QT_TRANSLATE_NOOP("Doctor", "Check again."),
    ),
    "answers_all_the_same": (
        QT_TRANSLATE_NOOP("Doctor", "Not found this way, but the telephone system does answer your telephone."),
        "",
    ),
    "not_encrypted": (QT_TRANSLATE_NOOP("Doctor", "The connection is not encrypted, so there is no certificate."), ""),
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
    "pause_by_wrap_up": (QT_TRANSLATE_NOOP("Doctor", "You are paused for the time of the wrap-up."), ""),
    "pause_not_told": (QT_TRANSLATE_NOOP("Doctor", "You are ready; whether the queue believes so is not known."), ""),
    "pbx_does_not_tell": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system does not tell whether this is set there."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs the telephone system."),
    ),
    "not_set_up": (QT_TRANSLATE_NOOP("Doctor", "Not set up here."), ""),
    "crm_signing_in": (QT_TRANSLATE_NOOP("Doctor", "You are just being signed in at the CRM."), ""),
    "crm_signed_out": (
        QT_TRANSLATE_NOOP("Doctor", "You are signed out of the CRM; calls come in all the same, and their log waits."),
        "",
    ),
    "outbox_waiting": (QT_TRANSLATE_NOOP("Doctor", "{count} calls wait to be written to the CRM."), ""),
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
