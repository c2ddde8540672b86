"""The CRM's part of `status --json`. Keys are stable; times are seconds since the epoch; no key of a CRM is in it."""

from __future__ import annotations

from typing import Any

import msgspec

from agent_toolbar.application.toolbar_state import CrmView, OutboxView
from agent_toolbar.domain.crm import CrmContact, CrmState
from agent_toolbar.domain.crm_caller import CrmCaller, sums_of
from agent_toolbar.i18n.sentences import code_text, match_text, outbox_item_text, outbox_party_text

JsonObject = dict[str, Any]


def crm_report(view: CrmView) -> JsonObject:
    return {
        "configured": view.configured,
        "on": view.on,
        "state": view.state,
        "name": view.name,
        "url": view.url,
        "user": view.user,
        "waiting": view.waiting,
        "stuck": view.stuck,
        "fault": view.fault,
        "text": code_text(view.fault, view.fault_params) if view.fault else "",
        "sign_in_url": view.sign_in_url,
        "retry_at": view.retry_at_s,
    }


def caller_report(caller: CrmCaller | None) -> JsonObject | None:
    """What the CRM says of the other party of a call, None where it is not asked. Amounts are plain decimals."""
    if caller is None:
        return None
    deals, contact = caller.deals, caller.contact
    return {
        "state": caller.state,
        "fault": caller.fault,
        "contact": _contact(contact) if contact is not None else None,
        "matches": [_contact(one) for one in caller.contacts],
        "deals": None if deals is None else {"count": len(deals), "sums": msgspec.to_builtins(sums_of(deals))},
        "history": None if caller.history is None else msgspec.to_builtins(caller.history),
        "creating": caller.creating,
        "create_fault": caller.create_fault,
    }


def _contact(contact: CrmContact) -> JsonObject:
    return {**msgspec.to_builtins(contact), "text": match_text(contact.level)}


def outbox_report(view: CrmView) -> list[JsonObject]:
    """What waits, oldest first; `text` says why in the toolbar's language."""
    return [_item(one, signed_in=view.state is CrmState.SIGNED_IN) for one in view.outbox]


def _item(view: OutboxView, *, signed_in: bool) -> JsonObject:
    item = view.item
    entry = item.entry
    return {
        "key": entry.key,
        "kind": "call" if item.correction is None else "number",
        "before": item.correction.before if item.correction else "",
        "after": item.correction.after if item.correction else "",
        "party": outbox_party_text(view),
        "number": entry.number,
        "incoming": entry.incoming,
        "result": entry.result,
        "started": entry.started_s,
        "duration_s": entry.duration_s,
        "subject": entry.subject,
        "disposition": entry.disposition,
        "account": item.account,
        "foreign": view.foreign,
        "sending": view.sending,
        "held": item.held,
        "stuck": item.stuck,
        "doubtful": item.doubtful,
        "record": item.record,
        "tries": item.tries,
        "next_try": item.next_s,
        "error": item.error,
        "error_text": item.error_text,
        "text": outbox_item_text(view, signed_in=signed_in),
    }
