from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from agent_toolbar.application.ports.settings import Settings, WindowSettings
from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.agent import AgentStatus
from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.ui import call_popup
from agent_toolbar.ui.call_popup import CallPopup
from agent_toolbar.ui.card_placement import card_position
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.ring_guard import GUARD_S, RingGuard
from tests.fakes import sample_states as sample
from tests.fakes import sample_transfers as transfers
from tests.fakes.toolbar import ToolbarSpy
from tests.ui.conftest import ManualClocks

STILL = Settings(window=WindowSettings(reduced_motion=True))
RINGING = sample.with_calls(sample.RINGING_MARIE)
BOTH = sample.with_calls(sample.RINGING_MARIE, sample.RINGING_JEROME)


@pytest.fixture
def bar() -> Iterator[QWidget]:
    window = QWidget(None, Qt.WindowType.FramelessWindowHint)
    window.setGeometry(0, 0, 800, 50)
    yield window
    window.hide()
    window.deleteLater()


@pytest.fixture
def spy() -> ToolbarSpy:
    return ToolbarSpy(sample.READY, STILL)


@pytest.fixture
def card(look: Look, spy: ToolbarSpy, bar: QWidget, qapp: QApplication) -> Iterator[CallPopup]:
    popup = CallPopup(look, Orders(spy, RingGuard(look.steady_s)), lambda: spy.settings, bar)
    spy.watch(popup.show_state)
    yield popup
    popup.hide()
    popup.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def texts(card: CallPopup) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisible() and label.text()]


def ended(view: CallView, cause: CallEndCause) -> ToolbarState:
    call = replace(view.call, state=CallState.ENDED, end_cause=cause, ended_s=sample.NOW_S)
    return replace(sample.READY, just_ended=(replace(view, call=call),))


def test_the_card_says_who_calls_from_where_and_how_surely_we_know(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(RINGING)
    shown = texts(card)

    for words in ("Marie Dupont", "ACME", "VIP", sample.RINGING_MARIE.shown_number, "Same number"):
        assert words in shown
    assert any(sample.RINGING_MARIE.called_on in words for words in shown)


def test_nothing_is_answered_or_declined_in_the_first_400_ms(
    card: CallPopup, spy: ToolbarSpy, clocks: ManualClocks
) -> None:
    spy.show(RINGING)
    clocks.steady_s += GUARD_S - 0.01
    card.face.answer.click()
    card.face.decline.click()
    assert spy.asked == []

    clocks.steady_s += 0.01
    card.face.decline.click()
    card.face.answer.click()
    assert spy.asked == [("hang_up", "c1"), ("answer", "c1")]


def test_keys_never_press_a_button_of_the_card(card: CallPopup, spy: ToolbarSpy, clocks: ManualClocks) -> None:
    spy.show(BOTH)
    clocks.steady_s += 60
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_A):
        QTest.keyClick(card, key)

    assert spy.asked == []
    assert all(button.focusPolicy() is Qt.FocusPolicy.NoFocus for button in card.findChildren(QAbstractButton))


def test_the_window_asks_for_no_focus_and_no_activation(card: CallPopup) -> None:
    flags = card.windowFlags()
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert card.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_a_call_that_moves_up_to_the_large_place_is_guarded_anew(
    card: CallPopup, spy: ToolbarSpy, clocks: ManualClocks
) -> None:
    spy.show(BOTH)
    clocks.steady_s += 10
    spy.show(sample.with_calls(sample.RINGING_JEROME))
    assert card.face.name.text() == "Jérôme Lefèvre-Özdemir"

    card.face.answer.click()
    assert spy.asked == []
    clocks.steady_s += GUARD_S
    card.face.answer.click()
    assert spy.asked == [("answer", "c2")]


