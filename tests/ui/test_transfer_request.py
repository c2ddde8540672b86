"""Somebody in a call asks to be called elsewhere: the bar asks, and only the agent's answer does anything."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.errors import CallError
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.fakes import sample_transfers as transfers
from tests.fakes.toolbar import ToolbarSpy

TALK = transfers.TALKING_TO_CUSTOMER


def asking(target: str = "1003", state: ToolbarState = TALK) -> ToolbarState:
    view = state.calls[0]
    return replace(state, calls=(replace(view, call=replace(view.call, transfer_request=target)), *state.calls[1:]))


@pytest.fixture
def bar(look: Look, qtbot) -> tuple[ToolbarWindow, ToolbarSpy]:
    spy = ToolbarSpy(TALK)
    window = ToolbarWindow(spy, look)
    qtbot.addWidget(window)
    spy.watch(window.show_state)
    window.show()
    return window, spy


def test_the_bar_says_who_wants_to_be_called_where(bar) -> None:
    window, spy = bar
    spy.show(asking())
    assert window.rows.messages.isVisible()
    words = window.rows.messages.sentence
    assert TALK.calls[0].title in words
    assert "1003" in words
    assert spy.names_asked() == []


def test_yes_calls_there(bar) -> None:
    window, spy = bar
    spy.show(asking())
    window.rows.messages.first.click()
    assert spy.asked == [("answer_transfer_request", True, TALK.calls[0].call.id)]


@pytest.mark.parametrize("by_key", [True, False])
def test_no_and_escape_both_decline(bar, by_key: bool) -> None:
    window, spy = bar
    spy.show(asking())
    if by_key:
        QTest.keyClick(window, Qt.Key.Key_Escape)
    else:
        window.rows.messages.second.click()
    assert spy.asked == [("answer_transfer_request", False, TALK.calls[0].call.id)]


def test_it_is_asked_once_and_takes_no_keyboard(bar) -> None:
    window, spy = bar
    before = window.focusWidget()
    spy.show(asking())
    assert window.focusWidget() is before
    window.rows.messages.second.click()
    spy.show(replace(asking(), missed=3))
    assert not window.rows.messages.has_something


def test_a_costly_place_is_asked_about_once_more(bar) -> None:
    window, spy = bar
    spy.show(asking("3615"))
    spy.refuses = CallError("target_asks", number="3615", risk="premium")
    window.rows.messages.first.click()
    window.rows.messages.first.click()
    assert spy.asked == [("answer_transfer_request", True, TALK.calls[0].call.id, "confirmed")]
