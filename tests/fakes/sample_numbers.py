"""Believable moments of a number that is wrong, for pictures and for tests that walk the windows."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.correction_sending import entry_of
from agent_toolbar.application.number_case import (
    CorrectionOutcome,
    CorrectionPlace,
    NumberCaseView,
    PlaceView,
)
from agent_toolbar.application.ports.crm import OutboxItem
from agent_toolbar.application.toolbar_state import OutboxView, ToolbarState
from agent_toolbar.domain.contact import ContactMatch
from agent_toolbar.domain.crm import CrmContact
from agent_toolbar.domain.number_correction import CorrectionKind, NumberCorrection
from agent_toolbar.domain.number_finding import NumberEvidence, NumberFinding
from tests.fakes.sample_crm import ACCOUNT, SIGNED_IN
from tests.fakes.sample_states import NOW_S, READY

BEFORE, AFTER = "+33145678901", "+33140506070"
MARIE = ContactMatch(1, "Marie Dupont", "ACME", phone=BEFORE)
PAUL = ContactMatch(2, "Paul Martin", "Garage Martin", phone=BEFORE)
_ALL = frozenset(CorrectionKind)


def at(
    contacts: CorrectionOutcome, crm: CorrectionOutcome, error: str = "", error_text: str = ""
) -> tuple[PlaceView, PlaceView]:
    return (
        PlaceView(CorrectionPlace.CONTACTS, contacts),
        PlaceView(CorrectionPlace.CRM, crm, error, error_text),
    )


PROPOSED = NumberCaseView(
    call="c0",
    before=BEFORE,
    shown="01 45 67 89 01",
    finding=NumberFinding.OUT_OF_USE,
    evidence=NumberEvidence("c0", NOW_S - 20, 404),
    name="Marie Dupont",
    proposed=True,
    contacts=(MARIE,),
    contact=MARIE,
    crm_name="Tryton",
    crm_contact=CrmContact("7", "Marie Dupont", number=BEFORE),
    problem="correction_empty",
    places=at(CorrectionOutcome.READY, CorrectionOutcome.READY),
    kinds=frozenset({CorrectionKind.RETIRE, CorrectionKind.MOVE}),
)
HALF = replace(PROPOSED, proposed=False, typed="01 40 50", problem="correction_not_a_number")
TYPED = replace(HALF, typed="01 40 50 60 70", problem="", after=AFTER, after_shown="01 40 50 60 70", kinds=_ALL)
SEVERAL = replace(
    HALF,
    finding=NumberFinding.SOMEBODY_ELSE,
    typed="",
    problem="correction_empty",
    name="",
    contacts=(MARIE, PAUL),
    contact=None,
    kinds=frozenset(),
    places=at(CorrectionOutcome.READY, CorrectionOutcome.LATER),
)
DONE = replace(
    TYPED,
    applied=CorrectionKind.CORRECT,
    kinds=frozenset(),
    places=at(CorrectionOutcome.DONE, CorrectionOutcome.DONE),
)
WAITS = replace(DONE, places=at(CorrectionOutcome.DONE, CorrectionOutcome.WAITS))
OVERTAKEN = replace(
    DONE, places=at(CorrectionOutcome.DONE, CorrectionOutcome.REFUSED, "correction_overtaken", "+33140506099")
)
GIVEN = replace(DONE, finding=NumberFinding.SOMEBODY_ELSE, typed="", after="", applied=CorrectionKind.MOVE)
NOT_GIVEN = replace(
    GIVEN, places=at(CorrectionOutcome.DONE, CorrectionOutcome.HALF_DONE, "correction_not_given", "Paul Martin")
)

CASES = {
    "number-proposed": PROPOSED,
    "number-half-typed": HALF,
    "number-typed": TYPED,
    "number-of-somebody-else": SEVERAL,
    "number-corrected": DONE,
    "number-waits": WAITS,
    "number-overtaken": OVERTAKEN,
    "number-given": GIVEN,
    "number-not-given": NOT_GIVEN,
}
NUMBERS: dict[str, ToolbarState] = {
    name: replace(READY, crm=SIGNED_IN, number_case=case) for name, case in CASES.items()
}

_CORRECTION = NumberCorrection(
    "number-1", CorrectionKind.CORRECT, BEFORE, AFTER, 1, "Marie Dupont", evidence=NumberEvidence("c0", NOW_S - 900)
)


def waiting_corrections() -> tuple[OutboxView, ...]:
    """Two that wait, one that somebody was quicker with."""
    retired = replace(_CORRECTION, key="number-2", kind=CorrectionKind.RETIRE, after="", name="Luc Moreau")
    overtaken = OutboxItem(
        entry_of(_CORRECTION),
        ACCOUNT,
        correction=_CORRECTION,
        stuck=True,
        error="correction_overtaken",
        error_text="+33140506099",
    )
    given = replace(_CORRECTION, key="number-3", kind=CorrectionKind.MOVE, after=BEFORE, to_name="Paul Martin")
    return (
        OutboxView(overtaken),
        *(OutboxView(OutboxItem(entry_of(one), ACCOUNT, correction=one)) for one in (retired, given)),
    )


OUTBOX = replace(READY, crm=replace(SIGNED_IN, outbox=waiting_corrections()))
