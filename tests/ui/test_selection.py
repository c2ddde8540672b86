"""Calling the selected text: what a key, a menu or a command comes to, and the settings of the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_toolbar.application.ports.settings import LinkSettings, Settings
from agent_toolbar.domain.dial_request import DialSource
from agent_toolbar.domain.errors import AgentToolbarError, LinkError, SettingsError
from agent_toolbar.settings.settings_file import checked
from agent_toolbar.ui.desk import Desk
from agent_toolbar.ui.desktop_key import desktop_key
from agent_toolbar.ui.global_key import KeyObstacle, KeyState, NoKey
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.portal_key import PortalKey
from agent_toolbar.ui.selected_text import QtSelectedText, WaylandSelectedText
from agent_toolbar.ui.selection_call import SelectionCall
from agent_toolbar.ui.selection_section import SelectionSection
from agent_toolbar.ui.settings_dialog import Page
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.settings_shortcuts import ShortcutsPage
from tests.fakes.runtime import ManualClock
from tests.fakes.sample_states import READY
from tests.fakes.selection import FakeKey, FakeKeyWatch, FakeSelectedText
from tests.fakes.toolbar import ToolbarSpy

KEY = "Ctrl+Alt+D"


def with_key(spelled: str) -> Settings:
    return Settings(links=LinkSettings(selection_key=spelled))


class Stage:
    """A desktop of the test and the parts that speak to it."""

    def __init__(self) -> None:
        self.toolbar = ToolbarSpy(READY)
        self.key = FakeKey()
        self.selected = FakeSelectedText()
        self.selection = SelectionCall(self.toolbar, self.key, self.selected)
        self.asked = QSignalSpy(self.selection.asked)
        self.refused: list[AgentToolbarError] = []
        self.selection.refused.connect(self.refused.append)


@pytest.fixture
def stage(qapp: QApplication) -> Stage:
    del qapp
    return Stage()


# ---------------------------------------------------------------------- the key


def test_by_default_no_key_is_taken_from_anybody(stage: Stage) -> None:
    stage.selection.use(Settings())
    assert stage.key.asked == []
    assert stage.selection.status.state is KeyState.OFF


def test_the_key_of_the_settings_is_registered_once(stage: Stage) -> None:
    stage.selection.use(with_key(KEY))
    stage.selection.use(with_key(KEY))
    assert stage.key.asked == [KEY]
    stage.selection.use(with_key("F9"))
    stage.selection.use(Settings())
    assert stage.key.asked == [KEY, "F9", ""]


def test_a_key_that_was_taken_can_be_tried_again(stage: Stage, qtbot: QtBot) -> None:
    stage.key.answer = KeyState.TAKEN
    stage.selection.use(with_key(KEY))
    assert stage.selection.status.state is KeyState.TAKEN
    stage.key.answer = KeyState.REGISTERED
    with qtbot.waitSignal(stage.selection.status_changed):
        stage.selection.try_again()
    assert stage.selection.status.state is KeyState.REGISTERED


# ---------------------------------------------------------------------- what it comes to


def test_the_key_asks_for_the_number_in_the_selected_text(stage: Stage) -> None:
    stage.selected.text = "Call Marie on 06 12 34 56 78, please"
    stage.key.pressed.emit("token")

    assert stage.toolbar.asked == [("request_dial", "tel:+33612345678", DialSource.SELECTION, "")]
    assert stage.selected.tokens == ["token"]
    assert stage.asked.count() == 1
    assert stage.asked.at(0) == ["token"]
    assert stage.refused == []


def test_a_number_that_is_dialled_at_once_takes_the_keyboard_from_nobody(stage: Stage) -> None:
    stage.selected.text = "06 12 34 56 78"
    stage.toolbar.request_dial = lambda *_arguments: ""  # type: ignore[method-assign]
    stage.selection.call()
    assert stage.asked.count() == 0
    assert stage.refused == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "selection_empty"),
        ("Dupont", "selection_no_number"),
        ("01 45 67 89 01, 06 12 34 56 78", "selection_several"),
        ("x" * 2_000, "selection_too_long"),
        (LinkError("selection_no_answer"), "selection_no_answer"),
    ],
)
def test_what_is_no_number_is_refused_in_words(stage: Stage, text: str | LinkError, code: str) -> None:
    done: list[tuple[str, AgentToolbarError | None]] = []
    stage.selected.text = text
    stage.selection.call(on_done=lambda request, error: done.append((request, error)))

    assert stage.toolbar.asked == []
    assert [error.code for error in stage.refused] == [code]
    ((request, error),) = done
    assert request == ""
    assert error is not None
    assert error.code == code


def test_what_the_toolbar_refuses_is_told(stage: Stage) -> None:
    stage.selected.text = "06 12 34 56 78"
    stage.toolbar.refuses = LinkError("link_damaged", text="0.0.0.112")
    stage.selection.call()
    assert [error.code for error in stage.refused] == ["link_damaged"]


# ---------------------------------------------------------------------- in the windows


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Desk]]:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    made: list[Desk] = []

    def make() -> Desk:
        made.append(Desk(qapp, ToolbarSpy(READY), ManualClock(), tmp_path / "window.json"))
        made[-1].open()
        return made[-1]

    yield make
    for one in made:
        one.close()
        for part in (one.bar, one.card, one.tray, one.first_run, one.settings, one.look.theme, one):
            if part is not None:
                part.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_settings_show_what_became_of_the_key(desk: Callable[[], Desk]) -> None:
    one = desk()
    one.selection.use(with_key(KEY))
    one.open_settings(Page.SHORTCUTS)
    assert one.settings is not None
    section = one.settings.page.findChild(SelectionSection)
    assert section is not None
    assert section.state.isVisible()
    assert "no desktop" in section.state.text()


@pytest.mark.parametrize("menu", ["tray", "bar"])
def test_both_menus_call_what_is_selected_or_copied(desk: Callable[[], Desk], menu: str) -> None:
    one = desk()
    QApplication.clipboard().setText("Tel. 06 12 34 56 78")
    action = one.tray.selection if menu == "tray" else one.bar.menu.selection
    assert action.text() == "Call the selected text"
    action.trigger()
    spy = one._toolbar
    assert isinstance(spy, ToolbarSpy)
    assert ("request_dial", "tel:+33612345678", DialSource.SELECTION, "") in spy.asked


def test_a_refusal_stands_on_the_bar_which_comes_up_for_it(desk: Callable[[], Desk]) -> None:
    one = desk()
    QApplication.clipboard().setText("nobody")
    one.bar.hide()
    one.selection.call()
    assert one.bar.isVisible()
    assert one.bar.messages.has_something


def test_a_desktop_that_has_no_way_says_so(desk: Callable[[], Desk]) -> None:
    one = desk()
    one.selection.use(with_key(KEY))
    assert one.selection.status.state is KeyState.NOT_HERE
    assert one.selection.status.obstacle is KeyObstacle.NO_DESKTOP


def test_wayland_is_asked_by_its_portal_and_shows_text_to_who_has_the_keyboard(desk: Callable[[], Desk]) -> None:
    one = desk()
    key, text = desktop_key(one, one.bring_up, {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux")
    assert isinstance(key, PortalKey)
    assert isinstance(text, WaylandSelectedText)
    key, text = desktop_key(one, one.bring_up, {}, "linux")
    assert isinstance(key, NoKey)
    assert isinstance(text, QtSelectedText)


def test_on_wayland_a_window_takes_the_keyboard_before_the_text_is_read(desk: Callable[[], Desk], qtbot: QtBot) -> None:
    one = desk()
    one.bar.hide()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is None)
    QApplication.clipboard().setText("06 12 34 56 78")
    tokens: list[str] = []

    def bring_up(token: str) -> None:
        tokens.append(token)
        one.bring_up(token)

    selected = WaylandSelectedText(bring_up)
    answers: list[str | LinkError] = []
    selected.ask("", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["06 12 34 56 78"]
    assert tokens == [""]


# ---------------------------------------------------------------------- the settings


class StrictToolbar(ToolbarSpy):
    """Refuses what the settings' own rules refuse."""

    def change_settings(self, settings: Settings) -> None:
        checked(msgspec.to_builtins(settings))
        super().change_settings(settings)


