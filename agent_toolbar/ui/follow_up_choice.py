"""The day on which a call is followed up: none, tomorrow, in a week, or any other. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QWidget

from agent_toolbar.i18n.formats import local_day
from agent_toolbar.ui.flow_row import FlowRow

NONE, TOMORROW, IN_A_WEEK, OTHER = range(4)
_DAYS = {TOMORROW: 1, IN_A_WEEK: 7}


class FollowUpChoice(QWidget):
    """Owns a list and a date, which stand in the row that it is given.

    Signals:
        chosen: a person chose this ISO date (ISO 8601), "" for none.
    """

    chosen = Signal(str)

    def __init__(self, row: FlowRow, now_s: Callable[[], float]) -> None:
        super().__init__(row)
        self.hide()
        self._now_s = now_s
        self._row = row
        self.list = QComboBox()
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        row.add(self.list)
        row.add(self.day)
        self.day.hide()
        self.list.activated.connect(self._choose)
        self.day.dateChanged.connect(self._choose_day)

    def retranslate(self) -> None:
        words = [
            self.tr("No follow-up"),
            self.tr("Follow up tomorrow"),
            self.tr("Follow up in a week"),
            self.tr("Follow up on…"),
        ]
        if words != [self.list.itemText(index) for index in range(self.list.count())]:
            chosen = max(0, self.list.currentIndex())
            self.list.clear()
            self.list.addItems(words)
            self.list.setCurrentIndex(chosen)
        self.list.setAccessibleName(self.tr("Follow-up"))
        self.day.setAccessibleName(self.tr("Day of the follow-up"))
        self.day.setDisplayFormat(QLocale().dateFormat(QLocale.FormatType.ShortFormat))

    def show_day(self, iso: str) -> None:
        """The day as it was kept; a date that is being typed stays."""
        if self.day.hasFocus() or self.list.view().isVisible():
            return
        kind = next((kind for kind in _DAYS if iso == self._in_days(kind).isoformat()), OTHER if iso else NONE)
        if kind is OTHER or (self.list.currentIndex() == OTHER and iso):
            kind = OTHER
            self._set_day(date.fromisoformat(iso))
        self.list.setCurrentIndex(kind)
        self.day.setVisible(kind == OTHER)

    def _in_days(self, kind: int) -> date:
        return local_day(self._now_s()) + timedelta(days=_DAYS[kind])

    def _choose(self, kind: int) -> None:
        self.day.setVisible(kind == OTHER)
        self._row.arrange()
        if kind == OTHER:
            self._set_day(self._in_days(TOMORROW))
            self.day.setFocus()
            self._choose_day()
        else:
            self.chosen.emit("" if kind == NONE else self._in_days(kind).isoformat())

    def _choose_day(self) -> None:
        self.chosen.emit(self.day.date().toString("yyyy-MM-dd"))

    def _set_day(self, day: date) -> None:
        self.day.blockSignals(True)
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.day.blockSignals(False)
