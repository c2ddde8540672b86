"""The window that says why no calls come: the cause first, its repair, and every check by mouse and keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.examination import Check, CheckResult, Examination
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.toolbar_state import Remedy
from agent_toolbar.domain.errors import CallError, StorageError
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.doctor_window import LOOK_AGAIN_MS, DoctorWindow
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import Tone
from tests.fakes.sample_examinations import (
    ALL_WELL,
    HALF_WAY,
    LISTENING,
    PAUSED,
    PHONE_ONLY,
    WRONG_PASSWORD,
    examination,
)
from tests.fakes.sample_states import READY
from tests.fakes.toolbar import ToolbarSpy


@pytest.fixture(autouse=True)
def _in_english(qapp: QApplication) -> None:
    Translation(qapp).use("en")


@pytest.fixture
def toolbar() -> ToolbarSpy:
    return ToolbarSpy(READY)


@pytest.fixture
def window(qtbot, look: Look, toolbar: ToolbarSpy) -> DoctorWindow:
    doctor = DoctorWindow(look, toolbar)
    qtbot.addWidget(doctor)
    return doctor


def say(toolbar: ToolbarSpy, window: DoctorWindow, examination: Examination) -> None:
    toolbar.examinations = (examination,)
    window.open_window()


def rows(window: DoctorWindow) -> list[str]:
    return [window.checks.item(row).text() for row in range(window.checks.count())]


def spoken(window: DoctorWindow, check: Check) -> str:
    item = window.checks.item(list(Check).index(check))
    return str(item.data(Qt.ItemDataRole.AccessibleTextRole))


def test_opening_examines(window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    window.open_window()
    assert toolbar.names_asked() == ["examine"]
    assert window.answer.text() == "Checking…"
    assert not window.again.isEnabled()
    assert len(rows(window)) == len(Check)


def test_the_cause_stands_first_with_what_repairs_it(window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    say(toolbar, window, PAUSED)
    assert window.answer.text().startswith("Somebody else paused you at the telephone system (Training).")
    assert window.repair.text() == "Set mine again"
    assert window.answer.accessibleName() == window.answer.text()


def test_a_cause_is_named_before_the_other_checks_are_done(window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    off = CheckResult(Check.CTI, Finding.WRONG, "cti_off", remedy=Remedy.SWITCH_CTI_ON)
    say(toolbar, window, examination(off, upto=Check.NETWORK))
    assert window.answer.text() == "CTI is off, so no calls come in. Switch CTI on."
    assert not window.again.isEnabled()


def test_a_restriction_waits_until_all_is_checked(window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    quiet = CheckResult(Check.MICROPHONE, Finding.WARNING, "ringer_silent", remedy=Remedy.OPEN_SOUND)
    say(toolbar, window, examination(quiet, upto=Check.NETWORK))
    assert window.answer.text() == "Checking…"
    assert window.repair.isHidden()


def test_listening_is_said_at_the_microphone(window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    say(toolbar, window, LISTENING)
    row = list(Check).index(Check.MICROPHONE)
    assert rows(window)[row] == "Microphone and volume\nListening to the microphone… please say something."
    assert spoken(window, Check.MICROPHONE).endswith("please say something.")
    say(toolbar, window, ALL_WELL)
    assert rows(window)[row].endswith("The microphone is heard (-24 dBFS); speaker and ringing are turned up.")


def test_when_all_is_well_there_is_nothing_to_repair(window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    say(toolbar, window, ALL_WELL)
    assert window.answer.text() == "Nothing here keeps calls away from you."
    assert window.repair.isHidden()
    assert window.again.isEnabled()


def test_every_check_says_in_words_how_it_stands(window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    say(toolbar, window, PHONE_ONLY)
    assert spoken(window, Check.CTI) == "CTI, all is well: CTI is on."
    assert spoken(window, Check.QUEUE_LOGIN).startswith("Signed in at the queue, a restriction: Only this telephone")
    assert spoken(window, Check.CRM) == "CRM, not known: Not set up here."
    say(toolbar, window, HALF_WAY)
    assert spoken(window, Check.PAUSE) == "Ready for calls: not checked yet"


def test_who_has_only_their_telephone_is_led_to_the_page_that_tells_the_queue(
    qtbot, window: DoctorWindow, toolbar: ToolbarSpy
) -> None:
    alone = CheckResult(Check.QUEUE_LOGIN, Finding.WARNING, "queue_does_not_know", remedy=Remedy.OPEN_AVAILABILITY)
    say(toolbar, window, examination(alone))
    with qtbot.waitSignal(window.window_asked) as asked:
        qtbot.mouseClick(window.repair, Qt.MouseButton.LeftButton)
    assert asked.args == [Remedy.OPEN_AVAILABILITY]


def test_a_repair_is_done_and_then_it_is_checked_again(qtbot, window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    say(toolbar, window, PAUSED)
    toolbar.examinations = (ALL_WELL,)
    qtbot.mouseClick(window.repair, Qt.MouseButton.LeftButton)
    assert toolbar.asked[-1] == ("remedy", Remedy.TELL_QUEUE)
    qtbot.waitUntil(lambda: window.answer.text().startswith("Nothing"), timeout=LOOK_AGAIN_MS * 5)


def test_a_repair_that_is_refused_says_why(window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    say(toolbar, window, PAUSED)
    toolbar.refuses = CallError("call_not_found")
    window.repair.click()
    assert window.notice.text() == "This call is over already."


def test_a_repair_that_is_a_window_is_asked_for(qtbot, window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    say(toolbar, window, WRONG_PASSWORD)
    with qtbot.waitSignal(window.window_asked) as asked:
        window.repair.click()
    assert asked.args == [Remedy.ENTER_PASSWORD]
    assert "remedy" not in toolbar.names_asked()


def test_what_an_earlier_examination_still_says_is_not_shown(window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    window.open_window()
    earlier = toolbar.on_examined
    say(toolbar, window, ALL_WELL)
    assert earlier is not None
    earlier(PAUSED)
    assert window.answer.text().startswith("Nothing")


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path))
    return tmp_path


def test_a_file_for_support_is_made_of_what_was_found(
    qtbot, window: DoctorWindow, toolbar: ToolbarSpy, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    say(toolbar, window, PAUSED)
    assert window.show_folder.isHidden()
    assert "no numbers, names" in window.support.toolTip()

    qtbot.mouseClick(window.support, Qt.MouseButton.LeftButton)

    verb, file, found = toolbar.asked[-1]
    assert (verb, found) == ("write_support_file", PAUSED)
    assert re.fullmatch(r"agent-toolbar-support-[0-9-]{17}\.zip", file.name)
    assert file.parent == documents
    assert str(file) in window.written.text()
    assert window.support.isEnabled()
    qtbot.mouseClick(window.show_folder, Qt.MouseButton.LeftButton)
    assert opened == [str(documents)]


def test_a_file_for_support_waits_for_the_end_of_the_examination(window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    say(toolbar, window, HALF_WAY)
    assert not window.support.isEnabled()
    assert window.support.toolTip() == "First everything is checked"


def test_a_file_for_support_that_cannot_be_written_says_why(
    window: DoctorWindow, toolbar: ToolbarSpy, documents: Path
) -> None:
    toolbar.cannot_write = StorageError("bundle_not_written", file="/full/b.zip", reason="No space left on device")
    say(toolbar, window, ALL_WELL)
    window.support.click()
    assert "No space left on device" in window.written.text()
    assert window.written.tone is Tone.FAULT
    assert window.show_folder.isHidden()


@pytest.mark.parametrize(
    ("key", "then"), [(Qt.Key.Key_Return, "remedy"), (Qt.Key.Key_F5, "examine")], ids=["enter", "F5"]
)
def test_the_keyboard_repairs_and_checks_again(
    qtbot, window: DoctorWindow, toolbar: ToolbarSpy, key: Qt.Key, then: str
) -> None:
    say(toolbar, window, PAUSED)
    toolbar.asked.clear()
    qtbot.keyClick(window, key)
    assert toolbar.names_asked() == [then]


def test_escape_closes(qtbot, window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    say(toolbar, window, ALL_WELL)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_it_speaks_another_language_at_once(qapp: QApplication, window: DoctorWindow, toolbar: ToolbarSpy) -> None:
    say(toolbar, window, ALL_WELL)
    translation = Translation(qapp)
    translation.use("fr")
    qapp.processEvents()
    try:
        assert window.again.text() == "Vérifier de nouveau"
        assert window.answer.text() == "Rien ici n’empêche les appels d’arriver."
    finally:
        translation.use("en")
