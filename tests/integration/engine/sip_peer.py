"""A small real SIP registrar and user agent on loopback, over UDP and TCP, that a test scripts.

    with SipPeer() as pbx:
        pbx.register_rule = always(403)
        call = pbx.invite(headers=[("P-Asserted-Identity", '"Ann" <sip:+33123456789@pbx>')])
        call.wait_status(180)

Everything received is in `pbx.messages`; `pbx.wait_for` waits for more. One thread answers.
"""

from __future__ import annotations

import itertools
import secrets
import select
import socket
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.integration.engine.sip_wire import (
    SipText,
    answer_direction,
    digest_ok,
    host_port,
    listen_on_both,
    parse,
    sdp,
    sdp_answer,
    split_stream,
    tag_in,
    uri_in,
)

Headers = list[tuple[str, str]]
WAIT_S = 8.0


@dataclass(frozen=True)
class Reply:
    """A response to give; status 0: none at all."""

    status: int
    reason: str = "Scripted"
    headers: Headers = field(default_factory=list)
    body: str = ""


Rule = Callable[[SipText], Reply | None]
SILENCE = Reply(0)


def always(status: int, headers: Headers | None = None) -> Rule:
    """A rule that gives the same answer each time."""
    return lambda _: Reply(status, headers=headers or [])


class PeerCall:
    """A dialog with the engine, begun by either side.

    Attributes:
        responses: to our requests, in order; requests: of the other side inside the dialog.
        reinvite_replies: statuses to give to its next re-INVITEs instead of 200.
        sdp: offered and answered when a re-INVITE comes, "" for the peer's own.
    """

    def __init__(self, peer: SipPeer, call_id: str, local: str, remote: str, target: str) -> None:
        self.peer, self.call_id, self.local, self.remote, self.target = peer, call_id, local, remote, target
        self.source: socket.socket | None = None
        self.responses: list[SipText] = []
        self.requests: list[SipText] = []
        self.reinvite_replies: deque[int] = deque()
        self.sdp = ""
        self._cseq = itertools.count(1)
        self._last_invite: SipText | None = None

    def request(self, method: str, headers: Headers | None = None, body: str = "", *, cseq: int = 0) -> SipText:
        """Sends a request inside the dialog (or the one that begins it)."""
        number = cseq or next(self._cseq)
        via = f"SIP/2.0/{self.peer.transport.upper()} {self.peer.address};branch=z9hG4bK{secrets.token_hex(8)};rport"
        message = SipText(
            f"{method} {self.target} SIP/2.0",
            [
                ("Via", via),
                ("Max-Forwards", "70"),
                ("From", self.local),
                ("To", self.remote),
                ("Call-ID", self.call_id),
                ("CSeq", f"{number} {method}"),
                ("Contact", f"<sip:peer@{self.peer.address};transport={self.peer.transport}>"),
                *(headers or []),
            ],
            body,
        )
        if body and not message.get("Content-Type"):
            message.headers.append(("Content-Type", "application/sdp"))
        if method == "INVITE":
            self._last_invite = message
        self.peer.send(message, host_port(self.target), self.source)
        return message

    def reinvite(self, headers: Headers | None = None, direction: str = "sendrecv") -> SipText:
        offer = self.sdp.replace("a=sendrecv", f"a={direction}") or sdp(self.peer.rtp_port, direction=direction)
        return self.request("INVITE", headers, offer)

    def cancel(self, headers: Headers | None = None) -> None:
        invite = self._last_invite
        assert invite is not None
        kept = [(n, v) for n, v in invite.headers if n in {"Via", "Max-Forwards", "From", "To", "Call-ID"}]
        number = invite.get("CSeq").split()[0]
        cancel = SipText(f"CANCEL {self.target} SIP/2.0", [*kept, ("CSeq", f"{number} CANCEL"), *(headers or [])])
        self.peer.send(cancel, host_port(self.target), self.source)

    def notify(self, sip_status: int, *, final: bool = False, refer: int = 0) -> None:
        """Says what the target of the last REFER, or of the `refer`-th, is doing (RFC 3515 section 2.4.5)."""
        about = [one for one in self.requests if one.method == "REFER"][refer - 1]
        state = "terminated;reason=noresource" if final else "active;expires=60"
        headers = [
            ("Event", f"refer;id={about.get('CSeq').split()[0]}"),
            ("Subscription-State", state),
            ("Content-Type", "message/sipfrag;version=2.0"),
        ]
        self.request("NOTIFY", headers, f"SIP/2.0 {sip_status} Scripted\r\n")

    def bye(self, headers: Headers | None = None) -> None:
        self.request("BYE", headers)

    def wait_status(self, status: int, method: str = "INVITE", after: int = 0) -> SipText:
        """The response with that status, the `after` first responses left out."""
        found: list[SipText] = []

        def arrived() -> bool:
            found[:] = [one for one in self.responses[after:] if one.status == status and one.cseq_method == method]
            return bool(found)

        assert self.peer.wait(arrived), f"no {status}, but {[one.start for one in self.responses]}"
        return found[0]

    def wait_request(self, method: str, count: int = 1) -> SipText:
        """The count-th request of that method inside the dialog."""

        def arrived() -> bool:
            return sum(one.method == method for one in self.requests) >= count

        assert self.peer.wait(arrived), f"no {method}, but {[one.start for one in self.requests]}"
        return [one for one in self.requests if one.method == method][count - 1]

    def on_response(self, response: SipText) -> None:
        self.responses.append(response)
        if tag_in(response.get("To")) and not tag_in(self.remote):
            self.remote = response.get("To")
        if response.cseq_method != "INVITE" or response.status < 200:
            return
        number = int(response.get("CSeq").split()[0])
        if response.status < 300:
            self.target = uri_in(response.get("Contact")) or self.target
            self.request("ACK", cseq=number)
            return
        invite = self._last_invite
        assert invite is not None
        ack = [(n, v) for n, v in invite.headers if n in {"Via", "Max-Forwards", "From", "Call-ID"}]
        ack += [("To", response.get("To")), ("CSeq", f"{number} ACK")]
        self.peer.send(SipText(f"ACK {self.target} SIP/2.0", ack), host_port(self.target), self.source)


