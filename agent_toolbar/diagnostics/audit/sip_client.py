"""Asks one SIP question at a time and waits for its answer (RFC 3261 sections 8, 12, 17, 22). On the audit's thread."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field

from agent_toolbar.diagnostics.audit.sip_link import LinkError, SipLink
from agent_toolbar.sip_text.digest import credentials
from agent_toolbar.sip_text.sip_message import (
    REASONS,
    Fields,
    MalformedMessageError,
    SipRequest,
    SipResponse,
    parse_address,
    parse_message,
)

NO_ANSWER = 0  # the status of an answer that never came
ANSWER_S = 3.0
_T1_S = 0.5  # RFC 3261 section 17.1.1.1
_T2_S = 4.0
_CANCEL_S = 1.0
_FAREWELL_S = 1.0
ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks. password: for digest only."""

    server: str
    extension: str
    auth_user: str
    password: str = field(repr=False)


@dataclass(slots=True)
class Dialog:
    """One Call-ID: before the first answer only what is needed to ask, afterwards a dialog (RFC 3261 section 12)."""

    target: str
    to: str
    call_id: str = field(default_factory=lambda: secrets.token_hex(12))
    from_tag: str = field(default_factory=lambda: secrets.token_hex(6))
    routes: tuple[str, ...] = ()
    cseq: int = 0

    def confirm(self, response: SipResponse) -> None:
        self.to = response.first("to")
        self.target = parse_address(response.first("contact")).uri or self.target
        self.routes = tuple(reversed(response.every("record-route")))


