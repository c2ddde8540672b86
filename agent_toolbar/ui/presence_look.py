"""What a colleague's telephone is doing, by sign, colour and word. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_toolbar.domain.colleague import Presence
from agent_toolbar.i18n.sentences import presence_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, PlainLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.tokens import Tone

PRESENCE_LOOK: dict[Presence, tuple[Icon, Tone]] = {
    Presence.FREE: (Icon.READY, Tone.READY),
    Presence.RINGING: (Icon.RINGING, Tone.ON_CALL),
    Presence.BUSY: (Icon.ON_CALL, Tone.NOT_READY),
    Presence.UNKNOWN: (Icon.UNCERTAIN, Tone.MUTED),
}
_SIGN = 16


class PresenceSign(QWidget):
    """Sign and word."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(look, _SIGN)
        self.word = PlainLabel(look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(tokens.SPACE_XS))
        row.addWidget(self._icon)
        row.addWidget(self.word)

    def show_presence(self, presence: Presence | None) -> None:
        """None: goes."""
        self.setVisible(presence is not None)
        if presence is not None:
            icon, tone = PRESENCE_LOOK[presence]
            self._icon.show_icon(icon, tone)
            self.word.show_text(presence_text(presence), tone)
