"""Finds the addresses of a PBX by SRV and A records (RFC 3263 section 4), without ever blocking the SIP thread.

SRV queries run on the Qt thread; A queries in a short-lived thread of their own, since the resolver may hang.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtNetwork import QDnsLookup, QHostAddress

from agent_toolbar.domain.registration import Transport
from agent_toolbar.engine.account import PbxAddress
from agent_toolbar.sip_text.service_records import ANSWER_WITHIN_MS, places, question

DEFAULT_PORT = 5060
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?\.?")


@dataclass(frozen=True, slots=True)
class LookupRequest:
    """port 0 asks for SRV first. on_result gets the addresses in the order to try, none when the host is unknown."""

    server: str
    port: int
    transport: Transport
    on_result: Callable[[tuple[PbxAddress, ...]], None] = field(compare=False)


class ServerLookup(QObject):
    """Answers look-ups; `look_up` may be called on any thread, and on_result is called on any thread."""

    _asked = Signal(object)

    def __init__(self, nameserver: tuple[str, int] | None = None) -> None:
        """nameserver: address and port to ask for SRV instead of the system's."""
        super().__init__()
        self._nameserver = nameserver
        self._running: set[QDnsLookup] = set()
        self._asked.connect(self._begin, Qt.ConnectionType.QueuedConnection)

    def look_up(self, request: LookupRequest) -> None:
        self._asked.emit(request)

    def _begin(self, request: LookupRequest) -> None:
        if not _HOST.fullmatch(request.server):
            request.on_result(())
            return
        asked = "" if request.port else question(request.server, request.transport)
        if not asked:
            self._resolve(((request.server, request.port or DEFAULT_PORT),), request)
            return
        self._ask_srv(asked, request)

    def _ask_srv(self, asked: str, request: LookupRequest) -> None:
        lookup = QDnsLookup(QDnsLookup.Type.SRV, asked, self)
        if self._nameserver is not None:
            lookup.setNameserver(QHostAddress(self._nameserver[0]), self._nameserver[1])
        limit = QTimer(lookup, singleShot=True, interval=ANSWER_WITHIN_MS)
        limit.timeout.connect(lookup.abort)

        def finished() -> None:
            limit.stop()
            self._running.discard(lookup)
            # Qt has sorted them by priority and weight (RFC 2782)
            found = places((record.target(), record.port()) for record in lookup.serviceRecords())
            self._resolve(found or ((request.server, DEFAULT_PORT),), request)
            lookup.deleteLater()

        lookup.finished.connect(finished)
        self._running.add(lookup)
        limit.start()
        lookup.lookup()

    @staticmethod
    def _resolve(hosts: tuple[tuple[str, int], ...], request: LookupRequest) -> None:
        if all(_is_address(host) for host, _ in hosts):
            request.on_result(tuple(PbxAddress(host, port) for host, port in hosts))
            return

        def resolve() -> None:
            request.on_result(tuple(dict.fromkeys(found for host, port in hosts for found in _addresses(host, port))))

        threading.Thread(target=resolve, name="resolve", daemon=True).start()


def _addresses(host: str, port: int) -> list[PbxAddress]:
    try:
        found = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        return []
    return [PbxAddress(str(entry[4][0]), port) for entry in found]


def _is_address(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True
