from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from agent_toolbar.application.ports.settings import BarPlace, Settings, WindowSettings
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.transfer import TransferKind, TransferOutcome, TransferState
from agent_toolbar.ui.call_drag import CALL_FORMAT
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.fakes import sample_states as sample
from tests.fakes import sample_transfers as transfers
from tests.fakes.sample_transfers import TRANSFERS, blind, conference, ended, handing_over, transfer
from tests.fakes.toolbar import ToolbarSpy
from tests.ui.conftest import ManualClocks

FLOATING = Settings(window=WindowSettings(place=BarPlace.FLOATING))
TALK = transfers.TALKING_TO_CUSTOMER
Opened = tuple[ToolbarWindow, ToolbarSpy]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def open_bar(look: Look, qtbot) -> Iterator[Callable[..., Opened]]:
    opened: list[ToolbarWindow] = []

    def open_one(state: ToolbarState = TALK) -> Opened:
        spy = ToolbarSpy(state, FLOATING)
        spy.targets = dict(transfers.TARGETS)
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


def press(window: ToolbarWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifiers)


def shown_words(row: QWidget) -> list[str]:
    buttons = [button for button in row.findChildren(QAbstractButton) if button.isVisible()]
    return [button.accessibleName() for button in buttons if button.accessibleName() and button.height() == 32]


# ------------------------------------------------------------------ to whom


def test_the_key_opens_the_field_and_enter_hands_over_to_the_colleague_that_was_typed(open_bar) -> None:
    window, spy = open_bar()
    press(window, Qt.Key.Key_T, CTRL)
    QTest.keyClicks(window.focusWidget(), "paul")
    assert window.rows.transfer.chooser.hand_over.accessibleName() == "Hand over to Paul Martin (1002)"
    press(window, Qt.Key.Key_Return)

    assert spy.asked == [("transfer", "1002", "c1")]
    assert window.rows.transfer.chooser.field.text() == ""


def test_the_consult_key_asks_whoever_the_field_says(open_bar) -> None:
    window, spy = open_bar()
    press(window, Qt.Key.Key_T, CTRL)
    QTest.keyClicks(window.focusWidget(), "lea")
    press(window, Qt.Key.Key_T, CTRL | SHIFT)

    assert spy.asked == [("consult", "1003", "c1")]


def test_opened_by_the_consult_key_enter_asks_first(open_bar) -> None:
    window, spy = open_bar()
    press(window, Qt.Key.Key_T, CTRL | SHIFT)
    QTest.keyClicks(window.focusWidget(), "paul")
    press(window, Qt.Key.Key_Return)

    assert spy.asked == [("consult", "1002", "c1")]


def test_a_typed_number_goes_where_it_says_and_not_to_a_colleague_that_begins_like_it(open_bar) -> None:
    window, spy = open_bar()
    spy.targets["100"] = transfers.TransferTarget("100", "", "100")
    window.rows.open_transfer()
    QTest.keyClicks(window.focusWidget(), "100")
    press(window, Qt.Key.Key_Return)

    assert spy.asked == [("transfer", "100", "c1")]


def test_colleagues_stand_first_with_what_their_telephones_do_and_a_busy_one_can_be_chosen(open_bar) -> None:
    window, spy = open_bar()
    spy.suggestions = (sample.MARIE,)
    window.rows.open_transfer()
    chooser = window.rows.transfer.chooser
    lines, _selected = chooser.field.lines()
    assert [(line.title, line.detail) for line in lines] == [
        ("Paul Martin", "Free"),
        ("Léa Nguyen", "Busy"),
        ("Alice Moreau", "Ringing"),
        ("Comptabilité", "Unknown"),
    ]
    QTest.keyClicks(chooser.field, "m")
    assert [line.title for line in chooser.field.lines()[0]] == ["Paul Martin", "Alice Moreau", "Marie Dupont"]

    chooser.field.pick(lines[1])
    chooser.hand_over.click()

    assert spy.asked == [("transfer", "1003", "c1")]


def test_going_on_to_the_buttons_takes_the_line_that_was_selected(open_bar) -> None:
    window, spy = open_bar()
    window.rows.open_transfer()
    QTest.keyClicks(window.focusWidget(), "paul")
    QTest.mouseClick(window.rows.transfer.chooser.ask, Qt.MouseButton.LeftButton)

    assert spy.asked == [("consult", "1002", "c1")]


def test_what_leads_nowhere_is_said_and_not_sent(open_bar) -> None:
    window, spy = open_bar()
    window.rows.open_transfer()
    QTest.keyClicks(window.focusWidget(), "zzz")
    press(window, Qt.Key.Key_Return)

    assert spy.asked == []
    assert "Neither a colleague nor a number" in window.messages.sentence
    assert "Neither" in window.rows.transfer.chooser.hand_over.toolTip()


