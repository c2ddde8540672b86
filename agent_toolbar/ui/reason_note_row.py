"""The row below the bar for a reason that needs a word of explanation. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from agent_toolbar.domain.text import plain_text
from agent_toolbar.i18n.sentences import reason_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.flow_row import FlowRow
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, WrappingLabel
from agent_toolbar.ui.line_button import LineButton
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.shortcuts import key_text
from agent_toolbar.ui.target_chooser import BUTTON
from agent_toolbar.ui.tokens import Tone

_LENGTH = 200
_WIDEST = 10_000


class ReasonNoteRow(FlowRow):
    """What was typed stays until the reason is set, also when the row is closed meanwhile.

    Signals:
        close_asked: the reason was set, or the cross.
    """

    close_asked = Signal()

    def __init__(self, look: Look, orders: Orders) -> None:
        super().__init__(look)
        self._orders = orders
        self._reason = ""
        self._icon = IconLabel(look, tokens.ICON)
        self.caption = WrappingLabel(look)
        self.edit = QLineEdit()
        self.edit.setMaxLength(_LENGTH)
        self.set_button = LineButton(look)
        self.close_button = BarButton(look, Icon.CLOSE, width=BUTTON, height=BUTTON)
        self.add(self._icon, leads=True)
        self.add(self.caption)
        self.add(self.edit, least=220, most=_WIDEST)
        self.add(self.set_button)
        self.set_corner(self.close_button)
        self.edit.returnPressed.connect(self._set)
        self.set_button.clicked.connect(self._set)
        self.close_button.clicked.connect(self.close_asked)

    def ask(self, reason: str) -> None:
        """Shows the row's words for this reason; what was typed for another one goes."""
        if reason != self._reason:
            self.edit.clear()
        self._reason = reason
        self.retranslate()

    def retranslate(self) -> None:
        words = reason_text(self._reason, self._orders.agent.reasons)
        self._icon.show_icon(Icon.NOT_READY, Tone.NOT_READY)
        self.caption.setText(self.tr("Not ready: %1").replace("%1", words))
        self.edit.setPlaceholderText(self.tr("Say in a few words what for"))
        self.edit.setAccessibleName(self.tr("What you are not ready for"))
        self.set_button.show_words(self.tr("Become not ready"), Tone.NOT_READY)
        self.close_button.explain(self.tr("Close, your state stays"), key=key_text("Escape"))
        self.arrange()

    def begin(self) -> None:
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _set(self) -> None:
        note = plain_text(self.edit.text(), _LENGTH)
        if not note:
            self.begin()
        elif self._orders.agent.choose(False, self._reason, note):
            self.edit.clear()
            self.close_asked.emit()
