"""Everything the windows show, as one frozen value. A window draws it and knows nothing else of the application."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from agent_toolbar.application.number_case import NumberCaseView
from agent_toolbar.application.ports.crm import OutboxItem
from agent_toolbar.application.ports.pages import PagesView
from agent_toolbar.application.ports.telephony import EngineLink
from agent_toolbar.domain.agent import AgentStatus
from agent_toolbar.domain.audio import AudioSnapshot
from agent_toolbar.domain.call import CallSnapshot
from agent_toolbar.domain.colleague import Presence
from agent_toolbar.domain.contact import ContactMatch, Importance
from agent_toolbar.domain.context import ReceivedContext
from agent_toolbar.domain.crm import CrmContact, CrmState
from agent_toolbar.domain.crm_caller import CrmCaller
from agent_toolbar.domain.dial_request import AskReason, DialSource
from agent_toolbar.domain.number_mark import NumberMark
from agent_toolbar.domain.phone_number import CanonicalNumber
from agent_toolbar.domain.registration import RegistrationSnapshot
from agent_toolbar.domain.transfer import Transfer
from agent_toolbar.domain.wrap_up import MissingField, WrapUp


@dataclass(frozen=True, slots=True)
class CallView:
    """A call with what the contacts say of it.

    Attributes:
        number: the other party's number, understood; shown_number: grouped as people read it, "" when withheld.
        matches: contacts of the number, surest first; contact: the chosen or only certain one, else None.
        looked_up: the contacts have answered (or there was nothing to ask), so the card may be painted.
        called_on: the number that the caller dialled before a diversion, grouped for reading, "" if none.
        note: the one line that the agent typed about this call so far.
        context: the story that came with the call, None if there is none (yet).
        conversation: the same for all calls of one customer's conversation, "" before it is known.
        crm: what the CRM says of the other party, None where it is not asked.
        mark: the agent marked the number as wrong at an earlier call; None if not, or before that is known.
    """

    call: CallSnapshot
    number: CanonicalNumber
    shown_number: str = ""
    matches: tuple[ContactMatch, ...] = ()
    contact: ContactMatch | None = None
    looked_up: bool = False
    called_on: str = ""
    note: str = ""
    context: ReceivedContext | None = None
    conversation: str = ""
    crm: CrmCaller | None = None
    mark: NumberMark | None = None

    @property
    def title(self) -> str:
        """The one large text: name of the contact, the story, the caller, else the number; "" when all is withheld."""
        return self.known_name or self.story_title or self.call.remote.name or self.shown_number

    @property
    def known_name(self) -> str:
        """Of the CRM's contact, which is the fresher one, else of the local one; "" if nobody is known."""
        return (self._at_crm.name if self._at_crm else "") or (self.contact.name if self.contact else "")

    @property
    def company(self) -> str:
        return (self._at_crm.company if self._at_crm else "") or (self.contact.company if self.contact else "")

    @property
    def importance(self) -> Importance:
        """The higher one of what CRM and local contacts say."""
        both = [one.importance for one in (self._at_crm, self.contact) if one is not None]
        return max(both, key=list(Importance).index, default=Importance.NORMAL)

    @property
    def _at_crm(self) -> CrmContact | None:
        return self.crm.contact if self.crm is not None else None

    @property
    def story_title(self) -> str:
        """Whom the story that came with the call names as the other party, "" if nobody.

        That is the customer, or the colleague who consults us about one.
        """
        if self.context is None:
            return ""
        story = self.context.context
        if story.kind == "consultation" and self.number.key == story.sender.extension:
            return story.sender.name
        return story.name or story.company


@dataclass(frozen=True, slots=True)
class ColleagueView:
    """Somebody that a call can be handed to, and what their telephone is doing."""

    extension: str
    name: str = ""
    favourite: bool = False
    presence: Presence = Presence.UNKNOWN

    @property
    def title(self) -> str:
        return self.name or self.extension


@dataclass(frozen=True, slots=True)
class WrapUpView:
    """The wrap-up that is open.

    Attributes:
        missing: what must still be filled in before it can be finished.
        waits_for_call: another call of the agent is live; the time stands still until it is over.
    """

    wrap_up: WrapUp
    missing: tuple[MissingField, ...] = ()
    waits_for_call: bool = False


@dataclass(frozen=True, slots=True)
class DialRequestView:
    """A call that a link, a page or a selected text asks for; the person must agree.

    Attributes:
        target: what is dialled then; shown: the same, grouped as people read it. number: understood, with its country.
        origin: of the page, "" for none. reason: why it is not dialled at once.
        matches: contacts of the number, surest first; looked_up: the contacts have answered.
    """

    id: str
    source: DialSource
    target: str
    number: CanonicalNumber
    shown: str
    origin: str = ""
    reason: AskReason = AskReason.SETTINGS
    matches: tuple[ContactMatch, ...] = ()
    looked_up: bool = False

    def with_matches(self, matches: tuple[ContactMatch, ...]) -> DialRequestView:
        return replace(self, matches=matches, looked_up=True)


@dataclass(frozen=True, slots=True)
class IdleQuestion:
    """ "Are you still there?" Unanswered at `until_s` (seconds since the epoch), `reason` is set."""

    until_s: float
    reason: str


@dataclass(frozen=True, slots=True)
class OutboxView:
    """One call that the CRM must still be told. foreign: of another sign-in than the one that is set up now."""

    item: OutboxItem
    sending: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class CrmView:
    """The CRM switch and the outbox.

    Attributes:
        configured: a CRM is set up. on: the switch as the agent set it; `state` says what became of it.
        name: the product, "" before it is known; url: where it is; user: who is signed in, by name.
        browser: signing in is done in the browser; sign_in_url: what it must show now, "" while nobody is asked.
        fault: code of why it is not signed in, "" if nothing is wrong. fault_params, retry_at_s: as of Fault.
        outbox: what waits, oldest first; what is held is in it too, but not counted.
        waiting: how many calls the CRM must still be told; stuck: how many of them only a person helps.
    """

    configured: bool = False
    on: bool = False
    state: CrmState = CrmState.SIGNED_OUT
    name: str = ""
    url: str = ""
    user: str = ""
    key_kept: bool = False
    browser: bool = False
    sign_in_url: str = ""
    fault: str = ""
    fault_params: dict[str, str | int | float] = field(default_factory=dict)
    retry_at_s: float = 0.0
    outbox: tuple[OutboxView, ...] = ()

    @property
    def needs_key(self) -> bool:
        """Only a key that somebody types helps."""
        return self.fault == "crm_no_key" or (self.fault == "crm_unauthorized" and not self.browser)

    @property
    def waiting(self) -> int:
        return sum(not view.item.held for view in self.outbox)

    @property
    def stuck(self) -> int:
        return sum(view.item.stuck for view in self.outbox)


class DirectoryState(StrEnum):
    """What a company directory is doing."""

    WAITING = "waiting"  # for its time, or for another one's end
    SYNCING = "syncing"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """A company directory that feeds the contacts.

    Attributes:
        done, total: entries, while it is synced; total 0 while nobody knows.
        contacts, added, updated, removed, skipped: of the last sync that came to its end.
        synced_s: when that was; next_s: when the next one begins (seconds since the epoch); 0.0 for not yet.
        fault: code of why the last try failed, "" if it did not; fault_params as of Fault.
    """

    name: str
    kind: str
    url: str
    state: DirectoryState = DirectoryState.WAITING
    done: int = 0
    total: int = 0
    contacts: int = 0
    added: int = 0
    updated: int = 0
    removed: int = 0
    skipped: int = 0
    synced_s: float = 0.0
    next_s: float = 0.0
    fault: str = ""
    fault_params: dict[str, str | int | float] = field(default_factory=dict)


class FaultPlace(StrEnum):
    """The zone of the bar that a fault concerns."""

    TELEPHONY = "telephony"
    SOUND = "sound"
    CONTACTS = "contacts"
    HISTORY = "history"
    SETTINGS = "settings"
    CALL = "call"
    AVAILABILITY = "availability"
    CRM = "crm"
    OUTBOX = "outbox"


