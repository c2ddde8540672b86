"""Not ready for this telephone only: it refuses new calls, and the queue does not know. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.availability import Abilities, OrderOutcome, OrderVerb, QueueOrder
from agent_toolbar.application.ports.runtime import Clock
from agent_toolbar.application.ports.telephony import (
    AnyEvent,
    EngineLink,
    EngineLinkChanged,
    RefuseCalls,
    TelephonyEngine,
)
from agent_toolbar.domain.agent import Confirmed, QueueState
from agent_toolbar.domain.errors import AgentToolbarError, AvailabilityError

_REFUSING = frozenset({OrderVerb.PAUSE, OrderVerb.LOGOUT})


class PhoneOnlyAvailability:
    """Implements application.ports.availability.Availability."""

    def __init__(self, engine: TelephonyEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._listener: Callable[[Confirmed], None] = lambda _confirmed: None
        self._refusing = False
        self._closed = False
        engine.listen(self._heard)

    @property
    def abilities(self) -> Abilities:
        return Abilities(tells_queue=False, logs_in=False, gives_reason=False)

    @property
    def hints(self) -> tuple[str, ...]:
        return ()

    def listen(self, listener: Callable[[Confirmed], None]) -> None:
        self._listener = listener

    def order(self, order: QueueOrder, on_outcome: OrderOutcome) -> None:
        refusing = order.verb in _REFUSING
        try:
            if refusing != self._refusing:
                self._engine.send(RefuseCalls(refusing=refusing))
        except AgentToolbarError as error:
            on_outcome(AvailabilityError("queue_unreachable", detail=error.code))
            return
        self._refusing = refusing
        on_outcome(None)
        self.look()

    def look(self) -> None:
        state = QueueState.PAUSED if self._refusing else QueueState.READY
        self._listener(Confirmed(state, "", self._clock.now_s()))

    def close(self) -> None:
        """Another adapter takes over: this telephone rings again."""
        self._closed = True
        if self._refusing:
            self._refusing = False
            self._engine.send(RefuseCalls(refusing=False))

    def _heard(self, event: AnyEvent | EngineLinkChanged) -> None:
        """A new engine refuses nothing; one that went on may, from an earlier toolbar."""
        if self._closed or not isinstance(event, EngineLinkChanged) or event.link is not EngineLink.ATTACHED:
            return
        self._engine.send(RefuseCalls(refusing=self._refusing))
