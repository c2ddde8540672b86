"""Which page of the CRM opens when: a table of moments, and the addresses. GUI thread. A section of the CRM's page."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from agent_toolbar.application.ports.settings import CrmPages, OpensPage
from agent_toolbar.domain.page_template import PLACES
from agent_toolbar.ui import tokens
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.tokens import Tone

_DIRECTIONS = ("incoming", "outgoing", "internal")
_MATCHES = ("none", "one", "several")


class PageMomentsSection(QObject):
    """A change applies at once.

    Attributes:
        moments: the nine choices by (direction, matches). urls: the addresses by key. hosts: further computers.
    """

    def __init__(self, page: SettingsPage) -> None:
        super().__init__(page)
        self._page = page
        self.moments: dict[tuple[str, str], QComboBox] = {}
        self.urls: dict[str, QLineEdit] = {}
        page.add_section(self.tr("Which page opens when"))
        self.notice = page.add_wide(
            self._table(), self.tr("By itself once for each call; never for a withheld number.")
        )
        self.url_notices: dict[str, Notice] = {}
        self._add_addresses()

    # ------------------------------------------------------------------ building

    def _table(self) -> QWidget:
        theme = self._page.theme
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(tokens.SPACE_S))
        grid.setVerticalSpacing(theme.px(tokens.SPACE_S))
        columns = {
            "none": self.tr("Nobody found"),
            "one": self.tr("One, for certain"),
            "several": self.tr("Several, or unsure"),
        }
        rows = {
            "incoming": self.tr("Calls coming in"),
            "outgoing": self.tr("Calls going out"),
            "internal": self.tr("Colleagues"),
        }
        words = {
            OpensPage.NEVER: self.tr("Never"),
            OpensPage.BUTTON: self.tr("By button"),
            OpensPage.RING: self.tr("At the ring"),
            OpensPage.ANSWER: self.tr("At the answer"),
        }
        for column, matches in enumerate(_MATCHES, start=1):
            grid.addWidget(QLabel(columns[matches]), 0, column)
            grid.setColumnStretch(column, 1)
        for row, direction in enumerate(_DIRECTIONS, start=1):
            caption = QLabel(rows[direction])
            grid.addWidget(caption, row, 0)
            for column, matches in enumerate(_MATCHES, start=1):
                choice = self._choice(direction, matches, words)
                choice.setAccessibleName(f"{rows[direction]}, {columns[matches]}")
                grid.addWidget(choice, row, column)
        return table

    def _choice(self, direction: str, matches: str, words: dict[OpensPage, str]) -> QComboBox:
        choice = QComboBox()
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(8)
        for moment, text in words.items():
            choice.addItem(text, moment)
        moments = getattr(self._pages, direction)
        choice.setCurrentIndex(choice.findData(getattr(moments, matches)))
        choice.activated.connect(lambda _row: self._change_moment(direction, matches))
        if f"crm.pages.{direction}.{matches}" in self._page.toolbar.forced:
            choice.setEnabled(False)
            choice.setToolTip(self._page.fixed_text())
        self.moments[direction, matches] = choice
        return choice

    def _add_addresses(self) -> None:
        labels = {
            "none_url": self.tr("Address: nobody"),
            "one_url": self.tr("Address: one"),
            "several_url": self.tr("Address: several"),
        }
        hints = {
            "none_url": self.tr("A page to search or to add somebody. Empty: none."),
            "one_url": self.tr("Empty: the page of the record. Colleagues have a page only with an address here."),
            "several_url": self.tr("A page to choose. Empty: that of the contact which you chose."),
        }
        for name, url in self._pages.urls.items():
            field = QLineEdit(url)
            field.setCursorPosition(0)  # which computer it is on counts most
            field.setPlaceholderText("https://…?q={e164}")
            notice = self._page.add_row(labels[name], field, hints[name], key=f"crm.pages.{name}")
            field.editingFinished.connect(lambda name=name: self._change_url(name))
            field.textEdited.connect(lambda _text, notice=notice: notice.clear_problem())
            self.urls[name] = field
            self.url_notices[name] = notice
        self.hosts = QLineEdit(" ".join(self._page.toolbar.settings.crm.page_hosts))
        self.hosts.setPlaceholderText("erp.example.com")
        hint = self.tr("Computers beside the CRM's own that these addresses may lead to.")
        self.hosts_notice = self._page.add_row(self.tr("Other computers"), self.hosts, hint, key="crm.page_hosts")
        self.hosts.editingFinished.connect(self._change_hosts)
        places = QLabel(self.tr("Placeholders: {places}").format(places=" ".join(f"{{{one}}}" for one in PLACES)))
        places.setTextFormat(Qt.TextFormat.PlainText)
        places.setWordWrap(True)
        places.setProperty("tone", "muted")
        self._page.add_wide(places)

    # ------------------------------------------------------------------ changing

    @property
    def _pages(self) -> CrmPages:
        return self._page.toolbar.settings.crm.pages

    def show_settings(self) -> None:
        """Another CRM took addresses away."""
        for name, url in self._pages.urls.items():
            if not self.urls[name].hasFocus() and self.url_notices[name].tone is not Tone.FAULT:
                self.urls[name].setText(url)
                self.urls[name].setCursorPosition(0)

    def _change_moment(self, direction: str, matches: str) -> None:
        moment = OpensPage(self.moments[direction, matches].currentData())
        moments = msgspec.structs.replace(getattr(self._pages, direction), **{matches: moment})
        self._put(self.notice, pages=msgspec.structs.replace(self._pages, **{direction: moments}))

    def _change_url(self, name: str) -> None:
        url = self.urls[name].text().strip()
        if url != self._pages.urls[name]:
            pages = msgspec.structs.replace(self._pages, **{name: url})
            self._put(self.url_notices[name], pages=pages)

    def _change_hosts(self) -> None:
        hosts = tuple(dict.fromkeys(self.hosts.text().replace(",", " ").lower().split()))
        if hosts != self._page.toolbar.settings.crm.page_hosts and self._put(self.hosts_notice, page_hosts=hosts):
            for name in self.urls:  # what was refused for its computer may be right now
                self._change_url(name)

    def _put(self, notice: Notice, **changes: object) -> bool:
        settings = self._page.toolbar.settings
        crm = msgspec.structs.replace(settings.crm, **changes)
        return self._page.change(msgspec.structs.replace(settings, crm=crm), notice)
