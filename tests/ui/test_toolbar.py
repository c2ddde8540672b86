from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from agent_toolbar.application.ports.settings import BarPlace, Settings, WindowSettings
from agent_toolbar.application.toolbar_state import Fault, FaultPlace, Remedy, ToolbarState
from agent_toolbar.domain.agent import AgentState, AgentStatus
from agent_toolbar.domain.errors import CallError
from agent_toolbar.ui import tokens
from agent_toolbar.ui.call_words import RECONNECTED_SHOWN_S
from agent_toolbar.ui.labels import PlainLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.ring_guard import GUARD_S
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.fakes import sample_states as sample
from tests.fakes import sample_transfers as transfers
from tests.fakes.toolbar import ToolbarSpy
from tests.ui.conftest import ManualClocks

FLOATING = Settings(window=WindowSettings(place=BarPlace.FLOATING))
TALK = sample.with_calls(sample.TALKING, current="c1")
TALK_AND_HELD = sample.with_calls(sample.TALKING, sample.HELD, current="c1")
RINGING = sample.with_calls(sample.RINGING_MARIE, current="c1")
Opened = tuple[ToolbarWindow, ToolbarSpy]


@pytest.fixture
def open_bar(look: Look, qtbot) -> Iterator[Callable[..., Opened]]:
    opened: list[ToolbarWindow] = []

    def open_one(state: ToolbarState = sample.READY, width: int = 1200, settings: Settings = FLOATING) -> Opened:
        spy = ToolbarSpy(state, settings)
        window = ToolbarWindow(spy, look, f'{{"width": {width}}}')
        spy.watch(window.show_state)
        opened.append(window)
        window.show()
        qtbot.waitExposed(window)
        settle()
        return window, spy

    yield open_one
    for window in opened:
        window.hide()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle() -> None:
    """Layouts within layouts tell each other in turns."""
    for _turn in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def zones(window: ToolbarWindow) -> dict[str, QRect]:
    bar = window.bar
    parts: dict[str, QWidget] = {
        "switch": bar.cti.switch,
        "agent": bar.agent,
        "call": bar.call,
        "answer": bar.buttons.answer,
        "hang up": bar.buttons.hang_up,
        "hold": bar.buttons.hold,
        "mute": bar.buttons.mute,
        "keypad": bar.buttons.keypad,
        "transfer": bar.buttons.transfer,
        "note": bar.buttons.note,
        "dial": bar.dial,
        "history": bar.history,
        "settings": bar.settings,
    }
    return {name: QRect(part.mapTo(window, QPoint(0, 0)), part.size()) for name, part in parts.items()}


@pytest.mark.parametrize("width", [640, 900, 1200, 1900])
def test_no_zone_moves_whatever_the_state(open_bar, qtbot, width: int) -> None:
    window, spy = open_bar(width=min(width, 780))  # the offscreen screen is 800 pixels wide
    window.setGeometry(0, 0, width, window.height())
    settle()
    before = zones(window)

    for name, state in sample.STATES.items():
        spy.show(state)
        settle()
        assert zones(window) == before, name


@pytest.mark.parametrize("width", [640, 800, 1000, 1400])
def test_the_zones_fit_side_by_side_without_overlap(open_bar, qtbot, width: int) -> None:
    window, _spy = open_bar(TALK)
    window.setGeometry(0, 0, width, window.height())
    settle()
    places = list(zones(window).values())

    assert all(left.right() < right.left() for left, right in itertools.pairwise(places))
    assert places[-1].right() < window.width()


def test_the_bar_is_48_pixels_high_besides_its_outline(open_bar) -> None:
    window, _spy = open_bar()
    assert window.height() == 48 + 2