def test_escape_closes_the_list_then_the_panel_and_keeps_what_was_typed(open_bar) -> None:
    window, _spy = open_bar()
    window.rows.open_transfer()
    QTest.keyClicks(window.focusWidget(), "paul")
    press(window, Qt.Key.Key_Escape)
    assert window.rows.transfer.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert not window.rows.transfer.isVisible()

    window.rows.open_transfer()

    assert window.rows.transfer.chooser.field.text() == "paul"


def test_the_panel_stays_with_the_call_that_it_was_opened_for(open_bar) -> None:
    window, spy = open_bar()
    window.rows.open_transfer()
    spy.show(replace(transfers.TWO_CALLS, current="c2"))
    window.orders.handover.transfer("1002", window.rows.transfer.chooser.call_id)

    assert spy.asked == [("transfer", "1002", "c1")]


def test_the_panel_goes_with_its_call(open_bar) -> None:
    window, spy = open_bar()
    window.rows.open_transfer()
    high = window.height()
    spy.show(sample.READY)

    assert not window.rows.transfer.isVisible()
    assert window.height() < high


def test_a_star_puts_a_colleague_first(open_bar) -> None:
    window, spy = open_bar()
    window.rows.open_transfer()
    field = window.rows.transfer.chooser.field
    field.offer()
    view = field.suggestions.view
    row = view.visualRect(view.model().index(2, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row.right() - 20, row.center().y()))
    field.pick(field.lines()[0][0])
    window.rows.transfer.chooser.star.click()

    assert spy.asked == [
        ("set_favourite", "1001", True, "Alice Moreau"),
        ("set_favourite", "1002", False, "Paul Martin"),
    ]


def test_a_target_that_may_cost_asks_by_number_and_goes_only_when_confirmed(open_bar) -> None:
    window, spy = open_bar()
    spy.targets["3615"] = transfers.TransferTarget("3615", "", "3615")
    window.rows.open_transfer()
    QTest.keyClicks(window.focusWidget(), "3615")
    spy.refuses = CallError("target_asks", number="3615", risk="premium")
    press(window, Qt.Key.Key_Return)
    assert spy.asked == []
    assert window.messages.sentence.startswith("3615 is a number that may cost extra")
    assert window.rows.transfer.chooser.field.text() == "3615"

    window.messages.first.click()

    assert spy.asked == [("transfer", "3615", "c1", "confirmed")]
    assert window.rows.transfer.chooser.field.text() == ""


# ------------------------------------------------------------------ under way


def test_the_seconds_are_counted_and_announced_only_once(open_bar, clocks: ManualClocks, qtbot) -> None:
    window, spy = open_bar()
    spy.show(blind(TransferState.UNDOABLE, began_s=clocks.now_s, deadline_s=clocks.now_s + 3))
    course = window.rows.transfer.course
    said = course.accessibleName()
    assert course.sentence.text() == "Handing Marie Dupont over to Paul Martin (1002) in 3 s"

    clocks.now_s += 1.2
    qtbot.waitUntil(lambda: course.sentence.text().endswith("in 2 s"))

    assert course.accessibleName() == said


def test_escape_undoes_what_can_still_be_undone(open_bar) -> None:
    window, spy = open_bar()
    spy.show(TRANSFERS["transfer-undoable"])
    press(window, Qt.Key.Key_Escape)

    assert spy.asked == [("undo",)]


def test_now_does_not_wait_for_the_seconds(open_bar) -> None:
    window, spy = open_bar(TRANSFERS["transfer-undoable"])
    window.rows.transfer.course.now.click()
    assert spy.asked == [("transfer", "", "", "now")]


def test_whoever_worked_in_the_panel_by_keys_goes_on_at_the_safe_button(open_bar) -> None:
    window, spy = open_bar()
    window.rows.open_transfer()
    spy.show(TRANSFERS["transfer-undoable"])
    assert window.focusWidget() is window.rows.transfer.course.undo
    spy.show(TRANSFERS["consult-talking"])
    assert window.focusWidget() is window.rows.transfer.course.take_back


