"""Faults and the telephone's connection in words: what happened, what it means, what to do. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping

from agent_toolbar.application.toolbar_state import Remedy
from agent_toolbar.domain.agent import QueueState
from agent_toolbar.domain.audio import AudioFault, AudioRole, AudioRoleSnapshot
from agent_toolbar.domain.call import CallDirection, CallEndCause
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState
from agent_toolbar.i18n.availability_sentences import queue_state_text
from agent_toolbar.i18n.call_sentences import end_cause_text
from agent_toolbar.i18n.crm_sentences import CRM_FAULTS
from agent_toolbar.i18n.page_sentences import PAGE_FAULTS
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

FAULTS: dict[str, str] = {
    "no_account": QT_TRANSLATE_NOOP("Fault", "The telephone is not set up yet, so there are no calls."),
    "no_password": QT_TRANSLATE_NOOP("Fault", "The telephone's password is missing, so calls cannot come in."),
    "unknown_host": QT_TRANSLATE_NOOP(
        "Fault", "There is no computer named {server}. Calls cannot come in. Check the server's name."
    ),
    "unreachable": QT_TRANSLATE_NOOP(
        "Fault", "The telephone system cannot be reached ({server}). Calls cannot come in."
    ),
    "timeout": QT_TRANSLATE_NOOP("Fault", "The telephone system does not answer ({server}). Calls cannot come in."),
    "wrong_password": QT_TRANSLATE_NOOP(
        "Fault", "The telephone system refuses the password of extension {extension}. Calls cannot come in."
    ),
    "not_allowed": QT_TRANSLATE_NOOP(
        "Fault", "The telephone system does not admit extension {extension}. Calls cannot come in. Ask who runs it."
    ),
    "unknown_extension": QT_TRANSLATE_NOOP(
        "Fault", "The telephone system does not know extension {extension}. Calls cannot come in."
    ),
    "server_error": QT_TRANSLATE_NOOP(
        "Fault", "The telephone system has a fault of its own ({server}). Calls cannot come in."
    ),
    "tls": QT_TRANSLATE_NOOP("Fault", "No safe connection to {server} can be made. Calls cannot come in."),
    "registration_other": QT_TRANSLATE_NOOP(
        "Fault", "The telephone system refuses to connect ({server}: {status} {reason}). Calls cannot come in."
    ),
    "engine_lost": QT_TRANSLATE_NOOP("Fault", "The telephone part stopped and is starting again. One moment."),
    "engine_failed": QT_TRANSLATE_NOOP(
        "Fault",
        "The telephone part stops again and again, so there are no calls. Try again, or start the computer anew.",
    ),
    "no_microphone": QT_TRANSLATE_NOOP("Fault", "No microphone: the other side hears nothing. Plug in a headset."),
    "no_speaker": QT_TRANSLATE_NOOP("Fault", "No speaker: you will hear nothing. Plug in a headset."),
    "no_ringer": QT_TRANSLATE_NOOP("Fault", "No device to ring on: you will see calls, but not hear them."),
    "chosen_device_gone": QT_TRANSLATE_NOOP("Fault", "{device} is not plugged in. In its place: {instead}."),
    "device_refused": QT_TRANSLATE_NOOP(
        "Fault", "{device} does not open. Perhaps another program holds it; close that or choose another device."
    ),
    "no_sound_system": QT_TRANSLATE_NOOP(
        "Fault", "This computer has no sound system. Calls work, but nothing is heard on either side."
    ),
    "contacts_corrupted": QT_TRANSLATE_NOOP(
        "Fault", "The contacts were damaged and set aside ({file}). Calls show numbers only. Import the contacts again."
    ),
    "contacts_disk_full": QT_TRANSLATE_NOOP("Fault", "The disk is full: contacts cannot be stored. Make some room."),
    "contacts_failed": QT_TRANSLATE_NOOP("Fault", "The contacts cannot be read now. Calls show numbers only."),
    "journal_disk_full": QT_TRANSLATE_NOOP(
        "Fault", "The disk is full: calls are kept in memory only. Make some room, then they are written."
    ),
    "journal_corrupted": QT_TRANSLATE_NOOP(
        "Fault", "The call history was damaged and set aside ({file}). New calls are written to a new one."
    ),
    "journal_failed": QT_TRANSLATE_NOOP(
        "Fault", "The call history cannot be written now. Calls are kept in memory and written later."
    ),
    "agent_log_disk_full": QT_TRANSLATE_NOOP(
        "Fault",
        "The disk is full: the totals of your day are kept in memory only. Make some room, then they are written.",
    ),
    "agent_log_corrupted": QT_TRANSLATE_NOOP(
        "Fault", "The totals of your days were damaged and set aside ({file}). They are counted anew from now on."
    ),
    "agent_log_failed": QT_TRANSLATE_NOOP(
        "Fault", "The totals of your day cannot be written now. They are kept in memory and written later."
    ),
    "context_store_unreachable": QT_TRANSLATE_NOOP(
        "Fault",
        "The shared notes cannot be reached ({place}). Calls are transferred all the same; their notes follow later.",
    ),
    "context_store_refused": QT_TRANSLATE_NOOP(
        "Fault",
        "The shared notes do not admit this toolbar ({place}). Calls are transferred without notes until user and"
        " password are right.",
    ),
    "context_store_disk_full": QT_TRANSLATE_NOOP(
        "Fault",
        "The disk of the shared notes is full ({place}). Calls are transferred without notes until it has room.",
    ),
    "context_store_damaged": QT_TRANSLATE_NOOP(
        "Fault",
        "The file of the shared notes is damaged ({place}). Calls are transferred without notes until it is replaced.",
    ),
    "context_store_failed": QT_TRANSLATE_NOOP(
        "Fault", "The shared notes do not work now ({place}: {detail}). Calls are transferred without notes meanwhile."
    ),
    "queue_state_lost": QT_TRANSLATE_NOOP(
        "Fault", "The telephone system has not confirmed your state: {detail}. Its queues may see you otherwise."
    ),
    "queue_changed_there": QT_TRANSLATE_NOOP("Fault", "Your state was changed at the telephone system: {state}."),
    "slept_long": QT_TRANSLATE_NOOP(
        "Fault", "This computer slept for {minutes} min, so you are not ready: calls wait until you are."
    ),
    "keyring_missing": QT_TRANSLATE_NOOP(
        "Fault", "This computer has no safe place for passwords. Yours is kept until you quit, then asked again."
    ),
    "lines_full": QT_TRANSLATE_NOOP("Fault", "A call was turned away because all four lines were in use."),
    "call_failed": QT_TRANSLATE_NOOP("Fault", "The call to {name} did not come about: {cause}."),
    "call_cut_off": QT_TRANSLATE_NOOP("Fault", "The call to {name} ended unexpectedly: {cause}."),
    **CRM_FAULTS,
    **PAGE_FAULTS,
}

REMEDIES: dict[Remedy, str] = {
    Remedy.NONE: "",
    Remedy.TRY_AGAIN: QT_TRANSLATE_NOOP("Remedy", "Try now"),
    Remedy.OPEN_ACCOUNT: QT_TRANSLATE_NOOP("Remedy", "Set up telephone"),
    Remedy.ENTER_PASSWORD: QT_TRANSLATE_NOOP("Remedy", "Enter password"),
    Remedy.OPEN_SOUND: QT_TRANSLATE_NOOP("Remedy", "Choose device"),
    Remedy.OPEN_SETTINGS: QT_TRANSLATE_NOOP("Remedy", "Open settings"),
    Remedy.DISMISS: QT_TRANSLATE_NOOP("Remedy", "Close"),
    Remedy.TELL_QUEUE: QT_TRANSLATE_NOOP("Remedy", "Set mine again"),
    Remedy.ACCEPT_QUEUE: QT_TRANSLATE_NOOP("Remedy", "Leave it so"),
    Remedy.READ_POLICY: QT_TRANSLATE_NOOP("Remedy", "Read it again"),
    Remedy.OPEN_AVAILABILITY: QT_TRANSLATE_NOOP("Remedy", "Open settings"),
    Remedy.SWITCH_CTI_ON: QT_TRANSLATE_NOOP("Remedy", "Switch CTI on"),
    Remedy.GO_READY: QT_TRANSLATE_NOOP("Remedy", "Become ready"),
    Remedy.FINISH_WRAP_UP: QT_TRANSLATE_NOOP("Remedy", "Finish"),
    Remedy.SIGN_IN: QT_TRANSLATE_NOOP("Remedy", "Sign in now"),
    Remedy.CANCEL_SIGN_IN: QT_TRANSLATE_NOOP("Remedy", "Cancel"),
    Remedy.ENTER_CRM_KEY: QT_TRANSLATE_NOOP("Remedy", "Enter key"),
    Remedy.SYNC_DIRECTORIES: QT_TRANSLATE_NOOP("Remedy", "Try now"),
    Remedy.OPEN_PAGES: QT_TRANSLATE_NOOP("Remedy", "Open settings"),
    Remedy.OPEN_OUTBOX: QT_TRANSLATE_NOOP("Remedy", "Show them"),
}

REGISTRATION_STATES: dict[RegistrationState, str] = {
    RegistrationState.OFF: QT_TRANSLATE_NOOP("Registration", "Off"),
    RegistrationState.REGISTERING: QT_TRANSLATE_NOOP("Registration", "Connecting…"),
    RegistrationState.REGISTERED: QT_TRANSLATE_NOOP("Registration", "Connected"),
    RegistrationState.RETRYING: QT_TRANSLATE_NOOP("Registration", "Not connected"),
    RegistrationState.REFUSED: QT_TRANSLATE_NOOP("Registration", "Refused"),
    RegistrationState.UNREGISTERING: QT_TRANSLATE_NOOP("Registration", "Signing off…"),
}

REGISTRATION_FAULTS: dict[RegistrationFault, str] = {
    RegistrationFault.NONE: "",
    RegistrationFault.NO_ACCOUNT: FAULTS["no_account"],
    RegistrationFault.NO_PASSWORD: FAULTS["no_password"],
    RegistrationFault.UNKNOWN_HOST: FAULTS["unknown_host"],
    RegistrationFault.UNREACHABLE: FAULTS["unreachable"],
    RegistrationFault.TIMEOUT: FAULTS["timeout"],
    RegistrationFault.WRONG_PASSWORD: FAULTS["wrong_password"],
    RegistrationFault.NOT_ALLOWED: FAULTS["not_allowed"],
    RegistrationFault.UNKNOWN_EXTENSION: FAULTS["unknown_extension"],
    RegistrationFault.SERVER_ERROR: FAULTS["server_error"],
    RegistrationFault.TLS: FAULTS["tls"],
    RegistrationFault.OTHER: FAULTS["registration_other"],
}

AUDIO_ROLES: dict[AudioRole, str] = {
    AudioRole.MICROPHONE: QT_TRANSLATE_NOOP("AudioRole", "Microphone"),
    AudioRole.SPEAKER: QT_TRANSLATE_NOOP("AudioRole", "Speaker"),
    AudioRole.RINGER: QT_TRANSLATE_NOOP("AudioRole", "Ringing"),
}

_RETRY_IN = QT_TRANSLATE_NOOP("Fault", "Trying again in {seconds} s.")
_RETRY_NOW = QT_TRANSLATE_NOOP("Fault", "Trying again now.")
_CONNECTED_AS = QT_TRANSLATE_NOOP("Registration", "Connected as {extension} at {server}")
_NO_ANSWER = QT_TRANSLATE_NOOP("Fault", "no answer")
_ANOTHER_DEVICE = QT_TRANSLATE_NOOP("Fault", "another device")


def remedy_text(remedy: Remedy) -> str:
    """The words on the one button of a fault; "" for none."""
    return sentence("Remedy", REMEDIES[remedy]) if REMEDIES[remedy] else ""


def retry_text(retry_at_s: float, now_s: float) -> str:
    """When a fault is tried again by itself; "" when it is not (`retry_at_s` 0). Both in seconds since the epoch."""
    if not retry_at_s:
        return ""
    seconds = round(retry_at_s - now_s)
    return sentence("Fault", _RETRY_IN, {"seconds": seconds}) if seconds > 0 else sentence("Fault", _RETRY_NOW)


def registration_text(registration: RegistrationSnapshot) -> str:
    """The state of the connection in one or two words."""
    return sentence("Registration", REGISTRATION_STATES[registration.state])


def registration_tooltip(registration: RegistrationSnapshot) -> str:
    """The connection in full: who is connected where, or what is wrong."""
    if registration.state is RegistrationState.REGISTERED:
        values = {"extension": registration.extension, "server": registration.server}
        return sentence("Registration", _CONNECTED_AS, values)
    wrong = registration_fault_text(
        registration.fault,
        server=registration.server,
        extension=registration.extension,
        status=registration.sip_status,
        reason=registration.sip_reason,
    )
    return wrong or registration_text(registration)


def registration_fault_text(
    fault: RegistrationFault, *, server: str = "", extension: str = "", status: int = 0, reason: str = ""
) -> str:
    """Why the telephone is not connected; "" for RegistrationFault.NONE."""
    if fault is RegistrationFault.NONE:
        return ""
    values = {"server": server, "extension": extension, "status": status or "", "reason": reason}
    return sentence("Fault", REGISTRATION_FAULTS[fault], values)


def audio_role_text(role: AudioRole) -> str:
    """What a sound device is for."""
    return sentence("AudioRole", AUDIO_ROLES[role])


def audio_fault_text(role: AudioRole, snapshot: AudioRoleSnapshot) -> str:
    """What is wrong with the sound of `role`; "" when nothing is."""
    params = {
        "role": role.value,
        "device": snapshot.chosen_name,
        "instead": snapshot.in_use.name if snapshot.in_use else "",
    }
    match snapshot.fault:
        case AudioFault.NONE:
            return ""
        case AudioFault.NO_DEVICE:
            return sentence("Fault", FAULTS[f"no_{role.value}"])
        case _:
            return sentence("Fault", FAULTS[snapshot.fault.value], params_in_words(params))


def params_in_words(params: Mapping[str, str | int | float]) -> dict[str, str | int | float]:
    """`params` of a fault with the codes in them (end cause, sound role) in words, and no device without a name."""
    values = dict(params)
    cause, role = values.get("cause"), values.get("role")
    if cause in set(CallEndCause):
        words = end_cause_text(CallEndCause(str(cause)), CallDirection.OUTGOING)
        values["cause"] = words[:1].lower() + words[1:]
    if role in set(AudioRole):
        values["role"] = audio_role_text(AudioRole(str(role)))
        values["device"] = values.get("device") or values["role"]
        values["instead"] = values.get("instead") or sentence("Fault", _ANOTHER_DEVICE)
    state = values.get("state")
    if state in set(QueueState):
        words, why = queue_state_text(QueueState(str(state))), values.get("reason")
        values["state"] = f"{words} ({why})" if why else words
    if values.get("detail") == "":
        values["detail"] = sentence("Fault", _NO_ANSWER)
    return values
