"""Sends digits one after the other, with pauses. SIP thread only."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

from agent_toolbar.domain.errors import CallError
from agent_toolbar.engine.timer_queue import TimerHandle, TimerQueue

_PAUSE = ","
_PAUSE_S = 1.0
_DIGIT_S = 0.26  # the library's RFC 4733 event and the gap after it, so that its queue of 32 never fills
_ALLOWED = re.compile(r"[0-9A-Da-d*#,]{1,64}")


class DtmfSender:
    """A queue of digits of one call."""

    def __init__(self, timers: TimerQueue, send: Callable[[str], bool]) -> None:
        """send: gives one digit to the library; False when the call cannot take it, which drops the rest."""
        self._timers = timers
        self._send = send
        self._queue: deque[str] = deque()
        self._timer: TimerHandle | None = None

    def queue(self, digits: str) -> None:
        """Raises CallError("bad_digits") for anything but 0-9 A-D * # and "," (one second)."""
        if not _ALLOWED.fullmatch(digits):
            raise CallError("bad_digits")
        self._queue.extend(digits.upper())
        if self._timer is None:
            self._next()

    def stop(self) -> None:
        self._queue.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _next(self) -> None:
        self._timer = None
        if not self._queue:
            return
        digit = self._queue.popleft()
        if digit != _PAUSE and not self._send(digit):
            self._queue.clear()
            return
        self._timer = self._timers.after(_PAUSE_S if digit == _PAUSE else _DIGIT_S, self._next)
