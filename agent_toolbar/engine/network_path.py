"""The way from this machine to the PBX: the local address used, and whether anybody listens there. SIP thread only."""

from __future__ import annotations

import contextlib
import socket

_KEEP_ALIVE = b"\r\n\r\n"  # RFC 5626 section 3.5.1: every SIP server ignores or answers it


def local_ip_towards(ip: str, port: int) -> str:
    """The local IPv4 address that the routing table chooses for `ip`, "" when there is no route. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((ip, port))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


class ListenerProbe:
    """Learns from ICMP that nobody listens on a UDP port, which the library's own socket cannot see."""

    def __init__(self, ip: str, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        with contextlib.suppress(OSError):  # no route: the REGISTER itself will show it
            self._socket.connect((ip, port))
        self.ask()

    def ask(self) -> None:
        """Sends what is answered, if at all, until the next look."""
        with contextlib.suppress(OSError):
            self._socket.send(_KEEP_ALIVE)

    def refused(self) -> bool:
        """True when the other host said that the port is closed."""
        try:
            self._socket.recv(64)
        except ConnectionRefusedError:
            return True
        except OSError:
            return False
        return False

    def close(self) -> None:
        self._socket.close()
