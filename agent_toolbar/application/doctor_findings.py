"""What the toolbar's own state says about each check of the doctor. Values in, values out."""

from __future__ import annotations

import ipaddress

from agent_toolbar.application.examination import Check, CheckResult
from agent_toolbar.application.foremost_call import CallPhase, phase_of
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.ports.telephony import EngineLink, RegistrationProved
from agent_toolbar.application.toolbar_state import Remedy, ToolbarState
from agent_toolbar.domain.agent import AgentState, Agreement, QueueState
from agent_toolbar.domain.audio import QUIET_DBFS, SILENT_DBFS, AudioFault, AudioRole, AudioRoleSnapshot
from agent_toolbar.domain.colleague import Presence
from agent_toolbar.domain.registration import RegistrationFault, RegistrationState

_ROLE_CODES = {AudioRole.MICROPHONE: "no_microphone", AudioRole.SPEAKER: "no_speaker", AudioRole.RINGER: "no_ringer"}
_SILENT_CODES = ("microphone_silent", "ringer_silent", "speaker_silent")
_LINK_CODES = {
    EngineLink.STOPPED: "engine_stopped",
    EngineLink.STARTING: "engine_starting",
    EngineLink.LOST: "engine_starting",
    EngineLink.FAILED: "engine_failed",
}
_FAULT_REMEDIES = {
    RegistrationFault.NO_ACCOUNT: Remedy.OPEN_ACCOUNT,
    RegistrationFault.NO_PASSWORD: Remedy.ENTER_PASSWORD,
    RegistrationFault.WRONG_PASSWORD: Remedy.ENTER_PASSWORD,
    RegistrationFault.UNKNOWN_HOST: Remedy.OPEN_ACCOUNT,
    RegistrationFault.UNKNOWN_EXTENSION: Remedy.OPEN_ACCOUNT,
    RegistrationFault.NOT_ALLOWED: Remedy.OPEN_ACCOUNT,
}
_FAULT_OF_STATUS = {  # RFC 3261 section 21
    401: RegistrationFault.WRONG_PASSWORD,
    403: RegistrationFault.NOT_ALLOWED,
    404: RegistrationFault.UNKNOWN_EXTENSION,
    407: RegistrationFault.WRONG_PASSWORD,
    408: RegistrationFault.TIMEOUT,
}
_QUEUE_UNKNOWN = {
    Agreement.NONE: "queue_not_asked",
    Agreement.PENDING: "queue_pending",
    Agreement.UNCONFIRMED: "queue_confirms_nothing",
}
_SUCCESS = range(200, 300)
_SERVER_FAILURE = range(500, 600)


def fine(check: Check, **params: str | int | float) -> CheckResult:
    return CheckResult(check, Finding.FINE, params=params)


def unknown(check: Check, code: str, **params: str | int | float) -> CheckResult:
    return CheckResult(check, Finding.UNKNOWN, code, params)


def cti(state: ToolbarState) -> CheckResult:
    if not state.account.configured:
        return CheckResult(Check.CTI, Finding.WRONG, "not_set_up_yet", remedy=Remedy.OPEN_ACCOUNT)
    if not state.cti_on:
        return CheckResult(Check.CTI, Finding.WRONG, "cti_off", remedy=Remedy.SWITCH_CTI_ON)
    return fine(Check.CTI)


def audio_device(state: ToolbarState) -> CheckResult:
    """Calls come in without sound too, so what is missing here never hides a cause that keeps them away."""
    check = Check.AUDIO_DEVICE
    if state.link is not EngineLink.ATTACHED:
        return unknown(check, "no_engine")
    audio = state.audio
    roles = {
        AudioRole.MICROPHONE: audio.microphone,
        AudioRole.SPEAKER: audio.speaker,
        AudioRole.RINGER: audio.ringer,
    }
    for role, snapshot in roles.items():
        code = _audio_code(role, snapshot)
        if code:
            params: dict[str, str | int | float] = {
                "role": role.value,
                "device": snapshot.chosen_name,
                "instead": snapshot.in_use.name if snapshot.in_use else "",
            }
            return CheckResult(check, Finding.WARNING, code, params, Remedy.OPEN_SOUND)
    microphone, speaker = audio.microphone.in_use, audio.speaker.in_use
    return fine(check, microphone=microphone.name if microphone else "", speaker=speaker.name if speaker else "")


def _audio_code(role: AudioRole, snapshot: AudioRoleSnapshot) -> str:
    match snapshot.fault:
        case AudioFault.NO_DEVICE:
            return _ROLE_CODES[role]
        case AudioFault.NONE:
            return "" if snapshot.in_use is not None else _ROLE_CODES[role]
        case _:
            return snapshot.fault.value


