"""Every window in a moment worth looking at, from the real widgets: for the pictures and for tests that walk them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize
from PySide6.QtWidgets import QApplication, QWidget

from agent_toolbar.application.crm_trial import CrmTrialView
from agent_toolbar.application.examination import Examination
from agent_toolbar.application.ports.directory import ImportProgress
from agent_toolbar.application.ports.scheme_handlers import DesktopSystem, HandlersFound, Offer, SchemeHolder
from agent_toolbar.application.ports.settings import (
    AvailabilityAdapter,
    BarPlace,
    Colleague,
    CrmPages,
    CrmSettings,
    Disposition,
    HandoverSettings,
    LinkSettings,
    OpensPage,
    PageMoments,
    Settings,
    WrapUpAfter,
)
from agent_toolbar.application.ports.settings import Theme as Scheme
from agent_toolbar.application.ports.telephony import AudioConfig
from agent_toolbar.application.toolbar_state import Fault, FaultPlace, Remedy, ToolbarState
from agent_toolbar.domain.audio import AudioFault, AudioRoleSnapshot, AudioTestState
from agent_toolbar.domain.errors import CallError, CrmError, SchemeError, SettingsError, StorageError
from agent_toolbar.domain.phone_number import NumberPlan, display_number
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState
from agent_toolbar.domain.story_store_url import StoryStoreKind
from agent_toolbar.ui.call_popup import CallPopup
from agent_toolbar.ui.connector_form import OWN_FILE
from agent_toolbar.ui.crm_key_prompt import CrmKeyPrompt
from agent_toolbar.ui.doctor_window import DoctorWindow
from agent_toolbar.ui.first_run import FirstRun
from agent_toolbar.ui.global_key import KeyObstacle, KeyState
from agent_toolbar.ui.history_window import HistoryWindow
from agent_toolbar.ui.icons import Icons
from agent_toolbar.ui.import_page import ImportPage
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.outbox_window import OutboxWindow
from agent_toolbar.ui.password_prompt import PasswordPrompt
from agent_toolbar.ui.selection_section import SelectionSection
from agent_toolbar.ui.settings_availability import AvailabilityPage
from agent_toolbar.ui.settings_colleagues import ColleaguesPage
from agent_toolbar.ui.settings_crm import CrmPage
from agent_toolbar.ui.settings_dialog import Page, SettingsDialog
from agent_toolbar.ui.settings_directories import DirectoriesPage
from agent_toolbar.ui.settings_links import LinksPage
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.settings_shortcuts import ShortcutsPage
from agent_toolbar.ui.sound_page import SoundPage
from agent_toolbar.ui.theme import Theme
from agent_toolbar.ui.ticker import Ticker
from agent_toolbar.ui.toolbar import ToolbarWindow
from agent_toolbar.ui.window_placement import Placement
from tests.fakes import sample_directories, sample_examinations, sample_history, sample_trials
from tests.fakes.link_handlers import LINPHONE, held_by_us
from tests.fakes.sample_agents import AGENTS
from tests.fakes.sample_crm import CRM_CALLS, CRM_CARDS, CRMS
from tests.fakes.sample_numbers import NUMBERS
from tests.fakes.sample_numbers import OUTBOX as NUMBERS_WAITING
from tests.fakes.sample_pages import PAGE_SETTINGS, PAGES
from tests.fakes.sample_requests import REQUESTS
from tests.fakes.sample_states import CARDS, NEW, NOW_S, READY, REGISTERED, SERVER, STATES
from tests.fakes.sample_transfers import (
    COLLEAGUES,
    SENT_CARDS,
    STORIES,
    TALKING_TO_CUSTOMER,
    TARGETS,
    TRANSFERS,
    TWO_CALLS,
)
from tests.fakes.selection import FakeKeyWatch
from tests.fakes.toolbar import ToolbarSpy

BAR_WIDTH = 1080
NARROW_BAR_WIDTH = 640
OUTBOX_HEIGHT = 820
SECTION_SIZE = QSize(520, 300)
_WINDOW = msgspec.structs.replace(Settings().window, place=BarPlace.FLOATING, reduced_motion=True)
_HANDOVER = HandoverSettings(tuple(Colleague(one.extension, one.name, one.favourite) for one in COLLEAGUES))


class SampleToolbar(ToolbarSpy):
    """Shows numbers as the real one does."""

    def shown_number(self, number: str) -> str:
        return display_number(number, NumberPlan())


@dataclass
class Stage:
    """One application with its look; windows that were shown are kept until `clear`."""

    application: QApplication
    look: Look
    shown: list[QWidget] = field(default_factory=list)
    toolbars: list[ToolbarSpy] = field(default_factory=list)

    @classmethod
    def build(cls, application: QApplication) -> Stage:
        theme = Theme(application)
        return cls(application, Look(theme, Icons(theme), Ticker(lambda: NOW_S, application), lambda: NOW_S))

    def dress(self, scheme: Scheme, text_px: int) -> None:
        """Light or dark, and the size of the text."""
        self.look.theme.choose(scheme)
        self.look.theme.use_text_size(text_px)

    def toolbar(self, state: ToolbarState = READY) -> ToolbarSpy:
        """A toolbar in `state`, its windows in the scheme of this stage."""
        dark = self.look.theme.palette.dark
        window = msgspec.structs.replace(_WINDOW, theme=Scheme.DARK if dark else Scheme.LIGHT)
        toolbar = SampleToolbar(state, Settings(window=window, handover=_HANDOVER))
        toolbar.targets = dict(TARGETS)
        self.toolbars.append(toolbar)
        return toolbar

    def show(self, window: QWidget) -> None:
        self.shown.append(window)
        window.show()
        self.application.processEvents()

    def clear(self) -> None:
        """Takes all windows away."""
        for window in self.shown:
            window.hide()
            window.deleteLater()
        self.shown.clear()
        self.toolbars.clear()
        self.application.processEvents()
        self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # processEvents leaves these for later


Scene = Callable[[Stage], QWidget]

LINKS_ON_WINDOWS = HandlersFound(
    DesktopSystem.WINDOWS,
    Offer.CURRENT,
    Offer.NONE,
    (
        SchemeHolder("tel", "Microsoft Teams", "MSTeams.tel"),
        SchemeHolder("callto", known=False),
        SchemeHolder("sip", "Agent Toolbar", "AgentToolbar.sip", ours=True),
    ),
    "ms-settings:defaultapps?registeredAppUser=Agent%20Toolbar",
)
LINKS_ON_MACOS = HandlersFound(
    DesktopSystem.MACOS,
    Offer.NONE,
    Offer.CURRENT,
    (
        SchemeHolder("tel", "FaceTime", "com.apple.facetime"),
        SchemeHolder("callto", known=False),
        SchemeHolder("sip", known=False),
    ),
)
LINKS_UNREAD = replace(
    LINKS_ON_MACOS,
    holders=tuple(SchemeHolder(scheme, known=False) for scheme in ("tel", "callto", "sip")),
    problem=SchemeError(
        "handlers_unreadable",
        place="/Users/marie/Library/Preferences/com.apple.LaunchServices/com.apple.launchservices.secure.plist",
        detail="Operation not permitted",
    ),
)


def bar(stage: Stage, state: ToolbarState, width: int = BAR_WIDTH) -> ToolbarWindow:
    placement = Placement(width=stage.look.theme.px(width)).to_json()
    window = ToolbarWindow(stage.toolbar(state), stage.look, placement)
    stage.show(window)
    return window


def bar_with_keypad(stage: Stage) -> QWidget:
    window = bar(stage, STATES["in-a-call"])
    window.rows.open_keypad(True)
    return window


def chooser(
    stage: Stage, state: ToolbarState = TALKING_TO_CUSTOMER, typed: str = "", width: int = BAR_WIDTH
) -> QWidget:
    """The transfer panel; `typed` is the beginning of a colleague's name, who is then chosen."""
    window = bar(stage, state, width)
    window.rows.open_transfer()
    field = window.rows.transfer.chooser.field
    if typed:
        field.setText(typed)
        field.pick(field.lines()[0][0])
    field.suggestions.hide()
    return window