def test_a_transfer_ordered_elsewhere_opens_the_panel_and_takes_no_keyboard(open_bar) -> None:
    window, spy = open_bar()
    window.bar.dial.setFocus()
    spy.show(TRANSFERS["transfer-ringing"])

    assert window.rows.transfer.course.isVisible()
    assert window.focusWidget() is window.bar.dial


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("transfer-undoable", ["Undo", "Now"]),
        ("transfer-ringing", ["Take back"]),
        ("transfer-taking-back", []),
        ("transfer-busy", ["Hand over to somebody else"]),
        ("transfer-done", []),
        ("consult-calling", ["Hand over now", "Back to Marie Dupont"]),
        ("consult-talking", ["Hand over", "Swap", "Conference", "Back to Marie Dupont"]),
        ("consult-with-customer", ["Hand over", "Swap", "Conference", "Back to Marie Dupont"]),
        ("consult-joining", ["Take back"]),
    ],
)
def test_each_state_offers_just_what_can_be_done(open_bar, name: str, words: list[str]) -> None:
    window, _spy = open_bar(TRANSFERS[name])
    assert [word for word in shown_words(window.rows.transfer) if not word.startswith("Close")] == words


@pytest.mark.parametrize(
    ("key", "modifiers", "order"),
    [
        (Qt.Key.Key_Return, CTRL | SHIFT, ("complete",)),
        (Qt.Key.Key_S, CTRL | SHIFT, ("swap",)),
        (Qt.Key.Key_B, CTRL | SHIFT, ("take_back",)),
        (Qt.Key.Key_C, CTRL | SHIFT, ("conference",)),
    ],
)
def test_a_consultation_is_led_by_keys(open_bar, key, modifiers, order) -> None:
    window, spy = open_bar(TRANSFERS["consult-talking"])
    press(window, key, modifiers)
    assert spy.asked == [order]


def test_its_keys_pressed_in_vain_say_why(open_bar) -> None:
    window, spy = open_bar()
    press(window, Qt.Key.Key_S, CTRL | SHIFT)
    assert spy.asked == []
    assert window.messages.sentence == "You are not asking anybody about a call now."


def test_a_consultation_is_led_by_its_buttons(open_bar) -> None:
    window, spy = open_bar(TRANSFERS["consult-talking"])
    course = window.rows.transfer.course
    for button in (course.complete, course.swap, course.conference, course.take_back):
        button.click()
    assert spy.names_asked() == ["complete", "swap", "conference", "take_back"]


def test_each_party_of_a_conference_can_be_silenced_and_dropped(open_bar) -> None:
    window, spy = open_bar(conference())
    customer, second = window.rows.transfer.course.parties
    assert (customer.name.text(), second.name.text()) == ("Marie Dupont", "Paul Martin")

    customer.silence.click()
    second.end.click()

    assert spy.asked == [("silence", "c1", True), ("hang_up", "c9")]


def test_a_conference_for_want_of_a_transfer_says_so(open_bar) -> None:
    window, _spy = open_bar(TRANSFERS["conference-after-refusal"])
    assert window.rows.transfer.course.sentence.text() == (
        "The telephone system refused to hand over. You are all three in a conference."
    )


def test_hanging_up_in_a_conference_means_both_and_asks_by_name(open_bar) -> None:
    window, spy = open_bar(conference())
    spy.refuses = CallError("hang_up_cuts_customer", name="Marie Dupont, Paul Martin")
    window.bar.buttons.hang_up.click()
    assert spy.asked == []
    assert window.messages.sentence == "Hanging up now cuts off Marie Dupont, Paul Martin."

    window.messages.first.click()

    assert spy.asked == [("hang_up", "", "confirmed")]


def test_a_question_about_a_call_goes_with_that_call(open_bar) -> None:
    window, spy = open_bar(TRANSFERS["consult-with-customer"])
    spy.refuses = CallError("hang_up_cuts_customer", name="Marie Dupont")
    window.bar.buttons.hang_up.click()
    assert window.messages.isVisible()

    spy.show(
        handing_over(transfer(TransferState.DONE, outcome=TransferOutcome.CUSTOMER_GONE), transfers.consultation())
    )

    assert not window.messages.isVisible()


def test_the_outcome_closes_by_itself(open_bar) -> None:
    window, spy = open_bar(ended(TransferOutcome.BUSY, sample.TALKING))
    assert window.rows.transfer.course.sentence.text() == "Paul Martin is busy. You are talking to Marie Dupont again."

    spy.show(TALK)

    assert not window.rows.transfer.isVisible()


def test_after_a_failure_the_customer_can_go_to_somebody_else_at_once(open_bar) -> None:
    window, spy = open_bar(ended(TransferOutcome.BUSY, sample.TALKING))
    window.rows.transfer.course.another.click()
    QTest.keyClicks(window.focusWidget(), "alice")
    press(window, Qt.Key.Key_Return)

    assert spy.asked == [("transfer", "1001", "c1")]


