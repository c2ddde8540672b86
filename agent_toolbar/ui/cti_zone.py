"""Left end of the bar: the CTI switch with the registration in words. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.registration import RegistrationSnapshot, RegistrationState
from agent_toolbar.i18n.sentences import registration_text, registration_tooltip
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.switch_words import SwitchWords
from agent_toolbar.ui.tokens import Tone

_REGISTRATION_TONES = {
    RegistrationState.RETRYING: Tone.FAULT,
    RegistrationState.REFUSED: Tone.FAULT,
}


class CtiZone(SwitchWords):
    """The switch of the telephone."""

    def __init__(self, look: Look, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
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
        self.show_words(
            self.tr("Practice") if state.practice else self.tr("CTI"),
            words,
            _REGISTRATION_TONES.get(registration.state, Tone.MUTED),
            Tone.ACCENT if state.practice else Tone.TEXT,
            self.tr("CTI"),
        )

    def longest_words(self) -> int:
        """Room for the longest words of the language."""
        return self.words_width(*(registration_text(RegistrationSnapshot(state)) for state in RegistrationState))
