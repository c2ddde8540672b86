"""Left end of the bar: the CTI switch with the registration in words. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.registration import RegistrationSnapshot, RegistrationState
from agent_toolbar.i18n.sentences import registration_text, registration_tooltip
from agent_toolbar.ui import tokens
from agent_toolbar.ui.labels import PlainLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.switch import Switch
from agent_toolbar.ui.tokens import Tone

_REGISTRATION_TONES = {
    RegistrationState.RETRYING: Tone.FAULT,
    RegistrationState.REFUSED: Tone.FAULT,
}


class CtiZone(QWidget):
    """The switch, and beside it what became of it."""

    def __init__(self, look: Look, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.switch = Switch(look)
        self._title = PlainLabel(look, strong=True, elastic=True)
        self._words = PlainLabel(look, Tone.MUTED, elastic=True)
        self._text = QWidget()
        lines = QVBoxLayout(self._text)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addStretch()
        lines.addWidget(self._title)
        lines.addWidget(self._words)
        lines.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(tokens.SPACE_S))
        row.addWidget(self.switch)
        row.addWidget(self._text)
        self.switch.clicked.connect(lambda: orders.switch_cti(not orders.state.cti_on))

    def show_state(self, state: ToolbarState) -> None:
        registration = state.registration
        words = registration_text(registration)
        self.switch.setChecked(state.cti_on)
        self.switch.setAccessibleName(self.tr("CTI: telephone on or off"))
        self.switch.setAccessibleDescription(words)
        says = registration_tooltip(registration)
        does = self.tr("Switch CTI off") if state.cti_on else self.tr("Switch CTI on")
        self.switch.setToolTip(tool_tip(f"{does}\n{says}"))
        self._title.show_text(
            self.tr("Practice") if state.practice else self.tr("CTI"), Tone.ACCENT if state.practice else Tone.TEXT
        )
        self._words.show_text(words, _REGISTRATION_TONES.get(registration.state, Tone.MUTED))

    def words_width(self) -> int:
        """Room for the longest words of the language, so that nothing beside them moves."""
        metrics = self._words.fontMetrics()
        texts = [registration_text(RegistrationSnapshot(state)) for state in RegistrationState]
        return max(metrics.horizontalAdvance(text) for text in texts) + self._look.theme.px(tokens.SPACE_S)

    def set_words_shown(self, shown: bool, width: int) -> None:
        self._text.setVisible(shown)
        self._text.setFixedWidth(width)
