"""The colleagues page: to whom calls are handed over, who stands first, and how long that can be undone. GUI thread."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from agent_toolbar.application.ports.settings import Colleague, HandoverSettings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.account_entry import checked_extension
from agent_toolbar.domain.errors import AccountError
from agent_toolbar.domain.text import plain_text
from agent_toolbar.i18n.sentences import error_text
from agent_toolbar.ui.button_list import ButtonList
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.story_store_section import StoryStoreSection
from agent_toolbar.ui.suggestion_list import FAVOURITE, NO_FAVOURITE
from agent_toolbar.ui.tokens import Tone

_COLLEAGUES = "handover.colleagues"
_LONGEST_NAME = 60
_ROWS_SHOWN = 6
_MOST_UNDO_S = 10


class ColleaguesPage(SettingsPage):
    """A change applies at once, but for the place of the notes. Adding a known extension gives it the other name."""

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self.set_title(self.tr("Colleagues"))
        self._shown: tuple[Colleague, ...] = ()
        hint = self.tr("Their telephones are watched, so that you see who is free before you hand a call over.")
        self._list_notice = self.add_wide(self._build_list(), hint, key=_COLLEAGUES)
        self.add_section(self.tr("Add a colleague"))
        self._build_entry()
        self.add_section(self.tr("Handing over"))
        self.undo = QSpinBox()
        self.undo.setRange(0, _MOST_UNDO_S)
        self.undo.setSuffix(self.tr(" s"))
        self.undo.setValue(toolbar.settings.handover.undo_s)
        undo_notice = self.add_row(
            self.tr("Time to undo"),
            self.undo,
            self.tr("For so long “Hand over” can be undone. 0: not at all."),
            key="handover.undo_s",
        )
        self.undo.valueChanged.connect(lambda seconds: self._change(undo_notice, undo_s=seconds))
        self.store = StoryStoreSection(self)
        self.body.addStretch()
        self._fill()

    def show_state(self, state: ToolbarState) -> None:
        """A favourite may have been marked in the bar meanwhile."""
        self._fill()
        self.store.show_state(state)

    def leave(self) -> None:
        self.store.leave()

    # ------------------------------------------------------------------ building

    def _build_list(self) -> QWidget:
        self.star = QPushButton()
        self.up = QPushButton(self.tr("Earlier"))
        self.down = QPushButton(self.tr("Later"))
        self.remove = QPushButton(self.tr("Remove"))
        self.star.clicked.connect(self._toggle_favourite)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.remove.clicked.connect(self._remove)
        buttons = (self.star, self.up, self.down, self.remove)
        self._rows = ButtonList(self.theme, self.tr("Colleagues"), _ROWS_SHOWN, *buttons)
        self.list = self._rows.list
        self.list.currentRowChanged.connect(lambda _row: self._enable())
        return self._rows

    def _build_entry(self) -> None:
        self.extension, self.name = QLineEdit(), QLineEdit()
        self.name.setMaxLength(_LONGEST_NAME)
        self._entry_notice = self.add_row(self.tr("Extension"), self.extension, key=_COLLEAGUES)
        self.add_row(self.tr("Name"), self.name, key=_COLLEAGUES)
        self.add = QPushButton(self.tr("Add"))
        self.add.clicked.connect(self._add)
        self.name.returnPressed.connect(self._add)
        self.extension.returnPressed.connect(self._add)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.add)
        line.addStretch()
        self.add_wide(row, key=_COLLEAGUES)
        if _COLLEAGUES in self.toolbar.forced:
            self.add.setToolTip(self.fixed_text())

    # ------------------------------------------------------------------ what is shown

    def _fill(self) -> None:
        colleagues = self.toolbar.settings.handover.colleagues
        if colleagues == self._shown:
            return
        chosen = self.list.currentRow()
        self._shown = colleagues
        self.list.clear()
        for colleague in colleagues:
            sign, tone = (FAVOURITE, Tone.ACCENT) if colleague.favourite else (NO_FAVOURITE, Tone.MUTED)
            item = self._rows.add_item()
            item.setIcon(self.look.icons.icon(sign, tone))
            item.setText(f"{colleague.name}  ·  {colleague.extension}" if colleague.name else colleague.extension)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(colleague))
        self.list.setCurrentRow(min(max(chosen, 0), len(colleagues) - 1))
        self._enable()

    def _spoken(self, colleague: Colleague) -> str:
        words = [colleague.name, colleague.extension, self.tr("favourite") if colleague.favourite else ""]
        return ", ".join(word for word in words if word)

    def _enable(self) -> None:
        row, last = self.list.currentRow(), len(self._shown) - 1
        chosen = 0 <= row <= last
        favourite = chosen and self._shown[row].favourite
        self.star.setText(self.tr("No favourite") if favourite else self.tr("Favourite"))
        first = "" if chosen else self.tr("Choose a colleague first.")
        if _COLLEAGUES in self.toolbar.forced:
            first = self.fixed_text()
        refusals = {
            self.star: first,
            self.remove: first,
            self.up: first or ("" if row > 0 else self.tr("This one is the first already.")),
            self.down: first or ("" if row < last else self.tr("This one is the last already.")),
        }
        for button, refusal in refusals.items():
            button.setEnabled(not refusal)
            button.setToolTip(refusal)

    # ------------------------------------------------------------------ changes

    def _add(self) -> None:
        try:
            extension = checked_extension(self.extension.text())
        except AccountError as error:
            self._entry_notice.say(error_text(error))
            self.extension.setFocus()
            return
        name = plain_text(self.name.text(), _LONGEST_NAME)
        before = {one.extension: one for one in self._shown}
        known = before.get(extension)
        before[extension] = Colleague(extension, name, known.favourite if known is not None else False)
        if self._put(tuple(before.values()), self._entry_notice):
            self.extension.clear()
            self.name.clear()
            self.list.setCurrentRow(list(before).index(extension))
            self.extension.setFocus()

    def _toggle_favourite(self) -> None:
        row = self.list.currentRow()
        changed = msgspec.structs.replace(self._shown[row], favourite=not self._shown[row].favourite)
        self._put((*self._shown[:row], changed, *self._shown[row + 1 :]), self._list_notice)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        order = list(self._shown)
        order.insert(row + step, order.pop(row))
        if self._put(tuple(order), self._list_notice):
            self.list.setCurrentRow(row + step)

    def _remove(self) -> None:
        row = self.list.currentRow()
        self._put((*self._shown[:row], *self._shown[row + 1 :]), self._list_notice)

    def _put(self, colleagues: tuple[Colleague, ...], notice: Notice) -> bool:
        done = self._change(notice, colleagues=colleagues)
        self._fill()
        return done

    def _change(self, notice: Notice, **changes: object) -> bool:
        settings = self.toolbar.settings
        handover: HandoverSettings = msgspec.structs.replace(settings.handover, **changes)
        return self.change(msgspec.structs.replace(settings, handover=handover), notice)
