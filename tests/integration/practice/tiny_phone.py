"""A telephone of our own on a real UDP socket, which does what a test says and notes what it gets. asyncio."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from agent_toolbar.practice.changes import Changes
from agent_toolbar.practice.dialog import Dialog
from agent_toolbar.practice.exchange import ADDRESS, Exchange
from agent_toolbar.practice.sdp import Direction, offer_sdp
from agent_toolbar.practice.sip_endpoint import SipEndpoint
from agent_toolbar.practice.sip_sockets import SipSockets
from agent_toolbar.practice.transactions import Flow, ServerTransaction
from agent_toolbar.sip_text.digest import digest_parameters, digest_response
from agent_toolbar.sip_text.sip_message import SipMessage, SipRequest, SipResponse, parse_address, parse_message

WAIT_S = 5.0
SDP = (("Content-Type", "application/sdp"),)


@dataclass(frozen=True, slots=True)
class RecordingFlow:
    """A flow that keeps what it sent, so that a test can send it again."""

    inner: Flow
    sent: list[bytes] = field(default_factory=list)

    @property
    def reliable(self) -> bool:
        return self.inner.reliable

    @property
    def via(self) -> str:
        return self.inner.via

    @property
    def source(self) -> tuple[str, int]:
        return self.inner.source

    def send(self, data: bytes) -> None:
        self.sent.append(data)
        self.inner.send(data)


class TinyPhone:
    """Attributes:
    received: every message as it came, repeated ones too. requests: those that are requests, once each.
    invites: INVITEs that opened a call, as transactions to be answered by the test.
    ignores: methods that are not answered. refuses: status for methods that are refused.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._endpoint = SipEndpoint(self._receive_request)
        self.changes = Changes()
        self._cseq = 1
        self.tag = secrets.token_hex(4)
        self.received: list[SipMessage] = []
        self.requests: list[SipRequest] = []
        self.invites: list[ServerTransaction] = []
        self.ignores: set[str] = set()
        self.refuses: dict[str, int] = {}

    async def open(self) -> None:
        self._sockets = await SipSockets.open(ADDRESS, self._receive)
        self.flow = RecordingFlow(self._sockets.udp_flow(ADDRESS, self._exchange.sip_port))
        self.contact = f"<sip:200@{ADDRESS}:{self._sockets.port}>"

    def close(self) -> None:
        self._endpoint.close()
        self._sockets.close()

    def send_raw(self, raw: bytes) -> None:
        self.flow.send(raw)

    async def register(self, password: str | None = None, expires_s: int = 60) -> int:
        """The final status of a registration with this password (that of the exchange by default)."""
        uri = f"sip:{ADDRESS}:{self._exchange.sip_port}"
        response = await self.request(self.new_request("REGISTER", uri, ("Expires", str(expires_s))), password)
        return response.status

    async def invite(self, user: str, body: bytes | None = None, *fields: tuple[str, str]) -> SipResponse:
        """The final answer to a call of ours."""
        offer = offer_sdp(ADDRESS, 40_000, 1) if body is None else body
        response = await self.request(replace(self.new_request("INVITE", self.uri_of(user), *SDP, *fields), body=offer))
        self._answered = response
        return response

    async def call(self, user: str, *fields: tuple[str, str]) -> Dialog:
        """The dialog of a call of ours that was answered."""
        answer = await self.invite(user, None, *fields)
        assert answer.status == 200
        self.acknowledge()
        return self._dialog_of(answer)

    async def subscribe(self, user: str, event: str = "dialog", expires_s: int = 60) -> tuple[SipResponse, Dialog]:
        """The answer to a subscription of ours, and its dialog."""
        fields = (("Event", event), ("Expires", str(expires_s)))
        answer = await self.request(self.new_request("SUBSCRIBE", self.uri_of(user), *fields))
        return answer, self._dialog_of(answer)

    async def refer(self, dialog: Dialog, target: str, *fields: tuple[str, str]) -> SipResponse:
        """The answer to a REFER in this dialog; target: the whole value of Refer-To."""
        return await self.one_request(dialog.request("REFER", (("Refer-To", target), *fields)))

    def uri_of(self, user: str) -> str:
        return f"sip:{user}@{ADDRESS}:{self._exchange.sip_port}"

    def notifies(self, event: str) -> list[SipRequest]:
        """The NOTIFYs of this event package, repeated ones once."""
        return [
            one for one in self.requests if one.method == "NOTIFY" and one.first("event").partition(";")[0] == event
        ]

    async def next_notify(self, event: str, number: int, timeout_s: float = WAIT_S) -> SipRequest:
        await self.until(lambda: len(self.notifies(event)) > number, timeout_s)
        return self.notifies(event)[number]

    def _dialog_of(self, answer: SipResponse) -> Dialog:
        return Dialog(
            call_id=answer.call_id,
            local=answer.first("from"),
            remote=answer.first("to"),
            remote_target=parse_address(answer.first("contact")).uri,
            contact=self.contact,
            local_cseq=answer.cseq[0],
        )

    def acknowledge(self) -> None:
        """Sends the ACK for the last answer of `invite`."""
        answer = self._answered
        kept = tuple((name, answer.first(name)) for name in ("From", "To", "Call-ID"))
        uri = parse_address(answer.first("contact")).uri
        ack = SipRequest(method="ACK", uri=uri, fields=(*kept, ("CSeq", f"{answer.cseq[0]} ACK")))
        self._endpoint.send_ack(ack, self.flow)

    async def request(self, request: SipRequest, password: str | None = None) -> SipResponse:
        """The final answer; a challenge is met once."""
        response = await self.one_request(request)
        challenge = response.first("www-authenticate")
        if response.status != 401 or request.first("authorization"):
            return response
        asked = digest_parameters(challenge)
        proof = digest_response(
            "200",
            asked["realm"],
            self._exchange.password if password is None else password,
            method=request.method,
            uri=request.uri,
            nonce=asked["nonce"],
        )
        authorization = (
            f'Digest username="200", realm="{asked["realm"]}", nonce="{asked["nonce"]}", '
            f'uri="{request.uri}", response="{proof}"'
        )
        number = request.cseq[0] + 1
        fields = tuple((n, f"{number} {request.method}" if n == "CSeq" else v) for n, v in request.fields)
        return await self.one_request(replace(request, fields=(*fields, ("Authorization", authorization))))

    async def one_request(self, request: SipRequest) -> SipResponse:
        answers: list[SipResponse] = []

        def answered(response: SipResponse) -> None:
            answers.append(response)
            self.changes.notify()

        self._endpoint.request(request, self.flow, answered)
        await self.until(lambda: bool(answers) and answers[-1].status >= 200)
        return answers[-1]

    async def until(self, fact: Callable[[], bool], timeout_s: float = WAIT_S) -> None:
        assert await self.changes.until(fact, timeout_s), f"last received: {self.received[-3:]}"

    async def next_invite(self, number: int = 0, timeout_s: float = WAIT_S) -> ServerTransaction:
        await self.until(lambda: len(self.invites) > number, timeout_s)
        return self.invites[number]

    def answer(self, invite: ServerTransaction, port: int = 40_000) -> Dialog:
        invite.respond(200, (("Contact", self.contact), *SDP), offer_sdp(ADDRESS, port, 1))
        return Dialog.of_request(invite.request, invite.to_tag, self.contact)

    async def reinvite(self, dialog: Dialog, direction: Direction, port: int = 40_000) -> SipResponse:
        response = await self.one_request(dialog.request("INVITE", SDP, offer_sdp(ADDRESS, port, 2, direction)))
        self._endpoint.send_ack(dialog.request("ACK", cseq=dialog.local_cseq), self.flow)
        return response

    def methods(self) -> list[str]:
        """Of all requests that came, repeated ones once."""
        different = dict.fromkeys((one.method, one.call_id, one.cseq) for one in self.requests)
        return [method for method, _, _ in different]

    def new_request(self, method: str, uri: str, *fields: tuple[str, str]) -> SipRequest:
        self._cseq += 10
        return SipRequest(
            method=method,
            uri=uri,
            fields=(
                ("From", f"<sip:200@{ADDRESS}>;tag={self.tag}"),
                ("To", f"<{uri}>"),
                ("Call-ID", secrets.token_hex(6)),
                ("CSeq", f"{self._cseq} {method}"),
                ("Contact", self.contact),
                *fields,
            ),
        )

    def _receive(self, raw: bytes, flow: Flow) -> None:
        message = parse_message(raw)
        self.received.append(message)
        self._endpoint.receive(raw, flow)
        if isinstance(message, SipRequest) and message.method in {"ACK", "CANCEL"}:
            self.requests.append(message)
        self.changes.notify()

    def _receive_request(self, transaction: ServerTransaction) -> None:
        self.requests.append(transaction.request)
        if transaction.request.method in self.ignores:
            return
        if transaction.request.method == "INVITE":
            transaction.on_cancel = lambda: transaction.respond(487)
            self.invites.append(transaction)
        else:
            transaction.respond(self.refuses.get(transaction.request.method, 200))
