"""A party of a call that plays one tone by RTP (PCMA, RFC 3551) and listens for the tones of others."""

from __future__ import annotations

import math
import select
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable

import numpy as np

from agent_toolbar.practice.g711 import ALAW_TO_LINEAR, linear_to_alaw
from tests.integration.engine.sip_wire import sdp

_RATE_HZ = 8000
_FRAME = 160
_WINDOW = 20  # packets: 400 ms
_WAIT_S = 8.0
_LINEAR = np.array(ALAW_TO_LINEAR, dtype=float) / 32768


class TonePhone:
    """Its SDP is `sdp`; `send_to` starts the tone.

    Attributes:
        received: number of packets so far.
    """

    def __init__(self, frequency_hz: int) -> None:
        """frequency_hz: a multiple of 50, so that each packet begins with a whole wave."""
        self.frequency_hz = frequency_hz
        wave = 0.3 * 32767 * np.sin(2 * math.pi * frequency_hz / _RATE_HZ * np.arange(_FRAME))
        self._tone = bytes(linear_to_alaw(int(sample)) for sample in wave)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._target: tuple[str, int] | None = None
        self._heard: deque[np.ndarray] = deque(maxlen=_WINDOW)
        self._changed = threading.Condition()
        self._running = True
        self.received = 0
        self._thread = threading.Thread(target=self._run, name="tone-phone")
        self._thread.start()

    @property
    def sdp(self) -> str:
        return sdp(self._socket.getsockname()[1], "8 101")

    def send_to(self, offer: str) -> None:
        """To where the SDP of the other end says."""
        line = next(line for line in offer.splitlines() if line.startswith("m=audio"))
        self._target = ("127.0.0.1", int(line.split()[1]))

    def level(self, frequency_hz: int) -> float:
        """Amplitude of that tone in the last 400 ms, 1.0 is full scale."""
        heard = np.concatenate(list(self._heard) or [np.zeros(_FRAME)])
        wave = np.exp(-2j * math.pi * frequency_hz / _RATE_HZ * np.arange(len(heard)))
        return float(2 * abs(np.dot(heard, wave)) / len(heard))

    def hears(self, other: TonePhone) -> bool:
        """Waits until it does."""
        return self._wait(lambda: self.level(other.frequency_hz) > 0.05)

    def hears_not(self, other: TonePhone) -> bool:
        """Waits until it does not, and still does not after another whole window."""
        if not self._wait(lambda: self.level(other.frequency_hz) < 0.005):
            return False
        until = self.received + _WINDOW
        return self._wait(lambda: self.received >= until) and self.level(other.frequency_hz) < 0.005

    def close(self) -> None:
        self._running = False
        self._thread.join()
        self._socket.close()

    def _wait(self, condition: Callable[[], bool]) -> bool:
        with self._changed:
            return self._changed.wait_for(condition, _WAIT_S)

    def _run(self) -> None:
        due_s, number = time.monotonic(), 0
        while self._running:
            if select.select([self._socket], [], [], max(0.0, due_s - time.monotonic()))[0]:
                packet = self._socket.recv(2048)
                if packet[1] & 0x7F == 8:
                    with self._changed:
                        self._heard.append(_LINEAR[np.frombuffer(packet[12:], dtype=np.uint8)])
                        self.received += 1
                        self._changed.notify_all()
                continue
            due_s += _FRAME / _RATE_HZ
            if self._target is not None:
                head = struct.pack("!BBHII", 0x80, 8, number & 0xFFFF, number * _FRAME, 0x1234)
                self._socket.sendto(head + self._tone, self._target)
                number += 1
