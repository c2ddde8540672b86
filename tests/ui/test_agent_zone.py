from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.ports.settings import BarPlace, Settings, WindowSettings
from agent_toolbar.application.toolbar_state import Remedy, ToolbarState
from agent_toolbar.domain.agent import AgentState, Agreement, Desired
from agent_toolbar.domain.errors import AgentError
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.fakes import sample_agents as agents
from tests.fakes import sample_states as sample
from tests.fakes.toolbar import ToolbarSpy
from tests.ui.conftest import ManualClocks

FLOATING = Settings(window=WindowSettings(place=BarPlace.FLOATING))
CTRL = Qt.KeyboardModifier.ControlModifier
Opened = tuple[ToolbarWindow, ToolbarSpy]


@pytest.fixture
def open_bar(look: Look, qtbot) -> Iterator[Callable[..., Opened]]:
    opened: list[ToolbarWindow] = []

    def open_one(state: ToolbarState = sample.READY) -> Opened:
        spy = ToolbarSpy(state, FLOATING)
        window = ToolbarWindow(spy, look, '{"width": 1080}')
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


def click_state(window: ToolbarWindow) -> None:
    QTest.mouseClick(window.bar.agent, Qt.MouseButton.LeftButton, pos=QPoint(12, 12))


def test_a_click_on_the_state_and_its_key_change_between_ready_and_not_ready(open_bar) -> None:
    window, spy = open_bar()
    click_state(window)
    spy.show(agents.away())
    click_state(window)
    QTest.keyClick(window, Qt.Key.Key_R, CTRL)

    assert spy.asked == [("set_ready", False), ("set_ready", True), ("set_ready", True)]


def test_the_arrow_opens_the_menu_by_mouse_and_keyboard(open_bar) -> None:
    window, spy = open_bar()
    agent = window.bar.agent
    QTest.mouseClick(agent.arrow, Qt.MouseButton.LeftButton)
    assert agent.menu.isVisible()
    agent.menu.close()
    agent.arrow.setFocus()
    QTest.keyClick(agent.arrow, Qt.Key.Key_Space)
    assert agent.menu.isVisible()
    QTest.keyClick(agent.menu, Qt.Key.Key_Escape)

    assert not agent.menu.isVisible()
    assert spy.asked == []


def test_a_reason_is_chosen_in_the_menu_by_keyboard(open_bar) -> None:
    window, spy = open_bar()
    window.bar.agent.open_menu()
    menu = window.bar.agent.menu
    for _step in range(4):  # Ready, Not ready, Break, Lunch
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)

    assert spy.asked == [("set_ready", False, "lunch")]


def test_the_menu_offers_every_reason_in_the_language_in_use(open_bar, qapp: QApplication) -> None:
    window, _spy = open_bar()
    translation = Translation(qapp)
    translation.use("fr")
    try:
        window.bar.agent.menu.refresh()
        words = [action.text() for action in window.bar.agent.menu.reasons.values()]
    finally:
        translation.use("en")
    assert words == ["Pause", "Déjeuner", "Réunion", "Formation", "Autre…"]


def test_the_reason_in_force_has_the_tick_and_its_word_stands_in_the_bar(open_bar) -> None:
    window, _spy = open_bar(agents.away())
    window.bar.agent.menu.refresh()
    menu = window.bar.agent.menu
    assert menu.reasons["lunch"].isChecked()
    assert not menu.ready.isChecked()
    assert window.bar.agent.accessibleName().startswith("Your state: Not ready: Lunch")


def test_a_reason_that_needs_a_note_asks_for_it_in_the_bar(open_bar) -> None:
    window, spy = open_bar()
    window.bar.agent.menu.reasons["other"].trigger()
    row = window.rows.reason_note
    assert row.isVisible()
    assert row.edit.hasFocus()
    QTest.keyClick(row.edit, Qt.Key.Key_Return)
    assert spy.asked == []

    QTest.keyClicks(row.edit, "fire drill")
    spy.show(replace(sample.READY, missed=1))
    QTest.keyClick(row.edit, Qt.Key.Key_Return)

    assert spy.asked == [("set_ready", False, "other", "fire drill")]
    assert not row.isVisible()


def test_escape_closes_the_question_for_a_note_and_keeps_what_was_typed(open_bar) -> None:
    window, spy = open_bar()
    window.orders.agent.choose(False, "other")
    QTest.keyClicks(window.focusWidget(), "fire")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not window.rows.reason_note.isVisible()
    window.orders.agent.choose(False, "other")

    assert window.rows.reason_note.edit.text() == "fire"
    assert spy.asked == []


def test_a_refused_reason_keeps_row_and_text(open_bar) -> None:
    window, spy = open_bar()
    window.orders.agent.choose(False, "other")
    QTest.keyClicks(window.focusWidget(), "fire")
    spy.refuses = AgentError("unknown_reason", reason="other")
    QTest.mouseClick(window.rows.reason_note.set_button, Qt.MouseButton.LeftButton)

    assert window.messages.sentence == "“other” is no reason of this toolbar. Your state stays."
    assert window.rows.reason_note.edit.text() == "fire"


