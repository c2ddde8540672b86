"""Tells the queue by SIP MESSAGE (RFC 3428) to a control address in the dialplan; needs no further secret. GUI thread.

The request is one line, "VERB TOKEN [REASON]": LOGIN, LOGOUT, PAUSE, UNPAUSE or STATE, and eight hexadecimal digits
that nobody can guess. The dialplan answers by a MESSAGE of its own: "OK VERB TOKEN ready|paused|out [REASON]", or
"ERR VERB TOKEN detail". Only an answer with the token of the open request counts. What somebody else changes there is
heard by a hint; then the state is asked for, as a hint gives no reason. An order that was given up may be carried out
late, after a newer one: a request is sent again for 32 s (RFC 3261 section 17.1.2.2). Its answer tells that it was.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import count

from agent_toolbar.application.ports.availability import Abilities, OrderOutcome, QueueOrder
from agent_toolbar.application.ports.runtime import Clock, Timers
from agent_toolbar.application.ports.settings import AccountSettings, AvailabilitySettings
from agent_toolbar.application.ports.telephony import (
    AnyEvent,
    CommandRefused,
    EngineLinkChanged,
    PresenceChanged,
    SendText,
    TelephonyEngine,
    TextAnswered,
    TextReceived,
)
from agent_toolbar.availability.order_queue import OrderQueue
from agent_toolbar.availability.pause_hint import hint_extension, queue_state
from agent_toolbar.domain.agent import Confirmed, QueueState
from agent_toolbar.domain.errors import AvailabilityError

FIRST_REQUEST = 1_000_000  # requests of other parts have small numbers or none
_STATES = {"ready": QueueState.READY, "paused": QueueState.PAUSED, "out": QueueState.LOGGED_OUT}
_MOST_UNANSWERED = 16
_requests = count(FIRST_REQUEST)


class SipMessageAvailability:
    """Implements application.ports.availability.Availability."""

    def __init__(
        self,
        settings: AvailabilitySettings,
        account: Callable[[], AccountSettings],
        engine: TelephonyEngine,
        *,
        timers: Timers,
        clock: Clock,
        new_token: Callable[[], str],
    ) -> None:
        """`new_token` gives eight hexadecimal digits that nobody can guess."""
        self._settings = settings
        self._account = account
        self._engine = engine
        self._clock = clock
        self._new_token = new_token
        self._queue = OrderQueue(timers)
        self._listener: Callable[[Confirmed], None] = lambda _confirmed: None
        self._token = ""
        self._verb = ""
        self._request = 0
        self._unanswered: deque[tuple[str, str]] = deque(maxlen=_MOST_UNANSWERED)  # verb and token of orders
        self._hinted = QueueState.UNKNOWN
        self._looking = False
        self._closed = False
        engine.listen(self._heard)

    @property
    def abilities(self) -> Abilities:
        return Abilities()

    @property
    def hints(self) -> tuple[str, ...]:
        hint = hint_extension(self._settings.hint, self._account().extension)
        return (hint,) if hint else ()

    def listen(self, listener: Callable[[Confirmed], None]) -> None:
        self._listener = listener

    def order(self, order: QueueOrder, on_outcome: OrderOutcome) -> None:
        self._queue.add(lambda: self._say(order.verb.upper(), order.reason), on_outcome)

    def look(self) -> None:
        if not self._looking:
            self._looking = True
            self._queue.add(lambda: self._say("STATE", ""), lambda _error: self._looked())

    def close(self) -> None:
        self._closed = True
        self._queue.close()

    def _looked(self) -> None:
        self._looking = False

    def _say(self, verb: str, reason: str) -> None:
        self._verb, self._token, self._request = verb, self._new_token(), next(_requests)
        if verb != "STATE":
            self._unanswered.append((verb, self._token))
        body = " ".join(part for part in (verb, self._token, reason) if part)
        self._engine.send(SendText(target=self._settings.control, body=body, request=self._request))

    def _heard(self, event: AnyEvent | EngineLinkChanged) -> None:
        if self._closed:
            return
        match event:
            case TextReceived(body=body):
                self._answered(body)
            case TextAnswered(request=request, sip_status=status) if request == self._request and status >= 300:
                code = "queue_unreachable" if status in {408, 503} else "queue_refused"
                self._finish(AvailabilityError(code, detail=str(status)))
            case CommandRefused(request=request, code=code) if request and request == self._request:
                self._finish(AvailabilityError("queue_unreachable", detail=code))
            case PresenceChanged(presence=presence):
                state = queue_state(presence, next(iter(self.hints), ""))
                if state is not None:
                    self._hint_says(state)

    def _answered(self, body: str) -> None:
        words = body.split()
        if len(words) < 4:
            return
        order = (words[1], words[2])
        unanswered = order in self._unanswered
        if unanswered:
            self._unanswered.remove(order)
        if order != (self._verb, self._token) or not self._token:
            if unanswered and words[0] == "OK":
                self._told(words, forgotten=True)
            return
        if words[0] != "OK":
            self._finish(AvailabilityError("queue_refused", detail=words[3][:40]))
            return
        state = _STATES.get(words[3], QueueState.UNKNOWN)
        asked_only = self._verb == "STATE" and self._hinted not in {QueueState.UNKNOWN, state}
        self._finish(None)
        self._told(words, forgotten=asked_only)

    def _told(self, words: list[str], *, forgotten: bool) -> None:
        state = _STATES.get(words[3], QueueState.UNKNOWN)
        reason = words[4][:40] if len(words) > 4 and state is QueueState.PAUSED else ""
        self._listener(Confirmed(state, reason, self._clock.now_s(), forgotten=forgotten))

    def _finish(self, error: AvailabilityError | None) -> None:
        self._token, self._request = "", 0
        self._queue.finish(error)

    def _hint_says(self, state: QueueState) -> None:
        before, self._hinted = self._hinted, state
        if state is not before and state is not QueueState.UNKNOWN:
            self.look()
