from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from agent_toolbar.domain.errors import NumberError
from agent_toolbar.ui.dial_field import DialField
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.ring_guard import RingGuard
from agent_toolbar.ui.search_field import LONGEST
from tests.fakes import sample_states as sample
from tests.fakes.toolbar import ToolbarSpy

KLAUS, ANNA = sample.WEBER_TWO, sample.WEBER_ONE


@pytest.fixture
def spy() -> ToolbarSpy:
    return ToolbarSpy(sample.READY)


@pytest.fixture
def field(look: Look, spy: ToolbarSpy, qtbot) -> Iterator[DialField]:
    window = QWidget()
    dial = DialField(look, spy, Orders(spy, RingGuard(look.steady_s)))
    QVBoxLayout(window).addWidget(dial)
    window.resize(400, 80)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    dial.setFocus()
    dial.show_state(spy.state, "Ctrl+L")
    yield dial
    window.hide()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_enter_dials_the_number_as_it_was_typed_and_empties_the_field(field: DialField, spy: ToolbarSpy) -> None:
    QTest.keyClicks(field, "01 45 67 89 01")
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert spy.asked == [("dial", "01 45 67 89 01")]
    assert field.text() == ""


def test_what_would_be_dialled_is_shown_before(field: DialField) -> None:
    QTest.keyClicks(field, "0145")
    selected = field.suggestions.selected

    assert field.suggestions.isVisible()
    assert selected is not None
    assert selected.title == "Call 0145"


def test_a_name_offers_contacts_and_enter_dials_the_first(field: DialField, spy: ToolbarSpy) -> None:
    spy.suggestions = (ANNA, KLAUS)
    QTest.keyClicks(field, "web")
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert spy.asked == [("dial", ANNA.phone)]


def test_one_line_has_no_empty_row_below_it(field: DialField, spy: ToolbarSpy) -> None:
    spy.suggestions = (ANNA,)
    QTest.keyClicks(field, "web")
    view = field.suggestions.view
    (only,) = (view.visualRect(view.model().index(row, 0)) for row in range(view.model().rowCount()))

    assert view.viewport().height() == only.height()


def test_arrows_choose_another_line_and_what_was_typed_stays_until_then(field: DialField, spy: ToolbarSpy) -> None:
    spy.suggestions = (ANNA, KLAUS)
    QTest.keyClicks(field, "web")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "web"
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert spy.asked == [("dial", KLAUS.phone)]


def test_a_typed_number_is_dialled_and_not_a_contact_that_contains_it(field: DialField, spy: ToolbarSpy) -> None:
    spy.suggestions = (ANNA,)
    QTest.keyClicks(field, "204")
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert spy.asked == [("dial", "204")]


def test_a_late_answer_never_stands_under_another_text(field: DialField, spy: ToolbarSpy) -> None:
    spy.answers_late = True
    spy.suggestions = (ANNA,)
    QTest.keyClicks(field, "an")
    stale = list(spy.held_back)
    spy.suggestions = (KLAUS,)
    QTest.keyClicks(field, "x")
    spy.held_back[-1]()
    for answer in stale:
        answer()

    selected = field.suggestions.selected
    assert selected is not None
    assert selected.title == KLAUS.name


def test_escape_closes_the_list_first_and_keeps_the_text(field: DialField, qtbot) -> None:
    QTest.keyClicks(field, "0145")
    with qtbot.assertNotEmitted(field.left):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.suggestions.isVisible()
    assert field.text() == "0145"

    with qtbot.waitSignal(field.left):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "0145"


def test_a_number_that_cannot_be_dialled_stays_in_the_field(field: DialField, spy: ToolbarSpy) -> None:
    spy.refuses = NumberError("not_a_number", text="12x")
    QTest.keyClicks(field, "12x")
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert field.text() == "12x"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("+33\u00a01 45\u202f67 89 01\n", "+33 1 45 67 89 01"),
        ("\u202a+33145678901\u202c", "+33145678901"),
        ("01.45.67\r\n89.01", "01.45.67 89.01"),
        ("Tel.: (01) 45-67-89-01", "Tel.: (01) 45-67-89-01"),
    ],
)
def test_a_messy_pasted_number_loses_line_ends_and_invisible_characters(
    field: DialField, pasted: str, kept: str
) -> None:
    QGuiApplication.clipboard().setText(pasted)
    field.paste()

    assert " ".join(field.text().split()) == " ".join(kept.split())


def test_a_huge_paste_is_cut(field: DialField) -> None:
    QGuiApplication.clipboard().setText("1" * 100_000)
    field.paste()
    assert len(field.text()) == LONGEST


def test_a_line_can_be_clicked(field: DialField, spy: ToolbarSpy) -> None:
    spy.suggestions = (ANNA, KLAUS)
    QTest.keyClicks(field, "web")
    view = field.suggestions.view
    row = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row))

    assert spy.asked == [("dial", KLAUS.phone)]


def test_the_call_button_says_what_is_missing(field: DialField, spy: ToolbarSpy) -> None:
    assert not field.call_button.isEnabled()
    assert "Type a name or a number" in field.call_button.toolTip()
    QTest.keyClicks(field, "0145")
    assert field.call_button.isEnabled()
    field.show_state(sample.OFF, "")
    assert not field.call_button.isEnabled()
    assert "CTI is off" in field.call_button.toolTip()


def test_with_cti_off_one_can_still_type_and_search(field: DialField, spy: ToolbarSpy) -> None:
    spy.show(sample.OFF)
    spy.suggestions = (ANNA,)
    QTest.keyClicks(field, "web")
    assert field.suggestions.isVisible()


def test_the_list_goes_with_the_focus(field: DialField) -> None:
    QTest.keyClicks(field, "0145")
    field.clearFocus()
    assert not field.suggestions.isVisible()


@pytest.mark.parametrize(("width", "words"), [(220, "Name or number"), (110, "Number")])
def test_an_empty_field_says_as_much_as_it_has_room_for(field: DialField, width: int, words: str) -> None:
    field.resize(width, 36)
    assert field.placeholderText() == words
