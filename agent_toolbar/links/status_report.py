"""`status --json`: the state as plain JSON values for scripts. Keys are stable; times are seconds since the epoch."""

from __future__ import annotations

from typing import Any

import msgspec

from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.application.toolbar_state import CallView, DialRequestView, ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.contact import ContactMatch, LookupResult
from agent_toolbar.domain.context import ReceivedContext
from agent_toolbar.domain.transfer import Transfer
from agent_toolbar.i18n.sentences import transfer_end_text, transfer_text
from agent_toolbar.links.agent_report import agent_report, wrap_up_report
from agent_toolbar.links.crm_report import caller_report, crm_report, outbox_report
from agent_toolbar.links.directory_verbs import directories_report
from agent_toolbar.links.number_verbs import number_case_report

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
        "agent": agent_report(state.agent),
        "crm": crm_report(state.crm),
        "outbox": outbox_report(state.crm),
        "directories": directories_report(state.directories),
        "wrap_up": wrap_up_report(state.wrap_up),
        "calls": [_call(view) for view in state.calls],
        "current": state.current,
        "transfer": transfer_report(state.transfer, state),
        "colleagues": [
            {"extension": one.extension, "name": one.name, "favourite": one.favourite, "presence": one.presence}
            for one in state.colleagues
        ],
        "just_ended": [_call(view) for view in state.just_ended],
        "dial_request": _request(state.dial_request),
        "missed": state.missed,
        "contacts": state.contacts,
        "devices": msgspec.to_builtins(state.audio),
        "engine": {
            "link": state.link,
            "pid": state.engine_pid,
            "uptime_s": round(now_s - state.engine_started_s, 3) if state.engine_started_s else 0.0,
        },
        "number": number_case_report(state.number_case),
        "faults": [
            {"code": fault.code, "place": fault.place, "serious": fault.serious, "params": fault.params}
            for fault in state.faults
        ],
        "practice": state.practice,
    }


def _request(request: DialRequestView | None) -> JsonObject | None:
    """What a link, a page or a selected text asks for; None while nothing does."""
    if request is None:
        return None
    return {
        "id": request.id,
        "source": request.source,
        "origin": request.origin,
        "number": request.target,
        "shown": request.shown,
        "reason": request.reason,
    }


def transfer_report(transfer: Transfer | None, state: ToolbarState) -> JsonObject | None:
    """The transfer that is under way or has just ended, `text` in the toolbar's language; None if there is none."""
    if transfer is None:
        return None
    views = [state.find(call_id) for call_id in (transfer.customer, transfer.consult)]
    customer, consult = (view.call if view is not None else None for view in views)
    text = transfer_text(transfer) or transfer_end_text(transfer, customer, consult)
    return {
        "kind": transfer.kind,
        "state": transfer.state,
        "target": transfer.target.dial,
        "title": transfer.target.title,
        "text": text,
        "progress": transfer.progress,
        "sip_status": transfer.sip_status,
        "outcome": transfer.outcome,
        "customer": transfer.customer,
        "customer_name": transfer.customer_name,
        "consult": transfer.consult,
        "began": transfer.began_s,
        "deadline": transfer.deadline_s,
    }


def context_report(received: ReceivedContext | None) -> JsonObject | None:
    """The story that came with a call."""
    if received is None:
        return None
    context = received.context
    return {
        "from": context.sender.extension,
        "from_name": context.sender.name,
        "note": context.note,
        "name": context.name,
        "company": context.company,
        "number": context.number,
        "conversation": context.conversation,
        "stages": msgspec.to_builtins(context.stages),
        "certainty": received.certainty,
        "returned": received.returned,
        "back_from": received.back_from,
    }


def lookup_report(result: LookupResult) -> JsonObject:
    """What a number means and whom it belongs to."""
    return {"number": msgspec.to_builtins(result.number), "matches": [_match(match) for match in result.matches]}


def history_report(records: tuple[CallRecord, ...]) -> list[JsonObject]:
    """The journal's records as they are kept."""
    return [{**msgspec.to_builtins(one), "wrong_number": bool(one.number_finding)} for one in records]


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
        "looked_up": view.looked_up,
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
        "refer": msgspec.to_builtins(call.refer) if call.refer else None,
        "transfer_request": call.transfer_request,
        "consult_for": call.consult_for,
        "in_conference": call.in_conference,
        "silenced": call.silenced,
        "note": view.note,
        "conversation": view.conversation,
        "context": context_report(view.context),
        "crm": caller_report(view.crm),
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
