from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.domain.errors import SettingsError
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.settings_dialog import Page, SettingsDialog
from agent_toolbar.ui.settings_local_api import LocalApiPage
from agent_toolbar.ui.toolbar import ToolbarWindow
from tests.fakes.sample_pages import CRM, PAGE_SETTINGS, PAGES, PAIRING, WIKI
from tests.fakes.sample_states import READY
from tests.fakes.toolbar import ToolbarSpy


@pytest.fixture
def toolbar() -> ToolbarSpy:
    return ToolbarSpy(READY, Settings(local_api=PAGE_SETTINGS))


@pytest.fixture
def page(qtbot, look: Look, toolbar: ToolbarSpy) -> LocalApiPage:
    shown = LocalApiPage(look, toolbar)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def listed(page: LocalApiPage) -> list[str]:
    return [page.origins.item(row).text() for row in range(page.origins.count())]


def add(page: LocalApiPage, origin: str) -> None:
    page.origin.setText(origin)
    page.add.click()


def test_an_address_is_added_as_browsers_send_it(page: LocalApiPage, toolbar: ToolbarSpy) -> None:
    add(page, " https://CRM.Société.example:443/ ")
    assert toolbar.settings.local_api.origins == (CRM, WIKI, "https://crm.xn--socit-esab.example")
    assert listed(page) == list(toolbar.settings.local_api.origins)
    assert page.origin.text() == ""


@pytest.mark.parametrize(
    "typed",
    ["", "crm.example.com", "http://crm.example.com", "https://crm.example.com/app", "https://*.example.com", "*"],
)
def test_what_is_no_address_is_refused_and_stays_in_its_field(
    page: LocalApiPage, toolbar: ToolbarSpy, typed: str
) -> None:
    add(page, typed)
    assert toolbar.asked == []
    assert page.origin.text() == typed
    assert "https://crm.example.com" in page._origin_notice.text()


def test_an_address_that_is_listed_is_not_listed_twice(page: LocalApiPage, toolbar: ToolbarSpy) -> None:
    add(page, WIKI)
    assert toolbar.settings.local_api.origins == (CRM, WIKI)
    assert page.origins.currentRow() == 1


def test_an_address_is_removed(page: LocalApiPage, toolbar: ToolbarSpy) -> None:
    page.origins.setCurrentRow(0)
    page.remove.click()
    assert toolbar.settings.local_api.origins == (WIKI,)


def test_switch_port_and_permission_apply_at_once(page: LocalApiPage, toolbar: ToolbarSpy) -> None:
    page.enabled.setChecked(False)
    page.port.setValue(50_000)
    page.wrap_up.setChecked(True)
    wanted = toolbar.settings.local_api
    assert (wanted.enabled, wanted.port, wanted.wrap_up) == (False, 50_000, True)


def test_a_refusal_of_the_settings_is_told(page: LocalApiPage, toolbar: ToolbarSpy) -> None:
    toolbar.refuses = SettingsError("settings_forced", key="local_api.port")
    page.port.setValue(50_000)
    assert "administrator" in page._port_notice.text()


def test_a_page_that_asks_shows_its_code_and_can_be_refused(
    qtbot, look: Look, page: LocalApiPage, toolbar: ToolbarSpy
) -> None:
    assert not page.code.isVisible()
    page.show_state(PAGES["page-pairing"])
    assert page.code.isVisible()
    assert page.code.text().replace("\u00a0", "") == PAIRING.code
    assert CRM in page._pairing_notice.text()
    page.refuse.click()
    assert toolbar.asked == [("refuse_pairing",)]


def test_a_paired_page_is_forgotten(page: LocalApiPage, toolbar: ToolbarSpy) -> None:
    page.show_state(PAGES["page-pairing"])
    assert [page.paired.item(row).text() for row in range(page.paired.count())] == [
        "https://crm.example.com  ·  connected now",
        "https://old.example.com  ·  not allowed any more",
    ]
    page.paired.setCurrentRow(1)
    page.forget.click()
    assert toolbar.asked == [("forget_page", "https://old.example.com")]


def test_what_the_administrator_has_set_cannot_be_changed(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    toolbar.forced = frozenset({"local_api.origins", "local_api.enabled"})
    page = LocalApiPage(look, toolbar)
    qtbot.addWidget(page)
    assert not page.enabled.isEnabled()
    assert not page.add.isEnabled()
    assert not page.remove.isEnabled()
    assert page.port.isEnabled()


def test_the_bar_shows_the_code_until_the_pairing_is_over(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    bar = ToolbarWindow(toolbar, look)
    qtbot.addWidget(bar)
    toolbar.watch(bar.show_state)
    bar.show()
    toolbar.show(PAGES["page-pairing"])
    line = bar.rows.pairing
    assert line.isVisible()
    assert PAIRING.code in line.sentence.replace("\u00a0", "")
    assert CRM in line.sentence
    line.first.click()
    assert toolbar.asked == [("refuse_pairing",)]
    toolbar.show(READY)
    assert not line.isVisible()


def test_the_fault_of_a_taken_port_leads_to_the_page(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    bar = ToolbarWindow(toolbar, look)
    qtbot.addWidget(bar)
    toolbar.watch(bar.show_state)
    bar.show()
    toolbar.show(PAGES["page-port-taken"])
    with qtbot.waitSignal(bar.window_asked):
        bar.rows.messages.first.click()
    assert "47824" in bar.rows.messages.sentence


def test_the_menu_offers_the_sample_page_on_the_practice_line_only(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    bar = ToolbarWindow(toolbar, look)
    qtbot.addWidget(bar)
    bar.menu.retranslate()
    assert not bar.menu.sample_page.isVisible()
    toolbar.show(replace(READY, practice=True))
    bar.menu.retranslate()
    assert bar.menu.sample_page.isVisible()
    with qtbot.waitSignal(bar.sample_page_asked):
        bar.menu.sample_page.trigger()


def test_the_settings_open_at_the_page(qtbot, look: Look, toolbar: ToolbarSpy) -> None:
    dialog = SettingsDialog(look, toolbar)
    qtbot.addWidget(dialog)
    dialog.open_page(Page.LOCAL_API)
    assert isinstance(dialog.page, LocalApiPage)
    toolbar.change_settings(
        msgspec.structs.replace(toolbar.settings, local_api=msgspec.structs.replace(PAGE_SETTINGS, origins=(CRM,)))
    )
    toolbar.show(PAGES["page-pairing"])
    dialog.page.show_state(toolbar.state)
    assert listed(dialog.page) == [CRM]
