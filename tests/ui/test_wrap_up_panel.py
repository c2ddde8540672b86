from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.ports.settings import (
    BarPlace,
    Disposition,
    Settings,
    WindowSettings,
    WrapUpSettings,
)
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.errors import AgentError
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.wrap_up import MissingField
from agent_toolbar.ui.follow_up_choice import IN_A_WEEK, NONE, OTHER, TOMORROW
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.ring_guard import GUARD_S
from agent_toolbar.ui.toolbar import ToolbarWindow
from agent_toolbar.ui.wrap_up_panel import PAUSE_MS, WrapUpPanel
from tests.fakes import sample_agents as agents
from tests.fakes import sample_states as sample
from tests.fakes.toolbar import ToolbarSpy
from tests.ui.conftest import ManualClocks

FLOATING = Settings(window=WindowSettings(place=BarPlace.FLOATING))
CTRL = Qt.KeyboardModifier.ControlModifier
Opened = tuple[WrapUpPanel, ToolbarSpy, ToolbarWindow]


@pytest.fixture
def open_panel(look: Look, qtbot) -> Iterator[Callable[..., Opened]]:
    opened: list[ToolbarWindow] = []

    def open_one(state: ToolbarState | None = None, wrap_up: WrapUpSettings | None = None) -> Opened:
        settings = msgspec.structs.replace(FLOATING, wrap_up=wrap_up or WrapUpSettings())
        spy = ToolbarSpy(state or agents.wrapping_up(), settings)
        window = ToolbarWindow(spy, look, '{"width": 1080}')
        spy.watch(window.show_state)
        opened.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window.rows.wrap_up, spy, window

    yield open_one
    for window in opened:
        window.hide()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_row_is_there_just_while_the_record_is_open(open_panel) -> None:
    panel, spy, window = open_panel(sample.READY)
    assert not panel.isVisible()
    focused = window.focusWidget()
    spy.show(agents.wrapping_up())
    assert panel.isVisible()
    assert window.focusWidget() is focused
    assert panel.caption.text() == "Marie Dupont · 01 45 67 89 01"
    assert panel.subject.text() == "wants to change the delivery date"
    assert panel.disposition.code == "call_back"
    spy.show(sample.READY)
    assert not panel.isVisible()


def test_the_subject_is_kept_at_a_pause_in_typing(open_panel, qtbot) -> None:
    panel, spy, window = open_panel()
    QTest.keyClick(window, Qt.Key.Key_W, CTRL)
    QTest.keyClicks(window.focusWidget(), "!")
    assert spy.asked == []
    qtbot.waitUntil(lambda: bool(spy.asked), timeout=PAUSE_MS * 5)
    assert spy.asked == [("edit_wrap_up", {"subject": "wants to change the delivery date!"})]
    assert panel.subject.hasFocus()


def test_the_subject_is_kept_when_the_keyboard_leaves_it(open_panel) -> None:
    panel, spy, window = open_panel()
    panel.begin()
    QTest.keyClicks(panel.subject, "!")
    window.bar.dial.setFocus()
    assert spy.asked == [("edit_wrap_up", {"subject": "wants to change the delivery date!"})]


def test_a_late_state_never_overwrites_what_is_being_typed(open_panel) -> None:
    panel, spy, window = open_panel()
    panel.begin()
    QTest.keyClicks(panel.subject, "!")
    spy.show(agents.wrapping_up(deadline_s=sample.NOW_S + 30))
    spy.show(agents.wrapping_up(subject="from elsewhere"))
    assert panel.subject.text() == "wants to change the delivery date!"
    window.bar.dial.setFocus()
    assert spy.asked[-1] == ("edit_wrap_up", {"subject": "wants to change the delivery date!"})


def test_a_subject_written_elsewhere_shows_while_nobody_types(open_panel) -> None:
    panel, spy, _window = open_panel()
    spy.show(agents.wrapping_up(subject="from elsewhere"))
    assert panel.subject.text() == "from elsewhere"


def test_near_its_end_each_letter_is_kept(open_panel) -> None:
    panel, spy, _window = open_panel(agents.wrapping_up(deadline_s=sample.NOW_S + 5))
    panel.begin()
    QTest.keyClicks(panel.subject, "!!")
    assert [order[1] for order in spy.asked] == [
        {"subject": "wants to change the delivery date!"},
        {"subject": "wants to change the delivery date!!"},
    ]


