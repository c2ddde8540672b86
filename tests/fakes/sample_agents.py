"""Moments of an agent's day: pauses, what the telephone system makes of them, and records of calls being finished."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.toolbar_state import Fault, FaultPlace, IdleQuestion, Remedy, ToolbarState, WrapUpView
from agent_toolbar.domain.agent import AgentState, AgentStatus, Agreement, DayTotals, Desired
from agent_toolbar.domain.registration import RegistrationState
from agent_toolbar.domain.wrap_up import MissingField, WrapUp
from tests.fakes.sample_states import NOW_S, READY, TALKING, with_calls

TOTALS = DayTotals(ready_s=8100, talk_s=5400, wrap_up_s=900, not_ready_s={"break": 840, "lunch": 2700})
LUNCH = AgentStatus(
    AgentState.NOT_READY,
    "lunch",
    since_s=NOW_S - 312,
    overdue_s=NOW_S + 3288,
    desired=Desired(False, "lunch"),
    agreement=Agreement.CONFIRMED,
    totals=TOTALS,
)
OVERDUE = replace(LUNCH, reason="break", since_s=NOW_S - 980, overdue_s=NOW_S - 80)
IN_WRAP_UP = AgentStatus(AgentState.WRAP_UP, since_s=NOW_S - 18, desired=Desired(False, "wrap-up"), totals=TOTALS)
WRAP_UP = WrapUp(
    "c1",
    "Marie Dupont",
    "01 45 67 89 01",
    begun_s=NOW_S - 18,
    deadline_s=NOW_S + 42,
    subject="wants to change the delivery date",
    disposition="call_back",
    follow_up="2026-05-21",
)


def away(**changes: object) -> ToolbarState:
    """At lunch, with these changes to the agent's status."""
    return replace(READY, agent=replace(LUNCH, **changes))  # type: ignore[arg-type]


def wrapping_up(*missing: MissingField, waits: bool = False, **changes: object) -> ToolbarState:
    """The record of Marie's call stands open, with these changes."""
    wrap_up = replace(WRAP_UP, **changes)  # type: ignore[arg-type]
    return replace(READY, agent=IN_WRAP_UP, wrap_up=WrapUpView(wrap_up, missing, waits))


CHANGED_THERE = replace(
    READY,
    agent=replace(READY.agent, agreement=Agreement.CHANGED_THERE),
    faults=(
        Fault(
            "queue_changed_there",
            FaultPlace.AVAILABILITY,
            Remedy.TELL_QUEUE,
            {"state": "paused", "reason": "meeting"},
        ),
    ),
)
LOST = replace(
    READY,
    agent=replace(READY.agent, agreement=Agreement.LOST),
    faults=(Fault("queue_state_lost", FaultPlace.AVAILABILITY, Remedy.TELL_QUEUE, {"detail": ""}, serious=True),),
)
SLEPT_LONG = replace(
    READY,
    agent=replace(LUNCH, reason="", since_s=NOW_S - 5, overdue_s=0.0, desired=Desired(False)),
    faults=(Fault("slept_long", FaultPlace.AVAILABILITY, Remedy.GO_READY, {"minutes": 48}),),
)
SIGNING_OFF = replace(
    READY,
    cti_on=False,
    registration=replace(READY.registration, state=RegistrationState.UNREGISTERING),
    agent=AgentStatus(AgentState.CTI_OFF, since_s=NOW_S, totals=TOTALS),
)
IDLE = replace(READY, idle=IdleQuestion(NOW_S + 42, "break"))
AGENTS: dict[str, ToolbarState] = {
    "not-ready-lunch": away(),
    "not-ready-overdue": replace(READY, agent=OVERDUE),
    "agreement-pending": away(agreement=Agreement.PENDING),
    "agreement-phone-only": away(agreement=Agreement.PHONE_ONLY),
    "agreement-lost": LOST,
    "agreement-changed-there": CHANGED_THERE,
    "after-call": with_calls(
        TALKING, agent=replace(LUNCH, state=AgentState.ON_CALL, reason="", after_call=Desired(False, "lunch"))
    ),
    "wrap-up": wrapping_up(),
    "wrap-up-soon-over": wrapping_up(deadline_s=NOW_S + 8),
    "wrap-up-time-is-up": wrapping_up(deadline_s=NOW_S - 1),
    "wrap-up-no-limit": wrapping_up(deadline_s=0.0, follow_up=""),
    "wrap-up-waits": replace(
        wrapping_up(waits=True), calls=with_calls(replace(TALKING, call=replace(TALKING.call, id="c9"))).calls
    ),
    "wrap-up-missing": wrapping_up(
        MissingField.SUBJECT, MissingField.DISPOSITION, subject="", disposition="", follow_up="2026-06-15"
    ),
    "idle-question": IDLE,
    "asleep": replace(READY, agent=replace(READY.agent, state=AgentState.ASLEEP, agreement=Agreement.NONE)),
    "slept-long": SLEPT_LONG,
    "signing-off": SIGNING_OFF,
}