@pytest.mark.parametrize("name", list(sample.STATES))
def test_every_control_has_a_name_for_a_screen_reader(open_bar, name: str) -> None:
    window, _spy = open_bar(sample.STATES[name])
    controls = [child for child in window.findChildren(QWidget) if isinstance(child, QAbstractButton | QLineEdit)]
    nameless = [
        type(child).__name__
        for child in controls
        if child.isVisible() and not QAccessible.queryAccessibleInterface(child).text(QAccessible.Text.Name)
    ]
    assert controls
    assert nameless == []


@pytest.mark.parametrize("name", list(sample.STATES))
def test_a_disabled_button_says_why_and_names_its_key(open_bar, name: str) -> None:
    window, _spy = open_bar(sample.STATES[name])
    buttons = window.bar.buttons
    for button in (buttons.answer, buttons.hang_up, *buttons.quiet):
        assert "Ctrl+" in button.toolTip()
        assert button.isEnabled() or "<br>" in button.toolTip()


def test_the_keyboard_walks_the_bar_as_the_eye_does(open_bar) -> None:
    window, _spy = open_bar(TALK)
    bar = window.bar
    bar.cti.switch.setFocus()
    walked: list[QWidget] = []
    while window.focusWidget() not in walked:
        walked.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)

    buttons = bar.buttons
    expected = [bar.cti.switch, bar.agent, bar.agent.arrow, buttons.hang_up, *buttons.quiet, bar.dial]
    assert walked[: len(expected)] == expected
    assert walked[len(expected) : len(expected) + 2] == [bar.history, bar.settings]


def test_a_call_that_has_just_appeared_is_neither_answered_nor_declined(open_bar, clocks: ManualClocks) -> None:
    window, spy = open_bar()
    spy.show(RINGING)

    window.bar.buttons.answer.click()
    window.bar.buttons.hang_up.click()
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert spy.asked == []

    clocks.steady_s += GUARD_S
    window.bar.buttons.answer.click()
    assert spy.asked == [("answer", "c1")]


def test_a_talk_can_be_ended_at_once_also_when_another_call_begins_to_ring(open_bar) -> None:
    window, spy = open_bar()
    spy.show(sample.with_calls(sample.TALKING, sample.RINGING_JEROME, current="c1"))

    window.bar.buttons.hang_up.click()

    assert spy.asked == [("hang_up", "c1")]


def test_hold_and_mute_turn_into_their_opposite(open_bar) -> None:
    held_and_muted = replace(sample.HELD, call=replace(sample.HELD.call, muted=True))
    window, spy = open_bar(TALK)
    window.bar.buttons.hold.click()
    window.bar.buttons.mute.click()
    spy.show(sample.with_calls(held_and_muted, current="c2"))
    window.bar.buttons.hold.click()
    window.bar.buttons.mute.click()

    assert spy.asked == [("hold", "c1"), ("mute", True, "c1"), ("resume", "c2"), ("mute", False, "c2")]


@pytest.mark.parametrize(
    ("key", "order"),
    [
        (Qt.Key.Key_Backspace, ("hang_up", "c1")),
        (Qt.Key.Key_H, ("hold", "c1")),
        (Qt.Key.Key_M, ("mute", True, "c1")),
        (Qt.Key.Key_R, ("set_ready", False)),
    ],
)
def test_the_keys_of_the_settings_work_while_somebody_types_a_number(open_bar, qtbot, key, order) -> None:
    window, spy = open_bar(TALK)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.bar.dial.setFocus()
    QTest.keyClick(window.bar.dial, key, Qt.KeyboardModifier.ControlModifier)

    assert spy.asked == [order]


def test_switching_cti_off_in_a_call_asks_in_the_bar_first(open_bar) -> None:
    window, spy = open_bar(TALK)
    spy.refuses = CallError("cti_off_with_call", name="Marie", count=1)
    window.bar.cti.switch.click()
    assert window.messages.isVisible()
    assert spy.asked == []

    window.messages.first.click()

    assert spy.asked == [("switch_cti", False, True)]
    assert not window.messages.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_question_is_answered_by_enter_at_its_button_and_the_safe_answer_stands_first(open_bar, key: Qt.Key) -> None:
    window, spy = open_bar(TALK)
    spy.refuses = CallError("cti_off_with_call", name="Marie", count=1)
    window.bar.cti.switch.setFocus()
    QTest.keyClick(window.focusWidget(), key)
    assert window.messages.isVisible()

    QTest.keyClick(window.focusWidget(), key)

    assert not window.messages.isVisible()
    assert spy.asked == []