def test_letters_typed_while_the_record_is_closed_elsewhere_become_the_note(open_panel) -> None:
    panel, spy, _window = open_panel()
    panel.begin()
    QTest.keyClicks(panel.subject, "!")
    spy.show(sample.READY)
    assert spy.asked == [("note", "wants to change the delivery date!", "c1")]


def test_what_was_typed_for_one_record_never_becomes_anothers(open_panel) -> None:
    panel, spy, _window = open_panel()
    panel.begin()
    QTest.keyClicks(panel.subject, "!")
    spy.show(agents.wrapping_up(call="c2", title="Hana", subject="an invoice"))
    assert panel.subject.text() == "an invoice"
    assert spy.asked == [("note", "wants to change the delivery date!", "c1")]


def test_the_outcome_is_a_button_that_can_be_taken_back(open_panel) -> None:
    panel, spy, _window = open_panel()
    QTest.mouseClick(panel.disposition.buttons[0], Qt.MouseButton.LeftButton)
    spy.show(replace(spy.state, missed=1))
    assert panel.disposition.code == "done"
    QTest.keyClick(panel.disposition.buttons[0], Qt.Key.Key_Space)
    assert spy.asked == [("edit_wrap_up", {"disposition": "done"}), ("edit_wrap_up", {"disposition": ""})]


def test_more_than_five_outcomes_are_a_list(open_panel) -> None:
    six = tuple(Disposition(f"d{place}", f"Outcome {place}") for place in range(6))
    panel, spy, _window = open_panel(agents.wrapping_up(disposition=""), WrapUpSettings(dispositions=six))
    assert panel.disposition.list.isVisible()
    assert not panel.disposition.buttons[0].isVisible()
    panel.disposition.list.setFocus()
    QTest.keyClick(panel.disposition.list, Qt.Key.Key_Down)
    assert spy.asked == [("edit_wrap_up", {"disposition": "d0"})]


@pytest.mark.parametrize(("index", "day"), [(NONE, ""), (TOMORROW, "2026-05-21"), (IN_A_WEEK, "2026-05-27")])
def test_a_follow_up_is_one_of_the_usual_days(open_panel, index: int, day: str) -> None:
    panel, spy, _window = open_panel()
    panel.follow_up.list.setCurrentIndex(index)
    panel.follow_up.list.activated.emit(index)
    assert spy.asked == [("edit_wrap_up", {"follow_up": day})]


def test_another_day_is_typed(open_panel) -> None:
    panel, spy, _window = open_panel(agents.wrapping_up(follow_up=""))
    choice = panel.follow_up
    assert not choice.day.isVisible()
    choice.list.setCurrentIndex(OTHER)
    choice.list.activated.emit(OTHER)
    assert choice.day.isVisible()
    choice.day.setCurrentSection(choice.day.Section.DaySection)
    QTest.keyClick(choice.day, Qt.Key.Key_Up)
    assert spy.asked == [("edit_wrap_up", {"follow_up": "2026-05-21"}), ("edit_wrap_up", {"follow_up": "2026-05-22"})]


def test_a_follow_up_on_any_day_is_shown(open_panel) -> None:
    panel, _spy, _window = open_panel(agents.wrapping_up(follow_up="2026-06-15"))
    assert panel.follow_up.list.currentIndex() == OTHER
    assert panel.follow_up.day.date().toString("yyyy-MM-dd") == "2026-06-15"


def sample_call(panel: WrapUpPanel) -> str:
    wrap_up = panel._toolbar.state.wrap_up
    assert wrap_up is not None
    return wrap_up.wrap_up.call


def test_a_wrong_number_is_marked(open_panel) -> None:
    panel, spy, _window = open_panel()
    panel.finding.setFocus()
    QTest.keyClick(panel.finding, Qt.Key.Key_Down)
    QTest.keyClick(panel.finding, Qt.Key.Key_Down)
    QTest.keyClick(panel.finding, Qt.Key.Key_Home)
    call = sample_call(panel)
    assert spy.asked == [
        ("edit_wrap_up", {"finding": NumberFinding.WRONG}),
        ("doubt_number", call, NumberFinding.WRONG),  # opens what puts it right
        ("edit_wrap_up", {"finding": NumberFinding.SOMEBODY_ELSE}),
        ("doubt_number", call, NumberFinding.SOMEBODY_ELSE),
        ("edit_wrap_up", {"finding": NumberFinding.NONE}),
    ]


