"""A call of the agent to somebody on the practice line: ring, answer or refuse. Runs on the asyncio loop."""

from __future__ import annotations

from agent_toolbar.practice.call_leg import ALLOWED_METHODS, SDP_FIELDS, CallLeg, EndedBy, LegState, Reporter
from agent_toolbar.practice.dialog import Dialog
from agent_toolbar.practice.sdp import AudioStream
from agent_toolbar.practice.sip_endpoint import SipEndpoint
from agent_toolbar.practice.transactions import ServerTransaction


class IncomingLeg(CallLeg):
    """Made from an INVITE whose offer was understood. Open its media, then `ring`, `answer` or `refuse`."""

    def __init__(
        self, endpoint: SipEndpoint, invite: ServerTransaction, offer: AudioStream, host: str, report: Reporter
    ) -> None:
        """host: our own "address:port" in URIs."""
        by_tcp = ";transport=tcp" if invite.flow.reliable else ""
        contact = f"<sip:practice@{host}{by_tcp}>"
        dialog = Dialog.of_request(invite.request, invite.to_tag, contact)
        super().__init__(endpoint, invite.flow, dialog, host.partition(":")[0], report)
        self._invite = invite
        self._offer = offer
        invite.on_cancel = self._cancelled
        invite.on_unacknowledged = self._unacknowledged

    def ring(self) -> None:
        if self.ended:
            return
        self._invite.respond(180, (("Contact", self._dialog.contact),))
        self.state = LegState.RINGING
        self.report("ringing_out")
        self.changes.notify()

    def answer(self) -> None:
        if self.ended:
            return
        fields = (("Contact", self._dialog.contact), ("Allow", ALLOWED_METHODS), *SDP_FIELDS)
        self._invite.respond(200, fields, self._answer_to(self._offer))
        self._begin_talk()

    def refuse(self, status: int) -> None:
        """Ends the call with this status, as busy (486) or declined (603)."""
        if self.ended:
            return
        self._invite.respond(status)
        self._finish(EndedBy.LINE, status)

    def _give_up(self) -> None:
        self.refuse(480)

    def _cancelled(self) -> None:
        self._invite.respond(487)
        self._finish(EndedBy.AGENT, 487)

    def _unacknowledged(self) -> None:
        """RFC 3261 section 13.3.1.4: a 2xx that is never acknowledged ends with BYE."""
        if self.state is LegState.TALKING:
            self._send_bye()
            self._finish(EndedBy.LOST, 408)
