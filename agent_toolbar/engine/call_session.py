"""One call from INVITE to end: its snapshot, its commands, what the library says of it. SIP thread only."""

from __future__ import annotations

import random
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
from agent_toolbar.engine.caller_identity import asserted_identity, called_on
from agent_toolbar.engine.dialog_id import DialogId, dialog_of_answer
from agent_toolbar.engine.dtmf_sender import DtmfSender
from agent_toolbar.engine.hold import HoldNegotiation, HoldOutcome
from agent_toolbar.engine.library import library_error
from agent_toolbar.engine.library_events import CallProgressed, MessageSeen
from agent_toolbar.engine.pj_call import Graveyard, LibraryCall
from agent_toolbar.engine.quality import StreamCounters, measure
from agent_toolbar.engine.sip_headers import SipMessage, reason_cause
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue

_QUALITY_EVERY_S = 1.0
_REINVITE_LIMIT_S = 35.0
_BUSY_RETRY_S = 0.5
_MAX_REASON = 80


@dataclass(frozen=True)
class Surroundings:
    """What every session needs of the user agent.

    Attributes:
        changed: told with each new snapshot, ended ones included.
        refuse: tells the toolbar that a command which was accepted failed later (request, code, detail).
        desk: slot 0 of the bridge.
    """

    timers: TimerQueue
    graveyard: Graveyard
    desk: pj.AudioMedia
    changed: Callable[[CallSnapshot], None]
    refuse: Callable[[int, str, str], None]


