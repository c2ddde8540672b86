"""What every SettingsStore does, run against the double of the tests and the file."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from agent_toolbar.application.ports.settings import Settings, SettingsStore, Theme, WindowSettings
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
