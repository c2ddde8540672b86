""" "Why am I not getting calls?": the answer large with its repair button, below it every check. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDateTime, QEvent, QSize, QStandardPaths, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QDesktopServices, QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent_toolbar.application.examination import Check, CheckResult, Examination
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import Remedy
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import advice_text, cause_text, check_text, error_text, finding_text, remedy_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, WrappingLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.tokens import Tone

_SIZE = QSize(520, 640)
_SIGN = 32
LOOK_AGAIN_MS = 1_000  # a repair takes effect a moment after its button
_SIGNS = {
    Finding.FINE: (Icon.DONE, Tone.READY),
    Finding.WARNING: (Icon.WARNING, Tone.NOT_READY),
    Finding.WRONG: (Icon.WARNING, Tone.FAULT),
    Finding.UNKNOWN: (Icon.UNCERTAIN, Tone.MUTED),
}
_WINDOWS = frozenset(
    {
        Remedy.OPEN_ACCOUNT,
        Remedy.ENTER_PASSWORD,
        Remedy.OPEN_SOUND,
        Remedy.OPEN_SETTINGS,
        Remedy.OPEN_AVAILABILITY,
        Remedy.ENTER_CRM_KEY,
        Remedy.OPEN_OUTBOX,
    }
)


class DoctorWindow(QWidget):
    """Kept when closed; it examines whenever it is opened.

    Signals:
        window_asked: the repair is a window (Remedy).
    """

    window_asked = Signal(Remedy)

    def __init__(self, look: Look, toolbar: Toolbar, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._look = look
        self._toolbar = toolbar
        self._round = 0
        self._examination = Examination()
        self._said = ""
        self._sign = IconLabel(look, _SIGN, self)
        self.answer = WrappingLabel(look, parent=self)
        self.repair = QPushButton()
        self.repair.setProperty("primary", True)
        self.notice = Notice()
        self.written = Notice()
        self.checks = QListWidget()
        self.again = QPushButton()
        self.support = QPushButton()
        self.show_folder = QPushButton()
        self._support_file: Path | None = None
        self.close_button = QPushButton()
        self._look_again = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._lay_out()
        self._connect()
        self._retranslate()
        self.resize(_SIZE * look.theme.scale)

    def open_window(self) -> None:
        """In front, and examining."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.checks.setFocus()
        self.examine()

    def examine(self) -> None:
        """Begins anew; what an earlier examination still says is not heard any more."""
        self._round += 1
        this_round = self._round

        def changed(examination: Examination) -> None:
            if this_round == self._round:
                self._show(examination)

        self._look_again.stop()
        self.notice.clear_problem()
        self.written.clear_problem()
        self._show(Examination())
        self._toolbar.examine(changed)

    # ------------------------------------------------------------------ building

    def _lay_out(self) -> None:
        px = self._look.theme.px
        self.checks.setWordWrap(True)
        self.checks.setResizeMode(QListView.ResizeMode.Adjust)
        self.checks.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.checks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.checks.setIconSize(QSize(px(tokens.ICON), px(tokens.ICON)))
        column = QVBoxLayout(self)
        column.setContentsMargins(*([px(tokens.SPACE_L)] * 4))
        column.setSpacing(px(tokens.SPACE_M))
        top = QHBoxLayout()
        top.setSpacing(px(tokens.SPACE_M))
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.answer, 1)
        column.addLayout(top)
        repair = QHBoxLayout()
        repair.addSpacing(px(_SIGN) + px(tokens.SPACE_M))
        repair.addWidget(self.repair)
        repair.addStretch()
        column.addLayout(repair)
        column.addWidget(self.notice)
        column.addWidget(self.checks, 1)
        written = QHBoxLayout()
        written.setSpacing(px(tokens.SPACE_M))
        written.addWidget(self.written, 1)
        written.addWidget(self.show_folder, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(written)
        bottom = QHBoxLayout()
        bottom.addWidget(self.again)
        bottom.addWidget(self.support)
        bottom.addStretch()
        bottom.addWidget(self.close_button)
        column.addLayout(bottom)
        self._restyle()

    def _connect(self) -> None:
        self.repair.clicked.connect(self._repair)
        self.again.clicked.connect(self.examine)
        self.support.clicked.connect(self._make_support_file)
        self.show_folder.clicked.connect(self._show_folder)
        self.close_button.clicked.connect(self.close)
        self._look_again.timeout.connect(self.examine)
        self._look.theme.changed.connect(self._restyle)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Why am I not getting calls?"))
        self.checks.setAccessibleName(self.tr("What was checked"))
        self.again.setText(self.tr("Check again"))
        self.support.setText(self.tr("Make a file for support…"))
        self.show_folder.setText(self.tr("Show folder"))
        self.show_folder.setToolTip(self.tr("Opens the folder in which the file for support lies"))
        self.close_button.setText(self.tr("Close"))
        self._show(self._examination)

    def _restyle(self) -> None:
        self.answer.setFont(self._look.theme.font(strong=True, large=True))
        self._show(self._examination)

    # ------------------------------------------------------------------ events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_F5:
            self.examine()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look_again.stop()

    def _enter(self) -> None:
        """The button that has the keyboard, else the repair."""
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        elif not self.repair.isHidden():
            self._repair()

    # ------------------------------------------------------------------ showing

    def _show(self, examination: Examination) -> None:
        self._examination = examination
        cause = examination.cause
        certain = examination.done or (cause is not None and cause.finding is Finding.WRONG)
        shown = cause if certain else None
        self._show_answer(shown, examination if certain else Examination())
        self._show_checks(examination)
        self.again.setEnabled(examination.done)
        self._show_support()

    def _show_answer(self, cause: CheckResult | None, examination: Examination) -> None:
        said = cause_text(examination, self._toolbar.settings.availability.reasons)
        icon, tone = (Icon.REGISTERING, Tone.MUTED)
        if cause is not None:
            icon, tone = _SIGNS[cause.finding]
        elif examination.done:
            icon, tone = Icon.READY, Tone.READY
        self._sign.show_icon(icon, tone)
        self.answer.setText(said)
        self.answer.setAccessibleName(said)
        words = remedy_text(cause.remedy) if cause is not None else ""
        self.repair.setVisible(bool(words))
        self.repair.setText(words)
        if said != self._said:
            self._said = said
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _show_checks(self, examination: Examination) -> None:
        """Every check stands there from the start, so that nothing moves while they are made."""
        found = {result.check: result for result in examination.results}
        chosen = self.checks.currentRow()
        self.checks.clear()
        for check in Check:
            listens = examination.listening and check is Check.MICROPHONE
            self.checks.addItem(self._listening(check) if listens else self._item(check, found.get(check)))
        self.checks.setCurrentRow(chosen)

    def _item(self, check: Check, result: CheckResult | None) -> QListWidgetItem:
        if result is None:
            item = QListWidgetItem(self._look.icons.icon(Icon.REGISTERING, Tone.MUTED), check_text(check))
            waits = self.tr("not checked yet")  # lupdate reads no texts within others
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{check_text(check)}: {waits}")
            return item
        icon, tone = _SIGNS[result.finding]
        found = finding_text(result, self._toolbar.settings.availability.reasons)
        told = " ".join(part for part in (found, advice_text(result)) if part)
        item = QListWidgetItem(self._look.icons.icon(icon, tone), f"{check_text(check)}\n{told}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{check_text(check)}, {self._word(result)}: {told}")
        return item

    def _listening(self, check: Check) -> QListWidgetItem:
        now = self.tr("Listening to the microphone… please say something.")
        item = QListWidgetItem(self._look.icons.icon(Icon.MICROPHONE, Tone.ACCENT), f"{check_text(check)}\n{now}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{check_text(check)}: {now}")
        return item

    def _word(self, result: CheckResult) -> str:
        words = {
            Finding.FINE: self.tr("all is well"),
            Finding.WARNING: self.tr("a restriction"),
            Finding.WRONG: self.tr("wrong"),
            Finding.UNKNOWN: self.tr("not known"),
        }
        return words[result.finding]

    # ------------------------------------------------------------------ repairing

    def _repair(self) -> None:
        cause = self._examination.cause
        if cause is None:
            return
        if cause.remedy in _WINDOWS:
            self.window_asked.emit(cause.remedy)
            return
        try:
            self._toolbar.remedy(cause.remedy)
        except AgentToolbarError as error:
            self.notice.say(error_text(error))
        else:
            self._look_again.start()

    # ------------------------------------------------------------------ the file for support

    def _show_support(self) -> None:
        done = self._examination.done
        inside = self.tr(
            "Versions, states, changed settings, findings and times; no numbers, names, addresses, texts or passwords"
        )
        self.support.setEnabled(done)
        self.support.setToolTip(inside if done else self.tr("First everything is checked"))
        self.show_folder.setVisible(self._support_file is not None)

    def _make_support_file(self) -> None:
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        moment = QDateTime.currentDateTime().toString("yyyy-MM-dd-HHmmss")
        self.support.setEnabled(False)
        self._toolbar.write_support_file(
            folder / f"agent-toolbar-support-{moment}.zip", self._examination, self._support_written
        )

    def _support_written(self, outcome: Path | AgentToolbarError) -> None:
        if isinstance(outcome, AgentToolbarError):
            self._support_file = None
            self.written.say(error_text(outcome))
        else:
            self._support_file = outcome
            said = self.tr(
                "Written: {file}. It holds versions, states, changed settings, findings and times, and no number, name"
                " or text."
            )
            self.written.say(said.format(file=outcome), Tone.READY)
        self._show_support()

    def _show_folder(self) -> None:
        if self._support_file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._support_file.parent)))