class Section:
    def __init__(self, look: Look, settings: Settings) -> None:
        self.toolbar = StrictToolbar(READY, settings)
        self.page = SettingsPage(look, self.toolbar)
        self.watch = FakeKeyWatch()
        self.section = SelectionSection(self.page, self.watch)

    @property
    def kept(self) -> str:
        return self.toolbar.settings.links.selection_key

    def press(self, keys: str) -> None:
        self.section.key.setKeySequence(QKeySequence(keys))
        self.section.key.editingFinished.emit()


@pytest.fixture
def section(look: Look) -> Iterator[Callable[..., Section]]:
    made: list[Section] = []

    def make(settings: Settings | None = None) -> Section:
        made.append(Section(look, settings or Settings()))
        return made[-1]

    yield make
    for one in made:
        one.page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_key_applies_at_once_and_an_empty_field_is_none(section: Callable[..., Section]) -> None:
    one = section()
    one.press("Ctrl+Alt+D")
    assert one.kept == "Ctrl+Alt+D"
    assert not one.section.unsaved
    one.press("")
    assert one.kept == ""


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ("Ctrl+M", "Ctrl+M is used for “Mute or unmute” already. Take other keys, or change those first."),
        ("Ctrl+C", "Other programs need this key. Hold two of Ctrl, Alt and Shift, or take a function key."),
        ("D", "Other programs need this key. Hold two of Ctrl, Alt and Shift, or take a function key."),
        ("Ctrl+Alt+Del", "This key cannot be used. Take a letter, a digit or a function key."),
        ("Ctrl+Shift+T", "Ctrl+Shift+T is used for “Ask a colleague first” already. Take other keys, or change those"),
    ],
)
def test_a_key_that_cannot_be_is_refused_in_words_and_the_one_before_stays(
    section: Callable[..., Section], keys: str, says: str
) -> None:
    one = section(with_key(KEY))
    one.press(keys)
    assert one.section.problem().startswith(says)
    assert one.kept == KEY
    assert one.section.unsaved
    one.press(KEY)
    assert not one.section.problem().startswith(says)


