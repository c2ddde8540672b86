"""The application: joins calls, contacts, journal, account and sound into one state, and does what windows ask.

Implements toolbar_port.Toolbar. GUI thread only.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from agent_toolbar.application.agent_session import AgentSession
from agent_toolbar.application.call_actions import CallAction, meant
from agent_toolbar.application.call_ledger import CallLedger
from agent_toolbar.application.call_logging import CallLogging
from agent_toolbar.application.connected_pages import ConnectedPages
from agent_toolbar.application.contact_sources import ContactSources
from agent_toolbar.application.diagnosis import Diagnosis
from agent_toolbar.application.dial_requests import DialRequests
from agent_toolbar.application.dial_suggestions import suggest
from agent_toolbar.application.foremost_call import foremost_call, phase_of
from agent_toolbar.application.numbers_service import NumbersService
from agent_toolbar.application.ports.directory import (
    ImportOutcome,
    ImportPreview,
    ImportProgress,
    ImportRequest,
    ImportTask,
)
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.ports.storage import CallRecord, JournalQuery
from agent_toolbar.application.ports.telephony import (
    AnyEvent,
    Attached,
    AudioChanged,
    AudioConfig,
    CallChanged,
    CommandRefused,
    EngineLink,
    EngineLinkChanged,
    LevelsMeasured,
    PresenceChanged,
    RegistrationChanged,
    SetAudio,
    StartAudioTest,
    StopAudioTest,
)
from agent_toolbar.application.standing_faults import StandingFaults
from agent_toolbar.application.toolbar_ground import ToolbarGround
from agent_toolbar.application.toolbar_parts import ToolbarParts
from agent_toolbar.application.toolbar_state import CallView, FaultPlace, Remedy, ToolbarState
from agent_toolbar.domain.contact import ContactMatch, LookupResult
from agent_toolbar.domain.errors import AgentToolbarError, CallError
from agent_toolbar.domain.phone_number import canonical_number, display_number


class ToolbarService(NumbersService):
    """See toolbar_port.Toolbar for what each method does and raises; many of them are those of its parts."""

    def __init__(self, parts: ToolbarParts, on_quit: Callable[[], None], *, practice: bool = False) -> None:
        self._parts = parts
        self._on_quit = on_quit
        self._practice = practice
        self._listeners: list[Callable[[ToolbarState], None]] = []
        self._level_listener: Callable[[LevelsMeasured], None] | None = None
        self._state = ToolbarState(practice=practice)
        self._link = EngineLinkChanged(EngineLink.STOPPED)
        self._missed = 0
        self._faults = StandingFaults(parts.timers, parts.settings, self._refresh)
        self._audio = self._state.audio
        self._logging = CallLogging(parts.journal)
        self._ledger = CallLedger(
            parts.directory, parts.timers, self._plan, self._call_changed, find_mark=parts.journal.find_mark
        )
        self._session = AgentSession(parts.engine, parts.settings, parts.vault, self._refresh)
        ground = ToolbarGround(
            parts,
            self._ledger,
            self._session,
            state=lambda: self._state,
            link=lambda: self._link.link,
            changed=self._refresh,
        )
        self._sources = ContactSources(ground)
        super().__init__(ground, self._sources.directories)
        self._diagnosis = Diagnosis(ground)
        self._requests_to_dial = DialRequests(parts, self._plan, self._control.dial, self._refresh)
        self._pages_of_crm = ConnectedPages(self._refresh)
        self._hand_out()

    def _hand_out(self) -> None:
        """What the parts do as they are asked, without a word from here."""
        self.dial, self.answer = self._control.dial, self._control.answer
        self.hold, self.resume = self._control.hold, self._control.resume
        self.mute, self.send_dtmf = self._control.mute, self._control.send_dtmf
        self.choose_contact = self._ledger.choose_contact
        self.set_account, self.enter_password = self._session.set_account, self._session.enter_password
        self.examine, self.audit = self._diagnosis.examine, self._diagnosis.audit
        self.write_support_file = self._diagnosis.write_support_file
        self.sync_directories = self._directories.sync
        self.request_dial = self._requests_to_dial.ask
        self.confirm_dial_request = self._requests_to_dial.confirm
        self.dismiss_dial_request = self._requests_to_dial.dismiss
        self.link_handlers = self._parts.link_handlers
        self.connect_pages, self.forget_page = self._pages_of_crm.connect, self._pages_of_crm.forget
        self.refuse_pairing = self._pages_of_crm.refuse_pairing

    # ------------------------------------------------------------------ life

    def start(self) -> None:
        """Begins: history and contacts are asked, the engine is started or found again."""
        parts = self._parts
        parts.directory.watch_faults(self._faults.watcher(FaultPlace.CONTACTS))
        parts.journal.watch_faults(self._faults.watcher(FaultPlace.HISTORY))
        parts.contexts.watch_faults(self._faults.watcher(FaultPlace.CALL))
        parts.outbox.watch_faults(self._faults.watcher(FaultPlace.OUTBOX))
        parts.caller_choices.watch_faults(self._faults.watcher(FaultPlace.CRM))
        parts.agent_log.watch_faults(self._faults.watcher(FaultPlace.AVAILABILITY))
        parts.settings.watch(self._settings_changed)
        parts.engine.listen(self._heard)
        self._count_missed()
        self._sources.count()
        self._session.start()
        self._day.start()
        self._start_crm()
        self._directories.start()
        parts.engine.start()
        self._refresh()

    def report(self, error: AgentToolbarError) -> None:
        self._faults.reported = error
        self._refresh()

    def quit(self) -> None:
        def gone() -> None:
            self._crm.close()
            self._directories.close()
            self._on_quit()

        self._day.leave(gone)

    @property
    def state(self) -> ToolbarState:
        return self._state

    @property
    def settings(self) -> Settings:
        return self._parts.settings.current

    @property
    def forced(self) -> frozenset[str]:
        return self._parts.settings.forced

    def watch(self, listener: Callable[[ToolbarState], None]) -> None:
        self._listeners.append(listener)

    def watch_settings(self, listener: Callable[[Settings], None]) -> None:
        self._parts.settings.watch(listener)

    def watch_levels(self, listener: Callable[[LevelsMeasured], None] | None) -> None:
        if self._level_listener is not None:
            self._diagnosis.levels.remove(self._level_listener)
        self._level_listener = listener
        if listener is not None:
            self._diagnosis.levels.add(listener)

    # ------------------------------------------------------------------ calls

    def hang_up(self, call_id: str = "", *, confirmed: bool = False) -> None:
        if not self._orders.hanging_up(call_id, confirmed=confirmed):
            meant_id = meant(CallAction.HANG_UP, call_id, self._state).call.id
            self._day.before_hang_up(meant_id, lambda: self._hang_up_if_live(meant_id))

    # ------------------------------------------------------------------ agent and account

    def switch_cti(self, on: bool, *, confirmed: bool = False) -> None:
        calls = self._ledger.live
        if not on and calls and not confirmed:
            first = foremost_call(calls)
            raise CallError(f"cti_off_with_{phase_of(first)}", name=first.title, count=len(calls))
        if not on:
            for view in calls:
                self._control.hang_up(view.call.id)
            self._day.leave(lambda: self._session.switch_cti(False))
            return
        self._day.stay()
        self._session.switch_cti(True)

    def remedy(self, remedy: Remedy) -> None:
        deeds: dict[Remedy, Callable[[], None]] = {
            Remedy.DISMISS: self._dismiss,
            Remedy.TRY_AGAIN: self._try_again,
            Remedy.TELL_QUEUE: self._day.availability.tell_again,
            Remedy.ACCEPT_QUEUE: self._day.accept_queue,
            Remedy.SWITCH_CTI_ON: lambda: self.switch_cti(True),
            Remedy.GO_READY: lambda: self.set_ready(True),
            Remedy.FINISH_WRAP_UP: self.finish_wrap_up,
            Remedy.SIGN_IN: self._sign_in,
            Remedy.CANCEL_SIGN_IN: lambda: self.switch_crm(False),
            Remedy.SYNC_DIRECTORIES: self._directories.try_again,
            Remedy.READ_POLICY: lambda: self._change_settings(self._parts.settings.read_policy),
        }
        if remedy in deeds:  # the others open something, which is the windows' matter
            deeds[remedy]()

    def _dismiss(self) -> None:
        self._faults.reported = None
        self._refresh()

    def _try_again(self) -> None:
        if self._link.link is EngineLink.ATTACHED:
            self._session.try_again()
        else:
            self._parts.engine.start()

    # ------------------------------------------------------------------ sound

    def choose_audio(self, audio: AudioConfig) -> None:
        self.change_settings(msgspec.structs.replace(self.settings, audio=audio))

    def start_audio_test(self) -> None:
        if self._ledger.live:
            raise CallError("audio_test_in_call")
        self._parts.engine.send(StartAudioTest())

    def stop_audio_test(self) -> None:
        self._parts.engine.send(StopAudioTest())

    # ------------------------------------------------------------------ contacts and history

    def suggest(self, text: str, on_result: Callable[[tuple[ContactMatch, ...]], None]) -> None:
        suggest(text, self._parts.directory, self._parts.journal, on_result)

    def look_up(self, text: str, on_result: Callable[[LookupResult], None]) -> None:
        self._parts.directory.find_by_number(canonical_number(text, self._plan()), on_result)

    def preview_contacts(self, file: Path, on_result: Callable[[ImportPreview], None]) -> None:
        self._parts.directory.preview(file, on_result)

    def import_contacts(
        self,
        request: ImportRequest,
        on_progress: Callable[[ImportProgress], None],
        on_done: Callable[[ImportOutcome], None],
    ) -> ImportTask:
        def done(outcome: ImportOutcome) -> None:
            self._sources.count()
            on_done(outcome)

        return self._parts.directory.import_file(request, on_progress, done)

    def search_history(self, query: JournalQuery, on_result: Callable[[tuple[CallRecord, ...]], None]) -> None:
        self._parts.journal.search(query, on_result)

    def history_seen(self) -> None:
        self._parts.journal.mark_missed_seen()
        self._count_missed()

    # ------------------------------------------------------------------ the rest

    def change_settings(self, settings: Settings) -> None:
        self._change_settings(lambda: self._parts.settings.put(settings))

    def shown_number(self, number: str) -> str:
        return display_number(number, self._plan())

    # ------------------------------------------------------------------ what the adapters say

    def _heard(self, event: AnyEvent | EngineLinkChanged) -> None:
        match event:
            case EngineLinkChanged():
                self._link_changed(event)
            case Attached(engine=engine):
                self._audio = engine.audio
                self._ledger.attach(engine.calls, self._parts.clock.now_s())
                live = frozenset(call.id for call in engine.calls)
                self._parts.journal.close_open_records(live)
                self._call_log.attached(live)
                self._session.engine_attached(engine)
                self._day.calls_known()
                self._go_on(engine)
            case CallChanged(call=call):
                self._ledger.apply(call)
            case RegistrationChanged(registration=registration):
                self._session.registration_changed(registration)
            case AudioChanged(audio=audio):
                self._audio = audio
            case PresenceChanged(presence=presence):
                self._colleagues.presence_changed(presence)
            case CommandRefused():
                self._faults.show_refusal(event)
                self._course.refused(event)
            case _:
                return
        self._refresh()

    def _link_changed(self, link: EngineLinkChanged) -> None:
        self._link = link
        if link.link in {EngineLink.FAILED, EngineLink.STOPPED}:
            self._ledger.engine_gone(self._parts.clock.now_s())
        elif link.link is not EngineLink.ATTACHED:
            self._ledger.engine_lost(self._parts.clock.now_s())
        if link.link is not EngineLink.ATTACHED:
            self._session.engine_gone(link.link)
        self._colleagues.link_changed(link.link)

    def _call_changed(self, view: CallView) -> None:
        if self._logging.note(view):
            self._count_missed()
        if not view.call.live and view not in self._ledger.just_ended:
            self._logging.forget(view.call.id)
            self._day.wrap_up.forget(view.call.id)
            self._forget_call(view.call.id)
        else:
            self._day.call_changed(view)
            self._call_log.call_changed(view)
        self._follow(view)
        self._ask_crm(view)
        self._refresh()

    def _change_settings(self, change: Callable[[], None]) -> None:
        before = self.settings
        change()
        if self.settings.audio != before.audio and self._link.link is EngineLink.ATTACHED:
            self._parts.engine.send(SetAudio(audio=self.settings.audio))
        if self.settings.account != before.account:
            self._session.try_again()

    def _settings_changed(self, _settings: Settings) -> None:
        self._day.availability.settings_changed()
        self._crm.settings_changed()
        self._directories.settings_changed()
        self._colleagues.watch()
        self._refresh()

    def _hang_up_if_live(self, call_id: str) -> None:
        """The other party may have been quicker while the queue was told."""
        if self._ledger.find(call_id) is not None:
            self._control.hang_up(call_id)

    def _count_missed(self) -> None:
        def counted(missed: int) -> None:
            self._missed = missed
            self._refresh()

        self._parts.journal.count_missed(counted)

    # ------------------------------------------------------------------ the state

    def _refresh(self) -> None:
        self._day.steer()
        self._call_log.settle()
        state = self._compose()
        if state == self._state:
            return
        self._state = state
        for listener in self._listeners:
            listener(state)

    def _compose(self) -> ToolbarState:
        session, calls, crm = self._session, self._ledger.live, self._crm_view()
        return ToolbarState(
            cti_on=session.cti_on,
            link=self._link.link,
            engine_pid=self._link.pid,
            engine_started_s=self._link.started_s,
            registration=session.shown_registration,
            account=session.account_view(),
            agent=self._day.status(),
            calls=calls,
            current=self._ledger.current(),
            just_ended=self._ledger.just_ended,
            audio=self._audio,
            missed=self._missed,
            contacts=self._sources.contacts,
            faults=self._faults.faults(
                self._link.link, session, self._ledger.just_ended, self._audio, self._day.faults()
            )
            + self._crm_faults(crm)
            + self._directories.faults()
            + self._pages_of_crm.faults(),
            crm=crm,
            directories=self._directories.views,
            dial_request=self._requests_to_dial.view,
            pages=self._pages_of_crm.view,
            wrap_up=self._day.wrap_up.view,
            idle=self._day.idle.question,
            number_case=self._numbers.view,
            practice=self._practice,
            transfer=self._course.current,
            colleagues=self._colleagues.views(),
        )
