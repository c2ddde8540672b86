"""The settings window: a list of pages at the left, the chosen page at the right. Never modal. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.ui import tokens
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.import_page import ImportPage
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.settings_availability import AvailabilityPage
from agent_toolbar.ui.settings_colleagues import ColleaguesPage
from agent_toolbar.ui.settings_links import LinksPage
from agent_toolbar.ui.settings_local_api import LocalApiPage
from agent_toolbar.ui.settings_numbers import NumbersPage
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.settings_shortcuts import ShortcutsPage
from agent_toolbar.ui.settings_telephone import TelephonePage
from agent_toolbar.ui.settings_window import WindowPage
from agent_toolbar.ui.sound_page import SoundPage

_SIZE = QSize(800, 600)
_MENU_WIDTH = 176
_MENU_ROW = 40


class Page(StrEnum):
    TELEPHONE = "telephone"
    AVAILABILITY = "availability"
    SOUND = "sound"
    CONTACTS = "contacts"
    COLLEAGUES = "colleagues"
    NUMBERS = "numbers"
    LINKS = "links"
    LOCAL_API = "local_api"
    WINDOW = "window"
    SHORTCUTS = "shortcuts"


_ICONS = {
    Page.TELEPHONE: Icon.CALL,
    Page.AVAILABILITY: Icon.READY,
    Page.SOUND: Icon.SPEAKER,
    Page.CONTACTS: Icon.CONTACTS,
    Page.COLLEAGUES: Icon.CONFERENCE,
    Page.NUMBERS: Icon.KEYPAD,
    Page.LINKS: Icon.JOIN,
    Page.LOCAL_API: Icon.BROWSER,
    Page.WINDOW: Icon.WINDOW,
    Page.SHORTCUTS: Icon.KEYBOARD,
}
_MAKERS: dict[Page, Callable[[Look, Toolbar], SettingsPage]] = {
    Page.TELEPHONE: TelephonePage,
    Page.AVAILABILITY: AvailabilityPage,
    Page.SOUND: SoundPage,
    Page.CONTACTS: ImportPage,
    Page.COLLEAGUES: ColleaguesPage,
    Page.NUMBERS: NumbersPage,
    Page.LINKS: LinksPage,
    Page.LOCAL_API: LocalApiPage,
    Page.WINDOW: WindowPage,
    Page.SHORTCUTS: ShortcutsPage,
}


class SettingsDialog(QWidget):
    """Pages are made when they are first looked at, and anew when language or text size change.

    One that waits for an answer, of an import for example, stays as it is.
    """

    def __init__(self, look: Look, toolbar: Toolbar, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._look = look
        self._toolbar = toolbar
        self._pages: dict[Page, SettingsPage] = {}
        self._scale = look.theme.scale
        self._forced = toolbar.forced
        self._menu = QListWidget()
        self._menu.setProperty("navigation", True)
        self._menu.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._menu)
        line.addWidget(self._stack, 1)
        self._menu.currentRowChanged.connect(self._turn_to)
        self._build()
        self.resize(_SIZE * look.theme.scale)
        look.theme.changed.connect(self._rescale)
        toolbar.watch(self._show_state)

    @property
    def page(self) -> SettingsPage:
        """The page that is looked at."""
        return self._pages[self.page_name]

    def open_page(self, page: Page = Page.TELEPHONE) -> None:
        """Shows the window with `page`, in front."""
        self._menu.setCurrentRow(list(Page).index(page))
        self.show()
        self.raise_()
        self.activateWindow()

    # ------------------------------------------------------------------ events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._build()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page.show_state(self._toolbar.state)
        self._watch_levels()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.page.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ inside

    @property
    def page_name(self) -> Page:
        """Which page is looked at."""
        return list(Page)[max(0, self._menu.currentRow())]

    def _build(self) -> None:
        current = self.page_name
        px = self._look.theme.px
        self.setWindowTitle(self.tr("Settings"))
        for page, old in list(self._pages.items()):
            old.leave()
            if not old.busy:
                del self._pages[page]
                self._stack.removeWidget(old)
                old.deleteLater()
        self._menu.blockSignals(True)
        self._menu.clear()
        self._menu.setAccessibleName(self.tr("Pages"))
        self._menu.setIconSize(QSize(px(tokens.ICON), px(tokens.ICON)))
        for page, title in self._titles().items():
            item = QListWidgetItem(self._look.icons.icon(_ICONS[page]), title)
            item.setSizeHint(QSize(0, px(_MENU_ROW)))
            self._menu.addItem(item)
        metrics = self._menu.fontMetrics()
        widest = max(metrics.horizontalAdvance(title) for title in self._titles().values())
        self._menu.setFixedWidth(max(px(_MENU_WIDTH), widest + px(tokens.ICON + 3 * tokens.SPACE_L)))
        self._menu.setCurrentRow(list(Page).index(current))
        self._menu.blockSignals(False)
        self._turn_to()

    def _titles(self) -> dict[Page, str]:
        return {
            Page.TELEPHONE: self.tr("Telephone"),
            Page.AVAILABILITY: self.tr("Ready and wrap-up"),
            Page.SOUND: self.tr("Sound"),
            Page.CONTACTS: self.tr("Contacts"),
            Page.COLLEAGUES: self.tr("Colleagues"),
            Page.NUMBERS: self.tr("Numbers"),
            Page.LINKS: self.tr("Links"),
            Page.LOCAL_API: self.tr("Pages of the CRM"),
            Page.WINDOW: self.tr("Window"),
            Page.SHORTCUTS: self.tr("Shortcuts"),
        }

    def _turn_to(self) -> None:
        for other in self._pages.values():
            if other is not self._pages.get(self.page_name):
                other.leave()
        if self.page_name not in self._pages:
            page = _MAKERS[self.page_name](self._look, self._toolbar)
            self._pages[self.page_name] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self.page)
        self.page.show_state(self._toolbar.state)
        self._watch_levels()

    def _watch_levels(self) -> None:
        if isinstance(self.page, SoundPage):
            self.page.watch(self.isVisible())

    def _show_state(self, state: ToolbarState) -> None:
        if self._toolbar.forced != self._forced:
            self._forced = self._toolbar.forced
            self._build()
        if self.isVisible():
            self.page.show_state(state)

    def _rescale(self) -> None:
        if self._scale != self._look.theme.scale:
            self._scale = self._look.theme.scale
            self.resize(_SIZE * self._scale)
            self._build()
