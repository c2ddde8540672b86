"""The rules of the time after a call. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox

from agent_toolbar.application.ports.settings import PauseFrom, WrapUpAfter, WrapUpEnd, WrapUpSettings
from agent_toolbar.domain.text import plain_text

if TYPE_CHECKING:
    from agent_toolbar.ui.settings_availability import AvailabilityPage

_LONGEST_S = 86_400
_LONGEST_QUEUES = 1000


class WrapUpSection(QObject):
    """Attributes:
    after, queues, pause_from, seconds, extend, at_end, subject, outcome: the controls.
    """

    def __init__(self, page: AvailabilityPage) -> None:
        super().__init__(page)
        self._page = page
        wrap_up = page.toolbar.settings.wrap_up
        page.add_section(self.tr("Record of a call (wrap-up)"))
        self._add_when(wrap_up)
        self._add_times(wrap_up)
        self._add_end(wrap_up)
        self._show_queues()

    def _add_when(self, wrap_up: WrapUpSettings) -> None:
        page = self._page
        self.after = QComboBox()
        self.after.addItem(self.tr("Only when the agent asks for it"), WrapUpAfter.NEVER)
        self.after.addItem(self.tr("After calls of a queue"), WrapUpAfter.QUEUE)
        self.after.addItem(self.tr("After incoming calls"), WrapUpAfter.INCOMING)
        self.after.addItem(self.tr("After every call with somebody outside"), WrapUpAfter.EXTERNAL)
        self.after.setCurrentIndex(self.after.findData(wrap_up.after))
        after_notice = page.add_row(self.tr("Opens"), self.after, key="wrap_up.after")
        self.after.activated.connect(
            lambda _index: page.change_wrap_up(after_notice, after=WrapUpAfter(self.after.currentData()))
        )
        self.after.currentIndexChanged.connect(lambda _index: self._show_queues())
        self.queues = QLineEdit(", ".join(wrap_up.queues))
        self.queues.setMaxLength(_LONGEST_QUEUES)
        hint = self.tr("Names separated by commas. Empty for all queues.")
        self._queues_notice = page.add_row(self.tr("Queues"), self.queues, hint, key="wrap_up.queues")
        self.queues.editingFinished.connect(self._change_queues)
        self.pause_from = QComboBox()
        self.pause_from.addItem(self.tr("From the answer on: no call slips in"), PauseFrom.ANSWER)
        self.pause_from.addItem(self.tr("When the agent hangs up"), PauseFrom.HANG_UP)
        self.pause_from.setCurrentIndex(self.pause_from.findData(wrap_up.pause_from))
        hint = self.tr("When the queue hears of the pause. From the answer on, its statistics count talk under pause.")
        pause_notice = page.add_row(self.tr("Pause"), self.pause_from, hint, key="wrap_up.pause_from")
        self.pause_from.activated.connect(
            lambda _index: page.change_wrap_up(pause_notice, pause_from=PauseFrom(self.pause_from.currentData()))
        )

    def _add_times(self, wrap_up: WrapUpSettings) -> None:
        page = self._page
        self.seconds = self._spin(0, wrap_up.seconds)
        self.seconds.setSpecialValueText(self.tr("No limit"))
        seconds_notice = page.add_row(self.tr("Time"), self.seconds, key="wrap_up.seconds")
        self.seconds.setAccessibleName(self.tr("Time for the record"))
        self.seconds.valueChanged.connect(lambda value: page.change_wrap_up(seconds_notice, seconds=value))
        self.extend = self._spin(1, wrap_up.extend_s)
        extend_notice = page.add_row(self.tr("“More time” adds"), self.extend, key="wrap_up.extend_s")
        self.extend.valueChanged.connect(lambda value: page.change_wrap_up(extend_notice, extend_s=value))

    def _spin(self, least: int, value: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(least, _LONGEST_S)
        box.setSingleStep(10)
        box.setKeyboardTracking(False)
        box.setSuffix(self.tr(" s"))
        box.setValue(value)
        return box

    def _add_end(self, wrap_up: WrapUpSettings) -> None:
        page = self._page
        self.at_end = QComboBox()
        self.at_end.addItem(self.tr("Ready"), WrapUpEnd.READY)
        self.at_end.addItem(self.tr("Not ready"), WrapUpEnd.NOT_READY)
        self.at_end.setCurrentIndex(self.at_end.findData(wrap_up.at_end))
        end_notice = page.add_row(self.tr("Afterwards"), self.at_end, key="wrap_up.at_end")
        self.at_end.activated.connect(
            lambda _index: page.change_wrap_up(end_notice, at_end=WrapUpEnd(self.at_end.currentData()))
        )
        self.subject = QCheckBox(self.tr("The subject must be filled in"))
        self.subject.setChecked(wrap_up.needs_subject)
        subject_notice = page.add_wide(self.subject, key="wrap_up.needs_subject")
        self.subject.toggled.connect(lambda on: page.change_wrap_up(subject_notice, needs_subject=on))
        self.outcome = QCheckBox(self.tr("An outcome must be chosen"))
        self.outcome.setChecked(wrap_up.needs_disposition)
        hint = self.tr("When the time is up, a record ends as it is.")
        outcome_notice = page.add_wide(self.outcome, hint, key="wrap_up.needs_disposition")
        self.outcome.toggled.connect(lambda on: page.change_wrap_up(outcome_notice, needs_disposition=on))

    # ------------------------------------------------------------------ changes

    def _show_queues(self) -> None:
        self._page.show_row(self._queues_notice, self.after.currentData() == WrapUpAfter.QUEUE)

    def _change_queues(self) -> None:
        names = (plain_text(name) for name in self.queues.text().split(","))
        self._page.change_wrap_up(self._queues_notice, queues=tuple(dict.fromkeys(filter(None, names))))
