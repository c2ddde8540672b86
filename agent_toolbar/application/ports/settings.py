"""Settings and secrets as the application asks for them. The values live in `settings`, this is their shape."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

import msgspec

from agent_toolbar.application.ports.telephony import AudioConfig, DtmfMethod
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.domain.registration import Transport

SETTINGS_VERSION = 1


class AccountSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The telephone account without its password, which is only in the keyring. server "" means: not set up yet.

    Attributes:
        asks_refer: when somebody in a call asks the telephone to call somebody else instead, the agent is asked; else
            that is refused.
        redirects: this PBX follows a 302 to a ringing call; else "send to" declines the call.
    """

    server: str = ""
    port: int = 0
    extension: str = ""
    transport: Transport = Transport.UDP
    auth_user: str = ""
    display_name: str = ""
    trusts_identity: bool = True
    asks_refer: bool = False
    redirects: bool = True
    dtmf: DtmfMethod = DtmfMethod.RFC4733
    codecs: tuple[str, ...] = ("G722", "PCMA", "PCMU")
    connect_at_start: bool = False

    @property
    def configured(self) -> bool:
        return bool(self.server and self.extension)


class NumberSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How numbers are written here; see domain.phone_number.NumberPlan."""

    region: str = "FR"
    internal_pattern: str = "[0-9]{2,5}"
    outside_prefix: str = ""
    bare_international: bool = False

    def plan(self) -> NumberPlan:
        return NumberPlan(self.region, self.internal_pattern, self.outside_prefix, self.bare_international)


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class BarPlace(StrEnum):
    TOP = "top"
    BOTTOM = "bottom"
    FLOATING = "floating"


class WindowSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the toolbar looks. language "" follows the system; accent "" is the product's own colour."""

    language: str = ""
    theme: Theme = Theme.SYSTEM
    accent: str = ""
    place: BarPlace = BarPlace.TOP
    stay_on_top: bool = True
    reduced_motion: bool = False


class ShortcutSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Keys inside the toolbar, in Qt's portable spelling."""

    answer: str = "Ctrl+Return"
    hang_up: str = "Ctrl+Backspace"
    hold: str = "Ctrl+H"
    mute: str = "Ctrl+M"
    keypad: str = "Ctrl+K"
    dial_field: str = "Ctrl+L"
    ready: str = "Ctrl+R"
    transfer: str = "Ctrl+T"
    consult: str = "Ctrl+Shift+T"
    complete: str = "Ctrl+Shift+Return"
    swap: str = "Ctrl+Shift+S"
    take_back: str = "Ctrl+Shift+B"
    conference: str = "Ctrl+Shift+C"
    note: str = "Ctrl+N"
    wrap_up: str = "Ctrl+W"
    doctor: str = "Ctrl+D"
    history: str = "Ctrl+Y"
    settings: str = "Ctrl+,"


class Colleague(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody that calls are handed to. `favourite`: stands first."""

    extension: str
    name: str = ""
    favourite: bool = False


class HandoverSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How calls are handed over.

    Attributes:
        colleagues: whose telephones are watched, in the agent's own order.
        undo_s: seconds in which a transfer can be undone, 0 to 10.
        store_url: database of the stories that go with calls, as SQLAlchemy writes URLs, without a password; "" is a
            file of this profile.
    """

    colleagues: tuple[Colleague, ...] = ()
    undo_s: int = 3
    store_url: str = ""


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


class OpensPage(StrEnum):
    """When the page of whom a call is with opens in the browser."""

    NEVER = "never"
    BUTTON = "button"  # when the agent asks
    RING = "ring"
    ANSWER = "answer"


class CrmSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The CRM and its switch, which is not CTI's.

    Attributes:
        manifest: name of a manifest that comes with the toolbar ("tryton"), or path of a file; "" for no CRM.
        url: base address, https except on this computer. user: who signs in; the key or password is in the keyring.
        values: further values that the manifest asks for, such as a database's name. No secrets.
        sign_in_at_start: else the toolbar starts signed out.
        logs_calls: every ended call with somebody outside is written to the CRM.
        page_incoming, page_outgoing: RING and ANSWER hold where the number belongs to exactly one contact for certain;
            else, and on BUTTON, the page opens by a button.
    """

    manifest: str = ""
    url: str = ""
    user: str = ""
    values: dict[str, str] = {}
    sign_in_at_start: bool = False
    logs_calls: bool = True
    page_incoming: OpensPage = OpensPage.BUTTON
    page_outgoing: OpensPage = OpensPage.BUTTON

    @property
    def configured(self) -> bool:
        return bool(self.manifest and self.url)


class DirectoryKind(StrEnum):
    CARDDAV = "carddav"
    LDAP = "ldap"


class DirectorySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A company's directory that feeds the contacts. Its password is in the keyring.

    Attributes:
        name: what people read; the contacts of this directory are known by it.
        url: carddav: of the address book; ldap: ldaps://host, or ldap://host, which then speaks StartTLS.
        user: who signs in (ldap: a DN, or user@domain); "" for nobody.
        base, filter: ldap: where to search (a DN) and what (RFC 4515).
        refresh_min: minutes from one sync to the next.
    """

    name: str
    kind: DirectoryKind
    url: str
    user: str = ""
    base: str = ""
    filter: str = "(objectClass=person)"
    refresh_min: int = 60


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings of a profile."""

    version: int = SETTINGS_VERSION
    account: AccountSettings = AccountSettings()
    audio: AudioConfig = AudioConfig()
    numbers: NumberSettings = NumberSettings()
    window: WindowSettings = WindowSettings()
    shortcuts: ShortcutSettings = ShortcutSettings()
    handover: HandoverSettings = HandoverSettings()
    availability: AvailabilitySettings = AvailabilitySettings()
    wrap_up: WrapUpSettings = WrapUpSettings()
    crm: CrmSettings = CrmSettings()
    directories: tuple[DirectorySettings, ...] = ()


class SettingsStore(Protocol):
    """The settings in force. All calls on the GUI thread; the file is written atomically in the background."""

    @property
    def current(self) -> Settings: ...

    @property
    def fault(self) -> AgentToolbarError | None:
        """Why the file could not be used (then built-in values are in force and the file is left alone), or None."""

    @property
    def policy_fault(self) -> AgentToolbarError | None:
        """Why the administrator's policy could not be used, or None. While it stands CTI does not go on by itself."""

    @property
    def forced(self) -> frozenset[str]:
        """Dotted keys ("window.theme") that the administrator has set for good."""

    def put(self, settings: Settings) -> None:
        """Makes `settings` the ones in force and writes what the user chose.

        Raises SettingsError for a value that cannot be, and SettingsError("settings_forced", key) for another value of
        a forced key; then nothing changes.
        """

    def read_policy(self) -> None:
        """Reads the policy again, and tells all listeners what is in force now."""

    def watch(self, listener: Callable[[Settings], None]) -> None:
        """Told after every change."""


class SecretVault(Protocol):
    """Passwords in the system's keyring, or in this process only where there is none. Answers on the GUI thread."""

    def load(self, server: str, extension: str, on_result: Callable[[str | None], None]) -> None:
        """The password, or None when none is kept or the keyring is locked or missing."""

    def save(self, server: str, extension: str, password: str, on_result: Callable[[bool], None]) -> None:
        """Keeps the password; answers whether it survives this process (False: no real keyring here)."""

    def forget(self, server: str, extension: str) -> None:
        """Removes the password wherever it is kept."""
