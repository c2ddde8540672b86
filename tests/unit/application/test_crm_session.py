"""The CRM switch: signing in and out, keys, an unreachable CRM, another account."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from agent_toolbar.application import crm_findings
from agent_toolbar.application.crm_session import access_of
from agent_toolbar.application.examination import Check, Examination
from agent_toolbar.application.ports.crm import OutboxItem
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.ports.settings import CrmSettings, Settings
from agent_toolbar.application.toolbar_port import CrmEntry
from agent_toolbar.application.toolbar_state import CrmView, FaultPlace, OutboxView, Remedy, ToolbarState
from agent_toolbar.domain.crm import CallEntry, CallResult, CrmState, CrmUser
from agent_toolbar.domain.errors import CrmError, ManifestError
from tests.fakes.application_desk import ACCOUNT, Desk
from tests.fakes.crm import CrmServer

CRM = CrmSettings("tryton", "https://crm.test", "marie", {"database": "base"})
NAME = (access_of(CRM).account, "marie")


def crm_desk(server: CrmServer | None = None, *, key: str = "secret", crm: CrmSettings = CRM) -> Desk:
    desk = Desk(Settings(account=ACCOUNT, crm=crm), crm=server)
    if key:
        desk.vault.secrets[NAME] = key
    return desk


def test_signing_in_shows_who_is_signed_in() -> None:
    desk = crm_desk()
    before = desk.state.crm
    desk.toolbar.switch_crm(True)

    assert (before.configured, before.on, before.state) == (True, False, CrmState.SIGNED_OUT)
    view = desk.state.crm
    assert (view.on, view.state, view.user, view.name) == (True, CrmState.SIGNED_IN, "Marie Agent", "Test CRM")
    assert desk.crm.connections[0].access == access_of(CRM, "secret")


def test_signing_out_closes_the_connection() -> None:
    desk = crm_desk()
    desk.toolbar.switch_crm(True)
    desk.toolbar.switch_crm(False)

    assert (desk.state.crm.on, desk.state.crm.state) == (False, CrmState.SIGNED_OUT)
    assert desk.crm.connections[0].closed


def test_it_signs_in_at_the_start_where_the_settings_say_so() -> None:
    crm = msgspec.structs.replace(CRM, sign_in_at_start=True)
    desk = Desk(Settings(account=ACCOUNT, crm=crm))
    assert (desk.state.crm.on, desk.state.crm.fault) == (True, "crm_no_key")


def test_without_a_crm_there_is_nothing_to_sign_in_to() -> None:
    with pytest.raises(CrmError, match="no_crm"):
        Desk().toolbar.switch_crm(True)


def test_a_missing_key_is_asked_for_once_and_kept_under_the_account() -> None:
    desk = crm_desk(key="")
    desk.toolbar.switch_crm(True)
    (fault,) = [fault for fault in desk.state.faults if fault.place is FaultPlace.CRM]
    assert (fault.code, fault.remedy, desk.state.crm.state) == (
        "crm_no_key",
        Remedy.ENTER_CRM_KEY,
        CrmState.FAULT,
    )
    desk.toolbar.enter_crm_key(" secret ")

    assert (desk.state.crm.state, desk.state.crm.key_kept) == (CrmState.SIGNED_IN, True)
    assert desk.vault.secrets[NAME] == "secret"
    assert not [fault for fault in desk.state.faults if fault.place is FaultPlace.CRM]


def test_a_wrong_key_waits_for_the_right_one_and_is_not_tried_again() -> None:
    desk = crm_desk(CrmServer(keys={NAME[0]: "right"}))
    desk.toolbar.switch_crm(True)
    desk.timers.pass_ms(86_400_000)
    assert (desk.state.crm.fault, desk.state.crm.retry_at_s) == ("crm_unauthorized", 0.0)
    assert desk.crm.asked == [("whoami", "")]
    desk.toolbar.enter_crm_key("right")

    assert desk.state.crm.state is CrmState.SIGNED_IN


def test_an_unreachable_crm_is_tried_again_while_the_switch_is_on() -> None:
    desk = crm_desk(CrmServer(down=CrmError("crm_unreachable", detail="refused", sent=0)))
    desk.toolbar.switch_crm(True)
    waits = []
    for _ in range(9):
        retry_at_s = desk.state.crm.retry_at_s
        waits.append(round(retry_at_s - desk.clock.seconds))
        desk.timers.pass_ms(round((retry_at_s - desk.clock.seconds) * 1000) + 5)
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    desk.crm.down = None
    desk.timers.pass_ms(301_000)

    assert (desk.state.crm.state, desk.state.crm.fault) == (CrmState.SIGNED_IN, "")


def test_off_stops_the_tries() -> None:
    desk = crm_desk(CrmServer(down=CrmError("crm_unreachable", detail="refused", sent=0)))
    desk.toolbar.switch_crm(True)
    desk.toolbar.switch_crm(False)
    asked = len(desk.crm.asked)
    desk.timers.pass_ms(86_400_000)

    assert (len(desk.crm.asked), desk.state.crm.state) == (asked, CrmState.SIGNED_OUT)


def test_the_remedy_tries_at_once() -> None:
    desk = crm_desk(CrmServer(down=CrmError("crm_unreachable", detail="refused", sent=0)))
    desk.toolbar.switch_crm(True)
    desk.crm.down = None
    desk.toolbar.remedy(Remedy.SIGN_IN)

    assert desk.state.crm.state is CrmState.SIGNED_IN


def test_settings_without_a_connector_are_said_and_not_tried_again() -> None:
    server = CrmServer()
    desk = crm_desk(server)

    def refuse(_access: object) -> None:
        raise ManifestError("unknown_filter", file="x.toml", line=3, key="find")

    server.connect = refuse  # type: ignore[method-assign, assignment]
    desk = crm_desk(server)
    desk.toolbar.switch_crm(True)

    assert (desk.state.crm.fault, desk.state.crm.retry_at_s) == ("unknown_filter", 0.0)


def test_a_late_answer_of_an_earlier_sign_in_changes_nothing() -> None:
    desk = crm_desk(CrmServer(silent=True))
    desk.toolbar.switch_crm(True)
    assert desk.state.crm.state is CrmState.SIGNING_IN
    desk.toolbar.switch_crm(False)
    desk.crm.answer()

    assert desk.state.crm.state is CrmState.SIGNED_OUT


def test_a_connector_that_never_answers_is_tried_again() -> None:
    desk = crm_desk(CrmServer(silent=True))
    desk.toolbar.switch_crm(True)
    desk.crm.waiting.clear()
    desk.timers.pass_ms(61_000)
    assert (desk.state.crm.state, desk.state.crm.fault) == (CrmState.FAULT, "crm_slow")
    desk.crm.silent = False
    desk.timers.pass_ms(6_000)

    assert desk.state.crm.state is CrmState.SIGNED_IN


def test_a_late_keyring_changes_nothing() -> None:
    desk = crm_desk()
    desk.vault.slow = True
    desk.toolbar.switch_crm(True)
    desk.toolbar.switch_crm(False)
    desk.vault.answer()

    assert (desk.state.crm.state, desk.crm.connections) == (CrmState.SIGNED_OUT, [])


def test_another_account_signs_the_first_one_out() -> None:
    desk = crm_desk()
    desk.toolbar.switch_crm(True)
    desk.toolbar.set_crm(CrmEntry("tryton", "https://crm.test/", "paul", {"database": "base"}, "other"))

    assert [crm.closed for crm in desk.crm.connections] == [True, False]
    assert desk.crm.connections[1].access.user == "paul"
    assert desk.crm.connections[1].access.secret == "other"
    assert desk.settings.current.crm.url == "https://crm.test"
    assert desk.state.crm.state is CrmState.SIGNED_IN


def test_who_is_signed_in_is_plain_text() -> None:
    desk = crm_desk(CrmServer(users={"secret": CrmUser("a", "7", "Marie\n\u202eAgent")}))
    desk.toolbar.switch_crm(True)

    assert desk.state.crm.user == "Marie Agent"


def test_cti_and_crm_leave_each_other_alone() -> None:
    desk = crm_desk().on()
    desk.toolbar.switch_crm(True)
    desk.toolbar.switch_cti(False)
    assert (desk.state.cti_on, desk.state.crm.state) == (False, CrmState.SIGNED_IN)
    desk.toolbar.switch_cti(True)
    desk.toolbar.switch_crm(False)

    assert (desk.state.cti_on, desk.state.crm.state) == (True, CrmState.SIGNED_OUT)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (CrmEntry("", "https://crm.test"), "bad_manifest"),
        (CrmEntry("tryton", "crm.test"), "bad_crm_url"),
        (CrmEntry("tryton", "http://crm.test"), "bad_crm_url"),
        (CrmEntry("tryton", "https://marie:secret@crm.test"), "bad_crm_url"),
        (CrmEntry("tryton", "https://crm.test", values={"data base": "x"}), "bad_crm_value"),
        (CrmEntry("tryton", "https://crm.test", key=" "), "crm_no_key"),
    ],
)
def test_what_cannot_be_right_is_refused(entry: CrmEntry, code: str) -> None:
    with pytest.raises(CrmError) as refused:
        Desk().toolbar.set_crm(entry)

    assert refused.value.code == code
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost/x", "http://[::1]:8000"])
def test_this_computer_needs_no_https(url: str) -> None:
    desk = Desk()
    desk.toolbar.set_crm(CrmEntry("tryton", url))

    assert desk.settings.current.crm.url == url


def test_the_doctor_says_what_keeps_the_crm_away_and_never_calls_it_the_reason_for_missing_calls() -> None:
    desk = crm_desk(key="").on()
    found: list[Examination] = []
    desk.toolbar.switch_crm(True)
    desk.toolbar.examine(found.append)
    results = {result.check: result for result in found[-1].results}

    assert (results[Check.CRM].code, results[Check.CRM].remedy) == ("crm_key_missing", Remedy.ENTER_CRM_KEY)
    assert results[Check.CRM].finding is Finding.WARNING
    assert results[Check.OUTBOX].finding is Finding.FINE


@pytest.mark.parametrize(
    ("view", "finding", "code"),
    [
        (CrmView(), Finding.UNKNOWN, "not_set_up"),
        (CrmView(configured=True), Finding.UNKNOWN, "crm_signed_out"),
        (CrmView(configured=True, on=True, state=CrmState.SIGNING_IN), Finding.UNKNOWN, "crm_signing_in"),
        (CrmView(configured=True, on=True, state=CrmState.SIGNED_IN), Finding.FINE, ""),
        (
            CrmView(configured=True, state=CrmState.FAULT, fault="crm_unauthorized"),
            Finding.WARNING,
            "crm_key_refused",
        ),
        (CrmView(configured=True, state=CrmState.FAULT, fault="crm_slow"), Finding.WARNING, "crm_not_signed_in"),
    ],
)
def test_the_doctor_finds_each_state_of_the_switch(view: CrmView, finding: Finding, code: str) -> None:
    result = crm_findings.crm_session(ToolbarState(crm=view))

    assert (result.finding, result.code) == (finding, code)


def test_the_doctor_finds_what_waits_and_what_is_stuck() -> None:
    waits = OutboxView(OutboxItem(CallEntry("a", True, "1", CallResult.MISSED), "account"))
    stuck = OutboxView(replace(waits.item, stuck=True))
    codes = [
        crm_findings.outbox(ToolbarState(crm=CrmView(configured=True, outbox=outbox))).code
        for outbox in ((), (waits,), (waits, stuck))
    ]

    assert codes == ["", "outbox_waiting", "outbox_stuck"]
