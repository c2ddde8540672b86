"""Colleagues: extensions of the same telephone system, and what their telephones are doing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Presence(StrEnum):
    """What a telephone is doing, as the PBX says by the dialog event package (RFC 4235)."""

    UNKNOWN = "unknown"  # no hint at this PBX, or nothing heard of it yet
    FREE = "free"
    RINGING = "ringing"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class ExtensionPresence:
    """One watched extension."""

    extension: str
    presence: Presence = Presence.UNKNOWN
