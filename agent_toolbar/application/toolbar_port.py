"""The application as windows, control socket and command line use it. Everything on the GUI thread, nothing waits.

A refusal is an AgentToolbarError with a code; success shows in the next ToolbarState.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from agent_toolbar.application.crm_trial import TriesCrm
from agent_toolbar.application.examination import Examination
from agent_toolbar.application.number_case import NumberCaseView, NumberOrder
from agent_toolbar.application.ports.crm_catalog import Connector
from agent_toolbar.application.ports.directory import (
    ImportOutcome,
    ImportPreview,
    ImportProgress,
    ImportRequest,
    ImportTask,
)
from agent_toolbar.application.ports.scheme_handlers import LinkHandlers
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.ports.storage import CallRecord, JournalQuery
from agent_toolbar.application.ports.telephony import AudioConfig, LevelsMeasured
from agent_toolbar.application.story_store import ChoosesStoryStore
from agent_toolbar.application.toolbar_entries import AccountEntry, CrmEntry
from agent_toolbar.application.toolbar_state import DirectoryView, Remedy, ToolbarState
from agent_toolbar.domain.contact import ContactMatch, LookupResult
from agent_toolbar.domain.dial_request import DialSource
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.number_correction import CorrectionKind
from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.domain.registration import RegistrationSnapshot
from agent_toolbar.domain.transfer import TransferTarget

__all__ = ["AccountEntry", "CrmEntry", "Toolbar"]


class Toolbar(TriesCrm, ChoosesStoryStore, Protocol):
    """One toolbar of one profile."""

    @property
    def state(self) -> ToolbarState: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def forced(self) -> frozenset[str]:
        """Dotted keys of the settings that the administrator has set for good."""

    def watch(self, listener: Callable[[ToolbarState], None]) -> None:
        """Called after every change with the new state, and never while it is the same."""

    def watch_settings(self, listener: Callable[[Settings], None]) -> None:
        """Called after every change of the settings."""

    def watch_levels(self, listener: Callable[[LevelsMeasured], None] | None) -> None:
        """Measures microphone and speaker for `listener` ten times a second until None is given."""

    # -- calls; call_id "" means the current call
    def dial(self, text: str) -> str:
        """Calls what was typed (number, SIP address, contact's number) and answers the new call's id.

        A call in talk is put on hold. Raises NumberError or CallError with a Refusal as code.
        """

    def answer(self, call_id: str = "") -> None: ...

    def hang_up(self, call_id: str = "", *, confirmed: bool = False) -> None:
        """Ends, cancels or declines. Of a consultation: the customer is taken off hold.

        A call whose end would cut off a customer who is being transferred raises CallError("hang_up_cuts_customer")
        with `name` unless confirmed; in a conference `name` names both.
        """

    def hold(self, call_id: str = "") -> None: ...

    def resume(self, call_id: str = "") -> None:
        """Also swaps: the call in talk is put on hold first."""

    def mute(self, muted: bool, call_id: str = "") -> None: ...

    def send_dtmf(self, digits: str, call_id: str = "") -> None: ...

    def choose_contact(self, call_id: str, contact_id: int) -> None:
        """Binds one of several matches to the call."""

    # -- calls that nobody typed
    def request_dial(
        self,
        text: str,
        source: DialSource,
        origin: str = "",
        on_settled: Callable[[str], None] | None = None,
    ) -> str:
        """Puts to the person what a link (a whole URI), a page or a selected text wants called; a newer request takes
        the place of an older one.

        Answers the id of the request, which shows as ToolbarState.dial_request, or "" when it was dialled at once or
        the link only says `show`. `on_settled` is told the id of the call, or "" when nobody was called.
        Raises LinkError("link_" and a LinkRefusal, text), NumberError or CallError as dial does.
        """

    def confirm_dial_request(self) -> str:
        """The person agrees: dials, and answers the call's id. Raises LinkError("link_no_request") or as dial does."""

    def dismiss_dial_request(self) -> None:
        """The person does not agree, or there is nothing to agree to any more."""

    @property
    def link_handlers(self) -> LinkHandlers:
        """Who opens links on this computer."""

    # -- pages of the CRM
    def forget_page(self, origin: str) -> None:
        """Cuts off its pages; they must be paired again."""

    def refuse_pairing(self) -> None:
        """The answer "no" to ToolbarState.pages.pairing."""

    # -- handing over; call_id "" means the current call. Refusals as for dial, and CallError with a Refusal as code.
    def transfer(self, target: str, call_id: str = "", *, now: bool = False, confirmed: bool = False) -> None:
        """Blind transfer to what was typed: hold at once, after `undo_s` seconds (`now`: without a wait) the REFER.

        "" with `now`: does not wait any longer for the one that can still be undone.
        A target with a DialRisk raises CallError("target_asks", number, risk) unless confirmed.
        """

    def undo(self) -> None:
        """Stops a transfer before its REFER left, and takes the customer back."""

    def consult(self, target: str, call_id: str = "", *, confirmed: bool = False) -> str:
        """Puts the customer on hold and calls the second person; answers the id of that call. Asks as transfer does."""

    def complete(self) -> None:
        """Hands the customer to the second person; while that one still rings, as a blind transfer.

        Without a consultation and with just two connected calls: joins these two.
        """

    def swap(self) -> None:
        """Talks with the other one of customer and second person, and holds this one."""

    def take_back(self) -> None:
        """Ends the consultation (or the attempt to hand over) and talks with the customer again."""

    def conference(self) -> None:
        """Customer, second person and agent hear each other. Also of any two connected calls."""

    def join(self, call_id: str, other_id: str) -> None:
        """Connects the other parties of two connected calls and leaves them: the same as complete."""

    def silence(self, call_id: str, silenced: bool) -> None:
        """Nobody hears this party of the conference, or they do again."""

    def redirect(self, target: str, call_id: str = "", *, confirmed: bool = False) -> None:
        """Sends a ringing call elsewhere before it is answered."""

    def answer_transfer_request(self, accepted: bool, call_id: str = "", *, confirmed: bool = False) -> None:
        """The other party asked to be called elsewhere (REFER): calls there, holding this call, or stays.

        A target with a DialRisk asks as for transfer.
        """

    def resolve_target(self, text: str) -> TransferTarget | None:
        """Where a call would go for what was typed (a colleague's name or extension, a number), None for nowhere."""

    def set_favourite(self, extension: str, favourite: bool, name: str = "") -> None:
        """Puts a colleague first or back; one that was not in the list is added."""

    def note(self, text: str, call_id: str = "") -> None:
        """The one line about a call; on disk within a second. "" for call_id: the current or the just ended call."""

    # -- agent
    def switch_cti(self, on: bool, *, confirmed: bool = False) -> None:
        """Off with a live call raises CallError("cti_off_with_call") unless confirmed; calls then end first."""

    def set_ready(self, ready: bool, reason: str = "", note: str = "") -> None:
        """What the agent chose, now or, while a call is live, for after it (AgentStatus.after_call).

        Raises AgentError("unknown_reason", reason), AgentError("reason_needs_note", reason) or
        AgentError("wrap_up_open") while a wrap-up is open (finish it first).
        """

    def begin_wrap_up(self, call_id: str = "") -> None:
        """During a call: one will follow it, whatever the rule says; after it: for the call that ended last.

        One that is finished is opened again for a correction; it stays one record. "" means the current call, else the
        newest one that was answered. Raises AgentError("no_call_to_wrap_up").
        """

    def edit_wrap_up(
        self,
        *,
        subject: str | None = None,
        disposition: str | None = None,
        follow_up: str | None = None,
        finding: NumberFinding | None = None,
    ) -> None:
        """Changes the fields that are given; on disk within a second.

        Raises AgentError("no_wrap_up"), AgentError("unknown_disposition", disposition) or AgentError("bad_follow_up").
        """

    def extend_wrap_up(self) -> None:
        """More time. Raises AgentError("no_wrap_up")."""

    def finish_wrap_up(self, *, not_ready: bool = False, reason: str = "", note: str = "") -> None:
        """Saves it and is ready again, or with `not_ready` stays away.

        Raises AgentError("no_wrap_up"), AgentError("wrap_up_needs_subject") or AgentError("wrap_up_needs_disposition").
        """

    def still_there(self) -> None:
        """The answer to ToolbarState.idle."""

    def keep_queue_password(self, password: str, on_done: Callable[[bool], None]) -> None:
        """Keeps the password of availability.rest.user and tells the queue with it; answers whether it survives us.

        Raises AgentError("no_queue_user") where the settings name none.
        """

    # -- the doctor
    def examine(self, on_change: Callable[[Examination], None]) -> None:
        """Runs all checks; `on_change` is called after each with all results so far, the last time with done=True."""

    def audit(
        self,
        folder: Path,
        on_result: Callable[[tuple[Path, ...] | AgentToolbarError], None],
        *,
        language: str = "",
    ) -> None:
        """Asks the PBX what it is and can do; writes the report as Markdown and HTML into `folder`.

        language: of the report, "en" or "fr"; "" for the one that the toolbar speaks.

        Raises AccountError("no_account") or AccountError("no_password") at once.
        """

    def write_support_file(
        self, file: Path, examination: Examination, on_written: Callable[[Path | AgentToolbarError], None]
    ) -> None:
        """One file for support, with what an examination found; see ports.support for what is never in it."""

    # -- account
    def set_account(self, entry: AccountEntry, on_tried: Callable[[RegistrationSnapshot], None] | None = None) -> None:
        """Keeps the account and, with `on_tried`, registers once to try it and answers with the outcome.

        Raises AccountError for values that cannot be right (empty server, spaces, bad port).
        """

    def enter_password(self, password: str) -> None:
        """For this session, and in the keyring where there is one; then goes on registering if CTI is on."""

    def remedy(self, remedy: Remedy) -> None:
        """What can be done at once, from TRY_AGAIN to FINISH_WRAP_UP; those that open a window never come here.

        Raises what the deed itself raises, such as AgentError("wrap_up_needs_subject").
        """

    # -- CRM; signed in or not, whatever CTI does
    def connectors(self) -> tuple[Connector, ...]:
        """The CRMs that the toolbar can be set up with, by name."""

    def read_connector(self, manifest: str) -> Connector:
        """By name or path of a file. Raises CrmError("no_connector") or ManifestError."""

    def switch_crm(self, on: bool) -> None:
        """Signs in or out. Raises CrmError("no_crm") where none is set up."""

    def set_crm(self, entry: CrmEntry) -> None:
        """Keeps the way to the CRM; who was signed in elsewhere is signed out.

        Raises CrmError("bad_manifest", manifest), CrmError("bad_crm_url", url), CrmError("bad_crm_value", name) or
        CrmError("crm_no_key").
        """

    def enter_crm_key(self, key: str) -> None:
        """The API key or password, for this session and in the keyring where there is one; then signs in if that is on.

        Raises CrmError("no_crm") or CrmError("crm_no_key").
        """

    def choose_caller(self, call_id: str, contact_id: str) -> None:
        """Binds one of CrmCaller.contacts to the call, and remembers it for the number.

        Raises CrmError("crm_not_asked").
        """

    def create_caller(self, name: str, call_id: str = "") -> None:
        """Makes a contact at the CRM with the number of the call, and binds it; how it went shows in CallView.crm.

        Raises CrmError("crm_not_asked"), CrmError("crm_no_name"), CrmError("crm_creating") or CrmError("crm_cannot").
        """

    def open_caller_page(self, call_id: str = "") -> None:
        """Shows whom the call is with in the browser. Raises CallError("no_crm_page")."""

    def retry_outbox(self, key: str = "") -> None:
        """Sends at once, "" for all that wait. Raises CrmError("not_in_outbox", key), as the next two do."""

    def edit_outbox(self, key: str, subject: str) -> None:
        """Another subject, also in the history; then sends it."""

    def discard_outbox(self, key: str) -> None:
        """The CRM is not told of this call."""

    # -- numbers that are wrong
    def doubt_number(
        self, call_id: str, finding: NumberFinding = NumberFinding.NONE, *, in_history: bool = False
    ) -> None:
        """Opens ToolbarState.number_case for the number of a call; one without an outside number opens nothing."""

    def edit_number(
        self, *, finding: NumberFinding | None = None, typed: str | None = None, contact_id: int | None = None
    ) -> None:
        """What is found, the right number as typed so far, whose it is. Raises NumberError("no_number_case")."""

    def apply_number(self, kind: CorrectionKind, to: ContactMatch | None = None) -> None:
        """The person saw "before" and "after" and agrees: marks the call, writes; raises as NumberCorrections.apply."""

    def close_number(self) -> None:
        """The number is left as it is, or the result was seen."""

    def correct_number(
        self,
        order: NumberOrder,
        on_result: Callable[[NumberCaseView | AgentToolbarError], None],
        *,
        confirmed: bool = False,
    ) -> None:
        """In one sentence, see NumberCorrections.order. Raises NumberError."""

    # -- sound
    def choose_audio(self, audio: AudioConfig) -> None: ...

    def start_audio_test(self) -> None: ...

    def stop_audio_test(self) -> None: ...

    # -- contacts and history
    def suggest(self, text: str, on_result: Callable[[tuple[ContactMatch, ...]], None]) -> None:
        """For the dial field: contacts and recently called numbers, at most eight."""

    def look_up(self, text: str, on_result: Callable[[LookupResult], None]) -> None: ...

    def preview_contacts(self, file: Path, on_result: Callable[[ImportPreview], None]) -> None:
        """The head of a contact file and what its columns seem to be."""

    def import_contacts(
        self,
        request: ImportRequest,
        on_progress: Callable[[ImportProgress], None],
        on_done: Callable[[ImportOutcome], None],
    ) -> ImportTask: ...

    def sync_directories(
        self,
        name: str = "",
        password: str | None = None,
        on_done: Callable[[tuple[DirectoryView, ...]], None] | None = None,
    ) -> None:
        """Reads the company directory `name` now, or all of them; a `password` is kept first.

        Raises DirectoryError("no_directories"), ("no_such_directory").
        """

    def search_history(self, query: JournalQuery, on_result: Callable[[tuple[CallRecord, ...]], None]) -> None: ...

    def history_seen(self) -> None:
        """The missed calls were looked at."""

    # -- the rest
    def change_settings(self, settings: Settings) -> None:
        """Raises SettingsError as SettingsStore.put does."""

    def shown_number(self, number: str) -> str:
        """Grouped as people read it; "" for a withheld number."""

    def report(self, error: AgentToolbarError) -> None:
        """Shows a fault of a part that the toolbar does not know, until it is dismissed."""

    def quit(self) -> None:
        """Ends the toolbar; live calls end, and what waits for the CRM waits on (the window asks before)."""
