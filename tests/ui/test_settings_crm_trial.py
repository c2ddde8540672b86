"""Testing the connection on the settings page "CRM": what is tried and said, and that it can be left at any time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_toolbar.application.crm_trial import CrmTrialView
from agent_toolbar.application.ports.crm_trial import LOOK_UPS
from agent_toolbar.application.ports.settings import CrmSettings, Settings
from agent_toolbar.application.toolbar_port import CrmEntry
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.settings_crm import CrmPage
from agent_toolbar.ui.settings_dialog import Page, SettingsDialog
from agent_toolbar.ui.tokens import Tone
from tests.fakes.sample_crm import CRMS
from tests.fakes.sample_states import READY
from tests.fakes.sample_trials import ALL_WELL, VIEWS
from tests.fakes.toolbar import ToolbarSpy

KNOWN = CrmSettings("tryton", "https://crm.example.com", "marie", {"database": "base"})
ENTRY = CrmEntry("tryton", KNOWN.url, "marie", KNOWN.values, None)


@pytest.fixture
def toolbar() -> ToolbarSpy:
    return ToolbarSpy(CRMS["crm-signed-out"], Settings(crm=KNOWN))


@pytest.fixture
def page(qtbot, look: Look, toolbar: ToolbarSpy) -> CrmPage:
    page = CrmPage(look, toolbar)
    qtbot.addWidget(page)
    page.resize(640, 900)
    page.show()
    toolbar.listeners.append(page.show_state)
    return page


@pytest.fixture
def dialog(qtbot, look: Look, toolbar: ToolbarSpy) -> SettingsDialog:
    dialog = SettingsDialog(look, toolbar)
    qtbot.addWidget(dialog)
    dialog.open_page(Page.CRM)
    return dialog


def crm_page_of(dialog: SettingsDialog) -> CrmPage:
    page = dialog.page
    assert isinstance(page, CrmPage)
    return page


def spy(page: CrmPage) -> ToolbarSpy:
    assert isinstance(page.toolbar, ToolbarSpy)
    return page.toolbar


def lines(page: CrmPage) -> list[str]:
    """As a screen reader says them."""
    shown = page.trial.lines
    return [shown.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(shown.count())]


def test_without_a_crm_there_is_nothing_to_test(qtbot, look: Look) -> None:
    page = CrmPage(look, ToolbarSpy(READY, Settings()))
    qtbot.addWidget(page)
    page.show()
    trial = page.trial
    assert [one.isVisible() for one in (trial.number, trial.button, trial.lines)] == [False] * 3


def test_what_stands_in_the_form_is_tried_and_nothing_is_kept(page: CrmPage, toolbar: ToolbarSpy) -> None:
    page.form.user.setText("bob")
    page.form.key.setText("new key")
    page.trial.number.setText(" 01 99 00 12 34 ")
    page.trial.button.click()
    entry = CrmEntry("tryton", KNOWN.url, "bob", KNOWN.values, "new key")
    assert toolbar.asked == [("try_crm", entry, "01 99 00 12 34")]
    assert page.form.key.text() == "new key", "it is not saved yet"


def test_every_look_up_stands_there_from_the_start_and_says_what_came(page: CrmPage, toolbar: ToolbarSpy) -> None:
    page.trial.button.click()
    assert (page.trial.button.text(), page.trial.notice.text()) == ("Stop", "Being tried: 0 of 8 done…")
    assert lines(page)[:2] == ["Your sign-in: Being tried…", "Whose number it is: not tried yet"]
    toolbar.trials[0].tell(VIEWS["running"])
    assert page.trial.notice.text() == "Being tried: 3 of 8 done…"
    assert lines(page)[0] == "Your sign-in: Works: Marie Agent"
    assert lines(page)[3] == "Open deals: Being tried…"
    toolbar.trials[0].tell(VIEWS["well"])
    assert (page.trial.running, page.trial.button.text()) == (False, "Test the connection")
    said = "All that was tried works. Nothing was changed in the CRM."
    assert (page.trial.notice.text(), page.trial.notice.tone) == (said, Tone.READY)
    assert lines(page) == [
        "Your sign-in: Works: Marie Agent",
        "Whose number it is: Works: Marie Dupont, +33 1 99 00 12 34, Same number · Old Card & Sons, 99 00 12 34,"
        " Perhaps: only the last 8 digits agree",
        "Searching by name: Works: Marie Dupont",
        "Open deals: Works: Solar roof 12500.00 EUR offer · Heat pump 900.50 EUR lead · …",
        "Who looks after somebody: Works: Alice Agent",
        "Last contacts: Works: 2 found.",
        "Outcomes of calls: The connector of this CRM does not do this.",
        "Whether a call is written there already: Works.",
    ]
    assert page.trial.lines.count() == len(LOOK_UPS)


@pytest.mark.parametrize(
    ("view", "tone", "said", "line"),
    [
        ("wrong-key", Tone.FAULT, "does not work. The CRM does not accept your key", "Searching by name: Not tried."),
        ("dead", Tone.FAULT, "cannot be reached (Connection refused)", "Open deals: Not tried."),
        ("some-wrong", Tone.FAULT, "2 of 7 do not work", "Open deals: Your CRM account may not do this. Ask whoever"),
        ("some-wrong", Tone.FAULT, "2 of 7 do not work", "Whose number it is: Works, but took 2.3 s. The card of a"),
        ("nobody", Tone.READY, "Type the number of somebody who is there", "Last contacts: Not tried: it needs the"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(page: CrmPage, view: str, tone: Tone, said: str, line: str) -> None:
    page.trial.button.click()
    spy(page).trials[0].tell(VIEWS[view])
    assert said in page.trial.notice.text()
    assert page.trial.notice.tone is tone
    assert [told for told in lines(page) if told.startswith(line)] != []


def test_a_number_that_is_only_slow_is_a_restriction(page: CrmPage, toolbar: ToolbarSpy) -> None:
    page.trial.button.click()
    slow = tuple(one for one in VIEWS["some-wrong"].tried if one.error is None)
    toolbar.trials[0].tell(CrmTrialView(slow, done=True))
    assert (page.trial.notice.tone, "too slowly" in page.trial.notice.text()) == (Tone.NOT_READY, True)


def test_a_trial_that_cannot_begin_says_why_and_shows_no_lines(page: CrmPage, toolbar: ToolbarSpy) -> None:
    page.trial.button.click()
    toolbar.trials[0].tell(VIEWS["sign-in-first"])
    assert "Save and sign in" in page.trial.notice.text()
    assert (page.trial.running, page.trial.lines.isVisible()) == (False, False)


@pytest.mark.parametrize(
    ("error", "where"),
    [
        (CrmError("trial_no_number", number="x"), lambda page: (page.trial.number_notice.text(), page.trial.number)),
        (CrmError("bad_crm_url", url="x"), lambda page: (page.form.problem(page.form.url), page.form.url)),
    ],
)
def test_what_cannot_be_tried_is_said_at_its_field(
    page: CrmPage, toolbar: ToolbarSpy, error: CrmError, where: Callable[[CrmPage], tuple[str, object]]
) -> None:
    toolbar.refuses = error
    page.trial.button.click()
    said, field = where(page)
    assert "“x”" in said
    assert page.focusWidget() is field
    assert (page.trial.running, page.trial.button.text()) == (False, "Test the connection")


def test_a_value_that_the_connector_needs_is_asked_for_before_anything_is_tried(page: CrmPage) -> None:
    page.form.values["database"].clear()
    page.trial.button.click()
    assert page.form.problem(page.form.values["database"]) == "This is needed: Name of the database."
    assert spy(page).asked == []


def test_stop_ends_it_and_keeps_what_came(page: CrmPage, toolbar: ToolbarSpy) -> None:
    page.trial.button.click()
    toolbar.trials[0].tell(VIEWS["running"])
    page.trial.button.click()
    assert (toolbar.trials[0].cancelled, page.trial.running, page.trial.notice.text()) == (True, False, "Stopped.")
    assert lines(page)[0] == "Your sign-in: Works: Marie Agent"
    assert lines(page)[3:] == [line for line in lines(page)[3:] if line.endswith(": Not tried.")]


def test_another_page_ends_it(dialog: SettingsDialog, toolbar: ToolbarSpy) -> None:
    page = crm_page_of(dialog)
    page.trial.button.click()
    dialog.open_page(Page.SOUND)
    assert toolbar.trials[0].cancelled
    assert not page.busy


def test_closing_the_window_ends_it(dialog: SettingsDialog, toolbar: ToolbarSpy) -> None:
    crm_page_of(dialog).trial.button.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert (dialog.isVisible(), toolbar.trials[0].cancelled) == (False, True)


def test_another_product_without_a_crm_ends_it(page: CrmPage, toolbar: ToolbarSpy) -> None:
    page.trial.button.click()
    page.form.product.setCurrentIndex(0)
    page.form.product.activated.emit(0)
    assert (toolbar.trials[0].cancelled, page.trial.button.isVisible()) == (True, False)


def test_it_is_begun_and_read_by_the_keyboard(page: CrmPage, toolbar: ToolbarSpy) -> None:
    page.trial.number.setFocus()
    QTest.keyClicks(page.trial.number, "0199001234")
    QTest.keyClick(page.trial.number, Qt.Key.Key_Return)
    assert toolbar.asked == [("try_crm", ENTRY, "0199001234")]
    toolbar.trials[0].tell(VIEWS["well"])
    QTest.keyClick(page.trial.number, Qt.Key.Key_Tab)
    assert page.focusWidget() is page.trial.button
    QTest.keyClick(page.trial.button, Qt.Key.Key_Tab)
    assert page.focusWidget() is page.trial.lines
    QTest.keyClick(page.trial.lines, Qt.Key.Key_Down)
    QTest.keyClick(page.trial.lines, Qt.Key.Key_Down)
    assert page.trial.lines.currentRow() > 0


def test_all_lines_are_seen_without_scrolling_in_them(page: CrmPage, toolbar: ToolbarSpy) -> None:
    for width in (480, 900):
        page.resize(width, 900)
        page.trial.button.click()
        toolbar.trials[-1].tell(CrmTrialView(ALL_WELL, done=True))
        shown = page.trial.lines
        last = shown.visualItemRect(shown.item(shown.count() - 1))
        assert last.bottom() <= shown.viewport().height()
        assert shown.verticalScrollBar().maximum() == 0


def test_the_state_of_the_sign_in_does_not_touch_the_trial(page: CrmPage, toolbar: ToolbarSpy) -> None:
    page.trial.button.click()
    toolbar.show(CRMS["crm-signed-in"])
    assert (page.trial.running, page.trial.notice.text()) == (True, "Being tried: 0 of 8 done…")
