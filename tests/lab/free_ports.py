"""Ports on loopback that nobody uses now, so that several labs can stand side by side."""

from __future__ import annotations

import os
import random
import socket
from collections import deque

_BELOW_EPHEMERAL = range(20_000, 32_000)
_WORKERS = 3  # as tests.steady starts; each has a part of the range, as none knows what another one was just told
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
_PART = len(_BELOW_EPHEMERAL) // _WORKERS
_OURS = _BELOW_EPHEMERAL[_WORKER * _PART : (_WORKER + 1) * _PART]
_lately_given: deque[range] = deque(maxlen=16)  # what a program was told to use, but may not have bound yet


def free_port() -> int:
    """A port that is free for UDP and TCP."""
    return free_range(1)


def free_range(size: int) -> int:
    """The first of `size` free ports in a row, even as RTP wants it."""
    for _ in range(1000):
        first = random.randrange(_OURS.start, _OURS.stop - size, 2)
        wanted = range(first, first + size)
        if not any(_overlap(wanted, given) for given in _lately_given) and all(_is_free(port) for port in wanted):
            _lately_given.append(wanted)
            return first
    raise RuntimeError(f"no {size} free ports in a row")


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _is_free(port: int) -> bool:
    try:
        for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
            with socket.socket(socket.AF_INET, kind) as probe:
                probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