def suggestions(stage: Stage) -> QWidget:
    """What the list below the field holds before anything is typed."""
    window = bar(stage, TALKING_TO_CUSTOMER)
    window.rows.open_transfer()
    field = window.rows.transfer.chooser.field
    field.offer()
    field.suggestions.setWindowTitle("Colleagues")
    stage.shown.append(field.suggestions)
    return field.suggestions


def note_line(stage: Stage) -> QWidget:
    window = bar(stage, TALKING_TO_CUSTOMER)
    window.rows.open_note(True)
    return window


def pill_handing_over(stage: Stage) -> QWidget:
    window = bar(stage, TRANSFERS["transfer-undoable"])
    window.place.set_compact(True)
    return window


def agent_menu(stage: Stage) -> QWidget:
    window = bar(stage, AGENTS["not-ready-lunch"])
    menu = window.bar.agent.menu
    menu.setWindowTitle("Your state")
    window.bar.agent.open_menu()
    stage.application.processEvents()
    stage.shown.append(menu)
    return menu


def reason_note(stage: Stage) -> QWidget:
    window = bar(stage, READY)
    window.bar.agent.menu.reasons["other"].trigger()
    return window


def many_outcomes(stage: Stage) -> QWidget:
    window = bar(stage, AGENTS["wrap-up"])
    toolbar = stage.toolbars[-1]
    more = tuple(Disposition(f"d{place}", f"Outcome {place}", f"Issue {place}") for place in range(4))
    known = toolbar.settings.wrap_up
    toolbar.change_settings(
        msgspec.structs.replace(
            toolbar.settings, wrap_up=msgspec.structs.replace(known, dispositions=known.dispositions + more)
        )
    )
    window.show_state(toolbar.state)
    return window


