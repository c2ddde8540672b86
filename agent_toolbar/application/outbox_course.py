"""Sends what waits for the CRM: oldest first, one at a time, each exactly once. GUI thread; the outbox's only writer.

Before a call is sent, the outbox on disk says so ("doubtful"); whoever finds that after a crash, a timeout or a lost
connection asks the CRM for the call's key before sending again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from agent_toolbar.application.correction_sending import entry_of, send_correction
from agent_toolbar.application.outbox_rules import after_failure, did_nothing, is_lost, merged, revised
from agent_toolbar.application.ports.crm import Crm, Outbox, OutboxItem
from agent_toolbar.application.ports.runtime import Clock, Timer, Timers
from agent_toolbar.domain.crm import CallEntry, CrmOperation
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from agent_toolbar.domain.number_correction import NumberCorrection
from agent_toolbar.domain.text import plain_text

ANSWER_LIMIT_MS = 180_000  # longer than any request may take, should a connector never answer


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A connection to the CRM, and whose. account: CrmAccess.account; user: the CRM's id, "" if it does not say."""

    crm: Crm
    account: str
    user: str


@dataclass(eq=False, slots=True)
class _Trial:
    """One item on its way, as it is sent. Another try is another object. announced: on disk or about to be there."""

    item: OutboxItem
    crm: Crm
    announced: bool = False
    left: bool = False