def test_enter_that_is_held_down_presses_nothing_more(open_bar, qapp) -> None:
    window, spy = open_bar(TALK)
    window.bar.buttons.hang_up.setFocus()
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    qapp.sendEvent(window.focusWidget(), held)
    assert spy.asked == []


def test_enter_with_another_key_is_no_press_of_the_button(open_bar) -> None:
    window, spy = open_bar(TALK)
    window.bar.buttons.hang_up.setFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert spy.asked == []


def test_quitting_in_a_call_asks_first_and_staying_quits_nothing(open_bar, qtbot) -> None:
    window, _spy = open_bar(TALK)
    with qtbot.assertNotEmitted(window.quit_asked):
        window.ask_to_quit()
        window.messages.second.click()
    window.ask_to_quit()
    with qtbot.waitSignal(window.quit_asked):
        window.messages.first.click()


def test_the_switch_shows_what_is_so_and_not_what_was_clicked(open_bar) -> None:
    window, spy = open_bar(sample.OFF)
    window.bar.cti.switch.click()

    assert spy.asked == [("switch_cti", True, False)]
    assert not window.bar.cti.switch.isChecked()


def test_a_fault_counts_down_to_the_next_try_and_offers_to_try_now(open_bar, look: Look, clocks: ManualClocks) -> None:
    fault = Fault("timeout", FaultPlace.TELEPHONY, Remedy.TRY_AGAIN, {"server": "pbx"}, sample.NOW_S + 8, serious=True)
    window, spy = open_bar(replace(sample.READY, faults=(fault,)))
    said = window.messages.accessibleName()
    assert "8 s" in window.messages.sentence

    clocks.now_s += 1
    look.ticker.ticked.emit()
    assert "7 s" in window.messages.sentence
    assert window.messages.accessibleName() == said

    window.messages.first.click()
    assert spy.asked == [("remedy", Remedy.TRY_AGAIN)]


def test_a_fault_of_the_telephone_leads_to_the_doctor(open_bar, qtbot) -> None:
    fault = Fault("timeout", FaultPlace.TELEPHONY, Remedy.TRY_AGAIN, {"server": "pbx"}, serious=True)
    window, spy = open_bar(replace(sample.READY, faults=(fault,)))
    assert window.messages.second.text() == "Why?"
    with qtbot.waitSignal(window.doctor_asked):
        window.messages.second.click()
    assert spy.asked == []


def test_a_closed_fault_stays_closed_until_it_comes_again(open_bar) -> None:
    fault = Fault("keyring_missing", FaultPlace.SETTINGS, Remedy.DISMISS)
    window, spy = open_bar(replace(sample.READY, faults=(fault,)))
    window.messages.first.click()
    assert not window.messages.isVisible()
    spy.show(replace(sample.READY, faults=(fault,), missed=1))
    assert not window.messages.isVisible()

    spy.show(sample.READY)
    spy.show(replace(sample.READY, faults=(fault,)))

    assert window.messages.isVisible()


def test_the_remedy_of_a_sound_fault_asks_for_its_window(open_bar, qtbot) -> None:
    fault = Fault("no_microphone", FaultPlace.SOUND, Remedy.OPEN_SOUND)
    window, spy = open_bar(replace(TALK, faults=(fault,)))
    with qtbot.waitSignal(window.window_asked) as asked:
        window.messages.first.click()
    assert asked.args == [Remedy.OPEN_SOUND]
    assert spy.asked == []