def coloured(settings: Settings) -> Settings:
    """Reasons and outcomes with colours, one of each without."""
    day, wrap_up = settings.availability, settings.wrap_up
    reasons = tuple(
        msgspec.structs.replace(reason, colour=colour)
        for reason, colour in zip(day.reasons, ("#d9730d", "#2e9e4f", "#2f7de1", "#8a56d8", ""), strict=True)
    )
    outcomes = tuple(
        msgspec.structs.replace(outcome, colour=colour)
        for outcome, colour in zip(wrap_up.dispositions, ("#2e9e4f", "#c9a400", "", "#d13438"), strict=True)
    )
    return msgspec.structs.replace(
        settings,
        availability=msgspec.structs.replace(day, reasons=reasons),
        wrap_up=msgspec.structs.replace(wrap_up, dispositions=outcomes),
    )


def coloured_bar(stage: Stage, state: ToolbarState) -> ToolbarWindow:
    window = bar(stage, state)
    toolbar = stage.toolbars[-1]
    toolbar.change_settings(coloured(toolbar.settings))
    window.show_state(toolbar.state)
    return window


def coloured_menu(stage: Stage) -> QWidget:
    window = coloured_bar(stage, AGENTS["not-ready-lunch"])
    menu = window.bar.agent.menu
    menu.setWindowTitle("Your state")
    window.bar.agent.open_menu()
    stage.application.processEvents()
    stage.shown.append(menu)
    return menu


def hang_up_question(stage: Stage) -> QWidget:
    window = bar(stage, TRANSFERS["consult-with-customer"])
    toolbar = stage.toolbars[-1]
    toolbar.refuses = CallError("hang_up_cuts_customer", name="Marie Dupont")
    window.bar.buttons.hang_up.click()
    return window


def target_question(stage: Stage) -> QWidget:
    window = bar(stage, TALKING_TO_CUSTOMER)
    toolbar = stage.toolbars[-1]
    toolbar.refuses = CallError("target_asks", number="3615", risk="premium")
    window.orders.handover.transfer("3615", "c1")
    return window


def pill(stage: Stage, state: ToolbarState) -> QWidget:
    window = bar(stage, state)
    window.place.set_compact(True)
    return window


def card(stage: Stage, state: ToolbarState) -> QWidget:
    toolbar = stage.toolbar(state)
    window = ToolbarWindow(toolbar, stage.look)
    stage.shown.append(window)
    popup = CallPopup(stage.look, window.orders, lambda: toolbar.settings, window)
    stage.shown.append(popup)
    if not state.calls:  # a card says "missed" only of a call that it showed before
        popup.show_state(CARDS["vip"])
    popup.show_state(state)
    return popup


def settings(stage: Stage, page: Page, state: ToolbarState = READY, audio: AudioConfig | None = None) -> SettingsDialog:
    toolbar = stage.toolbar(state)
    if audio is not None:
        toolbar.change_settings(msgspec.structs.replace(toolbar.settings, audio=audio))
    dialog = SettingsDialog(stage.look, toolbar)
    stage.shown.append(dialog)
    dialog.open_page(page)
    return dialog


def links(
    stage: Stage, found: HandlersFound, *, forced: frozenset[str] = frozenset(), refuses: SchemeError | None = None
) -> SettingsDialog:
    """The page "Links"; `refuses`: what the system answers when the toolbar is to be offered."""
    toolbar = stage.toolbar()
    toolbar.link_handlers.found = found
    toolbar.link_handlers.refuses = refuses
    toolbar.forced = forced
    dialog = SettingsDialog(stage.look, toolbar)
    stage.shown.append(dialog)
    dialog.open_page(Page.LINKS)
    stage.application.processEvents()
    if refuses is not None:
        assert isinstance(dialog.page, LinksPage)
        dialog.page.offer.click()
        stage.application.processEvents()
    return dialog


def local_api(stage: Stage, state: ToolbarState, *, forced: frozenset[str] = frozenset()) -> SettingsDialog:
    toolbar = stage.toolbar(state)
    toolbar.change_settings(msgspec.structs.replace(toolbar.settings, local_api=PAGE_SETTINGS))
    toolbar.forced = forced
    dialog = SettingsDialog(stage.look, toolbar)
    stage.shown.append(dialog)
    dialog.open_page(Page.LOCAL_API)
    return dialog


def availability(
    stage: Stage, adapter: AvailabilityAdapter, look_at: str = "", *, forced: frozenset[str] = frozenset()
) -> SettingsDialog:
    """The page "Ready and wrap-up"; `look_at` is the part of the page to which it is scrolled."""
    toolbar = stage.toolbar()
    known = coloured(toolbar.settings)
    day = msgspec.structs.replace(known.availability, adapter=adapter, hours="08:30-18:00", idle_min=10)
    wrap_up = msgspec.structs.replace(known.wrap_up, after=WrapUpAfter.QUEUE)
    toolbar.change_settings(msgspec.structs.replace(known, availability=day, wrap_up=wrap_up))
    toolbar.forced = forced
    dialog = SettingsDialog(stage.look, toolbar)
    stage.shown.append(dialog)
    dialog.open_page(Page.AVAILABILITY)
    page = dialog.page
    assert isinstance(page, AvailabilityPage)
    stage.application.processEvents()
    if look_at:
        page.ensureWidgetVisible(getattr(page, look_at), 0, stage.look.theme.px(60))
    return dialog


