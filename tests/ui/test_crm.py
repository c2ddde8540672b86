"""The CRM switch on the bar, the window of what waits, the key, and quitting with a full outbox."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.toolbar_state import Remedy, ToolbarState
from agent_toolbar.domain.crm import CrmState
from agent_toolbar.domain.errors import CrmError
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.crm_key_prompt import CrmKeyPrompt
from agent_toolbar.ui.desk import Desk
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.outbox_window import MOST_ROWS, OutboxWindow
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.fakes.runtime import ManualClock
from tests.fakes.sample_crm import CRMS, REFUSED, SIGNED_IN
from tests.fakes.sample_states import READY, STATES
from tests.fakes.toolbar import ToolbarSpy


@pytest.fixture(autouse=True)
def _in_english(qapp: QApplication) -> None:
    Translation(qapp).use("en")


@pytest.fixture
def toolbar() -> ToolbarSpy:
    return ToolbarSpy(CRMS["crm-stuck"])


@pytest.fixture
def bar(qtbot, look: Look, toolbar: ToolbarSpy) -> ToolbarWindow:
    window = ToolbarWindow(toolbar, look)
    qtbot.addWidget(window)
    toolbar.watch(window.show_state)
    window.resize(1200, window.height())
    window.show()
    return window


@pytest.fixture
def window(qtbot, look: Look, toolbar: ToolbarSpy) -> OutboxWindow:
    opened = OutboxWindow(look, toolbar)
    qtbot.addWidget(opened)
    opened.open_window()
    return opened


def words(bar: ToolbarWindow, state: ToolbarState) -> str:
    bar._toolbar.show(state)
    return bar.bar.crm.words


# ---------------------------------------------------------------------- the switch


def test_without_a_crm_there_is_no_switch(bar: ToolbarWindow, toolbar: ToolbarSpy) -> None:
    toolbar.show(READY)
    assert bar.bar.crm.isHidden()


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        ("crm-signed-out", "Signed out"),
        ("crm-signing-in", "Signing in…"),
        ("crm-signed-in", "Signed in"),
        ("crm-sending", "3 waiting"),
        ("crm-waiting", "Signed out"),
        ("crm-stuck", "2 stuck"),
        ("crm-no-key", "Not signed in"),
    ],
)
def test_the_state_stands_in_words_and_is_spoken(bar: ToolbarWindow, scene: str, said: str) -> None:
    assert words(bar, CRMS[scene]) == said
    assert bar.bar.crm.switch.accessibleName() == "CRM: signed in or out"


def test_the_switch_signs_in_and_out_by_mouse_and_key(qtbot, bar: ToolbarWindow, toolbar: ToolbarSpy) -> None:
    qtbot.mouseClick(bar.bar.crm.switch, Qt.MouseButton.LeftButton)
    toolbar.show(CRMS["crm-signed-out"])
    qtbot.keyClick(bar.bar.crm.switch, Qt.Key.Key_Space)

    assert toolbar.asked == [("switch_crm", False), ("switch_crm", True)]
    assert not bar.bar.crm.switch.isChecked()


def test_a_refusal_is_said_in_the_bar(qtbot, bar: ToolbarWindow, toolbar: ToolbarSpy) -> None:
    toolbar.show(CRMS["crm-signed-out"])
    toolbar.refuses = CrmError("no_crm")
    qtbot.mouseClick(bar.bar.crm.switch, Qt.MouseButton.LeftButton)

    assert bar.messages.sentence.startswith("No CRM is set up.")


def test_who_is_signed_in_is_in_the_tool_tip(bar: ToolbarWindow, toolbar: ToolbarSpy) -> None:
    toolbar.show(CRMS["crm-signed-in"])
    assert "Signed in as Marie Agent (Tryton)" in bar.bar.crm.switch.toolTip()


def test_the_button_of_what_waits_counts_and_says_why_it_is_off(bar: ToolbarWindow, toolbar: ToolbarSpy) -> None:
    toolbar.show(CRMS["crm-waiting"])
    button = bar.bar.crm.outbox
    assert (button.isEnabled(), button.accessibleName()) == (True, "Calls that wait for the CRM: 3 waiting")
    toolbar.show(CRMS["crm-signed-in"])

    assert (button.isEnabled(), button.accessibleDescription()) == (False, "Nothing waits.")


def test_no_zone_moves_when_the_crm_signs_in(bar: ToolbarWindow, toolbar: ToolbarSpy) -> None:
    places = []
    for scene in ("crm-signed-out", "crm-signing-in", "crm-signed-in", "crm-sending", "crm-stuck"):
        toolbar.show(CRMS[scene])
        places.append([zone.x() for zone in (bar.bar.agent, bar.bar.call, bar.bar.buttons, bar.bar.dial)])

    assert places == [places[0]] * len(places)


# ---------------------------------------------------------------------- what waits


def test_each_call_is_named_with_its_reason_in_plain_words(window: OutboxWindow) -> None:
    row = window.rows["c1"]
    assert row._title.text() == "Marie Dupont"
    assert row._subject.text().startswith("Answered · Wants an offer")
    assert row._trouble.text() == "The CRM refuses this: The party is closed and takes no more activities."
    assert row._when.text().startswith("Today, ")


def test_a_foreign_call_cannot_be_sent_from_here(window: OutboxWindow) -> None:
    assert window.rows["c4"].retry.isHidden()
    assert window.rows["c4"]._trouble.text() == "It belongs to another sign-in at the CRM, and waits for that."


def test_one_call_is_sent_again(qtbot, window: OutboxWindow, toolbar: ToolbarSpy) -> None:
    qtbot.mouseClick(window.rows["c1"].retry, Qt.MouseButton.LeftButton)
    assert toolbar.asked == [("retry_outbox", "c1")]


def test_the_subject_is_changed_and_sent_by_keyboard(qtbot, window: OutboxWindow, toolbar: ToolbarSpy) -> None:
    row = window.rows["c1"]
    row.edit.setFocus()
    qtbot.keyClick(row.edit, Qt.Key.Key_Return)
    assert row.field.hasFocus()
    row.field.setText("Offer sent")
    qtbot.keyClick(row.field, Qt.Key.Key_Return)

    assert toolbar.asked == [("edit_outbox", "c1", "Offer sent")]
    assert row.field.isHidden()


def test_what_is_typed_stays_while_the_state_changes(window: OutboxWindow, toolbar: ToolbarSpy) -> None:
    window.rows["c1"].edit.click()
    window.rows["c1"].field.setText("half a sen")
    state = toolbar.state
    toolbar.show(replace(state, crm=replace(state.crm, outbox=tuple(reversed(state.crm.outbox)))))

    assert window.rows["c1"].field.text() == "half a sen"
    assert window.rows["c1"].field.isVisible()


def test_discarding_asks_in_place_and_can_be_left(qtbot, window: OutboxWindow, toolbar: ToolbarSpy) -> None:
    row = window.rows["c2"]
    row.discard.click()
    assert row.question.isVisible()
    assert row.back.hasFocus()
    qtbot.keyClick(row.back, Qt.Key.Key_Escape)
    assert (row.question.isHidden(), toolbar.asked, window.isVisible()) == (True, [], True)
    row.discard.click()
    row.really.click()

    assert toolbar.asked == [("discard_outbox", "c2")]


def test_a_call_that_has_gone_leaves_the_window(window: OutboxWindow, toolbar: ToolbarSpy) -> None:
    toolbar.show(replace(READY, crm=replace(SIGNED_IN, outbox=())))
    assert window.rows == {}
    assert window.headline.text() == "Nothing waits: the CRM knows everything."


def test_a_refusal_is_said_in_the_window(window: OutboxWindow, toolbar: ToolbarSpy) -> None:
    toolbar.refuses = CrmError("not_in_outbox", key="c1")
    window.rows["c1"].retry.click()
    assert window.notice.text() == "This call does not wait for the CRM any more (c1)."


def test_signed_out_the_main_button_signs_in(window: OutboxWindow, toolbar: ToolbarSpy) -> None:
    toolbar.show(CRMS["crm-waiting"])
    assert window.main_button.text() == "Sign in at the CRM"
    assert not window.rows["c7"].retry.isEnabled()
    window.main_button.click()

    assert toolbar.asked == [("remedy", Remedy.SIGN_IN)]


def test_without_a_key_the_main_button_asks_for_it(qtbot, window: OutboxWindow, toolbar: ToolbarSpy) -> None:
    toolbar.show(CRMS["crm-no-key"])
    with qtbot.waitSignal(window.window_asked) as asked:
        window.main_button.click()
    assert asked.args == [Remedy.ENTER_CRM_KEY]


def test_after_an_outage_of_days_the_window_stays_light(window: OutboxWindow, toolbar: ToolbarSpy) -> None:
    entry = REFUSED.item.entry
    many = tuple(
        replace(REFUSED, item=replace(REFUSED.item, entry=replace(entry, key=str(number)))) for number in range(3000)
    )
    toolbar.show(replace(READY, crm=replace(SIGNED_IN, outbox=many)))

    assert len(window.rows) == MOST_ROWS
    assert window.more.text() == "And 2900 more, which follow these."


# ---------------------------------------------------------------------- the key


def test_the_key_signs_in_and_the_window_closes(qtbot, look: Look) -> None:
    toolbar = ToolbarSpy(CRMS["crm-no-key"])
    prompt = CrmKeyPrompt(look, toolbar)
    qtbot.addWidget(prompt)
    prompt.open_window()
    assert not prompt.main_button.isEnabled()
    qtbot.keyClicks(prompt.key, "secret")
    qtbot.keyClick(prompt.key, Qt.Key.Key_Return)
    assert (toolbar.asked, prompt.key.text()) == ([("enter_crm_key", "secret")], "")
    toolbar.show(CRMS["crm-signing-in"])
    assert prompt.isVisible()
    toolbar.show(CRMS["crm-signed-in"])

    assert not prompt.isVisible()


def test_a_key_that_is_refused_again_is_said(qtbot, look: Look) -> None:
    toolbar = ToolbarSpy(CRMS["crm-no-key"])
    prompt = CrmKeyPrompt(look, toolbar)
    qtbot.addWidget(prompt)
    prompt.open_window()
    qtbot.keyClicks(prompt.key, "wrong")
    qtbot.keyClick(prompt.key, Qt.Key.Key_Return)
    toolbar.show(CRMS["crm-no-key"])

    assert prompt.isVisible()
    assert prompt.notice.text() == "The key for the CRM is missing, so nothing is written there."


# ---------------------------------------------------------------------- the desk


def test_the_remedies_open_their_windows(qtbot, qapp: QApplication, tmp_path: Path) -> None:
    toolbar = ToolbarSpy(CRMS["crm-stuck"])
    desk = Desk(qapp, toolbar, ManualClock(), tmp_path / "window.json")
    desk.bar.bar.crm.outbox.click()
    assert desk.outbox is not None
    assert desk.outbox.isVisible()
    desk.bar.orders.remedy(Remedy.ENTER_CRM_KEY)
    assert desk.crm_key is not None
    assert desk.crm_key.isVisible()
    for window in (desk.outbox, desk.crm_key):
        qtbot.addWidget(window)
    desk.close()

    assert not desk.outbox.isVisible()


def test_quitting_with_a_full_outbox_says_so_first(qtbot, bar: ToolbarWindow, toolbar: ToolbarSpy) -> None:
    toolbar.show(CRMS["crm-waiting"])
    with qtbot.assertNotEmitted(bar.quit_asked):
        bar.ask_to_quit()
    assert bar.messages.sentence.startswith("3 entries are not written to the CRM yet.")
    with qtbot.waitSignal(bar.quit_asked):
        bar.messages.first.click()


def test_with_an_empty_outbox_it_quits_at_once(qtbot, bar: ToolbarWindow, toolbar: ToolbarSpy) -> None:
    toolbar.show(CRMS["crm-signed-in"])
    with qtbot.waitSignal(bar.quit_asked):
        bar.ask_to_quit()


def test_in_a_call_quitting_asks_about_the_call(bar: ToolbarWindow, toolbar: ToolbarSpy) -> None:
    toolbar.show(replace(STATES["in-a-call"], crm=CRMS["crm-waiting"].crm))
    bar.ask_to_quit()
    assert bar.messages.sentence == "A call is up. Quitting ends it."


def test_signing_in_is_a_remedy_of_the_bar(bar: ToolbarWindow, toolbar: ToolbarSpy) -> None:
    bar.orders.remedy(Remedy.SIGN_IN)
    assert toolbar.asked == [("remedy", Remedy.SIGN_IN)]
    assert toolbar.state.crm.state is CrmState.SIGNED_IN
