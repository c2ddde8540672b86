"""A link asks for a call: the bar says what, whom and why, and only the person's answer does anything."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_toolbar.domain.dial_request import AskReason
from agent_toolbar.domain.errors import CallError, LinkError
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.fakes.sample_requests import REQUESTS, asks
from tests.fakes.sample_states import MARIE, READY, STATES
from tests.fakes.toolbar import ToolbarSpy

CONFIRMED = [("confirm_dial_request",)]


@pytest.fixture
def spy() -> ToolbarSpy:
    return ToolbarSpy(READY)


@pytest.fixture
def bar(look: Look, spy: ToolbarSpy, qtbot) -> ToolbarWindow:
    window = ToolbarWindow(spy, look)
    qtbot.addWidget(window)
    spy.watch(window.show_state)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def orders(spy: ToolbarSpy) -> list[object]:
    return [order for order in spy.asked if order[0] != "suggest"]


def owner(bar: ToolbarWindow) -> QWidget | None:
    return bar.focusWidget()


def test_the_question_names_number_contact_country_and_who_asks(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    spy.show(REQUESTS["page-asks"])
    words = bar.rows.request.text.text()

    assert bar.rows.request.isVisible()
    for part in (MARIE.name, MARIE.company, "01 45 67 89 01", "France", "crm.example.com"):
        assert part in words
    assert bar.bar.dial.text() == "01 45 67 89 01"
    assert MARIE.name in bar.rows.request.accessibleName()
    assert orders(spy) == []


@pytest.mark.parametrize("reason", [reason for reason in AskReason if reason is not AskReason.SETTINGS])
def test_what_is_unusual_is_said(bar: ToolbarWindow, spy: ToolbarSpy, reason: AskReason) -> None:
    spy.show(asks("+33145678901"))
    usual = bar.rows.request.text.text()
    spy.show(asks("+33145678901", reason))

    assert len(bar.rows.request.text.text()) > len(usual) + 10


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_one_key_on_the_button_calls(bar: ToolbarWindow, spy: ToolbarSpy, key: Qt.Key) -> None:
    spy.show(REQUESTS["link-contact"])
    assert owner(bar) is bar.rows.request.call

    QTest.keyClick(bar.rows.request.call, key)
    assert orders(spy) == CONFIRMED


def test_enter_on_the_other_button_leaves_it(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    spy.show(REQUESTS["link-contact"])
    bar.rows.request.leave.setFocus()
    QTest.keyClick(bar.rows.request.leave, Qt.Key.Key_Return)

    assert orders(spy) == [("dismiss_dial_request",)]


@pytest.mark.parametrize("place", ["button", "field"])
def test_a_key_that_is_still_down_from_the_page_calls_nobody(bar: ToolbarWindow, spy: ToolbarSpy, place: str) -> None:
    spy.show(REQUESTS["link-contact"])
    receiver = bar.rows.request.call if place == "button" else bar.bar.dial
    receiver.setFocus()
    key = int(Qt.Key.Key_Return)
    QApplication.sendEvent(
        receiver, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "\r", True, 1)
    )

    assert orders(spy) == []


def test_enter_in_the_dial_field_calls(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    spy.show(REQUESTS["link-contact"])
    bar.bar.dial.setFocus()
    QTest.keyClick(bar.bar.dial, Qt.Key.Key_Return)

    assert orders(spy) == CONFIRMED


def test_a_number_that_was_changed_in_the_field_is_dialled_as_typed(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    spy.show(REQUESTS["link-contact"])
    bar.bar.dial.setFocus()
    bar.bar.dial.end(False)
    QTest.keyClick(bar.bar.dial, Qt.Key.Key_Backspace)
    QTest.keyClick(bar.bar.dial, Qt.Key.Key_Return)

    assert orders(spy) == [("dial", "01 45 67 89 0")]


@pytest.mark.parametrize("by_key", [True, False])
def test_escape_and_the_other_button_leave_it(bar: ToolbarWindow, spy: ToolbarSpy, by_key: bool) -> None:
    spy.show(REQUESTS["link-contact"])
    if by_key:
        QTest.keyClick(bar, Qt.Key.Key_Escape)
    else:
        bar.rows.request.leave.click()

    assert orders(spy) == [("dismiss_dial_request",)]


def test_escape_in_the_dial_field_leaves_it(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    spy.show(REQUESTS["link-contact"])
    bar.bar.dial.setFocus()
    QTest.keyClick(bar.bar.dial, Qt.Key.Key_Escape)

    assert orders(spy) == [("dismiss_dial_request",)]


def test_what_stood_in_the_dial_field_comes_back(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    bar.bar.dial.setText("06 12")
    spy.show(REQUESTS["link-contact"])
    assert bar.bar.dial.text() == "01 45 67 89 01"
    spy.show(asks("+33199001234", request_id="request2"))
    assert bar.bar.dial.text() == "01 99 00 12 34"

    spy.show(READY)
    assert bar.bar.dial.text() == "06 12"
    assert not bar.rows.request.isVisible()


def test_whoever_types_in_the_dial_field_goes_on_typing(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    bar.bar.dial.setFocus()
    QTest.keyClicks(bar.bar.dial, "06 1")
    spy.show(REQUESTS["link-premium"])
    QTest.keyClicks(bar.bar.dial, "2")

    assert (bar.bar.dial.text(), owner(bar)) == ("06 12", bar.bar.dial)
    QTest.keyClick(bar.bar.dial, Qt.Key.Key_Return)
    assert orders(spy) == [("dial", "06 12")]


def test_whoever_is_at_a_button_keeps_the_keyboard(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    bar.bar.history.setFocus()
    spy.show(REQUESTS["link-contact"])

    assert owner(bar) is bar.bar.history


def test_a_newer_question_takes_the_place_and_is_read_out(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    spy.show(REQUESTS["link-contact"])
    spy.show(asks("0899701234", AskReason.PREMIUM, request_id="request2"))

    assert "0 899 70 12 34" in bar.rows.request.accessibleName()
    assert MARIE.name not in bar.rows.request.text.text()


def test_the_dead_time_is_silent_and_other_refusals_are_told(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    spy.show(REQUESTS["link-contact"])
    spy.refuses = LinkError("link_just_appeared")
    bar.rows.request.call.click()
    assert not bar.messages.has_something

    spy.refuses = CallError("lines_full")
    bar.rows.request.call.click()
    assert "four lines" in bar.messages.sentence
    assert bar.rows.request.isVisible()


def test_why_it_cannot_be_called_now_is_said(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    spy.show(REQUESTS["link-cti-off"])

    assert not bar.rows.request.call.isEnabled()
    assert "CTI is off" in bar.rows.request.text.text()


def test_the_button_gets_the_keyboard_once_a_call_can_be_made(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    asked = asks("+33145678901")
    spy.show(replace(asked, registration=STATES["registering"].registration))
    assert owner(bar) is not bar.rows.request.call

    spy.show(asked)

    assert owner(bar) is bar.rows.request.call


def test_who_is_about_to_say_no_stays_there(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    asked = asks("+33145678901")
    spy.show(replace(asked, registration=STATES["registering"].registration))
    bar.rows.request.leave.setFocus()

    spy.show(asked)

    assert owner(bar) is bar.rows.request.leave


def test_the_keyboard_does_not_slip_to_another_button_when_it_is_over(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    spy.show(REQUESTS["link-contact"])
    spy.show(READY)

    assert owner(bar) is bar.bar.dial


def test_the_pill_shows_it_too(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    bar.place.set_compact(True)
    spy.show(REQUESTS["link-contact"])

    assert bar.rows.request.isVisible()
