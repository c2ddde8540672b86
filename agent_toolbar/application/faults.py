"""Turns what is wrong into the faults that the bar shows: worst first, each with a place and one thing to do."""

from __future__ import annotations

from agent_toolbar.application.ports.telephony import EngineLink
from agent_toolbar.application.toolbar_state import AccountView, CallView, Fault, FaultPlace, Remedy
from agent_toolbar.domain.audio import AudioFault, AudioRole, AudioSnapshot
from agent_toolbar.domain.call import CallDirection, CallEndCause
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState

_REMEDIES: dict[RegistrationFault, Remedy] = {
    RegistrationFault.NO_ACCOUNT: Remedy.OPEN_ACCOUNT,
    RegistrationFault.NO_PASSWORD: Remedy.ENTER_PASSWORD,
    RegistrationFault.WRONG_PASSWORD: Remedy.ENTER_PASSWORD,
    RegistrationFault.UNKNOWN_HOST: Remedy.OPEN_ACCOUNT,
    RegistrationFault.UNKNOWN_EXTENSION: Remedy.OPEN_ACCOUNT,
    RegistrationFault.NOT_ALLOWED: Remedy.OPEN_ACCOUNT,
}
_ROLE_CODES = {AudioRole.MICROPHONE: "no_microphone", AudioRole.SPEAKER: "no_speaker", AudioRole.RINGER: "no_speaker"}
_TABLES_OF_THE_DAY = frozenset({"availability", "wrap_up"})
_EXPECTED_ENDS = frozenset(
    {
        CallEndCause.HUNG_UP,
        CallEndCause.CANCELLED,
        CallEndCause.ANSWERED_ELSEWHERE,
        CallEndCause.HANDED_OVER,
        CallEndCause.REDIRECTED,
        CallEndCause.REFUSED_UNSAFE,
        CallEndCause.MALFORMED,
    }
)


def link_fault(link: EngineLink) -> Fault | None:
    """The engine process died (a new one is on its way) or dies again and again."""
    if link is EngineLink.LOST:
        return Fault("engine_lost", FaultPlace.TELEPHONY, serious=True)
    if link is EngineLink.FAILED:
        return Fault("engine_failed", FaultPlace.TELEPHONY, Remedy.TRY_AGAIN, serious=True)
    return None


def registration_fault(cti_on: bool, registration: RegistrationSnapshot, account: AccountView) -> Fault | None:
    """The PBX does not take us; only while the agent wants it to."""
    if not cti_on or registration.state not in {RegistrationState.RETRYING, RegistrationState.REFUSED}:
        return None
    fault = registration.fault
    code = "registration_other" if fault in {RegistrationFault.OTHER, RegistrationFault.NONE} else fault.value
    return Fault(
        code,
        FaultPlace.TELEPHONY,
        _REMEDIES.get(fault, Remedy.TRY_AGAIN),
        {
            "server": registration.server or account.server,
            "extension": registration.extension or account.extension,
            "status": registration.sip_status,
            "reason": registration.sip_reason,
        },
        registration.retry_at_s,
        serious=True,
    )


def audio_faults(audio: AudioSnapshot) -> list[Fault]:
    """One fault for each role that has no device or another one than was chosen."""
    roles = {
        AudioRole.MICROPHONE: audio.microphone,
        AudioRole.SPEAKER: audio.speaker,
        AudioRole.RINGER: audio.ringer,
    }
    if any(role.fault is AudioFault.NO_SOUND_SYSTEM for role in roles.values()):
        return [Fault("no_sound_system", FaultPlace.SOUND, Remedy.OPEN_SOUND)]
    found: dict[str, Fault] = {}
    for role, snapshot in roles.items():
        if snapshot.fault is AudioFault.NONE:
            continue
        code = _ROLE_CODES[role] if snapshot.fault is AudioFault.NO_DEVICE else snapshot.fault.value
        params: dict[str, str | int | float] = {
            "role": role.value,
            "device": snapshot.chosen_name,
            "instead": snapshot.in_use.name if snapshot.in_use else "",
        }
        found.setdefault(code, Fault(code, FaultPlace.SOUND, Remedy.OPEN_SOUND, params))
    return list(found.values())


def call_faults(just_ended: tuple[CallView, ...]) -> list[Fault]:
    """Why the agent's own call did not come about, or was cut off; gone when the view is gone from the state."""
    return [
        Fault(
            "call_cut_off" if view.call.answered_s else "call_failed",
            FaultPlace.CALL,
            params={
                "cause": view.call.end_cause.value,
                "name": view.title,
                "status": view.call.sip_status,
                "reason": view.call.sip_reason,
            },
        )
        for view in just_ended
        if view.call.direction is CallDirection.OUTGOING
        and view.call.end_cause is not None
        and view.call.end_cause not in _EXPECTED_ENDS
    ]


def settings_faults(error: AgentToolbarError | None) -> list[Fault]:
    """The user's own settings; what the policy overrules of the agent's day has a page of its own."""
    of_the_day = error is not None and str(error.params.get("table", "")) in _TABLES_OF_THE_DAY
    return error_fault(error, FaultPlace.SETTINGS, Remedy.OPEN_AVAILABILITY if of_the_day else Remedy.OPEN_SETTINGS)


def policy_faults(error: AgentToolbarError | None) -> list[Fault]:
    """Stands until the administrator's policy is in force: nobody closes it, because values are missing."""
    if error is None:
        return []
    return [Fault(error.code, FaultPlace.SETTINGS, Remedy.READ_POLICY, dict(error.params), serious=True)]


def error_fault(error: AgentToolbarError | None, place: FaultPlace, remedy: Remedy = Remedy.NONE) -> list[Fault]:
    """An adapter's standing error as a fault at its place."""
    return [] if error is None else [Fault(error.code, place, remedy, dict(error.params))]
