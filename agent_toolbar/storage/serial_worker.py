"""One thread that does jobs in the order they come, so that a database connection has one owner."""

from __future__ import annotations

import heapq
import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable

_log = logging.getLogger(__name__)


class SerialWorker:
    """A named thread with a queue. A job that fails by a fault of ours is logged, and the next one runs."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[], None]) -> None:
        """From any thread: runs `job` after those that wait already. After `close` nothing is run any more."""
        self._jobs.put(job)

    def submit_after(self, delay_s: float, job: Callable[[], None]) -> None:
        """From a job only: runs `job` once the delay is over; dropped by `close`."""
        heapq.heappush(self._later, (time.monotonic() + delay_s, next(self._order), job))

    def close(self, timeout_s: float) -> bool:
        """Runs what waits and ends the thread; False if that took longer than `timeout_s`."""
        self._jobs.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            job = self._next()
            if job is None:
                return
            try:
                job()
            except Exception:  # noqa: BLE001  one faulty job must not stop all later ones
                _log.exception("A job of %s failed", threading.current_thread().name)

    def _next(self) -> Callable[[], None] | None:
        while True:
            wait_s = max(0.0, self._later[0][0] - time.monotonic()) if self._later else None
            try:
                return self._jobs.get(timeout=wait_s)
            except queue.Empty:
                return heapq.heappop(self._later)[2]
