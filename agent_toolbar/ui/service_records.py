"""Asks the domain of a PBX where it is (SRV, RFC 3263 section 4.1), as the engine does. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from agent_toolbar.sip_text.service_records import ANSWER_WITHIN_MS, places, question

Places = tuple[tuple[str, int], ...]


class QtServiceRecords(QObject):
    """Implements application.ports.doctor.ServiceRecords."""

    def __init__(self, parent: QObject | None = None, nameserver: tuple[str, int] | None = None) -> None:
        """nameserver: address and port to ask instead of the system's."""
        super().__init__(parent)
        self._nameserver = nameserver
        self._running: set[QObject] = set()

    def look_up(self, server: str, transport: str, on_result: Callable[[Places], None]) -> None:
        asked = question(server, transport)
        if not asked:
            on_result(())
            return
        from PySide6.QtNetwork import QDnsLookup, QHostAddress  # noqa: PLC0415  # rarely needed

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
            lookup.deleteLater()
            on_result(found)

        lookup.finished.connect(finished)
        self._running.add(lookup)  # else Python may collect what Qt still speaks to
        limit.start()
        lookup.lookup()
