"""How long the agent was what today: spells go to the log as they happen, so that a crash loses seconds. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from agent_toolbar.application.ports.runtime import Clock, Timers
from agent_toolbar.application.ports.storage import AgentLog, AgentSpell
from agent_toolbar.domain.agent import AgentState, AgentStatus, DayTotals

KEEP_S = 20
GAP_S = 120  # no computer is so busy that it keeps nothing for so long: it slept, or the clock was set
_READY = frozenset({AgentState.READY, AgentState.RINGING})


class TotalsOfDay:
    """To be told of every status; gives the totals without the running spell.

    on_loaded gets the last spell of an earlier life of this toolbar today, None if there is none.
    """

    def __init__(
        self,
        log: AgentLog,
        clock: Clock,
        timers: Timers,
        on_loaded: Callable[[AgentSpell | None], None],
    ) -> None:
        self._log = log
        self._clock = clock
        self._timers = timers
        self._on_loaded = on_loaded
        self._spells: list[AgentSpell] = []
        self._running: AgentSpell | None = None
        self._kept_s = 0.0
        self._day = 0.0
        self.totals = DayTotals()

    def start(self) -> None:
        now_s = self._clock.now_s()
        self._day = _midnight(now_s)

        def loaded(spells: tuple[AgentSpell, ...]) -> None:
            running = [self._running] if self._running is not None else []
            own = {one.began_s for one in self._spells + running}  # what was kept before this answer came
            earlier = [one for one in spells if one.began_s not in own]
            self._spells = earlier + self._spells
            self._count()
            self._on_loaded(earlier[-1] if earlier else None)

        self._log.since(self._day, loaded)
        self._keep_later()

    def changed(self, status: AgentStatus) -> DayTotals:
        """The totals in view of what the agent is now."""
        self._leave_gap_out()
        running = self._running
        if running is None or (running.state, running.reason) != (status.state.value, status.reason):
            self._close(status.since_s)
            self._running = AgentSpell(status.state.value, status.reason, status.since_s, status.since_s)
            self._log.keep(self._running)
            self._count()
        return self.totals

    def _leave_gap_out(self) -> None:
        """Hours that the computer slept, without a word before, count as nothing."""
        now_s, before_s, running = self._clock.now_s(), self._kept_s, self._running
        self._kept_s = now_s
        if running is not None and before_s and now_s - before_s > GAP_S:
            self._close(max(before_s, running.began_s))
            self._running = AgentSpell(running.state, running.reason, now_s, now_s)
            self._log.keep(self._running)
            self._count()

    def _close(self, now_s: float) -> None:
        running = self._running
        if running is None:
            return
        done = AgentSpell(running.state, running.reason, running.began_s, now_s)
        self._spells.append(done)
        self._log.keep(done)
        self._running = None

    def _count(self) -> None:
        ready_s = talk_s = wrap_up_s = 0.0
        not_ready_s: dict[str, float] = {}
        for spell in self._spells:
            lasted_s = max(0.0, spell.ended_s - max(spell.began_s, self._day))
            if spell.state in _READY:
                ready_s += lasted_s
            elif spell.state == AgentState.ON_CALL:
                talk_s += lasted_s
            elif spell.state == AgentState.WRAP_UP:
                wrap_up_s += lasted_s
            elif spell.state == AgentState.NOT_READY:
                not_ready_s[spell.reason] = not_ready_s.get(spell.reason, 0.0) + lasted_s
        until_s = self._running.began_s if self._running is not None else 0.0
        self.totals = DayTotals(ready_s, talk_s, wrap_up_s, not_ready_s, until_s)

    def _keep_later(self) -> None:
        def keep() -> None:
            self._leave_gap_out()
            now_s, running = self._clock.now_s(), self._running
            if _midnight(now_s) != self._day:
                self._day = _midnight(now_s)
                self._spells = [one for one in self._spells if one.ended_s > self._day]
                self._count()
            if running is not None:
                self._log.keep(AgentSpell(running.state, running.reason, running.began_s, now_s))
            self._keep_later()

        self._timers.after_ms(KEEP_S * 1000, keep)


def _midnight(now_s: float) -> float:
    """Of the local day, seconds since the epoch."""
    return datetime.fromtimestamp(now_s).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
