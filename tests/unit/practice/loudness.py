"""Levels of A-law audio relative to full scale, for tests."""

from __future__ import annotations

import math

from agent_toolbar.practice.g711 import ALAW_TO_LINEAR


def peak_dbfs(alaw: bytes) -> float:
    return 20 * math.log10(max(abs(ALAW_TO_LINEAR[octet]) for octet in alaw) / 32_768)


def rms_dbfs(alaw: bytes) -> float:
    energy = sum(ALAW_TO_LINEAR[octet] ** 2 for octet in alaw) / len(alaw)
    return 10 * math.log10(energy / 32_768**2)