@pytest.mark.parametrize("spelled", ["Ctrl+C", "D", "Ctrl+Alt+Del", "nonsense", "Ctrl+Alt+D, Ctrl+Alt+E"])
def test_the_settings_file_holds_no_such_key_either(spelled: str) -> None:
    with pytest.raises(SettingsError) as refused:
        checked(msgspec.to_builtins(with_key(spelled)))
    assert refused.value.params["key"] == "links.selection_key"


def test_what_the_desktop_made_of_it_is_said(section: Callable[..., Section]) -> None:
    one = section(with_key(KEY))
    for state, obstacle, shown, words in (
        (KeyState.OFF, None, "", "No key"),
        (KeyState.ASKING, None, "", "asks whether"),
        (KeyState.REGISTERED, None, "", "Ctrl+Alt+D works in every program."),
        (KeyState.REGISTERED, None, "Super+P", "“Super+P”"),
        (KeyState.TAKEN, None, "", "Another program has Ctrl+Alt+D."),
        (KeyState.DECLINED, None, "", "given the toolbar no key"),
        (KeyState.NOT_HERE, KeyObstacle.NO_PORTAL, "", "“agent-toolbar call-selection”"),
        (KeyState.NOT_HERE, KeyObstacle.NO_DESKTOP, "", "no desktop"),
        (KeyState.NOT_HERE, KeyObstacle.NO_LIBRARY, "", "libxcb"),
        (KeyState.NOT_HERE, KeyObstacle.NO_SUCH_KEY, "", "no key Ctrl+Alt+D"),
        (KeyState.NOT_HERE, KeyObstacle.NOT_GRANTED, "", "refuses this key"),
    ):
        one.watch.show(state, KEY, obstacle, shown)
        assert words in one.section.state.text()
        assert "{" not in one.section.state.text()


def test_a_taken_key_is_asked_for_again_by_a_button(section: Callable[..., Section]) -> None:
    one = section(with_key(KEY))
    assert one.section.again.isHidden()
    one.watch.show(KeyState.TAKEN, KEY)
    assert not one.section.again.isHidden()
    one.section.again.click()
    assert one.watch.tries == 1


def test_a_shortcut_of_the_toolbar_cannot_be_the_global_key(look: Look) -> None:
    toolbar = ToolbarSpy(READY, with_key(KEY))
    page = ShortcutsPage(look, toolbar)
    page.edit("mute").setKeySequence(QKeySequence(KEY))
    page.edit("mute").editingFinished.emit()
    assert "calls the selected text" in page.problem("mute")
    assert toolbar.settings.shortcuts.mute == "Ctrl+M"
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
