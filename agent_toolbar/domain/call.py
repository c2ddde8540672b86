"""A call as a value and its legal moves. No library, no clock: times come from outside as seconds since the epoch."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.identity import Identity


class CallDirection(StrEnum):
    INCOMING = "incoming"
    OUTGOING = "outgoing"


class CallState(StrEnum):
    """Where a call is in its life. Hold and mute are apart from it."""

    DIALING = "dialing"  # INVITE sent, nothing heard yet
    ALERTING = "alerting"  # the other end rings, or early media plays
    RINGING = "ringing"  # an incoming call waits for the agent
    ANSWERING = "answering"  # the agent answered, the ACK is on its way
    CONNECTED = "connected"
    ENDED = "ended"


LEGAL_MOVES: dict[CallState, frozenset[CallState]] = {
    CallState.DIALING: frozenset({CallState.ALERTING, CallState.CONNECTED, CallState.ENDED}),
    CallState.ALERTING: frozenset({CallState.ALERTING, CallState.CONNECTED, CallState.ENDED}),
    CallState.RINGING: frozenset({CallState.ANSWERING, CallState.CONNECTED, CallState.ENDED}),
    CallState.ANSWERING: frozenset({CallState.CONNECTED, CallState.ENDED}),
    CallState.CONNECTED: frozenset({CallState.ENDED}),
    CallState.ENDED: frozenset(),
}


def require_move(before: CallState, after: CallState) -> None:
    """Raises CallError("illegal_call_move") unless `before` may be followed by `after` (staying is always legal)."""
    if after is not before and after not in LEGAL_MOVES[before]:
        raise CallError("illegal_call_move", before=before, after=after)


class CallEndCause(StrEnum):
    """Why a call ended, in the agent's terms; the SIP status stands beside it."""

    HUNG_UP = "hung_up"  # after it was connected; `ended_by` says who
    CANCELLED = "cancelled"  # the caller gave up before an answer (487)
    DECLINED = "declined"  # 603, or the agent declined
    BUSY = "busy"  # 486, 600
    NO_ANSWER = "no_answer"  # 408 or 480 after ringing
    ANSWERED_ELSEWHERE = "answered_elsewhere"  # CANCEL with Reason: SIP;cause=200 (RFC 3326)
    NOT_FOUND = "not_found"  # 404, 484, 604
    UNREACHABLE = "unreachable"  # 480 without ringing, 502, 503, 504, transport errors
    NOT_ALLOWED = "not_allowed"  # 401, 403, 407
    NO_COMMON_CODEC = "no_common_codec"  # 488, 606
    LINES_FULL = "lines_full"  # a fifth call at once: refused with 486
    REFUSED_UNSAFE = "refused_unsafe"  # an INVITE that did not come from the account's PBX
    MALFORMED = "malformed"  # an INVITE that no call could be made of
    ENGINE_LOST = "engine_lost"  # the engine process died with the call
    HANDED_OVER = "handed_over"  # our leg ended after the other party was transferred (REFER)
    REDIRECTED = "redirected"  # sent elsewhere before it was answered (302)
    FAILED = "failed"  # any other final answer


class CallParty(StrEnum):
    LOCAL = "local"
    REMOTE = "remote"


