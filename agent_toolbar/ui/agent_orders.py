"""What a person orders about their own availability and the record of a call. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from agent_toolbar.application.ports.settings import Reason
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.domain.agent import AgentState
from agent_toolbar.domain.number_finding import NumberFinding

if TYPE_CHECKING:
    from agent_toolbar.ui.orders import Orders


class AgentOrders(QObject):
    """Refusals are told by Orders.

    Signals:
        note_asked: this reason (code) needs a note before it can be set.
        finishing: a wrap-up is about to be finished; who holds unsaved fields of it passes them on now.
        finish_refused: it could not be finished.
    """

    note_asked = Signal(str)
    finishing = Signal()
    finish_refused = Signal()

    def __init__(self, toolbar: Toolbar, orders: Orders) -> None:
        super().__init__(orders)
        self._toolbar = toolbar
        self._orders = orders

    @property
    def is_ready(self) -> bool:
        """The agent takes calls, or will after this one."""
        agent = self._toolbar.state.agent
        if agent.after_call is not None:
            return agent.after_call.ready
        if agent.state in {AgentState.RINGING, AgentState.ON_CALL}:
            return agent.desired.ready or agent.desired.reason == self._toolbar.settings.wrap_up.reason
        return agent.state is not AgentState.NOT_READY

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self._toolbar.settings.availability.reasons

    def toggle_ready(self) -> None:
        self.set_ready(not self.is_ready)

    def set_ready(self, ready: bool, reason: str = "", note: str = "") -> bool:
        """Answers whether it was done. Out of a wrap-up the way is to finish it."""
        return self._orders.carry_out(lambda: self._toolbar.set_ready(ready, reason, note))

    def choose(self, ready: bool, reason: str = "", note: str = "") -> bool:
        """From the menu: as set_ready; an open wrap-up is finished by it. Answers whether it was done."""
        wanted = next((known for known in self.reasons if known.code == reason), None)
        if wanted is not None and wanted.needs_note and not note:
            self.note_asked.emit(reason)
            return False
        if self._toolbar.state.agent.state is AgentState.WRAP_UP:
            return self.finish_wrap_up(not_ready=not ready, reason=reason, note=note)
        return self.set_ready(ready, reason, note)

    def begin_wrap_up(self) -> bool:
        return self._orders.carry_out(self._toolbar.begin_wrap_up)

    def edit_wrap_up(
        self,
        *,
        subject: str | None = None,
        disposition: str | None = None,
        follow_up: str | None = None,
        finding: NumberFinding | None = None,
    ) -> bool:
        """Answers whether it was taken; None leaves a field as it is."""
        return self._orders.carry_out(
            lambda: self._toolbar.edit_wrap_up(
                subject=subject, disposition=disposition, follow_up=follow_up, finding=finding
            )
        )

    def extend_wrap_up(self) -> None:
        self._orders.carry_out(self._toolbar.extend_wrap_up)

    def finish_wrap_up(self, *, not_ready: bool = False, reason: str = "", note: str = "") -> bool:
        self.finishing.emit()
        done = self._orders.carry_out(
            lambda: self._toolbar.finish_wrap_up(not_ready=not_ready, reason=reason, note=note)
        )
        if not done:
            self.finish_refused.emit()
        return done

    def still_there(self) -> None:
        self._orders.carry_out(self._toolbar.still_there)
