"""The settings page of a company's directories: list, form, reading now, and what is said where."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from agent_toolbar.application.ports.settings import DirectoryKind, Settings
from agent_toolbar.domain.errors import DirectoryError, SettingsError
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.settings.settings_file import checked
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.settings_directories import DirectoriesPage
from agent_toolbar.ui.tokens import Tone
from tests.fakes.sample_directories import CUSTOMERS, DIRECTORIES, FAILED, PARTNERS, READ, READING, STAFF, STATE
from tests.fakes.sample_states import READY
from tests.fakes.toolbar import ToolbarSpy


class StrictToolbar(ToolbarSpy):
    """Refuses what the settings refuse."""

    def change_settings(self, settings: Settings) -> None:
        checked(msgspec.to_builtins(settings))
        super().change_settings(settings)


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> None:
    Translation(qapp).use("en")


def directories_page(qtbot, look: Look, toolbar: ToolbarSpy) -> DirectoriesPage:
    page = DirectoriesPage(look, toolbar)
    qtbot.addWidget(page)
    page.resize(640, 900)
    page.show()
    page.activateWindow()
    toolbar.listeners.append(page.show_state)
    return page


@pytest.fixture
def page(qtbot, look: Look) -> DirectoriesPage:
    return directories_page(qtbot, look, StrictToolbar(STATE, Settings(directories=DIRECTORIES)))


@pytest.fixture
def empty(qtbot, look: Look) -> DirectoriesPage:
    return directories_page(qtbot, look, StrictToolbar(READY, Settings()))


def spy(page: DirectoriesPage) -> ToolbarSpy:
    assert isinstance(page.toolbar, ToolbarSpy)
    return page.toolbar


def rows(page: DirectoriesPage) -> list[str]:
    return [page.list.item(row).text() for row in range(page.list.count())]


def choose_kind(page: DirectoriesPage, kind: DirectoryKind) -> None:
    page.form.kind.setCurrentIndex(page.form.kind.findData(kind))
    page.form.kind.activated.emit(page.form.kind.currentIndex())


def test_each_directory_is_listed_with_what_it_is_doing(page: DirectoriesPage) -> None:
    assert rows(page) == [
        "Staff  ·  Contacts: 4,812",
        "Customers  ·  Being read: 61,000 of 98,400…",
        "Partners  ·  Failed",
    ]


@pytest.mark.parametrize(
    ("row", "said", "tone", "progress"),
    [
        (0, "Contacts: 4,812 (12 new, 40 changed, 3 gone; 7 left out).", Tone.MUTED, False),
        (1, "Being read: 61,000 of 98,400…", Tone.MUTED, True),
        (2, "The directory “Partners” refuses user or password.", Tone.NOT_READY, False),
    ],
)
def test_the_chosen_one_says_how_reading_it_went(
    page: DirectoriesPage, row: int, said: str, tone: Tone, progress: bool
) -> None:
    page.list.setCurrentRow(row)
    assert said in page.detail.text()
    assert (page.detail.tone, page.progress.isVisible()) == (tone, progress)


def test_progress_moves_and_an_unknown_end_shows_that_something_happens(page: DirectoriesPage) -> None:
    page.list.setCurrentRow(1)
    assert (page.progress.value(), page.progress.maximum()) == (61_000, 98_400)
    spy(page).show(replace(STATE, directories=(READ, replace(READING, done=500, total=0), FAILED)))
    assert (page.progress.minimum(), page.progress.maximum()) == (0, 0)
    assert page.detail.text() == "Being read: 500…"
    spy(page).show(replace(STATE, directories=(READ, replace(READ, name="Customers"), FAILED)))
    assert not page.progress.isVisible()


def test_the_form_shows_the_chosen_one_without_its_password(page: DirectoriesPage) -> None:
    form = page.form
    assert (form.name.text(), form.url.text(), form.user.text(), form.base.text()) == (
        STAFF.name,
        STAFF.url,
        STAFF.user,
        STAFF.base,
    )
    assert (form.password.text(), form.password.placeholderText()) == ("", "Unchanged")
    assert form.password.echoMode() is QLineEdit.EchoMode.Password
    assert form.directory() == STAFF


def test_an_address_book_is_asked_for_no_branch_and_no_filter(page: DirectoriesPage) -> None:
    page.list.setCurrentRow(1)
    assert (page.form.base.isVisible(), page.form.filter.isVisible()) == (False, False)
    assert page.form.directory() == CUSTOMERS
    choose_kind(page, DirectoryKind.LDAP)
    assert (page.form.base.isVisible(), page.form.filter.isVisible()) == (True, True)


def test_a_new_directory_is_added_and_read_with_its_password(empty: DirectoriesPage) -> None:
    form = empty.form
    assert (empty.save.text(), empty.read_now.isEnabled(), empty.remove.isEnabled()) == ("Add and read", False, False)
    form.name.setText(" Staff ")
    form.url.setText(STAFF.url)
    form.user.setText(STAFF.user)
    form.password.setText("s3cret")
    form.base.setText(STAFF.base)
    QTest.keyClick(form.base, Qt.Key.Key_Return)
    assert spy(empty).settings.directories == (STAFF,)
    assert spy(empty).asked[-1] == ("sync_directories", "Staff", "s3cret")
    assert (rows(empty), form.password.text(), empty.save.text()) == (["Staff  ·  Not read yet"], "", "Save and read")


def test_a_change_keeps_the_place_and_the_password_that_is_known(page: DirectoriesPage) -> None:
    page.list.setCurrentRow(1)
    page.form.name.setText("Clients")
    page.form.refresh.setValue(30)
    page.save.click()
    changed = msgspec.structs.replace(CUSTOMERS, name="Clients", refresh_min=30)
    assert spy(page).settings.directories == (STAFF, changed, PARTNERS)
    assert spy(page).asked[-1] == ("sync_directories", "Clients", None)
    assert page.list.currentRow() == 1


@pytest.mark.parametrize(
    ("kind", "field", "text", "said"),
    [
        (DirectoryKind.LDAP, "name", "", "Each directory needs a name of its own."),
        (DirectoryKind.LDAP, "name", "customers", "Each directory needs a name of its own."),
        (DirectoryKind.LDAP, "url", "https://ldap.example.com", "An address such as ldaps://"),
        (DirectoryKind.LDAP, "base", "", "in which branch to search"),
        (DirectoryKind.LDAP, "filter", "objectClass=person", "A filter in brackets"),
        (DirectoryKind.CARDDAV, "url", "ldaps://ldap.example.com", "The address of an address book"),
        (DirectoryKind.CARDDAV, "url", "https://marie:s3cret@dav.example.com/", "holds a password"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_changes(
    page: DirectoriesPage, kind: DirectoryKind, field: str, text: str, said: str
) -> None:
    page.new.click()
    choose_kind(page, kind)
    good = {"name": "New", "url": "https://dav.example.com/x/" if kind is DirectoryKind.CARDDAV else STAFF.url}
    for name, value in {**good, "base": STAFF.base, field: text}.items():
        getattr(page.form, name).setText(value)
    page.save.click()
    control = getattr(page.form, field)
    assert said in page.form.problem(control)
    assert (page.focusWidget(), spy(page).asked) == (control, [])
    assert spy(page).settings.directories == DIRECTORIES
    control.textEdited.emit("x")
    assert said not in page.form.problem(control)


def test_a_refusal_that_concerns_no_field_stands_below_the_button(page: DirectoriesPage) -> None:
    spy(page).refuses = SettingsError("settings_forced", key="directories")
    page.save.click()
    assert (page.outcome.tone, page.outcome.text() != "") == (Tone.FAULT, True)


def test_reading_now_takes_the_password_that_is_typed(page: DirectoriesPage) -> None:
    page.list.setCurrentRow(2)
    page.form.password.setText("s3cret")
    page.read_now.click()
    page.read_all.click()
    assert spy(page).asked == [("sync_directories", "Partners", "s3cret"), ("sync_directories", "", None)]
    assert page.form.password.text() == ""


def test_what_cannot_be_read_says_so(page: DirectoriesPage) -> None:
    spy(page).refuses = DirectoryError("no_such_directory", name="Staff")
    page.read_now.click()
    assert "Staff" in page._list_notice.text()


def test_removing_takes_the_next_one(page: DirectoriesPage) -> None:
    page.list.setCurrentRow(1)
    page.remove.click()
    assert spy(page).settings.directories == (STAFF, PARTNERS)
    assert (page.list.currentRow(), page.form.name.text()) == (1, "Partners")
    page.remove.click()
    page.remove.click()
    assert spy(page).settings.directories == ()
    assert (rows(page), page.form.name.text(), page.save.text()) == ([], "", "Add and read")


def test_what_is_typed_stays_while_others_are_read(page: DirectoriesPage) -> None:
    page.new.click()
    assert page.focusWidget() is page.form.name
    page.form.name.setText("Suppliers")
    spy(page).show(replace(STATE, directories=(READ, replace(READING, done=70_000), FAILED)))
    assert (page.form.name.text(), page.list.currentRow()) == ("Suppliers", -1)


def test_one_that_somebody_else_took_out_is_not_changed_any_more(page: DirectoriesPage) -> None:
    page.list.setCurrentRow(2)
    spy(page)._settings = Settings(directories=(STAFF,))
    spy(page).show(replace(STATE, directories=(READ,)))
    assert (rows(page), page.form.name.text(), page.save.text()) == (["Staff  ·  Contacts: 4,812"], "", "Add and read")


def test_what_the_administrator_has_set_is_grey_but_the_password_can_be_given(qtbot, look: Look) -> None:
    toolbar = StrictToolbar(STATE, Settings(directories=DIRECTORIES))
    toolbar.forced = frozenset({"directories"})
    page = directories_page(qtbot, look, toolbar)
    form = page.form
    fixed = [form.kind, form.name, form.url, form.user, form.base, form.filter, form.refresh, page.new, page.remove]
    assert [one.isEnabled() for one in fixed] == [False] * len(fixed)
    form.password.setText("s3cret")
    QTest.keyClick(form.password, Qt.Key.Key_Return)
    assert toolbar.asked == [], "the button is grey, so Enter does nothing either"
    page.read_now.click()
    assert toolbar.asked == [("sync_directories", "Staff", "s3cret")]


def test_a_directory_that_needs_no_user_says_nothing_of_a_password(page: DirectoriesPage) -> None:
    page.list.setCurrentRow(1)
    assert page.form.password.placeholderText() == ""
