"""The vault against a real Secret Service, a locked one, and a session without any."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.integration.secrets.conftest import LOCKED, UNLOCK


def test_a_password_survives_the_process_in_the_keyring_and_is_in_no_file_in_plain_text(
    in_session: Callable[..., list[str]], tmp_path: Path
) -> None:
    said = in_session("load", "save s3cret-é", "load", "forget", "load", before=UNLOCK)
    assert said == ["None", "True", "s3cret-é", "None", "None"]
    said = in_session("save s3cret-é", before=UNLOCK)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files)
    assert not any("s3cret-é".encode() in path.read_bytes() for path in files)


def test_without_a_keyring_nothing_survives_the_process(in_session: Callable[..., list[str]], tmp_path: Path) -> None:
    assert in_session("save s3cret", "load") == ["False", "None"]
    assert not any(b"s3cret" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_locked_keyring_that_nobody_unlocks_gives_no_password_in_bounded_time(
    in_session: Callable[..., list[str]],
) -> None:
    assert in_session("save s3cret", before=UNLOCK) == ["True"]
    assert in_session("load", before=LOCKED) == ["None"]
    assert in_session("load", before=UNLOCK) == ["s3cret"]
