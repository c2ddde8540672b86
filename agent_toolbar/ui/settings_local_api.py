"""The page about pages of the CRM: whether they may connect, which, and which are connected. GUI thread."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QWidget,
)

from agent_toolbar.application.ports.pages import PagesView, PairedPage, PairingView
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import Fault, FaultPlace, ToolbarState
from agent_toolbar.domain.errors import LinkError
from agent_toolbar.domain.page_origin import checked_origin
from agent_toolbar.i18n.formats import pairing_code_text
from agent_toolbar.i18n.sentences import error_text, fault_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.tokens import Tone

_ROWS_SHOWN = 3
_LOWEST_PORT, _HIGHEST_PORT = 1024, 65_535


class LocalApiPage(SettingsPage):
    """A change applies at once. The code of a page that asks to be connected stands at the top."""

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self.set_title(self.tr("Pages of the CRM"))
        wanted = toolbar.settings.local_api
        self._build_pairing()
        self.enabled = QCheckBox(self.tr("Pages of the CRM may connect with this toolbar"))
        self.enabled.setChecked(wanted.enabled)
        hint = self.tr("They see who calls and can ask you to call a number. They never answer, hang up or transfer.")
        self._enabled_notice = self.add_wide(self.enabled, hint, key="local_api.enabled")
        self.enabled.toggled.connect(lambda on: self._change(self._enabled_notice, enabled=on))
        self.port = QSpinBox()
        self.port.setRange(_LOWEST_PORT, _HIGHEST_PORT)
        self.port.setGroupSeparatorShown(False)
        self.port.setKeyboardTracking(False)
        self.port.setValue(wanted.port)
        hint = self.tr("The CRM must use the same one.")
        self._port_notice = self.add_row(self.tr("Port"), self.port, hint, key="local_api.port")
        self.port.valueChanged.connect(lambda port: self._change(self._port_notice, port=port))
        self.wrap_up = QCheckBox(self.tr("Pages may open and finish the record of a call"))
        self.wrap_up.setChecked(wanted.wrap_up)
        wrap_up_notice = self.add_wide(self.wrap_up, key="local_api.wrap_up")
        self.wrap_up.toggled.connect(lambda on: self._change(wrap_up_notice, wrap_up=on))
        self.add_section(self.tr("Addresses that may connect"))
        self._build_origins()
        self.add_section(self.tr("Pages that you let in"))
        self._build_paired()
        self.body.addStretch()
        self._shown_origins: tuple[str, ...] | None = None
        self._shown_paired: tuple[PairedPage, ...] | None = None
        self.show_state(toolbar.state)

    def show_state(self, state: ToolbarState) -> None:
        pages = state.pages
        self._show_pairing(pages.pairing)
        self._show_origins(self.toolbar.settings.local_api.origins)
        self._show_paired(pages.paired)
        self._show_running(pages)

    # ------------------------------------------------------------------ building

    def _build_pairing(self) -> None:
        self.code = QLabel()
        self.code.setFont(self.theme.font(large=True, strong=True))
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.refuse = QPushButton(self.tr("Refuse"))
        self.refuse.clicked.connect(self.toolbar.refuse_pairing)
        self._pairing_notice = self.add_wide(_row(self, self.code, self.refuse))

    def _build_origins(self) -> None:
        self.origins = self._list(self.tr("Addresses that may connect"))
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.clicked.connect(self._remove)
        hint = self.tr("Only pages of exactly these addresses. Each one is connected by a code first.")
        self._origins_notice = self.add_wide(
            _row(self, self.origins, self.remove, wide=True), hint, key="local_api.origins"
        )
        self.origin = QLineEdit()
        self.origin.setPlaceholderText("https://crm.example.com")
        self.origin.setAccessibleName(self.tr("Address of the CRM"))
        self.origin.returnPressed.connect(self._add)
        self.add = QPushButton(self.tr("Add"))
        self.add.clicked.connect(self._add)
        self._origin_notice = self.add_wide(_row(self, self.origin, self.add, wide=True), key="local_api.origins")
        self.origins.currentRowChanged.connect(lambda row: self.remove.setEnabled(row >= 0))

    def _build_paired(self) -> None:
        self.paired = self._list(self.tr("Pages that you let in"))
        self.forget = QPushButton(self.tr("Forget"))
        self.forget.clicked.connect(self._forget)
        self._paired_row = _row(self, self.paired, self.forget, wide=True)
        self._paired_notice = self.add_wide(self._paired_row)
        self.paired.currentRowChanged.connect(lambda row: self.forget.setEnabled(row >= 0))

    def _list(self, name: str) -> QListWidget:
        shown = QListWidget()
        shown.setAccessibleName(name)
        shown.setFixedHeight(self.theme.px(tokens.CONTROL) * _ROWS_SHOWN)
        return shown

    # ------------------------------------------------------------------ what is shown

    def _show_pairing(self, pairing: PairingView | None) -> None:
        self.show_row(self._pairing_notice, pairing is not None)
        if pairing is not None:
            self.code.setText(pairing_code_text(pairing.code))
            self.code.setAccessibleName(
                self.tr("Code for the page: {code}").format(code=pairing_code_text(pairing.code))
            )
            asks = self.tr("{origin} wants to be connected. If you asked for it, type this code there.")
            self._pairing_notice.hint(asks.format(origin=pairing.origin))

    def _show_origins(self, origins: tuple[str, ...]) -> None:
        if origins != self._shown_origins:
            self._shown_origins = origins
            self._fill(self.origins, list(origins))
            self.remove.setEnabled(self.origins.currentRow() >= 0)

    def _show_paired(self, paired: tuple[PairedPage, ...]) -> None:
        if paired != self._shown_paired:
            self._shown_paired = paired
            self._fill(self.paired, [self._words(page) for page in paired])
            self._paired_row.setVisible(bool(paired))
            self._paired_notice.hint(
                self.tr("A page that is forgotten must be connected by a code again.")
                if paired
                else self.tr("None yet. When a page asks to be connected, its code appears on the bar.")
            )
            self.forget.setEnabled(self.paired.currentRow() >= 0)

    def _words(self, page: PairedPage) -> str:
        if not page.allowed:
            now = self.tr("not allowed any more")
        elif page.connected:
            now = self.tr("connected now")
        else:
            now = self.tr("not connected now")
        return f"{page.origin}  ·  {now}"

    def _show_running(self, pages: PagesView) -> None:
        fault = Fault(pages.fault, FaultPlace.SETTINGS, params=dict(pages.fault_params)) if pages.fault else None
        self._port_notice.say(fault_text(fault) if fault is not None else "", Tone.FAULT)

    def _fill(self, shown: QListWidget, texts: list[str]) -> None:
        chosen = shown.currentRow()
        shown.clear()
        for text in texts:
            item = QListWidgetItem(text)
            item.setSizeHint(QSize(0, self.theme.px(tokens.CONTROL - tokens.SPACE_XS)))
            shown.addItem(item)
        shown.setCurrentRow(min(max(chosen, 0), len(texts) - 1))

    # ------------------------------------------------------------------ changes

    def _add(self) -> None:
        try:
            origin = checked_origin(self.origin.text())
        except LinkError as error:
            self._origin_notice.say(error_text(error))
            self.origin.setFocus()
            return
        known = self.toolbar.settings.local_api.origins
        if origin in known or self._change(self._origin_notice, origins=(*known, origin)):
            self._show_origins(self.toolbar.settings.local_api.origins)
            self.origins.setCurrentRow(self.toolbar.settings.local_api.origins.index(origin))
            self.origin.clear()
            self._origin_notice.clear_problem()

    def _remove(self) -> None:
        known, row = self.toolbar.settings.local_api.origins, self.origins.currentRow()
        if 0 <= row < len(known):
            self._change(self._origins_notice, origins=(*known[:row], *known[row + 1 :]))
            self._show_origins(self.toolbar.settings.local_api.origins)

    def _forget(self) -> None:
        row = self.paired.currentRow()
        if self._shown_paired and 0 <= row < len(self._shown_paired):
            self.toolbar.forget_page(self._shown_paired[row].origin)

    def _change(self, notice: Notice, **changes: object) -> bool:
        settings = self.toolbar.settings
        local_api = msgspec.structs.replace(settings.local_api, **changes)
        return self.change(msgspec.structs.replace(settings, local_api=local_api), notice)


def _row(page: SettingsPage, first: QWidget, second: QWidget, *, wide: bool = False) -> QWidget:
    """Two controls in a line; `wide`: the first takes all the room that is left."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(page.theme.px(tokens.SPACE_S))
    top = Qt.AlignmentFlag.AlignTop
    line.addWidget(first, 1 if wide else 0, top if wide else Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(second, 0, top)
    if not wide:
        line.addStretch()
    row.setFocusProxy(first if wide else second)
    return row
