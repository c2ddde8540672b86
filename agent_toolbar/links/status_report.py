"""`status --json`: the state as plain JSON values for scripts. Keys are stable; times are seconds since the epoch."""

from __future__ import annotations

from typing import Any

import msgspec

from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.contact import ContactMatch, LookupResult

JsonObject = dict[str, Any]


def status_report(state: ToolbarState, now_s: float) -> JsonObject:
    """The whole state; nothing secret is in it."""
    registration = state.registration
    return {
        "cti": {
            "state": "on" if state.cti_on else "off",
            "registration": registration.state,
            "fault": registration.fault,
            "sip_status": registration.sip_status,
            "reason": registration.sip_reason,
            "server": state.account.server,
            "extension": state.account.extension,
            "retry_at": registration.retry_at_s,
        },
        "agent": {"state": state.agent.state, "reason": state.agent.reason, "since": state.agent.since_s},
        "calls": [_call(view) for view in state.calls],
        "current": state.current,
        "just_ended": [_call(view) for view in state.just_ended],
        "missed": state.missed,
        "contacts": state.contacts,
        "devices": msgspec.to_builtins(state.audio),
        "engine": {
            "link": state.link,
            "pid": state.engine_pid,
            "uptime_s": round(now_s - state.engine_started_s, 3) if state.engine_started_s else 0.0,
        },
        "faults": [
            {"code": fault.code, "place": fault.place, "serious": fault.serious, "params": fault.params}
            for fault in state.faults
        ],
        "practice": state.practice,
    }


def lookup_report(result: LookupResult) -> JsonObject:
    """What a number means and whom it belongs to."""
    return {"number": msgspec.to_builtins(result.number), "matches": [_match(match) for match in result.matches]}


def history_report(records: tuple[CallRecord, ...]) -> list[JsonObject]:
    """The journal's records as they are kept."""
    return [msgspec.to_builtins(record) for record in records]


def _call(view: CallView) -> JsonObject:
    call = view.call
    return {
        "id": call.id,
        "sip_call_id": call.sip_call_id,
        "direction": call.direction,
        "state": "held" if call.state is CallState.CONNECTED and call.held else call.state,
        "number": call.remote.number,
        "shown_number": view.shown_number,
        "name": view.title,
        "caller_name": call.remote.name,
        "called_on": call.called_on,
        "contact": _match(view.contact) if view.contact else None,
        "matches": [_match(match) for match in view.matches],
        "held": call.held,
        "remote_held": call.remote_held,
        "muted": call.muted,
        "reconnecting": call.reconnecting,
        "codec": call.codec,
        "quality": msgspec.to_builtins(call.quality) if call.quality else None,
        "started": call.started_s,
        "answered": call.answered_s,
        "ended": call.ended_s,
        "reconnected": call.reconnected_s,
        "end_cause": call.end_cause,
        "sip_status": call.sip_status,
        "sip_reason": call.sip_reason,
        "digits_sent": call.digits_sent,
    }


def _match(match: ContactMatch) -> JsonObject:
    return {
        "id": match.contact_id,
        "name": match.name,
        "company": match.company,
        "importance": match.importance,
        "owner": match.owner,
        "phone": match.phone,
        "kind": match.phone_kind,
        "level": match.level,
    }