class OutboxCourse:
    """Everything about what waits. Changes by the agent raise CrmError("not_in_outbox", key)."""

    def __init__(
        self,
        outbox: Outbox,
        clock: Clock,
        timers: Timers,
        *,
        chance: Callable[[], float],
        on_read: Callable[[], None],
        on_lost: Callable[[AgentToolbarError], None],
        on_change: Callable[[], None],
    ) -> None:
        """`chance` gives 0.0 to 1.0. `on_read` hears that what an earlier life left is known, `on_lost` that the CRM
        is out of reach or does not know us any more.
        """
        self._outbox = outbox
        self._clock = clock
        self._timers = timers
        self._chance = chance
        self._on_read = on_read
        self._on_lost = on_lost
        self._on_change = on_change
        self._items: dict[str, OutboxItem] = {}
        self._gone: set[str] = set()  # discarded or sent before the file was read
        self._users: dict[str, str] = {}
        self._loaded = False
        self._session: SignedIn | None = None
        self._trial: _Trial | None = None
        self._not_before_s = 0.0
        self._timer: Timer | None = None
        self._limit: Timer | None = None

    def start(self) -> None:
        self._outbox.users(self._users_known)
        self._outbox.waiting(self._found)

    @property
    def items(self) -> tuple[OutboxItem, ...]:
        """What waits, oldest first, the held ones too."""
        return tuple(self._items.values())

    @property
    def sending(self) -> str:
        """Key of the one that is on its way, "" if none."""
        return self._trial.item.entry.key if self._trial is not None else ""

    def foreign(self, item: OutboxItem) -> bool:
        """Whoever is signed in now may not send it: it is somebody else's."""
        session = self._session
        if session is None:
            return False
        return item.account != session.account or bool(item.user and session.user and item.user != session.user)

    # ------------------------------------------------------------------ the session

    def signed_in(self, session: SignedIn) -> None:
        """What waits for this account goes out; what was written before anybody signed in with it is theirs."""
        self._abandon()
        self._session = session
        self._not_before_s = 0.0
        if session.user:
            self._users[session.account] = session.user
            self._outbox.remember_user(session.account, session.user)
            for item in self.items:
                if item.account == session.account and not item.user:
                    self._put(replace(item, user=session.user))
        self._go_on()

    def signed_out(self) -> None:
        self._abandon()
        self._session = None
        self._on_change()

    # ------------------------------------------------------------------ what is to be told

    def keep(self, entry: CallEntry, account: str, *, held: bool) -> None:
        """A call that the CRM is to be told, or what is known of it by now. `held`: not yet to be sent."""
        self._tell(entry, account, held=held)

    def correct(self, correction: NumberCorrection, account: str, on_written: Callable[[], None]) -> None:
        """A confirmed correction of a number, held until it is released; `on_written` once it is on the disk."""
        user = self._users.get(account, "")
        self._put(OutboxItem(entry_of(correction), account, user=user, held=True, correction=correction), on_written)
        self._on_change()

    def revise(self, entry: CallEntry, *, held: bool = False) -> None:
        """A later change of a call that waits or was sent; of others nothing is said."""
        self._tell(entry, "", held=held)

    def hold(self, key: str) -> None:
        """The record of this call is being finished again: what is not under way waits for its end."""
        item = self._items.get(key)
        if item is not None and not item.held and key != self.sending:
            self._put(replace(item, held=True))

    def release(self, key: str) -> None:
        """It may be sent as it is."""
        item = self._items.get(key)
        if item is not None and item.held:
            self._put(replace(item, held=False))
            self._go_on()

    def drop(self, key: str) -> None:
        """It turned out that the CRM is not to be told."""
        if key in self._items:
            self.discard(key)

    # ------------------------------------------------------------------ what the agent does with it

    def retry(self, key: str = "") -> None:
        """At once, "" for all. Of a doubtful one that the CRM cannot be asked about: the agent says it is not there."""
        chosen = [self._required(key)] if key else [item for item in self.items if item.stuck or item.next_s]
        for item in chosen:
            doubtful = item.doubtful and item.error != "outbox_doubtful"
            free = replace(item, stuck=False, next_s=0.0, error="", error_text="", doubtful=doubtful)
            if item.entry.key != self.sending:
                self._put(free)
        self._not_before_s = 0.0
        self._go_on()

    def edit(self, key: str, subject: str) -> None:
        """Another subject; a stuck one is tried again with it."""
        item = self._required(key)
        self._revise(item, replace(item.entry, subject=subject), held=item.held)
        self.retry(key)

    def discard(self, key: str) -> None:
        """The CRM is not told. What is under way at this moment may arrive all the same."""
        self._required(key)
        self._remove(key)
        self._outbox.discard(key)
        self._go_on()

    # ------------------------------------------------------------------ inside: what waits

    def _users_known(self, users: dict[str, str]) -> None:
        self._users = users | self._users

    def _found(self, stored: tuple[OutboxItem, ...]) -> None:
        earlier = {item.entry.key: item for item in stored if item.entry.key not in self._gone}
        self._items = earlier | self._items
        self._loaded = True
        self._on_read()
        if self._session is not None:
            self.signed_in(self._session)
        self._go_on()

    def _required(self, key: str) -> OutboxItem:
        if key not in self._items:
            raise CrmError("not_in_outbox", key=plain_text(key, 40))
        return self._items[key]

    def _put(self, item: OutboxItem, on_written: Callable[[], None] | None = None) -> None:
        self._items[item.entry.key] = item
        self._outbox.put(item, on_written)

    def _remove(self, key: str) -> None:
        self._items.pop(key, None)
        if not self._loaded:
            self._gone.add(key)

    def _revise(self, item: OutboxItem, entry: CallEntry, *, held: bool) -> None:
        after = revised(item, entry, held=held)
        if after != item:
            self._put(after)

    def _tell(self, entry: CallEntry, account: str, *, held: bool) -> None:
        known = self._items.get(entry.key)
        if known is None:
            self._outbox.find_sent(entry.key, lambda sent: self._tell_new(sent, entry, account, held=held))
        else:
            self._revise(known, entry, held=held)
            self._go_on()

    def _tell_new(self, sent: OutboxItem | None, entry: CallEntry, account: str, *, held: bool) -> None:
        """`sent`: as the CRM was told of it before, if it was."""
        if entry.key in self._items:
            self._revise(self._items[entry.key], entry, held=held)
        elif sent is not None:
            words = merged(entry, sent.entry)
            if sent.record and words != sent.entry:
                self._put(OutboxItem(words, sent.account, user=sent.user, record=sent.record, held=held))
        elif account:
            self._put(OutboxItem(entry, account, user=self._users.get(account, ""), held=held))
        self._go_on()

    # ------------------------------------------------------------------ inside: sending

    def _go_on(self) -> None:
        """Begins the next try, if one is due, or waits until one will be."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._trial is None and self._session is not None and self._loaded:
            item = self._next(self._session)
            if item is not None:
                self._begin(item, self._session)
        self._on_change()

    def _next(self, session: SignedIn) -> OutboxItem | None:
        """The oldest that is due. None sets the timer for the next that will be."""
        now_s = self._clock.now_s()
        ours = [item for item in self._items.values() if not item.held and not item.stuck and not self.foreign(item)]
        for item in ours:
            if max(item.next_s, self._not_before_s) <= now_s:
                return item
        if ours:
            due_s = min(max(item.next_s, self._not_before_s) for item in ours)
            self._timer = self._timers.after_ms(round((due_s - now_s) * 1000) + 1, self._go_on)
        return None

    def _begin(self, item: OutboxItem, session: SignedIn) -> None:
        crm = session.crm
        trial = _Trial(item, crm)
        if item.correction is not None:
            self._trial = trial
            self._announce(trial)
        elif item.record:
            if CrmOperation.UPDATE_CALL not in crm.operations:
                self._stick(item, "crm_cannot")
                return
            self._trial = trial
            self._outbox.put(item, lambda: self._update(trial))
        elif CrmOperation.LOG_CALL not in crm.operations:
            self._stick(item, "crm_cannot")
        elif not item.doubtful:
            self._trial = trial
            self._announce(trial)
        elif CrmOperation.FIND_LOGGED not in crm.operations:
            self._stick(item, "outbox_doubtful")
        else:
            self._trial = trial
            self._expect_answer(trial)
            crm.find_logged(item.entry, lambda answer: self._asked(trial, answer))

    def _expect_answer(self, trial: _Trial) -> None:
        def late() -> None:
            if self._trial is trial:
                self._trial = None
                self._failed(trial.item, CrmError("crm_slow"), certain=False)

        self._forget_limit()
        self._limit = self._timers.after_ms(ANSWER_LIMIT_MS, late)

    def _forget_limit(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _stick(self, item: OutboxItem, code: str, text: str = "") -> None:
        self._put(replace(item, stuck=True, error=code, error_text=text))
        self._go_on()

    def _announce(self, trial: _Trial) -> None:
        """On disk first: from now on it may be at the CRM."""
        current = self._items[trial.item.entry.key]
        trial.item = replace(current, doubtful=True, changed=False)
        trial.announced = True
        self._put(trial.item, lambda: self._send(trial))

    def _send(self, trial: _Trial) -> None:
        if self._trial is trial:
            trial.left = True
            self._expect_answer(trial)
            if trial.item.correction is not None:
                send_correction(trial.crm, trial.item.correction, lambda answer: self._sent(trial, answer))
            else:
                trial.crm.log_call(trial.item.entry, lambda answer: self._sent(trial, answer))

    def _update(self, trial: _Trial) -> None:
        if self._trial is trial:
            item = trial.item
            self._expect_answer(trial)
            trial.crm.update_call(item.record, item.entry, lambda answer: self._sent(trial, answer))

    def _asked(self, trial: _Trial, answer: str | AgentToolbarError) -> None:
        """What the CRM says of a doubtful one."""
        if self._trial is not trial:
            return
        self._forget_limit()
        current = self._items.get(trial.item.entry.key)
        if isinstance(answer, AgentToolbarError):
            self._trial = None
            if answer.code == "crm_cannot" and current is not None:
                self._stick(current, "outbox_doubtful")
            else:
                self._failed(trial.item, answer, certain=False)
            return
        if answer:
            self._trial = None
            self._is_there(trial.item, answer, changed=current is not None and current.changed)
        elif current is None:
            self._trial = None
            self._go_on()
        else:
            self._announce(trial)

    def _sent(self, trial: _Trial, answer: str | AgentToolbarError) -> None:
        if self._trial is not trial:
            return
        self._forget_limit()
        self._trial = None
        if isinstance(answer, AgentToolbarError):
            self._failed(trial.item, answer, certain=did_nothing(answer))
            return
        current = self._items.get(trial.item.entry.key)
        changed = current is not None and (current.changed or current.entry != trial.item.entry)
        self._is_there(trial.item, trial.item.record or answer, changed=changed)

    def _is_there(self, sent: OutboxItem, record: str, *, changed: bool) -> None:
        """At the CRM. What changed meanwhile becomes a change of that record, in one write, so that it is not lost."""
        current = self._items.get(sent.entry.key)
        at_crm = replace(sent, record=record, doubtful=False, changed=False, tries=0, next_s=0.0, error="")
        if current is not None and changed and record:
            self._put(replace(at_crm, entry=current.entry, held=current.held))
        else:
            self._outbox.sent(replace(at_crm, held=False))
            self._remove(sent.entry.key)
        self._go_on()

    def _failed(self, sent: OutboxItem, error: AgentToolbarError, *, certain: bool) -> None:
        current = self._items.get(sent.entry.key)
        if current is not None:  # else it was discarded meanwhile
            now_s = self._clock.now_s()
            item = after_failure(current, error, certain=certain, now_s=now_s, chance=self._chance())
            if error.code == "crm_busy":
                self._not_before_s = item.next_s
            self._put(item)
        if is_lost(error):
            self._on_lost(error)
        else:
            self._go_on()

    def _abandon(self) -> None:
        """The connection is gone, and the answer of what is under way with it. That stays doubtful, if it had left."""
        self._forget_limit()
        trial, self._trial = self._trial, None
        current = self._items.get(trial.item.entry.key) if trial is not None else None
        if trial is not None and current is not None and trial.announced and not trial.left:
            self._put(replace(current, doubtful=False))
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
