"""The composition root: builds, joins, starts and stops the toolbar, in the order written here. GUI thread."""

from __future__ import annotations

import contextlib
import logging
import os
import random
import secrets
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, QSocketNotifier

from agent_toolbar.application.ports.settings import SecretVault
from agent_toolbar.application.toolbar_parts import ToolbarParts
from agent_toolbar.application.toolbar_service import ToolbarService
from agent_toolbar.availability.choice import adapter_for
from agent_toolbar.crm.connector_catalog import ManifestCatalog
from agent_toolbar.crm.crm_link import CrmLink
from agent_toolbar.crm.directory_service import SqliteContactDirectory
from agent_toolbar.crm.directory_task import ProcessDirectorySyncer
from agent_toolbar.diagnostics.audit.auditor import SipAuditor
from agent_toolbar.diagnostics.network_probes import SocketProbes
from agent_toolbar.diagnostics.support import SupportFile
from agent_toolbar.diagnostics.trace import Trace, trace_file
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.handlers.background import BackgroundLinkHandlers
from agent_toolbar.handlers.choice import handlers_here
from agent_toolbar.i18n.codes import told_codes
from agent_toolbar.i18n.translation import Translation
from agent_toolbar.ipc.control_protocol import ControlRequest
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.control_socket import ControlServer
from agent_toolbar.links.control_verbs import ControlVerbs
from agent_toolbar.links.opened_links import LinkApplication, OpenedLinks
from agent_toolbar.local_api.local_api import LocalApi
from agent_toolbar.practice.practice_desk import PracticeDesk
from agent_toolbar.practice.practice_process import open_practice_toolbar
from agent_toolbar.settings.folders import config_dir, data_dir, engine_error_log, state_dir
from agent_toolbar.settings.policy import policy_file
from agent_toolbar.settings.secrets import KeyringVault
from agent_toolbar.settings.session_vault import SessionVault
from agent_toolbar.settings.store import TomlSettingsStore
from agent_toolbar.storage.agent_log import SqliteAgentLog
from agent_toolbar.storage.call_journal import SqliteCallJournal
from agent_toolbar.storage.caller_choices import SqliteCallerChoices
from agent_toolbar.storage.outbox import SqliteOutbox
from agent_toolbar.storage.paired_pages import PairedPagesFile
from agent_toolbar.storage.shared_context import SharedContextStore
from agent_toolbar.telephony.engine_client import EngineClient
from agent_toolbar.telephony.engine_process import EngineProcess
from agent_toolbar.ui.computer_sleep import ComputerSleep
from agent_toolbar.ui.desk import Desk
from agent_toolbar.ui.desktop_idle import DesktopIdle
from agent_toolbar.ui.open_page import open_page
from agent_toolbar.ui.qt_runtime import QtDispatcher, QtTimers, SystemClock
from agent_toolbar.ui.service_records import QtServiceRecords

_log = logging.getLogger(__name__)

ENGINE_FAREWELL_S = 7.0  # longer than the link needs to end an engine that hangs
OK = 0


def run(
    *,
    practice: bool,
    language: str | None,
    activation_token: str | None,
    engine: EngineProcess | None = None,
    link: str = "",
) -> int:
    """Runs the toolbar until it is quit; the exit status of the process.

    `language` overrides the settings; `activation_token` lets the desktop give the first window the keyboard;
    `engine` was started ahead; `link` is what somebody clicked while no toolbar ran.
    """
    if activation_token:
        os.environ["XDG_ACTIVATION_TOKEN"] = activation_token
    application = LinkApplication([sys.argv[0]])  # never the real arguments: a link could hold options of Qt
    application.setApplicationName("agent-toolbar")
    application.setDesktopFileName("agent-toolbar")
    application.setQuitOnLastWindowClosed(False)
    composition = Composition(application, practice=practice, language=language, engine=engine)
    if not composition.claim(activation_token or "", link):
        return OK
    composition.start()
    if link:
        composition.follow_link(link)
    try:
        return application.exec()
    finally:
        composition.stop()


