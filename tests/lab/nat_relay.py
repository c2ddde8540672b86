"""A box between a telephone and its PBX that shows the PBX another address than the telephone's, as a NAT does."""

from __future__ import annotations

import select
import socket
import threading
from types import TracebackType

_ADDRESSES = ("127.0.0.2", "127.0.0.3")
_MAX_BYTES = 65_536


class NatRelay:
    """For one telephone, by UDP, while the block runs.

    Attributes:
        address: where the PBX sees the telephone. port: on 127.0.0.1, where the telephone is to think its PBX is.
    """

    def __init__(self, pbx: tuple[str, int]) -> None:
        self._inside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._inside.bind(("127.0.0.1", 0))
        self._pbx = pbx
        self.address = _ADDRESSES[0]
        self._outside = self._open()
        self._moved: list[socket.socket] = []
        self._stopping, self._stop = socket.socketpair()
        self._thread = threading.Thread(target=self._relay, name="nat-relay")
        self.port: int = self._inside.getsockname()[1]

    def __enter__(self) -> NatRelay:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.send(b".")
        self._thread.join(5)
        for one in (self._inside, self._outside, *self._moved, self._stopping, self._stop):
            one.close()

    def move(self) -> None:
        """From now on the PBX sees the telephone elsewhere, as after a router has got a new address."""
        self.address = _ADDRESSES[1]
        self._moved.append(self._outside)
        self._outside = self._open()
        self._stop.send(b"m")

    def _open(self) -> socket.socket:
        outside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        outside.bind((self.address, 0))
        outside.connect(self._pbx)
        return outside

    def _relay(self) -> None:
        telephone: tuple[str, int] | None = None
        while True:
            outside = self._outside
            ready, _, _ = select.select([self._inside, outside, self._stopping], [], [])
            if self._stopping in ready:
                if self._stopping.recv(1) == b".":
                    return
                continue
            if self._inside in ready:
                data, telephone = self._inside.recvfrom(_MAX_BYTES)
                outside.send(data)
            if outside in ready:
                data = outside.recv(_MAX_BYTES)
                if telephone is not None:
                    self._inside.sendto(data, telephone)
