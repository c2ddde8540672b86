"""One believable moment for each thing that the windows can show, for pictures and for tests that walk the windows."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.ports.telephony import EngineLink
from agent_toolbar.application.toolbar_state import AccountView, CallView, Fault, FaultPlace, Remedy, ToolbarState
from agent_toolbar.domain.agent import AgentState, AgentStatus
from agent_toolbar.domain.audio import AudioDevice, AudioFault, AudioRoleSnapshot, AudioSnapshot
from agent_toolbar.domain.call import (
    CallDirection,
    CallEndCause,
    CallQuality,
    CallSnapshot,
    CallState,
    QualityGrade,
)
from agent_toolbar.domain.contact import ContactMatch, Importance, MatchLevel
from agent_toolbar.domain.identity import Identity, IdentitySource
from agent_toolbar.domain.number_mark import NumberMark
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberKind, NumberPlan, display_number
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState

NOW_S = 1779280351.0  # Wednesday 20 May 2026, 14:32:31 in Paris
SERVER = "pbx.example.com"
EXTENSION = "204"
_PLAN = NumberPlan()

ACCOUNT = AccountView(True, SERVER, 0, EXTENSION, "udp", password_known=True, password_kept=True)
REGISTERED = RegistrationSnapshot(
    RegistrationState.REGISTERED, server=SERVER, extension=EXTENSION, registered_s=NOW_S - 724, expires_s=300
)
HEADSET_IN = AudioDevice("usb-headset-in", "Jabra Evolve2 40", is_default=True)
HEADSET_OUT = AudioDevice("usb-headset-out", "Jabra Evolve2 40", is_default=True)
BUILT_IN = AudioDevice("built-in-out", "Built-in speakers")
WEBCAM = AudioDevice("webcam-in", "Webcam microphone")
AUDIO = AudioSnapshot(
    inputs=(HEADSET_IN, WEBCAM),
    outputs=(HEADSET_OUT, BUILT_IN),
    microphone=AudioRoleSnapshot(in_use=HEADSET_IN),
    speaker=AudioRoleSnapshot(in_use=HEADSET_OUT),
    ringer=AudioRoleSnapshot(in_use=HEADSET_OUT),
)
GOOD = CallQuality(4.3, 0.1, 4.0, 28.0, QualityGrade.GOOD)
POOR = CallQuality(2.7, 6.4, 48.0, 310.0, QualityGrade.POOR)

MARIE = ContactMatch(1, "Marie Dupont", "ACME", Importance.VIP, "Paul", "+33145678901", "work")
JEROME = ContactMatch(2, "Jérôme Lefèvre-Özdemir", "Boulangerie de l’Étoile", phone="+33612345678", phone_kind="mobile")
HANA = ContactMatch(3, "Hana Nováková", "Pražská pekárna", Importance.HIGH, phone="+420224930111")
JEROME_PERHAPS = replace(JEROME, level=MatchLevel.LAST_9)
WEBER_ONE = ContactMatch(4, "Anna Weber", "Weber & Söhne GmbH", phone="+4930901820")
WEBER_TWO = ContactMatch(5, "Klaus Weber", "Weber & Söhne GmbH", phone="+4930901820")
HOSTILE_NAME = "<b>\"Robert'); DROP TABLE calls;--</b> & <img src=x> " + "AAAA" * 16 + "…"


def call(
    identity: str,
    number: str,
    state: CallState = CallState.RINGING,
    direction: CallDirection = CallDirection.INCOMING,
    *,
    name: str = "",
    contact: ContactMatch | None = None,
    matches: tuple[ContactMatch, ...] = (),
    seconds: float = 6.0,
    **changes: object,
) -> CallView:
    """A call with what is known of its party; `seconds` ago it began, or was answered when it is connected."""
    began = NOW_S - seconds
    source = IdentitySource.FROM if direction is CallDirection.INCOMING else IdentitySource.DIALLED
    snapshot = CallSnapshot(
        identity,
        direction,
        state,
        Identity(number, name, f"sip:{number or 'anonymous'}@{SERVER}", source),
        started_s=began,
        ringing_s=began,
        answered_s=began if state is CallState.CONNECTED else 0.0,
        codec="G722" if state is CallState.CONNECTED else "",
        quality=GOOD if state is CallState.CONNECTED else None,
    )
    called_on = str(changes.pop("called_on", ""))
    return CallView(
        replace(snapshot, **changes),  # type: ignore[arg-type]
        CanonicalNumber(NumberKind.E164, number, raw=number) if number else CanonicalNumber(NumberKind.ANONYMOUS),
        display_number(number, _PLAN),
        matches or ((contact,) if contact else ()),
        contact,
        looked_up=True,
        called_on=called_on,
    )


RINGING_MARIE = call("c1", "+33145678901", contact=MARIE, called_on="01 70 00 00 10")
RINGING_JEROME = call("c2", "+33612345678", contact=JEROME, seconds=9)
RINGING_MARKED = replace(
    call("c5", "+33145678901", contact=MARIE), mark=NumberMark("c0", NOW_S - 86_400, "a bakery answers now")
)
RINGING_UNKNOWN = call("c3", "+4930901820", name="Weber", matches=(WEBER_ONE, WEBER_TWO), seconds=3)
TALKING = call("c1", "+33145678901", CallState.CONNECTED, contact=MARIE, seconds=151)
HELD = call("c2", "+33612345678", CallState.CONNECTED, contact=JEROME, seconds=402, held=True)
DIALLING = call("c4", "+420224930111", CallState.ALERTING, CallDirection.OUTGOING, contact=HANA, seconds=4)

_READY = AgentStatus(AgentState.READY, since_s=NOW_S - 724)
_RINGING = AgentStatus(AgentState.RINGING, since_s=NOW_S - 6)
_TALKING = AgentStatus(AgentState.ON_CALL, since_s=NOW_S - 151)

READY = ToolbarState(
    cti_on=True,
    link=EngineLink.ATTACHED,
    engine_pid=4242,
    engine_started_s=NOW_S - 730,
    registration=REGISTERED,
    account=ACCOUNT,
    agent=_READY,
    audio=AUDIO,
    contacts=12480,
)
OFF = replace(READY, cti_on=False, registration=RegistrationSnapshot(), agent=AgentStatus(since_s=NOW_S - 60))
NEW = ToolbarState(link=EngineLink.ATTACHED, audio=AUDIO, agent=AgentStatus(since_s=NOW_S - 5))


def with_calls(*calls: CallView, current: str = "", agent: AgentStatus = _TALKING) -> ToolbarState:
    """A ready toolbar with these calls."""
    return replace(READY, calls=calls, current=current or calls[0].call.id, agent=agent)


def with_registration_fault(fault: RegistrationFault, remedy: Remedy, retry_s: float = 8.0) -> ToolbarState:
    """CTI is on, and the telephone system does not take us."""
    state = RegistrationState.RETRYING if retry_s else RegistrationState.REFUSED
    retry_at_s = NOW_S + retry_s if retry_s else 0.0
    registration = RegistrationSnapshot(state, fault, server=SERVER, extension=EXTENSION, retry_at_s=retry_at_s)
    params: dict[str, str | int | float] = {"server": SERVER, "extension": EXTENSION, "status": 0, "reason": ""}
    shown = Fault(fault.value, FaultPlace.TELEPHONY, remedy, params, retry_at_s, serious=True)
    unknown = AgentStatus(AgentState.UNKNOWN, since_s=NOW_S - 12)
    return replace(READY, registration=registration, agent=unknown, faults=(shown,))


def _without_microphone() -> ToolbarState:
    gone = AudioRoleSnapshot(fault=AudioFault.NO_DEVICE)
    params: dict[str, str | int | float] = {"role": "microphone", "device": "", "instead": ""}
    fault = Fault("no_microphone", FaultPlace.SOUND, Remedy.OPEN_SOUND, params)
    return replace(READY, audio=replace(AUDIO, inputs=(), microphone=gone), faults=(fault,))


def _failed_call() -> ToolbarState:
    ended = call(
        "c4",
        "+420224930111",
        CallState.ENDED,
        CallDirection.OUTGOING,
        contact=HANA,
        end_cause=CallEndCause.BUSY,
        ended_s=NOW_S - 1,
        sip_status=486,
    )
    params: dict[str, str | int | float] = {"cause": "busy", "name": HANA.name, "status": 486, "reason": "Busy Here"}
    return replace(READY, just_ended=(ended,), faults=(Fault("call_failed", FaultPlace.CALL, params=params),))


def _missed() -> ToolbarState:
    ended = replace(
        RINGING_MARIE,
        call=replace(RINGING_MARIE.call, state=CallState.ENDED, end_cause=CallEndCause.CANCELLED, ended_s=NOW_S - 2),
    )
    return replace(READY, just_ended=(ended,), missed=1)


STATES: dict[str, ToolbarState] = {
    "first-start": NEW,
    "off": OFF,
    "registering": replace(
        READY,
        registration=RegistrationSnapshot(RegistrationState.REGISTERING, server=SERVER, extension=EXTENSION),
        agent=AgentStatus(AgentState.CONNECTING, since_s=NOW_S - 1),
    ),
    "ready": READY,
    "not-ready": replace(READY, agent=AgentStatus(AgentState.NOT_READY, since_s=NOW_S - 312), missed=2),
    "ringing": with_calls(RINGING_MARIE, agent=_RINGING),
    "ringing-three": with_calls(RINGING_JEROME, RINGING_MARIE, RINGING_UNKNOWN, agent=_RINGING),
    "dialling": with_calls(DIALLING),
    "in-a-call": with_calls(TALKING),
    "muted": with_calls(replace(TALKING, call=replace(TALKING.call, muted=True))),
    "held": with_calls(replace(TALKING, call=replace(TALKING.call, held=True))),
    "two-calls": with_calls(HELD, TALKING, current="c1"),
    "poor-quality": with_calls(replace(TALKING, call=replace(TALKING.call, quality=POOR))),
    "call-failed": _failed_call(),
    "missed": _missed(),
    "fault-no-registration": with_registration_fault(RegistrationFault.TIMEOUT, Remedy.TRY_AGAIN),
    "fault-wrong-password": with_registration_fault(RegistrationFault.WRONG_PASSWORD, Remedy.ENTER_PASSWORD, 0.0),
    "fault-no-microphone": _without_microphone(),
    "fault-engine-lost": replace(
        READY,
        link=EngineLink.LOST,
        registration=RegistrationSnapshot(RegistrationState.REGISTERING, server=SERVER, extension=EXTENSION),
        agent=AgentStatus(AgentState.CONNECTING, since_s=NOW_S - 1),
        faults=(Fault("engine_lost", FaultPlace.TELEPHONY, serious=True),),
    ),
    "practice": replace(READY, practice=True),
}

CARDS: dict[str, ToolbarState] = {
    "marked": with_calls(RINGING_MARKED, agent=_RINGING),
    "vip": with_calls(RINGING_MARIE, agent=_RINGING),
    "accents": with_calls(RINGING_JEROME, agent=_RINGING),
    "unknown-number": with_calls(call("c5", "+33198765432"), agent=_RINGING),
    "anonymous": with_calls(call("c6", ""), agent=_RINGING),
    "several-matches": with_calls(RINGING_UNKNOWN, agent=_RINGING),
    "uncertain": with_calls(call("c7", "0612345678", matches=(JEROME_PERHAPS,)), agent=_RINGING),
    "hostile": with_calls(call("c8", "+33198765432", name=HOSTILE_NAME), agent=_RINGING),
    "three": STATES["ringing-three"],
    "missed": STATES["missed"],
}
