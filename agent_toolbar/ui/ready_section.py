"""When an agent is ready: at the start, at given hours, and what happens when nobody is there. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QSize, QTime
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QSpinBox, QTimeEdit, QWidget

from agent_toolbar.application.ports.settings import AvailabilitySettings
from agent_toolbar.i18n.sentences import label_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.swatch import swatch_icon

if TYPE_CHECKING:
    from agent_toolbar.ui.settings_availability import AvailabilityPage

_USUAL_HOURS = "09:00-17:00"
_MOST_IDLE_MIN = 600
_DAYS_PER_LINE = 4
_WRITTEN = "HH:mm"


class ReadySection(QObject):
    """Attributes:
    at_start, by_hours, begin, end, days, idle, idle_reason, answer: the controls; days by number, 0 Monday.
    """

    def __init__(self, page: AvailabilityPage) -> None:
        super().__init__(page)
        self._page = page
        day = page.toolbar.settings.availability
        page.add_section(self.tr("Ready"))
        self.at_start = QCheckBox(self.tr("Ready as soon as CTI is on"))
        self.at_start.setChecked(day.ready_at_start)
        hint = self.tr("Otherwise the agent begins as not ready.")
        start_notice = page.add_wide(self.at_start, hint, key="availability.ready_at_start")
        self.at_start.toggled.connect(lambda on: page.change_availability(start_notice, ready_at_start=on))
        self._add_hours(day)
        self._add_days(day)
        self._add_idle(day)
        self._enable()

    @property
    def unsaved(self) -> bool:
        """Hours or days that cannot be stand here."""
        return self.by_hours.isChecked() and bool(self._hours_problem() or not self._chosen_days())

    def hours_problem(self) -> str:
        """What stands below the hours."""
        return self._hours_notice.text()

    def show_reasons(self) -> None:
        """Those that can be set without asking the agent for a note."""
        day = self._page.toolbar.settings.availability
        self.idle_reason.clear()
        for reason in day.reasons:
            if not reason.needs_note:
                icon = swatch_icon(self._page.theme, reason.colour)
                self.idle_reason.addItem(icon, label_text(reason), reason.code)
        if self.idle_reason.findData(day.idle_reason) < 0:
            self.idle_reason.insertItem(0, day.idle_reason, day.idle_reason)
        self.idle_reason.setCurrentIndex(self.idle_reason.findData(day.idle_reason))

    # ------------------------------------------------------------------ building

    def _add_hours(self, day: AvailabilitySettings) -> None:
        page = self._page
        self.by_hours = QCheckBox(self.tr("Switch CTI on at these hours"))
        self.by_hours.setChecked(bool(day.hours))
        self._by_hours_notice = page.add_wide(self.by_hours, key="availability.hours")
        self.by_hours.toggled.connect(self._change_hours)
        begins, _, ends = (day.hours or _USUAL_HOURS).partition("-")
        self.begin, self.end = QTimeEdit(), QTimeEdit()
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(page.theme.px(tokens.SPACE_S))
        for box, text, written, name in (
            (self.begin, self.tr("from"), begins, self.tr("CTI goes on at")),
            (self.end, self.tr("to"), ends, self.tr("Until when CTI goes on by itself")),
        ):
            box.setDisplayFormat(_WRITTEN)
            box.setKeyboardTracking(False)
            box.setTime(QTime.fromString(written, _WRITTEN))
            box.setAccessibleName(name)
            line.addWidget(QLabel(text))
            line.addWidget(box)
            box.timeChanged.connect(self._change_hours)
        line.addStretch()
        row.setFocusProxy(self.begin)
        hint = self.tr("A night is one shift: 22:00 to 06:00 belongs to the day on which it begins.")
        self._hours_notice = page.add_row(self.tr("Hours"), row, hint, key="availability.hours")
        self._hours_row = row

    def _add_days(self, day: AvailabilitySettings) -> None:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._page.theme.px(tokens.SPACE_XS))
        self.days: list[QCheckBox] = []
        names = QLocale()
        for number in range(7):
            box = QCheckBox(names.standaloneDayName(number + 1, QLocale.FormatType.ShortFormat))
            box.setAccessibleName(names.standaloneDayName(number + 1))
            box.setChecked(number in day.days)
            box.toggled.connect(self._change_days)
            grid.addWidget(box, number // _DAYS_PER_LINE, number % _DAYS_PER_LINE)
            self.days.append(box)
        grid.setColumnStretch(_DAYS_PER_LINE, 1)
        row.setFocusProxy(self.days[0])
        self._days_notice = self._page.add_row(self.tr("Days"), row, key="availability.days")
        self._days_row = row

    def _add_idle(self, day: AvailabilitySettings) -> None:
        page = self._page
        self.idle = QSpinBox()
        self.idle.setRange(0, _MOST_IDLE_MIN)
        self.idle.setKeyboardTracking(False)
        self.idle.setSpecialValueText(self.tr("Never"))
        self.idle.setSuffix(self.tr(" min"))
        self.idle.setValue(day.idle_min)
        hint = self.tr("After so long without keyboard and mouse the toolbar asks “Are you still there?”.")
        self._idle_notice = page.add_row(self.tr("Ask when idle"), self.idle, hint, key="availability.idle_min")
        self.idle.valueChanged.connect(lambda _minutes: self._change_idle())
        self.answer = QSpinBox()
        self.answer.setRange(5, 600)
        self.answer.setKeyboardTracking(False)
        self.answer.setSuffix(self.tr(" s"))
        self.answer.setValue(day.idle_answer_s)
        answer_notice = page.add_row(self.tr("Time to answer"), self.answer, key="availability.idle_answer_s")
        self.answer.valueChanged.connect(lambda seconds: page.change_availability(answer_notice, idle_answer_s=seconds))
        self.idle_reason = QComboBox()
        self.idle_reason.setIconSize(QSize(page.theme.px(tokens.SPACE_L), page.theme.px(tokens.SPACE_L)))
        self.show_reasons()
        hint = self.tr("Set when nobody answers.")
        self._reason_notice = page.add_row(self.tr("Then"), self.idle_reason, hint, key="availability.idle_reason")
        self.idle_reason.setAccessibleName(self.tr("Reason when nobody answers"))
        self.idle_reason.activated.connect(lambda _index: self._change_idle())

    # ------------------------------------------------------------------ changes

    def _enable(self) -> None:
        forced = self._page.toolbar.forced
        on = self.by_hours.isChecked()
        self._hours_row.setEnabled(on and "availability.hours" not in forced)
        self._days_row.setEnabled(on and "availability.days" not in forced)

    def _hours_problem(self) -> str:
        if self.begin.time() == self.end.time():
            return self.tr("Begin and end are the same: no time would be left.")
        return ""

    def _change_hours(self) -> None:
        self._enable()
        if not self.by_hours.isChecked():
            self._hours_notice.clear_problem()
            self._page.change_availability(self._by_hours_notice, hours="")
        elif problem := self._hours_problem():
            self._hours_notice.say(problem)
        elif not self._chosen_days():
            self._days_notice.say(self.tr("Choose at least one day."))
        else:
            hours = f"{self.begin.time().toString(_WRITTEN)}-{self.end.time().toString(_WRITTEN)}"
            self._page.change_availability(self._hours_notice, hours=hours)

    def _chosen_days(self) -> tuple[int, ...]:
        return tuple(number for number, box in enumerate(self.days) if box.isChecked())

    def _change_days(self) -> None:
        if self._chosen_days():
            self._page.change_availability(self._days_notice, days=self._chosen_days())
        else:
            self._days_notice.say(self.tr("Choose at least one day."))

    def _change_idle(self) -> None:
        reason = str(self.idle_reason.currentData())
        known = {one.code for one in self._page.toolbar.settings.availability.reasons if not one.needs_note}
        if self.idle.value() and reason not in known:
            self._reason_notice.say(self.tr("Choose a reason of the list below that needs no note."))
            return
        self._reason_notice.clear_problem()
        self._page.change_availability(self._idle_notice, idle_min=self.idle.value(), idle_reason=reason)
