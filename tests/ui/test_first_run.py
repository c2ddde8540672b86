"""The first-run page and the password prompt: they try, and say in plain words and in place what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.toolbar_port import AccountEntry
from agent_toolbar.domain.errors import AccountError
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState
from agent_toolbar.i18n.account_sentences import AccountField
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.first_run import FirstRun
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.password_prompt import PasswordPrompt
from tests.fakes.sample_states import NEW, READY, REGISTERED, STATES
from tests.fakes.toolbar import ToolbarSpy

REFUSED = RegistrationState.REFUSED


@pytest.fixture(autouse=True)
def _in_english(qapp: QApplication) -> None:
    Translation(qapp).use("en")


@pytest.fixture
def toolbar() -> ToolbarSpy:
    return ToolbarSpy(NEW)


@pytest.fixture
def page(qtbot, look: Look, toolbar: ToolbarSpy) -> FirstRun:
    window = FirstRun(look, toolbar)
    qtbot.addWidget(window)
    window.show()
    return window


def fill_in(page: FirstRun, server: str = "pbx.example.com", extension: str = "204", password: str = "s3cret") -> None:
    page.form.server.setText(server)
    page.form.extension.setText(extension)
    page.form.password.setText(password)


def test_three_fields_are_enough_and_enter_tries_them(qtbot, page: FirstRun, toolbar: ToolbarSpy):
    fill_in(page)
    qtbot.keyClick(page.form.password, Qt.Key.Key_Return)
    assert toolbar.asked == [("set_account", AccountEntry("pbx.example.com", "204", password="s3cret"))]
    assert page.progress.isVisible()
    assert "pbx.example.com" in page.outcome.text()
    assert not page.main_button.isEnabled()


@pytest.mark.parametrize(
    ("fault", "field", "said"),
    [
        (RegistrationFault.UNKNOWN_HOST, AccountField.SERVER, "no computer with this name"),
        (RegistrationFault.UNREACHABLE, AccountField.SERVER, "can be reached"),
        (RegistrationFault.TIMEOUT, AccountField.SERVER, "Nobody answers"),
        (RegistrationFault.SERVER_ERROR, AccountField.SERVER, "fault of its own"),
        (RegistrationFault.TLS, AccountField.SERVER, "certificate"),
        (RegistrationFault.WRONG_PASSWORD, AccountField.PASSWORD, "password"),
        (RegistrationFault.NO_PASSWORD, AccountField.PASSWORD, "asks for a password"),
        (RegistrationFault.NOT_ALLOWED, AccountField.EXTENSION, "does not admit"),
        (RegistrationFault.UNKNOWN_EXTENSION, AccountField.EXTENSION, "does not know"),
        (RegistrationFault.OTHER, AccountField.FORM, "423 Interval Too Brief"),
    ],
)
def test_what_is_wrong_stands_next_to_its_field(
    page: FirstRun, toolbar: ToolbarSpy, fault: RegistrationFault, field: AccountField, said: str
):
    fill_in(page)
    page.main_button.click()
    toolbar.on_tried(RegistrationSnapshot(REFUSED, fault, 423, "Interval Too Brief"))
    assert said in page.form.problem(field)
    assert page.form.isEnabled()
    assert not page.progress.isVisible()
    assert page.form.password.text() == "s3cret", "nothing typed is lost"


@pytest.mark.parametrize(
    ("server", "extension", "field"),
    [
        ("", "204", AccountField.SERVER),
        ("pbx example", "204", AccountField.SERVER),
        ("pbx.example.com:99999", "204", AccountField.SERVER),
        ("pbx.example.com", "", AccountField.EXTENSION),
        ("pbx.example.com", "2 04", AccountField.EXTENSION),
    ],
)
def test_values_that_cannot_be_are_refused_without_trying(
    page: FirstRun, toolbar: ToolbarSpy, server: str, extension: str, field: AccountField
):
    fill_in(page, server, extension)
    page.main_button.click()
    assert page.form.problem(field)
    assert toolbar.asked == []


def test_a_refusal_of_the_application_is_shown_too(page: FirstRun, toolbar: ToolbarSpy):
    fill_in(page)
    toolbar.refuses = AccountError("bad_extension", extension="204")
    page.main_button.click()
    assert "204" in page.form.problem(AccountField.EXTENSION)
    assert page.main_button.isEnabled()


def test_typing_again_takes_the_complaint_away(qtbot, page: FirstRun, toolbar: ToolbarSpy):
    fill_in(page)
    page.main_button.click()
    toolbar.on_tried(RegistrationSnapshot(REFUSED, RegistrationFault.WRONG_PASSWORD))
    qtbot.keyClicks(page.form.password, "x")
    assert page.form.problem(AccountField.PASSWORD) == ""


def test_a_good_try_leads_on_to_the_headset(qtbot, page: FirstRun, toolbar: ToolbarSpy):
    fill_in(page)
    page.main_button.click()
    toolbar.on_tried(REGISTERED)
    assert page.works
    assert "204" in page.outcome.text()
    with qtbot.waitSignal(page.sound_requested):
        page.sound_button.click()
    with qtbot.waitSignal(page.finished):
        page.main_button.click()
    assert not page.isVisible()


def test_without_a_keyring_the_page_says_that_the_password_is_kept_for_now(page: FirstRun, toolbar: ToolbarSpy):
    fill_in(page)
    page.main_button.click()
    toolbar.show(replace(READY, account=replace(READY.account, password_kept=False)))
    toolbar.on_tried(REGISTERED)
    assert "until you quit" in page.password_place.text()


def test_practice_is_one_click_away(qtbot, page: FirstRun):
    with qtbot.waitSignal(page.practice_requested):
        page.practice_button.click()


# ------------------------------------------------------------------ password


@pytest.fixture
def refused_toolbar() -> ToolbarSpy:
    return ToolbarSpy(STATES["fault-wrong-password"])


@pytest.fixture
def prompt(qtbot, look: Look, refused_toolbar: ToolbarSpy) -> PasswordPrompt:
    window = PasswordPrompt(look, refused_toolbar)
    qtbot.addWidget(window)
    window.open_window()
    return window


def registering(toolbar: ToolbarSpy) -> None:
    toolbar.show(STATES["registering"])


def test_the_prompt_names_extension_and_server(prompt: PasswordPrompt):
    assert prompt.password.accessibleName() == "Password of extension 204 at pbx.example.com"
    assert not prompt.connect_button.isEnabled()


def test_the_prompt_closes_when_the_telephone_is_connected(qtbot, prompt: PasswordPrompt, refused_toolbar: ToolbarSpy):
    qtbot.keyClicks(prompt.password, "s3cret")
    qtbot.keyClick(prompt.password, Qt.Key.Key_Return)
    assert refused_toolbar.asked == [("enter_password", "s3cret")]
    assert prompt.password.text() == "", "the password stays nowhere"
    registering(refused_toolbar)
    assert prompt.isVisible()
    refused_toolbar.show(READY)
    assert not prompt.isVisible()


def test_a_second_refusal_is_said_in_the_prompt(qtbot, prompt: PasswordPrompt, refused_toolbar: ToolbarSpy):
    qtbot.keyClicks(prompt.password, "wrong")
    prompt.connect_button.click()
    registering(refused_toolbar)
    refused_toolbar.show(STATES["fault-wrong-password"])
    assert prompt.isVisible()
    assert "wrong" in prompt.notice.text()


def test_the_old_refusal_is_not_taken_for_a_new_one(qtbot, prompt: PasswordPrompt, refused_toolbar: ToolbarSpy):
    qtbot.keyClicks(prompt.password, "s3cret")
    prompt.connect_button.click()
    refused_toolbar.show(replace(STATES["fault-wrong-password"], missed=1))
    assert prompt.notice.text() == "Connecting…"
