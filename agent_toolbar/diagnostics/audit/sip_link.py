"""The audit's ways to the PBX: UDP, TCP and TLS over IPv4, one blocking socket each. On the audit's thread."""

from __future__ import annotations

import re
import select
import socket
import ssl
import threading
import time

from agent_toolbar.application.ports.doctor import AuditRequest
from agent_toolbar.sip_text.sip_message import MAX_MESSAGE_BYTES

_CONTENT_LENGTH = re.compile(rb"\r\n(?:content-length|l)[ \t]*:[ \t]*([0-9]{1,6})[ \t]*\r\n", re.IGNORECASE)


_MAX_PLACES = 2


class LinkError(Exception):
    """Nothing can be sent or heard this way; the text says why, in words for an administrator."""


class SipLink:
    """One way to one port of the PBX.

    Attributes:
        transport: "udp", "tcp" or "tls".
        peer, local: (IPv4 address, port).
    """

    def __init__(self, transport: str, connected: socket.socket) -> None:
        self.transport = transport
        self._socket = connected
        self._buffer = b""
        self.peer: tuple[str, int] = connected.getpeername()[:2]
        self.local: tuple[str, int] = connected.getsockname()[:2]

    @property
    def reliable(self) -> bool:
        return self.transport != "udp"

    def send(self, data: bytes) -> None:
        """Raises LinkError."""
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise LinkError(_words(error)) from error

    def receive(self, until_s: float) -> bytes | None:
        """The next message, None if none came until then (monotonic clock). Raises LinkError when the way is closed."""
        while True:
            message = self._cut()
            if message is not None:
                return message
            try:
                if not self._is_readable(max(0.0, until_s - time.monotonic())):
                    return None
                data = self._socket.recv(MAX_MESSAGE_BYTES)
            except OSError as error:
                raise LinkError(_words(error)) from error
            if self.transport == "udp":
                return data
            if not data:
                raise LinkError("the connection was closed")
            self._buffer += data
            if len(self._buffer) > 2 * MAX_MESSAGE_BYTES:
                raise LinkError("what came is no SIP")

    def close(self) -> None:
        self._socket.close()

    def _is_readable(self, within_s: float) -> bool:
        if isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
            return True
        return bool(select.select([self._socket], [], [], within_s)[0])

    def _cut(self) -> bytes | None:
        """The first whole message of the stream, by Content-Length (RFC 3261 section 18.3)."""
        self._buffer = self._buffer.lstrip(b"\r\n")  # keep-alives of RFC 5626 stand between messages
        head, separator, _ = self._buffer.partition(b"\r\n\r\n")
        if not separator:
            return None
        length = _CONTENT_LENGTH.search(head + b"\r\n")
        end = len(head) + 4 + (int(length[1]) if length is not None else 0)
        if len(self._buffer) < end:
            return None
        message, self._buffer = self._buffer[:end], self._buffer[end:]
        return message


def address_of(server: str, within_s: float) -> str:
    """The IPv4 address of a name. Raises LinkError; a resolver that hangs is left behind on a thread of its own."""
    found: list[str] = []
    failed: list[OSError] = []

    def resolve() -> None:
        try:
            found.append(str(socket.getaddrinfo(server, None, socket.AF_INET, socket.SOCK_DGRAM)[0][4][0]))
        except OSError as error:
            failed.append(error)

    asking = threading.Thread(target=resolve, name="audit-names", daemon=True)
    asking.start()
    asking.join(within_s)
    if not found:
        raise LinkError(_words(failed[0]) if failed else "the name server does not answer")
    return found[0]


def open_link(
    transport: str, address: str, port: int, within_s: float, *, server_name: str, trusts_anyone: bool = False
) -> SipLink:
    """Raises LinkError. `trusts_anyone`: for TLS without a known certificate; nothing secret may be sent there."""
    if transport == "udp":
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            datagrams.connect((address, port))
        except OSError as error:
            datagrams.close()
            raise LinkError(_words(error)) from error
        return SipLink(transport, datagrams)
    try:
        stream = socket.create_connection((address, port), timeout=max(0.1, within_s))
    except OSError as error:
        raise LinkError(_words(error)) from error
    try:
        if transport == "tls":
            context = ssl.create_default_context()
            if trusts_anyone:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
            stream = context.wrap_socket(stream, server_hostname=server_name)
    except OSError as error:
        stream.close()
        raise LinkError(_words(error)) from error
    return SipLink(transport, stream)


def open_place(request: AuditRequest, names_s: float, connect_s: float) -> tuple[SipLink, int]:
    """The first place of the PBX that can be reached, and its port. Raises LinkError of the last one."""
    usual = 5061 if request.transport == "tls" else 5060
    places = request.places[:_MAX_PLACES] or ((request.server, request.port or usual),)
    for number, (host, port) in enumerate(places, 1):
        try:
            address = address_of(host, names_s / len(places))
            link = open_link(request.transport, address, port, connect_s, server_name=request.server)
        except LinkError:
            if number == len(places):
                raise
        else:
            return link, port
    raise LinkError("no place to ask")


def _words(error: OSError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate is not trusted: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"TLS failed: {error.reason or 'unknown reason'}"
    if isinstance(error, TimeoutError):
        return "no answer"
    return (error.strerror or "no connection").lower()
