"""Every code that has a sentence: of errors, faults and of what the doctor finds."""

from __future__ import annotations

from agent_toolbar.application.call_actions import Refusal
from agent_toolbar.domain.audio import AudioFault
from agent_toolbar.domain.registration import RegistrationFault
from agent_toolbar.i18n.doctor_problems import PROBLEMS
from agent_toolbar.i18n.doctor_sentences import UNKNOWNS
from agent_toolbar.i18n.error_sentences import ERRORS
from agent_toolbar.i18n.fault_sentences import FAULTS


def told_codes() -> frozenset[str]:
    kinds = (*Refusal, *AudioFault, *RegistrationFault)
    return frozenset({*ERRORS, *FAULTS, *PROBLEMS, *UNKNOWNS, *(kind.value for kind in kinds)})
