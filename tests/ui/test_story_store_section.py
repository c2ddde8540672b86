"""The place of the notes that go along with calls, on the settings page "Colleagues"."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from agent_toolbar.application.ports.settings import HandoverSettings, Settings
from agent_toolbar.application.toolbar_state import Fault, FaultPlace
from agent_toolbar.domain.errors import SettingsError, StorageError
from agent_toolbar.domain.story_store_url import StoryStoreKind
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.settings_colleagues import ColleaguesPage
from agent_toolbar.ui.settings_dialog import Page, SettingsDialog
from agent_toolbar.ui.story_store_section import StoryStoreSection
from agent_toolbar.ui.tokens import Tone
from tests.fakes.sample_states import READY
from tests.fakes.toolbar import ToolbarSpy

TEAM = "postgresql+psycopg://ann@db.example.com/stories"
SHARE = "sqlite:////srv/share/stories.sqlite"
REFUSED = StorageError("context_store_refused", place="db.example.com")


def opened(qtbot, look: Look, url: str = "", *, forced: bool = False, **spy: object) -> SettingsDialog:
    """The page in its window; it is asked at once whether the store works."""
    toolbar = ToolbarSpy(READY, Settings(handover=HandoverSettings(store_url=url)))
    toolbar.forced = frozenset({"handover.store_url"} if forced else ())
    for name, value in spy.items():
        setattr(toolbar, name, value)
    dialog = SettingsDialog(look, toolbar)
    qtbot.addWidget(dialog)
    dialog.open_page(Page.COLLEAGUES)
    return dialog


def store_of(dialog: SettingsDialog) -> StoryStoreSection:
    page = dialog.page
    assert isinstance(page, ColleaguesPage)
    return page.store


def spy_of(dialog: SettingsDialog) -> ToolbarSpy:
    toolbar = dialog.page.toolbar
    assert isinstance(toolbar, ToolbarSpy)
    return toolbar


def choose(store: StoryStoreSection, kind: StoryStoreKind) -> None:
    store.kind.setCurrentIndex(store.kind.findData(kind))
    store.kind.activated.emit(store.kind.currentIndex())


def said(store: StoryStoreSection) -> tuple[str, Tone]:
    return store.outcome.text(), store.outcome.tone


@pytest.mark.parametrize(
    ("url", "shown", "words"),
    [
        ("", [False, False, False], "Works. Colleagues do not see these notes."),
        (SHARE, [True, False, False], "Works now: notes are written and read here (/srv/share/stories.sqlite)."),
        (TEAM, [False, True, True], "Works now: notes are written and read here (db.example.com)."),
    ],
)
def test_what_is_in_use_is_shown_with_whether_it_works(
    qtbot, look: Look, url: str, shown: list[bool], words: str
) -> None:
    dialog = opened(qtbot, look, url)
    store = store_of(dialog)
    assert [one.isVisible() for one in (store.file, store.address, store.password)] == shown
    assert said(store) == (words, Tone.READY)
    assert (spy_of(dialog).store_checks, spy_of(dialog).asked) == (1, [])


def test_what_does_not_work_is_said_with_what_it_means(qtbot, look: Look) -> None:
    store = store_of(opened(qtbot, look, TEAM, store_fault=REFUSED))
    words, tone = said(store)
    assert words.startswith("The shared notes do not admit this toolbar (db.example.com).")
    assert tone is Tone.NOT_READY


def test_until_the_answer_comes_it_is_being_tried_and_an_old_answer_is_not_heard(qtbot, look: Look) -> None:
    dialog = opened(qtbot, look, TEAM, answers_late=True, store_fault=REFUSED)
    store, toolbar = store_of(dialog), spy_of(dialog)
    assert said(store) == ("Being tried…", Tone.MUTED)
    (late,) = toolbar.held_back
    toolbar.answers_late, toolbar.store_fault = False, None
    store.check()
    late()
    assert said(store)[1] is Tone.READY


def test_a_store_that_breaks_and_comes_back_while_one_looks_is_told(qtbot, look: Look) -> None:
    dialog = opened(qtbot, look, TEAM)
    store, toolbar = store_of(dialog), spy_of(dialog)
    toolbar.store_fault = StorageError("context_store_unreachable", place="db.example.com")
    toolbar.show(replace(READY, faults=(Fault("context_store_unreachable", FaultPlace.CALL),)))
    assert "cannot be reached (db.example.com)" in said(store)[0]
    toolbar.store_fault = None
    toolbar.show(READY)
    assert said(store)[1] is Tone.READY
    toolbar.show(replace(READY, missed=1))
    assert toolbar.store_checks == 3, "it is not asked at every change of something else"


def test_a_shared_file_is_saved_and_tried(qtbot, look: Look) -> None:
    dialog = opened(qtbot, look)
    store = store_of(dialog)
    choose(store, StoryStoreKind.FILE)
    assert said(store) == ("Not saved yet. Until then, it stays “On this computer only”.", Tone.NOT_READY)
    store.use_folder("/srv/share/")
    assert store.file.text() == "/srv/share/stories.sqlite"
    store.save.click()
    assert spy_of(dialog).asked == [("choose_story_store", SHARE, None)]
    assert said(store)[0].startswith("Works now")


def test_a_database_is_saved_with_its_password_in_the_keyring_only(qtbot, look: Look) -> None:
    dialog = opened(qtbot, look)
    store = store_of(dialog)
    choose(store, StoryStoreKind.TEAM)
    assert store.password.echoMode() is QLineEdit.EchoMode.Password
    store.address.setText(TEAM)
    store.password.setText("s3cret")
    store.save.click()
    assert spy_of(dialog).asked == [("choose_story_store", TEAM, "s3cret")]
    assert (store.password.text(), store.password.placeholderText()) == ("", "Unchanged")
    assert "s3cret" not in repr(spy_of(dialog).settings)


def test_without_a_new_password_the_kept_one_stays(qtbot, look: Look) -> None:
    dialog = opened(qtbot, look, TEAM)
    store_of(dialog).save.click()
    assert spy_of(dialog).asked == [("choose_story_store", TEAM, None)]


def test_a_password_that_was_pasted_with_the_address_goes_to_the_keyring(qtbot, look: Look) -> None:
    dialog = opened(qtbot, look)
    store = store_of(dialog)
    choose(store, StoryStoreKind.TEAM)
    store.address.setText("postgres://ann:s3cret@db.example.com/stories")
    store.save.click()
    assert spy_of(dialog).asked == [("choose_story_store", TEAM, "s3cret")]
    assert store.address.text() == TEAM


def test_a_computer_without_a_keyring_says_so(qtbot, look: Look) -> None:
    dialog = opened(qtbot, look, TEAM)
    store = store_of(dialog)
    spy_of(dialog).keyring = False
    store.password.setText("s3cret")
    store.save.click()
    assert "This computer has no keyring" in store._password_notice.text()


def test_a_password_needs_somebody_whose_it_is(qtbot, look: Look) -> None:
    dialog = opened(qtbot, look)
    store = store_of(dialog)
    choose(store, StoryStoreKind.TEAM)
    store.address.setText("postgresql://db.example.com/stories")
    store.password.setText("s3cret")
    store.save.click()
    assert store._address_notice.text().startswith("Name the user in the address first")
    assert spy_of(dialog).asked == []


@pytest.mark.parametrize(
    ("kind", "typed", "refusal"),
    [
        (StoryStoreKind.FILE, "", ("", "This is needed.")),
        (StoryStoreKind.TEAM, "", ("", "This is needed.")),
        (StoryStoreKind.FILE, "stories", ("settings_wrong_value", "The whole path is needed, as in /srv/share/")),
        (StoryStoreKind.TEAM, "db", ("settings_wrong_value", "An address looks like postgresql+psycopg://user@db.")),
        (StoryStoreKind.TEAM, "db?password=x", ("settings_password_in_url", "No password in the address")),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    qtbot, look: Look, kind: StoryStoreKind, typed: str, refusal: tuple[str, str]
) -> None:
    code, words = refusal
    dialog = opened(qtbot, look)
    store = store_of(dialog)
    choose(store, kind)
    field = store.file if kind is StoryStoreKind.FILE else store.address
    notice = store._file_notice if kind is StoryStoreKind.FILE else store._address_notice
    field.setText(typed)
    if code:
        spy_of(dialog).refuses = SettingsError(code, key="handover.store_url", expected="")
    store.save.click()
    assert notice.text().startswith(words)
    assert (dialog.focusWidget(), spy_of(dialog).asked) == (field, [])
    QTest.keyClicks(field, "x")
    assert not notice.text().startswith(words)


def test_what_the_administrator_set_stays_but_a_password_can_be_given(qtbot, look: Look) -> None:
    dialog = opened(qtbot, look, TEAM, forced=True)
    store = store_of(dialog)
    assert [one.isEnabled() for one in (store.kind, store.address, store.password, store.save)] == [
        False,
        False,
        True,
        True,
    ]
    assert store.save.text() == "Try now"
    store.password.setText("s3cret")
    QTest.keyClick(store.password, Qt.Key.Key_Return)
    assert spy_of(dialog).asked == [("choose_story_store", TEAM, "s3cret")]


def test_a_store_that_was_chosen_elsewhere_is_shown(qtbot, look: Look) -> None:
    dialog = opened(qtbot, look)
    store, toolbar = store_of(dialog), spy_of(dialog)
    toolbar._settings = Settings(handover=HandoverSettings(store_url=SHARE))
    toolbar.show(replace(READY, missed=1))
    assert (store.kind.currentData(), store.file.text()) == (StoryStoreKind.FILE, "/srv/share/stories.sqlite")
    assert toolbar.store_checks == 2


def test_an_answer_after_the_page_was_left_is_not_heard(qtbot, look: Look) -> None:
    dialog = opened(qtbot, look, TEAM, answers_late=True)
    store, toolbar = store_of(dialog), spy_of(dialog)
    dialog.open_page(Page.SOUND)
    for answer in toolbar.held_back:
        answer()
    assert said(store) == ("Being tried…", Tone.MUTED)
    toolbar.answers_late = False
    dialog.open_page(Page.COLLEAGUES)
    assert said(store)[1] is Tone.READY
