"""A toolbar that does nothing but remember what it was asked, for the tests and pictures of the windows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from agent_toolbar.application.crm_trial import CrmTrialView
from agent_toolbar.application.examination import Examination
from agent_toolbar.application.number_case import NumberCaseView, NumberOrder
from agent_toolbar.application.ports.crm_catalog import Connector
from agent_toolbar.application.ports.directory import ImportOutcome, ImportPreview, ImportProgress, ImportRequest
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.ports.storage import CallRecord, JournalQuery
from agent_toolbar.application.ports.telephony import AudioConfig, LevelsMeasured
from agent_toolbar.application.toolbar_port import AccountEntry, CrmEntry
from agent_toolbar.application.toolbar_state import DirectoryView, Remedy, ToolbarState
from agent_toolbar.domain.contact import ContactMatch, LookupResult
from agent_toolbar.domain.dial_request import DialSource
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.number_correction import CorrectionKind
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.phone_number import CanonicalNumber, NumberKind
from agent_toolbar.domain.registration import RegistrationSnapshot
from agent_toolbar.domain.transfer import TransferTarget
from tests.fakes.crm_catalog import FakeCatalog
from tests.fakes.link_handlers import FakeLinkHandlers


class ImportTaskSpy:
    """An import that never ends by itself."""

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class TrialTaskSpy:
    """A trial that ends when the test says so: `tell` shows how far it is."""

    def __init__(self, tell: Callable[[CrmTrialView], None]) -> None:
        self.tell = tell
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class ToolbarSpy:
    """Implements toolbar_port.Toolbar.

    Attributes:
        asked: every order so far as (name, arguments...), oldest first.
        refuses: error that the next order raises instead of being remembered.
        suggestions, records, found, preview: what queries answer, at once unless `answers_late` is set.
        examinations: what `examine` says, one after the other; on_examined: its listener, for more.
        trials: those that were begun. store_fault: what `check_story_store` says; store_checks: how often it was asked.
        targets: what `resolve_target` answers for a text; None for all others.
        held_back: answers that wait while `answers_late` is set; call them.
    """

    def __init__(self, state: ToolbarState | None = None, settings: Settings | None = None) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.refuses: AgentToolbarError | None = None
        self.suggestions: tuple[ContactMatch, ...] = ()
        self.records: tuple[CallRecord, ...] = ()
        self.preview = ImportPreview()
        self.found = LookupResult(CanonicalNumber(NumberKind.INVALID))
        self.targets: dict[str, TransferTarget] = {}
        self.examinations: tuple[Examination, ...] = ()
        self.cannot_write: AgentToolbarError | None = None
        self.on_examined: Callable[[Examination], None] | None = None
        self.on_settled: Callable[[str], None] | None = None
        self.on_synced: Callable[[tuple[DirectoryView, ...]], None] | None = None
        self.answers_late = False
        self.held_back: list[Callable[[], None]] = []
        self.listeners: list[Callable[[ToolbarState], None]] = []
        self.settings_listeners: list[Callable[[Settings], None]] = []
        self.levels: Callable[[LevelsMeasured], None] | None = None
        self.import_callbacks: (
            tuple[Callable[[ImportProgress], None], Callable[[ImportOutcome], None], ImportTaskSpy] | None
        ) = None
        self.on_tried: Callable[[RegistrationSnapshot], None] | None = None
        self._state = state or ToolbarState()
        self._settings = settings or Settings()
        self.forced: frozenset[str] = frozenset()
        self.link_handlers = FakeLinkHandlers()
        self.store_checks = 0
        self.keyring = True
        self.store_fault: AgentToolbarError | None = None
        self.trials: list[TrialTaskSpy] = []

    # ------------------------------------------------------------------ what a test says

    def show(self, state: ToolbarState) -> None:
        """The next state, told to every listener."""
        self._state = state
        for listener in self.listeners:
            listener(state)

    def names_asked(self) -> list[object]:
        return [order[0] for order in self.asked]

    def _order(self, *order: object) -> None:
        if self.refuses is not None:
            error, self.refuses = self.refuses, None
            raise error
        self.asked.append(order)

    def _answer(self, action: Callable[[], None]) -> None:
        if self.answers_late:
            self.held_back.append(action)
        else:
            action()

    # ------------------------------------------------------------------ the port

    @property
    def state(self) -> ToolbarState:
        return self._state

    @property
    def settings(self) -> Settings:
        return self._settings

    def watch(self, listener: Callable[[ToolbarState], None]) -> None:
        self.listeners.append(listener)

    def watch_settings(self, listener: Callable[[Settings], None]) -> None:
        self.settings_listeners.append(listener)

    def write_support_file(
        self, file: Path, examination: Examination, on_written: Callable[[Path | AgentToolbarError], None]
    ) -> None:
        self._order("write_support_file", file, examination)
        self._answer(lambda: on_written(self.cannot_write or file))

    def watch_levels(self, listener: Callable[[LevelsMeasured], None] | None) -> None:
        self.levels = listener

    def dial(self, text: str) -> str:
        self._order("dial", text)
        return "dialled-call"

    def request_dial(
        self, text: str, source: DialSource, origin: str = "", on_settled: Callable[[str], None] | None = None
    ) -> str:
        self._order("request_dial", text, source, origin)
        self.on_settled = on_settled
        return "dial-request"

    def confirm_dial_request(self) -> str:
        self._order("confirm_dial_request")
        return "dialled-call"

    def dismiss_dial_request(self) -> None:
        self._order("dismiss_dial_request")

    def forget_page(self, origin: str) -> None:
        self._order("forget_page", origin)

    def refuse_pairing(self) -> None:
        self._order("refuse_pairing")

    def answer(self, call_id: str = "") -> None:
        self._order("answer", call_id)

    def hang_up(self, call_id: str = "", *, confirmed: bool = False) -> None:
        self._order(*(("hang_up", call_id, "confirmed") if confirmed else ("hang_up", call_id)))

    def hold(self, call_id: str = "") -> None:
        self._order("hold", call_id)

    def resume(self, call_id: str = "") -> None:
        self._order("resume", call_id)

    def mute(self, muted: bool, call_id: str = "") -> None:
        self._order("mute", muted, call_id)

    def send_dtmf(self, digits: str, call_id: str = "") -> None:
        self._order("send_dtmf", digits, call_id)

    def choose_contact(self, call_id: str, contact_id: int) -> None:
        self._order("choose_contact", call_id, contact_id)

    def transfer(self, target: str, call_id: str = "", *, now: bool = False, confirmed: bool = False) -> None:
        self._order("transfer", target, call_id, *(["now"] if now else []), *(["confirmed"] if confirmed else []))

    def undo(self) -> None:
        self._order("undo")

    def consult(self, target: str, call_id: str = "", *, confirmed: bool = False) -> str:
        self._order("consult", target, call_id, *(["confirmed"] if confirmed else []))
        return "consultation"

    def complete(self) -> None:
        self._order("complete")

    def swap(self) -> None:
        self._order("swap")

    def take_back(self) -> None:
        self._order("take_back")

    def conference(self) -> None:
        self._order("conference")

    def join(self, call_id: str, other_id: str) -> None:
        self._order("join", call_id, other_id)

    def silence(self, call_id: str, silenced: bool) -> None:
        self._order("silence", call_id, silenced)

    def answer_transfer_request(self, accepted: bool, call_id: str = "", *, confirmed: bool = False) -> None:
        self._order("answer_transfer_request", accepted, call_id, *(["confirmed"] if confirmed else []))

    def redirect(self, target: str, call_id: str = "", *, confirmed: bool = False) -> None:
        self._order("redirect", target, call_id, *(["confirmed"] if confirmed else []))

    def resolve_target(self, text: str) -> TransferTarget | None:
        return self.targets.get(text)

    def set_favourite(self, extension: str, favourite: bool, name: str = "") -> None:
        self._order("set_favourite", extension, favourite, name)

    def note(self, text: str, call_id: str = "") -> None:
        self._order("note", text, call_id)

    def switch_cti(self, on: bool, *, confirmed: bool = False) -> None:
        self._order("switch_cti", on, confirmed)

    def set_ready(self, ready: bool, reason: str = "", note: str = "") -> None:
        self._order("set_ready", ready, *filter(None, (reason, note)))

    def begin_wrap_up(self, call_id: str = "") -> None:
        self._order("begin_wrap_up", *filter(None, (call_id,)))

    def edit_wrap_up(
        self,
        *,
        subject: str | None = None,
        disposition: str | None = None,
        follow_up: str | None = None,
        finding: NumberFinding | None = None,
    ) -> None:
        fields = {
            "subject": subject,
            "disposition": disposition,
            "follow_up": follow_up,
            "finding": finding,
        }
        self._order("edit_wrap_up", {name: value for name, value in fields.items() if value is not None})

    def extend_wrap_up(self) -> None:
        self._order("extend_wrap_up")

    def finish_wrap_up(self, *, not_ready: bool = False, reason: str = "", note: str = "") -> None:
        self._order("finish_wrap_up", *(["not_ready"] if not_ready else []), *filter(None, (reason, note)))

    def still_there(self) -> None:
        self._order("still_there")

    def audit(self, folder: Path, on_result: Callable[[tuple[Path, ...] | AgentToolbarError], None]) -> None:
        self._order("audit", folder)
        self._answer(lambda: on_result((folder,)))

    def bundle(self, file: Path, on_result: Callable[[Path | AgentToolbarError], None]) -> None:
        self._order("bundle", file)
        self._answer(lambda: on_result(file))

    def examine(self, on_change: Callable[[Examination], None]) -> None:
        self._order("examine")
        self.on_examined = on_change
        for examination in self.examinations:
            on_change(examination)

    def set_account(self, entry: AccountEntry, on_tried: Callable[[RegistrationSnapshot], None] | None = None) -> None:
        self._order("set_account", entry)
        self.on_tried = on_tried

    def choose_story_store(self, url: str, password: str | None, on_done: Callable[[bool], None]) -> None:
        self._order("choose_story_store", url, password)
        handover = msgspec.structs.replace(self._settings.handover, store_url=url)
        self._settings = msgspec.structs.replace(self._settings, handover=handover)
        on_done(password is not None and self.keyring)

    def check_story_store(self, on_result: Callable[[AgentToolbarError | None], None]) -> None:
        self.store_checks += 1
        fault = self.store_fault
        self._answer(lambda: on_result(fault))

    def keep_queue_password(self, password: str, on_done: Callable[[bool], None]) -> None:
        self._order("keep_queue_password", password)
        on_done(True)

    def enter_password(self, password: str) -> None:
        self._order("enter_password", password)

    def report(self, error: AgentToolbarError) -> None:
        self._order("report", error.code)

    def remedy(self, remedy: Remedy) -> None:
        self._order("remedy", remedy)

    def connectors(self) -> tuple[Connector, ...]:
        return FakeCatalog().shipped()

    def read_connector(self, manifest: str) -> Connector:
        return FakeCatalog().read(manifest)

    def switch_crm(self, on: bool) -> None:
        self._order("switch_crm", on)

    def set_crm(self, entry: CrmEntry) -> None:
        self._order("set_crm", entry)

    def try_crm(self, entry: CrmEntry, number: str, on_change: Callable[[CrmTrialView], None]) -> TrialTaskSpy:
        self._order("try_crm", entry, number)
        self.trials.append(TrialTaskSpy(on_change))
        return self.trials[-1]

    def enter_crm_key(self, key: str) -> None:
        self._order("enter_crm_key", key)

    def choose_caller(self, call_id: str, contact_id: str) -> None:
        self._order("choose_caller", call_id, contact_id)

    def create_caller(self, name: str, call_id: str = "") -> None:
        self._order("create_caller", name, call_id)

    def open_caller_page(self, call_id: str = "") -> None:
        self._order("open_caller_page", call_id)

    def retry_outbox(self, key: str = "") -> None:
        self._order("retry_outbox", key)

    def edit_outbox(self, key: str, subject: str) -> None:
        self._order("edit_outbox", key, subject)

    def discard_outbox(self, key: str) -> None:
        self._order("discard_outbox", key)

    def doubt_number(
        self, call_id: str, finding: NumberFinding = NumberFinding.NONE, *, in_history: bool = False
    ) -> None:
        self._order("doubt_number", call_id, finding, *(["in_history"] if in_history else []))

    def edit_number(
        self, *, finding: NumberFinding | None = None, typed: str | None = None, contact_id: int | None = None
    ) -> None:
        fields = {"finding": finding, "typed": typed, "contact_id": contact_id}
        self._order("edit_number", {name: value for name, value in fields.items() if value is not None})

    def apply_number(self, kind: CorrectionKind, to: ContactMatch | None = None) -> None:
        self._order("apply_number", kind, *([to.name] if to is not None else []))

    def close_number(self) -> None:
        self._order("close_number")

    def correct_number(
        self,
        order: NumberOrder,
        on_result: Callable[[NumberCaseView | AgentToolbarError], None],
        *,
        confirmed: bool = False,
    ) -> None:
        del on_result
        self._order("correct_number", order, confirmed)

    def choose_audio(self, audio: AudioConfig) -> None:
        self._order("choose_audio", audio)

    def start_audio_test(self) -> None:
        self._order("start_audio_test")

    def stop_audio_test(self) -> None:
        self._order("stop_audio_test")

    def suggest(self, text: str, on_result: Callable[[tuple[ContactMatch, ...]], None]) -> None:
        found = self.suggestions
        self._answer(lambda: on_result(found))

    def look_up(self, text: str, on_result: Callable[[LookupResult], None]) -> None:
        del text
        found = self.found
        self._answer(lambda: on_result(found))

    def preview_contacts(self, file: Path, on_result: Callable[[ImportPreview], None]) -> None:
        self._order("preview_contacts", file)
        preview = self.preview
        self._answer(lambda: on_result(preview))

    def import_contacts(
        self,
        request: ImportRequest,
        on_progress: Callable[[ImportProgress], None],
        on_done: Callable[[ImportOutcome], None],
    ) -> ImportTaskSpy:
        self._order("import_contacts", request)
        task = ImportTaskSpy()
        self.import_callbacks = (on_progress, on_done, task)
        return task

    def search_history(self, query: JournalQuery, on_result: Callable[[tuple[CallRecord, ...]], None]) -> None:
        found = tuple(
            record
            for record in self.records
            if (not query.only_missed or record.missed)
            and (not query.before_s or record.started_s < query.before_s)
            and query.text.casefold() in f"{record.name} {record.company} {record.number}".casefold()
        )[: query.limit]
        self._answer(lambda: on_result(found))

    def history_seen(self) -> None:
        self._order("history_seen")

    def sync_directories(
        self,
        name: str = "",
        password: str | None = None,
        on_done: Callable[[tuple[DirectoryView, ...]], None] | None = None,
    ) -> None:
        self._order("sync_directories", name, password)
        self.on_synced = on_done

    def change_settings(self, settings: Settings) -> None:
        self._order("change_settings", settings)
        self._settings = settings

    def shown_number(self, number: str) -> str:
        return number

    def quit(self) -> None:
        self._order("quit")