def wrong_reason(stage: Stage) -> QWidget:
    dialog = availability(stage, AvailabilityAdapter.PHONE_ONLY, "reasons")
    page = dialog.page
    assert isinstance(page, AvailabilityPage)
    page.reasons.code.setText("break")
    page.reasons.list.setCurrentRow(1)
    page.reasons.code.setText("break")
    page.reasons.code.textEdited.emit("break")
    page.reasons.code.editingFinished.emit()
    stage.application.processEvents()
    page.ensureWidgetVisible(page.reasons, 0, stage.look.theme.px(60))
    return dialog


def sound_in_test(stage: Stage) -> QWidget:
    playing = replace(READY, audio=replace(READY.audio, test=AudioTestState.RECORDING))
    dialog = settings(stage, Page.SOUND, playing)
    assert isinstance(dialog.page, SoundPage)
    dialog.page.microphone_level.show_level(0.62)
    dialog.page.speaker_level.show_level(0.9)
    return dialog


def sound_without_device(stage: Stage) -> QWidget:
    gone = AudioRoleSnapshot("usb-old", "Plantronics Voyager", READY.audio.outputs[1], AudioFault.CHOSEN_DEVICE_GONE)
    audio = replace(READY.audio, microphone=AudioRoleSnapshot(fault=AudioFault.NO_DEVICE), inputs=(), speaker=gone)
    chosen = AudioConfig(speaker_id="usb-old", speaker_name="Plantronics Voyager")
    return settings(stage, Page.SOUND, replace(READY, audio=audio), chosen)


def import_page(stage: Stage) -> tuple[SettingsDialog, ImportPage, ToolbarSpy]:
    toolbar = stage.toolbar(READY)
    toolbar.preview = sample_history.PREVIEW
    dialog = SettingsDialog(stage.look, toolbar)
    stage.shown.append(dialog)
    dialog.open_page(Page.CONTACTS)
    page = dialog.page
    assert isinstance(page, ImportPage)
    page.preview(Path("customers.csv"))
    return dialog, page, toolbar


def import_preview(stage: Stage) -> QWidget:
    return import_page(stage)[0]


def import_running(stage: Stage) -> QWidget:
    dialog, page, toolbar = import_page(stage)
    page.import_button.click()
    assert toolbar.import_callbacks is not None
    toolbar.import_callbacks[0](ImportProgress(done=63, total=100, rows=7_863))
    return dialog


def import_done(stage: Stage) -> QWidget:
    dialog, page, toolbar = import_page(stage)
    page.import_button.click()
    assert toolbar.import_callbacks is not None
    toolbar.import_callbacks[1](sample_history.OUTCOME)
    return dialog


def shortcut_conflict(stage: Stage) -> QWidget:
    dialog = settings(stage, Page.SHORTCUTS)
    assert isinstance(dialog.page, ShortcutsPage)
    dialog.page.edit("mute").setKeySequence("Ctrl+H")
    dialog.page.edit("mute").editingFinished.emit()
    return dialog


def selection(
    stage: Stage, state: KeyState, obstacle: KeyObstacle | None = None, shown: str = "", *, wrong: str = ""
) -> QWidget:
    """The section of the key for selected text, on a page of its own; `wrong`: a key that was refused."""
    spelled = "" if state is KeyState.OFF else "Ctrl+Alt+D"
    toolbar = stage.toolbar(READY)
    toolbar.change_settings(msgspec.structs.replace(toolbar.settings, links=LinkSettings(selection_key=spelled)))
    page = SettingsPage(stage.look, toolbar)
    page.set_title(QCoreApplication.translate("SelectionSection", "Selected text"))
    page.setWindowTitle(page.accessibleName())
    watch = FakeKeyWatch()
    section = SelectionSection(page, watch)
    watch.setParent(page)
    watch.show(state, spelled, obstacle, shown)
    page.body.addStretch()
    page.resize(SECTION_SIZE * stage.look.theme.scale)
    if wrong:
        section.key.setKeySequence(wrong)
        section.key.editingFinished.emit()
    stage.show(page)
    return page


def doctor(stage: Stage, examination: Examination = sample_examinations.PAUSED) -> QWidget:
    toolbar = stage.toolbar(READY)
    toolbar.examinations = (examination,)
    window = DoctorWindow(stage.look, toolbar)
    window.examine()
    stage.show(window)
    return window


def support_file(stage: Stage) -> QWidget:
    """With the file where most agents find it."""
    window = doctor(stage)
    assert isinstance(window, DoctorWindow)
    window._support_written(Path("/home/alice/Documents/agent-toolbar-support-2026-05-27-101500.zip"))
    return window


def in_history(state: ToolbarState) -> ToolbarState:
    case = state.number_case
    return replace(state, number_case=replace(case, in_history=True) if case is not None else None)


