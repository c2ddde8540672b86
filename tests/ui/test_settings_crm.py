"""The settings page "CRM": what is asked of whom, what is said where, and that no key is ever shown."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from agent_toolbar.application.ports.settings import CrmPages, CrmSettings, OpensPage, PageMoments, Settings
from agent_toolbar.application.toolbar_port import CrmEntry
from agent_toolbar.application.toolbar_state import Remedy
from agent_toolbar.domain.crm import CrmState
from agent_toolbar.domain.errors import CrmError, SettingsError
from agent_toolbar.ui.connector_form import OWN_FILE
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.settings_crm import CrmPage
from agent_toolbar.ui.tokens import Tone
from tests.fakes.sample_crm import CRMS, SIGNED_IN, SIGNED_OUT
from tests.fakes.sample_states import READY
from tests.fakes.toolbar import ToolbarSpy

KNOWN = CrmSettings("tryton", "https://crm.example.com", "marie", {"database": "base"})


def crm_page(qtbot, look: Look, toolbar: ToolbarSpy) -> CrmPage:
    page = CrmPage(look, toolbar)
    qtbot.addWidget(page)
    page.resize(640, 900)
    page.show()
    toolbar.listeners.append(page.show_state)
    return page


@pytest.fixture
def toolbar() -> ToolbarSpy:
    return ToolbarSpy(READY, Settings())


@pytest.fixture
def page(qtbot, look: Look, toolbar: ToolbarSpy) -> CrmPage:
    return crm_page(qtbot, look, toolbar)


@pytest.fixture
def known(qtbot, look: Look) -> CrmPage:
    return crm_page(qtbot, look, ToolbarSpy(CRMS["crm-signed-out"], Settings(crm=KNOWN)))


def choose(page: CrmPage, manifest: str) -> None:
    page.form.product.setCurrentIndex(page.form.product.findData(manifest))
    page.form.product.activated.emit(page.form.product.currentIndex())


def spy(page: CrmPage) -> ToolbarSpy:
    assert isinstance(page.toolbar, ToolbarSpy)
    return page.toolbar


def test_without_a_crm_only_the_product_is_asked_for(page: CrmPage) -> None:
    assert [page.form.product.itemText(row) for row in range(page.form.product.count())] == [
        "No CRM",
        "HubSpot",
        "Salesforce Sales Cloud",
        "Tryton",
        "Zoho CRM",
        "Own connector (file)…",
    ]
    hidden = (page.form.url, page.form.user, page.form.key, page.form.file, page.switch)
    assert [one.isVisible() for one in hidden] == [False] * len(hidden)
    assert page.save.text() == "Save"


@pytest.mark.parametrize(("manifest", "said"), [("tryton", "the real product"), ("hubspot", "recorded answers only")])
def test_each_product_says_how_far_it_was_tried(page: CrmPage, manifest: str, said: str) -> None:
    choose(page, manifest)
    assert said in page.form.problem(page.form.product)


def test_the_form_asks_for_what_the_connector_wants(page: CrmPage, toolbar: ToolbarSpy) -> None:
    choose(page, "tryton")
    assert list(page.form.values) == ["database", "unknown_contact"]
    page.form.url.setText(" https://crm.example.com ")
    page.form.values["database"].setText("base")
    page.form.user.setText("marie")
    page.form.key.setText("s3cret")
    page.save.click()
    entry = CrmEntry("tryton", "https://crm.example.com", "marie", {"database": "base"}, "s3cret")
    assert toolbar.asked == [("set_crm", entry), ("switch_crm", True)]
    assert page.form.key.text() == ""
    assert (page.outcome.text(), page.busy) == ("", False), "the state says signed out: nothing is under way"


def test_a_value_that_is_needed_is_asked_for_at_its_field(page: CrmPage, toolbar: ToolbarSpy) -> None:
    choose(page, "tryton")
    page.form.url.setText("https://crm.example.com")
    page.save.click()
    field = page.form.values["database"]
    assert page.form.problem(field) == "This is needed: Name of the database."
    assert (toolbar.asked, page.focusWidget()) == ([], field)
    QTest.keyClicks(field, "base")
    assert page.form.problem(field) == ""


def test_values_with_a_usual_one_may_stay_empty_and_show_it(page: CrmPage, toolbar: ToolbarSpy) -> None:
    choose(page, "zoho")
    assert page.form.values["accounts"].placeholderText() == "https://accounts.zoho.com"
    page.form.values["client_id"].setText("1000.X")
    page.save.click()
    assert toolbar.asked[0] == ("set_crm", CrmEntry("zoho", "https://crm.zoho.eu", "", {"client_id": "1000.X"}, None))


def test_who_signs_in_in_the_browser_types_no_key(page: CrmPage) -> None:
    choose(page, "salesforce")
    assert (page.form.key.isVisible(), page.form.problem(page.form.user)) == (False, "You sign in in your browser.")
    choose(page, "zoho")
    assert page.form.key.isVisible()
    assert "secret of the registered application" in page.form.problem(page.form.key)


def test_another_product_keeps_what_was_typed_and_its_own_address(page: CrmPage) -> None:
    choose(page, "hubspot")
    assert page.form.url.text() == "https://api.hubapi.com"
    choose(page, "tryton")
    assert (page.form.url.text(), page.form.url.placeholderText()) == ("", "https://tryton.example.com")
    page.form.url.setText("https://crm.example.com")
    page.form.values["database"].setText("base")
    choose(page, "zoho")
    choose(page, "tryton")
    assert (page.form.url.text(), page.form.values["database"].text()) == ("https://crm.example.com", "base")


def test_what_is_set_up_is_shown_without_its_key(known: CrmPage) -> None:
    form = known.form
    assert (form.product.currentText(), form.url.text(), form.user.text()) == ("Tryton", KNOWN.url, "marie")
    assert form.values["database"].text() == "base"
    assert (form.key.text(), form.key.placeholderText()) == ("", "")
    assert form.key.echoMode() is QLineEdit.EchoMode.Password
    spy(known).show(replace(READY, crm=replace(SIGNED_IN, key_kept=True)))
    assert (form.key.text(), form.key.placeholderText()) == ("", "Unchanged")


def test_saving_again_without_a_key_keeps_the_one_that_is_known(known: CrmPage) -> None:
    known.save.click()
    assert spy(known).asked[0] == ("set_crm", CrmEntry("tryton", KNOWN.url, "marie", KNOWN.values, None))


def test_a_connector_of_ones_own_is_read_and_asked_for_its_values(page: CrmPage, toolbar: ToolbarSpy) -> None:
    choose(page, OWN_FILE)
    assert (page.form.file.isVisible(), page.form.url.isVisible()) == (True, False)
    page.form.use_file("/srv/broken.toml")
    assert "/srv/broken.toml" in page.form.problem(page.form.file)
    page.form.use_file("/srv/small.toml")
    assert (page.form.problem(page.form.file), page.form.url.isVisible()) == ("A manifest (.toml).", True)
    page.form.url.setText("https://small.example")
    page.save.click()
    assert toolbar.asked[0] == ("set_crm", CrmEntry("/srv/small.toml", "https://small.example"))


def test_an_own_file_that_is_set_up_is_shown(qtbot, look: Look) -> None:
    own = CrmSettings("/srv/small.toml", "https://small.example")
    page = crm_page(qtbot, look, ToolbarSpy(READY, Settings(crm=own)))
    assert (page.form.product.currentData(), page.form.file.text()) == (OWN_FILE, "/srv/small.toml")


@pytest.mark.parametrize(
    ("code", "field"), [("bad_crm_url", "url"), ("crm_no_key", "key"), ("bad_manifest", "product")]
)
def test_a_refusal_is_said_at_its_field(known: CrmPage, code: str, field: str) -> None:
    spy(known).refuses = CrmError(code, url="x", manifest="x")
    known.save.click()
    assert known.form.problem(getattr(known.form, field)) not in {"", "Was run against the real product."}
    assert known.focusWidget() is getattr(known.form, field)


def test_how_signing_in_went_is_said_where_it_was_asked(known: CrmPage) -> None:
    toolbar = spy(known)
    known.form.key.setText("old")
    toolbar._state = CRMS["crm-signing-in"]
    known.save.click()
    assert (known.outcome.text(), known.busy) == ("Signing in…", True)
    toolbar.show(CRMS["crm-key-refused"])
    assert "key or password" in known.form.problem(known.form.key)
    assert (known.outcome.text(), known.busy) == ("", False)
    known.save.click()
    assert toolbar.asked[-1] == ("remedy", Remedy.SIGN_IN)
    toolbar._state = CRMS["crm-signing-in"]
    known.save.click()
    toolbar.show(CRMS["crm-signed-in"])
    assert (known.outcome.text(), known.outcome.tone) == ("Signed in as Marie Agent (Tryton)", Tone.READY)


def test_a_fault_that_concerns_no_field_stands_below_the_button(known: CrmPage) -> None:
    toolbar = spy(known)
    toolbar._state = CRMS["crm-signing-in"]
    known.save.click()
    toolbar.show(replace(READY, crm=replace(SIGNED_OUT, on=True, state=CrmState.FAULT, fault="crm_forbidden")))
    assert known.outcome.tone is Tone.FAULT


def test_signing_in_and_out_is_one_button_with_its_state_in_words(known: CrmPage) -> None:
    assert (known.switch.text(), known.state_notice.text()) == ("Sign in", "Signed out")
    known.switch.click()
    spy(known).show(CRMS["crm-signed-in"])
    assert (known.switch.text(), known.state_notice.text()) == ("Sign out", "Signed in as Marie Agent (Tryton)")
    known.switch.click()
    assert spy(known).asked == [("switch_crm", True), ("switch_crm", False)]
    spy(known).show(CRMS["crm-in-browser"])
    assert "https://login.test/x" in known.state_notice.text()


def test_no_crm_forgets_the_way_and_keeps_the_rest(known: CrmPage) -> None:
    choose(known, "")
    known.save.click()
    assert spy(known).settings.crm == CrmSettings()
    assert known.outcome.text() == "Saved: no CRM."


def test_what_the_day_needs_applies_at_once(known: CrmPage) -> None:
    known.at_start.setChecked(True)
    known.logs_calls.setChecked(False)
    crm = spy(known).settings.crm
    assert (crm.sign_in_at_start, crm.logs_calls) == (True, False)


@pytest.mark.parametrize("direction", ["incoming", "outgoing", "internal"])
@pytest.mark.parametrize("matches", ["none", "one", "several"])
def test_each_moment_of_the_table_is_a_choice(known: CrmPage, direction: str, matches: str) -> None:
    choice = known.pages.moments[direction, matches]
    choice.setCurrentIndex(choice.findData(OpensPage.ANSWER))
    choice.activated.emit(choice.currentIndex())
    before: PageMoments = getattr(CrmPages(), direction)
    wanted = msgspec.structs.replace(CrmPages(), **{direction: msgspec.structs.replace(before, **{matches: "answer"})})
    assert spy(known).settings.crm.pages == wanted
    assert choice.accessibleName()


def test_an_address_is_kept_when_it_is_left_and_a_wrong_one_says_why(known: CrmPage) -> None:
    toolbar, field = spy(known), known.pages.urls["none_url"]
    toolbar.refuses = SettingsError("settings_unknown_place", key="x", place="{phone}", known="{e164}")
    field.setText("https://crm.example.com/?q={phone}")
    field.editingFinished.emit()
    assert "{phone}" in known.pages.url_notices["none_url"].text()
    toolbar.show(CRMS["crm-signed-in"])
    assert field.text() == "https://crm.example.com/?q={phone}", "what was typed stays"
    field.setText("https://crm.example.com/?q={e164}")
    field.textEdited.emit(field.text())
    field.editingFinished.emit()
    assert toolbar.settings.crm.pages.none_url == "https://crm.example.com/?q={e164}"
    assert known.pages.url_notices["none_url"].tone is Tone.MUTED


def test_naming_its_computer_tries_a_refused_address_again(known: CrmPage) -> None:
    toolbar = spy(known)
    toolbar.refuses = SettingsError("settings_page_host", key="x", host="https://erp.test")
    known.pages.urls["one_url"].setText("https://erp.test/{contact_id}")
    known.pages.urls["one_url"].editingFinished.emit()
    known.pages.hosts.setText("ERP.test, other.test erp.test")
    known.pages.hosts.editingFinished.emit()
    crm = toolbar.settings.crm
    assert (crm.page_hosts, crm.pages.one_url) == (("erp.test", "other.test"), "https://erp.test/{contact_id}")


def test_what_the_administrator_has_set_is_grey_and_says_so(qtbot, look: Look) -> None:
    toolbar = ToolbarSpy(CRMS["crm-signed-out"], Settings(crm=KNOWN))
    toolbar.forced = frozenset(
        {
            "crm.manifest",
            "crm.url",
            "crm.user",
            "crm.values",
            "crm.logs_calls",
            "crm.sign_in_at_start",
            "crm.pages.incoming.one",
            "crm.pages.none_url",
            "crm.page_hosts",
        }
    )
    page = crm_page(qtbot, look, toolbar)
    form, pages = page.form, page.pages
    fixed: list[QWidget] = [form.product, form.url, form.user, form.values["database"], page.logs_calls, page.at_start]
    fixed += [pages.moments["incoming", "one"], pages.urls["none_url"], pages.hosts]
    assert [one.isEnabled() for one in fixed] == [False] * len(fixed)
    assert {one.toolTip() for one in fixed} == {"Set by your administrator."}
    assert form.key.isEnabled()
    assert pages.moments["incoming", "none"].isEnabled()


def test_everything_is_reached_by_the_keyboard_in_the_order_of_the_eye(known: CrmPage) -> None:
    known.activateWindow()
    known.switch.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(12):
        seen.append(known.focusWidget())
        QTest.keyClick(known.focusWidget(), Qt.Key.Key_Tab)
    form, trial = known.form, (known.trial.number, known.trial.button)
    wanted = [known.switch, form.product, form.url, form.values["database"], form.values["unknown_contact"]]
    assert seen == [*wanted, form.user, form.key, known.save, *trial, known.at_start, known.logs_calls]
