"""Believable moments of the CRM switch and the outbox, for pictures and for tests that walk the windows."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.ports.crm import OutboxItem
from agent_toolbar.application.toolbar_state import (
    CallView,
    CrmView,
    Fault,
    FaultPlace,
    OutboxView,
    Remedy,
    ToolbarState,
)
from agent_toolbar.domain.agent import AgentState, AgentStatus
from agent_toolbar.domain.contact import Importance, MatchLevel
from agent_toolbar.domain.crm import CallEntry, CallResult, CrmContact, CrmState, Deal, PastContact
from agent_toolbar.domain.crm_caller import CrmCaller, CrmLookUp
from tests.fakes.sample_states import NOW_S, READY, RINGING_MARIE, RINGING_UNKNOWN, STATES, TALKING, call, with_calls

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
    "crm-key-refused": replace(
        _with(replace(SIGNED_OUT, on=True, state=CrmState.FAULT, fault="crm_unauthorized")),
        faults=(Fault("crm_unauthorized", FaultPlace.CRM, Remedy.ENTER_CRM_KEY),),
    ),
    "crm-stuck": replace(
        _with(replace(SIGNED_IN, outbox=ALL)),
        faults=(Fault("outbox_stuck", FaultPlace.OUTBOX, Remedy.OPEN_OUTBOX, {"count": 2}),),
    ),
}


LOOKING = CrmCaller(ACCOUNT)
MARIE = CrmContact(
    "11", "Marie Dupont", "ACME Europe", "+33145678901", Importance.VIP, "Paul Bernard", "https://crm.example.com/11"
)
ANNA = CrmContact("21", "Anna Weber", "Weber & Söhne GmbH", "+4930901820", Importance.HIGH, "Marie Agent")
KLAUS = CrmContact("22", "Klaus Weber", "Weber & Söhne GmbH", "+4930901820")
OTTO = CrmContact("23", "Otto Weber", "Weber Transporte", "030 901820", level=MatchLevel.LAST_8)
ILSE = CrmContact("24", "Ilse Weber", "", "030 901820", level=MatchLevel.LAST_8)
FOUND = CrmCaller(
    ACCOUNT,
    CrmLookUp.FOUND,
    (MARIE,),
    "11",
    deals=(Deal("1", "Headsets", "12500.00", "EUR"), Deal("2", "Cables", "900.50", "EUR"), Deal("3", "Training")),
    history=(
        PastContact("2026-05-12T09:30:00Z", "Wants an offer for 40 headsets, delivery before the end of June", "Paul"),
        PastContact("2026-04-28", "Complaint about the delivery of 20 April"),
        PastContact("2026-03-02", "Incoming call +33145678901, answered", "Marie Agent"),
    ),
)
NOBODY = replace(LOOKING, state=CrmLookUp.NONE)
THREE = replace(LOOKING, state=CrmLookUp.FOUND, contacts=(ANNA, KLAUS, OTTO))
FOUR = replace(THREE, contacts=(*THREE.contacts, ILSE))
FAILED = replace(LOOKING, state=CrmLookUp.FAILED, fault="crm_slow")
_STRANGER = call("c5", "+33198765432")
_TALKING_TO_STRANGER = replace(
    call("c5", "+33198765432"), call=replace(TALKING.call, id="c5", remote=_STRANGER.call.remote)
)
_RINGING = AgentStatus(AgentState.RINGING, since_s=NOW_S - 6)


def _card(view: CallView, caller: CrmCaller) -> ToolbarState:
    return replace(with_calls(replace(view, crm=caller), agent=_RINGING), crm=SIGNED_IN)


def _bar(view: CallView, caller: CrmCaller) -> ToolbarState:
    return replace(with_calls(replace(view, crm=caller)), crm=SIGNED_IN)


CRM_CARDS: dict[str, ToolbarState] = {
    "crm-looking": _card(RINGING_MARIE, LOOKING),
    "crm-found": _card(RINGING_MARIE, FOUND),
    "crm-three": _card(RINGING_UNKNOWN, THREE),
    "crm-four": _card(replace(RINGING_UNKNOWN, matches=()), FOUR),
    "crm-nobody": _card(_STRANGER, NOBODY),
    "crm-failed": _card(RINGING_MARIE, FAILED),
}
CRM_CALLS: dict[str, ToolbarState] = {
    "caller-found": _bar(TALKING, FOUND),
    "caller-several": _bar(_TALKING_TO_STRANGER, FOUR),
    "caller-nobody": _bar(_TALKING_TO_STRANGER, NOBODY),
    "caller-failed": _bar(TALKING, FAILED),
}
