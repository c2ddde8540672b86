"""The page "Directories": a company's directories that feed the contacts, and how reading them went. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QWidget,
)

from agent_toolbar.application.ports.settings import DirectorySettings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import DirectoryState, DirectoryView, ToolbarState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import code_text, directory_state_text, directory_sync_text, error_text
from agent_toolbar.ui.button_list import ButtonList
from agent_toolbar.ui.directory_form import DirectoryForm
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.tokens import Tone

_KEY = "directories"
_ROWS_SHOWN = 4
_SIGNS = {
    DirectoryState.WAITING: (Icon.DIRECTORY, Tone.ACCENT),
    DirectoryState.SYNCING: (Icon.TRY_AGAIN, Tone.ACCENT),
    DirectoryState.FAULT: (Icon.WARNING, Tone.NOT_READY),
}


class DirectoriesPage(SettingsPage):
    """What is typed is kept when somebody says so, and then read at once.

    Attributes:
        list: the directories with their state. read_now, read_all, new, remove, save: the buttons. form: the chosen or
            the new one. detail: how reading the chosen one went; progress: while it is read.
    """

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self.set_title(self.tr("Directories"))
        self._directories: tuple[DirectorySettings, ...] = ()
        self._views: tuple[DirectoryView, ...] = ()
        self._chosen = ""
        hint = self.tr("They feed your contacts in the background. Nothing is changed there.")
        self._list_notice = self.add_wide(self._build_list(), hint)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of reading"))
        self.detail = self.add_wide(self.progress)
        self.progress.hide()
        self.add_section(self.tr("The directory"))
        self.form = DirectoryForm(self)
        self.form.submitted.connect(self._save)
        self.save = self._button("", self._save)
        self.save.setProperty("primary", True)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.save)
        line.addStretch()
        self.outcome = self.add_wide(row)
        self.body.addStretch()
        self.show_state(toolbar.state)
        self._choose(0 if self._directories else -1)

    def show_state(self, state: ToolbarState) -> None:
        """How far reading is; what is being typed stays."""
        directories = self.toolbar.settings.directories
        if directories != self._directories or state.directories != self._views:
            self._directories, self._views = directories, state.directories
            self._fill()
        self._show_detail()

    # ------------------------------------------------------------------ building

    def _build_list(self) -> QWidget:
        self.read_now = self._button(self.tr("Read now"), self._read_now)
        self.read_all = self._button(self.tr("Read all"), lambda: self._sync(""))
        self.new = self._button(self.tr("New…"), self._begin_new)
        self.remove = self._button(self.tr("Remove"), self._remove)
        buttons = (self.read_now, self.read_all, self.new, self.remove)
        self._rows = ButtonList(self.theme, self.tr("Directories"), _ROWS_SHOWN, *buttons)
        self.list = self._rows.list
        self.list.currentRowChanged.connect(self._choose)
        return self._rows

    def _button(self, text: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(action)
        return button

    # ------------------------------------------------------------------ what is shown

    def _view(self, name: str) -> DirectoryView | None:
        return next((view for view in self._views if view.name == name), None)

    def _fill(self) -> None:
        self.list.blockSignals(True)
        while self.list.count() > len(self._directories):
            self.list.takeItem(self.list.count() - 1)
        for row, directory in enumerate(self._directories):
            item = self.list.item(row) or self._rows.add_item()
            view = self._view(directory.name) or DirectoryView(directory.name, directory.kind, directory.url)
            icon, tone = _SIGNS[view.state]
            item.setIcon(self.look.icons.icon(icon, tone))
            item.setText(f"{directory.name}  ·  {directory_state_text(view)}")
        names = [one.name for one in self._directories]
        row = names.index(self._chosen) if self._chosen in names else -1
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        if row < 0 and self._chosen:  # somebody else took it out
            self._choose(-1)
        self._enable()

    def _show_detail(self) -> None:
        view = self._view(self._chosen)
        syncing = view is not None and view.state is DirectoryState.SYNCING
        self.progress.setVisible(syncing)
        self.show_row(self.detail, view is not None)
        if view is None:
            return
        self.progress.setRange(0, max(view.total, view.done) if view.total else 0)
        self.progress.setValue(view.done)
        if syncing:
            self.detail.say(directory_state_text(view), Tone.MUTED)
        elif view.fault:
            self.detail.say(code_text(view.fault, view.fault_params), Tone.NOT_READY)
        else:
            self.detail.say(directory_sync_text(view, self.look.now_s()) or directory_state_text(view), Tone.MUTED)

    def _enable(self) -> None:
        chosen, fixed = bool(self._chosen), _KEY in self.toolbar.forced
        several = len(self._directories) > 1
        first = "" if chosen else self.tr("Choose a directory first.")
        forced = self.fixed_text() if fixed else ""
        refusals = {
            self.read_now: first,
            self.read_all: "" if several else self.tr("There are not several to read."),
            self.new: forced,
            self.remove: forced or first,
            self.save: forced,
        }
        for button, refusal in refusals.items():
            button.setEnabled(not refusal)
            button.setToolTip(refusal)
        self.save.setText(self.tr("Save and read") if chosen else self.tr("Add and read"))

    def _choose(self, row: int) -> None:
        """The form shows this one; -1 for a new one."""
        known = self._directories[row] if 0 <= row < len(self._directories) else None
        self._chosen = known.name if known is not None else ""
        self.outcome.clear_problem()
        self.form.show_directory(known)
        if self.list.currentRow() != row:
            self.list.blockSignals(True)
            self.list.setCurrentRow(row)
            self.list.blockSignals(False)
        self._enable()
        self._show_detail()

    # ------------------------------------------------------------------ orders

    def _begin_new(self) -> None:
        self._choose(-1)
        self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if not self.save.isEnabled():
            return
        wanted = self.form.directory()
        names = [one.name for one in self._directories]
        changed = list(self._directories)
        if self._chosen in names:
            changed[names.index(self._chosen)] = wanted
        else:
            changed.append(wanted)
        password = self.form.password.text()
        if self._put(tuple(changed), wanted.name):
            self._choose(changed.index(wanted))
            self._sync(wanted.name, password)

    def _remove(self) -> None:
        """Its contacts go with it."""
        row = self.list.currentRow()
        left = self._directories[:row] + self._directories[row + 1 :]
        after = left[min(row, len(left) - 1)].name if left else ""
        self._put(left, after)
        self._choose(next((at for at, one in enumerate(self._directories) if one.name == after), -1))

    def _put(self, directories: tuple[DirectorySettings, ...], chosen: str) -> bool:
        before, self._chosen = self._chosen, chosen
        try:
            self.toolbar.change_settings(msgspec.structs.replace(self.toolbar.settings, directories=directories))
        except AgentToolbarError as error:
            self._chosen = before
            if not self.form.show_error(error):
                self.outcome.say(error_text(error))
            return False
        self.show_state(self.toolbar.state)
        return True

    def _read_now(self) -> None:
        self._sync(self._chosen, self.form.password.text())

    def _sync(self, name: str, password: str = "") -> None:
        try:
            self.toolbar.sync_directories(name, password or None)
        except AgentToolbarError as error:
            self._list_notice.say(error_text(error))
            return
        self._list_notice.clear_problem()
        self.form.password.clear()
