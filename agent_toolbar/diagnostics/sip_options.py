"""Asks a SIP server for any answer by OPTIONS (RFC 3261 section 11), over UDP or TCP. Blocks; on a probe's thread."""

from __future__ import annotations

import secrets
import socket
import ssl
import time
from dataclasses import dataclass

_T1_S = 0.5  # RFC 3261 section 17.1.2.2: sent again after T1, 2 T1, 4 T1
_MAX_ANSWER_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class OptionsAnswer:
    """sip_status: of whatever final or provisional answer came; server: its Server header as it stands, "" if none."""

    sip_status: int
    server: str = ""


def options_over_udp(host: str, port: int, timeout_s: float) -> OptionsAnswer:
    """Raises TimeoutError when nobody answers, ConnectionRefusedError for a closed port, OSError without a route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.connect((host, port))
        request, branch = _request(host, port, "UDP", udp.getsockname())
        deadline_s = time.monotonic() + timeout_s
        pause_s = _T1_S
        while (left_s := deadline_s - time.monotonic()) > 0:
            udp.send(request)
            again_s = time.monotonic() + min(pause_s, left_s)
            while (wait_s := again_s - time.monotonic()) > 0:
                udp.settimeout(wait_s)
                try:
                    answer = _parse(udp.recv(_MAX_ANSWER_BYTES), branch)
                except TimeoutError:
                    break
                if answer is not None:
                    return answer
            pause_s *= 2
    raise TimeoutError


def options_over_tcp(host: str, port: int, timeout_s: float) -> OptionsAnswer:
    """As over UDP; TimeoutError also for a connection on which nothing of SIP comes back."""
    deadline_s = time.monotonic() + timeout_s
    with socket.create_connection((host, port), timeout_s) as tcp:
        return _ask_stream(tcp, _request(host, port, "TCP", tcp.getsockname()), deadline_s)


def options_over_tls(host: str, port: int, timeout_s: float) -> OptionsAnswer:
    """As over TCP, whatever certificate is shown: that is another question, and nothing secret is sent."""
    deadline_s = time.monotonic() + timeout_s
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection((host, port), timeout_s) as tcp, context.wrap_socket(tcp) as tls:
        return _ask_stream(tls, _request(host, port, "TLS", tls.getsockname()), deadline_s)


def _ask_stream(stream: socket.socket, request: tuple[bytes, str], deadline_s: float) -> OptionsAnswer:
    stream.sendall(request[0])
    received = b""
    while (left_s := deadline_s - time.monotonic()) > 0 and len(received) < _MAX_ANSWER_BYTES:
        stream.settimeout(left_s)
        more = stream.recv(_MAX_ANSWER_BYTES)
        received += more
        if b"\r\n\r\n" in received and (answer := _parse(received, request[1])) is not None:
            return answer
        if not more:
            break
    raise TimeoutError


def _request(host: str, port: int, transport: str, own: tuple[str, int]) -> tuple[bytes, str]:
    """Names nobody: the doctor asks before it is known whether the account is right."""
    branch = f"z9hG4bK{secrets.token_hex(8)}"
    lines = (
        f"OPTIONS sip:{host}:{port} SIP/2.0",
        f"Via: SIP/2.0/{transport} {own[0]}:{own[1]};branch={branch};rport",
        "Max-Forwards: 70",
        f"From: <sip:anonymous@anonymous.invalid>;tag={secrets.token_hex(6)}",
        f"To: <sip:{host}:{port}>",
        f"Call-ID: {secrets.token_hex(12)}",
        "CSeq: 1 OPTIONS",
        f"Contact: <sip:anonymous@{own[0]}:{own[1]};transport={transport.lower()}>",
        "Accept: application/sdp",
        "Content-Length: 0",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii"), branch


def _parse(received: bytes, branch: str) -> OptionsAnswer | None:
    """None for what is no answer to this request."""
    head = received.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
    first, *headers = head.split("\r\n")
    version, _, rest = first.partition(" ")
    status = rest[:3]
    if version != "SIP/2.0" or not (status.isascii() and status.isdigit() and len(status) == 3) or branch not in head:
        return None
    server = ""
    for header in headers:
        name, _, value = header.partition(":")
        if name.strip().lower() in {"server", "user-agent"}:
            server = server or value.strip()
    return OptionsAnswer(int(status), server)
