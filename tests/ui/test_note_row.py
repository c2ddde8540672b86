from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.ports.settings import BarPlace, Settings, WindowSettings
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.domain.context import NOTE_LENGTH
from agent_toolbar.domain.errors import CallError
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.note_row import PAUSE_MS
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.fakes import sample_states as sample
from tests.fakes import sample_transfers as transfers
from tests.fakes.toolbar import ToolbarSpy

FLOATING = Settings(window=WindowSettings(place=BarPlace.FLOATING))
TALK = sample.with_calls(sample.TALKING, current="c1")
OTHER_FIRST = sample.with_calls(sample.HELD, sample.TALKING, current="c2")
ENDED = replace(
    sample.TALKING, call=replace(sample.TALKING.call, state=CallState.ENDED, end_cause=CallEndCause.HUNG_UP)
)
JUST_ENDED = replace(sample.READY, just_ended=(ENDED,))
Opened = tuple[ToolbarWindow, ToolbarSpy]


@pytest.fixture
def open_bar(look: Look, qtbot) -> Iterator[Callable[..., Opened]]:
    opened: list[ToolbarWindow] = []

    def open_one(state: ToolbarState = TALK) -> Opened:
        spy = ToolbarSpy(state, FLOATING)
        window = ToolbarWindow(spy, look, '{"width": 780}')
        spy.watch(window.show_state)
        opened.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window, spy

    yield open_one
    for window in opened:
        window.hide()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def type_note(window: ToolbarWindow, text: str) -> None:
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.focusWidget(), text)


def test_a_note_is_kept_at_a_pause_in_typing(open_bar, qtbot) -> None:
    window, spy = open_bar()
    type_note(window, "delivery on Friday")
    assert spy.asked == []

    qtbot.waitUntil(lambda: bool(spy.asked), timeout=PAUSE_MS * 5)

    assert spy.asked == [("note", "delivery on Friday", "c1")]


def test_a_note_is_kept_when_the_keyboard_leaves_the_line(open_bar) -> None:
    window, spy = open_bar()
    type_note(window, "delivery")
    window.bar.dial.setFocus()
    assert spy.asked == [("note", "delivery", "c1")]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_close_the_line_and_keep_what_was_typed(open_bar, key: Qt.Key) -> None:
    window, spy = open_bar()
    type_note(window, "delivery")
    QTest.keyClick(window.focusWidget(), key)

    assert spy.asked == [("note", "delivery", "c1")]
    assert not window.rows.note.isVisible()


def test_a_note_stays_with_the_call_that_it_was_typed_for(open_bar) -> None:
    window, spy = open_bar(replace(OTHER_FIRST, current="c1"))
    type_note(window, "for Marie")
    spy.show(OTHER_FIRST)
    QTest.keyClicks(window.rows.note.edit, " only")
    assert window.rows.note.caption.text() == "Note on Marie Dupont"

    window.bar.dial.setFocus()
    spy.show(replace(OTHER_FIRST, missed=1))

    assert spy.asked == [("note", "for Marie only", "c1")]
    assert window.rows.note.edit.text() == ""
    assert window.rows.note.caption.text() == "Note on Jérôme Lefèvre-Özdemir"


def test_a_note_of_the_call_that_has_just_ended_is_kept_with_each_letter(open_bar) -> None:
    window, spy = open_bar()
    type_note(window, "call ")
    spy.show(JUST_ENDED)
    QTest.keyClicks(window.rows.note.edit, "back")

    assert window.rows.note.isVisible()
    assert spy.asked[-1] == ("note", "call back", "c1")


def test_a_line_is_not_taken_away_under_the_fingers_when_the_ended_call_goes(open_bar) -> None:
    window, spy = open_bar()
    type_note(window, "call back")
    spy.show(JUST_ENDED)
    spy.show(sample.READY)
    assert window.rows.note.isVisible()
    assert window.rows.note.edit.text() == "call back"

    window.bar.dial.setFocus()
    spy.show(replace(sample.READY, missed=1))

    assert not window.rows.note.isVisible()
    assert spy.asked[-1] == ("note", "call back", "c1")


def test_a_note_that_could_not_be_kept_stays_on_the_line(open_bar) -> None:
    window, spy = open_bar()
    type_note(window, "call back")
    spy.refuses = CallError("unknown_call")
    window.bar.dial.setFocus()
    assert window.messages.sentence == "This call is over already."
    assert window.rows.note.edit.text() == "call back"


def test_a_note_written_elsewhere_shows_and_never_overwrites_what_is_being_typed(open_bar) -> None:
    window, spy = open_bar()
    window.rows.open_note(True)
    window.bar.dial.setFocus()
    spy.show(sample.with_calls(replace(sample.TALKING, note="from the command line"), current="c1"))
    assert window.rows.note.edit.text() == "from the command line"

    window.rows.open_note(True)
    QTest.keyClicks(window.focusWidget(), "!")
    spy.show(sample.with_calls(replace(sample.TALKING, note="older"), current="c1"))

    assert window.rows.note.edit.text() == "from the command line!"


def test_the_note_stands_in_the_transfer_panel_because_it_goes_along(open_bar) -> None:
    window, spy = open_bar(transfers.TALKING_TO_CUSTOMER)
    window.rows.open_transfer()
    assert window.rows.note.isVisible()
    assert window.rows.note.edit.text() == "wants to change the delivery date"

    spy.show(transfers.TRANSFERS["consult-talking"])

    assert window.rows.note.caption.text() == "Note on Marie Dupont"


def test_escape_leaves_the_panel_first_and_then_the_note_that_stood_in_it(open_bar) -> None:
    window, spy = open_bar(transfers.TRANSFERS["consult-talking"])
    window.rows.note.edit.setFocus()
    QTest.keyClicks(window.focusWidget(), "asks for a discount")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not window.rows.transfer.isVisible()
    assert window.rows.note.isVisible()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)

    assert not window.rows.note.isVisible()
    assert spy.asked == [("note", "asks for a discount", "c1")]


def test_a_note_is_one_plain_line_of_bounded_length(open_bar) -> None:
    window, spy = open_bar()
    window.rows.open_note(True)
    QApplication.clipboard().setText("one\ntwo\u202e" + "x" * 2 * NOTE_LENGTH)
    window.rows.note.edit.paste()
    window.rows.note.keep()

    _order, text, _call = spy.asked[0]
    assert str(text).startswith("one two")
    assert len(str(text)) <= NOTE_LENGTH
    assert "\u202e" not in str(text)


def test_closing_the_window_keeps_the_note(open_bar) -> None:
    window, spy = open_bar()
    type_note(window, "delivery")
    window.hide()
    assert ("note", "delivery", "c1") in spy.asked


def test_without_a_call_the_button_says_why(open_bar) -> None:
    window, _spy = open_bar(sample.READY)
    assert not window.bar.buttons.note.isEnabled()
    assert "There is no call now" in window.bar.buttons.note.toolTip()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.messages.sentence == "There is no call now."
