"""The log of the agent's days in memory."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.storage import AgentSpell


class FakeAgentLog:
    """Implements AgentLog; answers at once."""

    def __init__(self) -> None:
        self.spells: dict[float, AgentSpell] = {}

    def keep(self, spell: AgentSpell) -> None:
        self.spells[spell.began_s] = spell

    def since(self, began_s: float, on_result: Callable[[tuple[AgentSpell, ...]], None]) -> None:
        on_result(tuple(spell for _, spell in sorted(self.spells.items()) if spell.ended_s > began_s))