def test_a_new_call_never_takes_the_large_place_from_the_one_that_is_seen(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(sample.with_calls(sample.RINGING_JEROME))
    spy.show(sample.with_calls(sample.RINGING_MARIE, sample.RINGING_JEROME, sample.RINGING_UNKNOWN))

    assert card.face.name.text() == "Jérôme Lefèvre-Özdemir"
    assert "Marie Dupont" in texts(card)


def test_further_ringing_calls_can_be_answered_from_their_lines(
    card: CallPopup, spy: ToolbarSpy, clocks: ManualClocks
) -> None:
    spy.show(BOTH)
    answer = next(b for b in card.findChildren(QAbstractButton) if b.accessibleName().startswith("Answer Jérôme"))
    answer.click()
    assert spy.asked == []

    clocks.steady_s += GUARD_S
    answer.click()
    assert spy.asked == [("answer", "c2")]


def test_a_caller_who_gives_up_is_shown_as_missed_and_then_goes(
    card: CallPopup, spy: ToolbarSpy, clocks: ManualClocks, qtbot
) -> None:
    card._missed_timer.setInterval(1)
    spy.show(RINGING)
    clocks.steady_s += 10
    spy.show(ended(sample.RINGING_MARIE, CallEndCause.CANCELLED))

    assert card.isVisible()
    assert any(words.startswith("Missed call") for words in texts(card))
    assert not card.face.answer.isEnabled()
    assert "hung up" in card.face.answer.toolTip()
    qtbot.waitUntil(lambda: not card.isVisible())


def test_missed_stands_for_five_seconds() -> None:
    assert call_popup.MISSED_SHOWN_MS == 5_000


@pytest.mark.parametrize("cause", [CallEndCause.ANSWERED_ELSEWHERE, CallEndCause.DECLINED])
def test_the_card_goes_at_once_when_the_call_is_settled(card: CallPopup, spy: ToolbarSpy, cause) -> None:
    spy.show(RINGING)
    spy.show(ended(sample.RINGING_MARIE, cause))
    assert not card.isVisible()


def test_the_card_goes_when_the_call_was_answered(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(RINGING)
    spy.show(sample.with_calls(sample.TALKING))
    assert not card.isVisible()


def test_a_new_call_takes_the_place_of_a_missed_one(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(RINGING)
    missed = ended(sample.RINGING_MARIE, CallEndCause.CANCELLED)
    spy.show(missed)
    spy.show(replace(missed, calls=(sample.RINGING_JEROME,), current="c2"))

    assert card.face.name.text() == "Jérôme Lefèvre-Özdemir"
    assert card.face.answer.isEnabled()


def test_one_of_several_contacts_can_be_chosen(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(sample.with_calls(sample.RINGING_UNKNOWN))
    klaus = next(b for b in card.findChildren(QAbstractButton) if b.accessibleName().startswith("Klaus Weber"))
    klaus.click()

    assert spy.asked == [("choose_contact", "c3", 5)]


def test_an_unsure_match_is_said_and_its_name_is_not_the_large_one(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(sample.CARDS["uncertain"])

    assert any("only the last 9 digits" in words for words in texts(card))
    assert "Lefèvre" not in card.face.name.text()


@pytest.mark.parametrize(
    "name",
    ["<b>x</b><img src='file:///etc/passwd'>", "&amp;&lt;", "\u202eevil\u202c", "مرحبا שלום", "x" * 4096, "a&b _c_"],
)
def test_whatever_the_caller_sends_is_shown_as_plain_text_in_a_card_of_the_usual_size(
    card: CallPopup, spy: ToolbarSpy, name: str
) -> None:
    spy.show(sample.with_calls(sample.call("c9", "+33198765432", name="Anna")))
    usual = card.size()
    hostile = sample.call("c9", "+33198765432", name=name)
    spy.show(sample.with_calls(hostile))

    assert card.face.name.text() == name
    assert card.size() == usual
    labels = card.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert not any("<img" in widget.toolTip() or "<b>" in widget.toolTip() for widget in card.findChildren(QWidget))


def test_the_first_picture_of_each_call_is_told_once(card: CallPopup, spy: ToolbarSpy, qtbot) -> None:
    told: list[str] = []
    card.painted.connect(told.append)
    with qtbot.waitSignal(card.painted):
        spy.show(RINGING)
    card.repaint()
    with qtbot.waitSignal(card.painted):
        spy.show(sample.with_calls(sample.RINGING_JEROME))

    assert told == ["c1", "c2"]


def test_a_call_is_announced_once_with_its_name(card: CallPopup, spy: ToolbarSpy, monkeypatch) -> None:
    announced: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: announced.append(event.message()))
    spy.show(RINGING)
    spy.show(replace(RINGING, missed=3))

    assert announced == ["Call from Marie Dupont"]


def test_the_card_waits_for_the_contacts_but_not_for_long(card: CallPopup, spy: ToolbarSpy, qtbot) -> None:
    spy.show(sample.with_calls(replace(sample.RINGING_MARIE, looked_up=False, contact=None, matches=())))
    assert not card.isVisible()
    qtbot.waitUntil(card.isVisible, timeout=2_000)


def test_closing_the_card_hides_it_for_this_call_and_declines_nothing(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(RINGING)
    card.close()
    spy.show(replace(RINGING, missed=1))
    assert not card.isVisible()
    spy.show(sample.with_calls(sample.RINGING_JEROME))

    assert card.isVisible()
    assert spy.asked == []


def test_the_card_slides_in_within_120_ms_unless_motion_is_reduced(card: CallPopup, spy: ToolbarSpy, qtbot) -> None:
    spy.show(RINGING)
    home = card.pos()
    spy.show(replace(sample.READY, agent=AgentStatus()))
    spy.change_settings(Settings())
    spy.show(RINGING)
    assert card.pos().x() > home.x()

    qtbot.waitUntil(lambda: card.pos() == home, timeout=1_000)
    assert call_popup.SLIDE_MS <= 120


def test_the_card_makes_room_when_the_bar_appears_or_opens_a_row(
    card: CallPopup, spy: ToolbarSpy, bar: QWidget, qtbot
) -> None:
    spy.show(RINGING)
    bar.show()
    qtbot.waitUntil(lambda: card.y() > 50)
    bar.resize(800, 130)
    qtbot.waitUntil(lambda: card.y() > 130)


SCREEN = QRect(0, 0, 1920, 1080)
CARD = QSize(372, 260)


@pytest.mark.parametrize(
    ("bar", "expected"),
    [
        (QRect(), QPoint(1920 - 16 - 372, 16)),
        (QRect(0, 0, 1920, 50), QPoint(1532, 66)),
        (QRect(0, 1030, 1920, 50), QPoint(1532, 1030 - 16 - 260)),
        (QRect(0, 0, 700, 50), QPoint(1532, 16)),
        (QRect(3000, 0, 1920, 50), QPoint(1532, 16)),
    ],
    ids=["no bar", "bar at the top", "bar at the bottom", "floating aside", "bar on another screen"],
)
def test_the_card_stands_clear_of_the_bar(bar: QRect, expected: QPoint) -> None:
    assert card_position(SCREEN, bar, CARD, 16) == expected


def test_a_card_on_a_tiny_screen_keeps_its_upper_left_corner_visible() -> None:
    assert card_position(QRect(0, 0, 300, 200), QRect(), CARD, 16) == QPoint(0, 0)


def test_a_call_that_a_colleague_sends_says_who_and_why(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(sample.with_calls(transfers.SENT_CALL))
    assert "From Alice (1001)" in texts(card)
    assert "“wants to change the delivery date”" in texts(card)


def test_a_story_that_was_only_guessed_is_said_to_be(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(transfers.SENT_CARDS["sent-probably"])
    assert "Probably from Alice (1001)" in texts(card)


def test_a_customer_who_comes_back_is_not_a_new_call(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(transfers.SENT_CARDS["back"])
    assert "Back from 1002" in texts(card)


def test_a_story_that_comes_late_joins_the_card(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(RINGING)
    low = card.height()
    spy.show(sample.with_calls(transfers.SENT_CALL))
    assert "From Alice (1001)" in texts(card)
    assert card.height() > low


def test_a_long_note_is_cut_and_whole_in_the_tool_tip(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(transfers.SENT_CARDS["sent-long-note"])
    note = next(label for label in card.findChildren(QLabel) if label.text().startswith("“speaks"))
    assert note.text().endswith("…")
    assert "speaks loudly, is hard of hearing, ”" in note.parentWidget().toolTip()


def test_send_to_asks_for_the_target_and_is_guarded_like_answering(
    card: CallPopup, spy: ToolbarSpy, clocks: ManualClocks, qtbot
) -> None:
    spy.show(RINGING)
    with qtbot.assertNotEmitted(card.send_on_asked):
        card.face.send_on.click()
    clocks.steady_s += GUARD_S
    with qtbot.waitSignal(card.send_on_asked) as asked:
        card.face.send_on.click()

    assert asked.args == ["c1"]
    assert spy.asked == []


def test_a_number_that_was_marked_as_wrong_says_so_without_moving_the_buttons(card: CallPopup, spy: ToolbarSpy) -> None:
    spy.show(sample.with_calls(replace(sample.RINGING_MARKED, mark=None)))
    before = card.face.answer.mapToGlobal(QPoint(0, 0)), card.size()
    spy.show(sample.with_calls(sample.RINGING_MARKED))

    (line,) = (text for text in texts(card) if text.startswith("Wrong number, you said on "))
    assert line.endswith(": a bakery answers now")
    assert (card.face.answer.mapToGlobal(QPoint(0, 0)), card.size()) == before
