"""Reports on one RTP stream (RFC 3550 section 6.4), by which the agent's telephone rates its line. asyncio loop."""

from __future__ import annotations

import asyncio
import struct
import time
from dataclasses import dataclass
from typing import cast

from agent_toolbar.practice.rtp import SAMPLE_RATE, RtpPacket

_INTERVAL_S = 5.0
_SENDER_REPORT = 200
_SOURCE_DESCRIPTION = 202
_NTP_EPOCH_S = 2_208_988_800  # 1900 to 1970
_SENDER = struct.Struct("!IQIII")
_BLOCK = struct.Struct("!IIIIII")
_CNAME = b"practice"


@dataclass(slots=True)
class Sent:
    """What went out so far: packets, octets of payload, and the timestamp of the last packet."""

    packets: int = 0
    octets: int = 0
    timestamp: int = 0


class Reception:
    """Counts what came of one source; loss and jitter as in RFC 3550 appendices A.3 and A.8."""

    def __init__(self, first: RtpPacket) -> None:
        self.ssrc = first.ssrc
        self._first = self._highest = first.sequence
        self._received = 0
        self._expected_before = 0
        self._received_before = 0
        self._jitter = 0.0  # in timestamp units
        self._transit: float | None = None

    def take(self, packet: RtpPacket, arrived_s: float) -> None:
        """Counts a packet, the first one too. arrived_s: of any steady clock."""
        ahead = (packet.sequence - self._highest) & 0xFFFF
        if ahead < 0x8000:
            self._highest += ahead
        self._received += 1
        transit = arrived_s * SAMPLE_RATE - packet.timestamp
        if self._transit is not None:
            self._jitter += (abs(transit - self._transit) - self._jitter) / 16
        self._transit = transit

    def block(self, last_report: int, since_report_s: float) -> bytes:
        """The report block; its fraction lost is of the time since the last call."""
        expected = self._highest - self._first + 1
        lost = max(0, expected - self._received)
        expected_now = expected - self._expected_before
        lost_now = max(0, expected_now - (self._received - self._received_before))
        self._expected_before, self._received_before = expected, self._received
        fraction = min(255, 256 * lost_now // expected_now) if expected_now else 0
        delay = int(since_report_s * 65_536) if last_report else 0
        return _BLOCK.pack(
            self.ssrc,
            fraction << 24 | min(lost, 0x7FFFFF),
            self._highest & 0xFFFFFFFF,
            int(self._jitter) & 0xFFFFFFFF,
            last_report,
            delay & 0xFFFFFFFF,
        )


def sender_report(ssrc: int, sent: Sent, now_s: float, block: bytes) -> bytes:
    """A compound packet of SR and SDES. now_s: seconds since the epoch."""
    ntp = int((now_s + _NTP_EPOCH_S) * (1 << 32)) & 0xFFFFFFFFFFFFFFFF
    octets = sent.octets & 0xFFFFFFFF
    report = _SENDER.pack(ssrc, ntp, sent.timestamp & 0xFFFFFFFF, sent.packets, octets) + block
    item = bytes([1, len(_CNAME)]) + _CNAME  # ends with at least one zero, on a multiple of four
    description = struct.pack("!I", ssrc) + item + bytes(4 - len(item) % 4)
    return _packet(_SENDER_REPORT, 1 if block else 0, report) + _packet(_SOURCE_DESCRIPTION, 1, description)


def report_time(raw: bytes) -> int:
    """The middle 32 bits of the NTP time of a sender report ("LSR"); 0 if the packet holds none."""
    if len(raw) < 4 + _SENDER.size or raw[0] >> 6 != 2 or raw[1] != _SENDER_REPORT:
        return 0
    ntp: int = _SENDER.unpack_from(raw, 4)[1]
    return ntp >> 16 & 0xFFFFFFFF


class RtcpSession(asyncio.DatagramProtocol):
    """Sends a report every five seconds from `start` until `close`."""

    def __init__(self, ssrc: int, sent: Sent) -> None:
        self._ssrc = ssrc
        self._sent = sent
        self._reception: Reception | None = None
        self._transport: asyncio.DatagramTransport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._peer = ("", 0)
        self._last_report = 0
        self._last_report_s = 0.0

    def start(self, peer: tuple[str, int]) -> None:
        self._peer = peer
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_INTERVAL_S, self._send)

    def count(self, packet: RtpPacket, arrived_s: float) -> None:
        """Takes note of an RTP packet that came; a new source starts from nothing."""
        if self._reception is None or self._reception.ssrc != packet.ssrc:
            self._reception = Reception(packet)
        self._reception.take(packet, arrived_s)

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        stamp = report_time(data)
        if stamp:
            self._last_report, self._last_report_s = stamp, time.monotonic()

    def error_received(self, exc: Exception) -> None:
        """A peer without RTCP (ICMP) hears no reports; the call does not depend on them."""

    def _send(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            since_report_s = time.monotonic() - self._last_report_s
            block = b"" if self._reception is None else self._reception.block(self._last_report, since_report_s)
            self._transport.sendto(sender_report(self._ssrc, self._sent, time.time(), block), self._peer)
            self._timer = asyncio.get_running_loop().call_later(_INTERVAL_S, self._send)


def _packet(kind: int, count: int, content: bytes) -> bytes:
    return struct.pack("!BBH", 0x80 | count, kind, len(content) // 4) + content
