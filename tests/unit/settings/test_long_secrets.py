"""Secrets that are longer than one entry of a keyring."""

from __future__ import annotations

import pytest

from agent_toolbar.settings.long_secrets import PART, LongSecrets
from tests.fakes.keyring import MemoryKeyring

LONG = "".join(chr(0x1F600 + number % 64) for number in range(3_000))
OTHER = "x" * 1_500


class WindowsKeyring(MemoryKeyring):
    """Takes 2560 bytes of UTF-16 for each entry; `dies_at` counts the writes until it does."""

    def __init__(self) -> None:
        super().__init__()
        self.dies_at = 0

    def set_password(self, service: str, username: str, password: str) -> None:
        self.dies_at -= 1
        if self.dies_at == 0:
            raise OSError(1783, "The stub received bad data")
        assert len(password.encode("utf-16-le")) <= 2560
        super().set_password(service, username, password)


@pytest.fixture
def keyring() -> WindowsKeyring:
    return WindowsKeyring()


@pytest.mark.parametrize(
    "secret", ["", "short", "x" * PART, "x" * (PART + 1), LONG, "agent-toolbar:parts:00000000:2", "agent-toolbar:parts"]
)
def test_what_was_kept_is_read_and_forgotten_whole(keyring: WindowsKeyring, secret: str) -> None:
    vault = LongSecrets(keyring)
    vault.set_password("toolbar", "marie", secret)
    assert LongSecrets(keyring).get_password("toolbar", "marie") == secret
    vault.delete_password("toolbar", "marie")

    assert keyring.kept == {}


def test_a_short_secret_is_kept_as_it_is(keyring: WindowsKeyring) -> None:
    """What an earlier version kept is read, and one that knows no parts reads this."""
    LongSecrets(keyring).set_password("toolbar", "marie", "short")

    assert keyring.kept == {("toolbar", "marie"): "short"}


def test_nothing_of_a_former_secret_is_left(keyring: WindowsKeyring) -> None:
    vault = LongSecrets(keyring)
    for secret in (LONG, OTHER, "short"):
        vault.set_password("toolbar", "marie", secret)
        assert "".join(sorted(keyring.kept.values())).count("x") in {0, len(OTHER)}

    assert len(keyring.kept) == 1


@pytest.mark.parametrize("dies_at", [1, 2, 3, 4])
def test_a_write_that_ends_in_the_middle_leaves_the_former_secret(keyring: WindowsKeyring, dies_at: int) -> None:
    vault = LongSecrets(keyring)
    vault.set_password("toolbar", "marie", LONG)
    keyring.dies_at = dies_at
    with pytest.raises(OSError, match="stub"):
        vault.set_password("toolbar", "marie", OTHER)

    assert LongSecrets(keyring).get_password("toolbar", "marie") == LONG


def test_a_secret_with_a_part_missing_is_none(keyring: WindowsKeyring) -> None:
    LongSecrets(keyring).set_password("toolbar", "marie", LONG)
    del keyring.kept[next(key for key in keyring.kept if key[1].endswith(".2"))]

    assert LongSecrets(keyring).get_password("toolbar", "marie") is None
