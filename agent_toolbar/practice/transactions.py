"""SIP transactions (RFC 3261 section 17): what is repeated, until when, how it is answered. On the asyncio loop."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from typing import Protocol

from agent_toolbar.sip_text.sip_message import REASONS, Fields, SipRequest, SipResponse

T1_S = 0.5  # RFC 3261 section 17.1.1.1
T2_S = 4.0
LIFETIME_S = 64 * T1_S

OnResponse = Callable[[SipResponse], None]


class Flow(Protocol):
    """The way to one peer: a UDP address or a TCP connection. Equal flows lead to the same peer."""

    @property
    def reliable(self) -> bool:
        """TCP: nothing has to be sent twice."""

    @property
    def via(self) -> str:
        """Our "SIP/2.0/UDP host:port"."""

    @property
    def source(self) -> tuple[str, int]:
        """Where the peer's messages come from."""

    def send(self, data: bytes) -> None: ...


class _Resending:
    """Sends the same bytes at growing intervals until stopped or until its life is over."""

    def __init__(self, send: Callable[[], None], limit_s: float, on_timeout: Callable[[], None]) -> None:
        self._send = send
        self._limit_s = limit_s
        self._interval_s = T1_S
        loop = asyncio.get_running_loop()
        self._end = loop.call_later(LIFETIME_S, self._give_up, on_timeout)
        self._next = loop.call_later(T1_S, self._again)

    def stop(self) -> None:
        self._next.cancel()
        self._end.cancel()

    def stop_sending(self) -> None:
        """The peer has the request; only its answer is waited for."""
        self._next.cancel()

    def _again(self) -> None:
        self._send()
        self._interval_s = min(2 * self._interval_s, self._limit_s)
        self._next = asyncio.get_running_loop().call_later(self._interval_s, self._again)

    def _give_up(self, on_timeout: Callable[[], None]) -> None:
        self._next.cancel()
        on_timeout()


class ClientTransaction:
    """One request of ours, sent as soon as it is made.

    `on_response` gets every response, repeated ones too; 408 stands for no answer. `on_over`: nothing more will come.
    """

    def __init__(
        self, request: SipRequest, flow: Flow, on_response: OnResponse, on_over: Callable[[ClientTransaction], None]
    ) -> None:
        self._on_response = on_response
        self._on_over = on_over
        self._flow = flow
        self._answered = False
        self.request = request
        limit_s = LIFETIME_S if request.method == "INVITE" else T2_S
        self._resending = _Resending(self._resend, limit_s, self._time_out)
        self._send(request)

    def cancel_request(self) -> SipRequest:
        """The CANCEL for an INVITE that has only provisional answers (RFC 3261 section 9.1)."""
        kept = tuple(
            (name, value)
            for name, value in self.request.fields
            if name.lower() in {"via", "from", "to", "call-id", "max-forwards"}
        )
        fields = (*kept, ("CSeq", f"{self.request.cseq[0]} CANCEL"))
        return SipRequest(method="CANCEL", uri=self.request.uri, fields=fields)

    def receive(self, response: SipResponse) -> None:
        if response.status < 200:
            if self.request.method == "INVITE":
                self._resending.stop()  # it may ring for as long as it likes
            else:
                self._resending.stop_sending()
        else:
            self._resending.stop()
            if self.request.method == "INVITE" and response.status >= 300:
                self._send(self._ack_of_refusal(response))
            if not self._answered:
                self._answered = True
                asyncio.get_running_loop().call_later(LIFETIME_S, self._on_over, self)
        self._on_response(response)

    def stop(self) -> None:
        self._resending.stop()

    def _resend(self) -> None:
        if not self._flow.reliable:
            self._send(self.request)

    def _send(self, request: SipRequest) -> None:
        self._flow.send(request.to_bytes())

    def _time_out(self) -> None:
        self._on_over(self)
        self._on_response(SipResponse(status=408, reason=REASONS[408], fields=self.request.fields))

    def _ack_of_refusal(self, response: SipResponse) -> SipRequest:
        """RFC 3261 section 17.1.1.3: the branch of the INVITE, the To of the response."""
        kept = tuple((name, value) for name, value in self.request.fields if name.lower() in {"via", "from", "call-id"})
        fields = (
            *kept,
            ("To", response.first("to")),
            ("CSeq", f"{self.request.cseq[0]} ACK"),
            ("Max-Forwards", "70"),
        )
        return SipRequest(method="ACK", uri=self.request.uri, fields=fields)


