"""Session descriptions of one audio stream in G.711 (RFC 4566, offers and answers of RFC 3264). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

CONTENT_TYPE = "application/sdp"
_OWN_EVENT_TYPE = 101


class Codec(StrEnum):
    PCMA = "PCMA"
    PCMU = "PCMU"

    @property
    def payload_type(self) -> int:
        """The static payload type (RFC 3551 table 4)."""
        return 8 if self is Codec.PCMA else 0


class Direction(StrEnum):
    """What the describing side does with the stream (RFC 3264 section 5.1)."""

    SENDRECV = "sendrecv"
    SENDONLY = "sendonly"
    RECVONLY = "recvonly"
    INACTIVE = "inactive"

    @property
    def answered(self) -> Direction:
        """What a willing peer answers."""
        turned = {Direction.SENDONLY: Direction.RECVONLY, Direction.RECVONLY: Direction.SENDONLY}
        return turned.get(self, self)

    @property
    def hears(self) -> bool:
        return self in {Direction.SENDRECV, Direction.RECVONLY}

    @property
    def sends(self) -> bool:
        return self in {Direction.SENDRECV, Direction.SENDONLY}


@dataclass(frozen=True, slots=True)
class AudioStream:
    """The audio stream as one side describes it.

    Attributes:
        codecs: those of G.711 that it can do, in its order.
        event_type: payload type of telephone-event (RFC 4733), -1 if it has none.
        media_lines: all "m=" lines of the description, since an answer repeats each (RFC 3264 section 6).
    """

    address: str
    port: int
    codecs: tuple[Codec, ...]
    event_type: int = -1
    direction: Direction = Direction.SENDRECV
    media_lines: tuple[str, ...] = ()


def parse_sdp(body: bytes) -> AudioStream | None:
    """Reads the first audio stream over RTP/AVP; None if there is none or it cannot be understood."""
    session_lines, *sections = re.split(r"\r?\n(?=m=)", body.decode("utf-8", "replace"))
    media_lines = tuple(section.splitlines()[0] for section in sections)
    for section in sections:
        matched = re.match(r"m=audio ([0-9]{1,5})(?:/1)? RTP/AVP ([0-9 ]+)", section)
        connection = re.search(r"^c=IN IP4 (\S+)", section, re.MULTILINE) or re.search(
            r"^c=IN IP4 (\S+)", session_lines, re.MULTILINE
        )
        if matched is None or connection is None or matched[1] == "0":
            continue
        offered = [int(number) for number in matched[2].split()]
        direction = _direction(section) or _direction(session_lines) or Direction.SENDRECV
        address = connection[1]
        if address == "0.0.0.0":  # how RFC 2543 put a call on hold
            direction = Direction.INACTIVE if direction is Direction.RECVONLY else Direction.SENDONLY
        named = re.search(r"^a=rtpmap:([0-9]+) telephone-event/8000", section, re.MULTILINE | re.IGNORECASE)
        return AudioStream(
            address=address,
            port=int(matched[1]),
            codecs=tuple(codec for number in offered for codec in Codec if codec.payload_type == number),
            event_type=int(named[1]) if named is not None else -1,
            direction=direction,
            media_lines=media_lines,
        )
    return None


def offer_sdp(address: str, port: int, version: int, direction: Direction = Direction.SENDRECV) -> bytes:
    """An offer of both G.711 codecs; `version` grows by one with each change (RFC 3264 section 8)."""
    stream = AudioStream(address, port, (Codec.PCMA, Codec.PCMU), _OWN_EVENT_TYPE, direction)
    return _to_bytes(stream, version)


def answer_sdp(offer: AudioStream, address: str, port: int, version: int) -> bytes:
    """Takes the first codec that the offer and we have, and refuses every other stream (port 0)."""
    answer = replace(offer, address=address, port=port, codecs=offer.codecs[:1], direction=offer.direction.answered)
    return _to_bytes(answer, version)


def _to_bytes(stream: AudioStream, version: int) -> bytes:
    types = [codec.payload_type for codec in stream.codecs]
    maps = [f"a=rtpmap:{codec.payload_type} {codec}/8000" for codec in stream.codecs]
    if stream.event_type >= 0:
        types.append(stream.event_type)
        maps += [f"a=rtpmap:{stream.event_type} telephone-event/8000", f"a=fmtp:{stream.event_type} 0-16"]
    audio = [
        f"m=audio {stream.port} RTP/AVP {' '.join(map(str, types))}",
        *maps,
        "a=ptime:20",
        f"a={stream.direction}",
    ]
    lines = ["v=0", f"o=- {version} {version} IN IP4 {stream.address}", "s=-", f"c=IN IP4 {stream.address}", "t=0 0"]
    taken = False
    for line in stream.media_lines or ("m=audio",):
        if line.startswith("m=audio") and not taken:
            taken = True
            lines += audio
        else:
            lines.append(re.sub(r"^(m=\S+) [0-9]+(/[0-9]+)?", r"\1 0", line))
    return "".join(f"{line}\r\n" for line in lines).encode()


def _direction(lines: str) -> Direction | None:
    found = re.search(r"^a=(sendrecv|sendonly|recvonly|inactive)\s*$", lines, re.MULTILINE)
    return Direction(found[1]) if found is not None else None
