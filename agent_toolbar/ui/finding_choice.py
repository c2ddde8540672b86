"""What a call showed of the number of its contact: right, or wrong in one of three ways. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from agent_toolbar.domain.number_finding import NumberFinding
from agent_toolbar.i18n.sentences import number_finding_text
from agent_toolbar.ui.plain_text import tool_tip


class FindingChoice(QComboBox):
    """Signals:
    chosen: by the person (NumberFinding).
    """

    chosen = Signal(NumberFinding)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for finding in NumberFinding:
            self.addItem("", finding)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda _index: self.chosen.emit(self.finding))

    @property
    def finding(self) -> NumberFinding:
        return NumberFinding(self.currentData())

    def show_finding(self, finding: NumberFinding) -> None:
        """Chosen elsewhere, or just now."""
        self.setCurrentIndex(self.findData(finding))

    def retranslate(self) -> None:
        for index in range(self.count()):
            self.setItemText(index, number_finding_text(NumberFinding(self.itemData(index))))
        self.setAccessibleName(self.tr("What the call showed of the number"))
        self.setToolTip(tool_tip(self.tr("What the call showed of the number (F2)")))