def history(stage: Stage, *, empty: bool = False, search: str = "", state: ToolbarState = READY) -> QWidget:
    toolbar = stage.toolbar(state)
    toolbar.records = () if empty else sample_history.RECORDS
    window = HistoryWindow(stage.look, toolbar)
    window.search.setText(search)
    stage.show(window)
    if window.model.rowCount() > 1:
        window.list.setCurrentIndex(window.model.index(1, 0))
    return window


def first_run(stage: Stage, fault: RegistrationFault | None = None, *, works: bool = False) -> QWidget:
    toolbar = stage.toolbar(replace(NEW, account=replace(NEW.account, password_known=works)))
    window = FirstRun(stage.look, toolbar)
    stage.show(window)
    if fault is None and not works:
        return window
    window.form.server.setText(SERVER)
    window.form.extension.setText("204")
    window.form.password.setText("secret")
    window.main_button.click()
    assert toolbar.on_tried is not None
    refused = RegistrationSnapshot(RegistrationState.REFUSED, fault or RegistrationFault.NONE, server=SERVER)
    toolbar.on_tried(REGISTERED if works else refused)
    return window


def password_prompt(stage: Stage) -> QWidget:
    window = PasswordPrompt(stage.look, stage.toolbar(STATES["fault-wrong-password"]))
    stage.shown.append(window)
    window.open_window()
    return window


def outbox(stage: Stage, state: ToolbarState, *, edits: str = "", asks: str = "") -> QWidget:
    """The window of what waits; the subject of one call is being changed, or one is about to be discarded."""
    window = OutboxWindow(stage.look, stage.toolbar(state))
    window.resize(window.width(), stage.look.theme.px(OUTBOX_HEIGHT))
    stage.shown.append(window)
    window.open_window()
    if edits:
        window.rows[edits].edit.click()
    if asks:
        window.rows[asks].discard.click()
    return window


def crm_key(stage: Stage) -> QWidget:
    window = CrmKeyPrompt(stage.look, stage.toolbar(CRMS["crm-no-key"]))
    stage.shown.append(window)
    window.open_window()
    return window


CRM_SETTINGS = CrmSettings(
    "tryton",
    "https://crm.example.com",
    "marie",
    {"database": "base"},
    sign_in_at_start=True,
    pages=CrmPages(
        incoming=PageMoments(one=OpensPage.ANSWER), none_url="https://erp.example.com/new?phone={e164}&name={name}"
    ),
    page_hosts=("erp.example.com",),
)


def crm_page(
    stage: Stage,
    state: ToolbarState,
    known: CrmSettings = CRM_SETTINGS,
    *,
    product: str = "",
    forced: frozenset[str] = frozenset(),
) -> tuple[SettingsDialog, CrmPage, ToolbarSpy]:
    """The page "CRM"; `product` is chosen in place of the one of the settings."""
    toolbar = stage.toolbar(state)
    toolbar.change_settings(msgspec.structs.replace(toolbar.settings, crm=known))
    toolbar.forced = forced
    dialog = SettingsDialog(stage.look, toolbar)
    stage.shown.append(dialog)
    dialog.open_page(Page.CRM)
    page = dialog.page
    assert isinstance(page, CrmPage)
    if product:
        page.form.product.setCurrentIndex(page.form.product.findData(product))
        page.form.product.activated.emit(page.form.product.currentIndex())
    stage.application.processEvents()
    return dialog, page, toolbar


def crm_key_refused(stage: Stage) -> QWidget:
    dialog, page, toolbar = crm_page(stage, CRMS["crm-signing-in"])
    page.form.key.setText("old key")
    page.save.click()
    toolbar.show(CRMS["crm-key-refused"])
    return dialog


def crm_own_file(stage: Stage) -> QWidget:
    dialog, page, _ = crm_page(stage, READY, CrmSettings(), product=OWN_FILE)
    page.form.use_file("/home/alice/our-crm.toml")
    return dialog


def crm_pages(stage: Stage, *, wrong: bool = False, forced: frozenset[str] = frozenset()) -> QWidget:
    """Scrolled to which page opens when."""
    dialog, page, toolbar = crm_page(stage, CRMS["crm-signed-in"], forced=forced)
    if wrong:
        toolbar.refuses = SettingsError(
            "settings_unknown_place", key="crm.pages.none_url", place="{phone}", known="{number}, {e164}, {name}"
        )
        page.pages.urls["none_url"].setText("https://erp.example.com/new?phone={phone}")
        page.pages.urls["none_url"].editingFinished.emit()
    stage.application.processEvents()
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    return dialog


def crm_trial(stage: Stage, view: CrmTrialView | None, *, number: str = "") -> QWidget:
    """Scrolled to the test of the connection; None stands for one that is refused at its number."""
    dialog, page, toolbar = crm_page(stage, CRMS["crm-signed-in"])
    page.trial.number.setText(number)
    if view is None:
        toolbar.refuses = CrmError("trial_no_number", number=number)
    page.trial.button.click()
    if view is not None:
        toolbar.trials[-1].tell(view)
    scroll_to(stage, page, page.trial.number)
    return dialog


