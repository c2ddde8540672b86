"""What a toolbar is built of: one adapter per port."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent_toolbar.application.ports.availability import Availability
from agent_toolbar.application.ports.context import ContextStore
from agent_toolbar.application.ports.crm import BrowserSignIn, CallerChoices, Crm, CrmAccess, Outbox
from agent_toolbar.application.ports.crm_catalog import ConnectorCatalog
from agent_toolbar.application.ports.crm_trial import ConnectorTrials
from agent_toolbar.application.ports.directory import ContactDirectory
from agent_toolbar.application.ports.directory_sync import DirectorySyncer
from agent_toolbar.application.ports.doctor import Auditor, NetworkProbes
from agent_toolbar.application.ports.runtime import Clock, IdleWatch, SleepWatch, Timers
from agent_toolbar.application.ports.scheme_handlers import LinkHandlers
from agent_toolbar.application.ports.settings import AvailabilitySettings, SecretVault, SettingsStore
from agent_toolbar.application.ports.storage import AgentLog, CallJournal
from agent_toolbar.application.ports.support import SupportBundle
from agent_toolbar.application.ports.telephony import TelephonyEngine


@dataclass(frozen=True, slots=True)
class ToolbarParts:
    """The adapters that a toolbar is built of.

    Attributes:
        availability: builds the adapter that the settings name.
        crm: connects to the CRM that the settings name; raises AgentToolbarError where that cannot be.
        crm_browser: signs in at CRMs that want it in the browser. open_page: shows an address in the system's browser,
            False where there is none.
        chance: a random number from 0.0 to 1.0, so that not all desks try again at the same moment.
        new_id: a fresh id for a call. new_key: 32 hexadecimal digits that nobody can guess.
    """

    engine: TelephonyEngine
    directory: ContactDirectory
    journal: CallJournal
    contexts: ContextStore
    settings: SettingsStore
    vault: SecretVault
    clock: Clock
    timers: Timers
    agent_log: AgentLog
    availability: Callable[[AvailabilitySettings], Availability]
    idle: IdleWatch
    sleep: SleepWatch
    auditor: Auditor
    probes: NetworkProbes
    outbox: Outbox
    caller_choices: CallerChoices
    crm: Callable[[CrmAccess], Crm]
    crm_browser: BrowserSignIn
    crm_catalog: ConnectorCatalog
    crm_trials: ConnectorTrials
    open_page: Callable[[str], bool]
    directories: DirectorySyncer
    link_handlers: LinkHandlers
    chance: Callable[[], float]
    support: SupportBundle
    new_id: Callable[[], str]
    new_key: Callable[[], str]
