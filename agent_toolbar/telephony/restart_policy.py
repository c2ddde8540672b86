"""When an engine that died is started again, and when that makes no sense any more. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence


class RestartPolicy:
    """One delay per death within the window; when the delays are used up, so is the patience."""

    def __init__(self, delays_s: Sequence[float], window_s: float = 60.0) -> None:
        self._delays_s = delays_s
        self._window_s = window_s
        self._deaths: deque[float] = deque()

    def note_death(self, now_s: float) -> float | None:
        """Seconds to wait before the next start, or None to give up. `now_s` is monotonic time."""
        self._deaths.append(now_s)
        while self._deaths[0] <= now_s - self._window_s:
            self._deaths.popleft()
        return self._delays_s[len(self._deaths) - 1] if len(self._deaths) <= len(self._delays_s) else None
