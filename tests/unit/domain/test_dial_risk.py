"""Numbers that a person is asked about first."""

from __future__ import annotations

import pytest

from agent_toolbar.domain.dial_risk import DialRisk, dial_risk
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number

PLAN = NumberPlan("FR", "[0-9]{4}")


@pytest.mark.parametrize(
    ("typed", "risk"),
    [
        ("112", DialRisk.EMERGENCY),
        ("15", DialRisk.EMERGENCY),
        ("0899 70 12 34", DialRisk.PREMIUM),
        ("+33 899 70 12 34", DialRisk.PREMIUM),
        ("118218", DialRisk.PREMIUM),
        ("*21*0123456789#", DialRisk.SERVICE_CODE),
        ("#31#", DialRisk.SERVICE_CODE),
        ("1002", None),
        ("01 23 45 67 89", None),
        ("0800 10 11 12", None),
        ("+49 30 123456", None),
        ("sip:paul@pbx.example", None),
        ("no number", None),
    ],
)
def test_the_risk_of_a_number(typed: str, risk: DialRisk | None) -> None:
    assert dial_risk(canonical_number(typed, PLAN)) is risk
