"""Settings and secrets as the application asks for them. The values live in `settings`, this is their shape."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

import msgspec

from agent_toolbar.application.ports.crm_settings import CrmPages, CrmSettings, OpensPage, PageMoments
from agent_toolbar.application.ports.day_settings import (
    AvailabilityAdapter,
    AvailabilitySettings,
    Disposition,
    FeatureCodes,
    PauseFrom,
    Reason,
    RestSettings,
    WrapUpAfter,
    WrapUpEnd,
    WrapUpSettings,
)
from agent_toolbar.application.ports.link_settings import LinkSettings, LocalApiSettings
from agent_toolbar.application.ports.telephony import AudioConfig, DtmfMethod
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.domain.registration import Transport

__all__ = [
    "SETTINGS_VERSION",
    "AccountSettings",
    "AvailabilityAdapter",
    "AvailabilitySettings",
    "BarPlace",
    "Colleague",
    "CrmPages",
    "CrmSettings",
    "DirectoryKind",
    "DirectorySettings",
    "Disposition",
    "FeatureCodes",
    "HandoverSettings",
    "LinkSettings",
    "LocalApiSettings",
    "NumberSettings",
    "OpensPage",
    "PageMoments",
    "PauseFrom",
    "Reason",
    "RestSettings",
    "SecretVault",
    "Settings",
    "SettingsStore",
    "ShortcutSettings",
    "Theme",
    "WindowSettings",
    "WrapUpAfter",
    "WrapUpEnd",
    "WrapUpSettings",
]

SETTINGS_VERSION = 2


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
    links: LinkSettings = LinkSettings()
    local_api: LocalApiSettings = LocalApiSettings()


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
