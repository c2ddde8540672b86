"""A call of the agent to somebody on the practice line: ring, answer or refuse. Runs on the asyncio loop."""

from __future__ import annotations

from agent_toolbar.practice.call_leg import CallLeg, EndedBy, LegState
from agent_toolbar.practice.dialog import Dialog
from agent_toolbar.practice.scripts import Colleague
from agent_toolbar.practice.sdp import AudioStream
from agent_toolbar.practice.site import Site, contact_of
from agent_toolbar.practice.transactions import ServerTransaction


class IncomingLeg(CallLeg):
    """Made from an INVITE whose offer was understood. Open its media, then `ring`, `answer` or `refuse`."""

    def __init__(self, site: Site, invite: ServerTransaction, offer: AudioStream, party: Colleague) -> None:
        dialog = Dialog.of_request(invite.request, invite.to_tag, contact_of(site.host, invite.flow))
        super().__init__(site, invite.flow, dialog, party)
        self._invite = invite
        self._offer = offer
        invite.on_cancel = self._cancelled

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
        self._accept_offer(self._invite, self._offer)
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
