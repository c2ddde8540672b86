"""All sentences that are made from codes, in one place to import from; the tables lie beside it by topic."""

from __future__ import annotations

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

__all__ = [
    "agent_state_text",
    "audio_fault_text",
    "audio_role_text",
    "call_state_text",
    "code_text",
    "direction_text",
    "end_cause_text",
    "error_text",
    "fault_text",
    "importance_text",
    "match_text",
    "quality_text",
    "refusal_text",
    "registration_fault_text",
    "registration_text",
    "registration_tooltip",
    "remedy_text",
    "retry_text",
    "skip_reason_text",
]
