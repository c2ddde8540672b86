"""The agent's first switch, CTI (the telephone). Owns account, password and registration.

GUI thread. Keeps what the agent wants apart from what the engine says, and says it again to every new engine.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import msgspec

from agent_toolbar.application.ports.doctor import AuditRequest
from agent_toolbar.application.ports.settings import AccountSettings, SecretVault, SettingsStore
from agent_toolbar.application.ports.telephony import (
    AccountConfig,
    EngineLink,
    EngineSnapshot,
    Register,
    SetAccount,
    SetAudio,
    TelephonyEngine,
    Unregister,
)
from agent_toolbar.application.toolbar_port import AccountEntry
from agent_toolbar.application.toolbar_state import AccountView
from agent_toolbar.domain.account_entry import checked_extension, checked_port, checked_server
from agent_toolbar.domain.errors import AccountError
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState

_TAKEN_BACK = frozenset({RegistrationState.REGISTERED, RegistrationState.UNREGISTERING})
_OUTCOMES = frozenset({RegistrationState.REGISTERED, RegistrationState.REFUSED, RegistrationState.RETRYING})


class AgentSession:
    """What the agent wants of the telephone, and what became of it.

    Attributes:
        cti_on: the switch; registration: the engine's word on it.
    """

    def __init__(
        self,
        engine: TelephonyEngine,
        settings: SettingsStore,
        vault: SecretVault,
        on_change: Callable[[], None],
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._vault = vault
        self._on_change = on_change
        self._attached = False
        self._password: str | None = None
        self._password_kept = False
        self._password_asked = False
        self._on_tried: Callable[[RegistrationSnapshot], None] | None = None
        self._off_after_try = False
        self._unregistering = False
        self._on_rested: Callable[[], None] | None = None
        self._resting = False
        self._signing_off = False
        self.cti_on = False
        self.registration = RegistrationSnapshot()

    # ------------------------------------------------------------------ start, engine comes and goes

    def start(self) -> None:
        """Fetches the password; CTI goes on by itself only when the settings say so, and all of them are known."""
        account = self._settings.current.account
        self.cti_on = account.configured and account.connect_at_start and self._settings.policy_fault is None
        self._fetch_password()

    def engine_attached(self, engine: EngineSnapshot) -> None:
        """A new engine is told everything; one that went on without us is believed."""
        self._attached = True
        self._engine.send(SetAudio(audio=self._settings.current.audio))
        account = self._settings.current.account
        same = engine.has_account and (engine.registration.server, engine.registration.extension) == (
            account.server,
            account.extension,
        )
        if same and engine.registration.state not in {RegistrationState.OFF, RegistrationState.UNREGISTERING}:
            self.cti_on = True
            self._password_asked = True
            self.registration_changed(engine.registration)
            return
        self._say_account()

    def engine_gone(self, link: EngineLink) -> None:
        """Nothing is registered while there is no engine; the switch stays as the agent set it."""
        self._attached = self._unregistering = self._signing_off = False
        state = (
            RegistrationState.REGISTERING if self.cti_on and link is not EngineLink.FAILED else RegistrationState.OFF
        )
        self.registration = self._own_registration(state)
        self._rested()
        self._on_change()

    def registration_changed(self, registration: RegistrationSnapshot) -> None:
        self.registration = registration
        if registration.state is RegistrationState.OFF:
            self._rested()
            again, self._unregistering = self._unregistering and self.cti_on and not self._resting, False
            if again:
                self._say_registration()
        tried, outcome = self._on_tried, registration.state in _OUTCOMES
        if tried is not None and outcome:
            self._on_tried = None
            if registration.state is not RegistrationState.REGISTERED and self._off_after_try:
                self.switch_cti(False)
            tried(registration)
        self._on_change()

    # ------------------------------------------------------------------ what the agent asks

    def switch_cti(self, on: bool) -> None:
        """Registers or takes the registration back. Raises AccountError("no_account") when none is set up."""
        if on and not self._settings.current.account.configured:
            raise AccountError("no_account")
        self.cti_on, self._signing_off = on, False
        if self._attached:
            self._say_registration()
        else:
            self.registration = self._own_registration(RegistrationState.REGISTERING if on else RegistrationState.OFF)
        self._on_change()

    def signing_off(self) -> None:
        """CTI goes off as soon as the queue has heard of it; the switch is off already."""
        self.cti_on, self._signing_off = False, True
        self._on_change()

    @property
    def shown_registration(self) -> RegistrationSnapshot:
        """The engine's word, or that the agent is about to go."""
        if self._signing_off and self.registration.state is RegistrationState.REGISTERED:
            return dataclasses.replace(self.registration, state=RegistrationState.UNREGISTERING)
        return self.registration

    def rest(self, then: Callable[[], None]) -> None:
        """The computer is about to sleep: the telephone system is not to send calls here. `then` when it knows."""
        self._resting = True
        if not self._attached or self.registration.state is not RegistrationState.REGISTERED:
            then()
        else:
            self._on_rested = then
        if self._attached:
            self._say_registration()

    def wake(self) -> None:
        """Registers at once, if CTI is on."""
        if self._resting:
            self._resting = False
            if self._attached:
                self._say_registration()

    def try_again(self) -> None:
        """The registration is tried at once instead of when its time has come."""
        if self.cti_on and self._attached:
            self._say_account()

    def set_account(self, entry: AccountEntry, on_tried: Callable[[RegistrationSnapshot], None] | None = None) -> None:
        """Keeps the account; with `on_tried` registers to try it. Raises AccountError for values that cannot be."""
        before = self._settings.current
        account = _account_of(entry, before.account)
        same_place = (account.server, account.extension) == (before.account.server, before.account.extension)
        self._settings.put(msgspec.structs.replace(before, account=account))
        self._on_tried = on_tried
        self._off_after_try = not self.cti_on
        if on_tried is not None:
            self.cti_on = True
        if entry.password is not None:
            self._use_password(entry.password)
        elif same_place:
            self._say_account()
        else:
            self._password = None
            self._fetch_password()

    def enter_password(self, password: str) -> None:
        """For this session, and in the keyring where there is one."""
        self._use_password(password)

    def audit_request(self, folder: Path) -> AuditRequest:
        """Raises AccountError("no_account") or AccountError("no_password")."""
        settings = self._settings.current
        account = settings.account
        if not account.configured:
            raise AccountError("no_account")
        if self._password is None:
            raise AccountError("no_password")
        return AuditRequest(
            server=account.server,
            port=account.port,
            transport=account.transport.value,
            extension=account.extension,
            auth_user=account.auth_user,
            password=self._password,
            test_number=settings.availability.test_number,
            folder=folder,
        )

    def account_view(self) -> AccountView:
        account = self._settings.current.account
        return AccountView(
            configured=account.configured,
            server=account.server,
            port=account.port,
            extension=account.extension,
            transport=account.transport,
            password_known=self._password is not None,
            password_kept=self._password_kept,
        )

    # ------------------------------------------------------------------ inside

    def _use_password(self, password: str) -> None:
        account = self._settings.current.account
        self._password, self._password_asked = password, True
        self._vault.save(account.server, account.extension, password, self._kept)
        self._say_account()
        self._on_change()

    def _kept(self, kept: bool) -> None:
        self._password_kept = kept
        self._on_change()

    def _fetch_password(self) -> None:
        account = self._settings.current.account
        if not account.configured:
            self._password_asked = True
            self._on_change()
            return

        def loaded(password: str | None) -> None:
            now = self._settings.current.account
            if (now.server, now.extension) != (account.server, account.extension) or self._password is not None:
                return
            self._password, self._password_kept, self._password_asked = password, password is not None, True
            if not self._believed_engine():
                self._say_account()
            self._on_change()

        self._password_asked = False
        self._vault.load(account.server, account.extension, loaded)

    def _believed_engine(self) -> bool:
        """The engine went on without us and is registered: saying the account again would only disturb it."""
        return self._attached and self.registration.state is RegistrationState.REGISTERED

    def _say_account(self) -> None:
        if not self._attached or not self._password_asked:
            return
        account = self._settings.current.account
        if account.configured and self._password is not None:
            self._engine.send(SetAccount(account=_config_of(account, self._password)))
        else:
            self._engine.send(SetAccount(account=None))
        self._say_registration()

    def _rested(self) -> None:
        then, self._on_rested = self._on_rested, None
        if then is not None:
            then()

    def _say_registration(self) -> None:
        """An engine that is just taking a registration back is told to register when it is done with that."""
        if not self.cti_on or self._resting:
            self._unregistering = self.registration.state in _TAKEN_BACK
            self._engine.send(Unregister())
        elif self._unregistering:
            return
        elif self._password is not None:
            self._engine.send(Register())
        elif self._password_asked:
            self.registration_changed(self._own_registration(RegistrationState.REFUSED, RegistrationFault.NO_PASSWORD))

    def _own_registration(
        self, state: RegistrationState, fault: RegistrationFault = RegistrationFault.NONE
    ) -> RegistrationSnapshot:
        account = self._settings.current.account
        return RegistrationSnapshot(
            state=state,
            fault=fault,
            server=account.server,
            extension=account.extension,
            transport=account.transport,
        )


def _account_of(entry: AccountEntry, before: AccountSettings) -> AccountSettings:
    return msgspec.structs.replace(
        before,
        server=checked_server(entry.server),
        port=checked_port(entry.port),
        extension=checked_extension(entry.extension),
        transport=entry.transport,
        auth_user=entry.auth_user.strip(),
    )


def _config_of(account: AccountSettings, password: str) -> AccountConfig:
    return AccountConfig(
        server=account.server,
        extension=account.extension,
        password=password,
        port=account.port,
        transport=account.transport,
        auth_user=account.auth_user,
        display_name=account.display_name,
        trusts_identity=account.trusts_identity,
        asks_refer=account.asks_refer,
        dtmf=account.dtmf,
        codecs=account.codecs,
    )
