"""Reads a pause from the dialog state of an extension of the PBX (RFC 4235), as Asterisk's queue hints give it."""

from __future__ import annotations

from agent_toolbar.domain.agent import QueueState
from agent_toolbar.domain.colleague import ExtensionPresence, Presence

_STATES = {Presence.FREE: QueueState.READY, Presence.BUSY: QueueState.PAUSED}


def hint_extension(template: str, extension: str) -> str:
    """The extension to watch, "" for none."""
    return template.replace("{extension}", extension) if template and extension else ""


def queue_state(presence: tuple[ExtensionPresence, ...], hint: str) -> QueueState | None:
    """What the hint says, None if it is not among them."""
    for one in presence:
        if one.extension == hint:
            return _STATES.get(one.presence, QueueState.UNKNOWN)
    return None
