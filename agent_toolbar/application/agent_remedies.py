"""What the one button of a fault, or of the doctor, does about switch, choice, queue and wrap-up. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.agent_day import AgentDay
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import Remedy


def repair(remedy: Remedy, toolbar: Toolbar, day: AgentDay) -> None:
    """Nothing for a remedy that is not the agent's. Raises what the deed itself raises."""
    deeds: dict[Remedy, Callable[[], None]] = {
        Remedy.TELL_QUEUE: day.availability.tell_again,
        Remedy.ACCEPT_QUEUE: day.accept_queue,
        Remedy.SWITCH_CTI_ON: lambda: toolbar.switch_cti(True),
        Remedy.GO_READY: lambda: toolbar.set_ready(True),
        Remedy.FINISH_WRAP_UP: toolbar.finish_wrap_up,
    }
    if remedy in deeds:
        deeds[remedy]()