def test_the_keypad_sends_digits_by_mouse_and_by_keys_and_escape_closes_it(open_bar, qtbot) -> None:
    window, spy = open_bar(TALK)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.bar.dial.setText("0145")
    window.bar.buttons.keypad.click()
    assert window.rows.keypad.isVisible()
    QTest.keyClicks(window.rows.keypad, "4#")
    window.rows.keypad.keys["9"].click()
    QTest.keyClick(window.rows.keypad, Qt.Key.Key_Escape)

    assert spy.asked == [("send_dtmf", digit, "c1") for digit in "4#9"]
    assert not window.rows.keypad.isVisible()
    assert window.bar.dial.text() == "0145"


def test_the_keypad_goes_with_its_call(open_bar) -> None:
    window, spy = open_bar(TALK)
    window.rows.open_keypad(True)
    high = window.height()
    spy.show(sample.READY)

    assert not window.rows.keypad.isVisible()
    assert window.height() < high


def test_further_calls_open_below_and_can_be_taken_or_ended_there(open_bar) -> None:
    window, spy = open_bar(TALK)
    assert not window.rows.others.isVisible()
    spy.show(TALK_AND_HELD)
    row = window.rows.others.rows[0]
    assert window.rows.others.isVisible()

    row.take.click()
    row.end.click()

    assert spy.asked == [("resume", "c2"), ("hang_up", "c2")]


def test_the_buttons_of_a_further_call_stand_below_those_of_the_bar(open_bar, qtbot) -> None:
    window, spy = open_bar(TALK)
    window.setGeometry(0, 0, 1400, window.height())
    spy.show(TALK_AND_HELD)
    settle()
    end = window.rows.others.rows[0].end
    hang_up = window.bar.buttons.hang_up

    assert end.mapTo(window, end.rect().center()).x() == hang_up.mapTo(window, hang_up.rect().center()).x()


def test_closed_further_calls_stay_closed_until_another_call_comes(open_bar) -> None:
    window, spy = open_bar(TALK_AND_HELD)
    window.rows.open_others(False)
    spy.show(replace(TALK_AND_HELD, missed=3))
    assert not window.rows.others.isVisible()

    spy.show(sample.with_calls(sample.TALKING, sample.HELD, sample.DIALLING, current="c1"))

    assert window.rows.others.isVisible()


def test_nothing_ticks_while_nothing_counts(open_bar, look: Look) -> None:
    window, spy = open_bar(replace(sample.OFF, agent=AgentStatus(AgentState.CTI_OFF)))
    assert not look.ticker.running
    spy.show(TALK)
    assert look.ticker.running
    spy.show(replace(sample.OFF, agent=AgentStatus(AgentState.CTI_OFF)))
    assert not look.ticker.running
    assert window.isVisible()


def test_a_hidden_bar_does_not_tick_for_the_agents_state(open_bar, look: Look) -> None:
    window, _spy = open_bar(sample.READY)
    assert look.ticker.running
    window.hide()
    assert not look.ticker.running
    window.show()
    assert look.ticker.running


def test_a_call_timer_counts_each_second(open_bar, look: Look, clocks: ManualClocks) -> None:
    window, _spy = open_bar(TALK)
    assert window.bar.call.timer.text() == "02:31"
    clocks.now_s += 1
    look.ticker.ticked.emit()
    assert window.bar.call.timer.text() == "02:32"


def test_without_a_tray_closing_the_bar_minimises_it(open_bar) -> None:
    window, _spy = open_bar()
    window.close()
    assert window.isMinimized()

    window.bring_up()
    window.set_tray_is_there(True)
    window.close()
    assert not window.isVisible()


def test_the_end_of_the_session_is_not_held_up_by_the_bar(open_bar) -> None:
    window, _spy = open_bar()
    window.let_close()
    assert window.close()


