"""What a page is told of the toolbar's state, and which events lead from one state to the next. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.phone_number import NumberKind
from agent_toolbar.i18n.sentences import label_text
from agent_toolbar.local_api.messages import (
    AgentChanged,
    AnyEvent,
    CallChanged,
    PageAgent,
    PageCall,
    PageContact,
    PageDisposition,
    PageTransfer,
    PageWrapUp,
    TransferChanged,
    What,
    WrapUpChanged,
)


@dataclass(frozen=True, slots=True)
class PageView:
    """One moment as pages see it. calls: live ones, oldest first; ended: those that ended just now."""

    calls: tuple[PageCall, ...] = ()
    ended: tuple[PageCall, ...] = ()
    current: str = ""
    transfer: PageTransfer | None = None
    wrap_up: PageWrapUp | None = None
    agent: PageAgent = field(default_factory=lambda: PageAgent("cti_off", "", 0.0))


def page_view(state: ToolbarState, settings: Settings) -> PageView:
    transfer, agent = state.transfer, state.agent
    return PageView(
        calls=tuple(_call(view) for view in state.calls if _ready_to_tell(view)),
        ended=tuple(_call(view) for view in state.just_ended),
        current=state.current,
        transfer=PageTransfer(
            transfer.customer,
            transfer.kind.value,
            transfer.state.value,
            transfer.target.title,
            transfer.outcome.value if transfer.outcome is not None else "",
        )
        if transfer is not None
        else None,
        wrap_up=_wrap_up(state, settings),
        agent=PageAgent(agent.state.value, agent.reason, agent.since_s),
    )


def call_events(before: PageView, now: PageView) -> Iterator[AnyEvent]:
    """What happened to calls, transfer and wrap-up, in the order in which it is to be told."""
    known = {call.id: call for call in before.calls}
    over = {call.id for call in before.ended}
    live = {call.id for call in now.calls}
    for call in now.ended:
        if call.id not in over:
            yield CallChanged(what="ended", call=call, current=now.current)
    for call in before.calls:
        if call.id not in live and all(call.id != one.id for one in now.ended):
            yield CallChanged(what="ended", call=_lost(call), current=now.current)
    for call in now.calls:
        earlier = known.get(call.id)
        if earlier != call:
            yield CallChanged(what=_what(earlier, call), call=call, current=now.current)
    if now.transfer != before.transfer:
        yield TransferChanged(transfer=now.transfer)
    if now.wrap_up != before.wrap_up:
        yield WrapUpChanged(wrap_up=now.wrap_up)


def agent_events(before: PageView, now: PageView) -> Iterator[AnyEvent]:
    if now.agent != before.agent:
        yield AgentChanged(agent=now.agent)


def _ready_to_tell(view: CallView) -> bool:
    """A call rings at a page once the contacts have answered, so that its first event names the caller."""
    return view.looked_up or view.call.state is not CallState.RINGING


def _what(earlier: PageCall | None, call: PageCall) -> What:
    if earlier is None or earlier.state != call.state:
        match call.state:
            case "connected":
                return "answered"
            case "answering":
                return "changed" if earlier is not None else "ringing"
            case "ended":
                return "ended"
            case _:
                return call.state
    if earlier.held != call.held:
        return "held" if call.held else "resumed"
    return "changed"


def _call(view: CallView) -> PageCall:
    call, private = view.call, view.call.remote.private
    number = view.number.key if view.number.kind is NumberKind.E164 else call.remote.number
    return PageCall(
        id=call.id,
        direction=call.direction.value,
        state=call.state.value,
        held=call.held,
        number="" if private or call.remote.anonymous else number,
        shown="" if private else view.shown_number,
        name="" if private else view.story_title or call.remote.name,
        contact=None if private else _contact(view),
        queue=call.queue,
        subject=view.note,
        started_s=call.started_s,
        answered_s=call.answered_s,
        ended_s=call.ended_s,
        end_cause=call.end_cause.value if call.end_cause is not None else "",
    )


def _contact(view: CallView) -> PageContact | None:
    record = view.crm.contact if view.crm is not None else None
    if not view.known_name:
        return None
    return PageContact(
        name=view.known_name,
        company=view.company,
        importance=view.importance.value,
        crm_id=record.id if record is not None else "",
        crm_url=record.url if record is not None else "",
    )


def _wrap_up(state: ToolbarState, settings: Settings) -> PageWrapUp | None:
    if state.wrap_up is None:
        return None
    wrap_up = state.wrap_up.wrap_up
    return PageWrapUp(
        call=wrap_up.call,
        subject=wrap_up.subject,
        disposition=wrap_up.disposition,
        missing=tuple(one.value for one in state.wrap_up.missing),
        deadline_s=wrap_up.deadline_s,
        dispositions=tuple(PageDisposition(one.code, label_text(one)) for one in settings.wrap_up.dispositions),
    )


def _lost(call: PageCall) -> PageCall:
    """Nobody heard how it ended."""
    return msgspec.structs.replace(call, state="ended", held=False)
