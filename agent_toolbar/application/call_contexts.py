"""Stories that travel with calls: gives ours away under a fresh key, and finds those of calls that come in. GUI thread.

What is found says who had the customer before; it never answers, moves or names a call by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from agent_toolbar.application.ports.context import ContextStore
from agent_toolbar.application.ports.runtime import Clock
from agent_toolbar.application.ports.storage import CallJournal, CallRecord
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.call import CallDirection, CallSnapshot
from agent_toolbar.domain.context import (
    KEY,
    NOTE_LENGTH,
    CallContext,
    Certainty,
    Party,
    ReceivedContext,
    Stage,
)
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.phone_number import NumberKind, NumberPlan, canonical_number
from agent_toolbar.domain.text import plain_text

_BETWEEN_NOTES = " · "


@dataclass(frozen=True, slots=True)
class _Question:
    """What was last asked about a call; an answer to another question is late."""

    key: str
    number: str


class CallContexts:
    """To be told of every change of a call.

    on_found gets the id of a call and its story; a later one takes its place. on_taken_up gets, once for each call, its
    id, its conversation and the note that an earlier life of this toolbar wrote; what the call has already stays
    (CallLedger.take_up).
    """

    def __init__(
        self,
        store: ContextStore,
        journal: CallJournal,
        clock: Clock,
        *,
        new_key: Callable[[], str],
        own: Callable[[], Party],
        plan: Callable[[], NumberPlan],
        on_found: Callable[[str, ReceivedContext], None],
        on_taken_up: Callable[[str, str, str], None],
    ) -> None:
        """`new_key` gives 32 hexadecimal digits that nobody can guess; `own` is this desk by extension and name."""
        self._store = store
        self._journal = journal
        self._clock = clock
        self._new_key = new_key
        self._own = own
        self._plan = plan
        self._on_found = on_found
        self._on_taken_up = on_taken_up
        self._asked: dict[str, _Question] = {}
        self._without_story: dict[str, CallSnapshot] = {}
        self._conversations: dict[str, str] = {}
        self._published: dict[str, CallContext] = {}
        store.watch_faults(self._store_changed)

    def publish(self, view: CallView, target: str, kind: str) -> str:
        """Keeps the story of `view` for whoever it is sent to and answers its key at once.

        `target` is what is dialled, `kind` as in CallContext. What the agent notes from now on, while the call lives,
        goes into the story too.
        """
        call_id = view.call.id
        if not view.conversation and call_id not in self._conversations:
            self._conversations[call_id] = self._new_key()
            self._on_taken_up(call_id, self._conversations[call_id], "")
        story = self._story(view, target, kind)
        self._published[call_id] = story
        self._store.put(story)
        return story.key

    def call_changed(self, view: CallView) -> None:
        """A call is new, changed or ended. May call back at once."""
        call = view.call
        self._publish_again(view)
        if not call.live:
            for known in (self._asked, self._without_story, self._conversations, self._published):
                known.pop(call.id, None)
            return
        if view.conversation:
            self._conversations[call.id] = view.conversation
        question = _Question(call.context_key if KEY.fullmatch(call.context_key) else "", self._number(view))
        before = self._asked.get(call.id)
        if before == question:
            return
        self._asked[call.id] = question
        self._without_story[call.id] = call
        if before is None:
            self._journal.find(call.id, lambda record: self._take_up(call, record))
        self._look_up(call, question)

    # ------------------------------------------------------------------ what is given away

    def _story(self, view: CallView, target: str, kind: str) -> CallContext:
        earlier, call, now_s = _continued(view), view.call, self._clock.now_s()
        own = self._own()
        sender = Party(self._extension(own.extension), own.name)
        stage = Stage(sender, call.answered_s or call.started_s, now_s, _how_it_came(view, earlier))
        return self._with_words(
            CallContext(
                key=self._new_key(),
                conversation=view.conversation or self._conversations[call.id],
                number="" if call.remote.private else self._number(view),
                shown_number="" if call.remote.private else view.shown_number,
                sender=sender,
                to_extension=self._extension(target),
                kind=kind,
                created_s=now_s,
                stages=(*(earlier.context.stages if earlier else ()), stage),
            ),
            view,
        )

    def _with_words(self, story: CallContext, view: CallView) -> CallContext:
        """The customer's name as this desk knows it, else as the story that came says, and all notes so far."""
        earlier, remote = _continued(view), view.call.remote
        said = earlier.context if earlier else None
        name = view.known_name or (said.name if said else "") or ("" if remote.private else remote.name)
        company = view.company if view.known_name else said.company if said else ""
        return replace(story, name=name, company=company, note=_joined(said.note if said else "", view.note))

    def _publish_again(self, view: CallView) -> None:
        story = self._published.get(view.call.id)
        if story is not None and (newer := self._with_words(story, view)) != story:
            self._published[view.call.id] = newer
            self._store.put(newer)

    # ------------------------------------------------------------------ what comes

    def _take_up(self, call: CallSnapshot, record: CallRecord | None) -> None:
        conversation = (
            self._conversations.get(call.id)
            or (record.conversation if record else "")
            or self._conversations.get(call.consult_for)
            or self._new_key()
        )
        if call.id in self._asked:
            self._conversations[call.id] = conversation
        self._on_taken_up(call.id, conversation, record.subject if record else "")

    def _store_changed(self, fault: AgentToolbarError | None) -> None:
        """What could not be found while the store was away may be found now."""
        if fault is None:
            for call_id, call in list(self._without_story.items()):
                self._look_up(call, self._asked[call_id])

    def _look_up(self, call: CallSnapshot, question: _Question) -> None:
        if question.key:
            self._store.find(question.key, lambda story: self._found_by_key(call, question, story))
        elif call.direction is CallDirection.INCOMING:
            self._look_up_probable(call, question)

    def _look_up_probable(self, call: CallSnapshot, question: _Question) -> None:
        extension = self._extension(self._own().extension)
        if question.number and extension:
            self._store.find_probable(
                question.number, extension, lambda story: self._found(call, question, story, Certainty.PROBABLE)
            )

    def _found_by_key(self, call: CallSnapshot, question: _Question, story: CallContext | None) -> None:
        if story is not None:
            self._found(call, question, story, Certainty.SURE)
        elif call.direction is CallDirection.INCOMING and self._asked.get(call.id) == question:
            self._look_up_probable(call, question)

    def _found(self, call: CallSnapshot, question: _Question, story: CallContext | None, certainty: Certainty) -> None:
        if story is None or self._asked.get(call.id) != question:
            return
        ours = story.sender.extension == self._extension(self._own().extension)
        if ours and (call.direction is CallDirection.OUTGOING or call.started_s <= story.created_s):
            return  # the story that we gave along with this very call
        self._without_story.pop(call.id, None)
        back_from = story.to_extension if ours else ""
        self._on_found(call.id, ReceivedContext(story, certainty, returned=ours, back_from=back_from))

    # ------------------------------------------------------------------ numbers

    def _number(self, view: CallView) -> str:
        if view.number.key:
            return self._extension(view.number.key)
        return "" if view.call.remote.anonymous else plain_text(view.call.remote.number)

    def _extension(self, text: str) -> str:
        """The key by which all desks of the company know a number; a SIP address of an extension is the extension."""
        plan = self._plan()
        number = canonical_number(text, plan)
        if number.kind is NumberKind.SIP_ADDRESS:
            user = canonical_number(number.key.partition("@")[0], plan)
            return user.key if user.kind is NumberKind.INTERNAL else number.key
        return number.key or plain_text(text).lower()


def _continued(view: CallView) -> ReceivedContext | None:
    """The story that came with the call, if it is certainly or by its number this customer's."""
    received = view.context
    if received is None or received.certainty is Certainty.SURE or received.context.number == view.number.key:
        return received
    return None


def _how_it_came(view: CallView, earlier: ReceivedContext | None) -> str:
    if earlier is not None:
        return "returned" if earlier.returned else earlier.context.kind
    return "called" if view.call.direction is CallDirection.INCOMING else "dialled"


def _joined(earlier: str, own: str) -> str:
    """Both notes, none of them twice; the agent's own is kept whole."""
    if not earlier or earlier == own:
        return own
    if not own or earlier.endswith(_BETWEEN_NOTES + own):
        return earlier
    room = NOTE_LENGTH - len(_BETWEEN_NOTES) - len(own)
    return f"{plain_text(earlier, room)}{_BETWEEN_NOTES}{own}" if room > 0 else own
