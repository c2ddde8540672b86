"""The sound of the test call: offers and answers (RFC 4566, RFC 4568) and one RTP stream of silence. Audit's thread."""

from __future__ import annotations

import base64
import re
import secrets
import select
import socket
import struct
import time
from dataclasses import dataclass

FRAME_S = 0.02
_OPUS = 96
_NAMES = {0: "PCMU", 8: "PCMA", 9: "G722", _OPUS: "opus"}
_SILENCE = {0: b"\xff" * 160, 8: b"\xd5" * 160, 9: b"\x00" * 160, _OPUS: b"\xf8\xff\xfe"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The audio stream that the PBX describes. port 0: refused. direction: "sendrecv", "recvonly" ..."""

    address: str
    port: int
    profile: str
    payload_types: tuple[int, ...]
    direction: str
    has_key: bool

    @property
    def codecs(self) -> tuple[str, ...]:
        return tuple(_NAMES[number] for number in self.payload_types if number in _NAMES)


def offer(
    address: str,
    port: int,
    version: int,
    *,
    direction: str = "sendrecv",
    encrypted: bool = False,
    codecs: tuple[str, ...] = ("G722", "PCMA", "PCMU", "opus"),
) -> bytes:
    """codecs: in order of preference; encrypted: as RTP/SAVP with a key (RFC 4568) that is never used for sound."""
    key = base64.b64encode(secrets.token_bytes(30)).decode()
    numbers = {name: number for number, name in _NAMES.items()}
    chosen = [numbers[name] for name in codecs if name in numbers]
    lines = [
        "v=0",
        f"o=- 1 {version} IN IP4 {address}",
        "s=-",
        f"c=IN IP4 {address}",
        "t=0 0",
        f"m=audio {port} {'RTP/SAVP' if encrypted else 'RTP/AVP'} {' '.join(map(str, chosen))} 101",
        *(f"a=rtpmap:{number} {_NAMES[number]}/{'48000/2' if number == _OPUS else 8000}" for number in chosen),
        "a=rtpmap:101 telephone-event/8000",
        "a=fmtp:101 0-16",
        *([f"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{key}"] if encrypted else []),
        "a=ptime:20",
        f"a={direction}",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def read_answer(body: bytes) -> Answer | None:
    """None if there is no audio stream in it."""
    text = body.decode("utf-8", "replace")
    media = re.search(r"^m=audio ([0-9]{1,5})(?:/1)? (\S+)((?: [0-9]{1,3})+)", text, re.MULTILINE)
    if media is None:
        return None
    after = text[media.start() :]
    where = re.search(r"^c=IN IP4 (\S+)", after, re.MULTILINE) or re.search(r"^c=IN IP4 (\S+)", text, re.MULTILINE)
    turned = re.search(r"^a=(sendrecv|sendonly|recvonly|inactive)\s*$", text, re.MULTILINE)
    return Answer(
        address=where[1] if where is not None else "",
        port=int(media[1]),
        profile=media[2],
        payload_types=tuple(int(number) for number in media[3].split()),
        direction=turned[1] if turned is not None else "sendrecv",
        has_key=bool(re.search(r"^a=crypto:", after, re.MULTILINE)),
    )


class SilentStream:
    """Sends silence and counts what comes. Raises OSError when no port can be had."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.bind((address, 0))
        except OSError:
            self._socket.close()
            raise
        self._sequence = secrets.randbits(15)
        self._timestamp = secrets.randbits(31)
        self._ssrc = secrets.randbits(32)
        self.port: int = self._socket.getsockname()[1]

    def count(self, peer: Answer, for_s: float, *, sends: bool) -> int:
        """Packets of sound that came within this time, while silence was sent or not."""
        came, next_s, end_s = 0, time.monotonic(), time.monotonic() + for_s
        while (now_s := time.monotonic()) < end_s:
            if sends and now_s >= next_s:
                self._send(peer)
                next_s += FRAME_S
            wait_s = min(end_s, next_s if sends else end_s) - time.monotonic()
            if select.select([self._socket], [], [], max(0.0, wait_s))[0]:
                came += self._is_sound(self._socket.recv(2048))
        return came

    def drain(self) -> None:
        """Drops what came so far."""
        while select.select([self._socket], [], [], 0)[0]:
            self._socket.recv(2048)

    def close(self) -> None:
        self._socket.close()

    def _send(self, peer: Answer) -> None:
        payload_type = next((number for number in peer.payload_types if number in _SILENCE), 8)
        self._sequence = (self._sequence + 1) & 0xFFFF
        self._timestamp = (self._timestamp + (960 if payload_type == _OPUS else 160)) & 0xFFFFFFFF
        header = struct.pack("!BBHII", 0x80, payload_type, self._sequence, self._timestamp, self._ssrc)
        self._socket.sendto(header + _SILENCE[payload_type], (peer.address, peer.port))

    @staticmethod
    def _is_sound(data: bytes) -> bool:
        return len(data) > 12 and data[0] >> 6 == 2 and data[1] & 0x7F != 101