def microphone(state: ToolbarState) -> CheckResult:
    check = Check.MICROPHONE
    audio, current = state.audio, state.current_call
    if state.link is not EngineLink.ATTACHED:
        return unknown(check, "no_engine")
    volumes = (audio.microphone_volume, audio.ringer_volume, audio.speaker_volume)
    for volume, code in zip(volumes, _SILENT_CODES, strict=True):
        if not volume:
            return CheckResult(check, Finding.WARNING, code, remedy=Remedy.OPEN_SOUND)
    if current is not None and current.call.muted:
        return CheckResult(check, Finding.WARNING, "microphone_muted", {"name": current.title})
    if audio.microphone.in_use is None or audio.microphone.fault is AudioFault.DEVICE_REFUSED:
        return unknown(check, "no_microphone_to_hear")
    return fine(check)


def microphone_level(state: ToolbarState, dbfs: float | None) -> CheckResult:
    """How loud it was while it was listened to; a quiet room cannot be told from a microphone that is turned down."""
    check, device = Check.MICROPHONE, state.audio.microphone.in_use
    if state.link is not EngineLink.ATTACHED:
        return unknown(check, "no_engine")
    if dbfs is None or device is None:
        return unknown(check, "microphone_not_measured")
    if dbfs <= SILENT_DBFS:
        params: dict[str, str | int | float] = {"microphone": device.name, "dbfs": round(dbfs)}
        return CheckResult(check, Finding.WARNING, "microphone_hears_nothing", params, Remedy.OPEN_SOUND)
    if dbfs <= QUIET_DBFS:
        return unknown(check, "microphone_hardly_heard", microphone=device.name, dbfs=round(dbfs))
    return fine(check, dbfs=round(dbfs))


def engine(state: ToolbarState) -> CheckResult:
    if state.link is EngineLink.ATTACHED:
        return fine(Check.ENGINE)
    return CheckResult(Check.ENGINE, Finding.WRONG, _LINK_CODES[state.link], remedy=Remedy.TRY_AGAIN)


def registration(state: ToolbarState) -> CheckResult:
    """What the engine says by itself: FINE is not yet a proof."""
    now = state.registration
    if now.state is RegistrationState.REGISTERED:
        return fine(Check.REGISTRATION)
    if now.state in {RegistrationState.RETRYING, RegistrationState.REFUSED}:
        return _not_registered(state, now.fault, now.sip_status, now.sip_reason)
    return CheckResult(
        Check.REGISTRATION,
        Finding.WRONG,
        "registering",
        {"server": state.account.server, "extension": state.account.extension},
        Remedy.TRY_AGAIN,
    )


def registration_proof(state: ToolbarState, proved: RegistrationProved) -> CheckResult:
    """What the PBX answered just now to a REGISTER."""
    if proved.sip_status in _SUCCESS:
        return fine(
            Check.REGISTRATION,
            took_ms=round(proved.took_ms),
            server=proved.server or state.account.server,
            extension=state.account.extension,
        )
    fault = _FAULT_OF_STATUS.get(proved.sip_status, RegistrationFault.OTHER)
    if not proved.sip_status:
        fault = RegistrationFault.UNREACHABLE
    if proved.sip_status in _SERVER_FAILURE:
        fault = RegistrationFault.SERVER_ERROR
    return _not_registered(state, fault, proved.sip_status, proved.sip_reason)


def _not_registered(state: ToolbarState, fault: RegistrationFault, status: int, reason: str) -> CheckResult:
    known = fault not in {RegistrationFault.NONE, RegistrationFault.OTHER}
    return CheckResult(
        Check.REGISTRATION,
        Finding.WRONG,
        f"registration_{fault.value}" if known else "registration_other",
        {
            "server": state.account.server,
            "extension": state.account.extension,
            "status": status,
            "reason": reason,
        },
        _FAULT_REMEDIES.get(fault, Remedy.TRY_AGAIN),
    )


def nat(proved: RegistrationProved | None) -> CheckResult:
    """A contact that only this network knows cannot be called from the other side of a NAT (RFC 5626 section 1)."""
    if proved is None or not proved.contact or not proved.via_received:
        return unknown(Check.NAT, "nat_not_told")
    contact, seen = _host(proved.contact), _host(proved.via_received)
    if contact != seen and _is_private(contact):
        return CheckResult(Check.NAT, Finding.WARNING, "nat_private_contact", {"contact": contact, "seen": seen})
    return fine(Check.NAT, contact=contact)


