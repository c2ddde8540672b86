"""Which column of a contact file is what: one choice per field, with the first rows to look at. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from agent_toolbar.application.ports.directory import ImportPreview
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP
from agent_toolbar.ui import tokens
from agent_toolbar.ui.look import Look

FIELDS: dict[str, str] = {
    "name": QT_TRANSLATE_NOOP("ContactField", "Whole name"),
    "first_name": QT_TRANSLATE_NOOP("ContactField", "First name"),
    "last_name": QT_TRANSLATE_NOOP("ContactField", "Last name"),
    "company": QT_TRANSLATE_NOOP("ContactField", "Company"),
    "phone": QT_TRANSLATE_NOOP("ContactField", "Telephone"),
    "mobile": QT_TRANSLATE_NOOP("ContactField", "Mobile"),
    "other_phone": QT_TRANSLATE_NOOP("ContactField", "Other number"),
    "importance": QT_TRANSLATE_NOOP("ContactField", "Importance"),
    "owner": QT_TRANSLATE_NOOP("ContactField", "Owner"),
    "external_id": QT_TRANSLATE_NOOP("ContactField", "Customer number"),
}
_NAMES = frozenset({"name", "first_name", "last_name", "company"})
_NUMBERS = frozenset({"phone", "mobile", "other_phone"})
_SHOWN_ROWS = 3
_PAIRS_PER_LINE = 2


def field_text(field: str) -> str:
    """A field of a contact in words."""
    return QCoreApplication.translate("ContactField", FIELDS[field])


class ColumnMapping(QWidget):
    """Signals:
    changed: another column was chosen for a field.
    """

    changed = Signal()

    def __init__(self, look: Look, preview: ImportPreview) -> None:
        super().__init__()
        self._boxes: dict[str, QComboBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(tokens.SPACE_M))
        column.addWidget(self._sample(look, preview))
        column.addLayout(self._choices(look, preview))

    def choice(self, field: str) -> QComboBox:
        return self._boxes[field]

    def mapping(self) -> dict[str, str]:
        """Column header by field name, fields without a column left out."""
        return {field: str(box.currentData()) for field, box in self._boxes.items() if box.currentData() is not None}

    @property
    def usable(self) -> bool:
        """Somebody can be named and called with these columns."""
        chosen = set(self.mapping())
        return bool(chosen & _NAMES) and bool(chosen & _NUMBERS)

    def _sample(self, look: Look, preview: ImportPreview) -> QTableWidget:
        rows = preview.rows[:_SHOWN_ROWS]
        table = QTableWidget(len(rows), len(preview.columns))
        table.setAccessibleName(self.tr("First rows of the file"))
        table.setHorizontalHeaderLabels(list(preview.columns))
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        for row, cells in enumerate(rows):
            for place, text in enumerate(cells[: len(preview.columns)]):
                table.setItem(row, place, QTableWidgetItem(text))
        row_height = look.theme.px(32)
        table.verticalHeader().setDefaultSectionSize(row_height)
        table.resizeColumnsToContents()
        table.setFixedHeight(row_height * (len(rows) + 1) + look.theme.px(24))
        return table

    def _choices(self, look: Look, preview: ImportPreview) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.theme.px(tokens.SPACE_M))
        grid.setVerticalSpacing(look.theme.px(tokens.SPACE_S))
        for place, field in enumerate(FIELDS):
            box = QComboBox()
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
            box.addItem(self.tr("None"), None)
            for header in preview.columns:
                box.addItem(header, header)
            box.setCurrentIndex(max(0, box.findData(preview.mapping.get(field, None))))
            box.activated.connect(lambda _: self.changed.emit())
            self._boxes[field] = box
            caption = QLabel(field_text(field))
            caption.setBuddy(box)
            box.setAccessibleName(self.tr("Column for: {field}").format(field=field_text(field)))
            line, side = divmod(place, _PAIRS_PER_LINE)
            grid.addWidget(caption, line, side * 2)
            grid.addWidget(box, line, side * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid
