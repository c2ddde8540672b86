"""RTP packets and the telephone events in them (RFC 3550 section 5.1, RFC 4733 section 2.3). Pure."""

from __future__ import annotations

import struct
from dataclasses import dataclass

SAMPLE_RATE = 8_000
FRAME_MS = 20
FRAME_SAMPLES = SAMPLE_RATE * FRAME_MS // 1000

_HEADER = struct.Struct("!BBHII")
_EVENT = struct.Struct("!BBH")
_DIGITS = "0123456789*#ABCD"  # RFC 4733 section 3.2


@dataclass(frozen=True, slots=True)
class RtpPacket:
    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes
    marker: bool = False

    def to_bytes(self) -> bytes:
        second = self.payload_type | (0x80 if self.marker else 0)
        header = _HEADER.pack(0x80, second, self.sequence & 0xFFFF, self.timestamp & 0xFFFFFFFF, self.ssrc)
        return header + self.payload


def parse_rtp(raw: bytes) -> RtpPacket | None:
    """Reads one packet; None for what is no RTP of version 2."""
    if len(raw) < _HEADER.size:
        return None
    first, second, sequence, timestamp, ssrc = _HEADER.unpack_from(raw)
    start = _HEADER.size + 4 * (first & 0x0F)
    if first >> 6 != 2:
        return None
    if first & 0x10:  # a header extension, which nobody here needs
        if len(raw) < start + 4:
            return None
        start += 4 + 4 * int.from_bytes(raw[start + 2 : start + 4], "big")
    end = len(raw) - (raw[-1] if first & 0x20 else 0)
    if end < start:
        return None
    return RtpPacket(second & 0x7F, sequence, timestamp, ssrc, raw[start:end], bool(second & 0x80))


@dataclass(frozen=True, slots=True)
class TelephoneEvent:
    """One report of a key.

    Attributes:
        digit: of 0-9 * # A-D.
        ended: the key was released; the same report comes three times.
        duration: so far, in samples of 1/8000 s.
    """

    digit: str
    ended: bool
    duration: int

    def to_bytes(self) -> bytes:
        return _EVENT.pack(_DIGITS.index(self.digit), (0x80 if self.ended else 0) | 10, self.duration)


def parse_event(payload: bytes) -> TelephoneEvent | None:
    """Reads a payload of telephone-event; None for an event that is no key."""
    if len(payload) < _EVENT.size:
        return None
    event, flags, duration = _EVENT.unpack_from(payload)
    return TelephoneEvent(_DIGITS[event], bool(flags & 0x80), duration) if event < len(_DIGITS) else None


class DigitReader:
    """Makes one digit of the many packets of a key: all packets of one event bear the same timestamp."""

    def __init__(self) -> None:
        self._last: tuple[int, int] | None = None

    def read(self, packet: RtpPacket) -> str:
        """The digit that begins with this packet, "" if none does."""
        event = parse_event(packet.payload)
        key = (packet.ssrc, packet.timestamp)
        if event is None or key == self._last:
            return ""
        self._last = key
        return event.digit