class Remedy(StrEnum):
    """What the one button of a fault does."""

    NONE = "none"
    TRY_AGAIN = "try_again"
    OPEN_ACCOUNT = "open_account"
    ENTER_PASSWORD = "enter_password"
    OPEN_SOUND = "open_sound"
    OPEN_SETTINGS = "open_settings"
    DISMISS = "dismiss"
    TELL_QUEUE = "tell_queue"  # says what the agent chose to the telephone system again
    ACCEPT_QUEUE = "accept_queue"  # takes over what somebody else set there
    OPEN_AVAILABILITY = "open_availability"
    SWITCH_CTI_ON = "switch_cti_on"
    GO_READY = "go_ready"
    FINISH_WRAP_UP = "finish_wrap_up"
    SIGN_IN = "sign_in"  # at the CRM, or tries that again at once
    ENTER_CRM_KEY = "enter_crm_key"
    CANCEL_SIGN_IN = "cancel_sign_in"  # nobody is asked in the browser any more
    OPEN_OUTBOX = "open_outbox"
    READ_POLICY = "read_policy"  # the administrator's
    SYNC_DIRECTORIES = "sync_directories"  # those that failed
    OPEN_PAGES = "open_pages"  # of the CRM, in the settings


@dataclass(frozen=True, slots=True)
class Fault:
    """A state that needs somebody's attention, and what to do about it.

    Attributes:
        code: names the sentence in i18n; params: what the sentence shows.
        retry_at_s: when it is tried again by itself (seconds since the epoch), 0.0 if it is not.
        serious: calls are lost while it lasts (red), else it is only a restriction (amber).
    """

    code: str
    place: FaultPlace
    remedy: Remedy = Remedy.NONE
    params: dict[str, str | int | float] = field(default_factory=dict)
    retry_at_s: float = 0.0
    serious: bool = False


@dataclass(frozen=True, slots=True)
class AccountView:
    """The telephone account for showing. `password_kept`: in the keyring; `password_known`: at least this session."""

    configured: bool = False
    server: str = ""
    port: int = 0
    extension: str = ""
    transport: str = "udp"
    password_known: bool = False
    password_kept: bool = False


@dataclass(frozen=True, slots=True)
class ToolbarState:
    """One moment of the whole toolbar.

    Attributes:
        cti_on: the switch as the agent set it; `registration` says what became of it.
        calls: live calls, the current one included, oldest first.
        current: id of the call that the buttons act on, "" if none: the one in talk, else the ringing, else the held.
        just_ended: calls that ended in the last five seconds, newest first, so that a card can say "missed" and the
            bar why a call failed.
        missed: missed calls not yet seen.
        faults: worst first.
        practice: this toolbar runs on the practice line.
        transfer: the one that is under way, or that ended in the last eight seconds; else None.
        colleagues: favourites first.
        wrap_up: the one that is open, else None. idle: the question that is asked, else None.
        crm: the other switch, and what waits for the CRM. directories: as the settings name them.
        dial_request: the call that a link asks for and nobody agreed to yet, else None.
        pages: of the CRM, which are connected or ask to be.
        number_case: the number of a contact that somebody doubts, else None.
    """

    cti_on: bool = False
    link: EngineLink = EngineLink.STOPPED
    engine_pid: int = 0
    engine_started_s: float = 0.0
    registration: RegistrationSnapshot = RegistrationSnapshot()
    account: AccountView = AccountView()
    agent: AgentStatus = AgentStatus()
    calls: tuple[CallView, ...] = ()
    current: str = ""
    just_ended: tuple[CallView, ...] = ()
    audio: AudioSnapshot = AudioSnapshot()
    missed: int = 0
    contacts: int = 0
    faults: tuple[Fault, ...] = ()
    practice: bool = False
    transfer: Transfer | None = None
    colleagues: tuple[ColleagueView, ...] = ()
    wrap_up: WrapUpView | None = None
    idle: IdleQuestion | None = None
    crm: CrmView = CrmView()
    directories: tuple[DirectoryView, ...] = ()
    dial_request: DialRequestView | None = None
    pages: PagesView = PagesView()
    number_case: NumberCaseView | None = None

    @property
    def current_call(self) -> CallView | None:
        return next((view for view in self.calls if view.call.id == self.current), None)

    def find(self, call_id: str) -> CallView | None:
        return next((view for view in self.calls if view.call.id == call_id), None)
