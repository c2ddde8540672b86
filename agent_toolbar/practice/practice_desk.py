"""Puts a toolbar on the practice line: sample contacts, colleagues, an account on loopback, and CTI on. GUI thread."""

from __future__ import annotations

import msgspec

from agent_toolbar import paths
from agent_toolbar.application.ports.directory import ImportOutcome, ImportProgress, ImportRequest
from agent_toolbar.application.ports.link_settings import LOCAL_API_PORT
from agent_toolbar.application.ports.runtime import Dispatcher
from agent_toolbar.application.ports.settings import Colleague, LocalApiSettings
from agent_toolbar.application.toolbar_port import AccountEntry, Toolbar
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.practice.practice_process import PracticeLine, PracticeProcess
from agent_toolbar.practice.sample_page import SamplePage, free_port
from agent_toolbar.practice.script_files import load_scripts
from agent_toolbar.practice.scripts import Manner

MAX_STARTS = 4
API_PORT = LOCAL_API_PORT + 1  # the toolbar of the real telephone may run beside this one
SAMPLE_CONTACTS = ("practice", "contacts.csv")


class PracticeDesk:
    """Owns the practice exchange and tells the toolbar where it is."""

    def __init__(self, toolbar: Toolbar, dispatcher: Dispatcher) -> None:
        self._toolbar = toolbar
        self._dispatcher = dispatcher
        self._process: PracticeProcess | None = None
        self._page: SamplePage | None = None
        self._starts = 0
        self._language = ""

    @property
    def exchange_pid(self) -> int:
        """0 while there is no exchange."""
        return self._process.pid if self._process is not None else 0

    def start(self, language: str) -> None:
        """Imports the sample contacts, then starts the exchange, so that the first caller has a name."""
        self._language = language
        self._introduce_colleagues()
        self._serve_page()

        def imported(outcome: ImportOutcome) -> None:
            if outcome.error is not None:
                self._toolbar.report(outcome.error)
            self._start_exchange()

        plan = self._toolbar.settings.numbers.plan()
        request = ImportRequest(paths.resource_path(*SAMPLE_CONTACTS), plan, source="practice")
        self._toolbar.import_contacts(request, _ignore_progress, imported)

    @property
    def page_url(self) -> str:
        """The sample page of a CRM that speaks to this toolbar."""
        return self._page.url_for(self._toolbar.settings.local_api.port) if self._page is not None else ""

    def stop(self) -> None:
        page, self._page = self._page, None
        if page is not None:
            page.close()
        if self._process is not None:
            self._process.stop()

    def _introduce_colleagues(self) -> None:
        """Only a profile that has never been on the practice line: a list that the agent emptied stays empty."""
        settings = self._toolbar.settings
        if settings.account.configured or settings.handover.colleagues:
            return
        people = [one for one in load_scripts().colleagues.values() if one.manner is not Manner.ECHOES]
        colleagues = tuple(Colleague(one.extension, one.name, favourite=one is people[0]) for one in people)
        handover = msgspec.structs.replace(settings.handover, colleagues=colleagues)
        self._toolbar.change_settings(msgspec.structs.replace(settings, handover=handover))

    def _serve_page(self) -> None:
        """The profile of the practice line lets its page connect; it is paired by a code, as any other."""
        self._page = SamplePage()
        settings = self._toolbar.settings
        known = settings.local_api
        port = self._toolbar.state.pages.port or free_port(API_PORT)  # it listens already, or nobody there may
        others = tuple(one for one in known.origins if not one.startswith("http://127.0.0.1:"))
        wanted = LocalApiSettings(enabled=True, port=port, origins=(*others, self._page.origin), wrap_up=True)
        try:
            self._toolbar.change_settings(msgspec.structs.replace(settings, local_api=wanted))
        except AgentToolbarError as error:  # a policy has the last word here, too
            self._toolbar.report(error)

    def _start_exchange(self) -> None:
        self._starts += 1
        self._process = PracticeProcess(self._dispatcher, ["--language", self._language])
        self._process.start(self._ready, self._failed)

    def _ready(self, line: PracticeLine) -> None:
        self._toolbar.set_account(AccountEntry("127.0.0.1", line.extension, port=line.sip_port, password=line.password))
        self._toolbar.switch_cti(True)

    def _failed(self, error: AgentToolbarError) -> None:
        """The exchange ended unasked: a few times another one takes its place."""
        if self._starts < MAX_STARTS:
            self._start_exchange()
        else:
            self._toolbar.report(error)


def _ignore_progress(_progress: ImportProgress) -> None:
    """A few dozen contacts are there before a bar could be drawn."""
