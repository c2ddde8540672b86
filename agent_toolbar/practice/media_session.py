"""The audio of one call: sends G.711 every 20 ms, hears speech and digits. Runs on the asyncio loop."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from typing import cast

from agent_toolbar.practice.g711 import ALAW_SILENCE, alaw_to_ulaw, ulaw_to_alaw
from agent_toolbar.practice.listening import Listening
from agent_toolbar.practice.rtcp import RtcpSession, Sent
from agent_toolbar.practice.rtp import FRAME_MS, FRAME_SAMPLES, DigitReader, RtpPacket, parse_rtp
from agent_toolbar.practice.sdp import AudioStream, Codec, Direction

_SILENCE = bytes([ALAW_SILENCE]) * FRAME_SAMPLES
_FRAME_S = FRAME_MS / 1000
_LATEST_S = 0.2  # a loop that was held up for longer does not send all that it missed
_ECHO_FRAMES = 50
_BIND_TRIES = 20
_NOTIFY_FRAMES = 5  # what is heard is worth a look ten times a second


class MediaSession(asyncio.DatagramProtocol):
    """One RTP stream each way, opened on a port of its own.

    Attributes:
        port: of our socket.
        listening: what was heard of the agent.
        received: packets of audio that came; last_packet_s when the last of any kind came (monotonic clock).
        playing: something is being said.
    """

    def __init__(self, on_change: Callable[[], None], on_digit: Callable[[str], None]) -> None:
        self._on_change = on_change
        self._on_digit = on_digit
        self._transport: asyncio.DatagramTransport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._peer: AudioStream | None = None
        self._codec = Codec.PCMA
        self._sends = False
        self._hears = False
        self._speech = b""
        self._position = 0
        self._echo: list[bytes] | None = None
        self._digits = DigitReader()
        self._ssrc = secrets.randbits(32)
        self._sequence = secrets.randbits(15)
        self._sent = Sent(timestamp=secrets.randbits(31))
        self._rtcp = RtcpSession(self._ssrc, self._sent)
        self._starts_talk = True
        self.port = 0
        self.listening = Listening()
        self.received = 0
        self.last_packet_s = time.monotonic()

    @classmethod
    async def open(cls, address: str, on_change: Callable[[], None], on_digit: Callable[[str], None]) -> MediaSession:
        """Binds two neighbouring UDP ports, for RTP and RTCP. Raises OSError if none can be had."""
        loop = asyncio.get_running_loop()
        for left in reversed(range(_BIND_TRIES)):
            transport, session = await loop.create_datagram_endpoint(
                lambda: cls(on_change, on_digit), local_addr=(address, 0)
            )
            session.port = transport.get_extra_info("sockname")[1]
            try:
                await loop.create_datagram_endpoint(session._rtcp_protocol, local_addr=(address, session.port + 1))
            except OSError:
                transport.close()
                if not left:
                    raise
                continue
            return session
        raise AssertionError("unreachable: the last try returned or raised")

    @property
    def playing(self) -> bool:
        return bool(self._speech)

    def connect(self, peer: AudioStream, own_direction: Direction) -> None:
        """Sends to and hears from this peer, or pauses, as the negotiated direction says."""
        self._peer = peer
        self._codec = peer.codecs[0]
        self._sends, self._hears = own_direction.sends, own_direction.hears
        self.last_packet_s = time.monotonic()
        self._rtcp.start((peer.address, peer.port + 1))
        if self._sends and self._timer is None:
            loop = asyncio.get_running_loop()
            self._due = loop.time()
            self._starts_talk = True
            self._timer = loop.call_at(self._due, self._tick)

    def play(self, alaw: bytes) -> None:
        """Says this from the next frame on, instead of what is being said."""
        self._speech, self._position = alaw, 0
        self._on_change()

    def stop_playing(self) -> None:
        self._speech, self._position = b"", 0
        self._on_change()

    def echo(self) -> None:
        """From now on the agent hears what it sends."""
        self._echo = []

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._rtcp.close()
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        packet, peer = parse_rtp(data), self._peer
        if packet is None or peer is None:
            return
        self.last_packet_s = time.monotonic()
        self._rtcp.count(packet, self.last_packet_s)
        if not self._hears:
            return
        if packet.payload_type == peer.event_type:
            digit = self._digits.read(packet)
            if digit:
                self._on_digit(digit)
        elif packet.payload_type in {codec.payload_type for codec in Codec}:
            self._hear(packet)

    def error_received(self, exc: Exception) -> None:
        """A peer that has closed its port (ICMP) is about to end the call in SIP; nothing is to be done here."""

    def _rtcp_protocol(self) -> RtcpSession:
        return self._rtcp

    def _hear(self, packet: RtpPacket) -> None:
        codec = Codec.PCMA if packet.payload_type == Codec.PCMA.payload_type else Codec.PCMU
        self.received += 1
        self.listening.hear(packet.payload, codec)
        if self._echo is not None and len(self._echo) < _ECHO_FRAMES:
            self._echo.append(packet.payload if codec is Codec.PCMA else ulaw_to_alaw(packet.payload))
        if not self.received % _NOTIFY_FRAMES:
            self._on_change()

    def _tick(self) -> None:
        if not self._sends or self._transport is None or self._peer is None:
            self._timer = None
            return
        payload = self._next_frame()
        packet = RtpPacket(
            payload_type=self._codec.payload_type,
            sequence=self._sequence,
            timestamp=self._sent.timestamp,
            ssrc=self._ssrc,
            payload=alaw_to_ulaw(payload) if self._codec is Codec.PCMU else payload,
            marker=self._starts_talk,
        )
        self._transport.sendto(packet.to_bytes(), (self._peer.address, self._peer.port))
        self._starts_talk = False
        self._sequence += 1
        self._sent.packets += 1
        self._sent.octets += len(payload)
        self._sent.timestamp += FRAME_SAMPLES
        loop = asyncio.get_running_loop()
        self._due += _FRAME_S
        if loop.time() - self._due > _LATEST_S:
            self._due = loop.time()
        self._timer = loop.call_at(self._due, self._tick)

    def _next_frame(self) -> bytes:
        if self._speech:
            frame = self._speech[self._position : self._position + FRAME_SAMPLES]
            self._position += FRAME_SAMPLES
            if self._position >= len(self._speech):
                self.stop_playing()
            return frame.ljust(FRAME_SAMPLES, _SILENCE[:1])
        if self._echo:
            return self._echo.pop(0)
        return _SILENCE
