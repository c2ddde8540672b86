"""What a written or signalled number means: the key to look it up by, and how people read and dial it.

The one place to import from; the values, the reading and the formatting have a module each.
"""

from __future__ import annotations

from agent_toolbar.domain.number_format import dial_string, display_number
from agent_toolbar.domain.number_plan import CanonicalNumber, NumberKind, NumberPlan
from agent_toolbar.domain.number_reading import aliases_of, canonical_number

__all__ = [
    "CanonicalNumber",
    "NumberKind",
    "NumberPlan",
    "aliases_of",
    "canonical_number",
    "dial_string",
    "display_number",
]
