"""CTI on and off, the account and its password, in view of engines that come and go."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from agent_toolbar.application.agent_session import AgentSession
from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.settings import AccountSettings, Settings
from agent_toolbar.application.ports.telephony import EngineLink, EngineSnapshot
from agent_toolbar.application.toolbar_port import AccountEntry
from agent_toolbar.domain.audio import AudioSnapshot
from agent_toolbar.domain.errors import AccountError
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState
from tests.fakes.settings import FakeSecretVault, FakeSettingsStore
from tests.fakes.telephony import FakeTelephonyEngine

ACCOUNT = AccountSettings(server="pbx.test", extension="1001")
REGISTERED = RegistrationSnapshot(RegistrationState.REGISTERED, server="pbx.test", extension="1001")


class Desk:
    """A session with fakes around it."""

    def __init__(self, account: AccountSettings = ACCOUNT, password: str | None = "secret") -> None:
        self.engine = FakeTelephonyEngine()
        self.store = FakeSettingsStore(Settings(account=account))
        self.vault = FakeSecretVault()
        if password is not None:
            self.vault.secrets[(account.server, account.extension)] = password
        self.changes = 0
        self.session = AgentSession(self.engine, self.store, self.vault, self._changed)

    def _changed(self) -> None:
        self.changes += 1

    def attach(self, registration: RegistrationSnapshot | None = None, *, has_account: bool = False) -> None:
        self.engine.link = EngineLink.ATTACHED
        snapshot = EngineSnapshot(1, 0.0, registration or RegistrationSnapshot(), AudioSnapshot(), (), has_account)
        self.session.engine_attached(snapshot)

    def told(self, kind: type[wire.Command]) -> list[wire.Command]:
        return [command for command in self.engine.commands if isinstance(command, kind)]

    def entry(self, **values: object) -> AccountEntry:
        return replace(AccountEntry("pbx.test", "1001", password="secret"), **values)  # type: ignore[arg-type]


def test_cti_stays_off_at_start_unless_the_settings_say_so() -> None:
    desk = Desk()
    desk.session.start()
    desk.attach()
    assert not desk.session.cti_on
    assert not desk.told(wire.Register)


def test_connect_at_start_registers_with_the_kept_password() -> None:
    desk = Desk(msgspec.structs.replace(ACCOUNT, connect_at_start=True))
    desk.session.start()
    desk.attach()
    [account] = desk.told(wire.SetAccount)
    assert isinstance(account, wire.SetAccount)
    assert account.account is not None
    assert account.account.password == "secret"
    assert len(desk.told(wire.Register)) == 1


def test_nothing_is_said_before_the_keyring_has_answered() -> None:
    desk = Desk(msgspec.structs.replace(ACCOUNT, connect_at_start=True))
    desk.vault.slow = True
    desk.session.start()
    desk.attach()
    assert not desk.told(wire.SetAccount)
    desk.vault.answer()
    assert len(desk.told(wire.Register)) == 1


def test_switching_on_without_an_account_is_refused() -> None:
    desk = Desk(AccountSettings(), password=None)
    desk.session.start()
    with pytest.raises(AccountError) as refused:
        desk.session.switch_cti(True)
    assert refused.value.code == "no_account"
    assert not desk.session.cti_on


def test_switching_on_without_a_password_asks_for_it_and_goes_on_with_it() -> None:
    desk = Desk(password=None)
    desk.session.start()
    desk.attach()
    desk.session.switch_cti(True)
    assert desk.session.registration.fault is RegistrationFault.NO_PASSWORD
    assert not desk.told(wire.Register)
    desk.session.enter_password("secret")
    assert len(desk.told(wire.Register)) == 1
    assert desk.vault.secrets[("pbx.test", "1001")] == "secret"


def test_switching_off_takes_the_registration_back() -> None:
    desk = Desk()
    desk.session.start()
    desk.attach()
    desk.session.switch_cti(True)
    desk.session.registration_changed(REGISTERED)
    desk.session.switch_cti(False)
    assert isinstance(desk.engine.commands[-1], wire.Unregister)


def test_a_new_engine_is_told_the_account_and_registers_again() -> None:
    desk = Desk()
    desk.session.start()
    desk.attach()
    desk.session.switch_cti(True)
    desk.session.registration_changed(REGISTERED)
    desk.session.engine_gone(EngineLink.LOST)
    assert desk.session.registration.state is RegistrationState.REGISTERING
    desk.engine.commands.clear()
    desk.attach()
    assert len(desk.told(wire.SetAccount)) == 1
    assert len(desk.told(wire.Register)) == 1


def test_an_engine_that_went_on_without_us_is_believed_and_not_disturbed() -> None:
    desk = Desk()
    desk.vault.slow = True
    desk.session.start()
    desk.attach(REGISTERED, has_account=True)
    desk.vault.answer()
    assert desk.session.cti_on
    assert desk.session.registration == REGISTERED
    assert not desk.told(wire.SetAccount)
    assert not desk.told(wire.Register)


def test_an_engine_with_another_account_gets_ours() -> None:
    desk = Desk()
    desk.session.start()
    desk.attach(replace(REGISTERED, extension="1002"), has_account=True)
    [account] = desk.told(wire.SetAccount)
    assert isinstance(account, wire.SetAccount)
    assert account.account is not None
    assert account.account.extension == "1001"


def test_trying_an_account_answers_once_with_the_outcome_and_stays_on() -> None:
    desk = Desk(AccountSettings(), password=None)
    desk.session.start()
    desk.attach()
    outcomes: list[RegistrationSnapshot] = []
    desk.session.set_account(desk.entry(), outcomes.append)
    desk.session.registration_changed(replace(REGISTERED, state=RegistrationState.REGISTERING))
    assert outcomes == []
    desk.session.registration_changed(REGISTERED)
    desk.session.registration_changed(replace(REGISTERED, expires_s=60))
    assert outcomes == [REGISTERED]
    assert desk.session.cti_on


def test_a_failed_try_leaves_cti_as_it_was() -> None:
    desk = Desk(AccountSettings(), password=None)
    desk.session.start()
    desk.attach()
    outcomes: list[RegistrationSnapshot] = []
    desk.session.set_account(desk.entry(), outcomes.append)
    desk.session.registration_changed(
        replace(REGISTERED, state=RegistrationState.REFUSED, fault=RegistrationFault.WRONG_PASSWORD)
    )
    assert outcomes[0].fault is RegistrationFault.WRONG_PASSWORD
    assert not desk.session.cti_on
    assert isinstance(desk.engine.commands[-1], wire.Unregister)


def test_an_account_with_a_bad_value_changes_nothing() -> None:
    desk = Desk()
    desk.session.start()
    with pytest.raises(AccountError):
        desk.session.set_account(desk.entry(server="no such/host"), None)
    assert desk.store.current.account == ACCOUNT


def test_the_same_extension_elsewhere_does_not_get_this_password() -> None:
    desk = Desk()
    desk.session.start()
    desk.attach()
    desk.session.set_account(desk.entry(server="other.test", password=None), None)
    sent = [command for command in desk.engine.commands if isinstance(command, wire.SetAccount)]
    assert all(c.account is None or c.account.server != "other.test" for c in sent)
    assert not desk.session.account_view().password_known
