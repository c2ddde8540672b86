"""Which window opens for what, and what the desk does with a place that cannot be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.toolbar_state import AccountView, Remedy, ToolbarState
from agent_toolbar.domain.registration import RegistrationSnapshot, RegistrationState
from agent_toolbar.ui.desk import Desk
from agent_toolbar.ui.settings_dialog import Page
from tests.fakes.runtime import ManualClock
from tests.fakes.sample_states import RINGING_MARIE, with_calls
from tests.fakes.toolbar import ToolbarSpy

SET_UP = ToolbarState(account=AccountView(configured=True, server="pbx.test", extension="1001"))
MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(qapp: QApplication, tmp_path: Path) -> Iterator[MakeDesk]:
    made: list[Desk] = []

    def make(toolbar: ToolbarSpy, file: Path = tmp_path / "window.json") -> Desk:
        desk = Desk(qapp, toolbar, ManualClock(), file)
        made.append(desk)
        desk.open()
        return desk

    yield make
    for desk in made:
        desk.close()
        parts = (
            desk.bar,
            desk.card,
            desk.tray,
            desk.history,
            desk.settings,
            desk.first_run,
            desk.password,
            desk.doctor,
        )
        for part in (*parts, desk.look.theme, desk):
            if part is not None:
                part.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_profile_without_an_account_begins_with_the_first_run_page(make_desk: MakeDesk) -> None:
    desk = make_desk(ToolbarSpy())
    assert desk.first_run is not None
    assert desk.first_run.isVisible()
    assert desk.bar.isVisible()


def test_the_first_run_page_makes_room_for_the_practice_toolbar_and_comes_back_as_it_was(make_desk: MakeDesk) -> None:
    desk = make_desk(ToolbarSpy())
    page = desk.first_run
    assert page is not None
    page.form.server.setText("pbx.test")
    page.practice_button.click()
    assert page.isMinimized()
    desk.open_first_run()
    assert not page.isMinimized()
    assert page.form.server.text() == "pbx.test"


def test_a_profile_with_an_account_and_the_practice_line_begin_with_the_bar_alone(make_desk: MakeDesk) -> None:
    for state in (SET_UP, ToolbarState(practice=True)):
        assert make_desk(ToolbarSpy(state)).first_run is None


def test_the_first_run_page_goes_when_the_telephone_was_set_up_elsewhere(make_desk: MakeDesk) -> None:
    toolbar = ToolbarSpy()
    desk = make_desk(toolbar)
    toolbar.show(ToolbarState(account=SET_UP.account, registration=RegistrationSnapshot(RegistrationState.REGISTERED)))
    assert desk.first_run is not None
    assert not desk.first_run.isVisible()


@pytest.mark.parametrize(
    ("remedy", "page"),
    [
        (Remedy.OPEN_ACCOUNT, Page.TELEPHONE),
        (Remedy.OPEN_SOUND, Page.SOUND),
        (Remedy.OPEN_SETTINGS, Page.WINDOW),
        (Remedy.OPEN_AVAILABILITY, Page.AVAILABILITY),
    ],
)
def test_a_remedy_opens_the_page_that_helps(make_desk: MakeDesk, remedy: Remedy, page: Page) -> None:
    desk = make_desk(ToolbarSpy(SET_UP))
    desk.bar.window_asked.emit(remedy)
    assert desk.settings is not None
    assert desk.settings.isVisible()
    assert desk.settings.page_name is page


def test_a_missing_password_opens_its_prompt(make_desk: MakeDesk) -> None:
    desk = make_desk(ToolbarSpy(SET_UP))
    desk.bar.window_asked.emit(Remedy.ENTER_PASSWORD)
    assert desk.password is not None
    assert desk.password.isVisible()


def test_the_place_of_the_bar_is_kept_for_the_next_start(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk(ToolbarSpy(SET_UP))
    desk.bar.placement_changed.emit('{"place": "kept"}')
    assert (tmp_path / "window.json").read_text() == '{"place": "kept"}'


def test_a_place_that_cannot_be_kept_disturbs_nobody(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk(ToolbarSpy(SET_UP), tmp_path / "no such folder" / "window.json")
    desk.bar.placement_changed.emit("{}")
    assert desk.bar.isVisible()


def test_history_opens_from_bar_and_tray(make_desk: MakeDesk) -> None:
    desk = make_desk(ToolbarSpy(SET_UP))
    desk.tray.history_asked.emit()
    assert desk.history is not None
    assert desk.history.isVisible()


def test_the_card_asks_in_the_bar_where_a_ringing_call_is_to_go(make_desk: MakeDesk) -> None:
    ringing = with_calls(RINGING_MARIE)
    desk = make_desk(ToolbarSpy(ringing))
    desk.card.send_on_asked.emit("c1")
    chooser = desk.bar.rows.transfer.chooser
    assert chooser.isVisible()
    assert chooser.caption.text() == "Send Marie Dupont to"


def test_key_and_menu_open_the_doctor_whose_repair_opens_a_window(make_desk: MakeDesk) -> None:
    toolbar = ToolbarSpy(SET_UP)
    desk = make_desk(toolbar)
    desk.bar.shortcuts.doctor.emit()
    assert desk.doctor is not None
    assert desk.doctor.isVisible()
    desk.bar.menu.doctor.trigger()
    assert toolbar.names_asked().count("examine") == 2
    desk.doctor.window_asked.emit(Remedy.ENTER_PASSWORD)
    assert desk.password is not None
    assert desk.password.isVisible()
