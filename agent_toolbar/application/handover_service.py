"""The part of the toolbar that hands calls over: colleagues, stories, notes, and the transfer itself. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.call_contexts import CallContexts
from agent_toolbar.application.call_control import CallControl
from agent_toolbar.application.colleagues import Colleagues
from agent_toolbar.application.handover_orders import HandoverOrders
from agent_toolbar.application.ports.telephony import EngineSnapshot
from agent_toolbar.application.story_store import StoryStoreChoice
from agent_toolbar.application.toolbar_ground import ToolbarGround
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.application.transfer_course import TransferCourse, TransferSurroundings
from agent_toolbar.application.transfer_requests import TransferRequests
from agent_toolbar.domain.context import NOTE_LENGTH, Certainty, Party, ReceivedContext
from agent_toolbar.domain.errors import AgentToolbarError, CallError
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.domain.text import plain_text
from agent_toolbar.domain.transfer import TransferTarget


class HandoverService:
    """See toolbar_port.Toolbar, "handing over", for what each method does and raises."""

    def __init__(self, ground: ToolbarGround, *, hints: Callable[[], tuple[str, ...]]) -> None:
        parts, ledger, state = ground.parts, ground.ledger, ground.state
        self._parts = parts
        self._ledger = ledger
        self._control = CallControl(parts.engine, state, self._plan, parts.new_id)
        self._story_store = StoryStoreChoice(parts.settings, parts.vault, parts.contexts)
        self._colleagues = Colleagues(parts.engine, parts.settings, hints)
        self._stories = CallContexts(
            parts.contexts,
            parts.journal,
            parts.clock,
            new_key=parts.new_key,
            own=self._own,
            plan=self._plan,
            on_found=self._story_found,
            on_taken_up=ledger.take_up,
        )
        self._course = TransferCourse(
            TransferSurroundings(
                engine=parts.engine,
                clock=parts.clock,
                timers=parts.timers,
                new_id=parts.new_id,
                find=ledger.find,
                live=lambda: ledger.live,
                link=ground.link,
                publish=lambda view, target, kind: self._stories.publish(view, target.dial, kind),
                changed=ground.changed,
            )
        )
        self._requests = TransferRequests(parts.engine, state, self._plan, parts.new_id)
        self._orders = HandoverOrders(self._course, self._colleagues, parts.settings, state)

    def transfer(self, target: str, call_id: str = "", *, now: bool = False, confirmed: bool = False) -> None:
        self._orders.transfer(target, call_id, now=now, confirmed=confirmed)

    def undo(self) -> None:
        self._orders.undo()

    def consult(self, target: str, call_id: str = "", *, confirmed: bool = False) -> str:
        return self._orders.consult(target, call_id, confirmed=confirmed)

    def complete(self) -> None:
        self._orders.complete()

    def swap(self) -> None:
        self._orders.swap(self._control.resume)

    def take_back(self) -> None:
        self._orders.take_back()

    def conference(self) -> None:
        self._orders.conference()

    def join(self, call_id: str, other_id: str) -> None:
        self._orders.join(call_id, other_id)

    def silence(self, call_id: str, silenced: bool) -> None:
        self._orders.silence(call_id, silenced)

    def redirect(self, target: str, call_id: str = "", *, confirmed: bool = False) -> None:
        self._orders.redirect(target, call_id, confirmed=confirmed)

    def answer_transfer_request(self, accepted: bool, call_id: str = "", *, confirmed: bool = False) -> None:
        self._requests.answer(accepted, call_id, confirmed=confirmed)

    def resolve_target(self, text: str) -> TransferTarget | None:
        return self._colleagues.resolve(text)

    def set_favourite(self, extension: str, favourite: bool, name: str = "") -> None:
        self._colleagues.set_favourite(extension, favourite, name)

    def note(self, text: str, call_id: str = "") -> None:
        ended = self._ledger.just_ended
        meant = call_id or self._ledger.current() or (ended[0].call.id if ended else "")
        if not meant:
            raise CallError("no_call")
        self._ledger.note(meant, text)
        if not text.strip() or self._ledger.find(meant) is None:  # what is cleared, and what is over
            self._parts.journal.set_subject(meant, plain_text(text, NOTE_LENGTH))

    def choose_story_store(self, url: str, password: str | None, on_done: Callable[[bool], None]) -> None:
        self._story_store.choose(url, password, on_done)

    def check_story_store(self, on_result: Callable[[AgentToolbarError | None], None]) -> None:
        self._parts.contexts.check(on_result)

    # ------------------------------------------------------------------ what happens

    def _follow(self, view: CallView) -> None:
        """A call is new, changed or ended."""
        self._stories.call_changed(view)
        self._course.call_changed(view)
        self._requests.call_changed(view)

    def _go_on(self, engine: EngineSnapshot) -> None:
        """Attached: the ledger knows the calls of this engine already."""
        self._colleagues.presence_changed(engine.presence)
        self._course.attached()

    def _story_found(self, call_id: str, received: ReceivedContext) -> None:
        self._ledger.bind_context(call_id, received)
        view = self._ledger.find(call_id)
        if view is not None and received.returned and received.certainty is Certainty.SURE:
            self._course.returned(received.context.key, view)

    def _own(self) -> Party:
        account = self._parts.settings.current.account
        return Party(account.extension, account.display_name)

    def _plan(self) -> NumberPlan:
        return self._parts.settings.current.numbers.plan()
