"""The settings file on a real disk: atomic, private, and nothing of the user's is ever lost."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from agent_toolbar import whole_file
from agent_toolbar.application.ports.settings import AccountSettings, Settings, Theme, WindowSettings
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.settings.folders import config_dir, data_dir, state_dir
from agent_toolbar.settings.store import TomlSettingsStore
from tests.fakes.queue_dispatcher import QueueDispatcher

DARK = msgspec.structs.replace(Settings(), window=WindowSettings(theme=Theme.DARK))


class Desk:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.io = ThreadPoolExecutor(4)
        self.dispatcher = QueueDispatcher()
        self.store = TomlSettingsStore(path, io=self.io, dispatcher=self.dispatcher)

    def finish_writing(self) -> None:
        self.io.shutdown()

    def read_again(self) -> Settings:
        """What the next start would find."""
        self.finish_writing()
        with ThreadPoolExecutor(1) as io:
            store = TomlSettingsStore(self.path, io=io, dispatcher=self.dispatcher)
        assert store.fault is None
        return store.current


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(content: str | bytes | None = None) -> Desk:
        path = tmp_path / "config" / "settings.toml"
        if content is not None:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        desks.append(Desk(path))
        return desks[-1]

    yield make
    for desk in desks:
        desk.finish_writing()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_settings_survive_a_restart(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    desk.store.put(DARK)
    assert desk.read_again() == DARK


def test_of_many_changes_the_last_one_is_on_disk(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    for number in range(200):
        desk.store.put(msgspec.structs.replace(Settings(), account=AccountSettings(extension=str(number))))
    assert desk.read_again().account.extension == "199"


def test_the_file_is_for_its_owner_only_and_nothing_lies_beside_it(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    desk.store.put(DARK)
    desk.finish_writing()
    assert stat.S_IMODE(desk.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(desk.path.parent.stat().st_mode) == 0o700
    assert names_in(desk.path.parent) == ["settings.toml"]


def test_a_file_that_is_linked_from_elsewhere_stays_linked(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "settings.toml"
    kept.parent.mkdir()
    kept.write_text("")
    link = tmp_path / "config" / "settings.toml"
    link.parent.mkdir()
    link.symlink_to(kept)
    desk = make_desk()
    desk.store.put(DARK)
    assert desk.read_again() == DARK
    assert link.is_symlink()
    assert "dark" in kept.read_text()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[account\n", "settings_broken"),
        (b"\xff\xfe\x00s", "settings_broken"),
        ("[account]\npasword = 'x'\n", "settings_unknown_key"),
        ("[account]\nport = 'x'\n", "settings_wrong_value"),
        ("version = 99\n", "settings_too_new"),
    ],
)
def test_an_unusable_file_is_kept_until_the_user_saves_and_then_set_aside(
    make_desk: Callable[..., Desk], content: str | bytes, code: str
) -> None:
    desk = make_desk(content)
    before = desk.path.read_bytes()
    assert desk.store.current == Settings()
    assert desk.store.fault is not None
    assert desk.store.fault.code == code
    assert str(desk.store.fault.params["file"]).startswith(str(desk.path))
    assert desk.path.read_bytes() == before

    desk.store.put(DARK)
    assert desk.store.fault is None
    assert desk.read_again() == DARK
    (aside,) = [name for name in names_in(desk.path.parent) if name.startswith("settings.toml.broken-")]
    assert (desk.path.parent / aside).read_bytes() == before


def test_the_fault_names_file_and_line(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk("version = 1\n[account]\npasword = 'x'\n")
    assert desk.store.fault is not None
    assert desk.store.fault.params["key"] == "account.pasword"
    assert desk.store.fault.params["file"] == f"{desk.path}:3"


def test_a_folder_in_place_of_the_file_is_a_fault_not_a_crash(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    (tmp_path / "config" / "settings.toml").mkdir(parents=True)
    desk = make_desk()
    assert desk.store.fault is not None
    assert desk.store.fault.code == "settings_broken"


def test_a_value_that_cannot_be_is_refused_and_changes_nothing(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    told: list[Settings] = []
    desk.store.watch(told.append)
    with pytest.raises(SettingsError, match="settings_wrong_value"):
        desk.store.put(msgspec.structs.replace(Settings(), account=AccountSettings(port=70_000)))
    desk.finish_writing()
    assert desk.store.current == Settings()
    assert told == []
    assert not desk.path.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_a_fault_that_is_told_and_goes_when_there_is_room(
    make_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("[window]\ntheme = 'light'\n")
    told: list[object] = []
    desk.store.watch(lambda _: told.append(desk.store.fault))
    with monkeypatch.context() as full_disk:
        real_mkstemp = store_of_temporary_files(full_disk)
        desk.store.put(DARK)
        desk.dispatcher.run_until(lambda: len(told) == 2)
        assert real_mkstemp != []
    assert desk.store.fault is not None
    assert desk.store.fault.code == "settings_not_written"
    assert desk.store.current == DARK
    assert desk.path.read_text() == "[window]\ntheme = 'light'\n"
    desk.store.put(Settings())
    desk.dispatcher.run_until(lambda: desk.store.fault is None)
    assert told[-1] is None
    assert desk.read_again() == Settings()


def store_of_temporary_files(patch: pytest.MonkeyPatch) -> list[Path]:
    """Temporary files are really written to the device that is always full, from now on."""
    made: list[Path] = []

    def mkstemp(dir: Path, prefix: str) -> tuple[int, str]:
        made.append(dir / f"{prefix}full")
        made[-1].symlink_to("/dev/full")
        return os.open(made[-1], os.O_WRONLY), str(made[-1])

    patch.setattr(whole_file.tempfile, "mkstemp", mkstemp)
    return made


def test_everything_of_a_moved_profile_lies_under_its_home(profile_home: Path) -> None:
    folders = [config_dir(), data_dir(), state_dir()]
    assert len(set(folders)) == 3
    assert all(folder.is_dir() and folder.is_relative_to(profile_home) for folder in folders)


def test_without_a_moved_home_the_folders_of_the_platform_are_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("AGENT_TOOLBAR_HOME")
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    assert config_dir() == tmp_path / "XDG_CONFIG_HOME" / "agent-toolbar"
    assert data_dir() == tmp_path / "XDG_DATA_HOME" / "agent-toolbar"
    assert state_dir() == tmp_path / "XDG_STATE_HOME" / "agent-toolbar"
