"""The computer goes to sleep: the queue hears of it first, in bounded time; then all is as before. GUI thread.

What an agent chose before a short sleep holds again after it. A computer that slept for long may wake up with nobody in
front of it, so its agent is then not ready until they say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.runtime import Clock, SleepWatch, Timer, Timers
from agent_toolbar.application.ports.settings import SettingsStore
from agent_toolbar.application.toolbar_state import Fault, FaultPlace, Remedy

FORGOTTEN_MS = 60_000  # timers stand still in a sleep: who is awake for so long was not told of the end of it
GOODBYE_LIMIT_MS = 4_000  # systemd-logind waits five seconds, see InhibitDelayMaxSec in logind.conf(5)


class SleepCourse:
    """To be told of each choice of the agent.

    Attributes:
        asleep: the computer is about to sleep, or did until now.
    """

    def __init__(
        self,
        watch: SleepWatch,
        settings: SettingsStore,
        clock: Clock,
        timers: Timers,
        *,
        goodbye: Callable[[Callable[[], None]], None],
        back: Callable[[bool], bool],
        on_change: Callable[[], None],
    ) -> None:
        """`goodbye` tells the telephone system, then calls what it is given.

        `back` takes the work up again; told whether the sleep was long, it says whether the agent is therefore away.
        """
        self._watch = watch
        self._settings = settings
        self._clock = clock
        self._timers = timers
        self._goodbye = goodbye
        self._back = back
        self._on_change = on_change
        self._began_s = 0.0
        self._away_min = 0
        self._forgotten: Timer | None = None
        self.asleep = False

    def start(self) -> None:
        self._watch.listen(self._falls_asleep, self._awake)

    def chosen(self) -> None:
        """The agent is there: they chose something."""
        self._away_min = 0

    def faults(self) -> list[Fault]:
        """Why the agent is not ready although they were before."""
        if not self._away_min:
            return []
        return [Fault("slept_long", FaultPlace.AVAILABILITY, Remedy.GO_READY, {"minutes": self._away_min})]

    def _falls_asleep(self, done: Callable[[], None]) -> None:
        waiting = [done]

        def once() -> None:
            if waiting:
                waiting.pop()()

        self.asleep, self._began_s = True, self._clock.now_s()
        self._timers.after_ms(GOODBYE_LIMIT_MS, once)
        if self._forgotten is not None:
            self._forgotten.cancel()
        self._forgotten = self._timers.after_ms(FORGOTTEN_MS, self._awake)
        self._goodbye(once)
        self._on_change()

    def _awake(self) -> None:
        if not self.asleep:
            return
        if self._forgotten is not None:
            self._forgotten.cancel()
            self._forgotten = None
        self.asleep = False
        slept_s = self._clock.now_s() - self._began_s
        long = slept_s > self._settings.current.availability.sleep_min * 60
        if self._back(long):
            self._away_min = max(1, round(slept_s / 60))
        self._on_change()
