"""A call from the practice line to the agent: who calls, ringing, giving up. Runs on the asyncio loop."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from agent_toolbar.practice.call_leg import SDP_FIELDS, CallLeg, EndedBy, LegState
from agent_toolbar.practice.dialog import Dialog
from agent_toolbar.practice.scripts import Colleague
from agent_toolbar.practice.sdp import offer_sdp, parse_sdp
from agent_toolbar.practice.site import CAPABILITIES, Site, contact_of
from agent_toolbar.practice.transactions import ClientTransaction, Flow
from agent_toolbar.sip_text.sip_message import Fields, SipResponse, name_addr, parse_address, parse_uri


@dataclass(frozen=True, slots=True)
class Caller:
    """What the agent's telephone is told of the caller.

    Attributes:
        number: as the trunk signals it; "" withholds number and name (RFC 3323).
        name: display name, often "" from a trunk.
        diverted_from: the number that was dialled before the call was diverted (RFC 5806), "" if it was not.
    """

    number: str
    name: str = ""
    diverted_from: str = ""

    def fields(self, host: str) -> Fields:
        """P-Asserted-Identity (RFC 3325), Privacy and Diversion for the INVITE."""
        if not self.number:
            return (("Privacy", "id"),)
        asserted = ("P-Asserted-Identity", name_addr(self.name, f"sip:{self.number}@{host}"))
        if not self.diverted_from:
            return (asserted,)
        diversion = f"<sip:{self.diverted_from}@{host}>;reason=unconditional"
        return (asserted, ("Diversion", diversion))

    def from_value(self, host: str) -> str:
        if not self.number:
            return name_addr("Anonymous", "sip:anonymous@anonymous.invalid", secrets.token_hex(6))
        return name_addr(self.name, f"sip:{self.number}@{host}", secrets.token_hex(6))


@dataclass(frozen=True, slots=True)
class AgentAddress:
    """Where the agent's telephone is and how it is called.

    Attributes:
        aor: address of record, for To. target: the registered Contact, for the request line.
    """

    aor: str
    target: str
    flow: Flow


class OutgoingLeg(CallLeg):
    """A customer's call. Make it, open its media, `place` it; then look at its state.

    Attributes:
        redirected_to: the number that the agent's telephone sent the call to before it was answered (302), "" if none.
    """

    def __init__(self, site: Site, agent: AgentAddress, caller: Caller, party: Colleague) -> None:
        dialog = Dialog(
            call_id=f"{secrets.token_hex(10)}@practice",
            local=caller.from_value(site.host),
            remote=f"<{agent.aor}>",
            remote_target=agent.target,
            contact=contact_of(site.host, agent.flow),
        )
        super().__init__(site, agent.flow, dialog, party)
        self._caller_fields = caller.fields(site.host)
        self._invite: ClientTransaction | None = None
        self.redirected_to = ""

    def place(self) -> None:
        """Sends the INVITE."""
        fields = (
            *CAPABILITIES,
            ("User-Agent", "Practice line"),
            *self._caller_fields,
            *SDP_FIELDS,
        )
        body = offer_sdp(self._address, self.media.port, self._sdp_version)
        self._invite = self._endpoint.request(self._dialog.request("INVITE", fields, body), self._flow, self._respond)

    def _give_up(self) -> None:
        if self._invite is not None:
            self._endpoint.cancel(self._invite, self._flow)
        self._finish(EndedBy.LINE, 487)

    def _respond(self, response: SipResponse) -> None:
        if response.status < 200:
            if response.status > 100 and self.state is LegState.CALLING:
                self.state = LegState.RINGING
                self.report("call_ringing")
                self.changes.notify()
        elif response.status < 300:
            self._accept(response)
        else:
            if response.status < 400:
                self.redirected_to = parse_uri(parse_address(response.first("contact")).uri).user
            self._finish(EndedBy.AGENT, response.status)

    def _accept(self, response: SipResponse) -> None:
        """RFC 3261 section 13.2.2.4: every 2xx gets its ACK; one that crossed our CANCEL gets a BYE."""
        self._dialog.remote = response.first("to")
        self._dialog.learn(response)
        self._endpoint.send_ack(self._dialog.request("ACK", cseq=response.cseq[0]), self._flow)
        if self.state is LegState.TALKING:
            return
        if self.ended:
            self._send_bye()
            return
        answer = parse_sdp(response.body)
        if answer is None or not answer.codecs:
            self._send_bye()
            self._finish(EndedBy.LINE, 488)
            return
        self.media.connect(answer, answer.direction.answered)
        self._begin_talk()
