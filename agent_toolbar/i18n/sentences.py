"""All sentences that are made from codes, in one place to import from; the tables lie beside it by topic."""

from __future__ import annotations

from agent_toolbar.i18n.availability_sentences import (
    after_call_text,
    agent_full_words,
    agent_words,
    agreement_text,
    label_text,
    missing_field_text,
    missing_text,
    overdue_text,
    queue_state_text,
    reason_text,
)
from agent_toolbar.i18n.call_sentences import (
    agent_state_text,
    call_state_text,
    direction_text,
    end_cause_text,
    importance_text,
    match_text,
    quality_text,
    refusal_text,
    skip_reason_text,
)
from agent_toolbar.i18n.caller_sentences import caller_text, choice_text, deals_text, past_text
from agent_toolbar.i18n.context_sentences import note_text, sender_text, story_text
from agent_toolbar.i18n.crm_sentences import (
    call_result_text,
    crm_state_text,
    outbox_item_text,
    outbox_party_text,
    waiting_text,
)
from agent_toolbar.i18n.doctor_sentences import advice_text, cause_text, check_text, finding_text
from agent_toolbar.i18n.error_sentences import code_text, error_text, fault_text
from agent_toolbar.i18n.fault_sentences import (
    audio_fault_text,
    audio_role_text,
    registration_fault_text,
    registration_text,
    registration_tooltip,
    remedy_text,
    retry_text,
)
from agent_toolbar.i18n.number_sentences import (
    mark_text,
    number_finding_text,
)
from agent_toolbar.i18n.transfer_sentences import (
    conference_reason_text,
    dial_risk_text,
    presence_text,
    target_text,
    transfer_end_text,
    transfer_text,
    undo_text,
)

__all__ = [
    "advice_text",
    "after_call_text",
    "agent_full_words",
    "agent_state_text",
    "agent_words",
    "agreement_text",
    "audio_fault_text",
    "audio_role_text",
    "call_result_text",
    "call_state_text",
    "caller_text",
    "cause_text",
    "check_text",
    "choice_text",
    "code_text",
    "conference_reason_text",
    "crm_state_text",
    "deals_text",
    "dial_risk_text",
    "direction_text",
    "end_cause_text",
    "error_text",
    "fault_text",
    "finding_text",
    "importance_text",
    "label_text",
    "mark_text",
    "match_text",
    "missing_field_text",
    "missing_text",
    "note_text",
    "number_finding_text",
    "outbox_item_text",
    "outbox_party_text",
    "overdue_text",
    "past_text",
    "presence_text",
    "quality_text",
    "queue_state_text",
    "reason_text",
    "refusal_text",
    "registration_fault_text",
    "registration_text",
    "registration_tooltip",
    "remedy_text",
    "retry_text",
    "sender_text",
    "skip_reason_text",
    "story_text",
    "target_text",
    "transfer_end_text",
    "transfer_text",
    "undo_text",
    "waiting_text",
]
