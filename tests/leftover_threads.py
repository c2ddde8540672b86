"""Waits for the threads that a test started, also for those that are only about to begin."""

from __future__ import annotations

import threading
import time

_POLL_S = 0.01


def threads_left(before: set[threading.Thread], grace_s: float) -> list[str]:
    """The names of the threads beside `before` that are still there after `grace_s` seconds.

    A thread that has been enumerated may not have begun yet, and may begin another one before it ends.
    """
    deadline = time.monotonic() + grace_s
    while left := running_threads() - before:
        remaining_s = deadline - time.monotonic()
        if remaining_s <= 0:
            return sorted(thread.name for thread in left)
        for thread in left:
            if thread.is_alive():  # only one that has begun can be joined
                thread.join(max(0.0, min(remaining_s, deadline - time.monotonic())))
            else:
                time.sleep(_POLL_S)
    return []


def running_threads() -> set[threading.Thread]:
    """All threads of Python; those that only came by from a library's own code cannot be joined."""
    return {thread for thread in threading.enumerate() if not thread.name.startswith("Dummy-")}
