"""Sends the REFER of one call when nothing stands in its way, and follows what becomes of it. SIP thread only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pjsua2 as pj

from agent_toolbar.domain.text import plain_text
from agent_toolbar.engine.context_key import Headers
from agent_toolbar.engine.library_events import MessageSeen, ReferNotified, TransferReported
from agent_toolbar.engine.referral import Referral
from agent_toolbar.engine.sip_headers import SipMessage

_MAX_REASON = 80


@dataclass(frozen=True, slots=True)
class ReferOrder:
    """A REFER that is to leave. refer_to: value of that header; request: of the command, for a refusal."""

    refer_to: str
    headers: Headers
    request: int


class ReferExchange:
    """REFER of one call.

    Attributes:
        referral: where it stands.
    """

    def __init__(
        self,
        *,
        send: Callable[[ReferOrder], bool],
        moved: Callable[[], None],
        refused: Callable[[int, str], None],
    ) -> None:
        """send: puts it on its way, says False if it has to wait, or raises pj.Error; moved: told after each step;
        refused: told that the library will not send it (request, reason)."""
        self.referral = Referral()
        self._send = send
        self._moved = moved
        self._refused = refused
        self._due: ReferOrder | None = None

    def begin(self, target: str, replaces: str = "") -> None:
        """Says that an order will follow. Raises CallError("transfer_in_progress")."""
        self.referral.begin(target, replaces)
        self._moved()

    def order(self, order: ReferOrder) -> None:
        """Sent now, or by `proceed`."""
        self._due = order
        self.proceed()

    def abandon(self) -> None:
        """What was announced will not be ordered."""
        self.referral.not_sent()
        self._moved()

    def proceed(self) -> None:
        """What stood in the way may be gone."""
        order = self._due
        if order is None:
            return
        try:
            if not self._send(order):
                return
        except pj.Error as error:
            self.referral.not_sent()
            self._refused(order.request, str(error.reason))
        else:
            self.referral.sent()
        self._due = None
        self._moved()

    def on_answer(self, event: MessageSeen) -> None:
        response = SipMessage(event.message)
        phrase = response.start_line.split(" ", 2)[2:]
        number = response.first("cseq").partition(" ")[0]
        cseq = int(number[:10]) if number.isascii() and number.isdigit() else 0
        self.referral.answered(event.sip_status, plain_text("".join(phrase), _MAX_REASON), cseq=cseq)
        self._moved()

    def on_notify(self, event: ReferNotified) -> None:
        reason = plain_text(event.sip_reason, _MAX_REASON)
        self.referral.notified(event.sip_status, reason, cseq=event.cseq, ends=event.ends)
        self._moved()

    def on_report(self, event: TransferReported) -> None:
        self.referral.reported(event.sip_status, plain_text(event.sip_reason, _MAX_REASON), final=event.final)
        self._moved()
