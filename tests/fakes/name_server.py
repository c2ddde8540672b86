"""A name server of the test's own on loopback."""

from __future__ import annotations

import socket
import struct
import threading

SRV = 33


def name_bytes(name: str) -> bytes:
    return b"".join(bytes([len(part)]) + part.encode() for part in name.split(".") if part) + b"\0"


class NameServer:
    """Answers SRV queries from a table of (priority, weight, port, target); unknown names get NXDOMAIN."""

    def __init__(self, records: dict[str, list[tuple[int, int, int, str]]]) -> None:
        self.records = records
        self.asked: list[str] = []
        self.silent = False
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self.address = self._socket.getsockname()
        self._running = True
        self._thread = threading.Thread(target=self._run, name="name-server")
        self._thread.start()

    def stop(self) -> None:
        self._running = False
        self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        while self._running:
            try:
                query, source = self._socket.recvfrom(512)
            except TimeoutError:
                continue
            labels, at = [], 12
            while query[at]:
                labels.append(query[at + 1 : at + 1 + query[at]].decode())
                at += 1 + query[at]
            self.asked.append(".".join(labels))
            if self.silent:
                continue
            found = self.records.get(self.asked[-1], [])
            question = query[12 : at + 5]
            flags = 0x8180 if found else 0x8183
            answers = b""
            for priority, weight, port, target in found:
                value = struct.pack("!HHH", priority, weight, port) + name_bytes(target)
                answers += b"\xc0\x0c" + struct.pack("!HHIH", SRV, 1, 60, len(value)) + value
            header = query[:2] + struct.pack("!HHHHH", flags, 1, len(found), 0, 0)
            self._socket.sendto(header + question + answers, source)