class Composition:
    """Every part of one running toolbar, and the order in which they start and stop."""

    def __init__(
        self, application: LinkApplication, *, practice: bool, language: str | None, engine: EngineProcess | None
    ) -> None:
        self._application = application
        self._language = language
        self._started_ahead = engine
        self._dispatcher = QtDispatcher(application)
        self._control = ControlServer(dispatcher=self._dispatcher, handler=self._handle)
        self._verbs: ControlVerbs | None = None
        self._practice_mode = practice

    def claim(self, activation_token: str, link: str) -> bool:
        """True if this process is now the toolbar of its profile; else the one that is has come to the front."""
        return self._control.claim_or_raise_other(activation_token, link=link)

    def follow_link(self, link: str) -> None:
        """As soon as the windows stand. What is refused stands in the bar."""
        assert self._verbs is not None
        with contextlib.suppress(AgentToolbarError):
            self._verbs.follow_link(link, "")

    def start(self) -> None:
        clock = SystemClock()
        self._writer = ThreadPoolExecutor(1, "settings-writer")
        self._settings = TomlSettingsStore(
            config_dir() / "settings.toml", io=self._writer, dispatcher=self._dispatcher, policy=policy_file()
        )
        self._translation = Translation(self._application)
        self._speak()
        self._settings.watch(lambda _settings: self._speak())
        self._directory = SqliteContactDirectory(data_dir() / "contacts.sqlite", self._dispatcher, self._number_plan)
        self._directories = ProcessDirectorySyncer(data_dir() / "contacts.sqlite", self._dispatcher)
        self._journal = SqliteCallJournal(data_dir() / "calls.sqlite", self._dispatcher, clock)
        vault: SecretVault = SessionVault() if self._practice_mode else KeyringVault(self._dispatcher)
        self._contexts = SharedContextStore(
            data_dir() / "context.sqlite",
            self._dispatcher,
            clock,
            vault,
            self._settings.current.handover.store_url,
        )
        self._engine = EngineClient(
            dispatcher=self._dispatcher,
            endpoint=Endpoint.of_profile("engine"),
            error_log=engine_error_log(),
            started_ahead=self._started_ahead,
        )
        records = QtServiceRecords(self._application)
        self._probes = SocketProbes(self._dispatcher, records=records)
        timers = self._timers = QtTimers(self._application)
        crm = CrmLink(self._dispatcher, timers, vault, self._number_plan, language=lambda: self._translation.language)
        self._outbox = SqliteOutbox(data_dir() / "outbox.sqlite", self._dispatcher, clock)
        self._caller_choices = SqliteCallerChoices(data_dir() / "callers.sqlite", self._dispatcher, clock)
        self._agent_log = SqliteAgentLog(data_dir() / "agent.sqlite", self._dispatcher, clock)
        self._sleep = ComputerSleep(self._application)
        self._service = ToolbarService(
            ToolbarParts(
                engine=self._engine,
                directory=self._directory,
                journal=self._journal,
                settings=self._settings,
                contexts=self._contexts,
                vault=vault,
                clock=clock,
                timers=timers,
                agent_log=self._agent_log,
                availability=lambda wanted: adapter_for(
                    wanted,
                    lambda: self._settings.current.account,
                    self._engine,
                    timers,
                    clock,
                    vault=vault,
                    dispatcher=self._dispatcher,
                ),
                idle=DesktopIdle(self._application),
                sleep=self._sleep,
                auditor=SipAuditor(self._dispatcher, records, lambda: self._translation.language),
                probes=self._probes,
                outbox=self._outbox,
                caller_choices=self._caller_choices,
                crm=crm.connect,
                crm_browser=crm,
                crm_catalog=ManifestCatalog(),
                crm_trials=crm,
                open_page=open_page,
                directories=self._directories,
                link_handlers=BackgroundLinkHandlers(handlers_here, self._writer, self._dispatcher),
                chance=random.random,
                support=SupportFile(
                    self._dispatcher, clock, codes=told_codes(), error_log=engine_error_log(), trace=trace_file()
                ),
                new_id=lambda: secrets.token_hex(6),
                new_key=lambda: secrets.token_hex(16),
            ),
            on_quit=self._end,
            practice=self._practice_mode,
        )
        self._desk = Desk(self._application, self._service, clock, state_dir() / "window.json")
        self._desk.card_painted.connect(lambda call: Trace().note("card_painted", call=call))
        self._desk.question_painted.connect(lambda request: Trace().note("question_painted", request=request))
        self._desk.practice_requested.connect(self._open_practice)
        self._desk.sample_page_requested.connect(self._open_sample_page)
        self._verbs = ControlVerbs(self._service, clock, self._desk.bring_up, self._desk.selection.call)
        self._signals = SignalWatch(self._service.quit, self._application)
        self._local_api = LocalApi(
            self._service,
            PairedPagesFile(state_dir() / "pages.json", self._writer),
            clock,
            timers,
            bring_up=self._desk.bring_up,
            parent=self._application,
        )
        self._service.connect_pages(self._local_api)
        self._application.receive(OpenedLinks(self._service, self._desk.bring_up).take)
        self._control.serve()
        self._service.start()
        self._local_api.start()
        self._practice = PracticeDesk(self._service, self._dispatcher) if self._practice_mode else None
        if self._practice is not None:
            self._practice.start(self._translation.language)
        self._desk.open()

    def stop(self) -> None:
        """Engine first, so that the telephone system hears goodbye; then what writes; then the sockets."""
        self._sleep.close()
        self._local_api.close()
        self._desk.close()
        self._engine.stop(keep_engine=False)
        if not self._engine.join(ENGINE_FAREWELL_S):
            _log.warning("the engine took longer than %s s to say goodbye", ENGINE_FAREWELL_S)
        if self._practice is not None:
            self._practice.stop()
        self._probes.close()
        self._directories.close()
        self._directory.close()
        self._journal.close()
        self._outbox.close()
        self._caller_choices.close()
        self._contexts.close()
        self._agent_log.close()
        self._writer.shutdown()
        self._control.close()
        self._signals.close()

    def _end(self) -> None:
        self._application.exit(OK)  # not quit(): that asks the windows, and the bar refuses to be closed

    def _handle(self, request: ControlRequest, reply: Reply) -> None:
        assert self._verbs is not None
        self._verbs.handle(request, reply)

    def _open_practice(self) -> None:
        try:
            open_practice_toolbar(self._language or self._settings.current.window.language)
        except AgentToolbarError as error:
            self._service.report(error)

    def _open_sample_page(self) -> None:
        if self._practice is not None and not open_page(self._practice.page_url):
            self._service.report(AgentToolbarError("no_browser", url=self._practice.page_url))

    def _number_plan(self) -> NumberPlan:
        return self._settings.current.numbers.plan()

    def _speak(self) -> None:
        self._translation.use(self._language or self._settings.current.window.language)


class SignalWatch(QObject):
    """SIGTERM, SIGINT and SIGHUP end the toolbar in good order: Python hears them only when Qt lets it."""

    def __init__(self, quit_toolbar: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(quit_toolbar)
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda _number, _frame: None)

    def close(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        self._read.close()
        self._write.close()
