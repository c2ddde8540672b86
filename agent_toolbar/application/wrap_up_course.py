"""The time after a call in which its record is finished: after which calls, what was typed, when it ends. GUI thread.

Everything typed goes to the journal at once. The queue hears of the pause before the call ends, see `pausing`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent_toolbar.application.agent_choice import AgentChoice
from agent_toolbar.application.ports.runtime import Clock, Timer, Timers
from agent_toolbar.application.ports.settings import PauseFrom, SettingsStore, WrapUpAfter, WrapUpEnd, WrapUpSettings
from agent_toolbar.application.ports.storage import CallJournal, CallRecord, JournalQuery
from agent_toolbar.application.toolbar_state import CallView, WrapUpView
from agent_toolbar.domain.agent import Choice
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallState
from agent_toolbar.domain.errors import AgentError
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.phone_number import NumberKind, display_number
from agent_toolbar.domain.text import plain_text
from agent_toolbar.domain.wrap_up import SUBJECT_LENGTH, MissingField, WrapUp, checked_follow_up

NEWEST = 20  # so many of the last calls may be ones that nobody answered

_HANDED_ON = frozenset({CallEndCause.HANDED_OVER, CallEndCause.REDIRECTED})


class WrapUpCourse:
    """At most one is open; further calls that end meanwhile wait for theirs.

    Attributes:
        open: the one that is being finished, None if there is none.
    """

    def __init__(
        self,
        journal: CallJournal,
        settings: SettingsStore,
        choice: AgentChoice,
        clock: Clock,
        timers: Timers,
        *,
        live: Callable[[], tuple[CallView, ...]],
        on_change: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._settings = settings
        self._choice = choice
        self._clock = clock
        self._timers = timers
        self._live = live
        self._on_change = on_change
        self._promised: dict[str, bool] = {}  # id of a call: by hand
        self._asked_before: dict[
            str, WrapUp
        ] = {}  # asked for in an earlier life, before the calls of this one are known
        self._calls_known = False
        self._ending: set[str] = set()
        self._begun: set[str] = set()
        self._waiting: list[WrapUp] = []
        self._last: WrapUp | None = None  # of the newest call: finished, or never asked for
        self._timer: Timer | None = None
        self._stands_still_s = 0.0  # what was left when another call began, 0.0 while the time runs
        self.open: WrapUp | None = None

    def start(self) -> None:
        """What an earlier life left open is open again, and what waited waits."""
        self._journal.open_wrap_ups(self._restored)
        self._journal.search(JournalQuery(limit=NEWEST), self._earlier_found)

    # ------------------------------------------------------------------ what the windows show and the queue hears

    @property
    def view(self) -> WrapUpView | None:
        if self.open is None:
            return None
        return WrapUpView(self.open, self._missing(self.open), waits_for_call=self._in_call)

    @property
    def calls(self) -> frozenset[str]:
        """Ids of the calls whose record is being finished, or will be."""
        ended = [one.call for one in self._waiting]
        return frozenset([*ended, self.open.call] if self.open is not None else ended)

    @property
    def pausing(self) -> bool:
        """The queue is to be paused: a record is being finished, or a call after which one will be."""
        if self.open is not None or self._waiting:
            return True
        early = self._wanted.pause_from is PauseFrom.ANSWER
        return any(
            view.call.answered_s and view.call.id in self._promised and (early or view.call.id in self._ending)
            for view in self._live()
        )

    def ending(self, call_id: str) -> None:
        """The agent is about to hang up: from now on the queue is to be paused, if a wrap-up follows."""
        self._ending.add(call_id)

    # ------------------------------------------------------------------ calls

    def call_changed(self, view: CallView) -> None:
        """A call is new, changed or ended. May be told the same again."""
        call = view.call
        if call.live:
            if call.answered_s and call.id not in self._promised and self._rule_wants(view):
                self._promised[call.id] = False
        elif call.id in self._promised and call.id not in self._begun:
            self._begun.add(call.id)
            by_hand = self._promised[call.id]
            if call.answered_s and call.end_cause not in _HANDED_ON:
                self._begin(view, by_hand=by_hand)
            elif by_hand:
                self._journal.finish_wrap_up(_wrap_up_of(view, by_hand=True), self._clock.now_s())
        elif call.answered_s and call.id not in self._begun and call.end_cause not in _HANDED_ON:
            self._last = _wrap_up_of(view, by_hand=True)
        self._run_or_stand_still()

    def calls_known(self) -> None:
        """The engine said which calls there are; one of an earlier life may have ended meanwhile."""
        self._calls_known = True
        live = {view.call.id for view in self._live()}
        asked, self._asked_before = self._asked_before, {}
        for call_id, wrap_up in asked.items():
            if call_id in live:
                self._promised[call_id] = True
            elif call_id not in self._begun:
                self._begun.add(call_id)
                self._queue(wrap_up)

    def woke(self) -> None:
        """The computer slept: timers stood still meanwhile, the time of the record did not."""
        self._run_or_stand_still()

    def forget(self, call_id: str) -> None:
        """Nothing more will be heard of this call."""
        self._promised.pop(call_id, None)
        self._ending.discard(call_id)
        self._begun.discard(call_id)

    def by_hand(self, view: CallView | None, call_id: str = "") -> None:
        """During a call: one follows it. After it: begins; one that is finished opens again for a correction.

        Without `view`: for the call that `call_id` names or, if it is "", for the newest, long after its end.
        Raises AgentError("no_call_to_wrap_up").
        """
        if view is None:
            self._open_again(call_id)
            return
        if not view.call.answered_s:
            raise AgentError("no_call_to_wrap_up")
        if view.call.live:
            self._promised[view.call.id] = True
            self._journal.keep_wrap_up(_wrap_up_of(view, by_hand=True))
        elif view.call.id in self._begun:
            self._open_again(view.call.id)
        else:
            self._begun.add(view.call.id)
            self._promised[view.call.id] = True
            self._begin(view, by_hand=True)
        self._on_change()

    # ------------------------------------------------------------------ what the agent does with it

    def edit(
        self, subject: str | None, disposition: str | None, follow_up: str | None, finding: NumberFinding | None
    ) -> None:
        """See toolbar_port.Toolbar.edit_wrap_up."""
        wrap_up = self._required()
        if disposition and not any(one.code == disposition for one in self._wanted.dispositions):
            raise AgentError("unknown_disposition", disposition=plain_text(disposition, 40))
        changed = replace(
            wrap_up,
            subject=wrap_up.subject if subject is None else plain_text(subject, SUBJECT_LENGTH),
            disposition=wrap_up.disposition if disposition is None else disposition,
            follow_up=wrap_up.follow_up if follow_up is None else checked_follow_up(follow_up),
            number_finding=wrap_up.number_finding if finding is None else finding,
        )
        if changed != wrap_up:
            self._keep(changed)

    def note(self, call_id: str, text: str) -> bool:
        """A line about a call whose record is open or waits; False if there is none."""
        if self.open is not None and self.open.call == call_id:
            self.edit(text, None, None, None)
            return True
        if self._last is not None and self._last.call == call_id:
            self._last = replace(self._last, subject=plain_text(text, SUBJECT_LENGTH))  # the journal is the caller's
        for index, waits in enumerate(self._waiting):
            if waits.call == call_id:
                self._waiting[index] = replace(waits, subject=plain_text(text, SUBJECT_LENGTH))
                self._journal.keep_wrap_up(self._waiting[index])
                return True
        return False

    def mark(self, call_id: str, finding: NumberFinding) -> None:
        """What a call showed of its number, whether its record is open or not."""
        if self.open is not None and self.open.call == call_id:
            self._keep(replace(self.open, number_finding=finding))
            return
        if self._last is not None and self._last.call == call_id:
            self._last = replace(self._last, number_finding=finding)
        self._waiting = [replace(one, number_finding=finding) if one.call == call_id else one for one in self._waiting]
        self._journal.mark_number(call_id, finding)

    def extend(self) -> None:
        now_s = self._clock.now_s()
        if self._stands_still_s:
            self._stands_still_s += self._wanted.extend_s
        self._keep(self._required().extended(self._wanted.extend_s, now_s))
        self._run_or_stand_still()

    def finish(self, *, not_ready: bool, reason: str, note: str) -> None:
        """Raises AgentError("wrap_up_needs_subject") or AgentError("wrap_up_needs_disposition")."""
        missing = self._missing(self._required())
        if missing:
            raise AgentError(f"wrap_up_needs_{missing[0].value}")
        self._end(not_ready=not_ready, reason=reason, note=note)

    # ------------------------------------------------------------------ inside

    @property
    def _wanted(self) -> WrapUpSettings:
        return self._settings.current.wrap_up

    @property
    def _in_call(self) -> bool:
        return any(view.call.state is not CallState.RINGING for view in self._live())

    def _required(self) -> WrapUp:
        if self.open is None:
            raise AgentError("no_wrap_up")
        return self.open

    def _rule_wants(self, view: CallView) -> bool:
        call, wanted = view.call, self._wanted
        if wanted.after is WrapUpAfter.NEVER or call.consult_for:
            return False
        if wanted.after is WrapUpAfter.QUEUE:
            return bool(call.queue) and (not wanted.queues or call.queue in wanted.queues)
        outside = view.number.kind is not NumberKind.INTERNAL or bool(call.queue)
        return outside and (wanted.after is WrapUpAfter.EXTERNAL or call.direction is CallDirection.INCOMING)

    def _missing(self, wrap_up: WrapUp) -> tuple[MissingField, ...]:
        wanted = self._wanted
        chosen = next((one for one in wanted.dispositions if one.code == wrap_up.disposition), None)
        needs_subject = wanted.needs_subject or (chosen is not None and chosen.needs_note)
        return wrap_up.missing(needs_subject=needs_subject, needs_disposition=wanted.needs_disposition)

    def _begin(self, view: CallView, *, by_hand: bool) -> None:
        self._queue(_wrap_up_of(view, by_hand=by_hand))

    def _queue(self, begins: WrapUp) -> None:
        if self.open is not None:
            waits = replace(begins, begun_s=self._clock.now_s())
            self._waiting.append(waits)
            self._journal.keep_wrap_up(waits)
            return
        self._choice.begin_wrap_up()
        self._open(begins)

    def _open_next(self) -> None:
        """One that was open in an earlier life goes on with the time it had."""
        following = self._waiting.pop(0)
        if not following.deadline_s:
            self._open(following)
            return
        self.open = following
        self._run_or_stand_still()

    def _open(self, wrap_up: WrapUp) -> None:
        now_s, seconds = self._clock.now_s(), self._wanted.seconds
        self._stands_still_s = 0.0
        self._keep(replace(wrap_up, begun_s=now_s, deadline_s=now_s + seconds if seconds else 0.0))
        self._run_or_stand_still()

    def _open_again(self, call_id: str) -> None:
        """The same record, in the same row of the journal."""
        known = [one for one in (self.open, *self._waiting) if one is not None]
        if any(call_id in {"", one.call} for one in known):
            return
        last = self._last
        if last is None or call_id not in {"", last.call}:
            raise AgentError("no_call_to_wrap_up")
        self._begun.add(last.call)
        if self.open is not None:
            self._waiting.append(replace(last, begun_s=self._clock.now_s(), deadline_s=0.0))
            self._journal.keep_wrap_up(self._waiting[-1])
        else:
            self._choice.begin_wrap_up()
            self._open(last)
        self._on_change()

    def _earlier_found(self, records: tuple[CallRecord, ...]) -> None:
        if self._last is not None:
            return
        newest = (one for one in records if one.answered_s and one.end_cause not in {None, *_HANDED_ON})
        record = next(newest, None)
        if record is not None:
            number = display_number(record.number, self._settings.current.numbers.plan())
            self._last = WrapUp(
                record.id,
                record.name or record.company or number,
                number,
                subject=record.subject,
                disposition=record.disposition,
                follow_up=record.follow_up,
                number_finding=record.number_finding,
                by_hand=True,
            )

    def _restored(self, left: tuple[WrapUp, ...]) -> None:
        if not left:
            return
        left_open = [wrap_up for wrap_up in left if wrap_up.begun_s]
        self._asked_before = {wrap_up.call: wrap_up for wrap_up in left if not wrap_up.begun_s}
        self._begun.update(wrap_up.call for wrap_up in left_open)
        self._waiting = [*left_open, *self._waiting]
        if self.open is None and self._waiting:
            if self._choice.choice is not Choice.WRAP_UP:
                self._choice.begin_wrap_up()
            self._open_next()
        if self._calls_known:
            self.calls_known()
        self._on_change()

    def _keep(self, wrap_up: WrapUp) -> None:
        self.open = wrap_up
        self._journal.keep_wrap_up(wrap_up)
        self._on_change()

    def _run_or_stand_still(self) -> None:
        """The time runs only while the agent has no call."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        wrap_up, now_s = self.open, self._clock.now_s()
        if wrap_up is None or not wrap_up.deadline_s:
            return
        if self._in_call:
            self._stands_still_s = self._stands_still_s or max(1.0, wrap_up.deadline_s - now_s)
            return
        if self._stands_still_s:
            left_s, self._stands_still_s = self._stands_still_s, 0.0
            self._keep(replace(wrap_up, deadline_s=now_s + left_s))
            wrap_up = self._required()
        left_s = max(0.0, wrap_up.deadline_s - now_s)
        self._timer = self._timers.after_ms(round(left_s * 1000) + 1, self._time_is_up)

    def _time_is_up(self) -> None:
        if self.open is not None:
            self._end(not_ready=self._wanted.at_end is WrapUpEnd.NOT_READY, reason="", note="")
            self._on_change()

    def _end(self, *, not_ready: bool, reason: str, note: str) -> None:
        wrap_up = self._required()
        self._choice.finish_wrap_up(not_ready=not_ready, reason=reason, note=note)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.open, self._last = None, wrap_up
        self._journal.finish_wrap_up(wrap_up, self._clock.now_s())
        if self._waiting:
            self._choice.begin_wrap_up()
            self._open_next()
        self._on_change()


def _wrap_up_of(view: CallView, *, by_hand: bool) -> WrapUp:
    return WrapUp(call=view.call.id, title=view.title, number=view.shown_number, subject=view.note, by_hand=by_hand)
