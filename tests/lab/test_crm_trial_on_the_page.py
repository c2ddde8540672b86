"""Testing the connection on the settings page, by keyboard, with the toolbar's own connector at a real Tryton."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.ports.settings import Theme as Scheme
from agent_toolbar.crm.connector_catalog import ManifestCatalog
from agent_toolbar.crm.crm_link import CrmLink
from agent_toolbar.domain.crm import CrmState
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.qt_runtime import QtDispatcher, QtTimers
from agent_toolbar.ui.settings_crm import CrmPage
from agent_toolbar.ui.settings_dialog import Page, SettingsDialog
from agent_toolbar.ui.tokens import Tone
from tests.contract.crm_contract import AGENT, VIP, VIP_NUMBER
from tests.fakes.application_desk import ACCOUNT, Desk
from tests.fakes.settings import FakeSecretVault
from tests.lab.free_ports import free_port
from tests.lab.tryton_server import DATABASE, KEY, USER, TrytonServer
from tests.ui.scenes import Stage

pytestmark = pytest.mark.timeout(300)  # the first of them may have to install Tryton

TRIED_MS = 60_000


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    vault = FakeSecretVault()
    link = CrmLink(QtDispatcher(qapp), QtTimers(qapp), vault, NumberPlan, language=lambda: "en")
    return Desk(Settings(account=ACCOUNT), crm_link=link, crm_catalog=ManifestCatalog(), vault=vault).on()


@pytest.fixture
def page(qtbot, qapp: QApplication, desk: Desk) -> CrmPage:
    Translation(qapp).use("en")
    stage = Stage.build(qapp)
    stage.dress(Scheme.LIGHT, 13)
    window = SettingsDialog(stage.look, desk.toolbar)
    qtbot.addWidget(window)
    window.open_page(Page.CRM)
    page = window.page
    assert isinstance(page, CrmPage)
    return page


def press_tab_until(page: CrmPage, wanted: QWidget) -> None:
    """The keyboard comes there, from wherever it is."""
    for _ in range(20):
        focused = page.window().focusWidget()
        if focused is wanted:
            return
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    raise AssertionError("the Tab key does not come there")


def fill_in(page: CrmPage, url: str, key: str, number: str) -> None:
    form = page.form
    form.product.setFocus()
    QTest.keyClicks(form.product, "Tryton")
    form.product.activated.emit(form.product.currentIndex())
    QApplication.processEvents()  # the fields of this product are shown
    texts = {form.url: url, form.values["database"]: DATABASE, form.user: USER, form.key: key}
    for field, text in {**texts, page.trial.number: number}.items():
        press_tab_until(page, field)
        field.selectAll()
        QTest.keyClicks(field, text)


def lines(page: CrmPage) -> dict[str, str]:
    """By the name of the look-up, as a screen reader says them."""
    shown = page.trial.lines
    said = [shown.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(shown.count())]
    return dict(line.split(": ", 1) for line in said)


def test_all_look_ups_are_tried_and_nothing_is_written_or_kept(
    qtbot, desk: Desk, page: CrmPage, tryton: TrytonServer
) -> None:
    written_before, settings = tryton.notes(), desk.toolbar.settings
    fill_in(page, tryton.url, KEY, VIP_NUMBER)
    press_tab_until(page, page.trial.button)
    QTest.keyClick(page.trial.button, Qt.Key.Key_Space)
    assert page.trial.button.text() == "Stop", "the window lives while it is tried"
    qtbot.waitUntil(lambda: not page.trial.running, timeout=TRIED_MS)

    said = "All that was tried works. Nothing was changed in the CRM."
    assert (page.trial.notice.text(), page.trial.notice.tone) == (said, Tone.READY)
    told = lines(page)
    assert told["Your sign-in"] == f"Works: {AGENT}"
    assert told["Whose number it is"].startswith(f"Works: {VIP}, ")
    assert [line for line in told.values() if not line.startswith("Works")] == [
        "The connector of this CRM does not do this."
    ]
    assert tryton.notes() == written_before
    assert (desk.toolbar.settings, desk.state.crm.state) == (settings, CrmState.SIGNED_OUT)
    assert KEY not in desk.vault.secrets.values()


def test_a_wrong_key_is_said_with_what_to_do(qtbot, page: CrmPage, tryton: TrytonServer) -> None:
    fill_in(page, tryton.url, "wrong", "")
    QTest.keyClick(page.trial.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.trial.running, timeout=TRIED_MS)
    assert lines(page)["Your sign-in"] == "The CRM does not accept your key or password. Sign in again."
    assert set(list(lines(page).values())[1:]) == {"Not tried."}
    assert page.trial.notice.tone is Tone.FAULT


def test_a_dead_server_is_said_with_what_to_do(qtbot, page: CrmPage) -> None:
    fill_in(page, f"http://127.0.0.1:{free_port()}", KEY, "")
    QTest.keyClick(page.trial.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.trial.running, timeout=TRIED_MS)
    assert "cannot be reached" in page.trial.notice.text()
    assert "Check its address and network." in lines(page)["Your sign-in"]


def test_leaving_the_page_ends_it(qtbot, desk: Desk, page: CrmPage, tryton: TrytonServer) -> None:
    fill_in(page, tryton.url, KEY, VIP_NUMBER)
    QTest.keyClick(page.trial.number, Qt.Key.Key_Return)
    assert page.trial.running
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    assert (page.window().isVisible(), page.trial.running, page.trial.notice.text()) == (False, False, "Stopped.")