def _host(address: str) -> str:
    """Of host:port, where a host of version 6 stands in brackets."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0]


def _is_private(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def codecs(settings: Settings) -> CheckResult:
    if not settings.account.codecs:
        return CheckResult(Check.CODECS, Finding.WRONG, "no_codec", remedy=Remedy.OPEN_ACCOUNT)
    return fine(Check.CODECS, codecs=", ".join(settings.account.codecs))


def call(state: ToolbarState) -> CheckResult:
    """A queue sends no second call to somebody who talks or calls, or who has left a call on hold."""
    view = state.current_call or next(iter(state.calls), None)
    if view is None:
        return fine(Check.CALL)
    name: dict[str, str | int | float] = {"name": view.title}
    match phase_of(view):
        case CallPhase.RINGS_HERE:
            return CheckResult(Check.CALL, Finding.WARNING, "ringing_call", name)
        case CallPhase.RINGS_THERE:
            return CheckResult(Check.CALL, Finding.WARNING, "dialled_call", name)
        case CallPhase.TALK:
            return CheckResult(Check.CALL, Finding.WARNING, "call_on_hold" if view.call.held else "in_a_call", name)


def queue_login(state: ToolbarState) -> CheckResult:
    check, agent = Check.QUEUE_LOGIN, state.agent
    if agent.agreement is Agreement.PHONE_ONLY:
        return CheckResult(check, Finding.WARNING, "queue_does_not_know", remedy=Remedy.OPEN_AVAILABILITY)
    if agent.confirmed.state is QueueState.LOGGED_OUT:
        return CheckResult(check, Finding.WRONG, "queue_logged_out", remedy=Remedy.TELL_QUEUE)
    if agent.agreement is Agreement.LOST:
        return CheckResult(check, Finding.WRONG, "queue_lost", remedy=Remedy.TELL_QUEUE)
    if agent.agreement in _QUEUE_UNKNOWN:
        return unknown(check, _QUEUE_UNKNOWN[agent.agreement])
    return fine(check)


def pause(state: ToolbarState, settings: Settings) -> CheckResult:
    """Who keeps the calls away: the agent, or somebody else at the telephone system."""
    check, agent = Check.PAUSE, state.agent
    if _paused_for_wrap_up(state, settings):
        return unknown(check, "pause_by_wrap_up")
    if agent.state is AgentState.NOT_READY or not agent.desired.ready:
        if agent.agreement is Agreement.PHONE_ONLY:
            return unknown(check, "pause_here_only")  # it is what do_not_disturb says
        reason = agent.reason or agent.desired.reason
        return CheckResult(check, Finding.WRONG, "not_ready_chosen", {"reason": reason}, Remedy.GO_READY)
    if agent.agreement is Agreement.CHANGED_THERE and agent.confirmed.state is QueueState.PAUSED:
        return CheckResult(check, Finding.WRONG, "paused_there", {"reason": agent.confirmed.reason}, Remedy.TELL_QUEUE)
    if agent.agreement is Agreement.PHONE_ONLY or agent.confirmed.state is QueueState.UNKNOWN:
        return unknown(check, "pause_not_told")
    return fine(check)


def _paused_for_wrap_up(state: ToolbarState, settings: Settings) -> bool:
    agent = state.agent
    by_its_reason = not agent.desired.ready and agent.desired.reason == settings.wrap_up.reason
    return state.wrap_up is not None or (by_its_reason and agent.state is not AgentState.NOT_READY)


def wrap_up(state: ToolbarState) -> CheckResult:
    if state.wrap_up is None:
        return fine(Check.WRAP_UP)
    view = state.wrap_up
    return CheckResult(
        Check.WRAP_UP,
        Finding.WRONG,
        "wrap_up_incomplete" if view.missing else "wrap_up_open",
        {"name": view.wrap_up.title or view.wrap_up.number},
        Remedy.FINISH_WRAP_UP,
    )


def do_not_disturb(state: ToolbarState, settings: Settings, told: Presence | None) -> CheckResult:
    """Of this telephone, which refuses calls while its agent is away and the queue is not told; else of the PBX."""
    check, agent = Check.DO_NOT_DISTURB, state.agent
    refuses = agent.agreement is Agreement.PHONE_ONLY and not agent.desired.ready
    if refuses and not _paused_for_wrap_up(state, settings):
        reason = agent.reason or agent.desired.reason
        return CheckResult(check, Finding.WRONG, "phone_refuses", {"reason": reason}, Remedy.GO_READY)
    return _switch(check, told, CheckResult(check, Finding.WRONG, "do_not_disturb_set"))


def forwarding(told: Presence | None) -> CheckResult:
    return _switch(Check.FORWARDING, told, CheckResult(Check.FORWARDING, Finding.WRONG, "forwarding_set"))


def _switch(check: Check, told: Presence | None, when_set: CheckResult) -> CheckResult:
    if told is None:
        return unknown(check, "pbx_does_not_tell")
    if told is Presence.UNKNOWN:
        return unknown(check, "pbx_hint_silent")
    return fine(check) if told is Presence.FREE else when_set
