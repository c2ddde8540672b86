"""Trials of the connection to a CRM, for tests and pictures."""

from __future__ import annotations

from agent_toolbar.application.crm_trial import CrmTrialView
from agent_toolbar.application.ports.crm_trial import LOOK_UPS, Trial, TrialSkip
from agent_toolbar.domain.contact import MatchLevel
from agent_toolbar.domain.crm import CrmContact, CrmOperation
from agent_toolbar.domain.errors import CrmError

MARIE = CrmContact("3", "Marie Dupont", number="+33 1 99 00 12 34")
OLD = CrmContact("4", "Old Card & Sons", number="99 00 12 34", level=MatchLevel.LAST_8)
ALL_WELL = (
    Trial(CrmOperation.WHOAMI, ("Marie Agent",), 84),
    Trial(CrmOperation.FIND, ("Marie Dupont, …", "Old Card & Sons, …"), 112, contacts=(MARIE, OLD)),
    Trial(CrmOperation.FIND_BY_NAME, ("Marie Dupont",), 95),
    Trial(CrmOperation.DEALS, ("Solar roof 12500.00 EUR offer", "Heat pump 900.50 EUR lead", "Stove 120 EUR lead"), 88),
    Trial(CrmOperation.OWNER, ("Alice Agent",), 40),
    Trial(CrmOperation.HISTORY, ("2026-05-02 Call", "2026-04-28 Call"), 61),
    Trial(CrmOperation.DISPOSITIONS, skip=TrialSkip.NOT_OFFERED),
    Trial(CrmOperation.FIND_LOGGED, (), 70),
)
WRONG_KEY = (Trial(CrmOperation.WHOAMI, error=CrmError("crm_unauthorized"), took_ms=30),)
DEAD = (Trial(CrmOperation.WHOAMI, error=CrmError("crm_unreachable", detail="Connection refused"), took_ms=4),)
_NOBODY = {
    CrmOperation.FIND: Trial(CrmOperation.FIND, (), 60),
    **{
        one: Trial(one, skip=TrialSkip.NO_CONTACT)
        for one in LOOK_UPS
        if one not in {CrmOperation.WHOAMI, CrmOperation.FIND, CrmOperation.DISPOSITIONS}
    },
}
_SOME = {
    CrmOperation.FIND: Trial(CrmOperation.FIND, ("Marie Dupont",), 2_340, contacts=(MARIE,)),
    CrmOperation.DEALS: Trial(CrmOperation.DEALS, error=CrmError("crm_forbidden"), took_ms=20),
    CrmOperation.HISTORY: Trial(
        CrmOperation.HISTORY, error=CrmError("crm_refused", text="Model ir.note is not for REST"), took_ms=20
    ),
}
VIEWS: dict[str, CrmTrialView] = {
    "running": CrmTrialView(ALL_WELL[:3], with_number=True),
    "well": CrmTrialView(ALL_WELL, done=True, with_number=True),
    "nobody": CrmTrialView(tuple(_NOBODY.get(one.operation, one) for one in ALL_WELL), done=True, with_number=True),
    "some-wrong": CrmTrialView(tuple(_SOME.get(one.operation, one) for one in ALL_WELL), done=True, with_number=True),
    "wrong-key": CrmTrialView(WRONG_KEY, done=True, with_number=True),
    "dead": CrmTrialView(DEAD, done=True, with_number=True),
    "no-key": CrmTrialView(done=True, error=CrmError("trial_no_key"), with_number=True),
    "sign-in-first": CrmTrialView(done=True, error=CrmError("trial_sign_in_first", name="Zoho CRM")),
}
