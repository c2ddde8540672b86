"""Signing in at a CRM with the browser: who asks for it, waiting, cancelling, keeping, and signing in again."""

from __future__ import annotations

import msgspec

from agent_toolbar.application import crm_findings
from agent_toolbar.application.crm_session import access_of
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.ports.settings import CrmSettings, Settings
from agent_toolbar.application.toolbar_state import Fault, FaultPlace, Remedy
from agent_toolbar.domain.crm import CrmState
from agent_toolbar.domain.errors import CrmError
from tests.fakes.application_desk import ACCOUNT, Desk
from tests.fakes.crm import CrmServer

CRM = CrmSettings("cloud", "https://crm.test", "marie")
NAME = (access_of(CRM).account, "marie")


def browser_desk(*, key: str = "", server: CrmServer | None = None) -> Desk:
    desk = Desk(Settings(account=ACCOUNT, crm=CRM), crm=server)
    desk.browser.used = True
    if key:
        desk.vault.secrets[NAME] = key
    return desk


def the_fault(desk: Desk) -> Fault:
    (fault,) = [fault for fault in desk.state.faults if fault.place is FaultPlace.CRM]
    return fault


def test_the_switch_opens_the_browser_and_says_what_is_waited_for() -> None:
    desk = browser_desk()
    desk.toolbar.switch_crm(True)

    assert desk.browser.opened == ["https://login.test/0"]
    view = desk.state.crm
    assert (view.state, view.sign_in_url, view.browser) == (CrmState.BROWSER, "https://login.test/0", True)
    fault = the_fault(desk)
    assert (fault.code, fault.remedy, fault.serious) == ("crm_in_browser", Remedy.CANCEL_SIGN_IN, False)
    assert crm_findings.crm_session(desk.state).code == "crm_signing_in"


def test_what_the_browser_gave_is_kept_and_then_used() -> None:
    desk = browser_desk()
    desk.toolbar.switch_crm(True)
    desk.vault.slow = True
    desk.browser.attempts[0].told("grant-1")
    assert (desk.vault.secrets[NAME], desk.crm.connections) == ("grant-1", [])
    desk.vault.answer()

    assert (desk.state.crm.state, desk.state.crm.key_kept) == (CrmState.SIGNED_IN, True)
    assert desk.crm.connections[0].access.secret == "grant-1"
    assert desk.state.crm.sign_in_url == ""


def test_who_signed_in_before_is_not_asked_again() -> None:
    desk = browser_desk(key="grant-1")
    desk.toolbar.switch_crm(True)

    assert desk.state.crm.state is CrmState.SIGNED_IN
    assert desk.browser.attempts == []


def test_the_secret_of_the_product_is_handed_to_the_sign_in() -> None:
    desk = browser_desk(key="client secret")
    desk.toolbar.switch_crm(True)

    assert desk.browser.attempts[0].access.secret == "client secret"


def test_a_missing_secret_of_the_product_is_asked_for() -> None:
    desk = browser_desk()
    desk.browser.refusal = CrmError("crm_no_key")
    desk.toolbar.switch_crm(True)
    assert (the_fault(desk).code, the_fault(desk).remedy) == ("crm_no_key", Remedy.ENTER_CRM_KEY)
    desk.browser.refusal = None
    desk.toolbar.enter_crm_key("client secret")

    assert desk.state.crm.state is CrmState.BROWSER


def test_no_browser_opens_by_itself_at_the_start() -> None:
    crm = msgspec.structs.replace(CRM, sign_in_at_start=True)
    first = browser_desk()
    first.settings.current = msgspec.structs.replace(first.settings.current, crm=crm)
    desk = Desk(earlier=first)
    desk.browser.used = True
    desk.toolbar.start()
    assert (the_fault(desk).code, the_fault(desk).remedy) == ("crm_sign_in_needed", Remedy.SIGN_IN)
    assert desk.browser.opened == []
    desk.toolbar.remedy(Remedy.SIGN_IN)

    assert desk.state.crm.state is CrmState.BROWSER


def test_cancel_ends_it_and_late_answers_change_nothing() -> None:
    desk = browser_desk()
    desk.toolbar.switch_crm(True)
    desk.toolbar.remedy(Remedy.CANCEL_SIGN_IN)
    assert (desk.state.crm.on, desk.state.crm.state) == (False, CrmState.SIGNED_OUT)
    assert desk.browser.attempts[0].cancelled
    desk.browser.attempts[0].told("grant-late")

    assert desk.state.crm.state is CrmState.SIGNED_OUT
    assert NAME not in desk.vault.secrets


def test_a_refusal_is_told_and_not_tried_again_by_itself() -> None:
    desk = browser_desk()
    desk.toolbar.switch_crm(True)
    desk.browser.attempts[0].told(CrmError("sign_in_denied"))
    desk.timers.pass_ms(86_400_000)
    assert (the_fault(desk).code, the_fault(desk).remedy) == ("sign_in_denied", Remedy.SIGN_IN)
    assert len(desk.browser.attempts) == 1
    desk.toolbar.remedy(Remedy.SIGN_IN)

    assert len(desk.browser.attempts) == 2


def test_a_sign_in_that_is_over_is_done_again_in_the_browser_when_the_person_wants() -> None:
    desk = browser_desk(key="grant-old", server=CrmServer(keys={NAME[0]: "grant-new"}))
    desk.toolbar.switch_crm(True)
    assert (the_fault(desk).code, the_fault(desk).remedy) == ("crm_unauthorized", Remedy.SIGN_IN)
    assert crm_findings.crm_session(desk.state).finding is Finding.WARNING
    assert crm_findings.crm_session(desk.state).remedy is Remedy.SIGN_IN
    assert desk.browser.opened == []
    desk.toolbar.remedy(Remedy.SIGN_IN)
    desk.browser.attempts[0].told("grant-new")

    assert desk.state.crm.state is CrmState.SIGNED_IN
    assert desk.vault.secrets[NAME] == "grant-new"


def test_where_no_browser_opens_the_address_is_said() -> None:
    desk = browser_desk()
    desk.browser.there = False
    desk.toolbar.switch_crm(True)

    fault = the_fault(desk)
    assert (fault.code, fault.params) == ("crm_no_browser", {"url": "https://login.test/0"})


def test_another_account_ends_the_wait_of_the_first() -> None:
    desk = browser_desk()
    desk.toolbar.switch_crm(True)
    crm = msgspec.structs.replace(CRM, user="paul")
    desk.toolbar.change_settings(msgspec.structs.replace(desk.settings.current, crm=crm))

    assert desk.browser.attempts[0].cancelled
