"""The vault with keyrings that the test plays: missing, refusing, hanging."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from agent_toolbar.settings import keyring_backends
from agent_toolbar.settings.keyring_backends import find_real_keyring
from agent_toolbar.settings.secrets import KeyringVault
from tests.fakes.keyring import HangingKeyring, MemoryKeyring, RefusingKeyring
from tests.fakes.queue_dispatcher import QueueDispatcher


class Desk:
    def __init__(self, keyring: object, patience_s: float = 5.0) -> None:
        self.dispatcher = QueueDispatcher()
        self.vault = KeyringVault(self.dispatcher, find_keyring=lambda: keyring, patience_s=patience_s)

    def answer(self, ask: Callable[..., None], *arguments: str) -> object:
        answers: list[object] = []
        ask(*arguments, answers.append)
        assert answers == [], "an answer never comes inside the call"
        self.dispatcher.run_until(lambda: answers != [])
        return answers[0]


def test_without_a_keyring_a_password_is_kept_for_this_process_only() -> None:
    desk = Desk(None)
    assert desk.answer(desk.vault.save, "pbx", "200", "s3cret") is False
    assert desk.answer(desk.vault.load, "pbx", "200") == "s3cret"
    other_process = Desk(None)
    assert other_process.answer(other_process.vault.load, "pbx", "200") is None


def test_with_a_keyring_another_process_finds_the_password() -> None:
    keyring = MemoryKeyring()
    desk = Desk(keyring)
    assert desk.answer(desk.vault.save, "PBX.example", "200", "s3cret") is True
    other_process = Desk(keyring)
    assert other_process.answer(other_process.vault.load, "pbx.example ", "200") == "s3cret"
    assert other_process.answer(other_process.vault.load, "pbx.example", "201") is None


def test_two_profiles_keep_their_passwords_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = MemoryKeyring()
    desk = Desk(keyring)
    desk.answer(desk.vault.save, "pbx", "200", "s3cret")
    monkeypatch.setenv("AGENT_TOOLBAR_HOME", "/elsewhere")
    other_profile = Desk(keyring)
    assert other_profile.answer(other_profile.vault.load, "pbx", "200") is None


def test_what_was_forgotten_is_nowhere() -> None:
    keyring = MemoryKeyring()
    desk = Desk(keyring)
    desk.answer(desk.vault.save, "pbx", "200", "s3cret")
    desk.vault.forget("pbx", "200")
    desk.vault.forget("pbx", "never kept")
    assert desk.answer(desk.vault.load, "pbx", "200") is None
    assert keyring.kept == {}


def test_a_keyring_that_refuses_counts_as_none_and_no_secret_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    desk = Desk(RefusingKeyring())
    assert desk.answer(desk.vault.load, "pbx", "200") is None
    assert desk.answer(desk.vault.save, "pbx", "200", "s3cret") is False
    assert desk.answer(desk.vault.load, "pbx", "200") == "s3cret"
    assert "ValueError" in caplog.text
    assert "s3cret" not in caplog.text


def test_a_keyring_that_hangs_is_not_waited_for() -> None:
    keyring = HangingKeyring()
    desk = Desk(keyring, patience_s=0.05)
    assert desk.answer(desk.vault.load, "pbx", "200") is None
    assert desk.answer(desk.vault.save, "pbx", "200", "s3cret") is False
    assert desk.answer(desk.vault.load, "pbx", "200") == "s3cret"
    keyring.released.set()


def test_an_answer_that_comes_too_late_is_given_once_only() -> None:
    keyring = HangingKeyring()
    desk = Desk(keyring, patience_s=0.05)
    answers: list[str | None] = []
    desk.vault.load("pbx", "200", answers.append)
    desk.dispatcher.run_until(lambda: answers != [])
    keyring.released.set()
    assert desk.answer(desk.vault.save, "pbx", "201", "x") is True
    assert answers == [None]


def test_only_named_back_ends_are_used_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert find_real_keyring() is None
    modules = {module for module, _ in keyring_backends.REAL_BACK_ENDS}
    assert all(module.startswith("keyring.backends.") for module in modules)
    assert not {"null", "fail", "chainer"} & {module.rpartition(".")[2] for module in modules}