class SipPeer:
    """The PBX of a test.

    Attributes:
        register_rule, invite_rule: answers to REGISTER (None: authenticate and accept) and to the engine's INVITE
            (a list of replies sent one after the other; a 2xx gets SDP).
        refer_rule: answers to REFER.
        cancel_rule: answers to the INVITE that a CANCEL is about.
        expires_s: granted lifetime, 0: as asked.
        contact: URI that the engine registered, "" when none or taken back.
        calls: dialogs by Call-ID.
        rtp: (payload type, payload) of every RTP packet received.
    """

    def __init__(self, transport: str = "udp", *, user: str = "1001", password: str = "secret", port: int = 0) -> None:
        self.transport, self.user, self.password = transport, user, password
        self.register_rule: Rule | None = None
        self.invite_rule: Callable[[SipText], list[Reply]] = lambda _: [Reply(180), Reply(200)]
        self.refer_rule: Rule = always(202)
        self.cancel_rule: Callable[[SipText], list[Reply]] = lambda _: [Reply(487, "Request Terminated")]
        self.expires_s = 0
        self.contact = ""
        self.messages: list[SipText] = []
        self.calls: dict[str, PeerCall] = {}
        self.rtp: list[tuple[int, bytes]] = []
        self._nonces: set[str] = set()
        self._udp, self._listener = listen_on_both(port)
        self._udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.port = self._udp.getsockname()[1]
        self._rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._rtp.bind(("127.0.0.1", 0))
        self.rtp_port = self._rtp.getsockname()[1]
        self._streams: dict[socket.socket, bytes] = {}
        self._extra: list[socket.socket] = []
        self._changed = threading.Condition()
        self._running = True
        self._thread = threading.Thread(target=self._run, name="sip-peer")

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def __enter__(self) -> SipPeer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._running = False
        self._thread.join()
        for one in (self._udp, self._listener, self._rtp, *self._streams, *self._extra):
            one.close()

    # -------------------------------------------------------------- for the test

    def wait(self, condition: Callable[[], bool], timeout_s: float = WAIT_S) -> bool:
        with self._changed:
            return self._changed.wait_for(condition, timeout_s)

    def wait_for(self, method: str, count: int = 1, timeout_s: float = WAIT_S) -> SipText:
        """The count-th request of that method."""
        assert self.wait(lambda: len(self.requests(method)) >= count, timeout_s), f"{count}. {method} did not come"
        return self.requests(method)[count - 1]

    def requests(self, method: str) -> list[SipText]:
        return [message for message in list(self.messages) if message.method == method]

    def invite(
        self,
        headers: Headers | None = None,
        *,
        caller: str = '"Ann" <sip:+33123456789@pbx.test>',
        body: str | None = None,
        source_ip: str = "",
        call_id: str = "",
    ) -> PeerCall:
        """Calls the registered engine. body "": late offer; source_ip: sends from another loopback address by UDP."""
        assert self.wait(lambda: bool(self.contact)), "the engine is not registered"
        call = PeerCall(
            self,
            call_id or secrets.token_hex(8),
            f"{caller};tag={secrets.token_hex(4)}",
            f"<sip:{self.user}@pbx.test>",
            self.contact,
        )
        if source_ip:
            call.source = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            call.source.bind((source_ip, 0))
            self._extra.append(call.source)
        self.calls[call.call_id] = call
        call.request("INVITE", headers, sdp(self.rtp_port) if body is None else body)
        return call

    def call_of(self, invite: SipText) -> PeerCall:
        """The dialog of an INVITE that the engine sent."""
        return self.calls[invite.get("Call-ID")]

    def close_connections(self) -> None:
        """Ends every TCP connection, as a PBX that restarts."""
        for stream in list(self._streams):
            stream.shutdown(socket.SHUT_RDWR)

    def send_raw(self, datagram: bytes) -> None:
        self._udp.sendto(datagram, host_port(self.contact))

    def send(self, message: SipText, to: tuple[str, int], by: socket.socket | None = None) -> None:
        if by is None and self.transport == "tcp":
            next(reversed(self._streams)).sendall(message.encode())
        else:
            (by or self._udp).sendto(message.encode(), to)

    # -------------------------------------------------------------- the thread

    def _run(self) -> None:
        while self._running:
            watched = [self._udp, self._listener, self._rtp, *self._streams, *self._extra]
            for ready in select.select(watched, [], [], 0.05)[0]:
                if ready is self._listener:
                    self._streams[self._listener.accept()[0]] = b""
                elif ready is self._rtp:
                    packet = self._rtp.recv(2048)
                    self.rtp.append((packet[1] & 0x7F, packet[12:]))
                elif ready in self._streams:
                    self._read_stream(ready)
                else:
                    received, source = ready.recvfrom(65535)
                    self._take(received, source, ready)
            with self._changed:
                self._changed.notify_all()

    def _read_stream(self, stream: socket.socket) -> None:
        received = stream.recv(65535)
        if not received:
            del self._streams[stream]
            stream.close()
            return
        messages, self._streams[stream] = split_stream(self._streams[stream] + received)
        for message in messages:
            self._take(message, stream.getpeername(), stream)

    def _take(self, received: bytes, source: tuple[str, int], by: socket.socket) -> None:
        if not received.strip():
            return
        message = parse(received, source)
        self.messages.append(message)
        call = self.calls.get(message.get("Call-ID"))
        if message.status:
            if call is not None:
                call.on_response(message)
        elif message.method == "REGISTER":
            self._on_register(message, by)
        elif message.method == "INVITE":
            self._on_invite(message, call, by)
        else:
            if call is not None:
                call.requests.append(message)
            if message.method == "REFER":
                self._reply(message, self.refer_rule(message) or SILENCE, by)
            elif message.method != "ACK":
                self._reply(message, Reply(200, "OK"), by)
            if message.method == "CANCEL" and call is not None:
                invite = next(
                    one for one in self.messages if one.method == "INVITE" and one.get("Call-ID") == call.call_id
                )
                for reply in self.cancel_rule(message):
                    self._reply_to_invite(invite, reply, by)

    def _on_register(self, message: SipText, by: socket.socket) -> None:
        reply = self.register_rule(message) if self.register_rule is not None else None
        if reply is not None:
            self._reply(message, reply, by)
        elif not digest_ok(message, self.user, self.password, self._nonces):
            self._reply(message, self.challenge(), by)
        else:
            asked = message.get("Expires") or "300"
            granted = "0" if asked == "0" else str(self.expires_s or asked)
            self.contact = uri_in(message.get("Contact")) if granted != "0" else ""
            self._reply(
                message, Reply(200, "OK", [("Contact", f"<{uri_in(message.get('Contact'))}>;expires={granted}")]), by
            )

    def challenge(self) -> Reply:
        nonce = secrets.token_hex(8)
        self._nonces.add(nonce)
        return Reply(
            401,
            "Unauthorized",
            [("WWW-Authenticate", f'Digest realm="pbx", nonce="{nonce}", algorithm=MD5, qop="auth"')],
        )

    def _on_invite(self, message: SipText, call: PeerCall | None, by: socket.socket) -> None:
        if call is not None:
            call.requests.append(message)
            status = call.reinvite_replies.popleft() if call.reinvite_replies else 200
            answer = call.sdp.replace("a=sendrecv", f"a={answer_direction(message.body)}")
            body = (answer or sdp_answer(message.body, self.rtp_port)) if status == 200 else ""
            self._reply(message, Reply(status, body=body), by)
            return
        call = PeerCall(
            self,
            message.get("Call-ID"),
            f"{message.get('To')};tag=peer",
            message.get("From"),
            uri_in(message.get("Contact")),
        )
        self.calls[call.call_id] = call
        for reply in self.invite_rule(message):
            self._reply_to_invite(message, reply, by)

    def answer_later(self, invite: SipText, reply: Reply) -> None:
        """A further response to an INVITE of the engine."""
        self._reply_to_invite(invite, reply, None)

    def _reply_to_invite(self, invite: SipText, reply: Reply, by: socket.socket | None) -> None:
        body = reply.body or (sdp_answer(invite.body, self.rtp_port) if 200 <= reply.status < 300 else "")
        self._reply(invite, Reply(reply.status, reply.reason, reply.headers, body), by)

    def _reply(self, request: SipText, reply: Reply, by: socket.socket | None) -> None:
        if not reply.status:
            return
        kept = [(n, v) for n, v in request.headers if n.lower() in {"via", "from", "call-id", "cseq", "record-route"}]
        to = request.get("To")
        kept.append(("To", to if tag_in(to) or reply.status == 100 else f"{to};tag=peer"))
        if not any(name == "Contact" for name, _ in reply.headers):
            kept.append(("Contact", f"<sip:peer@{self.address};transport={self.transport}>"))
        kept += reply.headers
        if reply.body:
            kept.append(("Content-Type", "application/sdp"))
        response = SipText(f"SIP/2.0 {reply.status} {reply.reason}", kept, reply.body)
        if by is not None and by in self._streams:
            by.sendall(response.encode())
        else:
            self.send(response, request.source)
