"""A telephone system's queue in memory, behind the port Availability: answers when the test says so, or at once."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.availability import Abilities, OrderOutcome, OrderVerb, QueueOrder
from agent_toolbar.domain.agent import Confirmed, QueueState
from agent_toolbar.domain.errors import AgentToolbarError

_RESULTS = {
    OrderVerb.LOGIN: QueueState.READY,
    OrderVerb.LOGOUT: QueueState.LOGGED_OUT,
    OrderVerb.PAUSE: QueueState.PAUSED,
    OrderVerb.UNPAUSE: QueueState.READY,
}


class FakeAvailability:
    """Implements Availability.

    Attributes:
        orders: what it was told, oldest first. open: outcomes that the test has not given yet.
        answers: it accepts and confirms at once.
    """

    def __init__(self, abilities: Abilities | None = None, *, answers: bool = True) -> None:
        self.abilities = abilities or Abilities()
        self.hints: tuple[str, ...] = ()
        self.answers = answers
        self.orders: list[QueueOrder] = []
        self.open: list[tuple[QueueOrder, OrderOutcome]] = []
        self.looks = 0
        self.closed = False
        self._listener: Callable[[Confirmed], None] = lambda _confirmed: None

    def listen(self, listener: Callable[[Confirmed], None]) -> None:
        self._listener = listener

    def order(self, order: QueueOrder, on_outcome: OrderOutcome) -> None:
        self.orders.append(order)
        self.open.append((order, on_outcome))
        if self.answers:
            self.accept()

    def look(self) -> None:
        self.looks += 1

    def close(self) -> None:
        self.closed = True

    def accept(self) -> None:
        """The oldest open order is accepted, and the queue says so."""
        order, on_outcome = self.open.pop(0)
        on_outcome(None)
        if self.abilities.confirms and self.abilities.tells_queue:
            self.says(_RESULTS[order.verb], order.reason)

    def refuse(self, error: AgentToolbarError) -> None:
        self.open.pop(0)[1](error)

    def says(self, state: QueueState, reason: str = "", *, forgotten: bool = False) -> None:
        self._listener(Confirmed(state, reason, forgotten=forgotten))
