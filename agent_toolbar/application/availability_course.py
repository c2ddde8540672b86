"""Tells the telephone system what the agent chose, and keeps what it confirms beside it. GUI thread.

A lost confirmation is told again with growing pauses; what somebody else changed there is shown, never overruled.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from agent_toolbar.application.ports.availability import Availability, OrderVerb, QueueOrder
from agent_toolbar.application.ports.runtime import Timer, Timers
from agent_toolbar.application.ports.settings import AvailabilitySettings, Reason, SettingsStore
from agent_toolbar.domain.agent import CONFIRMATION_S, Agreement, Confirmed, Desired, QueueState
from agent_toolbar.domain.errors import AgentToolbarError, AvailabilityError

RETRIES_S = (2, 5, 10, 30)
LOOK_S = 30


class AvailabilityCourse:
    """One adapter at a time, the one that the settings name.

    Attributes:
        desired: what the queue is to believe, None while nothing is to be told (CTI off).
        confirmed, agreement: what it said, and how that stands to `desired`.
        fault: why the queue may believe something else, None if it does not.
    """

    def __init__(
        self,
        build: Callable[[AvailabilitySettings], Availability],
        settings: SettingsStore,
        timers: Timers,
        on_change: Callable[[], None],
    ) -> None:
        self._build = build
        self._settings = settings
        self._timers = timers
        self._on_change = on_change
        self._adapter: Availability | None = None
        self._built_for: AvailabilitySettings | None = None
        self._registered = False
        self._told = 0
        self._failures = 0
        self._accepted = False
        self._retry: Timer | None = None
        self._when_settled: list[Callable[[], None]] = []
        self._farewell: list[Callable[[], None]] | None = None  # what follows the one that is under way
        self.desired: Desired | None = None
        self.confirmed = Confirmed()
        self.agreement = Agreement.NONE
        self.fault: AgentToolbarError | None = None

    def start(self) -> None:
        self.settings_changed()
        self._look_later()

    @property
    def hints(self) -> tuple[str, ...]:
        """Extensions that the engine is to watch for the adapter."""
        return self._adapter.hints if self._adapter is not None else ()

    def settings_changed(self) -> None:
        """Another adapter is told at once."""
        wanted = self._settings.current.availability
        concerning = _of_the_adapter(wanted)
        if concerning == self._built_for:
            return
        self._built_for = concerning
        if self._adapter is not None:
            self._adapter.close()
        self._adapter = self._build(wanted)
        self._adapter.listen(self._heard)
        self.confirmed = Confirmed()
        self._tell()

    # ------------------------------------------------------------------ what is to be believed

    def want(self, desired: Desired | None) -> None:
        """From now on; nothing is sent when that is wanted already."""
        if desired == self.desired:
            return
        self.desired = desired
        self._failures = 0
        self._tell()

    def tell_again(self) -> None:
        """What the agent chose, in place of what somebody else set."""
        self._failures = 0
        self._tell()

    def registration_changed(self, registered: bool) -> None:
        """A telephone system that comes back is told everything anew."""
        if registered == self._registered:
            return
        self._registered = registered
        self._failures = 0
        if registered:
            self._tell()
        else:
            self._cancel_retry()
            self._told += 1
            self.confirmed, self.agreement, self.fault = Confirmed(), Agreement.NONE, None
            self._settled()

    def settle(self, timeout_ms: int, then: Callable[[], None]) -> None:
        """Calls `then` once: when no order is under way any more, at the latest after `timeout_ms`."""
        if self.agreement is not Agreement.PENDING:
            then()
            return
        waiting = [then]

        def once() -> None:
            if waiting:
                waiting.pop()()

        self._when_settled.append(once)
        self._timers.after_ms(timeout_ms, once)

    def leave(self, then: Callable[[], None], reason: str = "") -> None:
        """Before the telephone goes: not ready, logged out where it logged in; `then` after CONFIRMATION_S at most."""
        if self._farewell is not None:
            self._farewell.append(then)
            return
        if not self._registered or self._adapter is None or self.desired is None:
            then()
            return
        waiting = self._farewell = [then]

        def once(_error: AgentToolbarError | None = None) -> None:
            if self._farewell is waiting:
                self._farewell = None
            while waiting:
                waiting.pop(0)()

        self._told += 1
        self._cancel_retry()
        self.desired, self.agreement, self.fault = None, Agreement.NONE, None
        self._timers.after_ms(round(CONFIRMATION_S * 1000), once)
        if self._logs_in:
            self._adapter.order(QueueOrder(OrderVerb.PAUSE, reason), lambda _error: None)
            self._adapter.order(QueueOrder(OrderVerb.LOGOUT), once)
        else:
            self._adapter.order(QueueOrder(OrderVerb.PAUSE, reason), once)

    # ------------------------------------------------------------------ telling

    @property
    def _logs_in(self) -> bool:
        return (
            self._adapter is not None
            and self._adapter.abilities.logs_in
            and self._settings.current.availability.logs_in
        )

    def _tell(self) -> None:
        self._cancel_retry()
        self._told += 1
        self._accepted = False
        self._farewell = None  # whoever leaves next says so again
        adapter, desired, told = self._adapter, self.desired, self._told
        if adapter is None or desired is None or not self._registered:
            self.agreement, self.fault = Agreement.NONE, None
            self._settled()
            return
        self.agreement = Agreement.PENDING
        verb = OrderVerb.UNPAUSE if desired.ready else OrderVerb.PAUSE
        order = QueueOrder(verb, "" if desired.ready else desired.reason)
        if self._logs_in:
            adapter.order(QueueOrder(OrderVerb.LOGIN), lambda error: self._login_outcome(told, error))
        adapter.order(order, lambda error: self._outcome(told, error))
        self._on_change()

    def _login_outcome(self, told: int, error: AgentToolbarError | None) -> None:
        if told == self._told and error is not None:
            self._lost(error)

    def _outcome(self, told: int, error: AgentToolbarError | None) -> None:
        adapter = self._adapter
        if told != self._told or adapter is None:
            return
        if error is not None:
            self._lost(error)
            return
        self._accepted = True
        if not adapter.abilities.tells_queue:
            self._agree(Agreement.PHONE_ONLY)
        elif not adapter.abilities.confirms:
            self._agree(Agreement.UNCONFIRMED)
        elif self._matches():
            self._agree(Agreement.CONFIRMED)
        elif self.agreement is Agreement.PENDING:

            def late() -> None:
                if told == self._told and self.agreement is Agreement.PENDING:
                    self._lost(AvailabilityError("queue_timeout"))

            adapter.look()
            self._timers.after_ms(round(CONFIRMATION_S * 1000), late)

    def _heard(self, confirmed: Confirmed) -> None:
        if self._adapter is not None and not self._adapter.abilities.confirms:
            return  # what was accepted is no more than what was told
        if confirmed.state is self.confirmed.state and confirmed.reason == self.confirmed.reason:
            return
        self.confirmed = confirmed
        adapter = self._adapter
        known = confirmed.state is not QueueState.UNKNOWN
        if adapter is not None and adapter.abilities.tells_queue and self.desired is not None and known:
            if self._matches():
                if self._accepted or self.agreement is Agreement.CHANGED_THERE:
                    self._agree(Agreement.CONFIRMED)
                    return
            elif confirmed.forgotten and self.agreement is Agreement.CONFIRMED:
                self.tell_again()
                return
            elif self.agreement in {Agreement.CONFIRMED, Agreement.CHANGED_THERE}:
                self.agreement = Agreement.CHANGED_THERE
                self.fault = AvailabilityError(
                    "queue_changed_there", state=confirmed.state.value, reason=confirmed.reason
                )
        self._on_change()

    def _matches(self) -> bool:
        if self.desired is None:
            return False
        return self.confirmed.state is (QueueState.READY if self.desired.ready else QueueState.PAUSED)

    def _agree(self, agreement: Agreement) -> None:
        self.agreement, self.fault, self._failures = agreement, None, 0
        self._settled()
        self._on_change()

    def _lost(self, error: AgentToolbarError) -> None:
        self._told += 1
        pause_s = RETRIES_S[min(self._failures, len(RETRIES_S) - 1)]
        self._failures += 1
        self.agreement = Agreement.LOST
        self.fault = error
        self._retry = self._timers.after_ms(pause_s * 1000, self._tell)
        self._settled()
        self._on_change()

    def _settled(self) -> None:
        waiting, self._when_settled = self._when_settled, []
        for then in waiting:
            then()

    def _cancel_retry(self) -> None:
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None

    def _look_later(self) -> None:
        """A telephone system that was started anew may believe something else and say nothing of it."""

        def look() -> None:
            adapter = self._adapter
            quiet = self.agreement in {Agreement.CONFIRMED, Agreement.CHANGED_THERE}
            if adapter is not None and self._registered and quiet and adapter.abilities.tells_queue:
                adapter.look()
            self._look_later()

        self._timers.after_ms(LOOK_S * 1000, look)


def _of_the_adapter(settings: AvailabilitySettings) -> AvailabilitySettings:
    """Without what only the toolbar itself needs: another word for a reason is no reason to tell the queue anew."""
    usual = AvailabilitySettings()
    return msgspec.structs.replace(
        settings,
        reasons=tuple(Reason(one.code) for one in settings.reasons),
        ready_at_start=usual.ready_at_start,
        hours=usual.hours,
        days=usual.days,
        idle_min=usual.idle_min,
        idle_reason=usual.idle_reason,
        idle_answer_s=usual.idle_answer_s,
        test_number=usual.test_number,
    )
