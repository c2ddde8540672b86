"""The agent's part of `status --json`. Keys are stable; times are seconds since the epoch."""

from __future__ import annotations

from typing import Any

from agent_toolbar.application.toolbar_state import WrapUpView
from agent_toolbar.domain.agent import AgentStatus, Desired

JsonObject = dict[str, Any]


def agent_report(agent: AgentStatus) -> JsonObject:
    totals = agent.totals
    return {
        "state": agent.state,
        "reason": agent.reason,
        "note": agent.note,
        "since": agent.since_s,
        "overdue": agent.overdue_s,
        "desired": _desired(agent.desired),
        "confirmed": {
            "state": agent.confirmed.state,
            "reason": agent.confirmed.reason,
            "since": agent.confirmed.since_s,
        },
        "agreement": agent.agreement,
        "after_call": _desired(agent.after_call),
        "totals": {
            "ready_s": totals.ready_s,
            "talk_s": totals.talk_s,
            "wrap_up_s": totals.wrap_up_s,
            "not_ready_s": totals.not_ready_s,
            "until": totals.until_s,
        },
    }


def wrap_up_report(view: WrapUpView | None) -> JsonObject | None:
    if view is None:
        return None
    wrap_up = view.wrap_up
    return {
        "call": wrap_up.call,
        "title": wrap_up.title,
        "number": wrap_up.number,
        "began": wrap_up.begun_s,
        "deadline": wrap_up.deadline_s,
        "subject": wrap_up.subject,
        "disposition": wrap_up.disposition,
        "follow_up": wrap_up.follow_up,
        "wrong_number": bool(wrap_up.number_finding),
        "number_finding": wrap_up.number_finding,
        "missing": list(view.missing),
        "waits_for_call": view.waits_for_call,
    }


def _desired(desired: Desired | None) -> JsonObject | None:
    return None if desired is None else {"ready": desired.ready, "reason": desired.reason}