class ServerTransaction:
    """One request of the peer, with the answers that it gets.

    Attributes:
        on_cancel: called when the peer takes its INVITE back.
        on_acknowledged: called when ACK came; on_unacknowledged when it never did.
    """

    def __init__(self, request: SipRequest, flow: Flow, on_over: Callable[[ServerTransaction], None]) -> None:
        self._on_over = on_over
        self._last: bytes = b""
        self._resending: _Resending | None = None
        self.request = request
        self.flow = flow
        self.to_tag = request.to_tag or secrets.token_hex(6)
        self.final_status = 0
        self.on_cancel: Callable[[], None] = _nothing
        self.on_acknowledged: Callable[[], None] = _nothing
        self.on_unacknowledged: Callable[[], None] = _nothing

    def respond(self, status: int, fields: Fields = (), body: bytes = b"") -> None:
        """Sends a response; after a final one nothing more is sent but repetitions of it."""
        if self.final_status:
            return
        copied = tuple((name, value) for name, value in self.request.fields if _is_copied(name))
        if status > 100 and not self.request.to_tag:
            copied = tuple((n, f"{v};tag={self.to_tag}" if n.lower() in {"to", "t"} else v) for n, v in copied)
        copied = _with_received(copied, self.flow.source)
        response = SipResponse(status=status, reason=REASONS.get(status, ""), fields=(*copied, *fields), body=body)
        self._last = response.to_bytes()
        self.flow.send(self._last)
        if status < 200:
            return
        self.final_status = status
        if self.request.method == "INVITE":
            # RFC 3261 section 13.3.1.4: a 2xx is repeated on every transport, a refusal on UDP only
            self._resending = _Resending(self._repeat, T2_S, self._time_out)
            if self.flow.reliable and status >= 300:
                self._resending.stop_sending()
        asyncio.get_running_loop().call_later(LIFETIME_S, self._on_over, self)

    def receive_again(self) -> None:
        """The peer repeats its request: it has not seen the answer."""
        if self._last:
            self.flow.send(self._last)

    def acknowledge(self) -> None:
        if self._resending is not None:
            self._resending.stop()
            self._resending = None
            self.on_acknowledged()

    def stop(self) -> None:
        if self._resending is not None:
            self._resending.stop()

    def _repeat(self) -> None:
        self.flow.send(self._last)

    def _time_out(self) -> None:
        self._resending = None
        self.on_unacknowledged()


def _is_copied(name: str) -> bool:
    return name.lower() in {"via", "v", "from", "f", "to", "t", "call-id", "i", "cseq"}


def _with_received(fields: Fields, source: tuple[str, int]) -> Fields:
    """Fills in the topmost Via where the request really came from (RFC 3261 section 18.2.1, RFC 3581 section 4)."""
    top = next(index for index, (name, _) in enumerate(fields) if name.lower() in {"via", "v"})
    name, value = fields[top]
    first, comma, others = value.partition(",")
    parts = [part for part in first.split(";") if part.split("=")[0].strip().lower() not in {"rport", "received"}]
    asked = any(part.split("=")[0].strip().lower() == "rport" for part in first.split(";"))
    parts.append(f"received={source[0]}")
    if asked:
        parts.append(f"rport={source[1]}")
    return (*fields[:top], (name, ";".join(parts) + comma + others), *fields[top + 1 :])


def _nothing() -> None:
    """For a transaction that nobody listens to."""