def test_the_time_that_is_left_counts_down_and_says_when_it_is_over(
    open_panel, clocks: ManualClocks, look: Look
) -> None:
    panel, _spy, _window = open_panel()
    assert panel.countdown.text() == "00:42 left"
    clocks.now_s += 2
    look.ticker.ticked.emit()
    assert panel.countdown.text() == "00:40 left"
    clocks.now_s += 60
    look.ticker.ticked.emit()
    assert panel.countdown.text() == "Time is up"


@pytest.mark.parametrize(
    ("name", "words"), [("wrap-up-no-limit", "No time limit"), ("wrap-up-waits", "Waits for your call")]
)
def test_a_time_that_does_not_run_says_so(open_panel, name: str, words: str) -> None:
    panel, _spy, _window = open_panel(agents.AGENTS[name])
    assert panel.countdown.text() == words


def test_the_buttons_give_more_time_and_finish(open_panel) -> None:
    panel, spy, _window = open_panel()
    for button in (panel.more, panel.finish, panel.stay_away):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert spy.asked == [("extend_wrap_up",), ("finish_wrap_up",), ("finish_wrap_up", "not_ready")]


def test_the_key_finishes_and_what_was_typed_goes_first(open_panel) -> None:
    panel, spy, _window = open_panel()
    panel.begin()
    QTest.keyClicks(panel.subject, "!")
    QTest.keyClick(panel.subject, Qt.Key.Key_Return, CTRL)
    assert spy.asked == [
        ("edit_wrap_up", {"subject": "wants to change the delivery date!"}),
        ("finish_wrap_up",),
    ]


def test_a_ringing_call_is_answered_by_the_same_key(open_panel, clocks: ManualClocks) -> None:
    panel, spy, _window = open_panel()
    ringing = replace(sample.RINGING_JEROME)
    spy.show(replace(agents.wrapping_up(), calls=(ringing,), current="c2"))
    clocks.steady_s += GUARD_S
    panel.begin()
    QTest.keyClick(panel.subject, Qt.Key.Key_Return, CTRL)
    assert spy.asked == [("answer", "c2")]


def test_what_is_missing_is_named_and_the_keyboard_goes_there(open_panel) -> None:
    panel, spy, _window = open_panel(
        agents.wrapping_up(MissingField.SUBJECT, MissingField.DISPOSITION, subject="", disposition=""),
        WrapUpSettings(needs_subject=True, needs_disposition=True),
    )
    assert panel.missing.text() == "Still missing: what it was about, the outcome"
    spy.refuses = AgentError("wrap_up_needs_subject")
    QTest.mouseClick(panel.finish, Qt.MouseButton.LeftButton)
    assert panel.subject.hasFocus()
    QTest.keyClicks(panel.subject, "an invoice")
    assert panel.missing.text() == "Still missing: the outcome"
    QTest.mouseClick(panel.disposition.buttons[0], Qt.MouseButton.LeftButton)
    assert not panel.missing.isVisible()


def test_during_a_call_the_key_says_that_the_record_comes_after_it(open_panel) -> None:
    _panel, spy, window = open_panel(sample.with_calls(sample.TALKING))
    QTest.keyClick(window, Qt.Key.Key_W, CTRL)
    assert spy.asked == [("begin_wrap_up",)]
    assert window.messages.sentence == "The record of this call opens when it is over."


def test_the_key_begins_a_record_and_says_why_it_cannot(open_panel) -> None:
    _panel, spy, window = open_panel(sample.READY)
    QTest.keyClick(window, Qt.Key.Key_W, CTRL)
    spy.refuses = AgentError("no_call_to_wrap_up")
    QTest.keyClick(window, Qt.Key.Key_W, CTRL)
    assert spy.asked == [("begin_wrap_up",)]
    assert window.messages.sentence == "There is no call to wrap up."
