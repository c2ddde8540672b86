"""A sentence below the control that it concerns: a hint, a success or what is wrong. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from agent_toolbar.ui.tokens import Tone


class Notice(QLabel):
    """Plain text that wraps; hidden while it has nothing to say. What is wrong is announced to screen readers."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hint = text
        self.clear_problem()

    @property
    def tone(self) -> Tone:
        return Tone(self.property("tone"))

    def say(self, text: str, tone: Tone = Tone.FAULT) -> None:
        """Shows `text`; "" shows the standing hint again."""
        if not text:
            self.clear_problem()
            return
        self._show(text, tone)
        if tone is Tone.FAULT and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def hint(self, text: str) -> None:
        """What is shown while nothing else is said."""
        self._hint = text
        self.clear_problem()

    def clear_problem(self) -> None:
        """Back to the standing hint."""
        self._show(self._hint, Tone.MUTED)

    def _show(self, text: str, tone: Tone) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setVisible(bool(text))
