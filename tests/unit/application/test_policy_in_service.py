"""What an administrator's policy and changed settings do to a running toolbar."""

from __future__ import annotations

import msgspec
import pytest

from agent_toolbar.application.ports.settings import (
    AccountSettings,
    AvailabilitySettings,
    Settings,
    Theme,
    WindowSettings,
)
from agent_toolbar.application.ports.telephony import AudioConfig, Register, SetAccount, SetAudio
from agent_toolbar.application.toolbar_state import FaultPlace, Remedy
from agent_toolbar.domain.errors import SettingsError
from tests.fakes.application_desk import ACCOUNT, Desk

UNUSABLE = SettingsError("policy_unusable", file="policy.toml:2", key="forced.window.theme", problem="x")
AT_START = msgspec.structs.replace(ACCOUNT, connect_at_start=True)


class DeskUnderPolicy(Desk):
    """A desk that starts with these settings, while the policy cannot be used."""

    def __init__(self, settings: Settings, fault: SettingsError | None = UNUSABLE) -> None:
        self._own = settings
        self._fault = fault
        super().__init__()

    def prepare(self) -> None:
        self.settings.current = self._own
        self.settings.policy_fault = self._fault


def test_a_policy_that_cannot_be_used_is_a_red_fault_with_its_remedy() -> None:
    desk = DeskUnderPolicy(Settings(account=ACCOUNT))
    (fault,) = [fault for fault in desk.state.faults if fault.place is FaultPlace.SETTINGS]
    assert (fault.code, fault.remedy, fault.serious) == ("policy_unusable", Remedy.READ_POLICY, True)
    desk.toolbar.remedy(Remedy.READ_POLICY)
    assert "policy_unusable" not in desk.fault_codes()


def test_without_its_policy_cti_does_not_go_on_at_the_start_but_by_hand() -> None:
    desk = DeskUnderPolicy(Settings(account=AT_START))
    assert not desk.state.cti_on
    assert desk.sent(Register) == []
    desk.toolbar.switch_cti(True)
    assert desk.state.cti_on
    assert desk.sent(Register) != []


@pytest.mark.parametrize("fault", [UNUSABLE, None])
def test_without_its_policy_cti_does_not_go_on_when_its_hours_begin(fault: SettingsError | None) -> None:
    all_day = AvailabilitySettings(hours="00:00-23:59", days=tuple(range(7)))
    desk = DeskUnderPolicy(Settings(account=ACCOUNT, availability=all_day), fault)
    assert desk.state.cti_on is (fault is None)


def test_a_policy_that_is_read_again_reaches_the_telephone() -> None:
    desk = Desk().on()
    told = len(desk.sent(SetAccount))
    forced = Settings(account=AccountSettings(server="pbx.test", extension="1001", display_name="Floor 2"))
    desk.settings.after_policy = msgspec.structs.replace(forced, audio=AudioConfig(ringer_volume=0.5))
    desk.toolbar.remedy(Remedy.READ_POLICY)
    assert len(desk.sent(SetAccount)) == told + 1
    assert desk.sent(SetAudio)[-1] == SetAudio(audio=AudioConfig(ringer_volume=0.5))


def test_what_is_forced_is_told_to_the_windows_and_refused_to_everybody() -> None:
    desk = Desk()
    desk.settings.forced = frozenset({"window.theme"})
    assert desk.toolbar.forced == {"window.theme"}
    with pytest.raises(SettingsError, match="settings_forced"):
        desk.toolbar.change_settings(
            msgspec.structs.replace(desk.toolbar.settings, window=WindowSettings(theme=Theme.DARK))
        )


# ------------------------------------------------------------------ what tells the queue anew


def change_day(desk: Desk, **changes: object) -> None:
    settings = desk.toolbar.settings
    day = msgspec.structs.replace(settings.availability, **changes)
    desk.toolbar.change_settings(msgspec.structs.replace(settings, availability=day))


def test_another_word_for_a_reason_or_other_hours_leave_the_queue_alone() -> None:
    desk = Desk().on()
    reasons = desk.toolbar.settings.availability.reasons
    renamed = (msgspec.structs.replace(reasons[0], en="Breather", colour="#2f7de1"), *reasons[1:])
    change_day(desk, reasons=renamed, hours="08:00-18:00", days=(0,), idle_min=5, ready_at_start=False)
    assert not desk.queue.closed


def test_another_way_to_tell_the_queue_is_used_at_once() -> None:
    desk = Desk().on()
    change_day(desk, control="agents")
    assert desk.queue.closed
