"""Reasons or outcomes in their order, with the fields of the one that is chosen. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from agent_toolbar.domain.text import plain_text
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP
from agent_toolbar.ui import tokens
from agent_toolbar.ui.button_list import mover_button
from agent_toolbar.ui.form_caption import form_caption, indent_text
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.label_drafts import LONGEST_CODE, LONGEST_LABEL, CodeProblem, Draft, code_of, code_problem
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.swatch import COLOURS, colour_text, swatch_icon
from agent_toolbar.ui.tokens import Tone

_ROWS_SHOWN = 5
_MOST_MINUTES = 1439
_PROBLEMS: dict[CodeProblem, str] = {
    CodeProblem.EMPTY: QT_TRANSLATE_NOOP("LabelTable", "A code is needed: it is what other systems are told."),
    CodeProblem.CHARACTERS: QT_TRANSLATE_NOOP(
        "LabelTable", "A code has letters without accents, digits, “-” and “_” only, and no spaces."
    ),
    CodeProblem.TWICE: QT_TRANSLATE_NOOP("LabelTable", "Another entry has this code. Each code may stand once."),
}


class LabelTable(QWidget):
    """Keeps everything that was typed, right or wrong; `changed` is for whoever saves it, as a whole or not at all.

    Attributes:
        timed: the entries have a longest time.
    Signals:
        changed: somebody finished a change; `drafts` has what stands there now, `is_right` whether it can be saved.
    """

    changed = Signal()

    def __init__(self, look: Look, title: str, note_words: str, *, timed: bool) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._drafts: list[Draft] = []
        self._filling = False
        self.timed = timed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(tokens.SPACE_S))
        column.addLayout(self._build_list())
        self._fields = QWidget()
        column.addWidget(self._fields)
        column.addStretch(1)
        self._form = QFormLayout(self._fields)
        self._build_fields(note_words)
        self._fill()

    @property
    def drafts(self) -> list[Draft]:
        """Without new rows in which nothing stands yet."""
        return [draft for draft in self._drafts if not draft.blank]

    @property
    def is_right(self) -> bool:
        return all(code_problem(self._drafts, place) is None for place in range(len(self._drafts)))

    def problem_of_code(self) -> str:
        """What is wrong with the code that is looked at, "" for nothing."""
        return self._code_notice.text() if self._code_notice.tone is Tone.FAULT else ""

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Takes these in place of what stands there."""
        self._drafts = list(drafts)
        self._fill()
        self.list.setCurrentRow(0)

    # ------------------------------------------------------------------ building

    def _build_list(self) -> QHBoxLayout:
        px = self._look.theme.px
        self.list = QListWidget()
        self.list.setAccessibleName(self._title)
        self.list.setIconSize(QSize(px(tokens.SPACE_L), px(tokens.SPACE_L)))
        self.list.setFixedHeight(px(tokens.CONTROL) * _ROWS_SHOWN)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(lambda _row: self._show_chosen())
        self.add, self.remove = QPushButton(self.tr("Add")), QPushButton(self.tr("Remove"))
        self.up = mover_button(self.list, self.tr("Earlier"), Qt.Key.Key_Up, lambda: self._move(-1))
        self.down = mover_button(self.list, self.tr("Later"), Qt.Key.Key_Down, lambda: self._move(1))
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        buttons = QVBoxLayout()
        buttons.setSpacing(px(tokens.SPACE_S))
        for button in (self.add, self.up, self.down, self.remove):
            button.setAccessibleName(f"{button.text()}: {self._title}")
            buttons.addWidget(button)
        buttons.addStretch()
        line = QHBoxLayout()
        line.setSpacing(px(tokens.SPACE_S))
        line.addWidget(self.list, 1, Qt.AlignmentFlag.AlignTop)
        line.addLayout(buttons)
        return line

    def _build_fields(self, note_words: str) -> None:
        px = self._look.theme.px
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(px(tokens.SPACE_L))
        self._form.setVerticalSpacing(px(tokens.SPACE_M))
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.english, self.french, self.code = QLineEdit(), QLineEdit(), QLineEdit()
        self.english.setMaxLength(LONGEST_LABEL)
        self.french.setMaxLength(LONGEST_LABEL)
        self.code.setMaxLength(LONGEST_CODE)
        self.colour = QComboBox()
        self.colour.setIconSize(QSize(px(tokens.SPACE_L), px(tokens.SPACE_L)))
        self.longest = QSpinBox()
        self.longest.setRange(0, _MOST_MINUTES)
        self.longest.setKeyboardTracking(False)
        self.longest.setSpecialValueText(self.tr("No limit"))
        self.longest.setSuffix(self.tr(" min"))
        self.note = QCheckBox(note_words)
        self._row(self.tr("In English"), self.english)
        self._row(self.tr("In French"), self.french)
        self._code_notice = self._row(
            self.tr("Code"), self.code, self.tr("What the telephone system and reports are told.")
        )
        self._row(self.tr("Colour"), self.colour)
        if self.timed:
            self._row(self.tr("Longest time"), self.longest, self.tr("After it the time turns amber."))
        self.note.setParent(self._fields)
        self._form.addRow(self.note)
        for field in (self.english, self.french, self.code):
            field.textEdited.connect(lambda _text, field=field: self._typed(field))
            field.editingFinished.connect(self._finished)
        self.colour.activated.connect(lambda _index: self._take(colour=str(self.colour.currentData())))
        self.longest.valueChanged.connect(lambda minutes: self._take(max_min=minutes, extra_s=0))
        self.note.toggled.connect(lambda on: self._take(needs_note=on))

    def _row(self, label: str, control: QWidget, hint: str = "") -> Notice:
        control.setAccessibleName(f"{label}: {self._title}")
        cell = QWidget()
        cell.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.theme.px(tokens.SPACE_XS))
        indent_text(control, self._look.theme)
        column.addWidget(control)
        notice = Notice(hint)
        column.addWidget(notice)
        self._form.addRow(form_caption(label, control, self._look.theme), cell)
        return notice

    # ------------------------------------------------------------------ what is shown

    def _fill(self) -> None:
        chosen = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for _draft in self._drafts:
            item = QListWidgetItem()
            item.setSizeHint(QSize(0, self._look.theme.px(tokens.CONTROL - tokens.SPACE_XS)))
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(chosen, 0), len(self._drafts) - 1))
        self.list.blockSignals(False)
        self._draw_rows()
        self._show_chosen()

    def _draw_rows(self) -> None:
        for place, draft in enumerate(self._drafts):
            item = self.list.item(place)
            wrong = code_problem(self._drafts, place) is not None
            icon = self._look.icons.icon(Icon.WARNING, Tone.FAULT) if wrong else None
            item.setIcon(icon or swatch_icon(self._look.theme, draft.colour))
            words = self._words(draft)
            item.setText(self._look_of(words))
            colour = colour_text(draft.colour) if draft.colour else ""
            trouble = self.tr("not saved yet") if wrong else ""
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, [*words, colour, trouble])))
            item.setToolTip("\n".join(words))

    def _words(self, draft: Draft) -> list[str]:
        french = QLocale().language() == QLocale.Language.French
        first, second = (draft.fr, draft.en) if french else (draft.en, draft.fr)
        words = [first or second or draft.code or self.tr("New")]
        if draft.code and draft.code != words[0]:
            words.append(draft.code)
        if draft.max_min:
            words.append(self.tr("{minutes} min").format(minutes=draft.max_min))
        return words

    @staticmethod
    def _look_of(words: list[str]) -> str:
        return "  ·  ".join(words)

    def _show_chosen(self) -> None:
        row, last = self.list.currentRow(), len(self._drafts) - 1
        chosen = 0 <= row <= last
        self.remove.setEnabled(chosen)
        self.up.setEnabled(chosen and row > 0)
        self.down.setEnabled(chosen and row < last)
        self._fields.setEnabled(chosen)
        draft = self._drafts[row] if chosen else Draft()
        self._filling = True
        self.english.setText(draft.en)
        self.french.setText(draft.fr)
        self.code.setText(draft.code)
        self._show_colours(draft.colour)
        self.longest.setValue(draft.max_min)
        self.note.setChecked(draft.needs_note)
        self._filling = False
        self._show_problem()

    def _show_colours(self, chosen: str) -> None:
        """A colour that somebody wrote into the file is offered beside the usual ones."""
        self.colour.clear()
        own = [] if chosen.lower() in COLOURS else [chosen]
        for colour in [*COLOURS, *own]:
            self.colour.addItem(swatch_icon(self._look.theme, colour), colour_text(colour), colour)
        self.colour.setCurrentIndex(self.colour.findData(own[0] if own else chosen.lower()))

    def _show_problem(self) -> None:
        row = self.list.currentRow()
        problem = code_problem(self._drafts, row) if 0 <= row < len(self._drafts) else None
        words = QCoreApplication.translate("LabelTable", _PROBLEMS[problem]) if problem is not None else ""
        if words != self._code_notice.text():
            self._code_notice.say(words)

    # ------------------------------------------------------------------ changes

    def _typed(self, field: QLineEdit) -> None:
        row = self.list.currentRow()
        draft = self._drafts[row]
        draft.en = plain_text(self.english.text(), LONGEST_LABEL)
        draft.fr = plain_text(self.french.text(), LONGEST_LABEL)
        if field is self.code:
            draft.follows_label = False
            draft.code = self.code.text().strip()
        elif draft.follows_label:
            taken = [other.code for other in self._drafts if other is not draft]
            draft.code = code_of(draft.en or draft.fr, taken)
            self.code.setText(draft.code)
        self._draw_rows()
        self._show_problem()

    def _finished(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _take(self, **values: object) -> None:
        row = self.list.currentRow()
        if self._filling or not 0 <= row < len(self._drafts):
            return
        for name, value in values.items():
            setattr(self._drafts[row], name, value)
        self._draw_rows()
        self.changed.emit()

    def _add(self) -> None:
        """A new row below the chosen one; a second one only when something stands in the first."""
        blank = next((place for place, draft in enumerate(self._drafts) if draft.blank), None)
        place = self.list.currentRow() + 1 if blank is None else blank
        if blank is None:
            self._drafts.insert(place, Draft(follows_label=True))
            self._fill()
        self.list.setCurrentRow(place)
        french = QLocale().language() == QLocale.Language.French
        (self.french if french else self.english).setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        del self._drafts[self.list.currentRow()]
        self._fill()
        self.changed.emit()

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if not (0 <= row < len(self._drafts) and 0 <= row + step < len(self._drafts)):
            return
        self._drafts.insert(row + step, self._drafts.pop(row))
        self._fill()
        self.list.setCurrentRow(row + step)
        self.changed.emit()