class SipClient:
    """Attributes:
    until_s: when the last question must have ended (monotonic clock).
    ended: Call-IDs of calls that the PBX ended.
    """

    def __init__(self, link: SipLink, identity: Identity, until_s: float) -> None:
        self._link = link
        self._identity = identity
        self._acks: dict[tuple[str, int], bytes] = {}
        self.until_s = until_s
        self.ended: set[str] = set()

    @property
    def local_address(self) -> str:
        return self._link.local[0]

    def address_of(self, user: str) -> str:
        """The URI of a name or number at this PBX, the PBX itself for ""."""
        return f"sip:{user}@{self._identity.server}" if user else f"sip:{self._identity.server}"

    def dialog_to(self, user: str) -> Dialog:
        uri = self.address_of(user)
        return Dialog(uri, f"<{uri}>")

    def ask(
        self, method: str, dialog: Dialog, fields: Fields = (), body: bytes = b"", within_s: float = ANSWER_S
    ) -> SipResponse:
        """The final answer, after proving the password if that is asked for; status NO_ANSWER if none came.

        A call that nobody answered in time is cancelled; one that was answered is acknowledged. Raises LinkError.
        """
        now_s = time.monotonic()
        if now_s >= self.until_s:
            return SipResponse(status=NO_ANSWER, reason="not asked, the time was over")
        return self._ask(method, dialog, fields, body, min(self.until_s, now_s + within_s))

    def part(self, method: str, dialog: Dialog, fields: Fields = ()) -> SipResponse:
        """Ends something of ours (BYE, SUBSCRIBE for 0 s), also when the time for questions is over."""
        return self._ask(method, dialog, fields, b"", time.monotonic() + _FAREWELL_S)

    def _ask(self, method: str, dialog: Dialog, fields: Fields, body: bytes, until_s: float) -> SipResponse:
        request = self._request(method, dialog, fields, body)
        response = self._exchange(request, dialog, until_s)
        for _ in range(2):  # the second time for a nonce that is said to be stale
            proof = self._proof(response, request)
            if not proof:
                break
            request = self._request(method, dialog, (*fields, proof), body)
            response = self._exchange(request, dialog, until_s)
            if "stale=true" not in response.first("www-authenticate").lower():
                break
        return response

    def serve_until(self, until_s: float) -> None:
        """Answers what the PBX asks meanwhile."""
        while (raw := self._link.receive(until_s)) is not None:
            self._take(raw)

    # ---------------------------------------------------------------- transactions

    def _exchange(self, request: SipRequest, dialog: Dialog, until_s: float) -> SipResponse:
        is_call = request.method == "INVITE"
        response = self._wait(request, until_s)
        if response is None and is_call:
            response = self._cancel(request)
        if response is None:
            return SipResponse(status=NO_ANSWER, reason="no answer")
        if is_call and response.status < 300:
            dialog.confirm(response)
            self._acknowledge(request, dialog)
        elif is_call:
            self._link.send(self._ack_of_refusal(request, response).to_bytes())
        return response

    def _wait(self, request: SipRequest, until_s: float) -> SipResponse | None:
        """Sends, repeats over UDP, and waits for the final answer."""
        data = request.to_bytes()
        self._link.send(data)
        interval_s, next_s = _T1_S, time.monotonic() + _T1_S
        repeats = not self._link.reliable
        while (now_s := time.monotonic()) < until_s:
            raw = self._link.receive(min(until_s, next_s) if repeats else until_s)
            if raw is None:
                if repeats and now_s < until_s:
                    self._link.send(data)
                    interval_s = min(2 * interval_s, _T2_S)
                    next_s = time.monotonic() + interval_s
                continue
            response = self._take(raw)
            if response is None or response.branch != request.branch or response.cseq[1] != request.method:
                continue
            if response.status >= 200:
                return response
            repeats = repeats and request.method != "INVITE"
        return None

    def _cancel(self, invite: SipRequest) -> SipResponse | None:
        """Takes a call back that nobody answered (RFC 3261 section 9.1); the answer may have crossed with it."""
        kept = tuple((n, v) for n, v in invite.fields if n in {"Via", "Max-Forwards", "From", "To", "Call-ID", "Route"})
        fields = (*kept, ("CSeq", f"{invite.cseq[0]} CANCEL"))
        cancel = SipRequest(method="CANCEL", uri=invite.uri, fields=fields)
        self._link.send(cancel.to_bytes())
        until_s = time.monotonic() + _CANCEL_S
        while (raw := self._link.receive(until_s)) is not None:
            response = self._take(raw)
            if response is None or response.branch != invite.branch or response.cseq[1] != "INVITE":
                continue
            if response.status >= 200:
                return response
        return None

    def _take(self, raw: bytes) -> SipResponse | None:
        """A response, or None after a request of the PBX was answered or something that is no SIP was dropped."""
        try:
            message = parse_message(raw)
        except MalformedMessageError:
            return None  # the transaction hears nothing, which is what the report says then
        if isinstance(message, SipResponse):
            again = self._acks.get((message.call_id, message.cseq[0]))
            if again is not None and message.cseq[1] == "INVITE" and 200 <= message.status < 300:
                self._link.send(again)
            return message
        self._serve(message)
        return None

    def _serve(self, request: SipRequest) -> None:
        if request.method == "ACK":
            return
        if request.method == "BYE":
            self.ended.add(request.call_id)
        status = {"NOTIFY": 200, "BYE": 200, "OPTIONS": 200, "INVITE": 488}.get(request.method, 405)
        copied = tuple(
            (name, value)
            for name, value in request.fields
            if name.lower() in {"via", "v", "from", "f", "to", "t", "call-id", "i", "cseq"}
        )
        answer = SipResponse(status=status, reason=REASONS[status], fields=(*copied, ("Allow", ALLOW)))
        self._link.send(answer.to_bytes())

    # ---------------------------------------------------------------- requests

    def _request(self, method: str, dialog: Dialog, fields: Fields, body: bytes) -> SipRequest:
        dialog.cseq += 1
        own = self.address_of(self._identity.extension)
        host, port = self._link.local
        contact: Fields = ()
        if method in {"INVITE", "SUBSCRIBE"}:  # never REGISTER: without Contact it only asks (section 10.2.3)
            way = "" if self._link.transport == "udp" else f";transport={self._link.transport}"
            contact = (("Contact", f"<sip:{self._identity.extension}@{host}:{port}{way}>"),)
        return SipRequest(
            method=method,
            uri=dialog.target,
            fields=(
                ("Via", f"SIP/2.0/{self._link.transport.upper()} {host}:{port};rport;branch={_branch()}"),
                ("Max-Forwards", "70"),
                *(("Route", route) for route in dialog.routes),
                ("From", f"<{own}>;tag={dialog.from_tag}"),
                ("To", dialog.to),
                ("Call-ID", dialog.call_id),
                ("CSeq", f"{dialog.cseq} {method}"),
                *contact,
                ("User-Agent", "agent-toolbar audit"),
                *fields,
            ),
            body=body,
        )

    def _acknowledge(self, invite: SipRequest, dialog: Dialog) -> None:
        """ACK of an answered call (RFC 3261 section 13.2.2.4), kept for when the answer is repeated."""
        host, port = self._link.local
        fields = (
            ("Via", f"SIP/2.0/{self._link.transport.upper()} {host}:{port};rport;branch={_branch()}"),
            ("Max-Forwards", "70"),
            *(("Route", route) for route in dialog.routes),
            ("From", invite.first("from")),
            ("To", dialog.to),
            ("Call-ID", dialog.call_id),
            ("CSeq", f"{invite.cseq[0]} ACK"),
            *((n, v) for n, v in invite.fields if n in {"Authorization", "Proxy-Authorization"}),
        )
        ack = SipRequest(method="ACK", uri=dialog.target, fields=fields).to_bytes()
        self._acks[(dialog.call_id, invite.cseq[0])] = ack
        self._link.send(ack)

    def _ack_of_refusal(self, invite: SipRequest, response: SipResponse) -> SipRequest:
        """RFC 3261 section 17.1.1.3: the branch of the INVITE, the To of the response."""
        kept = tuple((n, v) for n, v in invite.fields if n in {"Via", "Max-Forwards", "Route", "From", "Call-ID"})
        fields = (*kept, ("To", response.first("to")), ("CSeq", f"{invite.cseq[0]} ACK"))
        return SipRequest(method="ACK", uri=invite.uri, fields=fields)

    def _proof(self, response: SipResponse, request: SipRequest) -> tuple[str, str] | None:
        if not self._identity.password or response.status not in {401, 407}:
            return None
        asked, given = (
            ("www-authenticate", "Authorization")
            if response.status == 401
            else ("proxy-authenticate", "Proxy-Authorization")
        )
        user = self._identity.auth_user or self._identity.extension
        value = credentials(
            response.every(asked), user, self._identity.password, method=request.method, uri=request.uri
        )
        return (given, value) if value else None


def status_line(response: SipResponse) -> str:
    """What was heard, fit for a report: "489 Bad Event", "no answer"."""
    if response.status == NO_ANSWER:
        return response.reason
    reason = "".join(letter for letter in response.reason if letter.isprintable())[:60]
    return f"{response.status} {reason}".strip()


def tokens_of(response: SipResponse, name: str) -> tuple[str, ...]:
    """The words of a field such as Allow, in its order, at most 40."""
    words = (word.strip() for value in response.every(name) for word in value.split(","))
    return tuple(word[:60] for word in words if word and word.isprintable())[:40]


def _branch() -> str:
    return f"z9hG4bK{secrets.token_hex(8)}"


__all__ = ["NO_ANSWER", "Dialog", "Identity", "LinkError", "SipClient", "status_line", "tokens_of"]
