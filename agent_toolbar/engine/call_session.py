"""One call from INVITE to end: its snapshot, its commands, what the library says of it. SIP thread only."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pjsua2 as pj

from agent_toolbar.application.ports.telephony import DtmfMethod
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallParty, CallSnapshot, CallState, require_move
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine import call_media
from agent_toolbar.engine.account import PbxLine
from agent_toolbar.engine.call_cause import end_cause
from agent_toolbar.engine.call_operation import operation, refer_notice
from agent_toolbar.engine.caller_identity import called_on, newer_identity
from agent_toolbar.engine.context_key import key_in
from agent_toolbar.engine.dialog_id import DialogId, dialog_of_answer
from agent_toolbar.engine.dtmf_sender import DtmfSender
from agent_toolbar.engine.hold_exchange import HoldExchange
from agent_toolbar.engine.library import library_error
from agent_toolbar.engine.library_events import CallProgressed, MessageSeen, ReferNotified
from agent_toolbar.engine.pj_call import Graveyard, LibraryCall
from agent_toolbar.engine.quality import StreamCounters
from agent_toolbar.engine.quality_watch import QualityWatch
from agent_toolbar.engine.refer_exchange import ReferExchange, ReferOrder
from agent_toolbar.engine.referral import Referral
from agent_toolbar.engine.sip_headers import SipMessage, q850_cause, reason_cause
from agent_toolbar.engine.timer_queue import TimerQueue

_MAX_REASON = 80
_UNANSWERED = frozenset({CallState.DIALING, CallState.ALERTING})


@dataclass(frozen=True)
class Surroundings:
    """What every session needs of the user agent.

    Attributes:
        changed: told with each new snapshot, ended ones included.
        refuse: tells the toolbar that a command which was accepted failed later (request, code, detail).
        desk: slot 0 of the bridge.
        referring: told before a REFER is sent, with the Call-ID.
    """

    timers: TimerQueue
    graveyard: Graveyard
    desk: pj.AudioMedia
    changed: Callable[[CallSnapshot], None]
    refuse: Callable[[int, str, str], None]
    referring: Callable[[str], None]


class CallSession:
    """A call and its legal moves.

    Attributes:
        snapshot: as last told to the toolbar.
        line: the account it belongs to.
        dialog: None until it is confirmed. Known before the snapshot says that the call is connected.
        refer: our REFER in this call; taken_over_by: one in another call, which names this one in Replaces.
        dialled_uri: of an outgoing call.
    """

    def __init__(
        self,
        around: Surroundings,
        line: PbxLine,
        call: LibraryCall,
        snapshot: CallSnapshot,
        remote_tag: str = "",
        *,
        dialog: DialogId | None = None,
    ) -> None:
        """remote_tag: of the From of an incoming INVITE; dialog: of a call that was taken back (RFC 3891).

        Such a call goes on as it was: one that was held is held again as soon as it can be.
        """
        self._around = around
        self._call: LibraryCall | None = call
        self.line = line
        self.snapshot = snapshot
        self.dialog = dialog
        self.refer = ReferExchange(
            send=self._send_refer,
            moved=lambda: self._update(refer=self.refer.referral.progress),
            refused=lambda request, reason: around.refuse(request, "call_operation_failed", reason),
        )
        self.taken_over_by: Referral | None = None
        self.dialled_uri = snapshot.remote.uri if snapshot.direction is CallDirection.OUTGOING else ""
        self._remote_tag = remote_tag
        self._giving_way = False
        self._hold = HoldExchange(
            around.timers,
            owns_call_id=snapshot.direction is CallDirection.OUTGOING or dialog is not None,
            held_before=snapshot.held,
            send=self._send_reinvite,
            moved=self._hold_moved,
            refused=lambda request, status: around.refuse(request, "hold_refused", str(status)),
        )
        self._digits = DtmfSender(around.timers, self._send_digit)
        self._reason_cause = 0
        self._stream: call_media.AudioStream | None = None
        self._quality = QualityWatch(around.timers, self._look_at_stream, lambda quality: self._update(quality=quality))

    # -------------------------------------------------------------- commands

    def answer(self) -> None:
        self._require(CallState.RINGING)
        self._operate(lambda call: call.answer(operation(200)))
        self._update(state=CallState.ANSWERING)

    def hang_up(self, sip_status: int = 0) -> None:
        """Ends, cancels or declines. The call counts as ended at once, whatever the network still has to say."""
        before = self.snapshot.state
        if before is CallState.ENDED:
            return
        status = sip_status if 400 <= sip_status <= 699 else 603
        refusing = before is CallState.RINGING
        self._hang_up_library(operation(status if refusing else 0))
        cause = CallEndCause.HUNG_UP if before is CallState.CONNECTED else CallEndCause.CANCELLED
        if refusing:
            cause = CallEndCause.DECLINED
        self._end(cause, CallParty.LOCAL, status if refusing else self.snapshot.sip_status)

    def give_way(self) -> None:
        """Cancels a call that is not answered yet; it counts as ended when the library says so, unlike `hang_up`."""
        if self.snapshot.state not in _UNANSWERED:
            raise CallError("call_in_other_state", state=self.snapshot.state)
        self._giving_way = True
        self._hang_up_library(operation())

    def redirect(self, contact: str) -> None:
        """302 (RFC 3261 section 21.3.3). contact: value of that header."""
        self._require(CallState.RINGING)
        self._hang_up_library(operation(302, (("Contact", contact),)))
        self._end(CallEndCause.REDIRECTED, CallParty.LOCAL, 302)

    @property
    def may_be_asked(self) -> bool:
        """A REFER of the other party is put to the agent."""
        return self.line.config.asks_refer and self.snapshot.state is CallState.CONNECTED

    def show_request(self, target: str) -> None:
        """Where the other party asks us to go, "" when that is answered."""
        self._update(transfer_request=target)

    def notify_referrer(self, cseq: int, sip_status: int, reason: str) -> None:
        """Tells the sender of a REFER what became of it (RFC 3515 section 2.4.5)."""
        if self._call is not None and self.snapshot.state is CallState.CONNECTED:
            self._operate(lambda call: call.sendRequest(refer_notice(cseq, sip_status, plain_text(reason, 40))))

    def set_held(self, *, held: bool, request: int) -> None:
        self._require(CallState.CONNECTED)
        if held and self.snapshot.in_conference:
            raise CallError("in_conference")
        self._hold.want(held=held, request=request)

    def set_muted(self, *, muted: bool) -> None:
        if self.snapshot.state is CallState.ENDED:
            raise CallError("call_not_found")
        self._update(muted=muted)
        self._join()

    def set_silenced(self, *, silenced: bool) -> None:
        self._update(silenced=silenced)
        self._join()

    def enter_conference(self, request: int) -> None:
        """Off hold first; whom else the call is joined with is the conference's matter."""
        self._hold.want(held=False, request=request)
        self._update(in_conference=True)
        self._join()

    def leave_conference(self) -> None:
        self._update(in_conference=False, silenced=False)
        self._join()

    def send_digits(self, digits: str) -> None:
        if self._stream is None or self.snapshot.state not in {CallState.CONNECTED, CallState.ALERTING}:
            raise CallError("call_not_connected")
        self._digits.queue(digits)

    # -------------------------------------------------------------- what the library says

    def on_progress(self, event: CallProgressed) -> None:
        message = SipMessage(event.message)
        if event.state == pj.PJSIP_INV_STATE_CONNECTING and message.start_line.startswith("SIP/2.0 2"):
            self.dialog = dialog_of_answer(message)
        reason = plain_text(event.sip_reason, _MAX_REASON)
        told = {"sip_status": event.sip_status, "sip_reason": reason, "sip_call_id": event.sip_call_id}
        if event.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            self._disconnected(event.sip_status, reason, message)
        elif event.state == pj.PJSIP_INV_STATE_EARLY and self.snapshot.direction is CallDirection.OUTGOING:
            ringing_s = self.snapshot.ringing_s or time.time()
            self._update(**told, state=CallState.ALERTING, ringing_s=ringing_s)
        elif event.state == pj.PJSIP_INV_STATE_CONFIRMED:
            answered_s = self.snapshot.answered_s or time.time()
            self._update(**told, state=CallState.CONNECTED, answered_s=answered_s, early_media=False)
            self._join()
            self._quality.start()
            self._hold.open()
        elif self.snapshot.direction is CallDirection.OUTGOING:
            self._update(**told)

    def on_acknowledged(self, dialog: DialogId) -> None:
        """An ACK came with this Call-ID; whoever sent it, only the caller knows the tag of its own INVITE."""
        if self.dialog is None and dialog.remote_tag == self._remote_tag:
            self.dialog = dialog

    def on_notify(self, event: ReferNotified) -> None:
        """A NOTIFY came with this Call-ID."""
        if self.dialog in {None, event.dialog}:
            self.refer.on_notify(event)

    def on_media(self) -> None:
        if self._call is None or not self._call.exists:
            return
        before, self._stream = self._stream, call_media.audio_stream(self._call)
        stream = self._stream
        if stream is None:
            return
        if before is None or before.index != stream.index:
            self._quality.forget()
        self._call.agreed_codec = stream.codec or self._call.agreed_codec
        early = self.snapshot.state in _UNANSWERED and self.snapshot.sip_status < 200
        self._update(codec=stream.codec, remote_held=stream.held_by_remote, early_media=early)
        self._join()

    def on_message(self, event: MessageSeen) -> None:
        message = SipMessage(event.message)
        if event.message and not event.ours and event.method in {"BYE", "CANCEL"}:
            self._reason_cause = reason_cause(message)
        if event.message and event.method in {"INVITE", "UPDATE"} and self.line.config.trusts_identity:
            self._read_identity(message)
            if not event.ours:
                self._update(context_key=key_in(message) or self.snapshot.context_key)
        if event.ours and event.finished and event.method == "INVITE":
            self._hold.answered(event.sip_status)
        if event.ours and event.finished and event.method == "REFER":
            self.refer.on_answer(event)

    def release(self) -> None:
        """Gives the library's call to the graveyard, in whatever state it is."""
        self._digits.stop()
        self._hold.stop()
        self._quality.stop()
        if self._call is not None:
            self._around.graveyard.bury(self._call)
            self._call = None

    # -------------------------------------------------------------- for others on this thread

    @property
    def port(self) -> pj.AudioMedia | None:
        """Its place in the bridge, None while it has none. Not to be kept: a re-INVITE may move it."""
        if self._call is None or self._stream is None or not self._call.exists:
            return None
        return call_media.port_of(self._call, self._stream)

    def require_connected(self) -> None:
        """Raises CallError("call_in_other_state")."""
        self._require(CallState.CONNECTED)

    # -------------------------------------------------------------- inside

    def _send_reinvite(self, held: bool) -> None:
        if self._call is not None:
            self._call.send_reinvite(held=held)

    def _hold_moved(self) -> None:
        self._update(held=self._hold.held, changing_hold=self._hold.changing)
        self._join()
        self.refer.proceed()

    def _send_refer(self, order: ReferOrder) -> bool:
        if self._call is None or self._hold.changing or self.snapshot.state is not CallState.CONNECTED:
            return False
        self._around.referring(self.snapshot.sip_call_id)
        self._call.xfer(order.refer_to, operation(headers=order.headers))
        return True

    def _read_identity(self, message: SipMessage) -> None:
        outgoing = self.snapshot.direction is CallDirection.OUTGOING
        found = newer_identity(message, self.snapshot.remote, outgoing=outgoing)
        if found is not None:
            diverted = "" if outgoing else called_on(message)
            self._update(remote=found, called_on=self.snapshot.called_on or diverted)

    def _join(self) -> None:
        if self._call is None or self._stream is None:
            return
        call = self.snapshot
        talking = call.in_talk and not self._hold.wanted
        if call.in_conference:
            passing = call_media.Passing(talking and not call.silenced, hears=talking, microphone=not call.muted)
        else:
            audible = talking or (call.state in _UNANSWERED and call.early_media)
            passing = call_media.Passing(audible, hears=talking and not call.muted)
        call_media.join(self._call, self._stream, self._around.desk, passing)

    def _send_digit(self, digit: str) -> bool:
        if self._call is None or self.snapshot.state is CallState.ENDED:
            return False
        try:
            self._call.send_digit(digit, by_info=self.line.config.dtmf is DtmfMethod.SIP_INFO)
        except pj.Error as error:
            self._around.refuse(0, "digits_not_sent", str(error.reason))
            return False
        self._update(digits_sent=self.snapshot.digits_sent + digit)
        return True

    def _look_at_stream(self) -> tuple[str, StreamCounters] | None:
        if self._call is None or self._stream is None:
            return None
        counters = call_media.stream_counters(self._call, self._stream)
        return None if counters is None else (self._stream.codec, counters)

    def _operate(self, operate: Callable[[LibraryCall], None]) -> None:
        if self._call is None or not self._call.exists:
            raise CallError("call_not_found")
        try:
            operate(self._call)
        except pj.Error as error:
            raise library_error(error, "call_operation_failed") from None

    def _hang_up_library(self, prm: pj.CallOpParam) -> None:
        call = self._call
        if call is None or not call.exists:
            return
        try:
            call.hangup(prm)
        except pj.Error as error:
            if self._call is call and call.isActive():
                raise library_error(error, "call_not_ended") from None

    def _require(self, state: CallState) -> None:
        if self.snapshot.state is not state:
            raise CallError("call_in_other_state", state=self.snapshot.state)

    def _disconnected(self, sip_status: int, reason: str, message: SipMessage) -> None:
        before = self.snapshot.state
        if self._giving_way and sip_status == 487:
            self._end(CallEndCause.CANCELLED, CallParty.LOCAL, sip_status, reason)
            return
        q850 = q850_cause(message)
        cause = end_cause(self.snapshot.direction, before, sip_status, self._reason_cause, q850)
        self._end(cause, CallParty.REMOTE, sip_status, reason, q850)

    def _handed_over(self, by: CallParty) -> bool:
        other = self.taken_over_by
        return self.refer.referral.explains_end(by) or (
            other is not None and other.explains_end(by, replaced=self.snapshot.id)
        )

    def _end(self, cause: CallEndCause, by: CallParty, sip_status: int, reason: str = "", q850: int = 0) -> None:
        if self.snapshot.state is CallState.ENDED:
            return
        self.release()
        handed_over = cause is CallEndCause.HUNG_UP and self._handed_over(by)
        self._update(
            state=CallState.ENDED,
            ended_s=time.time(),
            end_cause=CallEndCause.HANDED_OVER if handed_over else cause,
            ended_by=by,
            sip_status=sip_status,
            sip_reason=reason or self.snapshot.sip_reason,
            changing_hold=False,
            in_conference=False,
            silenced=False,
            transfer_request="",
            q850_cause=q850,
        )

    def _update(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of CallSnapshot
        after = replace(self.snapshot, **changes)
        if after == self.snapshot:
            return
        require_move(self.snapshot.state, after.state)
        self.snapshot = after
        self._around.changed(after)
