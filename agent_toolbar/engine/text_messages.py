"""MESSAGE out of dialog (RFC 3428), to and from the account's PBX. SIP thread only."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable

from agent_toolbar.application.ports.telephony import AnyCommand, AnyEvent, SendText, TextAnswered, TextReceived
from agent_toolbar.domain.errors import CallError
from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine.account import PbxLine
from agent_toolbar.engine.dial_target import sip_uri
from agent_toolbar.engine.library_events import TextArrived, TextDelivered
from agent_toolbar.engine.library_function import library_function
from agent_toolbar.engine.sip_headers import SipMessage

MAX_LENGTH = 1_000
_MAX_SENDER = 64
_ANSWERED_WITHIN_S = 40.0  # the library gives up after 32 s (RFC 3261 section 17.1.2.2, timer F)
_KIND = "text/plain"


class _PjStr(ctypes.Structure):
    _fields_ = (("ptr", ctypes.c_char_p), ("slen", ctypes.c_ssize_t))

    @classmethod
    def of(cls, text: str) -> _PjStr:
        raw = text.encode()
        return cls(raw, len(raw))


class TextMessages:
    """Sends what the toolbar says and tells what the PBX says; from anywhere else nothing is told."""

    def __init__(self, line: Callable[[], PbxLine | None], publish: Callable[[AnyEvent], None]) -> None:
        self._line = line
        self._publish = publish
        self._sent: list[tuple[int, float]] = []
        text = ctypes.POINTER(_PjStr)
        self._send = library_function(
            "pjsua_im_send", ctypes.c_int, text, text, text, ctypes.c_void_p, ctypes.c_void_p
        )  # PJSUA2 sends texts of buddies only, and cannot name them by a number of ours

    def execute(self, command: AnyCommand) -> bool:
        """True if it was for us. Raises CallError for an address that cannot be, or when the library refuses."""
        if not isinstance(command, SendText):
            return False
        line = self._line()
        if line is None or line.account is None:
            raise CallError("not_registered")
        uri = sip_uri(command.target, line.config.server)
        body = plain_text(command.body, MAX_LENGTH)
        status = self._send(
            int(line.account.getId()),
            ctypes.byref(_PjStr.of(uri)),
            ctypes.byref(_PjStr.of(_KIND)),
            ctypes.byref(_PjStr.of(body)),
            None,
            ctypes.c_void_p(command.request),
        )
        if status != 0:
            raise CallError("text_not_sent")
        self._sent.append((line.serial, time.monotonic()))
        return True

    @property
    def lines(self) -> frozenset[int]:
        """Serials of the lines that wait for an answer: the library of this build dies of one to a closed account."""
        now = time.monotonic()
        self._sent = [one for one in self._sent if now - one[1] < _ANSWERED_WITHIN_S]
        return frozenset(serial for serial, _ in self._sent)

    def heard(self, event: TextArrived | TextDelivered) -> None:
        if isinstance(event, TextArrived):
            self._arrived(event)
            return
        waiting = next((one for one in self._sent if one[0] == event.line), None)
        if waiting is not None:
            self._sent.remove(waiting)
        if event.request:
            reason = plain_text(event.sip_reason, 80)
            self._publish(TextAnswered(request=event.request, sip_status=event.sip_status, sip_reason=reason))

    def _arrived(self, event: TextArrived) -> None:
        line = self._line()
        if line is None or event.source not in line.pbx_ips:
            return
        if event.content_type.partition(";")[0].strip().lower() != _KIND:
            return
        sender = SipMessage(event.message).addresses("from")
        self._publish(
            TextReceived(
                sender=plain_text(sender[0].user, _MAX_SENDER) if sender else "",
                body=plain_text(event.body, MAX_LENGTH),
            )
        )
