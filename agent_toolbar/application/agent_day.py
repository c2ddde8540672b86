"""The agent's state as one: switch, calls, choice, wrap-up, the queue's word and today's totals. GUI thread.

Steers the queue from what the agent chose; owns nothing that a call is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent_toolbar.application.agent_choice import AgentChoice
from agent_toolbar.application.agent_session import AgentSession
from agent_toolbar.application.availability_course import AvailabilityCourse
from agent_toolbar.application.call_ledger import CallLedger
from agent_toolbar.application.connection_hours import ConnectionHours
from agent_toolbar.application.day_totals import TotalsOfDay
from agent_toolbar.application.idle_course import IdleCourse
from agent_toolbar.application.ports.storage import AgentSpell
from agent_toolbar.application.sleep_course import SleepCourse
from agent_toolbar.application.toolbar_parts import ToolbarParts
from agent_toolbar.application.toolbar_state import CallView, Fault, FaultPlace, Remedy
from agent_toolbar.application.wrap_up_course import WrapUpCourse
from agent_toolbar.domain.agent import AgentState, AgentStatus, Agreement, Choice, Desired, KeptChoice, QueueState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.errors import AgentError
from agent_toolbar.domain.registration import RegistrationState

PAUSE_BEFORE_HANG_UP_MS = 700
ASLEEP = "asleep"  # the reason that the queue is told

_SAYS_WHAT_TO_DO = ("manifest_", "queue_no_password", "queue_wrong_password")
_UNDECIDED = frozenset({RegistrationState.OFF, RegistrationState.REGISTERING, RegistrationState.UNREGISTERING})


class AgentDay:
    """To be told of calls and of the registration; `status` is what the bar shows.

    Attributes:
        availability, wrap_up, idle, sleep, choice: its parts, for whoever needs one of them.
    """

    def __init__(
        self, parts: ToolbarParts, ledger: CallLedger, session: AgentSession, on_change: Callable[[], None]
    ) -> None:
        self._parts = parts
        self._ledger = ledger
        self._session = session
        self._status = AgentStatus(since_s=parts.clock.now_s())
        self.choice = AgentChoice(parts.settings)
        self.availability = AvailabilityCourse(parts.availability, parts.settings, parts.timers, on_change)
        self.wrap_up = WrapUpCourse(
            parts.journal,
            parts.settings,
            self.choice,
            parts.clock,
            parts.timers,
            live=lambda: ledger.live,
            on_change=on_change,
        )
        self.idle = IdleCourse(
            parts.idle,
            parts.settings,
            parts.clock,
            parts.timers,
            waits_for_calls=lambda: self._state() is AgentState.READY,
            go_away=lambda reason: self.set_ready(False, reason, ""),
            on_change=on_change,
        )
        self.sleep = SleepCourse(
            parts.sleep,
            parts.settings,
            parts.clock,
            parts.timers,
            goodbye=self._say_goodbye,
            back=self._come_back,
            on_change=on_change,
        )
        self._hours = ConnectionHours(parts.settings, parts.clock, parts.timers, self._begin_hours)
        self._totals = TotalsOfDay(parts.agent_log, parts.clock, parts.timers, self._earlier)
        self._on_change = on_change
        self._leaving = 0
        self._kept: KeptChoice | None = None  # None until the earlier one was read
        self._earlier_choice: KeptChoice | None = None
        self._calls_known = False

    def start(self) -> None:
        if not self._parts.settings.current.availability.ready_at_start:
            self.choice.restore(KeptChoice(Choice.NOT_READY))
        self._parts.agent_log.last_choice(self._choice_read)
        self.availability.start()
        self._totals.start()
        self.wrap_up.start()
        self.idle.start()
        self.sleep.start()
        self._hours.start()

    # ------------------------------------------------------------------ what the agent asks

    def set_ready(self, ready: bool, reason: str, note: str) -> None:
        self.choice.choose(ready, reason, note, in_call=self._in_call)
        self.sleep.chosen()
        if self.availability.agreement is Agreement.CHANGED_THERE:
            self.availability.desired = None  # also what was chosen before is to be said again
        self._on_change()

    def begin_wrap_up(self, call_id: str) -> None:
        ended = self._ledger.just_ended
        meant = call_id or self._ledger.current() or (ended[0].call.id if ended else "")
        over = next((view for view in ended if view.call.id == meant), None)
        self.wrap_up.by_hand(self._ledger.find(meant) or over, call_id)

    def before_hang_up(self, call_id: str, then: Callable[[], None]) -> None:
        """`then` once the queue has heard of the pause that the end of this call brings, without a long wait."""
        self.wrap_up.ending(call_id)
        self.steer()
        if self.wrap_up.pausing:
            self.availability.settle(PAUSE_BEFORE_HANG_UP_MS, then)
        else:
            then()

    def leave(self, then: Callable[[], None]) -> None:
        """The queue hears that the agent goes; then `then`, within some seconds, unless the agent stays after all."""
        self._leaving += 1
        leaving = self._leaving

        def gone() -> None:
            if self._leaving == leaving:
                self._leaving = 0
                then()

        self.availability.leave(gone)
        if self._leaving:
            self._session.signing_off()

    def stay(self) -> None:
        """CTI is to go on: whoever is about to leave does not."""
        self._leaving = 0

    def accept_queue(self) -> None:
        """What somebody else set becomes the agent's own choice."""
        confirmed = self.availability.confirmed
        ready = confirmed.state is QueueState.READY
        if self.choice.choice is Choice.WRAP_UP:
            raise AgentError("wrap_up_open")
        known = self.choice.reason_named(confirmed.reason)
        note = confirmed.reason if known is not None and known.needs_note else ""
        self.choice.choose(ready, "" if ready or known is None else known.code, note, in_call=False)
        self.availability.desired = None
        self._on_change()

    # ------------------------------------------------------------------ what happens

    def call_changed(self, view: CallView) -> None:
        self.wrap_up.call_changed(view)
        if not self._in_call:
            self.choice.call_over()

    def calls_known(self) -> None:
        """The engine said which calls there are; one of an earlier life may have ended meanwhile."""
        self._calls_known = True
        self.wrap_up.calls_known()
        if not self._in_call:
            self.choice.call_over()

    def steer(self) -> None:
        """Tells the queue what is to be believed now, if that is news."""
        session = self._session
        if self._kept is not None and self.choice.kept != self._kept:
            self._kept = self.choice.kept
            self._parts.agent_log.keep_choice(self._kept)
        if self._leaving or self.sleep.asleep:
            return
        self.availability.registration_changed(session.registration.state is RegistrationState.REGISTERED)
        if not session.cti_on:
            self.availability.want(None)
        elif self.wrap_up.pausing and (self.choice.desired.ready or self.wrap_up.open is not None):
            self.availability.want(Desired(False, self._parts.settings.current.wrap_up.reason))
        else:
            self.availability.want(self.choice.desired)

    def status(self) -> AgentStatus:
        """`since_s` moves only when state or reason do."""
        state, choice, availability = self._state(), self.choice, self.availability
        reason = choice.reason if state is AgentState.NOT_READY else ""
        before = self._status
        same = (state, reason) == (before.state, before.reason)
        since_s = before.since_s if same else self._parts.clock.now_s()
        known = choice.reason_named(reason) if reason else None
        status = AgentStatus(
            state=state,
            reason=reason,
            note=choice.note if state is AgentState.NOT_READY else "",
            since_s=since_s,
            overdue_s=since_s + known.max_s if known is not None and known.max_s else 0.0,
            desired=availability.desired or choice.desired,
            confirmed=availability.confirmed,
            agreement=availability.agreement,
            after_call=choice.after_call,
        )
        self._status = replace(status, totals=self._totals.changed(status))
        return self._status

    def faults(self) -> list[Fault]:
        return self._faults_of_queue() + self.sleep.faults()

    # ------------------------------------------------------------------ inside

    @property
    def _in_call(self) -> bool:
        return any(view.call.state is not CallState.RINGING for view in self._ledger.live)

    def _faults_of_queue(self) -> list[Fault]:
        fault = self.availability.fault
        if fault is None:
            return []
        if fault.code == "queue_changed_there":
            return [Fault(fault.code, FaultPlace.AVAILABILITY, Remedy.TELL_QUEUE, fault.params)]
        if fault.code.startswith(_SAYS_WHAT_TO_DO):
            return [Fault(fault.code, FaultPlace.AVAILABILITY, Remedy.TELL_QUEUE, fault.params)]
        detail = str(fault.params.get("detail", ""))
        return [
            Fault("queue_state_lost", FaultPlace.AVAILABILITY, Remedy.TELL_QUEUE, {"why": fault.code, "detail": detail})
        ]

    def _say_goodbye(self, then: Callable[[], None]) -> None:
        """Before the computer sleeps. A call that is up is not ended, and keeps its registration."""

        def told() -> None:
            if self.sleep.asleep and not self._ledger.live:
                self._session.rest(then)
            else:
                then()

        self.availability.leave(told, ASLEEP)

    def _come_back(self, long: bool) -> bool:
        away = long and self._session.cti_on and self.choice.nobody_there()
        self.wrap_up.woke()
        self._session.wake()
        return away

    def _begin_hours(self) -> None:
        settings = self._parts.settings
        if settings.current.account.configured and settings.policy_fault is None and not self._session.cti_on:
            self.stay()
            self._session.switch_cti(True)

    def _earlier(self, last: AgentSpell | None) -> None:
        """What was chosen today holds again in the next life of the toolbar."""
        if last is not None and self._earlier_choice is not None:
            self.choice.restore(self._earlier_choice)
            if self._calls_known:
                self.calls_known()
        self._kept = self.choice.kept
        self._parts.agent_log.keep_choice(self._kept)
        self._on_change()

    def _choice_read(self, choice: KeptChoice | None) -> None:
        self._earlier_choice = choice

    def _state(self) -> AgentState:
        calls = self._ledger.live
        if self.sleep.asleep and self._session.cti_on:
            return AgentState.ASLEEP
        if self._in_call:
            return AgentState.ON_CALL
        if calls:
            return AgentState.RINGING
        if self.wrap_up.open is not None:
            return AgentState.WRAP_UP
        return self._state_of_switch()

    def _state_of_switch(self) -> AgentState:
        session = self._session
        if not session.cti_on:
            return AgentState.CTI_OFF
        if session.registration.state in _UNDECIDED:
            return AgentState.CONNECTING
        if session.registration.state is not RegistrationState.REGISTERED:
            return AgentState.UNKNOWN
        return AgentState.READY if self.choice.choice is Choice.READY else AgentState.NOT_READY
