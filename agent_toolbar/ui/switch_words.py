"""A switch of the bar with its state in words; where there is no room for these, its name below it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_toolbar.ui import tokens
from agent_toolbar.ui.labels import PlainLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.switch import Switch
from agent_toolbar.ui.tokens import Tone


class SwitchWords(QWidget):
    """Two switches without words would look the same, so one of the two forms of its name is always there.

    Attributes:
        switch: the switch itself; words: its state beside it; caption: the name below it.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.switch = Switch(look)
        self._title = PlainLabel(look, strong=True, elastic=True)
        self.words = PlainLabel(look, Tone.MUTED, elastic=True)
        self.caption = PlainLabel(look, Tone.MUTED, elastic=True, align=Qt.AlignmentFlag.AlignHCenter)
        self._text = QWidget()
        left, lines = QVBoxLayout(), QVBoxLayout(self._text)
        for column, parts in ((left, (self.switch, self.caption)), (lines, (self._title, self.words))):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addStretch()
            for part in parts:
                column.addWidget(part)
            column.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(tokens.SPACE_S))
        row.addLayout(left)
        row.addWidget(self._text)

    def show_words(self, title: str, words: str, tone: Tone, title_tone: Tone = Tone.TEXT, caption: str = "") -> None:
        """`tone` is that of the state; `caption`: a shorter title for below the switch."""
        self._title.show_text(title, title_tone)
        self.words.show_text(words, tone)
        self.caption.show_text(caption or title, tone)

    def words_width(self, *texts: str) -> int:
        """Room for the longest of `texts`, so that nothing beside them moves."""
        metrics = self.words.fontMetrics()
        return max(metrics.horizontalAdvance(text) for text in texts) + self._look.theme.px(tokens.SPACE_S)

    def set_words_shown(self, shown: bool, width: int) -> None:
        self._text.setVisible(shown)
        self._text.setFixedWidth(width)
        self.caption.setVisible(not shown)
        self.caption.setFixedWidth(self.switch.width())
