"""Asks the domain of a PBX where it is (SRV, RFC 3263 section 4.1), as the engine does. GUI thread."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_LIMIT_MS = 2_000
_MAX_TARGETS = 8
_NAMES = {"udp": "_sip._udp", "tcp": "_sip._tcp", "tls": "_sips._tcp"}

Places = tuple[tuple[str, int], ...]


class QtServiceRecords(QObject):
    """Implements application.ports.doctor.ServiceRecords."""

    def __init__(self, parent: QObject | None = None, nameserver: tuple[str, int] | None = None) -> None:
        """nameserver: address and port to ask instead of the system's."""
        super().__init__(parent)
        self._nameserver = nameserver
        self._running: set[QObject] = set()

    def look_up(self, server: str, transport: str, on_result: Callable[[Places], None]) -> None:
        if not server or server.lower() == "localhost" or _is_address(server):
            on_result(())
            return
        from PySide6.QtNetwork import QDnsLookup, QHostAddress  # noqa: PLC0415  # rarely needed

        lookup = QDnsLookup(QDnsLookup.Type.SRV, f"{_NAMES[transport]}.{server}", self)
        if self._nameserver is not None:
            lookup.setNameserver(QHostAddress(self._nameserver[0]), self._nameserver[1])
        limit = QTimer(lookup, singleShot=True, interval=_LIMIT_MS)
        limit.timeout.connect(lookup.abort)

        def finished() -> None:
            limit.stop()
            self._running.discard(lookup)
            # Qt has sorted them by priority and weight (RFC 2782)
            found = [(record.target(), record.port()) for record in lookup.serviceRecords() if record.target() != "."]
            lookup.deleteLater()
            on_result(tuple(found[:_MAX_TARGETS]))

        lookup.finished.connect(finished)
        self._running.add(lookup)  # else Python may collect what Qt still speaks to
        limit.start()
        lookup.lookup()


def _is_address(server: str) -> bool:
    try:
        ipaddress.ip_address(server)
    except ValueError:
        return False
    return True
