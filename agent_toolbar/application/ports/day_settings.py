"""Settings of the agent's day: how the queue is told, reasons, wrap-up, outcomes."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class AvailabilityAdapter(StrEnum):
    """How the queue is told; see ports.availability."""

    PHONE_ONLY = "phone_only"
    SIP_MESSAGE = "sip_message"
    FEATURE_CODE = "feature_code"
    REST = "rest"


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why an agent is not ready.

    Attributes:
        code: 1 to 40 ASCII letters, digits, "-" or "_"; goes to the telephone system.
        en, fr: what people read; a missing one is replaced by the other, then by the code.
        needs_note: the agent must say more. colour: "#rrggbb" or "". max_s: 0 for no limit.
    """

    code: str
    en: str = ""
    fr: str = ""
    needs_note: bool = False
    colour: str = ""
    max_s: int = 0


class Disposition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a call turned out. code, en, fr, colour: as of Reason. needs_note: the subject may not stay empty."""

    code: str
    en: str = ""
    fr: str = ""
    needs_note: bool = False
    colour: str = ""


class FeatureCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is dialled to tell the queue; {extension}, {reason} and {queue} are filled in.

    Attributes:
        preset: name of the telephone system whose codes they are, "" for codes of one's own. It fills what is "".
        pause, unpause, login, logout: codes; "" where there is none. The same code for pause and unpause toggles.
        queue: what {queue} stands for.
    """

    preset: str = ""
    pause: str = ""
    unpause: str = ""
    login: str = ""
    logout: str = ""
    queue: str = ""


class RestSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A telephone system that is told by HTTP.

    Attributes:
        manifest: name of a manifest that comes with the toolbar ("wazo", "kazoo"), or path of a file.
        url: base address, https except on this computer. user: name to sign in with; its password is in the keyring.
        values: further values that the manifest asks for, such as an account's id. No secrets.
    """

    manifest: str = ""
    url: str = ""
    user: str = ""
    values: dict[str, str] = {}


class AvailabilitySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the agent is ready or not.

    Attributes:
        control: user part that SIP MESSAGE orders go to.
        codes: of the adapter "feature_code". rest: of the adapter "rest".
        hint: extension that tells a pause by its dialog state, {extension} filled in; "" for none.
        dnd_hint, forward_hint: as `hint`, of do-not-disturb and call forwarding at the telephone system: busy is set.
        logs_in: CTI on also logs in at the queues, and CTI off logs out.
        ready_at_start: else CTI on begins with not ready, without a reason.
        hours: "HH:MM-HH:MM" of local time, at which CTI goes on by itself; days: 0 Monday to 6 Sunday. "" for none.
        idle_min: minutes without keyboard and mouse after which the agent is asked, 0 never; idle_reason: what is then
            set when nobody answers.
        idle_answer_s: how long the question stands.
        sleep_min: after a sleep of the computer of at most so many minutes the agent is again what they were before;
            after a longer one they are not ready, without a reason.
        test_number: answers and gives back what is said (an echo), for the audit and the doctor; "" if there is none.
    """

    adapter: AvailabilityAdapter = AvailabilityAdapter.PHONE_ONLY
    control: str = "ctl"
    codes: FeatureCodes = FeatureCodes()
    rest: RestSettings = RestSettings()
    hint: str = "*46{extension}"
    dnd_hint: str = ""
    forward_hint: str = ""
    logs_in: bool = False
    ready_at_start: bool = True
    reasons: tuple[Reason, ...] = (
        Reason("break", "Break", "Pause", max_s=900),
        Reason("lunch", "Lunch", "Déjeuner", max_s=3600),
        Reason("meeting", "Meeting", "Réunion"),
        Reason("training", "Training", "Formation"),
        Reason("other", "Something else", "Autre", needs_note=True),
    )
    hours: str = ""
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    idle_min: int = 0
    idle_reason: str = "break"
    idle_answer_s: int = 60
    sleep_min: int = 15
    test_number: str = ""


class WrapUpAfter(StrEnum):
    """Which calls a wrap-up follows by itself. Only answered ones, and none that was handed over."""

    NEVER = "never"
    QUEUE = "queue"  # incoming calls that the PBX took from a queue
    INCOMING = "incoming"  # incoming calls from outside or from a queue
    EXTERNAL = "external"  # every call with somebody outside


class WrapUpEnd(StrEnum):
    """What follows when the time is up or it is finished."""

    READY = "ready"
    NOT_READY = "not_ready"


class PauseFrom(StrEnum):
    """When the queue hears of the pause. ANSWER also holds against a customer who hangs up first."""

    ANSWER = "answer"
    HANG_UP = "hang_up"


class WrapUpSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The time after a call.

    Attributes:
        queues: only these queues with WrapUpAfter.QUEUE; () all of them.
        reason: code with which the queue is told.
        seconds: 0 for no limit; extend_s: what one "more time" adds.
        needs_subject, needs_disposition: it cannot be finished by the agent without them. When time is up, it ends as
            it is.
    """

    after: WrapUpAfter = WrapUpAfter.NEVER
    queues: tuple[str, ...] = ()
    pause_from: PauseFrom = PauseFrom.ANSWER
    reason: str = "wrap-up"
    seconds: int = 60
    extend_s: int = 60
    at_end: WrapUpEnd = WrapUpEnd.READY
    needs_subject: bool = False
    needs_disposition: bool = False
    dispositions: tuple[Disposition, ...] = (
        Disposition("done", "Settled", "Réglé"),
        Disposition("call_back", "To call back", "À rappeler"),
        Disposition("passed_on", "Passed on", "Transmis"),
        Disposition("nuisance", "Wrong number or nuisance", "Erreur ou appel indésirable"),
    )
