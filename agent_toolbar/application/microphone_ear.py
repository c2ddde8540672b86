"""Listens to the microphone for a moment and says how loud it was at its loudest. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.level_watch import LevelWatch
from agent_toolbar.application.ports.runtime import Timers
from agent_toolbar.application.ports.telephony import LevelsMeasured
from agent_toolbar.domain.audio import QUIET_DBFS, dbfs_of_level

LISTEN_MS = 1_000  # from the first sound
SILENCE_MS = 2_500  # a microphone by radio opens up to two seconds late

OnHeard = Callable[[float | None], None]


class MicrophoneEar:
    """One listening at a time or several; each opens the microphone only where no call has it open already."""

    def __init__(self, levels: LevelWatch, timers: Timers) -> None:
        self._levels = levels
        self._timers = timers

    def listen(self, on_heard: OnHeard) -> None:
        """The loudest level in dBFS (see domain.audio.dbfs_of_level), None when nothing was measured.

        Answers as soon as something is loud enough to be a voice, within SILENCE_MS in every case.
        """
        _Listening(self._levels, self._timers, on_heard).begin()


class _Listening:
    def __init__(self, levels: LevelWatch, timers: Timers, on_heard: OnHeard) -> None:
        self._levels = levels
        self._timers = timers
        self._on_heard: OnHeard | None = on_heard
        self._loudest: float | None = None

    def begin(self) -> None:
        self._timers.after_ms(SILENCE_MS, self._end)
        self._levels.add(self._measured)

    def _measured(self, levels: LevelsMeasured) -> None:
        if not self._loudest and levels.microphone > 0:
            self._timers.after_ms(LISTEN_MS, self._end)
        self._loudest = max(self._loudest or 0.0, levels.microphone)
        if dbfs_of_level(self._loudest) > QUIET_DBFS:
            self._end()

    def _end(self) -> None:
        on_heard, self._on_heard = self._on_heard, None
        if on_heard is not None:
            self._levels.remove(self._measured)
            on_heard(None if self._loudest is None else dbfs_of_level(self._loudest))
