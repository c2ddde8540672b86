"""A file that is replaced is the old one or the new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_toolbar.whole_file import replaced_whole


@pytest.mark.parametrize("lasting", [False, True])
def test_until_the_end_the_old_file_is_there_and_then_the_new_one(tmp_path: Path, lasting: bool) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    with replaced_whole(file, lasting=lasting) as stream:
        stream.write(b"new")
        stream.flush()
        assert file.read_bytes() == b"old"
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_block_that_fails_leaves_nothing_but_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    half = replaced_whole(file)
    half.__enter__().write(b"new")
    assert half.__exit__(OSError, OSError("full"), None) is False
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_who_may_read_it_is_said_when_it_is_written(tmp_path: Path, mode: int) -> None:
    with replaced_whole(tmp_path / "file", mode=mode) as stream:
        stream.write(b"new")
    assert (tmp_path / "file").stat().st_mode & 0o777 == mode


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replaced_whole(tmp_path / "missing" / "file"):
        pytest.fail("there is nothing to write to")
