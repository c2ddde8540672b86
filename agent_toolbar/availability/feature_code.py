"""Tells the queue by calling codes of the telephone system; needs no further secret. GUI thread.

A code that pauses and another that ends the pause may be called at any time. One that does both is only called where a
hint tells that the state is another one than is wanted, and not again before the hint had time to follow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from agent_toolbar.application.feature_code_presets import with_preset
from agent_toolbar.application.ports.availability import Abilities, OrderOutcome, OrderVerb, QueueOrder
from agent_toolbar.application.ports.runtime import Clock, Timers
from agent_toolbar.application.ports.settings import AccountSettings, AvailabilitySettings
from agent_toolbar.application.ports.telephony import (
    AnyEvent,
    AskExtensions,
    CommandRefused,
    EngineLink,
    EngineLinkChanged,
    ExtensionsAnswered,
    FeatureCodeAnswered,
    FeatureCodeEnded,
    PresenceChanged,
    SayFeatureCode,
    TelephonyEngine,
)
from agent_toolbar.availability.order_queue import OrderQueue
from agent_toolbar.availability.pause_hint import hint_extension, queue_state
from agent_toolbar.domain.agent import Confirmed, QueueState
from agent_toolbar.domain.errors import AgentToolbarError, AvailabilityError, EngineError

FIRST_REQUEST = 2_000_000  # requests of other parts have smaller numbers or none
WORK_S = 1.5  # what a dialplan without a hint is given after its answer
HINT_S = 0.5  # what a hint is given after that; then it is asked for
TOGGLE_AGAIN_S = 10.0
_STATES = {OrderVerb.PAUSE: QueueState.PAUSED, OrderVerb.UNPAUSE: QueueState.READY}
_OPPOSITE = {OrderVerb.PAUSE: OrderVerb.UNPAUSE, OrderVerb.UNPAUSE: OrderVerb.PAUSE}
_UNREACHABLE = frozenset({408, 487, 503})
_requests = count(FIRST_REQUEST)


@dataclass
class _OpenOrder:
    """The order that has no outcome yet.

    Attributes:
        target: the state that it is to bring about, None for a login or logout.
        request: of its call, 0 before there is one. done: the PBX has had its time with that call.
        moved: the hint came to the target after the call was begun.
    """

    order: QueueOrder
    target: QueueState | None
    request: int = 0
    done: bool = False
    moved: bool = False


class FeatureCodeAvailability:
    """Implements application.ports.availability.Availability."""

    def __init__(
        self,
        settings: AvailabilitySettings,
        account: Callable[[], AccountSettings],
        engine: TelephonyEngine,
        *,
        timers: Timers,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._codes = with_preset(settings.codes)
        self._account = account
        self._engine = engine
        self._timers = timers
        self._clock = clock
        self._queue = OrderQueue(timers)
        self._listener: Callable[[Confirmed], None] = lambda _confirmed: None
        self._open: _OpenOrder | None = None
        self._state = self._known_before = QueueState.UNKNOWN
        self._reason = ""
        self._toggle_again_s = 0.0
        self._looking = 0
        self._closed = self._engine_lost = False
        engine.listen(self._heard)

    @property
    def abilities(self) -> Abilities:
        return Abilities(
            confirms=bool(self.hints),
            logs_in=bool(self._codes.login or self._codes.logout),
            gives_reason="{reason}" in self._codes.pause,
        )

    @property
    def hints(self) -> tuple[str, ...]:
        hint = hint_extension(self._settings.hint, self._account().extension)
        return (hint,) if hint else ()

    def listen(self, listener: Callable[[Confirmed], None]) -> None:
        self._listener = listener

    def order(self, order: QueueOrder, on_outcome: OrderOutcome) -> None:
        self._queue.add(lambda: self._begin(order), on_outcome)

    def look(self) -> None:
        """Without a hint, what was accepted is all that is known."""
        if not self.hints:
            self._tell(self._state, self._reason)
        elif not self._looking and not self._engine_lost:
            self._looking = next(_requests)
            try:
                self._engine.send(AskExtensions(extensions=self.hints, request=self._looking))
            except AgentToolbarError:
                self._looking = 0
                self._looked(QueueState.UNKNOWN)

    def close(self) -> None:
        self._closed = True
        self._queue.close()

    # ------------------------------------------------------------------ an order

    def _begin(self, order: QueueOrder) -> None:
        """Raises an AgentToolbarError when the engine cannot be told."""
        self._open = None
        if self._engine_lost:
            raise EngineError("engine_not_attached")
        target = _STATES.get(order.verb)
        if self._code(order):
            self._open = _OpenOrder(order, target)
            self._proceed()
        elif target is None:
            self._finish(None)
        else:
            self._finish(AvailabilityError("queue_refused", detail="availability.codes"))

    def _proceed(self) -> None:
        """Calls the code now, or later, or not at all."""
        one = self._open
        if one is None or one.request:
            return
        if self._toggles(one.order):
            if not self.hints:
                self._finish(AvailabilityError("queue_refused", detail="availability.hint"))
                return
            if self._state is one.target:
                self._accept(one)
                return
            if self._state is QueueState.UNKNOWN or self._clock.now_s() < self._toggle_again_s:
                return  # until the hint says so, or CONFIRMATION_S is over
            self._toggle_again_s = self._clock.now_s() + TOGGLE_AGAIN_S
        one.request = next(_requests)
        try:
            self._engine.send(SayFeatureCode(code=self._code(one.order), request=one.request))
        except AgentToolbarError:
            self._open = None
            raise

    def _toggles(self, order: QueueOrder) -> bool:
        other = _OPPOSITE.get(order.verb)
        return other is not None and self._code(order) == self._code(QueueOrder(other))

    def _code(self, order: QueueOrder) -> str:
        """As it is called, "" where there is none or something that it needs is not known."""
        values = {"{extension}": self._account().extension, "{queue}": self._codes.queue}
        code: str = getattr(self._codes, order.verb)
        for name, value in values.items():
            if name in code and not value:
                return ""
            code = code.replace(name, value)
        return code.replace("{reason}", order.reason)

    def _accept(self, one: _OpenOrder) -> None:
        """The PBX has it: by its hint, or, where it has none, by its word that it took the code."""
        if one.target is not None:
            self._state = self._known_before = one.target
            self._reason = one.order.reason if self.abilities.gives_reason else ""
            self._tell(self._state, self._reason)
        self._finish(None)

    def _finish(self, error: AgentToolbarError | None) -> None:
        self._open = None
        self._queue.finish(error)

    # ------------------------------------------------------------------ what the engine says

    def _heard(self, event: AnyEvent | EngineLinkChanged) -> None:
        if self._closed:
            return
        one = self._open
        request = one.request if one is not None else 0
        match event:
            case FeatureCodeAnswered(request=said) if one is not None and said == request:
                self._answered(one)
            case FeatureCodeEnded(request=said) if one is not None and said == request:
                self._ended(one, event)
            case CommandRefused(request=said, code=code) if request and said == request:
                self._finish(_refusal(code))
            case CommandRefused(request=said) if said and said == self._looking:
                self._looking = 0
                self._looked(QueueState.UNKNOWN)
            case EngineLinkChanged(link=link):
                self._link_changed(link)
            case PresenceChanged(presence=presence):
                state = queue_state(presence, next(iter(self.hints), ""))
                if state is not None and state is not self._state:
                    self._hint_says(state)
            case ExtensionsAnswered(request=said, presence=presence) if said == self._looking:
                self._looking = 0
                self._looked(queue_state(presence, next(iter(self.hints), "")) or QueueState.UNKNOWN)

    def _answered(self, one: _OpenOrder) -> None:
        if self.hints and one.target is not None:
            self._done(one)
        else:
            self._timers.after_ms(round(WORK_S * 1000), lambda: self._done(one))

    def _ended(self, one: _OpenOrder, event: FeatureCodeEnded) -> None:
        if event.answered:
            self._done(one)
        else:
            code = "queue_unreachable" if event.sip_status in _UNREACHABLE else "queue_refused"
            self._toggle_again_s = 0.0
            self._finish(AvailabilityError(code, detail=str(event.sip_status)))

    def _done(self, one: _OpenOrder) -> None:
        if not one.done:
            one.done = True
            self._settle()
            self._timers.after_ms(round(HINT_S * 1000), lambda: self._look_for(one))

    def _look_for(self, one: _OpenOrder) -> None:
        """A hint that says nothing of what was done may be lost: seen with an Asterisk that was started anew."""
        if one is self._open and self.hints and not self._closed:
            self.look()

    def _settle(self) -> None:
        one = self._open
        if one is None or not one.request:
            return
        shown = one.target is None or not self.hints or self._state is one.target
        if one.moved or (one.done and shown):
            self._accept(one)

    def _link_changed(self, link: EngineLink) -> None:
        self._engine_lost = link is not EngineLink.ATTACHED
        if self._engine_lost:
            self._looking = 0
            if self.hints:
                self._state = QueueState.UNKNOWN
            if self._open is not None:
                self._finish(AvailabilityError("queue_unreachable", detail="engine_not_attached"))

    def _looked(self, state: QueueState) -> None:
        if state is self._state:
            self._tell(state, self._reason)
        else:
            self._hint_says(state, asked=True)

    def _hint_says(self, state: QueueState, *, asked: bool = False) -> None:
        """A state that is another one when it is asked for, or after nothing was heard for a while, was forgotten: what
        somebody changes is told."""
        before, self._state = self._state, state
        unheard = asked or before is QueueState.UNKNOWN
        forgotten = unheard and self._known_before not in {QueueState.UNKNOWN, state}
        one = self._open
        ours = one is not None and one.target is state
        if state is not QueueState.UNKNOWN:
            self._known_before = state
            self._toggle_again_s = 0.0
            self._reason = one.order.reason if ours and one is not None and self.abilities.gives_reason else ""
        if one is not None and ours and one.request:
            one.moved = True
        self._tell(state, self._reason, forgotten=forgotten and not ours)
        self._go_on()

    def _go_on(self) -> None:
        """With an order that waits for the hint."""
        self._settle()
        try:
            self._proceed()
        except AgentToolbarError as error:
            self._finish(AvailabilityError("queue_unreachable", detail=error.code))

    def _tell(self, state: QueueState, reason: str, *, forgotten: bool = False) -> None:
        reason = reason if state is QueueState.PAUSED else ""
        self._listener(Confirmed(state, reason, self._clock.now_s(), forgotten=forgotten))


def _refusal(code: str) -> AvailabilityError:
    """Of the engine."""
    if code == "no_line_for_code":
        return AvailabilityError("queue_no_line")
    return AvailabilityError("queue_unreachable", detail=code)
