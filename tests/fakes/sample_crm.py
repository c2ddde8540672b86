"""Believable moments of the CRM switch and the outbox, for pictures and for tests that walk the windows."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.ports.crm import OutboxItem
from agent_toolbar.application.toolbar_state import CrmView, Fault, FaultPlace, OutboxView, Remedy, ToolbarState
from agent_toolbar.domain.crm import CallEntry, CallResult, CrmState
from tests.fakes.sample_states import NOW_S, READY, STATES

ACCOUNT = "tryton|https://crm.example.com|base|marie"
SIGNED_OUT = CrmView(configured=True, url="https://crm.example.com", user="marie")
SIGNED_IN = replace(SIGNED_OUT, on=True, state=CrmState.SIGNED_IN, name="Tryton", user="Marie Agent")


def waiting(key: str, name: str, result: CallResult, ago_s: float, subject: str = "", **values: object) -> OutboxView:
    entry = CallEntry(
        key,
        incoming=result is not CallResult.NOT_REACHED,
        number="+33145678901",
        result=result,
        contact_name=name,
        started_s=NOW_S - ago_s,
        duration_s=151,
        subject=subject,
    )
    return OutboxView(OutboxItem(entry, ACCOUNT, **values))  # type: ignore[arg-type]


REFUSED = waiting(
    "c1",
    "Marie Dupont",
    CallResult.ANSWERED,
    7_200,
    "Wants an offer for 40 headsets, delivery before the end of June",
    stuck=True,
    error="crm_refused",
    error_text="The party is closed and takes no more activities.",
)
DOUBTFUL = waiting(
    "c2", "Jérôme Lefèvre-Özdemir", CallResult.MISSED, 90_000, stuck=True, doubtful=True, error="outbox_doubtful"
)
SLOW = waiting("c3", "Hana Nováková", CallResult.NOT_REACHED, 600, tries=2, error="crm_slow", doubtful=True)
FOREIGN = replace(waiting("c4", "", CallResult.TRANSFERRED, 300, "Passed on to Paul"), foreign=True)
SENDING = replace(waiting("c5", "Anna Weber", CallResult.DECLINED, 60), sending=True)
HELD = waiting("c6", "Klaus Weber", CallResult.ANSWERED, 30, held=True)
ALL = (DOUBTFUL, REFUSED, SLOW, FOREIGN, SENDING, HELD)
_THREE = (
    waiting("c7", "Marie Dupont", CallResult.ANSWERED, 5_400, "Order 4711"),
    waiting("c8", "Boulangerie de l’Étoile", CallResult.MISSED, 1_900),
    waiting("c9", "Anna Weber", CallResult.TRANSFERRED, 300, "Passed on to Paul"),
)
_NO_KEY = replace(SIGNED_OUT, on=True, state=CrmState.FAULT, fault="crm_no_key", outbox=_THREE)


def _with(view: CrmView, state: ToolbarState = READY) -> ToolbarState:
    return replace(state, crm=view)


CRMS: dict[str, ToolbarState] = {
    "crm-signed-out": _with(SIGNED_OUT),
    "crm-signing-in": _with(replace(SIGNED_OUT, on=True, state=CrmState.SIGNING_IN)),
    "crm-in-browser": replace(
        _with(replace(SIGNED_OUT, on=True, state=CrmState.BROWSER, browser=True, sign_in_url="https://login.test/x")),
        faults=(Fault("crm_in_browser", FaultPlace.CRM, Remedy.CANCEL_SIGN_IN, {"url": "https://login.test/x"}),),
    ),
    "crm-signed-in": _with(SIGNED_IN),
    "crm-in-a-call": _with(SIGNED_IN, STATES["in-a-call"]),
    "crm-waiting": _with(replace(SIGNED_OUT, outbox=_THREE)),
    "crm-sending": _with(replace(SIGNED_IN, outbox=_THREE)),
    "crm-no-key": replace(
        _with(_NO_KEY),
        faults=(Fault("crm_no_key", FaultPlace.CRM, Remedy.ENTER_CRM_KEY),),
    ),
    "crm-stuck": replace(
        _with(replace(SIGNED_IN, outbox=ALL)),
        faults=(Fault("outbox_stuck", FaultPlace.OUTBOX, Remedy.OPEN_OUTBOX, {"count": 2}),),
    ),
}
