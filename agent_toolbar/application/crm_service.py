"""The part of the toolbar that is about the CRM: its switch, the log of calls, the outbox. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from agent_toolbar.application.call_log_course import CallLogCourse
from agent_toolbar.application.caller_pages import CallerPages, without_foreign_pages
from agent_toolbar.application.crm_browser import CrmBrowser
from agent_toolbar.application.crm_session import CrmSession
from agent_toolbar.application.crm_trial import CrmTrials, CrmTrialView
from agent_toolbar.application.day_service import DayService
from agent_toolbar.application.outbox_course import OutboxCourse, SignedIn
from agent_toolbar.application.ports.crm_catalog import Connector
from agent_toolbar.application.ports.crm_trial import TrialTask
from agent_toolbar.application.ports.settings import CrmSettings
from agent_toolbar.application.screen_pop import ScreenPop
from agent_toolbar.application.toolbar_ground import ToolbarGround
from agent_toolbar.application.toolbar_port import CrmEntry
from agent_toolbar.application.toolbar_state import (
    CallView,
    CrmView,
    Fault,
    FaultPlace,
    OutboxView,
    Remedy,
)
from agent_toolbar.domain.crm import CrmState
from agent_toolbar.domain.crm_entry import checked_manifest, checked_url, checked_values
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.text import plain_text
from agent_toolbar.domain.wrap_up import SUBJECT_LENGTH


class CrmService(DayService):
    """See toolbar_port.Toolbar, "CRM", for what each method does and raises."""

    def __init__(self, ground: ToolbarGround) -> None:
        super().__init__(ground)
        parts = ground.parts
        self._views: dict[str, OutboxView] = {}
        self._outbox = OutboxCourse(
            parts.outbox,
            parts.clock,
            parts.timers,
            chance=parts.chance,
            on_read=self._outbox_read,
            on_lost=self._crm_lost,
            on_change=ground.changed,
        )
        self._crm = CrmSession(
            parts.crm,
            parts.settings,
            parts.vault,
            parts.clock,
            parts.timers,
            browser=CrmBrowser(parts.crm_browser, parts.open_page),
            chance=parts.chance,
            on_signed_in=self._crm_signed_in,
            on_signed_out=self._crm_signed_out,
            on_change=ground.changed,
        )
        self._trials = CrmTrials(parts.crm_trials, parts.crm_catalog, parts.vault, parts.crm_browser, self._plan)
        self._pop = ScreenPop(
            ground.ledger,
            parts.caller_choices,
            parts.timers,
            search_calls=parts.journal.search,
            signed_in=lambda: self._crm.signed_in,
            me=lambda: frozenset({self._crm.user.id, self._crm.user.name} - {""}),
            on_lost=self._crm_lost,
        )
        self._pages = CallerPages(parts.settings, parts.open_page, signed_in=lambda: self._crm.signed_in is not None)
        self._call_log = CallLogCourse(
            self._outbox,
            parts.journal,
            parts.settings,
            account=lambda: self._crm.account,
            being_wrapped_up=lambda: self._day.wrap_up.calls,
        )

    # ------------------------------------------------------------------ what the agent asks

    def switch_crm(self, on: bool) -> None:
        self._crm.switch(on)

    def enter_crm_key(self, key: str) -> None:
        self._crm.enter_key(key)

    def connectors(self) -> tuple[Connector, ...]:
        return self._parts.crm_catalog.shipped()

    def read_connector(self, manifest: str) -> Connector:
        return self._parts.crm_catalog.read(checked_manifest(manifest))

    def set_crm(self, entry: CrmEntry) -> None:
        settings = self._parts.settings.current
        crm = CrmSettings(
            manifest=checked_manifest(entry.manifest),
            url=checked_url(entry.url),
            user=plain_text(entry.user),
            values=checked_values(entry.values),
            sign_in_at_start=settings.crm.sign_in_at_start,
            logs_calls=settings.crm.logs_calls,
            pages=settings.crm.pages,
            page_hosts=settings.crm.page_hosts,
        )
        crm = without_foreign_pages(crm, keep=self._parts.settings.forced)
        self._parts.settings.put(msgspec.structs.replace(settings, crm=crm))
        if entry.key is not None:
            self._crm.enter_key(entry.key)

    def try_crm(self, entry: CrmEntry, number: str, on_change: Callable[[CrmTrialView], None]) -> TrialTask:
        return self._trials.begin(entry, number, on_change)

    def retry_outbox(self, key: str = "") -> None:
        self._outbox.retry(key)
        if self._crm.on:
            self._crm.try_again()

    def edit_outbox(self, key: str, subject: str) -> None:
        text = plain_text(subject, SUBJECT_LENGTH)
        self._outbox.edit(key, text)
        self._parts.journal.set_subject(key, text)

    def discard_outbox(self, key: str) -> None:
        self._outbox.discard(key)

    def choose_caller(self, call_id: str, contact_id: str) -> None:
        self._pop.choose(call_id, contact_id)

    def create_caller(self, name: str, call_id: str = "") -> None:
        self._pop.create(call_id or self._ledger.current(), name)

    def open_caller_page(self, call_id: str = "") -> None:
        wanted = call_id or self._ledger.current()
        shown = (*self._ledger.live, *self._ledger.just_ended)
        self._pages.open(next((view for view in shown if view.call.id == wanted), None))

    def note(self, text: str, call_id: str = "") -> None:
        super().note(text, call_id)
        if call_id:
            self._call_log.noted(call_id)

    # ------------------------------------------------------------------ for the whole toolbar

    def _start_crm(self) -> None:
        self._outbox.start()
        self._crm.start()

    def _outbox_read(self) -> None:
        self._call_log.outbox_read()

    def _crm_lost(self, error: AgentToolbarError) -> None:
        self._crm.lost(error)

    def _crm_signed_in(self, session: SignedIn) -> None:
        self._outbox.signed_in(session)
        self._pop.signed_in()

    def _crm_signed_out(self) -> None:
        self._outbox.signed_out()
        self._pop.signed_out()

    def _ask_crm(self, view: CallView) -> None:
        """A call is new or changed: who is it, and is it time for their page?"""
        self._pop.call_changed(view)
        self._pages.call_changed(view)

    def _forget_call(self, call_id: str) -> None:
        """It is not shown any more."""
        self._call_log.forget(call_id)
        self._pop.forget(call_id)
        self._pages.forget(call_id)

    def _sign_in(self) -> None:
        """The remedy of a CRM that is not signed in."""
        if self._crm.state is CrmState.FAULT:
            self._crm.try_again()
        else:
            self._crm.switch(True)

    def _crm_view(self) -> CrmView:
        session, crm = self._crm, self._parts.settings.current.crm
        fault = session.fault
        return CrmView(
            configured=crm.configured,
            on=session.on,
            state=session.state,
            name=session.name,
            url=crm.url,
            user=plain_text(session.user.name or crm.user),
            key_kept=session.key_kept,
            browser=session.uses_browser,
            sign_in_url=session.browser.url,
            fault=fault.code if fault is not None else "",
            fault_params=dict(fault.params) if fault is not None else {},
            retry_at_s=session.retry_at_s,
            outbox=self._outbox_views(),
        )

    def _outbox_views(self) -> tuple[OutboxView, ...]:
        """What did not change is the same object as before: after days without the CRM there may be thousands."""
        before, self._views = self._views, {}
        account, sending = self._crm.account, self._outbox.sending
        for item in self._outbox.items:
            key = item.entry.key
            if not self._call_log.lives(key):
                foreign = item.account != account or self._outbox.foreign(item)
                known = before.get(key)
                same = known is not None and known.item is item
                if known is None or not same or (known.sending, known.foreign) != (key == sending, foreign):
                    known = OutboxView(item, sending=key == sending, foreign=foreign)
                self._views[key] = known
        return tuple(self._views.values())

    def _crm_faults(self, view: CrmView) -> tuple[Fault, ...]:
        found = []
        if view.fault:
            remedy = Remedy.ENTER_CRM_KEY if view.needs_key else Remedy.SIGN_IN
            found.append(Fault(view.fault, FaultPlace.CRM, remedy, view.fault_params, view.retry_at_s))
        if view.state is CrmState.BROWSER:
            code = "crm_in_browser" if self._crm.browser.opened else "crm_no_browser"
            found.append(Fault(code, FaultPlace.CRM, Remedy.CANCEL_SIGN_IN, {"url": view.sign_in_url}))
        if view.stuck:
            found.append(Fault("outbox_stuck", FaultPlace.OUTBOX, Remedy.OPEN_OUTBOX, {"count": view.stuck}))
        return tuple(found)
