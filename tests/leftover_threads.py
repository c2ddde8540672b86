"""Waits for the threads that a test started, also for those that are only about to begin."""

from __future__ import annotations

import threading

from tests.lab.deadline import wait_until


def threads_left(before: set[threading.Thread], grace_s: float) -> list[str]:
    """The names of the threads beside `before` that are still there after `grace_s` seconds.

    They are looked for, not joined: one that has been enumerated may not have begun yet, and may begin another one
    before it ends.
    """
    try:
        wait_until(lambda: not running_threads() - before, grace_s)
    except AssertionError:
        return sorted(thread.name for thread in running_threads() - before)
    return []


def running_threads() -> set[threading.Thread]:
    """All threads of Python; those that only came by from a library's own code do not end by themselves."""
    return {thread for thread in threading.enumerate() if not thread.name.startswith("Dummy-")}
