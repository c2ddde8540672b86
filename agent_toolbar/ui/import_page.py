"""The contacts page: how many there are, and importing a file of them, step by step. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from agent_toolbar.application.ports.directory import (
    ImportOutcome,
    ImportPreview,
    ImportProgress,
    ImportRequest,
    ImportTask,
    SkippedRow,
)
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.i18n.formats import count_text
from agent_toolbar.i18n.sentences import error_text, skip_reason_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.column_mapping import ColumnMapping
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.tokens import Tone

_SHOWN_SKIPPED_ROWS = 500
_PROGRESS_STEPS = 1000


class ImportPage(SettingsPage):
    """Choose a file, say what its columns are, import; what was left out is listed with line and reason."""

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self.set_title(self.tr("Contacts"))
        self._file: Path | None = None
        self._task: ImportTask | None = None
        self._reading = False
        self.count_label = QLabel()
        self.count_label.setTextFormat(Qt.TextFormat.PlainText)
        self.count_label.setWordWrap(True)
        self.body.addWidget(self.count_label)
        self.choose_button = self._button(self.tr("Import a file…"), self._choose_file, primary=True)
        self.import_button = self._button(self.tr("Import"), self._start, primary=True)
        self.cancel_button = self._button(self.tr("Cancel"), self._cancel)
        self.body.addWidget(self._line(self.choose_button))
        self.notice = Notice()
        self.body.addWidget(self.notice)
        self.progress = QProgressBar()
        self.progress.setRange(0, _PROGRESS_STEPS)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the import"))
        self.body.addWidget(self.progress)
        self._step = QVBoxLayout()
        self._step.setSpacing(look.theme.px(tokens.SPACE_M))
        self.body.addLayout(self._step)
        self.body.addWidget(self._line(self.import_button, self.cancel_button))
        self.body.addStretch()
        self.mapping: ColumnMapping | None = None
        self.skipped: QTableWidget | None = None
        self._show_start()
        self.show_state(toolbar.state)

    def show_state(self, state: ToolbarState) -> None:
        if state.contacts:
            text = self.tr("{count} contacts are on this computer. They are found when somebody calls.")
            self.count_label.setText(text.format(count=count_text(state.contacts)))
        else:
            text = self.tr("There are no contacts yet. Import your customers, and their names appear when they call.")
            self.count_label.setText(text)

    @property
    def busy(self) -> bool:
        return self._reading or self._task is not None

    # ------------------------------------------------------------------ steps

    def _show_start(self) -> None:
        self._clear_step()
        self.progress.hide()
        self.import_button.hide()
        self.cancel_button.hide()
        self.choose_button.show()
        self.notice.hint(self.tr("A CSV file, from a spreadsheet for example, or vCards (.vcf)."))

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Import contacts"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Contacts (*.csv *.txt *.tsv *.vcf *.vcard)"), self.tr("All files (*)")],
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.preview(Path(name)))
        dialog.open()

    def preview(self, file: Path) -> None:
        """Shows the head of `file` before anything is imported."""
        self._file = file
        self.choose_button.hide()
        self.notice.say(self.tr("Reading {file}…").format(file=file.name), Tone.MUTED)

        def read(preview: ImportPreview) -> None:
            if self._file == file and self._task is None:
                self._reading = False
                self._show_preview(file, preview)

        self._reading = True
        self.toolbar.preview_contacts(file, read)

    def _show_preview(self, file: Path, preview: ImportPreview) -> None:
        self._show_start()
        if preview.error is not None:
            self.notice.say(error_text(preview.error))
            return
        self.choose_button.hide()
        self.import_button.show()
        self.cancel_button.show()
        if preview.columns:
            self.notice.hint(
                self.tr("{file}: check which column is what, then import.").format(file=file.name),
            )
            self.mapping = ColumnMapping(self.look, preview)
            self.mapping.changed.connect(self._check_mapping)
            self._step.addWidget(self.mapping)
            self._check_mapping()
        else:
            self.notice.hint(self.tr("{file} holds vCards; nothing has to be chosen.").format(file=file.name))
            self.import_button.setEnabled(True)
        self.import_button.setFocus()

    def _check_mapping(self) -> None:
        usable = self.mapping is None or self.mapping.usable
        self.import_button.setEnabled(usable)
        self.notice.say("" if usable else self.tr("Choose at least a name or company and one number."), Tone.NOT_READY)

    def _start(self) -> None:
        if self._file is None:
            return
        numbers = self.toolbar.settings.numbers
        plan = NumberPlan(numbers.region, numbers.internal_pattern, numbers.outside_prefix, numbers.bare_international)
        mapping = self.mapping.mapping() if self.mapping is not None else {}
        self._clear_step()
        self.import_button.hide()
        self.cancel_button.show()
        self.cancel_button.setEnabled(True)
        self.progress.setValue(0)
        self.progress.show()
        self.notice.say(self.tr("Importing {file}…").format(file=self._file.name), Tone.MUTED)
        self._task = self.toolbar.import_contacts(
            ImportRequest(self._file, plan, mapping), self._show_progress, self._show_outcome
        )

    def _cancel(self) -> None:
        if self._task is None:
            self._file = None
            self._show_start()
            return
        self.cancel_button.setEnabled(False)
        self._task.cancel()

    def _show_progress(self, progress: ImportProgress) -> None:
        share = progress.done / progress.total if progress.total else 0.0
        self.progress.setValue(round(share * _PROGRESS_STEPS))
        self.notice.say(self.tr("{count} contacts read…").format(count=count_text(progress.rows)), Tone.MUTED)

    def _show_outcome(self, outcome: ImportOutcome) -> None:
        self._task = None
        self._file = None
        self._show_start()
        if outcome.error is not None:
            self.notice.say(error_text(outcome.error))
        elif outcome.cancelled:
            self.notice.say(self.tr("Cancelled. The contacts are as they were before."), Tone.MUTED)
        else:
            self.notice.say(self._summary(outcome), Tone.NOT_READY if outcome.skipped_count else Tone.READY)
            if outcome.skipped:
                self._show_skipped(outcome.skipped)

    def _summary(self, outcome: ImportOutcome) -> str:
        text = self.tr("Done: {added} new, {updated} updated, {unchanged} unchanged.").format(
            added=count_text(outcome.added),
            updated=count_text(outcome.updated),
            unchanged=count_text(outcome.unchanged),
        )
        if not outcome.skipped_count:
            return text
        left_out = self.tr("Left out: {count} (see below).").format(count=count_text(outcome.skipped_count))
        return f"{text} {left_out}"

    def _show_skipped(self, rows: tuple[SkippedRow, ...]) -> None:
        shown = rows[:_SHOWN_SKIPPED_ROWS]
        table = QTableWidget(len(shown), 3)
        table.setAccessibleName(self.tr("Rows that were left out"))
        table.setHorizontalHeaderLabels([self.tr("Line"), self.tr("Reason"), self.tr("Text")])
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.theme.px(32))
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        for place, row in enumerate(shown):
            for column, text in enumerate((count_text(row.line), skip_reason_text(row.reason), row.shown)):
                table.setItem(place, column, QTableWidgetItem(text))
        table.setMinimumHeight(self.theme.px(200))
        self.skipped = table
        self._step.addWidget(table)

    # ------------------------------------------------------------------ parts

    def _clear_step(self) -> None:
        self.mapping = None
        self.skipped = None
        while (item := self._step.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _button(self, text: str, action: Callable[[], object], *, primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("primary", primary)
        button.clicked.connect(action)
        return button

    def _line(self, *buttons: QPushButton) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.theme.px(tokens.SPACE_S))
        for button in buttons:
            line.addWidget(button)
        line.addStretch()
        return row
