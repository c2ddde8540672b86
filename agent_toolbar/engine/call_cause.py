"""Turns a final SIP status into the cause that the agent is told (RFC 3261 section 21, RFC 3326). Pure."""

from __future__ import annotations

from agent_toolbar.domain.call import CallDirection, CallEndCause, CallState

_BY_STATUS = {
    401: CallEndCause.NOT_ALLOWED,
    403: CallEndCause.NOT_ALLOWED,
    404: CallEndCause.NOT_FOUND,
    407: CallEndCause.NOT_ALLOWED,
    408: CallEndCause.NO_ANSWER,
    410: CallEndCause.NOT_FOUND,
    415: CallEndCause.NO_COMMON_CODEC,
    484: CallEndCause.NOT_FOUND,
    486: CallEndCause.BUSY,
    487: CallEndCause.CANCELLED,
    488: CallEndCause.NO_COMMON_CODEC,
    502: CallEndCause.UNREACHABLE,
    503: CallEndCause.UNREACHABLE,
    504: CallEndCause.UNREACHABLE,
    600: CallEndCause.BUSY,
    603: CallEndCause.DECLINED,
    604: CallEndCause.NOT_FOUND,
    606: CallEndCause.NO_COMMON_CODEC,
}
_BY_REASON = {  # of a CANCEL: at another telephone of the same line
    200: CallEndCause.ANSWERED_ELSEWHERE,
    600: CallEndCause.DECLINED,
    603: CallEndCause.DECLINED,
}
_GENERIC = frozenset({403, 480, 500, 503})  # what an exchange answers when it has no better status for a Q.850 cause
_BY_Q850 = {
    1: CallEndCause.NOT_FOUND,
    17: CallEndCause.BUSY,
    18: CallEndCause.NO_ANSWER,
    19: CallEndCause.NO_ANSWER,
    21: CallEndCause.DECLINED,
}


def end_cause(
    direction: CallDirection, before: CallState, sip_status: int, reason_cause: int = 0, q850_cause: int = 0
) -> CallEndCause:
    """Why a call ended.

    before: the state it was in until then; reason_cause, q850_cause: of a Reason header, 0 if none came.
    """
    if before is CallState.CONNECTED:
        return CallEndCause.HUNG_UP
    if direction is CallDirection.INCOMING and reason_cause in _BY_REASON:
        return _BY_REASON[reason_cause]
    if sip_status in _GENERIC and q850_cause in _BY_Q850:
        return _BY_Q850[q850_cause]
    if direction is CallDirection.OUTGOING and before is CallState.DIALING and sip_status in {408, 480}:
        return CallEndCause.UNREACHABLE
    if sip_status == 480:
        return CallEndCause.NO_ANSWER
    return _BY_STATUS.get(sip_status, CallEndCause.FAILED)