def scroll_to(stage: Stage, page: SettingsPage, control: QWidget) -> None:
    """So that `control` stands at the top with its heading."""
    for _ in range(2):  # words that came take their height, then the page
        stage.application.processEvents()
    page.verticalScrollBar().setValue(control.mapTo(page.widget(), QPoint(0, 0)).y() - stage.look.theme.px(48))
    stage.application.processEvents()


def story_store(
    stage: Stage, url: str, fault: str = "", *, kind: StoryStoreKind | None = None, forced: bool = False
) -> QWidget:
    """The colleagues' page at the place of the notes; `kind` is chosen and saved without filling in anything."""
    toolbar = stage.toolbar(READY)
    handover = msgspec.structs.replace(toolbar.settings.handover, store_url=url)
    toolbar.change_settings(msgspec.structs.replace(toolbar.settings, handover=handover))
    toolbar.forced = frozenset({"handover.store_url"} if forced else ())
    toolbar.store_fault = StorageError(fault, place="db.example.com") if fault else None
    dialog = SettingsDialog(stage.look, toolbar)
    stage.shown.append(dialog)
    dialog.open_page(Page.COLLEAGUES)
    page = dialog.page
    assert isinstance(page, ColleaguesPage)
    if kind is not None:
        page.store.kind.setCurrentIndex(page.store.kind.findData(kind))
        page.store.kind.activated.emit(page.store.kind.currentIndex())
        page.store.save.click()
    scroll_to(stage, page, page.store.kind)
    return dialog


TEAM_STORE = "postgresql+psycopg://toolbar@db.example.com/toolbar"


def directories(
    stage: Stage, row: int = 0, *, known: bool = True, forced: frozenset[str] = frozenset()
) -> tuple[SettingsDialog, DirectoriesPage, ToolbarSpy]:
    """The page of the company's directories with one of them chosen; -1 for a new one."""
    toolbar = stage.toolbar(sample_directories.STATE if known else READY)
    if known:
        wanted = msgspec.structs.replace(toolbar.settings, directories=sample_directories.DIRECTORIES)
        toolbar.change_settings(wanted)
    toolbar.forced = forced
    dialog = SettingsDialog(stage.look, toolbar)
    stage.shown.append(dialog)
    dialog.open_page(Page.DIRECTORIES)
    page = dialog.page
    assert isinstance(page, DirectoriesPage)
    page.list.setCurrentRow(row)
    stage.application.processEvents()
    return dialog, page, toolbar


def wrong_directory(stage: Stage) -> QWidget:
    dialog, page, toolbar = directories(stage, -1)
    page.form.kind.setCurrentIndex(1)
    page.form.kind.activated.emit(1)
    page.form.name.setText("Suppliers")
    page.form.url.setText("ldap.example.com")
    toolbar.refuses = SettingsError(
        "settings_wrong_value", key="directories", expected="Suppliers: url https://host/addressbook/"
    )
    page.save.click()
    return dialog


