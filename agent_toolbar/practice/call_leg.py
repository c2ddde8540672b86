"""One call between the practice line and the agent, whoever began it. Runs on the asyncio loop.

The leg answers what the agent's telephone does (hold, resume, digits, BYE) and tells it through `changes`.
"""

from __future__ import annotations

import asyncio
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from agent_toolbar.practice.changes import Changes
from agent_toolbar.practice.dialog import Dialog, DialogName
from agent_toolbar.practice.media_session import MediaSession
from agent_toolbar.practice.refer_subscription import ReferSubscription
from agent_toolbar.practice.scripts import Colleague
from agent_toolbar.practice.sdp import CONTENT_TYPE, AudioStream, Direction, answer_sdp, offer_sdp, parse_sdp
from agent_toolbar.practice.site import CAPABILITIES, Site, contact_of
from agent_toolbar.practice.transactions import Flow, ServerTransaction
from agent_toolbar.sip_text.sip_message import Fields, SipRequest, SipResponse

SDP_FIELDS: Fields = (("Content-Type", CONTENT_TYPE),)

_MEDIA_CHECK_S = 5.0
_LOST_AFTER_S = 30.0  # a telephone that is gone sends no BYE
_LOST_ON_HOLD_AFTER_S = 600.0


class LegState(StrEnum):
    CALLING = "calling"
    RINGING = "ringing"
    TALKING = "talking"
    ENDED = "ended"


class EndedBy(StrEnum):
    AGENT = "agent"
    LINE = "line"
    LOST = "lost"  # the agent's telephone went silent


@dataclass(frozen=True, slots=True)
class LegEnd:
    """status: the SIP status that ended the call, 200 after a talk."""

    by: EndedBy
    status: int


class CallLeg(ABC):
    """What both directions share: the dialog once it stands, the audio, the end.

    Attributes:
        party: who of the practice line talks with the agent here.
        call_id: of the SIP dialog; names the call in reports.
        held: the agent has put us on hold. holds: how often so far. resumes: how often taken back.
        away: the party is being put through to somebody else. handed_over: and is with them now.
        failed_handovers: how often that came to nothing.
        digits: all that the agent has pressed.
        end: None while the call lives.
        on_refer: takes a REFER; 603 unless somebody does.
    """

    def __init__(self, site: Site, flow: Flow, dialog: Dialog, party: Colleague) -> None:
        self._endpoint = site.endpoint
        self._report = site.report
        self._host = site.host
        self._address = site.host.partition(":")[0]
        self._flow = flow
        self._dialog = dialog
        self._media: MediaSession | None = None
        self._sdp_version = 1
        self._media_check: asyncio.TimerHandle | None = None
        self._offering = False
        self.party = party
        self.state = LegState.CALLING
        self.changes = Changes()
        self.held = False
        self.holds = 0
        self.resumes = 0
        self.away = False
        self.handed_over = False
        self.failed_handovers = 0
        self.digits = ""
        self.end: LegEnd | None = None
        self.on_refer: Callable[[ServerTransaction], None] = lambda transaction: transaction.respond(603)

    @property
    def call_id(self) -> str:
        return self._dialog.call_id

    @property
    def name(self) -> DialogName:
        return self._dialog.name

    @property
    def present(self) -> bool:
        """The party and the agent can talk."""
        return not (self.held or self.away or self.handed_over)

    @property
    def media(self) -> MediaSession:
        assert self._media is not None, "a leg is opened before it is used"
        return self._media

    @property
    def answered(self) -> bool:
        return self.state is LegState.TALKING

    @property
    def ended(self) -> bool:
        return self.state is LegState.ENDED

    async def open_media(self) -> None:
        """Takes a port for the audio; must come before anything else."""
        self._media = await MediaSession.open(self._address, self.changes.notify, self._hear_digit)
        if self.ended:  # taken back in the meantime
            self._media.close()

    def report(self, event: str, **facts: str | int | bool) -> None:
        self._report(event, call=self.call_id, **facts)

    def hang_up(self) -> None:
        """Ends the call in whatever way fits its state."""
        if self.state is LegState.TALKING:
            self._send_bye()
            self._finish(EndedBy.LINE, 200)
        elif not self.ended:
            self._give_up()

    async def offer(self, direction: Direction) -> bool:
        """Changes the direction of the audio by a re-INVITE: SENDONLY puts the agent on hold. False if refused."""
        answers: list[SipResponse] = []

        def respond(response: SipResponse) -> None:
            if 200 <= response.status < 300:
                self._endpoint.send_ack(dialog.request("ACK", cseq=response.cseq[0]), self._flow)
            if response.status >= 200:
                answers.append(response)
                self.changes.notify()

        self._sdp_version += 1
        body = offer_sdp(self._address, self.media.port, self._sdp_version, direction)
        self._offering = True
        dialog = self._dialog
        self._endpoint.request(dialog.request("INVITE", SDP_FIELDS, body), self._flow, respond)
        await self.changes.until(lambda: bool(answers) or self.ended or self._dialog is not dialog)
        self._offering = False
        answer = parse_sdp(answers[0].body) if answers and answers[0].status < 300 else None
        if answer is None or not answer.codecs or self.ended:
            return False
        self.media.connect(answer, answer.direction.answered)
        return True

    def receive(self, transaction: ServerTransaction) -> None:
        """Takes a request of the agent inside this dialog."""
        request = transaction.request
        if request.cseq[0] < self._dialog.remote_cseq:
            transaction.respond(500)  # RFC 3261 section 12.2.2: out of order
            return
        self._dialog.remote_cseq = request.cseq[0]
        if request.method == "BYE":
            transaction.respond(200)
            self._finish(EndedBy.AGENT, 200)
        elif request.method == "INVITE":
            self._renegotiate(transaction)
        elif request.method == "INFO":
            transaction.respond(200)
            self._hear_info(request)
        elif request.method == "REFER":
            self.on_refer(transaction)
        else:
            transaction.respond(200 if request.method == "OPTIONS" else 405, CAPABILITIES)

    def accept_refer(self, refer: ServerTransaction) -> ReferSubscription:
        """Answers 202; the party is away until `stay` or `hand_over`."""
        refer.respond(202, (("Contact", self._dialog.contact),))
        self.away = True
        self.changes.notify()
        return ReferSubscription(self._endpoint, self._flow, self._dialog, refer.request.cseq[0])

    def stay(self) -> None:
        """Nobody took the party, who goes on with the agent."""
        self.away = False
        self.failed_handovers += 1
        self.changes.notify()

    def hand_over(self) -> None:
        """Somebody took the party. The dialog is left to the transferer, who ends it (RFC 5589 section 6.1)."""
        self.away = False
        self.handed_over = True
        self.media.stop_playing()
        self.changes.notify()

    def take_over(self, invite: ServerTransaction, offer: AudioStream) -> None:
        """The talk goes on in the dialog of this INVITE; the old one is ended with BYE (RFC 3891 section 3)."""
        self._send_bye()
        before, self._flow = self.call_id, invite.flow
        self._dialog = Dialog.of_request(invite.request, invite.to_tag, contact_of(self._host, invite.flow))
        self._offering = False
        self.resumes += 1
        self.report("call_given_back", replaced=before)
        self._accept_offer(invite, offer)
        self._notice_hold(held=_holds(offer))
        self.changes.notify()

    @abstractmethod
    def _give_up(self) -> None:
        """Ends a call that was not answered."""

    def _begin_talk(self) -> None:
        self.state = LegState.TALKING
        self.report("call_answered")
        self._media_check = asyncio.get_running_loop().call_later(_MEDIA_CHECK_S, self._check_media)
        self.changes.notify()

    def _finish(self, by: EndedBy, status: int) -> None:
        if self.ended:
            return
        self.state = LegState.ENDED
        self.end = LegEnd(by, status)
        if self._media_check is not None:
            self._media_check.cancel()
        if self._media is not None:
            self._media.close()
        self.report("call_ended", by=str(by), sip_status=status)
        self.changes.notify()

    def _send_bye(self) -> None:
        self._endpoint.request(self._dialog.request("BYE"), self._flow, lambda _response: None)

    def _answer_to(self, offer: AudioStream) -> bytes:
        """Our answer to an offer; the audio follows it at once."""
        self._sdp_version += 1
        self.media.connect(offer, offer.direction.answered)
        return answer_sdp(offer, self._address, self.media.port, self._sdp_version)

    def _accept_offer(self, invite: ServerTransaction, offer: AudioStream) -> None:
        invite.on_unacknowledged = lambda: self._unacknowledged(invite)
        fields = (("Contact", self._dialog.contact), *CAPABILITIES, *SDP_FIELDS)
        invite.respond(200, fields, self._answer_to(offer))

    def _unacknowledged(self, invite: ServerTransaction) -> None:
        """RFC 3261 section 13.3.1.4: a 2xx that is never acknowledged ends with BYE."""
        if self.state is LegState.TALKING and invite.request.call_id == self.call_id:
            self._send_bye()
            self._finish(EndedBy.LOST, 408)

    def _renegotiate(self, transaction: ServerTransaction) -> None:
        offer = parse_sdp(transaction.request.body)
        if self.state is not LegState.TALKING or self._offering:
            transaction.respond(491)  # RFC 3261 section 14.2
            return
        if offer is None or not offer.codecs:
            transaction.respond(488)
            return
        self._dialog.learn(transaction.request)
        transaction.respond(200, (("Contact", self._dialog.contact), *SDP_FIELDS), self._answer_to(offer))
        self._notice_hold(held=_holds(offer))

    def _notice_hold(self, *, held: bool) -> None:
        if held == self.held:
            return
        self.held = held
        self.holds += held
        self.resumes += not held
        self.report("hold_seen" if held else "resume_seen")
        self.changes.notify()

    def _hear_digit(self, digit: str) -> None:
        self.digits += digit
        self.report("digit_received", digit=digit)
        self.changes.notify()

    def _hear_info(self, request: SipRequest) -> None:
        """Digits by INFO: application/dtmf-relay ("Signal=5") or application/dtmf ("5")."""
        kind = request.first("content-type").partition(";")[0].strip().lower()
        patterns = {"application/dtmf-relay": r"Signal\s*=\s*([0-9*#A-D])", "application/dtmf": r"\s*([0-9*#A-D])\s*$"}
        found = re.match(patterns.get(kind, r"(?!)"), request.body.decode("ascii", "replace"), re.IGNORECASE)
        if found is not None:
            self._hear_digit(found[1].upper())

    def _check_media(self) -> None:
        silent_s = time.monotonic() - self.media.last_packet_s
        if silent_s > (_LOST_ON_HOLD_AFTER_S if self.held else _LOST_AFTER_S):
            self._send_bye()
            self._finish(EndedBy.LOST, 408)
            return
        self._media_check = asyncio.get_running_loop().call_later(_MEDIA_CHECK_S, self._check_media)


def _holds(offer: AudioStream) -> bool:
    return offer.direction in {Direction.SENDONLY, Direction.INACTIVE}
