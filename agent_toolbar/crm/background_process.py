"""What every process of a job does with its pipes: the job comes on stdin, reports go to stdout.

It stops when its input ends, which is also when the toolbar dies.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import TypeVar

import msgspec

Job = TypeVar("Job", bound=msgspec.Struct)
_BACKGROUND_NICENESS = 10
_STDIN = 0


def take_job(kind: type[Job]) -> tuple[Job, threading.Event]:
    """The job, and what is set once nobody wants its outcome. From now on this process gives way to others."""
    job = msgspec.json.decode(sys.stdin.buffer.readline(), type=kind)
    if hasattr(os, "nice"):
        os.nice(_BACKGROUND_NICENESS)
    cancelled = threading.Event()
    threading.Thread(target=_watch_input, args=(cancelled,), name="job-input", daemon=True).start()
    return job, cancelled


def report(message: msgspec.Struct) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(message) + b"\n")
    sys.stdout.buffer.flush()


def _watch_input(cancelled: threading.Event) -> None:
    """Reads past Python's buffered stdin, whose lock would be held while the interpreter ends."""
    while os.read(_STDIN, 4096):
        pass
    cancelled.set()