class CallSession:
    """A call and its legal moves.

    Attributes:
        snapshot: as last told to the toolbar.
        line: the account it belongs to.
        dialog: None until it is confirmed. Known before the snapshot says that the call is connected.
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
        self._remote_tag = remote_tag
        invited_by_us = snapshot.direction is CallDirection.OUTGOING or dialog is not None
        self._hold = HoldNegotiation(owns_call_id=invited_by_us)
        self._hold.wanted = self._holds_again = snapshot.held
        self._hold_request = 0
        self._hold_limit: TimerHandle | None = None
        self._digits = DtmfSender(around.timers, self._send_digit)
        self._reason_cause = 0
        self._stream: call_media.AudioStream | None = None
        self._counters = StreamCounters()
        self._quality_timer: TimerHandle | None = None

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
        if self._call is not None and self._call.exists:
            call = self._call
            try:
                call.hangup(operation(status if refusing else 0))
            except pj.Error as error:
                if self._call is call and call.isActive():
                    raise library_error(error, "call_not_ended") from None
        cause = CallEndCause.HUNG_UP if before is CallState.CONNECTED else CallEndCause.CANCELLED
        if refusing:
            cause = CallEndCause.DECLINED
        self._end(cause, CallParty.LOCAL, status if refusing else self.snapshot.sip_status)

    def set_held(self, *, held: bool, request: int) -> None:
        self._require(CallState.CONNECTED)
        self._hold.wanted = held
        self._hold_request = request
        self._join()
        self._negotiate_hold()

    def set_muted(self, *, muted: bool) -> None:
        if self.snapshot.state is CallState.ENDED:
            raise CallError("call_not_found")
        self._update(muted=muted)
        self._join()

    def send_digits(self, digits: str) -> None:
        if self._stream is None or self.snapshot.state not in {CallState.CONNECTED, CallState.ALERTING}:
            raise CallError("call_not_connected")
        self._digits.queue(digits)

    # -------------------------------------------------------------- what the library says

    def on_progress(self, event: CallProgressed) -> None:
        reason = plain_text(event.sip_reason, _MAX_REASON)
        message = SipMessage(event.message)
        if event.state == pj.PJSIP_INV_STATE_CONNECTING and message.start_line.startswith("SIP/2.0 2"):
            self.dialog = dialog_of_answer(message)
        told = {"sip_status": event.sip_status, "sip_reason": reason, "sip_call_id": event.sip_call_id}
        if event.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            cause = end_cause(self.snapshot.direction, self.snapshot.state, event.sip_status, self._reason_cause)
            self._end(cause, CallParty.REMOTE, event.sip_status, reason)
        elif event.state == pj.PJSIP_INV_STATE_EARLY and self.snapshot.direction is CallDirection.OUTGOING:
            ringing_s = self.snapshot.ringing_s or time.time()
            self._update(**told, state=CallState.ALERTING, ringing_s=ringing_s)
        elif event.state == pj.PJSIP_INV_STATE_CONFIRMED:
            answered_s = self.snapshot.answered_s or time.time()
            self._update(**told, state=CallState.CONNECTED, answered_s=answered_s, early_media=False)
            self._join()
            self._quality_timer = self._around.timers.after(_QUALITY_EVERY_S, self._measure)
            self._negotiate_hold()
        elif self.snapshot.direction is CallDirection.OUTGOING:
            self._update(**told)

    def on_acknowledged(self, dialog: DialogId) -> None:
        """An ACK came with this Call-ID; whoever sent it, only the caller knows the tag of its own INVITE."""
        if self.dialog is None and dialog.remote_tag == self._remote_tag:
            self.dialog = dialog

    def on_media(self) -> None:
        if self._call is None or not self._call.exists:
            return
        before, self._stream = self._stream, call_media.audio_stream(self._call)
        stream = self._stream
        if stream is None:
            return
        if before is None or before.index != stream.index:
            self._counters = StreamCounters()
        early = self.snapshot.state in {CallState.DIALING, CallState.ALERTING} and self.snapshot.sip_status < 200
        self._update(codec=stream.codec, remote_held=stream.held_by_remote, early_media=early)
        self._join()

    def on_message(self, event: MessageSeen) -> None:
        message = SipMessage(event.message)
        if event.message and not event.ours and event.method in {"BYE", "CANCEL"}:
            self._reason_cause = reason_cause(message)
        if event.message and event.method in {"INVITE", "UPDATE"}:
            self._read_identity(message)
        if event.ours and event.finished and event.method == "INVITE" and self.snapshot.state is CallState.CONNECTED:
            self._hold_answered(event.sip_status)

    def release(self) -> None:
        """Gives the library's call to the graveyard, in whatever state it is."""
        self._digits.stop()
        for timer in (self._hold_limit, self._quality_timer):
            if timer is not None:
                timer.cancel()
        if self._call is not None:
            self._around.graveyard.bury(self._call)
            self._call = None

    # -------------------------------------------------------------- inside

    def _negotiate_hold(self) -> None:
        if self.snapshot.state is CallState.CONNECTED and self._hold.due and self._call is not None:
            prm = operation(0)
            try:
                if self._hold.wanted:
                    self._call.setHold(prm)
                else:
                    prm.opt.flag = pj.PJSUA_CALL_UNHOLD
                    self._call.reinvite(prm)
            except pj.Error:  # another transaction of this dialog is under way
                self._hold.postponed()
                self._around.timers.after(_BUSY_RETRY_S, self._retry_hold)
            else:
                self._hold.sent()
                self._hold_limit = self._around.timers.after(_REINVITE_LIMIT_S, lambda: self._hold_answered(408))
        self._show_hold()

    def _show_hold(self) -> None:
        self._holds_again = self._holds_again and self._hold.wanted and not self._hold.held
        self._update(held=self._hold.held or self._holds_again, changing_hold=self._hold.changing)

    def _retry_hold(self) -> None:
        self._hold.retry()
        self._negotiate_hold()

    def _hold_answered(self, sip_status: int) -> None:
        if sip_status in {401, 407}:  # the library answers the challenge; the limit guards against a refusal
            return
        outcome = self._hold.answered(sip_status)
        if outcome is HoldOutcome.NOT_OURS:
            return
        if self._hold_limit is not None:
            self._hold_limit.cancel()
        if outcome is HoldOutcome.GLARE:
            self._around.timers.after(self._hold.glare_delay_s(random.uniform), self._retry_hold)
        elif outcome is HoldOutcome.REFUSED:
            self._around.refuse(self._hold_request, "hold_refused", str(sip_status))
        self._show_hold()
        self._join()
        self._negotiate_hold()

    def _read_identity(self, message: SipMessage) -> None:
        if not self.line.config.trusts_identity:
            return
        found = asserted_identity(message)
        if found is None:
            return
        known = self.snapshot.remote
        if self.snapshot.direction is CallDirection.OUTGOING and not found.number:
            found = replace(known, name=found.name or known.name)
        diverted = called_on(message) if self.snapshot.direction is CallDirection.INCOMING else ""
        self._update(remote=found, called_on=self.snapshot.called_on or diverted)

    def _join(self) -> None:
        if self._call is None or self._stream is None:
            return
        state = self.snapshot.state
        talking = self.snapshot.in_talk and not self._hold.wanted
        audible = talking or (state in {CallState.DIALING, CallState.ALERTING} and self.snapshot.early_media)
        call_media.join(
            self._call,
            self._stream,
            self._around.desk,
            audible=audible,
            speaking=talking and not self.snapshot.muted,
        )

    def _send_digit(self, digit: str) -> bool:
        if self._call is None or self.snapshot.state is CallState.ENDED:
            return False
        prm = pj.CallSendDtmfParam()
        prm.digits = digit
        by_info = self.line.config.dtmf is DtmfMethod.SIP_INFO
        prm.method = pj.PJSUA_DTMF_METHOD_SIP_INFO if by_info else pj.PJSUA_DTMF_METHOD_RFC2833
        try:
            self._call.sendDtmf(prm)
        except pj.Error as error:
            self._around.refuse(0, "digits_not_sent", str(error.reason))
            return False
        self._update(digits_sent=self.snapshot.digits_sent + digit)
        return True

    def _measure(self) -> None:
        if self._call is None or self.snapshot.state is not CallState.CONNECTED:
            return
        self._quality_timer = self._around.timers.after(_QUALITY_EVERY_S, self._measure)
        if self._stream is None:
            return
        now = call_media.stream_counters(self._call, self._stream)
        if now is not None and now.packets > self._counters.packets:
            self._update(quality=measure(self._stream.codec, self._counters, now))
            self._counters = now

    def _operate(self, operation: Callable[[LibraryCall], None]) -> None:
        if self._call is None or not self._call.exists:
            raise CallError("call_not_found")
        try:
            operation(self._call)
        except pj.Error as error:
            raise library_error(error, "call_operation_failed") from None

    def _require(self, state: CallState) -> None:
        if self.snapshot.state is not state:
            raise CallError("call_in_other_state", state=self.snapshot.state)

    def _end(self, cause: CallEndCause, by: CallParty, sip_status: int, reason: str = "") -> None:
        if self.snapshot.state is CallState.ENDED:
            return
        self.release()
        self._update(
            state=CallState.ENDED,
            ended_s=time.time(),
            end_cause=cause,
            ended_by=by,
            sip_status=sip_status,
            sip_reason=reason or self.snapshot.sip_reason,
            changing_hold=False,
        )

    def _update(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of CallSnapshot
        after = replace(self.snapshot, **changes)
        if after == self.snapshot:
            return
        require_move(self.snapshot.state, after.state)
        self.snapshot = after
        self._around.changed(after)


def operation(sip_status: int, headers: tuple[tuple[str, str], ...] = ()) -> pj.CallOpParam:
    """Parameters of an operation on a call: one audio stream, a status where the operation sends one (0: none).

    headers: of what is sent; the library writes them as they are.
    """
    prm = pj.CallOpParam(True)
    if sip_status:
        prm.statusCode = sip_status
    prm.opt.audioCount = 1
    prm.opt.videoCount = 0
    for name, value in headers:
        header = pj.SipHeader()
        header.hName, header.hValue = name, value
        prm.txOption.headers.append(header)
    return prm
