"""Tests the connection that the CRM's page says, and shows what came of each look-up. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from agent_toolbar.application.crm_trial import CrmTrialView, too_slow
from agent_toolbar.application.ports.crm_trial import LOOK_UPS, TrialTask
from agent_toolbar.domain.crm import CrmOperation
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import error_text, look_up_text, trial_summary, trial_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.connector_form import ConnectorForm
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.theme import Theme
from agent_toolbar.ui.tokens import Tone

_LONGEST = 10_000  # pixels, of a text of any length


class CrmTrialSection(QObject):
    """What was typed is tried as it stands, kept or not. Leaving the page ends a trial.

    Attributes:
        number: of somebody who is in the CRM. button: begins, and ends what is under way. notice: how it goes, and in
            the end how it went. lines: each look-up.
    """

    def __init__(self, page: SettingsPage, form: ConnectorForm) -> None:
        super().__init__(page)
        self._page = page
        self._form = form
        self._task: TrialTask | None = None
        self._view = CrmTrialView()
        self._heading = page.add_section(self.tr("Test the connection"))
        self.number = QLineEdit()
        self.number.returnPressed.connect(self.begin)
        hint = self.tr("Of somebody who is in your CRM, so that all can be tried. May stay empty.")
        self.number_notice = page.add_row(self.tr("Number to look up"), self.number, hint)
        self.number.textEdited.connect(self.number_notice.clear_problem)
        self.button = QPushButton()
        self.button.clicked.connect(self._clicked)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.button)
        line.addStretch()
        self.notice = page.add_wide(
            row, self.tr("It only reads: nothing is written to your CRM, and nothing is saved.")
        )
        self.lines = _AllLines(page.theme)
        self.lines.setAccessibleName(self.tr("What was tried"))
        self._lines_row = page.add_wide(self.lines)
        self._name_button()
        self.show_product(form.has_product)

    def show_product(self, there: bool) -> None:
        """Without a CRM there is nothing to test."""
        if not there:
            self.stop()
        self._heading.setVisible(there)
        self._page.show_row(self.number_notice, there)
        self._page.show_row(self.notice, there)
        self._page.show_row(self._lines_row, there and self.lines.count() > 0)

    @property
    def running(self) -> bool:
        return self._task is not None

    def begin(self) -> None:
        """A trial that is under way begins anew."""
        self.stop()
        self._form.clear_problems()
        self.number_notice.clear_problem()
        self.notice.clear_problem()
        self._view = CrmTrialView()
        self._clear()
        ended = False

        def changed(view: CrmTrialView) -> None:
            nonlocal ended
            ended = ended or view.done
            self._changed(view)

        try:
            task = self._page.toolbar.try_crm(self._form.entry(), self.number.text().strip(), changed)
        except AgentToolbarError as error:
            self._refused(error)
            return
        if not ended:  # without a key, for example, it is over at once
            self._task = task
            self._changed(self._view)

    def stop(self) -> None:
        """Asks nothing more; what came until now stays."""
        if self._task is None:
            return
        self._task.cancel()
        self._task = None
        self._show_lines(stopped=True)
        self.notice.say(self.tr("Stopped."), Tone.MUTED)
        self._name_button()

    # ------------------------------------------------------------------ inside

    def _clicked(self) -> None:
        if self._task is None:
            self.begin()
        else:
            self.stop()

    def _name_button(self) -> None:
        self.button.setText(self.tr("Test the connection") if self._task is None else self.tr("Stop"))

    def _refused(self, error: AgentToolbarError) -> None:
        if error.code == "trial_no_number":
            self.number_notice.say(error_text(error))
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._form.show_error(error):
            self.notice.say(error_text(error))

    def _changed(self, view: CrmTrialView) -> None:
        self._view = view
        if view.done:
            self._task = None
        if view.error is not None:
            self._clear()
        else:
            self._show_lines()
        self._name_button()
        if not view.done:
            words = self.tr("Being tried: {done} of {all} done…")
            self.notice.say(words.format(done=len(view.tried), all=len(LOOK_UPS)), Tone.MUTED)
            return
        summary, tone = trial_summary(view), Tone.READY
        if view.failed or view.error is not None:
            tone = Tone.FAULT
        elif any(too_slow(one) for one in view.tried):
            tone = Tone.NOT_READY
        self.notice.say(summary, tone)
        if tone is not Tone.FAULT:  # a fault is announced by the notice itself
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.button, summary))

    # ------------------------------------------------------------------ the lines

    def _clear(self) -> None:
        self.lines.clear()
        self._page.show_row(self._lines_row, False)

    def _show_lines(self, *, stopped: bool = False) -> None:
        """Every look-up stands there from the start, so that nothing moves while they are tried."""
        if not self.lines.count():
            for _ in LOOK_UPS:
                self.lines.addItem(QListWidgetItem())
            self._page.show_row(self._lines_row, True)
        over = stopped or self._view.done
        for row, operation in enumerate(LOOK_UPS):
            item = self.lines.item(row)
            name, told = look_up_text(operation), trial_text(self._view, operation, over=over)
            icon, tone = self._sign(operation, over)
            item.setIcon(self._page.look.icons.icon(icon, tone))
            item.setText(f"{name}\n{told}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {told}")
        self.lines.fit()

    def _sign(self, operation: CrmOperation, over: bool) -> tuple[Icon, Tone]:
        trial = next((one for one in self._view.tried if one.operation is operation), None)
        if trial is None:
            return Icon.UNCERTAIN if over else Icon.REGISTERING, Tone.MUTED
        if trial.error is not None:
            return Icon.WARNING, Tone.FAULT
        if trial.skip is not None:
            return Icon.UNCERTAIN, Tone.MUTED
        return (Icon.WARNING, Tone.NOT_READY) if too_slow(trial) else (Icon.DONE, Tone.READY)


class _AllLines(QListWidget):
    """As high as all its lines, so that only the page scrolls."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setWordWrap(True)
        self.setIconSize(QSize(theme.px(tokens.ICON), theme.px(tokens.ICON)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """Takes the height of its lines at the width that there is; Qt's own count leaves out the style's padding."""
        px = self._theme.px
        width = max(1, self.viewport().width() - px(tokens.ICON + 2 * tokens.SPACE_S + tokens.SPACE_M))
        total = 0
        for item in map(self.item, range(self.count())):
            box = self.fontMetrics().boundingRect(
                QRect(0, 0, width, _LONGEST), int(Qt.TextFlag.TextWordWrap), item.text()
            )
            height = box.height() + px(tokens.SPACE_M)
            item.setSizeHint(QSize(0, height))
            total += height
        self.setFixedHeight(total + self.height() - self.viewport().height())