class QualityGrade(StrEnum):
    """MOS at least 3.6 is good, at least 3.1 fair, below poor."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class CallQuality:
    """Of the last interval, from RTCP (RFC 3550) and the E-model (ITU-T G.107). Times in ms, loss in percent."""

    mos: float
    loss_percent: float
    jitter_ms: float
    round_trip_ms: float
    grade: QualityGrade


@dataclass(frozen=True, slots=True)
class ReferProgress:
    """What became of our REFER (RFC 3515) in the dialog of one call.

    Attributes:
        target: number or SIP address that the other party is sent to.
        replaces: id of our call with the target that it takes the place of (RFC 3891), "" for a blind transfer.
        sent_s: seconds since the epoch; 0.0 while a call that is to be cancelled first still stands in the way.
        accepted: a 2xx to the REFER came.
        sip_status: of the target as the last NOTIFY said (RFC 3515 section 2.4.5), or with which the REFER was refused;
            0 while nothing was heard. sip_reason: its phrase, made plain text.
        final: nothing more will be heard.
    """

    target: str
    replaces: str = ""
    sent_s: float = 0.0
    accepted: bool = False
    sip_status: int = 0
    sip_reason: str = ""
    final: bool = False

    @property
    def succeeded(self) -> bool:
        return self.final and 200 <= self.sip_status < 300

    @property
    def failed(self) -> bool:
        return self.final and not self.succeeded


@dataclass(frozen=True, slots=True)
class CallSnapshot:
    """Everything known of one call at one moment; each event of the engine carries a whole one.

    Attributes:
        id: the engine's name of the call, unique over restarts of the engine; never a library's number.
        sip_call_id: Call-ID of the dialog (RFC 3261 section 8.1.1.4).
        called_on: the number that was dialled by the caller before a diversion (RFC 5806, RFC 7044); "" if none.
        started_s, ringing_s, answered_s, ended_s: seconds since the epoch; 0.0 while it has not happened.
        held: we put the other party on hold. remote_held: they did so to us.
        changing_hold: a re-INVITE for hold or resume is on its way.
        sip_status: last final or provisional status; sip_reason: its phrase, made plain text.
        early_media: the other end sends sound before the answer, so no local ringback is played.
        refer: our last transfer of this call, None if there was none.
        context_key: the key of the story that travels with the call, as it came in the INVITE or as we sent it.
        transfer_request: where the other party asks us to go instead (REFER), while nobody has answered; "" if nowhere.
        consult_for: id of the call that this one was made about (a consultation), "" for all others.
        in_conference: mixed with the other calls that are in it too; nobody of them is on hold.
        silenced: nobody hears this party (in a conference). `muted` is our own microphone.
        reconnecting: its engine died; the PBX is being asked to give the call back (RFC 3891).
        reconnected_s: seconds since the epoch when it gave it back, 0.0 if that was never needed.
        q850_cause: why the network behind the PBX ended it (ITU-T Q.850, in a Reason header, RFC 3326), 0 if unsaid.
        queue: name of the queue that the PBX took it from (X-CTI-Queue of its INVITE), "" if it did not say.
    """

    id: str
    direction: CallDirection
    state: CallState
    remote: Identity
    sip_call_id: str = ""
    called_on: str = ""
    started_s: float = 0.0
    ringing_s: float = 0.0
    answered_s: float = 0.0
    ended_s: float = 0.0
    held: bool = False
    remote_held: bool = False
    changing_hold: bool = False
    muted: bool = False
    early_media: bool = False
    codec: str = ""
    encrypted: bool = False
    quality: CallQuality | None = None
    sip_status: int = 0
    sip_reason: str = ""
    end_cause: CallEndCause | None = None
    ended_by: CallParty | None = None
    digits_sent: str = field(default="", repr=False)
    refer: ReferProgress | None = None
    context_key: str = ""
    transfer_request: str = ""
    consult_for: str = ""
    in_conference: bool = False
    silenced: bool = False
    reconnecting: bool = False
    reconnected_s: float = 0.0
    queue: str = ""
    q850_cause: int = 0

    @property
    def live(self) -> bool:
        return self.state is not CallState.ENDED

    @property
    def in_talk(self) -> bool:
        """Connected and not on hold by us: the one call whose sound the agent hears."""
        return self.state is CallState.CONNECTED and not self.held

    @property
    def missed(self) -> bool:
        """An incoming call that ended without an answer and that nobody else took."""
        return (
            self.direction is CallDirection.INCOMING
            and self.state is CallState.ENDED
            and not self.answered_s
            and self.end_cause
            not in {
                CallEndCause.ANSWERED_ELSEWHERE,
                CallEndCause.DECLINED,
                CallEndCause.REDIRECTED,
                CallEndCause.REFUSED_UNSAFE,
            }
        )
