"""What the doctor finds of the CRM and the outbox. Neither keeps calls away, so all of it is a warning at most."""

from __future__ import annotations

from agent_toolbar.application.examination import Check, CheckResult
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.toolbar_state import Remedy, ToolbarState
from agent_toolbar.domain.crm import CrmState

_NEEDS_KEY = {"crm_no_key": "crm_key_missing", "crm_unauthorized": "crm_key_refused"}


def crm_session(state: ToolbarState) -> CheckResult:
    view, check = state.crm, Check.CRM
    if not view.configured:
        return CheckResult(check, Finding.UNKNOWN, "not_set_up")
    if view.state is CrmState.SIGNED_IN:
        return CheckResult(check, Finding.FINE)
    if view.state in {CrmState.SIGNING_IN, CrmState.BROWSER}:
        return CheckResult(check, Finding.UNKNOWN, "crm_signing_in")
    if view.state is CrmState.SIGNED_OUT:
        return CheckResult(check, Finding.UNKNOWN, "crm_signed_out", remedy=Remedy.SIGN_IN)
    if view.needs_key:
        return CheckResult(check, Finding.WARNING, _NEEDS_KEY[view.fault], remedy=Remedy.ENTER_CRM_KEY)
    return CheckResult(check, Finding.WARNING, "crm_not_signed_in", {"url": view.url}, Remedy.SIGN_IN)


def outbox(state: ToolbarState) -> CheckResult:
    view, check = state.crm, Check.OUTBOX
    if view.stuck:
        return CheckResult(check, Finding.WARNING, "outbox_stuck", {"count": view.stuck}, Remedy.OPEN_OUTBOX)
    if view.waiting:
        return CheckResult(check, Finding.UNKNOWN, "outbox_waiting", {"count": view.waiting}, Remedy.OPEN_OUTBOX)
    if not view.configured:
        return CheckResult(check, Finding.UNKNOWN, "not_set_up")
    return CheckResult(check, Finding.FINE)