def test_a_line_that_was_closed_opens_again_when_the_transfer_has_come_further(open_bar) -> None:
    window, spy = open_bar(TRANSFERS["transfer-ringing"])
    press(window, Qt.Key.Key_Escape)
    assert not window.rows.transfer.isVisible()
    spy.show(replace(TRANSFERS["transfer-ringing"], missed=1))
    assert not window.rows.transfer.isVisible()

    spy.show(TRANSFERS["transfer-busy"])

    assert window.rows.transfer.isVisible()


def test_the_key_brings_back_a_transfer_whose_line_was_closed(open_bar) -> None:
    window, _spy = open_bar(TRANSFERS["consult-talking"])
    window.rows.escape()
    press(window, Qt.Key.Key_T, CTRL)
    assert window.rows.transfer.course.isVisible()
    assert window.focusWidget() is window.rows.transfer.course.take_back


def test_the_pill_shows_a_transfer_too(open_bar) -> None:
    window, spy = open_bar()
    window.place.set_compact(True)
    spy.show(TRANSFERS["transfer-undoable"])
    assert window.rows.transfer.course.undo.isVisible()


# ------------------------------------------------------------------ two calls, a ringing call


def test_two_calls_are_joined_by_the_panel(open_bar) -> None:
    window, spy = open_bar(transfers.TWO_CALLS)
    window.rows.open_transfer()
    join = window.rows.transfer.join
    assert join.caption.text() == "Or connect Jérôme Lefèvre-Özdemir with Marie Dupont:"
    join.join.click()
    join.conference.click()

    assert spy.names_asked() == ["complete", "conference"]


def drop(target: QWidget, call_id: str) -> bool:
    """What Qt sends when a dragged call enters `target` and is let go there."""
    carried = QMimeData()
    carried.setData(CALL_FORMAT, call_id.encode())
    held = (carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(5, 5), Qt.DropAction.LinkAction, *held))
    dropped = QDropEvent(QPointF(5, 5), Qt.DropAction.LinkAction, *held)
    QApplication.sendEvent(target, dropped)
    return dropped.isAccepted()


def test_a_call_dropped_on_another_is_connected_with_it(open_bar) -> None:
    window, spy = open_bar(transfers.TWO_CALLS)
    assert drop(window.bar.call, "c2")
    assert drop(window.rows.others.rows[0], "c1")
    assert spy.asked == [("join", "c2", "c1"), ("join", "c1", "c2")]


def test_a_ringing_call_is_not_connected_by_dropping(open_bar) -> None:
    window, spy = open_bar(sample.with_calls(sample.TALKING, sample.RINGING_JEROME, current="c1"))
    drop(window.bar.call, "c2")
    assert spy.asked == []
    assert window.messages.sentence == "The call is not connected yet."


def test_a_ringing_call_is_sent_on_and_answering_it_meanwhile_loses_nothing(open_bar) -> None:
    ringing = replace(sample.with_calls(sample.RINGING_MARIE), colleagues=transfers.COLLEAGUES)
    window, spy = open_bar(ringing)
    window.send_on("c1")
    QTest.keyClicks(window.focusWidget(), "paul")
    chooser = window.rows.transfer.chooser
    assert chooser.hand_over.accessibleName() == "Send to Paul Martin (1002)"
    assert not chooser.ask.isVisible()
    press(window, Qt.Key.Key_Return)
    assert spy.asked == [("redirect", "1002", "c1")]

    window.send_on("c1")
    QTest.keyClicks(window.focusWidget(), "alice")
    spy.show(TALK)

    assert chooser.isVisible()
    assert chooser.hand_over.accessibleName() == "Hand over to Alice Moreau (1001)"


def test_the_calls_of_a_transfer_do_not_open_the_list_of_calls(open_bar) -> None:
    window, spy = open_bar()
    spy.show(TRANSFERS["consult-talking"])
    assert not window.rows.others.isVisible()


def test_the_transfer_button_says_why_it_cannot(open_bar) -> None:
    window, _spy = open_bar(sample.with_calls(sample.DIALLING))
    button = window.bar.buttons.transfer
    assert not button.isEnabled()
    assert "not connected yet" in button.toolTip()
    press(window, Qt.Key.Key_T, CTRL)
    assert window.messages.sentence == "The call is not connected yet."


def test_a_blind_transfer_without_a_customer_in_talk_says_that_the_customer_waits(open_bar) -> None:
    held = replace(sample.TALKING, call=replace(sample.TALKING.call, held=True))
    made = transfer(TransferState.DONE, TransferKind.BLIND, outcome=TransferOutcome.NO_ANSWER)
    window, _spy = open_bar(handing_over(made, held))
    assert window.rows.transfer.course.sentence.text() == "Paul Martin did not answer. Marie Dupont is on hold."
    assert held.call.state is CallState.CONNECTED
