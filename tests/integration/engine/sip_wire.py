"""SIP messages for tests: read, written, authenticated. Apart from the engine's own reader on purpose."""

from __future__ import annotations

import hashlib
import re
import socket
from dataclasses import dataclass, field


@dataclass
class SipText:
    """One message. headers: (name, value) in their order; source: (ip, port) it came from."""

    start: str
    headers: list[tuple[str, str]]
    body: str = ""
    source: tuple[str, int] = ("", 0)

    @property
    def method(self) -> str:
        return "" if self.start.startswith("SIP/2.0") else self.start.split(" ", 1)[0]

    @property
    def status(self) -> int:
        return int(self.start.split(" ", 2)[1]) if self.start.startswith("SIP/2.0") else 0

    def get(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def cseq_method(self) -> str:
        return self.get("CSeq").rpartition(" ")[2]

    def encode(self) -> bytes:
        body = self.body.encode("utf-8", "surrogateescape")
        lines = [self.start, *(f"{name}: {value}" for name, value in self.headers)]
        if not self.get("Content-Length"):
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + body


def parse(received: bytes, source: tuple[str, int] = ("", 0)) -> SipText:
    head, _, body = received.decode("utf-8", "surrogateescape").partition("\r\n\r\n")
    start, *lines = head.split("\r\n")
    return SipText(start, [(n.strip(), v.strip()) for n, _, v in (line.partition(":") for line in lines)], body, source)


def split_stream(buffer: bytes) -> tuple[list[bytes], bytes]:
    """Whole messages of a TCP stream (by Content-Length) and the rest."""
    messages = []
    while True:
        buffer = buffer.lstrip(b"\r\n")
        head, separator, rest = buffer.partition(b"\r\n\r\n")
        found = re.search(rb"(?im)^(?:content-length|l)\s*:\s*(\d+)", head)
        length = int(found[1]) if found else 0
        if not separator or len(rest) < length:
            return messages, buffer
        messages.append(head + separator + rest[:length])
        buffer = rest[length:]


def uri_in(value: str) -> str:
    found = re.search(r"<([^>]*)>", value)
    return found[1] if found else value.partition(";")[0].strip()


def tag_in(value: str) -> str:
    found = re.search(r";\s*tag=([^;\s]+)", value)
    return found[1] if found else ""


def host_port(uri: str) -> tuple[str, int]:
    found = re.search(r"(?:@|:)([\d.]+):(\d+)", uri)
    assert found, uri
    return found[1], int(found[2])


def listen_on_both(port: int = 0) -> tuple[socket.socket, socket.socket]:
    """A UDP and a listening TCP socket on the same port of loopback; another one when somebody has just one of them."""
    while True:
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            udp.bind(("127.0.0.1", port))
            return udp, socket.create_server(udp.getsockname())
        except OSError:
            udp.close()
            if port:
                raise


def digest_ok(request: SipText, user: str, password: str, nonces: set[str]) -> bool:
    """RFC 2617 with MD5, with or without qop."""
    value = request.get("Authorization")
    said = {name: quoted or plain for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^",\s]+))', value)}
    if said.get("nonce") not in nonces or said.get("username") != user:
        return False
    ha1 = _md5(f"{user}:{said['realm']}:{password}")
    ha2 = _md5(f"{request.method}:{said['uri']}")
    middle = f"{said['nc']}:{said['cnonce']}:{said['qop']}:" if said.get("qop") else ""
    return said.get("response") == _md5(f"{ha1}:{said['nonce']}:{middle}{ha2}")


def sdp(port: int, payloads: str = "9 8 0 101", direction: str = "sendrecv", ip: str = "127.0.0.1") -> str:
    maps = {"9": "G722/8000", "8": "PCMA/8000", "0": "PCMU/8000", "101": "telephone-event/8000", "3": "GSM/8000"}
    lines = ["v=0", f"o=- 1 1 IN IP4 {ip}", "s=-", f"c=IN IP4 {ip}", "t=0 0", f"m=audio {port} RTP/AVP {payloads}"]
    lines += [f"a=rtpmap:{number} {maps[number]}" for number in payloads.split() if number in maps]
    return "\r\n".join([*lines, f"a={direction}", ""])


def sdp_answer(offer: str, port: int) -> str:
    """One codec, as a PBX answers; with several the library would send a re-INVITE of its own to settle on one."""
    return sdp(port, "9 101" if " 9" in offer else "8 101", answer_direction(offer))


def answer_direction(offer: str) -> str:
    for offered, answered in (("sendonly", "recvonly"), ("recvonly", "sendonly"), ("inactive", "inactive")):
        if f"a={offered}" in offer:
            return answered
    return "sendrecv"


@dataclass
class Received:
    """What a peer got, in order."""

    messages: list[SipText] = field(default_factory=list)

    def requests(self, method: str) -> list[SipText]:
        return [message for message in self.messages if message.method == method]


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()  # the digest algorithm of SIP
