"""What every SettingsStore does, run against the double of the tests and the file."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from agent_toolbar.application.ports.settings import BarPlace, Settings, SettingsStore, Theme, WindowSettings
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.settings.store import TomlSettingsStore
from tests.fakes.runtime import ImmediateDispatcher
from tests.fakes.settings import FakeSettingsStore

DARK = msgspec.structs.replace(Settings(), window=WindowSettings(theme=Theme.DARK))


@pytest.fixture(params=["double", "toml"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SettingsStore]:
    if request.param == "double":
        yield FakeSettingsStore()
        return
    with ThreadPoolExecutor(1) as io:
        yield TomlSettingsStore(tmp_path / "settings.toml", io=io, dispatcher=ImmediateDispatcher())


def test_a_new_profile_has_the_built_in_settings_and_no_fault(store: SettingsStore) -> None:
    assert store.current == Settings()
    assert store.fault is None


def test_what_is_put_is_in_force_at_once(store: SettingsStore) -> None:
    store.put(DARK)
    assert store.current == DARK


def test_every_watcher_is_told_every_change(store: SettingsStore) -> None:
    told: list[tuple[str, Settings]] = []
    store.watch(lambda settings: told.append(("first", settings)))
    store.watch(lambda settings: told.append(("second", settings)))
    store.put(DARK)
    store.put(Settings())
    assert told == [("first", DARK), ("second", DARK), ("first", Settings()), ("second", Settings())]


# ------------------------------------------------------------------ what an administrator forces

LIGHT = msgspec.structs.replace(Settings(), window=WindowSettings(theme=Theme.LIGHT))
POLICY = "[forced.window]\ntheme = 'light'\n"


@pytest.fixture(params=["double", "toml"])
def governed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SettingsStore]:
    """A store whose theme is forced to be light."""
    if request.param == "double":
        yield FakeSettingsStore(LIGHT, frozenset({"window.theme"}))
        return
    policy = tmp_path / "policy.toml"
    policy.write_text(POLICY)
    with ThreadPoolExecutor(1) as io:
        yield TomlSettingsStore(tmp_path / "settings.toml", io=io, dispatcher=ImmediateDispatcher(), policy=policy)


def test_without_a_policy_nothing_is_forced(store: SettingsStore) -> None:
    assert store.forced == frozenset()
    assert store.policy_fault is None


def test_what_is_forced_is_in_force_and_told_by_its_key(governed: SettingsStore) -> None:
    assert governed.current == LIGHT
    assert governed.forced == {"window.theme"}


def test_another_value_of_a_forced_key_is_refused_and_changes_nothing(governed: SettingsStore) -> None:
    told: list[Settings] = []
    governed.watch(told.append)
    with pytest.raises(SettingsError, match="settings_forced") as caught:
        governed.put(msgspec.structs.replace(Settings(), window=WindowSettings(theme=Theme.DARK, language="fr")))
    assert caught.value.params["key"] == "window.theme"
    assert governed.current == LIGHT
    assert told == []


def test_what_stands_beside_a_forced_key_can_be_changed(governed: SettingsStore) -> None:
    wanted = msgspec.structs.replace(LIGHT, window=WindowSettings(theme=Theme.LIGHT, place=BarPlace.BOTTOM))
    governed.put(wanted)
    assert governed.current == wanted


def test_reading_the_policy_again_tells_what_is_in_force(governed: SettingsStore) -> None:
    told: list[Settings] = []
    governed.watch(told.append)
    governed.read_policy()
    assert told == [LIGHT]
