"""Policy and settings file on a real disk: no choice of the user is lost, and nothing forced is let go."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from agent_toolbar.application.ports.settings import Settings, SettingsStore, Theme
from agent_toolbar.settings.store import TomlSettingsStore
from tests.fakes.runtime import ImmediateDispatcher

Change = Callable[[SettingsStore], None]


class Profile:
    """Each `start` is a toolbar of its own, which has ended when it answers."""

    def __init__(self, folder: Path) -> None:
        self.settings = folder / "settings.toml"
        self.policy = folder / "policy.toml"

    def start(self, change: Change = lambda _store: None) -> SettingsStore:
        with ThreadPoolExecutor(1) as io:
            store = TomlSettingsStore(self.settings, io=io, dispatcher=ImmediateDispatcher(), policy=self.policy)
            change(store)
        return store

    def written(self) -> dict[str, Any]:
        return {key: value for key, value in tomllib.loads(self.settings.read_text()).items() if key != "version"}


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path)


def choose(**window: object) -> Change:
    def change(store: SettingsStore) -> None:
        current = store.current
        store.put(msgspec.structs.replace(current, window=msgspec.structs.replace(current.window, **window)))

    return change


def test_each_source_goes_before_the_ones_below_it(profile: Profile) -> None:
    profile.policy.write_text(
        "[default.window]\nlanguage = 'fr'\ntheme = 'dark'\nplace = 'bottom'\n[forced.window]\nplace = 'floating'\n"
    )
    profile.settings.write_text("[window]\ntheme = 'light'\nplace = 'top'\n")
    window = profile.start().current.window
    assert (window.language, window.theme, window.place) == ("fr", "light", "floating")
    assert window.stay_on_top is Settings().window.stay_on_top


def test_only_the_users_own_choices_are_written(profile: Profile) -> None:
    profile.policy.write_text("[default.window]\nlanguage = 'fr'\n[forced.window]\ntheme = 'dark'\n")
    profile.start(choose(reduced_motion=True))
    assert profile.written() == {"window": {"reduced_motion": True}}


def test_a_choice_of_the_built_in_value_against_a_default_of_the_policy_is_kept(profile: Profile) -> None:
    profile.policy.write_text("[default.window]\nstay_on_top = false\n")
    profile.start(choose(stay_on_top=True))
    assert profile.written() == {"window": {"stay_on_top": True}}
    assert profile.start().current.window.stay_on_top


def test_a_choice_of_the_default_value_follows_the_policy_from_then_on(profile: Profile) -> None:
    profile.policy.write_text("[default.window]\ntheme = 'dark'\n")
    profile.settings.write_text("[window]\ntheme = 'light'\n")
    profile.start(choose(theme=Theme.DARK))
    assert profile.written() == {}


def test_what_a_policy_overrides_is_back_when_the_policy_goes(profile: Profile) -> None:
    profile.start(choose(theme=Theme.DARK, language="fr"))
    profile.policy.write_text("[forced.window]\ntheme = 'light'\n")
    store = profile.start(choose(language="en"))
    assert store.current.window.theme is Theme.LIGHT
    profile.policy.unlink()
    window = profile.start().current.window
    assert (window.theme, window.language) == (Theme.DARK, "en")


def test_without_a_usable_policy_the_users_own_settings_hold_and_nothing_of_them_is_dropped(profile: Profile) -> None:
    """A choice that is no choice without the policy's default is still one when the policy is back."""
    profile.policy.write_text("[default.window]\nstay_on_top = false\nlanguage = 'fr'\n")
    profile.start(choose(stay_on_top=True))
    usable = profile.policy.read_text()
    profile.policy.write_text("[default.window\n")
    store = profile.start(choose(reduced_motion=True))
    assert store.policy_fault is not None
    assert store.fault is None
    assert store.current.window.language == ""
    profile.policy.write_text(usable)
    window = profile.start().current.window
    assert (window.stay_on_top, window.reduced_motion, window.language) == (True, True, "fr")


def test_a_policy_that_was_put_right_is_in_force_once_it_is_read_again(profile: Profile) -> None:
    profile.policy.write_text("[forced.window]\ntheme = 'pink'\n")
    told: list[Settings] = []

    def put_right(store: SettingsStore) -> None:
        assert store.policy_fault is not None
        assert store.forced == frozenset()
        store.watch(told.append)
        profile.policy.write_text("[forced.window]\ntheme = 'dark'\n")
        store.read_policy()

    store = profile.start(put_right)
    assert store.policy_fault is None
    assert store.forced == {"window.theme"}
    assert [settings.window.theme for settings in told] == [Theme.DARK]


def test_choices_that_cannot_stand_beside_the_policy_give_way_and_all_others_hold(profile: Profile) -> None:
    profile.settings.write_text("[account]\nserver = 'pbx.example'\n[availability]\nidle_min = 10\nlogs_in = true\n")
    profile.policy.write_text("[forced.availability]\nreasons = [{code = 'away'}]\n")
    store = profile.start(choose(theme=Theme.DARK))
    assert store.current.account.server == "pbx.example"
    assert store.current.availability.idle_min == 0
    assert store.fault is not None
    assert (store.fault.code, store.fault.params["key"]) == ("settings_overruled", "availability.idle_reason")
    assert profile.written()["availability"] == {"logs_in": True, "idle_min": 10}


def test_choices_that_need_the_policys_values_are_good(profile: Profile) -> None:
    profile.policy.write_text("[default.availability]\nreasons = [{code = 'away'}]\n")
    profile.settings.write_text("[availability]\nidle_min = 5\nidle_reason = 'away'\n")
    store = profile.start()
    assert store.fault is None
    assert store.current.availability.idle_reason == "away"


def test_a_wrong_value_of_the_user_is_still_blamed_on_their_file(profile: Profile) -> None:
    profile.policy.write_text("[forced.window]\ntheme = 'dark'\n")
    profile.settings.write_text("[account]\nserver = 'pbx.example'\nport = 70000\n")
    store = profile.start()
    assert store.fault is not None
    assert store.fault.params["file"] == f"{profile.settings}:3"
    assert store.current.window.theme is Theme.DARK
    assert store.current.account.server == ""


def test_a_value_for_a_connector_is_kept_through_a_restart(profile: Profile) -> None:
    def change(store: SettingsStore) -> None:
        crm = msgspec.structs.replace(store.current.crm, values={"database": "live"})
        store.put(msgspec.structs.replace(store.current, crm=crm))

    profile.start(change)
    assert profile.start().current.crm.values == {"database": "live"}
