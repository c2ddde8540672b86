"""The folder of sockets: ours alone, short enough for an address, one per profile."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_toolbar import paths
from agent_toolbar.ipc.endpoint import Endpoint

LONGEST_ADDRESS = 103  # bytes of a Unix socket address on macOS; Linux has 107


@pytest.fixture
def short_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="at-") as folder:
        yield Path(folder)


def test_the_folder_is_for_its_owner_only_even_if_it_was_open_before(
    short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_folder))
    (short_folder / "agent-toolbar").mkdir()
    (short_folder / "agent-toolbar").chmod(0o777)
    folder = paths.runtime_dir()
    assert folder.is_relative_to(short_folder)
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


def test_a_folder_of_somebody_else_is_refused(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_folder))
    (short_folder / "agent-toolbar").mkdir()
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    with pytest.raises(paths.UnsafeRuntimeDirectoryError):
        paths.runtime_dir()


def test_a_link_in_place_of_the_folder_is_refused(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_folder))
    (short_folder / "elsewhere").mkdir()
    (short_folder / "agent-toolbar").symlink_to(short_folder / "elsewhere")
    with pytest.raises(paths.UnsafeRuntimeDirectoryError):
        paths.runtime_dir()


def test_every_profile_has_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folders = set()
    for home in ("", str(tmp_path / "one"), str(tmp_path / "two")):
        monkeypatch.setenv("AGENT_TOOLBAR_HOME", home)
        folders.add(paths.runtime_dir())
    assert len(folders) == 3


def test_two_ways_to_write_the_same_home_are_one_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AGENT_TOOLBAR_HOME", str(tmp_path))
    straight = paths.profile_key()
    monkeypatch.setenv("AGENT_TOOLBAR_HOME", str(tmp_path / "x" / ".."))
    assert paths.profile_key() == straight


def test_a_deep_runtime_folder_does_not_make_the_address_too_long(
    short_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(short_folder))
    deep = tmp_path / ("d" * 60)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    assert len(os.fsencode(Endpoint.of_profile("control").path)) <= LONGEST_ADDRESS
