"""One of the others in a conference: who it is, whether they are heard, and the way out. GUI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_toolbar.application.toolbar_state import CallView
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import PlainLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.tokens import Tone

_BUTTON = 32
_WIDEST_NAME = 180


class ConferenceParty(QWidget):
    """Name, a button that silences, a button that hangs up."""

    def __init__(self, look: Look, orders: Orders) -> None:
        super().__init__()
        self._look = look
        self._orders = orders
        self._call_id = ""
        self._silenced = False
        self.name = PlainLabel(look, strong=True)
        self.silence = BarButton(look, Icon.SPEAKER, width=_BUTTON, height=_BUTTON)
        self.silence.setCheckable(True)
        self.end = BarButton(look, Icon.HANG_UP, width=_BUTTON, height=_BUTTON)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, look.theme.px(tokens.SPACE_S), 0)
        row.setSpacing(look.theme.px(tokens.SPACE_XS))
        for part in (self.name, self.silence, self.end):
            row.addWidget(part)
        self.silence.clicked.connect(lambda: orders.handover.silence(self._call_id, not self._silenced))
        self.end.clicked.connect(lambda: orders.hang_up(self._call_id))

    def show_call(self, view: CallView | None) -> None:
        """None: goes."""
        self.setVisible(view is not None)
        if view is None:
            return
        self._call_id, self._silenced = view.call.id, view.call.silenced
        name = call_words.title(view)
        self.name.show_text(name)
        self.name.setMaximumWidth(self._look.theme.px(_WIDEST_NAME))
        does = self.tr("Let %1 be heard again") if self._silenced else self.tr("Nobody hears %1")
        self.silence.show_icon(
            Icon.SILENCED if self._silenced else Icon.SPEAKER, Tone.NOT_READY if self._silenced else Tone.TEXT
        )
        self.silence.explain(does.replace("%1", name))
        self.silence.setChecked(self._silenced)
        self.end.show_icon(Icon.HANG_UP, Tone.FAULT)
        self.end.explain(self.tr("Hang up: %1").replace("%1", name))
