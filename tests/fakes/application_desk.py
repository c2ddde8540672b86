"""A whole application on fakes, with one registered telephone, for the tests of use cases."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Protocol

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.application.ports.availability import Abilities
from agent_toolbar.application.ports.context import ContextStore
from agent_toolbar.application.ports.crm import BrowserSignIn, Crm, CrmAccess
from agent_toolbar.application.ports.crm_catalog import ConnectorCatalog
from agent_toolbar.application.ports.crm_trial import ConnectorTrials
from agent_toolbar.application.ports.settings import AccountSettings, Settings, SettingsStore
from agent_toolbar.application.toolbar_parts import ToolbarParts
from agent_toolbar.application.toolbar_service import ToolbarService
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.call import CallSnapshot
from tests.fakes.auditor import FakeAuditor
from tests.fakes.availability import FakeAvailability
from tests.fakes.context import FakeContextStore
from tests.fakes.crm import CrmServer, FakeBrowser, FakeCallerChoices, FakeOutbox
from tests.fakes.crm_catalog import FakeCatalog
from tests.fakes.crm_trial import FakeTrials
from tests.fakes.directory import FakeContactDirectory
from tests.fakes.directory_syncer import FakeDirectorySyncer
from tests.fakes.idle import FakeIdleWatch
from tests.fakes.journal import FakeAgentLog, FakeCallJournal
from tests.fakes.link_handlers import FakeLinkHandlers
from tests.fakes.probes import FakeProbes
from tests.fakes.runtime import ManualClock, ManualTimers
from tests.fakes.settings import FakeSecretVault, FakeSettingsStore
from tests.fakes.sleep import FakeSleepWatch
from tests.fakes.support import FakeSupportBundle
from tests.fakes.telephony import FakeTelephonyEngine

ACCOUNT = AccountSettings(server="pbx.test", extension="1001")


class LinkToCrm(BrowserSignIn, ConnectorTrials, Protocol):
    """See crm.crm_link."""

    def connect(self, access: CrmAccess) -> Crm: ...


class Desk:
    """A toolbar whose telephone is registered, on fakes."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        earlier: Desk | None = None,
        crm: CrmServer | None = None,
        crm_link: LinkToCrm | None = None,
        crm_catalog: ConnectorCatalog | None = None,
        vault: FakeSecretVault | None = None,
        outbox: FakeOutbox | None = None,
        journal: FakeCallJournal | None = None,
        engine: FakeTelephonyEngine | None = None,
        settings_store: SettingsStore | None = None,
        stories: ContextStore | None = None,
    ) -> None:
        """`crm_link` takes the place of `crm` and of the browser.

        `crm`, `outbox`, `journal` and `engine` may be what an earlier life left.

        With `earlier`, a later life of that desk with what it wrote; to be begun when the test has set the scene.
        """
        self.clock = ManualClock() if earlier is None else earlier.clock
        self.engine = engine or FakeTelephonyEngine(reacts=True)
        self.directory = FakeContactDirectory()
        self.directory.put("Marie Dupont", "01 99 00 12 34")
        self.journal = journal or (FakeCallJournal() if earlier is None else earlier.journal)
        self.settings = (
            FakeSettingsStore(settings or Settings(account=ACCOUNT)) if earlier is None else earlier.settings
        )
        self.vault = vault or FakeSecretVault()
        self.vault.secrets[("pbx.test", "1001")] = "secret"
        self.contexts = FakeContextStore(self.clock)
        self.timers = ManualTimers(self.clock)
        self.agent_log = FakeAgentLog() if earlier is None else earlier.agent_log
        self.queue = FakeAvailability(Abilities(logs_in=False))
        self.idle = FakeIdleWatch()
        self.sleep = FakeSleepWatch()
        self.auditor = FakeAuditor()
        self.probes = FakeProbes()
        self.crm = crm or CrmServer()
        self.browser = FakeBrowser()
        self.trials = FakeTrials()
        self.outbox = outbox or FakeOutbox()
        self.caller_choices = FakeCallerChoices() if earlier is None else earlier.caller_choices
        self.pages = self.browser.opened
        self.directories = FakeDirectorySyncer()
        self.link_handlers = FakeLinkHandlers()
        self.support = FakeSupportBundle()
        self.states: list[ToolbarState] = []
        self.has_quit = False
        ids, keys = itertools.count(1), itertools.count(1)
        self.toolbar = ToolbarService(
            ToolbarParts(
                engine=self.engine,
                directory=self.directory,
                journal=self.journal,
                contexts=stories or self.contexts,
                settings=settings_store or self.settings,
                vault=self.vault,
                clock=self.clock,
                timers=self.timers,
                agent_log=self.agent_log,
                availability=lambda _settings: self.queue,
                idle=self.idle,
                sleep=self.sleep,
                auditor=self.auditor,
                probes=self.probes,
                outbox=self.outbox,
                caller_choices=self.caller_choices,
                crm=crm_link.connect if crm_link is not None else self.crm.connect,
                crm_browser=crm_link or self.browser,
                crm_catalog=crm_catalog or FakeCatalog(),
                crm_trials=crm_link or self.trials,
                open_page=self.browser.open_page,
                directories=self.directories,
                link_handlers=self.link_handlers,
                chance=lambda: 0.5,
                support=self.support,
                new_id=lambda: f"call{next(ids)}",
                new_key=lambda: f"{next(keys):032x}",
            ),
            on_quit=self._quit,
        )
        self.toolbar.watch(self.states.append)
        self.prepare()
        if earlier is None:
            self.begin()

    def begin(self) -> None:
        self.toolbar.start()

    def prepare(self) -> None:
        """What a test wants to be so before the toolbar starts."""

    def _quit(self) -> None:
        self.has_quit = True

    @property
    def state(self) -> ToolbarState:
        return self.toolbar.state

    def on(self) -> Desk:
        self.toolbar.switch_cti(True)
        return self

    def ring(self, call_id: str = "in1", number: str = "+33199001234", name: str = "") -> None:
        self.engine.emit(self.engine.script.offer(call_id, number, name))

    def call(self, call_id: str) -> CallSnapshot:
        view = self.state.find(call_id)
        assert view is not None
        return view.call

    def change(self, call_id: str, **values: object) -> None:
        changed = replace(self.call(call_id), **values)  # type: ignore[arg-type]
        self.engine.script.calls[call_id] = changed
        self.engine.emit(wire.CallChanged(call=changed))

    def fault_codes(self) -> list[str]:
        return [fault.code for fault in self.state.faults]

    def sent(self, kind: type[wire.Command]) -> list[wire.Command]:
        return [command for command in self.engine.commands if isinstance(command, kind)]
