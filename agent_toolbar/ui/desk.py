"""All windows of one toolbar: which are open, who opens them, and what their look is built of. GUI thread."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from agent_toolbar.application.ports.runtime import Clock
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import Remedy, ToolbarState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.registration import RegistrationState
from agent_toolbar.i18n.sentences import error_text
from agent_toolbar.ui.call_popup import CallPopup
from agent_toolbar.ui.crm_key_prompt import CrmKeyPrompt
from agent_toolbar.ui.desktop_key import desktop_key
from agent_toolbar.ui.doctor_window import DoctorWindow
from agent_toolbar.ui.first_run import FirstRun
from agent_toolbar.ui.history_window import HistoryWindow
from agent_toolbar.ui.icons import Icons
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.outbox_window import OutboxWindow
from agent_toolbar.ui.password_prompt import PasswordPrompt
from agent_toolbar.ui.selection_call import SelectionCall
from agent_toolbar.ui.settings_dialog import Page, SettingsDialog
from agent_toolbar.ui.theme import Theme
from agent_toolbar.ui.ticker import Ticker
from agent_toolbar.ui.toolbar import ToolbarWindow
from agent_toolbar.ui.tray import Tray

_log = logging.getLogger(__name__)

_ACTIVATION_VARIABLE = "XDG_ACTIVATION_TOKEN"  # Qt's Wayland platform reads it when a window asks for the keyboard
_PAGES = {
    Remedy.OPEN_ACCOUNT: Page.TELEPHONE,
    Remedy.OPEN_SOUND: Page.SOUND,
    Remedy.OPEN_SETTINGS: Page.WINDOW,
    Remedy.OPEN_AVAILABILITY: Page.AVAILABILITY,
    Remedy.OPEN_PAGES: Page.LOCAL_API,
}


class Desk(QObject):
    """Bar, card and tray stand from the start; the other windows are made when they are first wanted (None before).

    Signals:
        card_painted: the incoming card of this call is on the screen for the first time.
        question_painted: so is the question whether a link's call is to be made (id of the request).
        practice_requested: the person wants the practice line instead of a telephone system.
        sample_page_requested: of a CRM, which the practice line serves.
    """

    card_painted = Signal(str)
    question_painted = Signal(str)
    practice_requested = Signal()
    sample_page_requested = Signal()

    def __init__(self, application: QApplication, toolbar: Toolbar, clock: Clock, placement_file: Path) -> None:
        super().__init__(application)
        self._toolbar = toolbar
        self._placement_file = placement_file
        theme = Theme(application)
        self.look = Look(theme, Icons(theme), Ticker(clock.now_s, self), clock.now_s)
        self.bar = ToolbarWindow(toolbar, self.look, _read_placement(placement_file))
        self.card = CallPopup(self.look, self.bar.orders, lambda: toolbar.settings, self.bar)
        self.tray = Tray(toolbar, self.look, self.bar.orders)
        self.selection = SelectionCall(toolbar, *desktop_key(self, self.bring_up), self)
        self.history: HistoryWindow | None = None
        self.settings: SettingsDialog | None = None
        self.first_run: FirstRun | None = None
        self.password: PasswordPrompt | None = None
        self.doctor: DoctorWindow | None = None
        self.outbox: OutboxWindow | None = None
        self.crm_key: CrmKeyPrompt | None = None
        self._wire()

    def open(self) -> None:
        """Shows the bar, and the first-run page where there is no account yet."""
        self.bar.show()
        self.tray.show()
        self.selection.use(self._toolbar.settings)
        state = self._toolbar.state
        if not state.account.configured and not state.practice:
            self.open_first_run()

    def close(self) -> None:
        """Takes every window away, without asking."""
        self.tray.hide()
        self.selection.close()
        pages = (self.card, self.history, self.settings, self.first_run, self.password, self.doctor)
        for window in (*pages, self.outbox, self.crm_key, self.bar):
            if window is not None:
                window.hide()

    def bring_up(self, activation_token: str = "") -> None:
        """Somebody started the toolbar once more: the bar comes to the front, as far as the desktop lets it."""
        if activation_token:
            os.environ[_ACTIVATION_VARIABLE] = activation_token
        self.bar.bring_up()

    def open_history(self) -> None:
        self.history = self.history or HistoryWindow(self.look, self._toolbar)
        self.history.open_window()

    def open_settings(self, page: Page = Page.TELEPHONE) -> None:
        self.settings = self.settings or SettingsDialog(self.look, self._toolbar, key=self.selection)
        self.settings.open_page(page)

    def open_password(self) -> None:
        self.password = self.password or PasswordPrompt(self.look, self._toolbar)
        self.password.open_window()

    def open_doctor(self) -> None:
        if self.doctor is None:
            self.doctor = DoctorWindow(self.look, self._toolbar)
            self.doctor.window_asked.connect(self._open_for)
        self.doctor.open_window()

    def open_outbox(self) -> None:
        if self.outbox is None:
            self.outbox = OutboxWindow(self.look, self._toolbar)
            self.outbox.window_asked.connect(self._open_for)
        self.outbox.open_window()

    def open_crm_key(self) -> None:
        self.crm_key = self.crm_key or CrmKeyPrompt(self.look, self._toolbar)
        self.crm_key.open_window()

    def open_first_run(self) -> None:
        if self.first_run is None:
            self.first_run = FirstRun(self.look, self._toolbar)
            self.first_run.practice_requested.connect(self.first_run.showMinimized)  # out of the way, nothing lost
            self.first_run.practice_requested.connect(self.practice_requested)
            self.first_run.sound_requested.connect(lambda: self.open_settings(Page.SOUND))
        _bring_up(self.first_run)

    def _wire(self) -> None:
        self._toolbar.watch(self.bar.show_state)
        self._toolbar.watch(self.card.show_state)
        self._toolbar.watch(self.tray.show_state)
        self._toolbar.watch(self._end_first_run)
        self._toolbar.watch_settings(self.bar.apply_settings)
        self._toolbar.watch_settings(self.selection.use)
        self.selection.asked.connect(self.bring_up)
        self.selection.refused.connect(self._tell)
        self.tray.selection_asked.connect(self.selection.call)
        self.bar.selection_asked.connect(self.selection.call)
        self.card.painted.connect(self.card_painted)
        self.bar.rows.request.painted.connect(self.question_painted)
        self.card.send_on_asked.connect(self.bar.send_on)
        self.card.caller_row_asked.connect(self.bar.open_caller)
        self.bar.history_asked.connect(self.open_history)
        self.bar.outbox_asked.connect(self.open_outbox)
        self.bar.settings_asked.connect(self.open_settings)
        self.bar.doctor_asked.connect(self.open_doctor)
        self.bar.sample_page_asked.connect(self.sample_page_requested)
        self.bar.window_asked.connect(self._open_for)
        self.bar.quit_asked.connect(self._toolbar.quit)
        self.bar.placement_changed.connect(self._keep_placement)
        self.tray.history_asked.connect(self.open_history)
        self.tray.open_asked.connect(self.bar.bring_up)
        self.tray.quit_asked.connect(self.bar.ask_to_quit)
        self.tray.availability_changed.connect(self.bar.set_tray_is_there)

    def _tell(self, error: AgentToolbarError) -> None:
        """In the bar, which must be seen for it; one that is seen does not take the keyboard for a sentence."""
        self.bar.orders.refused.emit(error_text(error))
        if not self.bar.isVisible() or self.bar.isMinimized():
            self.bring_up()

    def _open_for(self, remedy: Remedy) -> None:
        if remedy is Remedy.ENTER_PASSWORD:
            self.open_password()
        elif remedy is Remedy.ENTER_CRM_KEY:
            self.open_crm_key()
        elif remedy is Remedy.OPEN_OUTBOX:
            self.open_outbox()
        elif remedy is Remedy.OPEN_ACCOUNT and not self._toolbar.state.account.configured:
            self.open_first_run()
        elif remedy in _PAGES:
            self.open_settings(_PAGES[remedy])

    def _end_first_run(self, state: ToolbarState) -> None:
        """The telephone was set up elsewhere (command line, settings) while the page stood open."""
        page = self.first_run
        registered = state.registration.state is RegistrationState.REGISTERED
        if page is not None and page.isVisible() and registered and not page.works:
            page.close()

    def _keep_placement(self, placement: str) -> None:
        try:
            self._placement_file.write_text(placement, encoding="utf-8")
        except OSError as error:  # the bar stands where it stands; only the next start will not know it
            _log.warning("the place of the bar is not kept: %s", error)


def _bring_up(window: FirstRun) -> None:
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _read_placement(file: Path) -> str:
    """What `placement_changed` said last; "" when there is none or the file cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
