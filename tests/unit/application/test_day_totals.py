"""The totals of a day whose earlier spells are answered late, after this life has kept some of its own."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.day_totals import TotalsOfDay
from agent_toolbar.application.ports.storage import AgentSpell
from agent_toolbar.domain.agent import AgentState, AgentStatus
from tests.fakes.journal import FakeAgentLog
from tests.fakes.runtime import ManualClock, ManualTimers

Answer = Callable[[tuple[AgentSpell, ...]], None]


class LateLog(FakeAgentLog):
    """Answers when the test says so."""

    def since(self, began_s: float, on_result: Answer) -> None:
        self.answer = lambda: super(LateLog, self).since(began_s, on_result)


def test_own_spells_count_once_and_are_no_earlier_life() -> None:
    clock, log = ManualClock(), LateLog()
    now_s = clock.now_s()
    log.keep(AgentSpell(AgentState.NOT_READY, "lunch", now_s - 100, now_s - 40))
    found: list[AgentSpell | None] = []
    totals = TotalsOfDay(log, clock, ManualTimers(clock), found.append)
    totals.start()
    totals.changed(AgentStatus(AgentState.READY, since_s=now_s))
    totals.changed(AgentStatus(AgentState.CTI_OFF, since_s=now_s + 10))
    log.answer()

    assert [one.reason for one in found if one is not None] == ["lunch"]
    assert (totals.totals.ready_s, totals.totals.not_ready_s) == (10, {"lunch": 60})
