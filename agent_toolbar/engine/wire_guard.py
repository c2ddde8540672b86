"""Answers requests before the library spends anything on them: strangers, more new calls than it survives, NOTIFYs.

Pure decisions over text, taken inside the library's event handling; SIP thread only.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable

from agent_toolbar.engine.dialog_id import dialog_of_request
from agent_toolbar.engine.library_events import (
    DialogAcknowledged,
    DialogStateNotified,
    InviteRejected,
    ReferNotified,
    ReferRequested,
)
from agent_toolbar.engine.pjsip_module import TappedRequest
from agent_toolbar.engine.refer_notify import refer_notification
from agent_toolbar.engine.refer_request import refer_request
from agent_toolbar.engine.sip_headers import SipMessage

_PASS = 0
_OK = 200
_ACCEPTED = 202
_FORBIDDEN = 403
_BUSY = 486
# Each new call takes two of the library's 64 I/O handles, which it frees half a second after the call; none left is
# an assertion.
_NEW_CALLS = 20
_WINDOW_S = 0.8
_REMEMBERED = 128
_REFERRING = 16
_MAX_PACKET_MS = 500.0
_PACKET_TIME = re.compile(rb"^a=(?:max)?ptime:[ \t]*([^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_SDP_LINE = re.compile(rb"^([a-z])=", re.MULTILINE | re.IGNORECASE)


WireNews = InviteRejected | DialogAcknowledged | DialogStateNotified | ReferNotified | ReferRequested


class WireGuard:
    """Decides by source and by rate.

    Attributes:
        pbx_ips: who may begin a dialog with us; nobody while there is no account.
        may_refer: Call-IDs of the calls in which a REFER is put to the agent; in all others the library refuses it.
        our_hosts: names and addresses under which our PBX writes itself.
    """

    def __init__(
        self,
        report: Callable[[WireNews], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """report: told of each refused INVITE once, however often it is sent, and of what the library does not show.

        That is each ACK in a dialog (the To of the ACK to our 200 has our tag), each NOTIFY about a REFER of ours, and
        each NOTIFY of the dialog package that the PBX sends in a dialog.
        """
        self._report = report
        self._monotonic = monotonic
        self._refused: deque[str] = deque(maxlen=_REMEMBERED)
        self._new_calls: deque[tuple[float, str]] = deque()
        self._referring: deque[str] = deque(maxlen=_REFERRING)
        self._requested: deque[tuple[str, int]] = deque(maxlen=_REFERRING)
        self.pbx_ips: frozenset[str] = frozenset()
        self.may_refer: frozenset[str] = frozenset()
        self.our_hosts: frozenset[str] = frozenset()

    def expect_notifies(self, call_id: str) -> None:
        """A REFER of ours is sent in this dialog."""
        if call_id not in self._referring:
            self._referring.append(call_id)

    def answers(self, request: TappedRequest) -> int:
        """The status to answer with, 0 to let the request pass; inside a dialog it does (RFC 3261 section 12.2)."""
        message = SipMessage(request.text)
        method = message.start_line.partition(" ")[0].upper()
        if method == "CANCEL":
            return _PASS
        if method == "ACK" or ";tag=" in message.first("to").lower().replace(" ", ""):
            return self._answers_in_dialog(method, message, request)
        call_id = message.first("call-id")
        if request.source not in self.pbx_ips:
            status = _FORBIDDEN
        elif method == "INVITE" and not self._may_begin(call_id):
            status = _BUSY
        else:
            return _PASS
        if method == "INVITE" and call_id not in self._refused:
            self._refused.append(call_id)
            self._report(InviteRejected(status, "", message.first("from"), request.source, request.text))
        return status

    def _answers_in_dialog(self, method: str, message: SipMessage, request: TappedRequest) -> int:
        if method == "ACK":
            dialog = dialog_of_request(message)
            if dialog is not None:
                self._report(DialogAcknowledged(dialog))
            return _PASS
        if method == "REFER":
            return self._answers_refer(message, request)
        if method == "NOTIFY" and request.source in self.pbx_ips and _is_of_dialog_package(message):
            self._report(DialogStateNotified(request.text))
            return _PASS
        notified = refer_notification(message)
        if notified is None or notified.dialog.call_id not in self._referring:
            return _PASS
        self._report(notified)
        return _PASS if notified.ends else _OK  # with the last one the library ends its subscription

    def _answers_refer(self, message: SipMessage, request: TappedRequest) -> int:
        call_id = message.first("call-id")
        if call_id not in self.may_refer or request.source not in self.pbx_ips:
            return _PASS
        wanted = refer_request(message, self.our_hosts)
        if wanted is None:
            return _PASS
        if (call_id, wanted.cseq) not in self._requested:  # else it was sent again
            self._requested.append((call_id, wanted.cseq))
            self._report(ReferRequested(call_id, wanted))
        return _ACCEPTED

    def _may_begin(self, call_id: str) -> bool:
        now = self._monotonic()
        while self._new_calls and now - self._new_calls[0][0] > _WINDOW_S:
            self._new_calls.popleft()
        if any(known == call_id for _, known in self._new_calls):
            return True  # sent again; the library knows it
        if call_id in self._refused or len(self._new_calls) >= _NEW_CALLS:
            return False
        self._new_calls.append((now, call_id))
        return True


def _is_of_dialog_package(message: SipMessage) -> bool:
    return message.first("event").partition(";")[0].strip().lower() == "dialog"


def is_dangerous_sdp(sdp: bytes) -> bool:
    """SDP that RFC 4566 forbids and that the library lets through to an assertion.

    Section 6: "ptime" and "maxptime" are positive times; a negative one ends in the stream's buffers.
    Section 5.7: one "c=" for the session or one for each media; a media of port 0 without it ends in `create_answer`.
    """
    if any(not _is_packet_time(found[1]) for found in _PACKET_TIME.finditer(sdp)):
        return True
    kinds = [found[1].lower() for found in _SDP_LINE.finditer(sdp)]
    if b"m" not in kinds:
        return False
    session, *medias = b"".join(kinds).split(b"m")
    return b"c" not in session and any(b"c" not in media for media in medias)


def _is_packet_time(value: bytes) -> bool:
    found = re.fullmatch(rb"(\d{1,6}(?:\.\d{1,6})?)\s*", value)
    return found is not None and 1.0 <= float(found[1]) <= _MAX_PACKET_MS
