"""The settings page "CRM" with the toolbar's own application and connector, at a real Tryton."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.ports.settings import OpensPage, Settings
from agent_toolbar.application.ports.settings import Theme as Scheme
from agent_toolbar.crm.connector_catalog import ManifestCatalog
from agent_toolbar.crm.crm_link import CrmLink
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ui.qt_runtime import QtDispatcher, QtTimers
from agent_toolbar.ui.settings_crm import CrmPage
from agent_toolbar.ui.settings_dialog import Page, SettingsDialog
from tests.contract.crm_contract import VIP, VIP_NUMBER
from tests.fakes.application_desk import ACCOUNT, Desk
from tests.fakes.settings import FakeSecretVault
from tests.lab.tryton_server import DATABASE, KEY, USER, TrytonServer
from tests.ui.scenes import Stage

pytestmark = pytest.mark.timeout(300)  # the first of them may have to install Tryton

SIGNED_IN_MS = 60_000


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    vault = FakeSecretVault()
    dispatcher, timers = QtDispatcher(qapp), QtTimers(qapp)
    link = CrmLink(dispatcher, timers, vault, NumberPlan, language=lambda: "en")
    built = Desk(Settings(account=ACCOUNT), crm_link=link, crm_catalog=ManifestCatalog(), vault=vault)
    yield built.on()
    if built.state.crm.on:
        built.toolbar.switch_crm(False)


@pytest.fixture
def dialog(qtbot, qapp: QApplication, desk: Desk) -> SettingsDialog:
    Translation(qapp).use("en")
    stage = Stage.build(qapp)
    stage.dress(Scheme.LIGHT, 13)
    window = SettingsDialog(stage.look, desk.toolbar)
    qtbot.addWidget(window)
    window.open_page(Page.CRM)
    return window


def fill_in(page: CrmPage, url: str, key: str) -> None:
    """As a person does, with the keyboard."""
    form = page.form
    form.product.setFocus()
    QTest.keyClicks(form.product, "Tryton")
    form.product.activated.emit(form.product.currentIndex())
    for field, text in ((form.url, url), (form.values["database"], DATABASE), (form.user, USER), (form.key, key)):
        field.clear()
        QTest.keyClicks(field, text)
    QTest.keyClick(form.key, Qt.Key.Key_Return)


def test_a_wrong_key_is_said_at_its_field_and_the_right_one_signs_in_and_opens_the_callers_page(
    qtbot, desk: Desk, dialog: SettingsDialog, tryton: TrytonServer
) -> None:
    page = dialog.page
    assert isinstance(page, CrmPage)
    fill_in(page, tryton.url, "wrong")
    qtbot.waitUntil(lambda: "key or password" in page.form.problem(page.form.key), timeout=SIGNED_IN_MS)

    fill_in(page, tryton.url, KEY)
    qtbot.waitUntil(lambda: page.outcome.text() == "Signed in as Alice Agent (Tryton)", timeout=SIGNED_IN_MS)
    assert (page.switch.text(), page.form.key.text(), page.busy) == ("Sign out", "", False)
    assert KEY not in repr(desk.toolbar.settings)

    choice = page.pages.moments["incoming", "one"]
    choice.setCurrentIndex(choice.findData(OpensPage.RING))
    choice.activated.emit(choice.currentIndex())
    desk.ring("in1", VIP_NUMBER)
    wanted = f"{tryton.url}/#{DATABASE}/model/party.party/{tryton.party(VIP)}"
    qtbot.waitUntil(lambda: desk.pages == [wanted], timeout=SIGNED_IN_MS)

    page.switch.click()
    assert (desk.state.crm.on, page.state_notice.text()) == (False, "Signed out")
