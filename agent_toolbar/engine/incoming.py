"""Decides what becomes of an INVITE before it is a call for the agent. Pure, but for the time; SIP thread only."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace

from agent_toolbar.domain.call import CallDirection, CallEndCause, CallParty, CallSnapshot, CallState
from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine.caller_identity import called_on, identity_of_caller
from agent_toolbar.engine.context_key import key_in
from agent_toolbar.engine.library import MAX_SIP_MESSAGE_BYTES
from agent_toolbar.engine.library_events import InviteArrived, InviteRejected
from agent_toolbar.engine.sip_headers import SipMessage

_REPORTS_PER_MINUTE = 10
_MAX_CALL_ID = 255
_QUEUE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_REJECTED = {
    486: CallEndCause.LINES_FULL,
    488: CallEndCause.NO_COMMON_CODEC,
    606: CallEndCause.NO_COMMON_CODEC,
    415: CallEndCause.NO_COMMON_CODEC,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """The final answer to give; `cause` None: the agent need not know."""

    sip_status: int
    cause: CallEndCause | None


class Doorkeeper:
    """Refuses what does not come from the PBX or cannot be a call.

    Attributes:
        refuses_calls: nobody takes calls here now; every new one is answered with 480.
    """

    def __init__(self) -> None:
        self.refuses_calls = False
        self._reported_s: list[float] = []

    def refusal(
        self, event: InviteArrived, message: SipMessage, pbx_ips: frozenset[str], live_call_ids: frozenset[str]
    ) -> Refusal | None:
        """None for an INVITE that may ring."""
        if event.source not in pbx_ips:
            return Refusal(403, CallEndCause.REFUSED_UNSAFE if self._may_report() else None)
        if message.first("call-id") in live_call_ids:  # a late copy of an INVITE that rings already
            return Refusal(482, None)
        if message.truncated or len(event.message) >= MAX_SIP_MESSAGE_BYTES:
            return Refusal(513, CallEndCause.MALFORMED)
        return Refusal(480, None) if self.refuses_calls else None

    def _may_report(self) -> bool:
        """A scanner on the network must not fill the history."""
        now = time.monotonic()
        self._reported_s = [then for then in self._reported_s if now - then < 60.0]
        if len(self._reported_s) >= _REPORTS_PER_MINUTE:
            return False
        self._reported_s.append(now)
        return True

    def may_report_rejected(self, event: InviteRejected, pbx_ips: frozenset[str]) -> bool:
        return event.source in pbx_ips or self._may_report()


def incoming_call(key: str, message: SipMessage, *, trusted: bool) -> CallSnapshot:
    """The call that an INVITE asks for, ringing."""
    now = time.time()
    return CallSnapshot(
        id=key,
        direction=CallDirection.INCOMING,
        state=CallState.RINGING,
        remote=identity_of_caller(message, trusted=trusted),
        sip_call_id=plain_text(message.first("call-id"), _MAX_CALL_ID),
        called_on=called_on(message) if trusted else "",
        started_s=now,
        ringing_s=now,
        context_key=key_in(message) if trusted else "",
        queue=_queue_in(message) if trusted else "",
    )


def _queue_in(message: SipMessage) -> str:
    """Of the header X-CTI-Queue; a name that no queue can have is none."""
    name = message.first("x-cti-queue").strip()
    return name if _QUEUE.fullmatch(name) else ""


def refused_call(
    key: str, message: SipMessage, *, trusted: bool, cause: CallEndCause, sip_status: int, sip_reason: str = ""
) -> CallSnapshot:
    """A call that ended before it could ring."""
    call = incoming_call(key, message, trusted=trusted)
    return replace(
        call,
        state=CallState.ENDED,
        ringing_s=0.0,
        ended_s=call.started_s,
        sip_status=sip_status,
        sip_reason=plain_text(sip_reason, 80),
        end_cause=cause,
        ended_by=CallParty.LOCAL,
    )


def cause_of_rejection(sip_status: int, *, from_pbx: bool) -> CallEndCause:
    """Why an INVITE was refused before it became a call."""
    if not from_pbx:
        return CallEndCause.REFUSED_UNSAFE
    return _REJECTED.get(sip_status, CallEndCause.MALFORMED)
