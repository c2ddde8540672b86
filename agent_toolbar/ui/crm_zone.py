"""Beside CTI: the CRM switch with its state in words, and what waits for the CRM. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_toolbar.application.ports.crm import OutboxItem
from agent_toolbar.application.toolbar_state import CrmView, OutboxView, ToolbarState
from agent_toolbar.domain.crm import CallEntry, CallResult, CrmState
from agent_toolbar.i18n.sentences import code_text, crm_state_text, waiting_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.switch_words import SwitchWords
from agent_toolbar.ui.tokens import Tone

_TONES = {CrmState.SIGNED_IN: Tone.READY, CrmState.FAULT: Tone.NOT_READY}
_MOST_COUNTED = 99
_CALL = OutboxView(OutboxItem(CallEntry("", incoming=True, number="", result=CallResult.MISSED), ""))
_MANY = CrmView(outbox=(_CALL,) * _MOST_COUNTED)


class CrmZone(QWidget):
    """Takes no place where no CRM is set up and nothing waits for one.

    Signals:
        outbox_asked: show what waits.
    """

    outbox_asked = Signal()

    def __init__(self, look: Look, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._switch = SwitchWords(look)
        self.switch = self._switch.switch
        self.outbox = BarButton(look, Icon.OUTBOX)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(tokens.SPACE_S))
        row.addWidget(self._switch)
        row.addWidget(self.outbox)
        self.switch.clicked.connect(lambda: orders.switch_crm(not orders.state.crm.on))
        self.outbox.clicked.connect(self.outbox_asked)
        self.hide()

    def show_state(self, state: ToolbarState) -> bool:
        """Answers whether the zone came or went, so that the others must be measured anew."""
        view = state.crm
        wanted = view.configured or bool(view.outbox)
        changed = wanted == self.isHidden()
        self.setVisible(wanted)
        words = crm_state_text(view)
        does = self.tr("Sign out of the CRM") if view.on else self.tr("Sign in at the CRM")
        self.switch.setChecked(view.on)
        self.switch.setAccessibleName(self.tr("CRM: signed in or out"))
        self.switch.setAccessibleDescription(words)
        self.switch.setToolTip(tool_tip(f"{does}\n{self._full_words(view)}"))
        self._switch.show_words(self.tr("CRM"), *self._short_words(view))
        self._show_outbox(view)
        return changed

    @property
    def words(self) -> str:
        """What stands beside the switch where there is room for it."""
        return self._switch.words.text()

    def words_width(self) -> int:
        """Room for the longest words of the language."""
        states = (crm_state_text(CrmView(configured=True, state=state)) for state in CrmState)
        return self._switch.words_width(*states, waiting_text(_MANY))

    def width_of(self, *, words: bool) -> int:
        """Pixels of the whole zone, 0 while it is hidden."""
        if self.isHidden():
            return 0
        gap = self._look.theme.px(tokens.SPACE_S)
        fixed = self.switch.width() + gap + self.outbox.sizeHint().width()
        return fixed + (self.words_width() + gap if words else 0)

    def set_words_shown(self, shown: bool) -> None:
        self._switch.set_words_shown(shown, self.words_width())

    # ------------------------------------------------------------------ inside

    def _short_words(self, view: CrmView) -> tuple[str, Tone]:
        """While all goes well, what waits; else the state."""
        if view.state is CrmState.SIGNED_IN and view.waiting:
            return waiting_text(view), Tone.NOT_READY if view.stuck else Tone.MUTED
        return crm_state_text(view), _TONES.get(view.state, Tone.MUTED)

    def _full_words(self, view: CrmView) -> str:
        if view.fault:
            return code_text(view.fault, view.fault_params)
        if view.state is CrmState.SIGNED_IN and view.user:
            signed_in = self.tr("Signed in as %1 (%2)")
            return signed_in.replace("%1", view.user).replace("%2", view.name or view.url)
        return crm_state_text(view)

    def _show_outbox(self, view: CrmView) -> None:
        count = view.waiting
        self.outbox.show_icon(Icon.OUTBOX, Tone.NOT_READY if view.stuck else Tone.TEXT)
        self.outbox.show_badge("" if not count else str(count) if count <= _MOST_COUNTED else f"{_MOST_COUNTED}+")
        name = self.tr("Calls that wait for the CRM")
        told = waiting_text(view)
        if told:
            name = f"{name}: {told}"
        self.outbox.explain(name, refusal="" if view.outbox else self.tr("Nothing waits."))
