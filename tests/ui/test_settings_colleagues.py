from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt

from agent_toolbar.application.ports.settings import Colleague, HandoverSettings, Settings
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_colleagues import ColleaguesPage
from tests.fakes.sample_states import READY
from tests.fakes.toolbar import ToolbarSpy

PAUL, LEA = Colleague("1002", "Paul Martin", favourite=True), Colleague("1003", "Léa Nguyen")


@pytest.fixture
def toolbar() -> ToolbarSpy:
    return ToolbarSpy(READY, Settings(handover=HandoverSettings((PAUL, LEA))))


@pytest.fixture
def page(qtbot, look: Look, toolbar: ToolbarSpy) -> ColleaguesPage:
    shown = ColleaguesPage(look, toolbar)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def add(page: ColleaguesPage, extension: str, name: str = "") -> None:
    page.extension.setText(extension)
    page.name.setText(name)
    page.add.click()


def spoken(page: ColleaguesPage) -> list[str]:
    return [page.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(page.list.count())]


def test_the_colleagues_are_listed_with_the_favourites_marked(page: ColleaguesPage) -> None:
    assert spoken(page) == ["Paul Martin, 1002, favourite", "Léa Nguyen, 1003"]


def test_a_colleague_is_added_at_once(page: ColleaguesPage, toolbar: ToolbarSpy) -> None:
    add(page, " 1001 ", "Alice")
    assert toolbar.settings.handover.colleagues == (PAUL, LEA, Colleague("1001", "Alice"))
    assert page.extension.text() == page.name.text() == ""


def test_an_extension_that_is_in_the_list_gets_the_other_name_and_keeps_its_star(
    page: ColleaguesPage, toolbar: ToolbarSpy
) -> None:
    add(page, "1002", "Paula")
    assert toolbar.settings.handover.colleagues == (Colleague("1002", "Paula", favourite=True), LEA)


def test_what_is_no_extension_is_refused_and_stays_in_its_field(page: ColleaguesPage, toolbar: ToolbarSpy) -> None:
    add(page, "10 02", "Paul")
    assert toolbar.asked == []
    assert page.extension.text() == "10 02"
    assert any("“10 02” is not an extension" in notice.text() for notice in page.findChildren(Notice))


def test_a_colleague_is_marked_moved_and_removed(page: ColleaguesPage, toolbar: ToolbarSpy) -> None:
    page.list.setCurrentRow(1)
    page.star.click()
    page.up.click()
    favourite = msgspec.structs.replace(LEA, favourite=True)
    assert toolbar.settings.handover.colleagues == (favourite, PAUL)
    assert page.list.currentRow() == 0

    page.remove.click()

    assert toolbar.settings.handover.colleagues == (PAUL,)


def test_a_favourite_that_was_marked_in_the_bar_shows_here_too(page: ColleaguesPage, toolbar: ToolbarSpy) -> None:
    starred = HandoverSettings((PAUL, msgspec.structs.replace(LEA, favourite=True)))
    toolbar.change_settings(Settings(handover=starred))
    page.show_state(READY)
    assert spoken(page)[1] == "Léa Nguyen, 1003, favourite"


def test_the_time_to_undo_goes_from_none_to_ten_seconds(page: ColleaguesPage, toolbar: ToolbarSpy) -> None:
    page.undo.setValue(99)
    assert toolbar.settings.handover.undo_s == 10
    page.undo.setValue(0)
    assert toolbar.settings.handover.undo_s == 0


def test_a_refused_change_is_said_and_the_list_stays(page: ColleaguesPage, toolbar: ToolbarSpy) -> None:
    toolbar.refuses = SettingsError("settings_wrong_value", key="handover.colleagues", expected="extensions")
    page.list.setCurrentRow(0)
    page.remove.click()
    assert page.list.count() == 2
    assert any("handover.colleagues" in notice.text() for notice in page.findChildren(Notice))


def test_a_button_that_cannot_be_used_says_why(page: ColleaguesPage) -> None:
    page.list.setCurrentRow(0)
    assert (page.up.isEnabled(), page.up.toolTip()) == (False, "This one is the first already.")
    page.list.setCurrentRow(1)
    assert (page.down.isEnabled(), page.down.toolTip()) == (False, "This one is the last already.")
    assert (page.up.isEnabled(), page.up.toolTip()) == (True, "")
    page.list.setCurrentRow(-1)
    assert {one.toolTip() for one in (page.star, page.up, page.down, page.remove)} == {"Choose a colleague first."}
