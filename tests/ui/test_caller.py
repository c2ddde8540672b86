"""What the CRM says of a caller, on the card and below the bar: read, chosen, created, and nothing moves for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from agent_toolbar.application.ports.settings import (
    CrmPages,
    CrmSettings,
    OpensPage,
    PageMoments,
    Settings,
    WindowSettings,
)
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.contact import ContactMatch, MatchLevel
from agent_toolbar.domain.crm_caller import CrmCaller
from agent_toolbar.domain.identity import Identity
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberKind
from agent_toolbar.i18n.formats import money_text
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.call_popup import CallPopup
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.open_page import open_page
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.fakes import sample_crm as crm
from tests.fakes import sample_states as sample
from tests.fakes.toolbar import ToolbarSpy

STILL = Settings(window=WindowSettings(reduced_motion=True))
ANSWERS = (crm.FOUND, crm.NOBODY, crm.THREE, crm.FOUR, crm.FAILED)


@pytest.fixture(autouse=True)
def translation(qapp: QApplication) -> Iterator[Translation]:
    spoken = Translation(qapp)
    spoken.use("en")
    yield spoken
    spoken.use("en")


@pytest.fixture
def spy() -> ToolbarSpy:
    return ToolbarSpy(sample.READY, STILL)


@pytest.fixture
def window(look: Look, spy: ToolbarSpy) -> Iterator[ToolbarWindow]:
    shown = ToolbarWindow(spy, look)
    spy.watch(shown.show_state)
    shown.show()
    yield shown
    _away(shown)


@pytest.fixture
def card(look: Look, spy: ToolbarSpy, window: ToolbarWindow) -> Iterator[CallPopup]:
    popup = CallPopup(look, window.orders, lambda: spy.settings, window)
    popup.caller_row_asked.connect(window.open_caller)
    spy.watch(popup.show_state)
    yield popup
    _away(popup)


def _away(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def ring(spy: ToolbarSpy, view: CallView, caller: CrmCaller | None) -> None:
    spy.show(sample.with_calls(replace(view, crm=caller)))
    QApplication.processEvents()


def talk(spy: ToolbarSpy, caller: CrmCaller, view: CallView = sample.TALKING) -> None:
    spy.show(sample.with_calls(replace(view, crm=caller)))
    QApplication.processEvents()


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def test_the_card_says_owner_open_deals_and_the_last_contacts(card: CallPopup, spy: ToolbarSpy) -> None:
    ring(spy, sample.RINGING_MARIE, crm.FOUND)
    shown = texts(card)

    for words in ("ACME Europe", "VIP", "Same number", "In the CRM, looked after by Paul Bernard"):
        assert words in shown
    assert "3 open deals, €13,400.50" in shown
    assert sum("headsets" in words or "Complaint" in words or "Incoming call +" in words for words in shown) == 3


@pytest.mark.parametrize("view", [sample.RINGING_MARIE, sample.RINGING_UNKNOWN, sample.call("c5", "+33198765432")])
@pytest.mark.parametrize("answer", ANSWERS)
def test_nothing_moves_when_the_crm_answers_late(
    card: CallPopup, spy: ToolbarSpy, view: CallView, answer: CrmCaller
) -> None:
    ring(spy, view, crm.LOOKING)
    buttons = (card.face.answer, card.face.decline, card.face.send_on)
    before = [place(button) for button in buttons], card.geometry()
    ring(spy, view, answer)
    assert ([place(button) for button in buttons], card.geometry()) == before


def test_a_call_that_was_painted_without_the_crm_does_not_grow_for_it(card: CallPopup, spy: ToolbarSpy) -> None:
    ring(spy, sample.call("c5", "+33145678901"), None)
    before = place(card.face.answer), card.geometry()
    ring(spy, sample.call("c5", "+33145678901"), crm.FOUND)
    assert (place(card.face.answer), card.geometry()) == before


def test_an_answer_takes_the_keyboard_from_nobody(card: CallPopup, window: ToolbarWindow, spy: ToolbarSpy) -> None:
    ring(spy, sample.RINGING_MARIE, crm.LOOKING)
    window.activateWindow()
    window.bar.dial.setFocus()
    before = window.focusWidget()
    assert before is not None
    ring(spy, sample.RINGING_MARIE, crm.FOUR)
    assert window.focusWidget() is before
    talk(spy, crm.NOBODY)
    assert window.focusWidget() is before


def test_one_of_several_is_chosen_on_the_card(card: CallPopup, spy: ToolbarSpy) -> None:
    ring(spy, sample.RINGING_UNKNOWN, crm.THREE)
    assert "3 in the CRM: choose if you know" in texts(card)
    card.face.caller.choices[1].click()
    assert spy.asked == [("choose_caller", "c3", "22")]


def test_many_are_chosen_from_in_the_bar_by_keyboard(card: CallPopup, window: ToolbarWindow, spy: ToolbarSpy) -> None:
    ring(spy, sample.RINGING_UNKNOWN, crm.FOUR)
    card.face.caller.more.click()
    row = window.rows.caller

    assert row.isVisible()
    assert [button.accessibleName() for button in row.choices] == [
        "Anna Weber · Weber & Söhne GmbH · Important",
        "Klaus Weber · Weber & Söhne GmbH",
        "Otto Weber · Weber Transporte · Perhaps: only the last 8 digits agree",
        "Ilse Weber · Perhaps: only the last 8 digits agree",
    ]
    QTest.keyClick(row.choices[3], Qt.Key.Key_Space)
    assert spy.asked == [("choose_caller", "c3", "24")]


def test_somebody_new_is_created_with_the_number_of_the_call(
    card: CallPopup, window: ToolbarWindow, spy: ToolbarSpy
) -> None:
    ring(spy, sample.call("c5", "+33198765432"), crm.NOBODY)
    card.face.caller.more.click()
    row = window.rows.caller
    assert "01 98 76 54 32" in row.name.accessibleName()
    QTest.keyClicks(row.name, "Nora Nouvelle")
    QTest.keyClick(row.name, Qt.Key.Key_Return)

    assert spy.asked == [("create_caller", "Nora Nouvelle", "c5")]
    ring(spy, sample.call("c5", "+33198765432"), replace(crm.NOBODY, creating=True))
    assert not row.create_button.isEnabled()
    assert row.create_button.accessibleDescription() == "It is being created."


def test_whoever_types_a_name_stays_with_that_call(window: ToolbarWindow, spy: ToolbarSpy, qapp: QApplication) -> None:
    stranger = crm.CRM_CALLS["caller-nobody"]
    spy.show(stranger)
    window.activateWindow()
    row = window.rows.caller
    row.begin()
    qapp.processEvents()
    QTest.keyClicks(row.name, "No")
    other = replace(sample.TALKING, crm=crm.FOUND)
    spy.show(replace(stranger, calls=(*stranger.calls, other), current=other.call.id))
    QTest.keyClicks(row.name, "ra")
    QTest.keyClick(row.name, Qt.Key.Key_Return)
    assert spy.asked == [("create_caller", "Nora", "c5")]


def test_no_row_that_somebody_works_in_moves_when_the_crm_answers(window: ToolbarWindow, spy: ToolbarSpy) -> None:
    talk(spy, crm.LOOKING)
    window.rows.open_note(True)
    window.rows.open_keypad(True)
    window.messages.refuse("Something was refused.")
    QApplication.processEvents()
    rows = (window.rows.note, window.rows.keypad, window.messages, window.bar)
    before = [place(row) for row in rows]
    assert all(row.isVisible() for row in rows)
    talk(spy, crm.FOUND)
    assert window.rows.caller.isVisible()
    assert [place(row) for row in rows] == before


def test_the_row_below_the_bar_opens_with_the_talk_and_closes_for_good(window: ToolbarWindow, spy: ToolbarSpy) -> None:
    row = window.rows.caller
    ring(spy, sample.RINGING_MARIE, crm.FOUND)
    assert not row.isVisible()
    talk(spy, crm.LOOKING)
    assert not row.isVisible()
    talk(spy, crm.FOUND)
    assert row.isVisible()
    assert "3 open deals, €13,400.50" in row.text.text()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    talk(spy, replace(crm.FOUND, deals=()))
    assert not row.isVisible()


@pytest.mark.parametrize(("when", "shown"), [(OpensPage.BUTTON, True), (OpensPage.NEVER, False)])
def test_the_page_opens_by_a_button_unless_it_never_may(
    window: ToolbarWindow, card: CallPopup, spy: ToolbarSpy, when: OpensPage, shown: bool
) -> None:
    spy.change_settings(msgspec.structs.replace(STILL, crm=CrmSettings(pages=CrmPages(incoming=PageMoments(one=when)))))
    spy.asked.clear()
    ring(spy, sample.RINGING_MARIE, crm.FOUND)
    assert card.face.caller.page.isVisible() is shown
    card.face.caller.page.click()
    talk(spy, crm.FOUND)
    assert window.rows.caller.page.isVisible() is shown
    window.rows.caller.page.click()
    assert spy.asked[0] == ("open_caller_page", "c1")


COLLEAGUE_URL = "https://crm.example.com/staff/{number}"


def test_a_colleague_has_a_button_below_the_bar_only_where_the_settings_give_them_a_page(
    window: ToolbarWindow, card: CallPopup, spy: ToolbarSpy
) -> None:
    paul = ContactMatch(7, "Paul Martin", phone="1002", level=MatchLevel.INTERNAL)
    inside = replace(
        sample.RINGING_MARIE,
        call=replace(sample.RINGING_MARIE.call, remote=Identity("1002")),
        number=CanonicalNumber(NumberKind.INTERNAL, "1002"),
        matches=(paul,),
        contact=paul,
        looked_up=True,
        crm=None,
    )
    talking = replace(inside, call=replace(sample.TALKING.call, remote=Identity("1002")))
    for url, shown in (("", False), (COLLEAGUE_URL, True)):
        button = PageMoments(one=OpensPage.BUTTON)
        known = CrmSettings("tryton", "https://crm.example.com", pages=CrmPages(internal=button, one_url=url))
        spy.change_settings(msgspec.structs.replace(STILL, crm=known))
        spy.show(replace(sample.with_calls(inside), crm=crm.SIGNED_IN))
        assert (card.isVisible(), card.face.caller.isVisible(), window.rows.caller.isVisible()) == (True, False, False)
        spy.show(replace(sample.with_calls(talking), crm=crm.SIGNED_IN))
        row = window.rows.caller
        assert (row.isVisible(), row.page.isVisible(), row.create_button.isVisible()) == (shown, shown, False)
    spy.asked.clear()
    window.rows.caller.page.click()
    assert spy.asked == [("open_caller_page", talking.call.id)]


@pytest.mark.parametrize(
    ("language", "amount", "currency", "shown"),
    [
        ("en", "12400.00", "EUR", "€12,400"),
        ("en", "-1234567.5", "USD", "-$1,234,567.50"),
        ("en", "900", "CHF", "CHF\u00a0900"),
        ("en", "0.005", "", "0"),
        ("fr", "12400.50", "EUR", "12\u202f400,50\u00a0€"),
        ("fr", "99999999999999999999.99", "GBP", "99\u202f999\u202f999\u202f999\u202f999\u202f999\u202f999,99\u00a0£"),
    ],
)
def test_money_is_written_as_the_language_writes_it(
    translation: Translation, language: str, amount: str, currency: str, shown: str
) -> None:
    translation.use(language)
    assert money_text(amount, currency) == shown


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "https://u:p@crm.test/", "crm.test", ""]
)
def test_nothing_but_a_web_page_is_opened(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    opened: list[object] = []
    monkeypatch.setattr("agent_toolbar.ui.open_page.QDesktopServices.openUrl", lambda url: opened.append(url) or True)
    open_page(address)
    assert opened == []
    open_page("https://crm.test/11")
    assert len(opened) == 1