POLICY_FAULT = Fault(
    "policy_unusable",
    FaultPlace.SETTINGS,
    Remedy.READ_POLICY,
    {
        "file": "/etc/agent-toolbar/policy.toml:7",
        "problem": "settings_wrong_value",
        "key": "forced.wrap_up.after",
        "expected": "never, queue, incoming, external",
    },
    serious=True,
)
BARS: dict[str, Scene] = {
    **{name: (lambda stage, state=state: bar(stage, state)) for name, state in STATES.items()},
    "fault-policy": lambda stage: bar(stage, replace(NEW, faults=(POLICY_FAULT,))),
    "keypad": bar_with_keypad,
    "narrow": lambda stage: bar(stage, STATES["in-a-call"], NARROW_BAR_WIDTH),
    "pill": lambda stage: pill(stage, STATES["in-a-call"]),
    "pill-ringing": lambda stage: pill(stage, STATES["ringing"]),
    **{name: (lambda stage, state=state: bar(stage, state)) for name, state in STORIES.items()},
    **{name: (lambda stage, state=state: bar(stage, state)) for name, state in PAGES.items()},
    "page-pairing-narrow": lambda stage: bar(stage, PAGES["page-pairing"], NARROW_BAR_WIDTH),
    "pill-page-pairing": lambda stage: pill(stage, PAGES["page-pairing-in-a-call"]),
}
HANDOVERS: dict[str, Scene] = {
    "transfer": chooser,
    "transfer-to-paul": lambda stage: chooser(stage, typed="paul"),
    "transfer-to-busy": lambda stage: chooser(stage, typed="léa"),
    "transfer-narrow": lambda stage: chooser(stage, typed="paul", width=NARROW_BAR_WIDTH),
    "transfer-colleagues": suggestions,
    "transfer-two-calls": lambda stage: chooser(stage, TWO_CALLS),
    "send-on": lambda stage: chooser(stage, replace(CARDS["vip"], colleagues=COLLEAGUES), "paul"),
    "note": note_line,
    **{name: (lambda stage, state=state: bar(stage, state)) for name, state in TRANSFERS.items()},
    "consult-narrow": lambda stage: bar(stage, TRANSFERS["consult-talking"], NARROW_BAR_WIDTH),
    "transfer-question": target_question,
    "hang-up-question": hang_up_question,
    "pill-undoable": pill_handing_over,
}
DAY: dict[str, Scene] = {
    **{name: (lambda stage, state=state: bar(stage, state)) for name, state in AGENTS.items()},
    "agent-menu": agent_menu,
    "agent-menu-colours": coloured_menu,
    "not-ready-colour": lambda stage: coloured_bar(stage, AGENTS["not-ready-lunch"]),
    "wrap-up-colours": lambda stage: coloured_bar(stage, AGENTS["wrap-up"]),
    "reason-note": reason_note,
    "wrap-up-many-outcomes": many_outcomes,
    "wrap-up-narrow": lambda stage: bar(stage, AGENTS["wrap-up-missing"], NARROW_BAR_WIDTH),
    "pill-lunch": lambda stage: pill(stage, AGENTS["not-ready-lunch"]),
}
CRM: dict[str, Scene] = {
    **{name: (lambda stage, state=state: bar(stage, state)) for name, state in CRMS.items()},
    **{name: (lambda stage, state=state: bar(stage, state)) for name, state in CRM_CALLS.items()},
    "caller-narrow": lambda stage: bar(stage, CRM_CALLS["caller-several"], NARROW_BAR_WIDTH),
    "crm-narrow": lambda stage: bar(stage, CRMS["crm-stuck"], NARROW_BAR_WIDTH),
}
LINKS: dict[str, Scene] = {
    **{name: (lambda stage, state=state: bar(stage, state)) for name, state in REQUESTS.items()},
    "link-narrow": lambda stage: bar(stage, REQUESTS["link-premium"], NARROW_BAR_WIDTH),
    "pill-link": lambda stage: pill(stage, REQUESTS["link-contact"]),
}
CRM_WINDOWS: dict[str, Scene] = {
    "outbox": lambda stage: outbox(stage, CRMS["crm-stuck"]),
    "outbox-change": lambda stage: outbox(stage, CRMS["crm-stuck"], edits="c1", asks="c2"),
    "outbox-signed-out": lambda stage: outbox(stage, CRMS["crm-waiting"]),
    "outbox-empty": lambda stage: outbox(stage, CRMS["crm-signed-in"]),
    "crm-key": crm_key,
}
NUMBER_SCENES: dict[str, Scene] = {
    **{name: (lambda stage, state=state: bar(stage, state)) for name, state in NUMBERS.items()},
    "number-narrow": lambda stage: bar(stage, NUMBERS["number-typed"], NARROW_BAR_WIDTH),
    "number-history": lambda stage: history(stage, state=in_history(NUMBERS["number-typed"])),
    "number-outbox": lambda stage: outbox(stage, NUMBERS_WAITING),
}
CRM_PAGES: dict[str, Scene] = {
    "settings-colleagues-notes-here": lambda stage: story_store(stage, ""),
    "settings-colleagues-notes-file": lambda stage: story_store(stage, "sqlite:////srv/share/stories.sqlite"),
    "settings-colleagues-notes-team": lambda stage: story_store(stage, TEAM_STORE),
    "settings-colleagues-notes-refused": lambda stage: story_store(stage, TEAM_STORE, "context_store_refused"),
    "settings-colleagues-notes-wrong": lambda stage: story_store(stage, "", kind=StoryStoreKind.TEAM),
    "settings-colleagues-notes-file-forced": lambda stage: story_store(
        stage, "sqlite:////srv/share/stories.sqlite", forced=True
    ),
    "settings-colleagues-notes-forced": lambda stage: story_store(stage, TEAM_STORE, forced=True),
    **{
        f"settings-crm-test-{name}": (lambda stage, view=view: crm_trial(stage, view, number="01 99 00 12 34"))
        for name, view in sample_trials.VIEWS.items()
    },
    "settings-crm-test-no-number": lambda stage: crm_trial(stage, None, number="Marie"),
    "settings-directories-read": lambda stage: directories(stage)[0],
    "settings-directories-reading": lambda stage: directories(stage, 1)[0],
    "settings-directories-failed": lambda stage: directories(stage, 2)[0],
    "settings-directories-wrong": wrong_directory,
    "settings-directories-forced": lambda stage: directories(stage, forced=frozenset({"directories"}))[0],
    "settings-crm-signed-in": lambda stage: crm_page(stage, CRMS["crm-signed-in"])[0],
    "settings-crm-signing-in": lambda stage: crm_page(stage, CRMS["crm-signing-in"])[0],
    "settings-crm-in-browser": lambda stage: crm_page(stage, CRMS["crm-in-browser"], product="zoho")[0],
    "settings-crm-refused": crm_key_refused,
    "settings-crm-recorded": lambda stage: crm_page(stage, READY, CrmSettings(), product="hubspot")[0],
    "settings-crm-own-file": crm_own_file,
    "settings-crm-pages": crm_pages,
    "settings-crm-pages-wrong": lambda stage: crm_pages(stage, wrong=True),
    "settings-crm-forced": lambda stage: crm_page(
        stage, CRMS["crm-signed-in"], forced=frozenset({"crm.manifest", "crm.url", "crm.values", "crm.logs_calls"})
    )[0],
    "settings-crm-pages-forced": lambda stage: crm_pages(
        stage, forced=frozenset({"crm.pages.incoming.one", "crm.pages.none_url", "crm.page_hosts"})
    ),
}
CALL_CARDS: dict[str, Scene] = {
    f"card-{name}": (lambda stage, state=state: card(stage, state))
    for name, state in {**CARDS, **SENT_CARDS, **CRM_CARDS}.items()
}
WINDOWS: dict[str, Scene] = {
    "first-run": first_run,
    "first-run-wrong-password": lambda stage: first_run(stage, RegistrationFault.WRONG_PASSWORD),
    "first-run-unknown-host": lambda stage: first_run(stage, RegistrationFault.UNKNOWN_HOST),
    "first-run-connected": lambda stage: first_run(stage, works=True),
    "password": password_prompt,
    **{f"settings-{page}": (lambda stage, page=page: settings(stage, page)) for page in Page},
    "settings-links-ours": lambda stage: links(
        stage, held_by_us(LINPHONE), forced=frozenset({"links.dial_at_once", "links.foreign_hosts"})
    ),
    "settings-links-windows": lambda stage: links(stage, LINKS_ON_WINDOWS),
    "settings-links-macos": lambda stage: links(stage, LINKS_ON_MACOS),
    "settings-links-unread": lambda stage: links(stage, LINKS_UNREAD),
    "settings-links-refused": lambda stage: links(
        stage, LINPHONE, refuses=SchemeError("handlers_not_allowed", place="/home/marie/.local/share/applications")
    ),
    "settings-availability-messages": lambda stage: availability(stage, AvailabilityAdapter.SIP_MESSAGE),
    "settings-availability-codes": lambda stage: availability(stage, AvailabilityAdapter.FEATURE_CODE),
    "settings-availability-rest": lambda stage: availability(stage, AvailabilityAdapter.REST),
    "settings-availability-reasons": lambda stage: availability(stage, AvailabilityAdapter.PHONE_ONLY, "reasons"),
    "settings-availability-wrong": wrong_reason,
    "settings-availability-outcomes": lambda stage: availability(stage, AvailabilityAdapter.PHONE_ONLY, "outcomes"),
    "settings-availability-forced": lambda stage: availability(
        stage,
        AvailabilityAdapter.SIP_MESSAGE,
        forced=frozenset({"availability.adapter", "availability.control", "availability.hint"}),
    ),
    "settings-local_api-pairing": lambda stage: local_api(stage, PAGES["page-pairing"]),
    "settings-local_api-port-taken": lambda stage: local_api(stage, PAGES["page-port-taken"]),
    "settings-local_api-forced": lambda stage: local_api(
        stage,
        PAGES["page-pairing-in-a-call"],
        forced=frozenset({"local_api.enabled", "local_api.origins", "local_api.port", "local_api.wrap_up"}),
    ),
    "settings-sound-test": sound_in_test,
    "settings-sound-no-device": sound_without_device,
    "settings-shortcut-conflict": shortcut_conflict,
    "selection-no-key": lambda stage: selection(stage, KeyState.OFF),
    "selection-key": lambda stage: selection(stage, KeyState.REGISTERED),
    "selection-key-of-the-desktop": lambda stage: selection(stage, KeyState.REGISTERED, shown="Super+P"),
    "selection-asking": lambda stage: selection(stage, KeyState.ASKING),
    "selection-taken": lambda stage: selection(stage, KeyState.TAKEN),
    "selection-declined": lambda stage: selection(stage, KeyState.DECLINED),
    "selection-no-portal": lambda stage: selection(stage, KeyState.NOT_HERE, KeyObstacle.NO_PORTAL),
    "selection-conflict": lambda stage: selection(stage, KeyState.REGISTERED, wrong="Ctrl+M"),
    "import-preview": import_preview,
    "import-running": import_running,
    "import-done": import_done,
    "doctor": doctor,
    "doctor-all-well": lambda stage: doctor(stage, sample_examinations.ALL_WELL),
    "doctor-support-file": support_file,
    "doctor-checking": lambda stage: doctor(stage, sample_examinations.HALF_WAY),
    "doctor-listening": lambda stage: doctor(stage, sample_examinations.LISTENING),
    "history": history,
    "history-empty": lambda stage: history(stage, empty=True),
    "history-nothing-found": lambda stage: history(stage, search="zzz"),
}
GROUPS: dict[str, dict[str, Scene]] = {
    "bar": BARS,
    "handover": HANDOVERS,
    "day": DAY,
    "crm": CRM,
    "crm-windows": CRM_WINDOWS,
    "links": LINKS,
    "numbers": NUMBER_SCENES,
    "crm-pages": CRM_PAGES,
    "card": CALL_CARDS,
    "windows": WINDOWS,
}
