"""Trying the connection to a CRM: with which key, what is told, and that nothing is kept or changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_toolbar.application.crm_trial import CrmTrialView, too_slow
from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.application.ports.crm_trial import Trial
from agent_toolbar.application.ports.settings import CrmSettings, Settings
from agent_toolbar.application.toolbar_port import CrmEntry
from agent_toolbar.domain.crm import CrmOperation, CrmState
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from tests.fakes.application_desk import ACCOUNT, Desk

ENTRY = CrmEntry("tryton", "https://crm.test/", "marie", {"database": "base"}, "typed key")
ACCESS = CrmAccess("tryton", "https://crm.test", "marie", (("database", "base"),), "")
WHO = Trial(CrmOperation.WHOAMI, ("Marie Agent",), 80)
FOUND = Trial(CrmOperation.FIND, ("Ann",), 90)


@pytest.fixture
def desk() -> Desk:
    return Desk(Settings(account=ACCOUNT))


def begin(desk: Desk, entry: CrmEntry = ENTRY, number: str = "") -> list[CrmTrialView]:
    views: list[CrmTrialView] = []
    desk.toolbar.try_crm(entry, number, views.append)
    return views


def test_what_was_typed_is_tried_and_each_answer_is_told(desk: Desk) -> None:
    views = begin(desk, number="01 99 00 12 34")
    (trial,) = desk.trials.begun
    assert (trial.access, trial.access.secret) == (replace(ACCESS, secret="typed key"), "typed key")
    assert trial.number == "01 99 00 12 34"
    trial.tried(WHO)
    trial.tried(FOUND)
    trial.done(None)
    assert [len(view.tried) for view in views] == [1, 2, 2]
    assert (views[-1].done, views[-1].answered, views[-1].failed) == (True, (WHO, FOUND), ())
    assert views[-1].with_number


def test_a_trial_keeps_nothing_and_signs_nobody_in_or_out(desk: Desk) -> None:
    before = desk.toolbar.settings
    secrets = dict(desk.vault.secrets)
    begin(desk)
    desk.trials.begun[0].tried(Trial(CrmOperation.WHOAMI, error=CrmError("crm_unauthorized")))
    desk.trials.begun[0].done(None)
    assert desk.toolbar.settings == before
    assert desk.vault.secrets == secrets
    assert (desk.state.crm.state, desk.state.crm.fault, desk.state.faults) == (CrmState.SIGNED_OUT, "", ())


def test_without_a_typed_key_the_kept_one_of_just_this_sign_in_is_used(desk: Desk) -> None:
    desk.vault.secrets[ACCESS.account, "marie"] = "kept key"
    begin(desk, replace(ENTRY, key=None))
    assert [one.access.secret for one in desk.trials.begun] == ["kept key"]
    for elsewhere in (replace(ENTRY, key=None, url="https://evil.test"), replace(ENTRY, key=None, user="bob")):
        (view,) = begin(desk, elsewhere)
        assert (view.done, view.error and view.error.code) == (True, "trial_no_key")
    assert len(desk.trials.begun) == 1


@pytest.mark.parametrize("typed", [None, "secret of the application"])
def test_who_signs_in_in_the_browser_signs_in_first(desk: Desk, typed: str | None) -> None:
    entry = CrmEntry("zoho", "https://crm.zoho.eu", "", {"client_id": "1"}, typed)
    (view,) = begin(desk, entry)
    assert view.error is not None
    assert (view.error.code, view.error.params) == ("trial_sign_in_first", {"name": "Zoho CRM"})
    access = CrmAccess("zoho", "https://crm.zoho.eu", "", (("client_id", "1"),), "")
    desk.vault.secrets[access.account, ""] = "grant of before"
    assert begin(desk, entry) == []
    assert [one.access.secret for one in desk.trials.begun] == ["grant of before"]


@pytest.mark.parametrize(
    ("entry", "number", "code"),
    [
        (replace(ENTRY, url="http://crm.test"), "", "bad_crm_url"),
        (replace(ENTRY, manifest="  "), "", "bad_manifest"),
        (replace(ENTRY, manifest="nobody"), "", "no_connector"),
        (ENTRY, "Marie", "trial_no_number"),
        (ENTRY, "1002", "trial_no_number"),
    ],
)
def test_what_cannot_be_is_refused_at_once(desk: Desk, entry: CrmEntry, number: str, code: str) -> None:
    with pytest.raises(AgentToolbarError) as refused:
        begin(desk, entry, number)
    assert refused.value.code == code
    assert desk.trials.begun == []


def test_a_cancelled_trial_tells_nothing_more(desk: Desk) -> None:
    views: list[CrmTrialView] = []
    task = desk.toolbar.try_crm(ENTRY, "", views.append)
    task.cancel()
    (trial,) = desk.trials.begun
    trial.tried(WHO)
    trial.done(None)
    assert (views, trial.cancelled) == ([], True)


def test_a_trial_that_is_cancelled_before_the_keyring_answered_never_begins(desk: Desk) -> None:
    desk.vault.slow = True
    desk.vault.secrets[ACCESS.account, "marie"] = "kept key"
    views: list[CrmTrialView] = []
    desk.toolbar.try_crm(replace(ENTRY, key=None), "", views.append).cancel()
    desk.vault.answer()
    assert (desk.trials.begun, views) == ([], [])


def test_a_number_that_is_found_too_late_for_the_card_is_too_slow() -> None:
    assert too_slow(replace(FOUND, took_ms=1_501))
    assert not too_slow(replace(FOUND, took_ms=1_500))
    assert not too_slow(replace(WHO, took_ms=9_000))
    assert not too_slow(replace(FOUND, took_ms=9_000, error=CrmError("crm_slow")))


def test_a_crm_that_is_set_up_is_tried_as_it_stands() -> None:
    known = CrmSettings("tryton", "https://crm.test", "marie", {"database": "base"})
    desk = Desk(Settings(account=ACCOUNT, crm=known))
    desk.toolbar.set_crm(ENTRY)
    begin(desk, replace(ENTRY, key=None))
    assert [one.access.secret for one in desk.trials.begun] == ["typed key"]
