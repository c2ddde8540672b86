"""The row that puts a wrong number right: what it shows, what it asks for, and that nothing is written by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.number_case import NumberCaseView
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.errors import NumberError
from agent_toolbar.domain.number_correction import CorrectionKind
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.history_window import HistoryWindow
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.number_row import NumberRow
from agent_toolbar.ui.outbox_window import OutboxWindow
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.fakes.sample_history import RECORDS
from tests.fakes.sample_numbers import (
    DONE,
    HALF,
    NOT_GIVEN,
    NUMBERS,
    OUTBOX,
    OVERTAKEN,
    PAUL,
    PROPOSED,
    SEVERAL,
    TYPED,
)
from tests.fakes.sample_states import READY
from tests.fakes.toolbar import ToolbarSpy


@pytest.fixture(autouse=True)
def _in_english(qapp: QApplication) -> None:
    Translation(qapp).use("en")


@pytest.fixture
def spy() -> ToolbarSpy:
    return ToolbarSpy(READY)


@pytest.fixture
def bar(qtbot, look: Look, spy: ToolbarSpy) -> ToolbarWindow:
    window = ToolbarWindow(spy, look)
    qtbot.addWidget(window)
    spy.watch(window.show_state)
    window.resize(1200, window.height())
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def showing(case: NumberCaseView) -> ToolbarState:
    return replace(READY, number_case=case)


def opened(bar: ToolbarWindow, spy: ToolbarSpy, case: NumberCaseView) -> NumberRow:
    spy.show(showing(case))
    return bar.rows.number


def test_a_proposal_opens_the_row_and_takes_no_keyboard(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    focused = bar.focusWidget()
    row = opened(bar, spy, PROPOSED)

    assert row.isVisible()
    assert bar.focusWidget() is focused
    assert row.caption.text() == "01 45 67 89 01 of Marie Dupont does not exist, says the telephone system (404)"
    assert row.places.text() == "Your contacts: will be changed · Tryton: will be changed"
    assert (row.correct.isEnabled(), row.retire.isEnabled()) == (False, True)
    assert row.correct.accessibleDescription() == "Type the right number."
    assert spy.asked == []


def test_what_is_typed_is_checked_and_both_numbers_are_seen_before_anything_is_written(
    bar: ToolbarWindow, spy: ToolbarSpy
) -> None:
    row = opened(bar, spy, PROPOSED)
    row.begin()
    QTest.keyClicks(row.field, "01")
    assert spy.asked == [("edit_number", {"typed": "0"}), ("edit_number", {"typed": "01"})]

    spy.show(showing(HALF))
    assert row.preview.text() == "“01 40 50” is not a whole telephone number."
    spy.show(showing(TYPED))
    assert row.preview.text() == "01 45 67 89 01 → 01 40 50 60 70"
    assert row.correct.isEnabled()
    assert "apply_number" not in spy.names_asked()


def test_enter_corrects_only_what_can_be_corrected(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    row = opened(bar, spy, HALF)
    row.begin()
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert spy.asked == []
    spy.show(showing(TYPED))
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert spy.asked == [("apply_number", CorrectionKind.CORRECT)]


def test_each_button_does_what_it_says(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    row = opened(bar, spy, TYPED)
    row.correct.click()
    row.retire.click()
    row.leave.click()
    assert spy.asked == [
        ("apply_number", CorrectionKind.CORRECT),
        ("apply_number", CorrectionKind.RETIRE),
        ("close_number",),
    ]


def test_escape_leaves_the_number_as_it_is(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    opened(bar, spy, TYPED)
    bar.rows.escape()
    assert spy.asked == [("close_number",)]


def test_one_of_several_contacts_is_chosen_by_keyboard(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    row = opened(bar, spy, SEVERAL)
    assert not row.correct.isEnabled()
    assert not row.retire.isEnabled()
    row.contact.setFocus()
    QTest.keyClick(row.contact, Qt.Key.Key_Down)
    assert spy.asked == [("edit_number", {"contact_id": 1})]


def test_the_number_goes_to_whom_the_person_chose(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    spy.suggestions = (PAUL,)
    row = opened(bar, spy, replace(TYPED, finding=NumberFinding.SOMEBODY_ELSE))
    assert row.give.isVisible()
    assert not row.give.isEnabled()
    row.owner.setFocus()
    QTest.keyClicks(row.owner.lineEdit(), "Paul")
    assert not row.give.isEnabled()
    QTest.keyClick(row.owner, Qt.Key.Key_Down)
    assert row.owner.currentText() == "Paul Martin · Garage Martin"
    assert row.give.isEnabled()
    row.give.click()
    assert spy.asked[-1] == ("apply_number", CorrectionKind.MOVE, "Paul Martin")


def test_the_finding_is_changed_in_the_row(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    row = opened(bar, spy, PROPOSED)
    row.finding.setFocus()
    QTest.keyClick(row.finding, Qt.Key.Key_Up)
    assert spy.asked == [("edit_number", {"finding": NumberFinding.SOMEBODY_ELSE})]


def test_the_result_is_told_until_it_is_closed(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    row = opened(bar, spy, DONE)
    assert row.places.text() == "Your contacts: changed · Tryton: changed"
    assert not row.field.isVisible()
    assert not row.correct.isVisible()
    spy.show(showing(OVERTAKEN))
    assert row.places.text() == (
        "Your contacts: changed · Tryton: not changed. "
        "The CRM has another number meanwhile (+33 1 40 50 60 99). Nothing was overwritten."
    )
    spy.show(showing(NOT_GIVEN))
    assert row.places.text() == (
        "Your contacts: changed · Tryton: half done. "
        "The number is taken away at the CRM, but could not be given to Paul Martin. Write it there."
    )
    row.close_button.click()
    assert spy.asked == [("close_number",)]


def test_a_refusal_is_told_and_what_was_typed_stays(bar: ToolbarWindow, spy: ToolbarSpy) -> None:
    row = opened(bar, spy, TYPED)
    spy.refuses = NumberError("correction_same", number="01 40 50 60 70")
    row.correct.click()
    assert row.field.text() == "01 40 50 60 70"
    assert row.isVisible()


@pytest.fixture
def history(qtbot, look: Look, spy: ToolbarSpy) -> HistoryWindow:
    spy.records = RECORDS
    window = HistoryWindow(look, spy)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.list.setCurrentIndex(window.model.index(1, 0))
    return window


def test_one_key_doubts_the_number_of_a_call_of_the_history(history: HistoryWindow, spy: ToolbarSpy) -> None:
    chosen = history.chosen
    assert chosen is not None
    QTest.keyClick(history.list, Qt.Key.Key_F2)
    assert spy.asked[-1] == ("doubt_number", chosen.id, chosen.number_finding, "in_history")
    assert not history.number.isVisible()

    spy.show(NUMBERS["number-typed"])  # opened below the bar
    assert not history.number.isVisible()
    spy.show(showing(replace(TYPED, in_history=True)))
    assert history.number.isVisible()
    history.number.begin()
    QTest.keyClick(history.number.field, Qt.Key.Key_Return)
    assert spy.asked[-1] == ("apply_number", CorrectionKind.CORRECT)
    QTest.keyClick(history.number.field, Qt.Key.Key_Escape)
    assert spy.asked[-1] == ("close_number",)
    assert history.isVisible()


def test_what_waits_is_told_with_both_numbers_and_can_be_discarded(qtbot, look: Look, spy: ToolbarSpy) -> None:
    spy.show(OUTBOX)
    window = OutboxWindow(look, spy)
    qtbot.addWidget(window)
    window.open_window()
    row = window.rows["number-1"]
    assert row._subject.text() == "Number: +33 1 45 67 89 01 becomes +33 1 40 50 60 70"
    assert not row.edit.isVisible()
    row.discard.click()
    assert row.question.text() == "The CRM then keeps the number it has."
    row.really.click()
    assert spy.asked[-1] == ("discard_outbox", "number-1")