@pytest.mark.parametrize(
    ("agreement", "words"),
    [
        (Agreement.PENDING, "Waiting for the telephone system to confirm"),
        (Agreement.PHONE_ONLY, "Phone only: the queue does not know"),
        (Agreement.UNCONFIRMED, "Told to the telephone system, which confirms nothing"),
    ],
)
def test_what_the_telephone_system_makes_of_it_is_told_apart_from_the_choice(open_bar, agreement, words) -> None:
    window, _spy = open_bar(agents.away(agreement=agreement))
    window.bar.agent.menu.refresh()
    assert words in window.bar.agent.toolTip()
    assert words in [action.text() for action in window.bar.agent.menu.actions()]


def test_a_confirmed_state_says_nothing_of_it(open_bar) -> None:
    window, _spy = open_bar(agents.away())
    assert "telephone system" not in window.bar.agent.toolTip()


def test_a_change_made_elsewhere_offers_both_ways(open_bar) -> None:
    window, spy = open_bar(agents.CHANGED_THERE)
    assert window.messages.sentence == "Your state was changed at the telephone system: not ready (Meeting)."
    QTest.mouseClick(window.messages.first, Qt.MouseButton.LeftButton)
    QTest.mouseClick(window.messages.second, Qt.MouseButton.LeftButton)
    assert spy.asked == [("remedy", Remedy.TELL_QUEUE), ("remedy", Remedy.ACCEPT_QUEUE)]


def test_a_state_that_was_not_confirmed_can_be_told_again(open_bar) -> None:
    window, spy = open_bar(agents.LOST)
    assert "has not confirmed your state: no answer" in window.messages.sentence
    assert window.messages.first.text() == "Set mine again"
    QTest.mouseClick(window.messages.first, Qt.MouseButton.LeftButton)
    assert spy.asked == [("remedy", Remedy.TELL_QUEUE)]


def test_what_follows_the_call_stands_beside_the_state_and_can_be_taken_back(open_bar) -> None:
    window, spy = open_bar(agents.AGENTS["after-call"])
    assert "then: Lunch" in window.bar.agent.accessibleName()
    QTest.keyClick(window, Qt.Key.Key_R, CTRL)
    assert spy.asked == [("set_ready", True)]


def test_in_a_call_that_a_wrap_up_follows_the_agent_counts_as_ready(open_bar) -> None:
    window, spy = open_bar(
        replace(
            sample.with_calls(sample.TALKING),
            agent=replace(agents.LUNCH, state=AgentState.ON_CALL, reason="", desired=Desired(False, "wrap-up")),
        )
    )
    QTest.keyClick(window, Qt.Key.Key_R, CTRL)
    assert spy.asked == [("set_ready", False)]


def test_a_pause_that_lasts_too_long_says_so(open_bar, clocks: ManualClocks) -> None:
    window, spy = open_bar(agents.away())
    assert "until" in window.bar.agent.toolTip()
    clocks.now_s = agents.LUNCH.overdue_s + 1
    spy.show(agents.away(note="late"))
    assert "its time was over at" in window.bar.agent.toolTip()


def test_todays_totals_hold_the_running_spell(open_bar, clocks: ManualClocks) -> None:
    window, _spy = open_bar(agents.away())
    clocks.now_s += 60
    window.bar.agent.menu.refresh()
    assert [action.text() for action in window.bar.agent.menu.totals] == [
        "Today: ready\t2:15:00",
        "In talk\t1:30:00",
        "Records\t15:00",
        "Not ready: Break\t14:00",
        "Not ready: Lunch\t51:12",
    ]


def test_out_of_a_wrap_up_the_menu_finishes_it_with_the_reason(open_bar) -> None:
    window, spy = open_bar(agents.wrapping_up())
    window.bar.agent.menu.refresh()
    window.bar.agent.menu.reasons["lunch"].trigger()
    assert spy.asked == [("finish_wrap_up", "not_ready", "lunch")]


def test_the_question_for_the_idle_agent_is_answered_by_one_button(open_bar, clocks: ManualClocks, look: Look) -> None:
    window, spy = open_bar()
    focused = window.focusWidget()
    spy.show(agents.IDLE)
    idle = window.rows.idle
    assert idle.sentence == "Are you still there? Without an answer you become not ready (Break) in 42 s."
    assert window.focusWidget() is focused
    clocks.now_s += 2
    look.ticker.ticked.emit()
    assert "in 40 s" in idle.sentence
    QTest.mouseClick(idle.first, Qt.MouseButton.LeftButton)
    spy.show(sample.READY)

    assert spy.asked == [("still_there",)]
    assert not idle.isVisible()
