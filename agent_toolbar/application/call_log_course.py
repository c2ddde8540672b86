"""Which calls the CRM is told of, and what: on disk from the first ring, sent when nothing more is typed. GUI thread.

A call is "held" in the outbox while it lives, in the seconds in which it can still be noted, and while its record is
being finished. What is sent then is what the journal has of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from agent_toolbar.application.call_logging import record_of
from agent_toolbar.application.outbox_course import OutboxCourse
from agent_toolbar.application.ports.settings import SettingsStore
from agent_toolbar.application.ports.storage import CallJournal, CallRecord
from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.domain.call import CallDirection, CallEndCause
from agent_toolbar.domain.crm import CallEntry, CallResult
from agent_toolbar.domain.phone_number import NumberKind

_HANDED_ON = frozenset({CallEndCause.HANDED_OVER, CallEndCause.REDIRECTED})
_NO_CALL_OF_OURS = frozenset({CallEndCause.ANSWERED_ELSEWHERE, CallEndCause.REFUSED_UNSAFE, CallEndCause.MALFORMED})


class CallLogCourse:
    """To be told of every change of a call, of its end as `forget`, and of everything else as `settle`."""

    def __init__(
        self,
        outbox: OutboxCourse,
        journal: CallJournal,
        settings: SettingsStore,
        *,
        account: Callable[[], str],
        being_wrapped_up: Callable[[], frozenset[str]],
    ) -> None:
        """`account`: where calls are told now, "" for nowhere. `being_wrapped_up`: ids of calls."""
        self._outbox = outbox
        self._journal = journal
        self._settings = settings
        self._account = account
        self._being_wrapped_up = being_wrapped_up
        self._live: dict[str, str] = {}  # account that is told, "" for none
        self._just_ended: dict[str, str] = {}  # the same
        self._contacts: dict[str, str] = {}  # of the CRM, as they were told last
        self._wrapping: set[str] = set()
        self._loaded = False
        self._of_engine: frozenset[str] | None = None

    def lives(self, call_id: str) -> bool:
        """The call is not over yet, so there is nothing to tell of it."""
        return call_id in self._live

    def call_changed(self, view: CallView) -> None:
        """A call is new, changed or has just ended. May be told the same again."""
        call = view.call
        if call.live:
            if not self._live.setdefault(call.id, "") and self._is_told(view):
                self._live[call.id] = self._account()
                self._keep(view, self._live[call.id])
            elif self._live[call.id] and self._is_somebody_else(view, self._live[call.id]):
                self._keep(view, self._live[call.id])
        elif call.id in self._live:
            self._end(view, self._live.pop(call.id))
        elif call.id in self._just_ended:
            account = self._just_ended[call.id]
            if self._is_somebody_else(view, account):
                self._keep(view, account)
            self._look_again(call.id, held=True)

    def forget(self, call_id: str) -> None:
        """The call will not change any more; a record that is being finished still may."""
        self._contacts.pop(call_id, None)
        if self._just_ended.pop(call_id, None) is not None and call_id not in self._wrapping:
            self._look_again(call_id)

    def noted(self, call_id: str) -> None:
        """The agent wrote another line about a call, perhaps long after its end."""
        if call_id not in self._wrapping and not self._still_changes(call_id):
            self._look_again(call_id)

    def settle(self) -> None:
        """Records that are being finished, or have been."""
        now = self._being_wrapped_up()
        before, self._wrapping = self._wrapping, set(now)
        for call_id in now - before:
            self._outbox.hold(call_id)
        for call_id in before - now:
            if not self._still_changes(call_id):
                self._look_again(call_id)

    def outbox_read(self) -> None:
        self._loaded = True
        self._take_up()

    def attached(self, live_ids: frozenset[str]) -> None:
        """The engine's calls are known, and the journal has ended all others."""
        self._of_engine = live_ids
        self._take_up()

    # ------------------------------------------------------------------ inside

    def _is_told(self, view: CallView) -> bool:
        """Somebody outside, and there is a CRM that wants to know."""
        outside = view.number.kind is not NumberKind.INTERNAL or bool(view.call.queue)
        return outside and self._settings.current.crm.logs_calls and bool(self._account())

    def _still_changes(self, call_id: str) -> bool:
        return call_id in self._live or call_id in self._just_ended

    def _is_somebody_else(self, view: CallView, account: str) -> bool:
        """Another contact of the CRM than it was told last."""
        return _contact_at(view, account) != self._contacts.get(view.call.id, "")

    def _keep(self, view: CallView, account: str) -> None:
        contact_id = self._contacts[view.call.id] = _contact_at(view, account)
        entry = replace(self._entry(record_of(view)), contact_id=contact_id)
        self._outbox.keep(entry, account, held=True)

    def _end(self, view: CallView, kept_for: str) -> None:
        call = view.call
        if call.end_cause not in _NO_CALL_OF_OURS and self._is_told(view):
            self._just_ended[call.id] = kept_for or self._account()
            self._keep(view, self._just_ended[call.id])
        elif kept_for:
            self._outbox.drop(call.id)

    def _look_again(self, call_id: str, *, held: bool = False) -> None:
        def found(record: CallRecord | None) -> None:
            if record is not None:
                self._outbox.revise(self._entry(record), held=held)
            elif not held:
                self._outbox.release(call_id)

        self._journal.find(call_id, found)

    def _take_up(self) -> None:
        """What an earlier life held of calls that are over by now is told as the journal has it."""
        if not self._loaded or self._of_engine is None:
            return
        live, self._of_engine = self._of_engine, None
        for key in [item.entry.key for item in self._outbox.items if item.held and item.correction is None]:
            if key not in live and not self._still_changes(key):
                self._journal.find(key, partial(self._left_over, key))

    def _left_over(self, key: str, record: CallRecord | None) -> None:
        if key in self._being_wrapped_up():
            return
        if record is None or record.end_cause is None:
            self._outbox.release(key)
        elif record.end_cause in _NO_CALL_OF_OURS:
            self._outbox.drop(key)
        else:
            self._outbox.revise(self._entry(record))

    def _entry(self, record: CallRecord) -> CallEntry:
        account = self._settings.current.account
        return entry_of(record, account.display_name or account.extension)


def _contact_at(view: CallView, account: str) -> str:
    """The CRM's id of whom the call is with; another account's ids mean nothing there."""
    return view.crm.chosen if view.crm is not None and view.crm.account == account else ""


def entry_of(record: CallRecord, agent: str) -> CallEntry:
    """What the CRM is told of a call; a number that was withheld is in no record."""
    talk_s = record.ended_s - record.answered_s if record.answered_s and record.ended_s else 0.0
    return CallEntry(
        key=record.id,
        incoming=record.direction is CallDirection.INCOMING,
        number=record.number_key or record.number,
        result=_result(record),
        contact_name=record.name,
        started_s=record.started_s,
        duration_s=max(0, round(talk_s)),
        subject=record.subject,
        disposition=record.disposition,
        follow_up=record.follow_up,
        wrong_number=bool(record.number_finding),
        number_finding=record.number_finding.value,
        sip_call_id=record.sip_call_id,
        agent=agent,
    )


def _result(record: CallRecord) -> CallResult:
    if record.end_cause in _HANDED_ON:
        return CallResult.TRANSFERRED
    if record.answered_s:
        return CallResult.ANSWERED
    if record.direction is CallDirection.OUTGOING:
        return CallResult.NOT_REACHED
    return CallResult.DECLINED if record.end_cause is CallEndCause.DECLINED else CallResult.MISSED
