"""The history window: what it lists, how it searches, and what can be done with a call of it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from agent_toolbar.domain.errors import CallError
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.history_model import PAGE_SIZE, HistoryModel, Role
from agent_toolbar.ui.history_window import HistoryWindow
from agent_toolbar.ui.look import Look
from tests.fakes.sample_history import RECORDS, record
from tests.fakes.sample_states import HOSTILE_NAME, NOW_S, OFF, READY, RINGING_MARIE, with_calls
from tests.fakes.toolbar import ToolbarSpy

SEARCH_IS_LATE_MS = 1_000


@pytest.fixture(autouse=True)
def _in_english(qapp: QApplication) -> None:
    Translation(qapp).use("en")


@pytest.fixture
def toolbar() -> ToolbarSpy:
    spy = ToolbarSpy(READY)
    spy.records = RECORDS
    return spy


@pytest.fixture
def window(qtbot, look: Look, toolbar: ToolbarSpy) -> HistoryWindow:
    history = HistoryWindow(look, toolbar)
    qtbot.addWidget(history)
    history.show()
    return history


def headings(model: HistoryModel) -> list[str]:
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return [row.data(Role.HEADING) for row in rows if row.data(Role.HEADING)]


def choose(window: HistoryWindow, identity: str) -> None:
    for row in range(window.model.rowCount()):
        found = window.model.index(row, 0).data(Role.RECORD)
        if found is not None and found.id == identity:
            window.list.setCurrentIndex(window.model.index(row, 0))
            return
    raise AssertionError(f"{identity} is not in the list")


def test_calls_are_grouped_by_day_newest_first(window: HistoryWindow):
    assert headings(window.model)[:3] == ["Today", "Yesterday", "Friday, 15 May"]
    assert [call.id for call in window.model.records] == [call.id for call in RECORDS]


def test_a_heading_cannot_be_chosen(window: HistoryWindow):
    assert window.model.flags(window.model.index(0, 0)) == Qt.ItemFlag.NoItemFlags


def test_each_call_is_a_sentence_for_a_screen_reader(window: HistoryWindow):
    spoken = window.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Incoming" in spoken
    assert "Marie Dupont" in spoken
    assert "The caller gave up" in spoken


def test_a_call_whose_number_was_marked_says_so(window: HistoryWindow):
    said = {record.id: window.model.described(record) for record in window.model.records}

    assert said["marked"].endswith(", Wrong number")
    assert [call for call, text in said.items() if "Wrong number" in text] == ["marked"]


def test_typing_searches_after_a_pause(qtbot, window: HistoryWindow):
    with qtbot.waitSignal(window.model.searched, timeout=SEARCH_IS_LATE_MS):
        qtbot.keyClicks(window.search, "hana")
    assert [call.name for call in window.model.records] == ["Hana Nováková"]


def test_only_missed_calls_can_be_listed(window: HistoryWindow):
    window.only_missed.click()
    assert {call.id for call in window.model.records} == {"h1", "h5"}


def test_enter_in_the_list_calls_back(qtbot, window: HistoryWindow, toolbar: ToolbarSpy):
    choose(window, "h3")
    window.list.setFocus()
    qtbot.keyClick(window.list, Qt.Key.Key_Return)
    assert ("dial", "+33612345678") in toolbar.asked


def test_a_double_click_calls_back(window: HistoryWindow, toolbar: ToolbarSpy):
    choose(window, "h2")
    window.list.doubleClicked.emit(window.list.currentIndex())
    assert ("dial", "+420224930111") in toolbar.asked


def test_the_keyboard_reaches_the_first_call_from_the_search_field(qtbot, window: HistoryWindow):
    window.search.setFocus()
    qtbot.keyClick(window.search, Qt.Key.Key_Down)
    assert window.chosen == RECORDS[0]


def test_a_refused_call_says_why_in_the_window(window: HistoryWindow, toolbar: ToolbarSpy):
    choose(window, "h2")
    toolbar.refuses = CallError("lines_full")
    window.call_button.click()
    assert "four lines" in window.notice.text()


def test_a_withheld_number_cannot_be_called_and_the_tooltip_says_so(window: HistoryWindow):
    choose(window, "h5")
    assert not window.call_button.isEnabled()
    assert "withheld" in window.call_button.toolTip()
    assert not window.copy_button.isEnabled()


def test_with_cti_off_the_button_says_why_nothing_can_be_called(window: HistoryWindow, toolbar: ToolbarSpy):
    choose(window, "h2")
    toolbar.show(OFF)
    assert not window.call_button.isEnabled()
    assert "CTI is off" in window.call_button.toolTip()


def test_copying_puts_the_readable_number_on_the_clipboard(qtbot, window: HistoryWindow):
    choose(window, "h2")
    window.list.setFocus()
    qtbot.keyClick(window.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "+420224930111"


def test_looking_at_the_history_marks_missed_calls_as_seen(qtbot, look: Look, toolbar: ToolbarSpy):
    toolbar.show(replace(READY, missed=2))
    window = HistoryWindow(look, toolbar)
    qtbot.addWidget(window)
    assert "history_seen" not in toolbar.names_asked()
    window.show()
    assert "history_seen" in toolbar.names_asked()


def test_a_call_that_begins_meanwhile_appears(window: HistoryWindow, toolbar: ToolbarSpy):
    toolbar.records = (record("new", 0, name="Somebody new", cause=None), *RECORDS)
    toolbar.show(with_calls(RINGING_MARIE))
    assert window.model.records[0].name == "Somebody new"


def test_a_hidden_window_asks_nothing(window: HistoryWindow, toolbar: ToolbarSpy):
    window.hide()
    toolbar.records = (record("new", 0, name="Somebody new"), *RECORDS)
    toolbar.show(with_calls(RINGING_MARIE))
    assert window.model.records == list(RECORDS)


def test_an_answer_to_an_older_question_is_dropped(look: Look, toolbar: ToolbarSpy):
    toolbar.answers_late = True
    model = HistoryModel(toolbar, lambda: NOW_S)
    model.search("", only_missed=False)
    model.search("hana", only_missed=False)
    for answer in reversed(toolbar.held_back):
        answer()
    assert [call.name for call in model.records] == ["Hana Nováková"]


@pytest.mark.parametrize(
    ("search", "missed", "taught"),
    [("", False, "No calls yet"), ("", True, "No missed calls"), ("zzz", False, "Nothing found")],
)
def test_an_empty_list_says_what_to_do(qtbot, look: Look, search: str, missed: bool, taught: str):
    window = HistoryWindow(look, ToolbarSpy(READY))
    qtbot.addWidget(window)
    window.search.setText(search)
    window.only_missed.setChecked(missed)
    window.show()
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert taught in texts


def test_escape_clears_the_search_first_and_closes_then(qtbot, window: HistoryWindow):
    window.search.setText("hana")
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.search.text() == ""
    assert window.isVisible()
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_a_hostile_name_is_listed_as_it_is(window: HistoryWindow):
    choose(window, "h7")
    assert window.chosen is not None
    assert window.model.title(window.chosen) == HOSTILE_NAME


def test_more_calls_are_fetched_as_one_scrolls(look: Look):
    toolbar = ToolbarSpy(READY)
    toolbar.records = tuple(record(f"r{number}", number * 600.0) for number in range(PAGE_SIZE + 50))
    model = HistoryModel(toolbar, lambda: NOW_S)
    model.search("", only_missed=False)
    assert len(model.records) == PAGE_SIZE
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert [call.id for call in model.records] == [call.id for call in toolbar.records]
    assert not model.canFetchMore(QModelIndex())


def test_ten_thousand_calls_scroll_to_the_end_without_delay(qtbot, look: Look):
    toolbar = ToolbarSpy(READY)
    toolbar.records = tuple(record(f"r{number}", number * 600.0) for number in range(10_000))
    window = HistoryWindow(look, toolbar)
    qtbot.addWidget(window)
    began = time.perf_counter()
    window.show()
    while window.model.canFetchMore(QModelIndex()):
        window.model.fetchMore(QModelIndex())
    window.list.scrollToBottom()
    window.grab()
    assert len(window.model.records) == 10_000
    assert time.perf_counter() - began < 10, "seconds for all pages on a slow, shared machine"
