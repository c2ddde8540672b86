"""What every SecretVault does, run against the double of the tests and the vault without and with a keyring."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent_toolbar.application.ports.settings import SecretVault
from agent_toolbar.settings.secrets import KeyringVault
from tests.fakes.keyring import MemoryKeyring
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.settings import FakeSecretVault

dispatcher = QueueDispatcher()
VAULTS: dict[str, Callable[[], SecretVault]] = {
    "double": FakeSecretVault,
    "no keyring": lambda: KeyringVault(dispatcher, find_keyring=lambda: None),
    "keyring": lambda: KeyringVault(dispatcher, find_keyring=MemoryKeyring),
}


@pytest.fixture(params=VAULTS)
def vault(request: pytest.FixtureRequest) -> SecretVault:
    return VAULTS[request.param]()


def answer_of(ask: Callable[..., None], *arguments: str) -> object:
    answers: list[object] = []
    ask(*arguments, answers.append)
    dispatcher.run_until(lambda: answers != [])
    (answer,) = answers
    return answer


def test_what_was_never_saved_is_none(vault: SecretVault) -> None:
    assert answer_of(vault.load, "pbx", "200") is None


def test_what_was_saved_is_loaded_for_the_same_account_only(vault: SecretVault) -> None:
    answer_of(vault.save, "pbx", "200", "one")
    assert answer_of(vault.load, "pbx", "200") == "one"
    assert answer_of(vault.load, "pbx", "201") is None
    assert answer_of(vault.load, "other", "200") is None


def test_saving_again_replaces(vault: SecretVault) -> None:
    answer_of(vault.save, "pbx", "200", "one")
    answer_of(vault.save, "pbx", "200", "two")
    assert answer_of(vault.load, "pbx", "200") == "two"


def test_what_was_forgotten_is_none(vault: SecretVault) -> None:
    answer_of(vault.save, "pbx", "200", "one")
    vault.forget("pbx", "200")
    assert answer_of(vault.load, "pbx", "200") is None
