"""The calls of this desk with what the contacts say of them. GUI thread; every look-up carries the call it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agent_toolbar.application.ports.directory import ContactDirectory
from agent_toolbar.application.ports.runtime import Timers
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.call import CallEndCause, CallParty, CallSnapshot, CallState
from agent_toolbar.domain.contact import ContactMatch, LookupResult
from agent_toolbar.domain.context import NOTE_LENGTH, ReceivedContext
from agent_toolbar.domain.crm_caller import CrmCaller
from agent_toolbar.domain.number_mark import NumberMark
from agent_toolbar.domain.phone_number import (
    CanonicalNumber,
    NumberKind,
    NumberPlan,
    canonical_number,
    display_number,
)
from agent_toolbar.domain.text import plain_text

FindMark = Callable[[str, Callable[[NumberMark | None], None]], None]  # CallJournal.find_mark
LOOKUP_PATIENCE_MS = 60  # the card is painted without a name rather than later than this
JUST_ENDED_MS = 5_000
_NOTHING_TO_LOOK_UP = frozenset({NumberKind.ANONYMOUS, NumberKind.INVALID})


class CallLedger:
    """Applies the engine's snapshots and the contacts' answers; tells `on_change` which view is new."""

    def __init__(
        self,
        directory: ContactDirectory,
        timers: Timers,
        plan: Callable[[], NumberPlan],
        on_change: Callable[[CallView], None],
        *,
        find_mark: FindMark,
    ) -> None:
        self._directory = directory
        self._timers = timers
        self._plan = plan
        self._on_change = on_change
        self._find_mark = find_mark
        self._live: dict[str, CallView] = {}
        self._ended: dict[str, CallView] = {}

    @property
    def live(self) -> tuple[CallView, ...]:
        return tuple(self._live.values())

    def find(self, call_id: str) -> CallView | None:
        """A live call."""
        return self._live.get(call_id)

    @property
    def just_ended(self) -> tuple[CallView, ...]:
        return tuple(reversed(self._ended.values()))

    def current(self) -> str:
        """Id of the call the agent is busy with: in talk, else being set up, else ringing, else held; "" if none."""
        return min(self._live.values(), key=_nearness).call.id if self._live else ""

    def apply(self, call: CallSnapshot) -> None:
        """A call is new, changed or ended."""
        if call.id in self._ended:
            return
        known = self._live.get(call.id)
        if known is None or known.call.remote.number != call.remote.number or known.call.called_on != call.called_on:
            view = self._new_view(call, known)
        else:
            view = replace(known, call=call)
        self._store(view)
        if not view.looked_up and (known is None or known.number != view.number):
            self._look_up(view)

    def attach(self, calls: tuple[CallSnapshot, ...], now_s: float) -> None:
        """The engine's whole list: what it does not hold any more has ended without us."""
        named = {call.id for call in calls}
        for call_id in [call_id for call_id in self._live if call_id not in named]:
            self._end(call_id, CallEndCause.ENGINE_LOST, now_s)
        for call in calls:
            self.apply(call)

    def engine_lost(self, now_s: float) -> None:
        """The engine died. The next one asks the PBX to give the connected calls back; the others are over."""
        for call_id, view in list(self._live.items()):
            if view.call.state is CallState.CONNECTED:
                self.apply(replace(view.call, reconnecting=True))
            else:
                self._end(call_id, CallEndCause.ENGINE_LOST, now_s)

    def engine_gone(self, now_s: float) -> None:
        """No other engine will come."""
        for call_id in list(self._live):
            self._end(call_id, CallEndCause.ENGINE_LOST, now_s)

    def choose_contact(self, call_id: str, contact_id: int) -> None:
        """Binds one of the matches to the call; an unknown one changes nothing."""
        view = self._live.get(call_id)
        chosen = next((match for match in view.matches if match.contact_id == contact_id), None) if view else None
        if view is not None and chosen is not None:
            self._store(replace(view, contact=chosen))

    def note(self, call_id: str, text: str) -> bool:
        """Keeps the agent's line about a call as plain text; False for a call that is neither live nor just ended."""
        return self._change(call_id, note=plain_text(text, NOTE_LENGTH))

    def bind_context(self, call_id: str, received: ReceivedContext) -> None:
        """The story that came with the call; the call goes on with the story's conversation."""
        self._change(call_id, context=received, conversation=received.context.conversation)

    def bind_crm(self, call_id: str, crm: CrmCaller | None) -> None:
        """What the CRM says of the other party by now."""
        self._change(call_id, crm=crm)

    def take_up(self, call_id: str, conversation: str, note: str) -> None:
        """What was known of the call before; what it has already stays."""
        view = self._live.get(call_id) or self._ended.get(call_id)
        if view is not None:
            self._change(call_id, conversation=view.conversation or conversation, note=view.note or note)

    def _change(self, call_id: str, **changes: Any) -> bool:  # noqa: ANN401 - the fields of CallView
        view = self._live.get(call_id) or self._ended.get(call_id)
        if view is not None and (changed := replace(view, **changes)) != view:
            self._store(changed)
        return view is not None

    def _end(self, call_id: str, cause: CallEndCause, now_s: float) -> None:
        self.apply(
            replace(
                self._live[call_id].call,
                state=CallState.ENDED,
                end_cause=cause,
                ended_by=CallParty.LOCAL,
                ended_s=now_s,
                held=False,
                in_conference=False,
                reconnecting=False,
            )
        )

    def _new_view(self, call: CallSnapshot, known: CallView | None) -> CallView:
        plan = self._plan()
        number = canonical_number("" if call.remote.anonymous else call.remote.number, plan)
        if known is not None and known.number == number:
            return replace(known, call=call, called_on=display_number(call.called_on, plan))
        return CallView(
            call=call,
            number=number,
            shown_number="" if call.remote.anonymous else display_number(call.remote.number, plan),
            looked_up=number.kind in _NOTHING_TO_LOOK_UP,
            called_on=display_number(call.called_on, plan),
            note=known.note if known else "",
            context=known.context if known else None,
            conversation=known.conversation if known else "",
        )

    def _store(self, view: CallView) -> None:
        call_id = view.call.id
        if view.call.live:
            self._live[call_id] = view
        else:
            self._live.pop(call_id, None)
            if call_id not in self._ended:
                self._timers.after_ms(JUST_ENDED_MS, lambda: self._forget(call_id))
            self._ended[call_id] = view
        self._on_change(view)

    def _forget(self, call_id: str) -> None:
        view = self._ended.pop(call_id, None)
        if view is not None:
            self._on_change(view)

    def _look_up(self, view: CallView) -> None:
        call_id, number = view.call.id, view.number
        self._timers.after_ms(LOOKUP_PATIENCE_MS, lambda: self._lookup_late(call_id, number))
        self._directory.find_by_number(number, lambda result: self._found(call_id, result))
        self._find_mark(number.key, lambda mark: self._marked(call_id, number, mark))

    def _found(self, call_id: str, result: LookupResult) -> None:
        view = self._view_of(call_id, result.number)
        if view is not None:
            self._store(replace(view, matches=result.matches, contact=_only_certain(result.matches), looked_up=True))

    def _marked(self, call_id: str, number: CanonicalNumber, mark: NumberMark | None) -> None:
        view = self._view_of(call_id, number)
        if view is not None and mark is not None and mark.call != call_id:
            self._store(replace(view, mark=mark))

    def _lookup_late(self, call_id: str, number: CanonicalNumber) -> None:
        view = self._view_of(call_id, number)
        if view is not None and not view.looked_up:
            self._store(replace(view, looked_up=True))

    def _view_of(self, call_id: str, number: CanonicalNumber) -> CallView | None:
        view = self._live.get(call_id) or self._ended.get(call_id)
        return view if view is not None and view.number == number else None


def _only_certain(matches: tuple[ContactMatch, ...]) -> ContactMatch | None:
    certain = [match for match in matches if match.level.certain]
    people = {match.contact_id for match in certain}
    return certain[0] if len(people) == 1 else None


def _nearness(view: CallView) -> tuple[int, float]:
    call = view.call
    if call.in_talk:
        return 0, call.started_s
    if call.state in {CallState.DIALING, CallState.ALERTING, CallState.ANSWERING}:
        return 1, call.started_s
    if call.state is CallState.RINGING:
        return 2, call.started_s
    return 3, -call.answered_s