def test_the_pill_holds_state_caller_and_the_two_buttons_at_their_order(open_bar) -> None:
    window, _spy = open_bar(TALK)
    window.place.set_compact(True)
    buttons = window.pill.buttons
    visible = [button for button in buttons.findChildren(QAbstractButton) if button.isVisible()]

    assert window.width() < 480
    assert visible == [buttons.answer, buttons.hang_up]
    assert buttons.answer.x() < buttons.hang_up.x()


def test_a_screen_narrower_than_the_bar_gets_the_pill(open_bar, monkeypatch) -> None:
    monkeypatch.setattr("agent_toolbar.ui.window_place.WindowPlace._available", lambda _self: QRect(0, 0, 480, 800))
    window, _spy = open_bar()

    assert window.pill.isVisible()
    assert not window.bar.isVisible()


def test_why_a_call_failed_stands_where_the_call_was(open_bar) -> None:
    window, _spy = open_bar(sample.STATES["call-failed"])
    texts = [label.text() for label in window.bar.call.findChildren(QWidget) if hasattr(label, "text")]
    assert "Busy" in texts


def test_markup_in_a_callers_name_stays_text(open_bar) -> None:
    hostile = replace(sample.TALKING, contact=None, matches=())
    hostile = replace(hostile, call=replace(hostile.call, remote=replace(hostile.call.remote, name="<b>x</b>&lt;")))
    window, _spy = open_bar(sample.with_calls(hostile, sample.HELD, current="c1"))
    name = window.bar.call.name

    assert name.text() == "<b>x</b>&lt;"
    assert name.textFormat() is Qt.TextFormat.PlainText
    assert "<b>" not in window.bar.buttons.hang_up.toolTip()


def test_text_of_twice_the_size_is_not_clipped(open_bar, shared_parts, qtbot) -> None:
    window, _spy = open_bar(TALK_AND_HELD)
    usual = window.bar.buttons.answer.width()
    shared_parts.theme.use_text_size(26)
    try:
        window.setGeometry(0, 0, 2000, window.height())
        settle()
        labels = [label for label in window.findChildren(QWidget) if hasattr(label, "text_width") and label.isVisible()]
        assert window.bar.buttons.answer.width() > usual
        assert labels
        assert [label.text() for label in labels if label.height() < label.fontMetrics().height()] == []
    finally:
        shared_parts.theme.use_text_size(13)


def test_a_call_that_came_from_a_colleague_tells_its_story_in_the_bar(open_bar) -> None:
    window, _spy = open_bar(transfers.STORIES["story"])
    texts = [label.text() for label in window.bar.call.findChildren(QWidget) if hasattr(label, "text_width")]
    assert any("From Alice (1001)" in text for text in texts)
    assert "Hugo (1005): took the call" in window.bar.call.toolTip()


def test_a_call_that_is_being_reconnected_says_so_and_then_that_it_is_back(
    open_bar, look: Look, clocks: ManualClocks
) -> None:
    window, spy = open_bar(transfers.STORIES["reconnecting"])
    standing = window.bar.call.findChildren(PlainLabel)
    assert "Reconnecting…" in [label.text() for label in standing]
    assert window.bar.buttons.hang_up.isEnabled()
    assert "being reconnected" in window.bar.buttons.hold.toolTip()
    spy.show(transfers.STORIES["reconnected"])
    assert "Reconnected" in [label.text() for label in standing]

    clocks.now_s += RECONNECTED_SHOWN_S
    look.ticker.ticked.emit()

    assert "Reconnected" not in [label.text() for label in standing if label.isVisible()]


def test_a_handed_over_call_is_not_shown_as_a_failure(open_bar) -> None:
    window, _spy = open_bar(transfers.TRANSFERS["transfer-done"])
    assert "Handed over" in [label.text() for label in window.bar.call.findChildren(PlainLabel)]


def test_the_least_bar_is_640_pixels_wide_with_all_its_buttons(open_bar) -> None:
    window, _spy = open_bar(TALK)
    assert window.minimumWidth() <= tokens.MIN_BAR_WIDTH
