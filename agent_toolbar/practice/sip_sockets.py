"""The sockets of the practice exchange: UDP and TCP on the same port of loopback. Runs on the asyncio loop."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import cast

from agent_toolbar.practice.transactions import Flow
from agent_toolbar.sip_text.sip_message import MAX_MESSAGE_BYTES

OnMessage = Callable[[bytes, Flow], None]

_BIND_TRIES = 20
_CONTENT_LENGTH = re.compile(rb"\r\n(?:content-length|l)[ \t]*:[ \t]*([0-9]{1,6})[ \t]*\r\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UdpFlow:
    """Datagrams to and from one address."""

    transport: asyncio.DatagramTransport
    source: tuple[str, int]
    via: str
    reliable: bool = False

    def send(self, data: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.sendto(data, self.source)


@dataclass(frozen=True, slots=True)
class TcpFlow:
    """One connection that the peer opened."""

    transport: asyncio.Transport
    source: tuple[str, int]
    via: str
    reliable: bool = True

    def send(self, data: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(data)


class SipSockets:
    """Attributes:
    address, port: where both sockets listen.
    """

    def __init__(self, address: str, port: int, udp: asyncio.DatagramTransport, tcp: asyncio.Server) -> None:
        self.address = address
        self.port = port
        self._udp = udp
        self._tcp = tcp

    @classmethod
    async def open(cls, address: str, on_message: OnMessage) -> SipSockets:
        """Binds a port that is free for both; raises OSError if none can be had."""
        loop = asyncio.get_running_loop()
        for left in reversed(range(_BIND_TRIES)):
            udp, protocol = await loop.create_datagram_endpoint(
                lambda: _UdpProtocol(on_message), local_addr=(address, 0)
            )
            port: int = udp.get_extra_info("sockname")[1]
            protocol.via = f"SIP/2.0/UDP {address}:{port}"
            via = f"SIP/2.0/TCP {address}:{port}"
            try:
                tcp = await loop.create_server(partial(_TcpProtocol, on_message, via), address, port)
            except OSError:
                udp.close()
                if not left:
                    raise
                continue
            return cls(address, port, udp, tcp)
        raise AssertionError("unreachable: the last try returned or raised")

    def udp_flow(self, host: str, port: int) -> UdpFlow:
        """The way to a peer that has not written yet."""
        return UdpFlow(self._udp, (host, port), f"SIP/2.0/UDP {self.address}:{self.port}")

    def close(self) -> None:
        self._udp.close()
        self._tcp.close()


class _UdpProtocol(asyncio.DatagramProtocol):
    def __init__(self, on_message: OnMessage) -> None:
        self._on_message = on_message
        self._transport: asyncio.DatagramTransport | None = None
        self.via = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if self._transport is not None:
            self._on_message(data, UdpFlow(self._transport, addr, self.via))

    def error_received(self, exc: Exception) -> None:
        """An unreachable peer (ICMP) shows as a time-out of its transaction."""


class _TcpProtocol(asyncio.Protocol):
    """Cuts the stream into messages by Content-Length (RFC 3261 section 18.3)."""

    def __init__(self, on_message: OnMessage, via: str) -> None:
        self._on_message = on_message
        self._via = via
        self._flow: TcpFlow | None = None
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        stream = cast(asyncio.Transport, transport)
        self._flow = TcpFlow(stream, stream.get_extra_info("peername")[:2], self._via)

    def data_received(self, data: bytes) -> None:
        if self._flow is None:
            return
        self._buffer = (self._buffer + data).lstrip(b"\r\n")  # keep-alives of RFC 5626 stand between messages
        while b"\r\n\r\n" in self._buffer:
            head_end = self._buffer.index(b"\r\n\r\n") + 4
            length = _CONTENT_LENGTH.search(self._buffer[:head_end])
            end = head_end + (int(length[1]) if length is not None else 0)
            if len(self._buffer) < end:
                break
            message, self._buffer = self._buffer[:end], self._buffer[end:].lstrip(b"\r\n")
            self._on_message(message, self._flow)
        if len(self._buffer) > MAX_MESSAGE_BYTES:
            self._flow.transport.abort()
