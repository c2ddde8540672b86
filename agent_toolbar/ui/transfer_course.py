"""A transfer that is under way or has just ended: one sentence, and what can be done now. GUI thread."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QPainter, QPaintEvent

from agent_toolbar.application.call_actions import CallAction, refusal_of_transfer
from agent_toolbar.application.ports.settings import Settings, ShortcutSettings
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.transfer import Transfer, TransferOutcome, TransferState
from agent_toolbar.i18n.sentences import (
    conference_reason_text,
    refusal_text,
    transfer_end_text,
    transfer_text,
    undo_text,
)
from agent_toolbar.i18n.transfer_sentences import SUCCESSES, customer_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.conference_party import ConferenceParty
from agent_toolbar.ui.flow_row import FlowRow
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, WrappingLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.shortcuts import key_text
from agent_toolbar.ui.target_chooser import BUTTON, WIDEST_BUTTON
from agent_toolbar.ui.tokens import Tone

_FRAME_MS = 50
_STRIPE = 3
_ENDS = frozenset({TransferState.TAKING_BACK, TransferState.DONE})
_TALKS = frozenset({TransferState.CONSULTING, TransferState.WITH_CUSTOMER})
_COMPLETABLE = _TALKS | {TransferState.CALLING, TransferState.CONFERENCE}
_RETURNABLE = _TALKS | {TransferState.CALLING, TransferState.REFERRING, TransferState.JOINING}
_CALM_ENDS = frozenset(
    {TransferOutcome.UNDONE, TransferOutcome.TAKEN_BACK, TransferOutcome.AGENT_LEFT, TransferOutcome.CUSTOMER_GONE}
)
_ICONS: dict[TransferState, tuple[Icon, Tone]] = {
    TransferState.UNDOABLE: (Icon.TRANSFER, Tone.ACCENT),
    TransferState.REFERRING: (Icon.TRANSFER, Tone.ON_CALL),
    TransferState.CALLING: (Icon.CONSULT, Tone.ON_CALL),
    TransferState.CONSULTING: (Icon.CONSULT, Tone.ON_CALL),
    TransferState.WITH_CUSTOMER: (Icon.CONSULT, Tone.ON_CALL),
    TransferState.JOINING: (Icon.JOIN, Tone.ON_CALL),
    TransferState.CONFERENCE: (Icon.CONFERENCE, Tone.ON_CALL),
}


class TransferCourse(FlowRow):
    """The buttons that fit the state are shown, always in the same order.

    Signals:
        another_asked: the customer is to go to somebody else (id of the customer's call).
        close_asked: the cross.
    """

    another_asked = Signal(str)
    close_asked = Signal()

    def __init__(self, look: Look, orders: Orders, settings: Callable[[], Settings]) -> None:
        super().__init__(look)
        self._orders = orders
        self._settings = settings
        self._transfer: Transfer | None = None
        self._said = ""
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self._count)
        handover = orders.handover
        self._icon = IconLabel(look, tokens.ICON)
        self.sentence = WrappingLabel(look)
        self.add(self._icon, leads=True)
        self.add(self.sentence)
        self.parties = [ConferenceParty(look, orders) for _ in range(2)]
        for party in self.parties:
            self.add(party)
        self.undo = self._button(Icon.UNDO, handover.undo)
        self.now = self._button(Icon.NOW, handover.hand_over_now)
        self.complete = self._button(Icon.TRANSFER, handover.complete)
        self.swap = self._button(Icon.SWAP, handover.swap)
        self.conference = self._button(Icon.CONFERENCE, handover.conference)
        self.take_back = self._button(Icon.TAKE_BACK, handover.take_back)
        self.another = self._button(Icon.TRANSFER, self._ask_another)
        self.close_button = BarButton(look, Icon.CLOSE, width=BUTTON, height=BUTTON)
        self.close_button.clicked.connect(self.close_asked)
        self.set_corner(self.close_button)

    # ------------------------------------------------------------------ what the owner says

    @property
    def transfer(self) -> Transfer | None:
        """What is shown."""
        return self._transfer

    def show_transfer(self, transfer: Transfer, state: ToolbarState, keys: ShortcutSettings) -> None:
        self._transfer = transfer
        self._show_sentence(transfer, state)
        self._show_buttons(transfer, state, keys)
        self._show_parties(transfer, state)
        counting = transfer.state is TransferState.UNDOABLE
        if counting and not self._frames.isActive():
            self._frames.start()
        elif not counting:
            self._frames.stop()
        self.arrange()
        self.update()

    def safe_button(self) -> BarButton:
        """Where the keyboard goes when it was in the panel: what cannot lose the customer."""
        for button in (self.undo, self.take_back, self.another):
            if not button.isHidden() and button.isEnabled():
                return button
        return self.close_button

    # ------------------------------------------------------------------ Qt

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._frames.stop()
        self._said = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        transfer = self._transfer
        if transfer is None:
            return
        painter = QPainter(self)
        if transfer.state in _ENDS or conference_reason_text(transfer):
            painter.fillRect(self.rect(), self._look.theme.soft(self._tone(transfer)))
        left_s, whole_s = transfer.deadline_s - self._look.now_s(), transfer.deadline_s - transfer.began_s
        if transfer.state is TransferState.UNDOABLE and whole_s > 0 and not self._settings().window.reduced_motion:
            share = min(1.0, max(0.0, left_s / whole_s))
            stripe = QRectF(0, 0, self.width() * share, self._look.theme.px(_STRIPE))
            painter.fillRect(stripe, self._look.theme.ink(Tone.ACCENT))

    # ------------------------------------------------------------------ inside

    def _button(self, icon: Icon, action: Callable[[], None]) -> BarButton:
        button = BarButton(self._look, icon, height=BUTTON, raised=True)
        button.clicked.connect(action)
        self.add(button, most=WIDEST_BUTTON)
        return button

    def _ask_another(self) -> None:
        if self._transfer is not None:
            self.another_asked.emit(self._transfer.customer)

    def _count(self) -> None:
        transfer = self._transfer
        if transfer is None:
            return
        words = self._words(transfer)
        if words != self.sentence.text():
            self.sentence.setText(words)
            self.arrange()
        self.update(0, 0, self.width(), self._look.theme.px(_STRIPE))

    def _words(self, transfer: Transfer) -> str:
        """With the seconds that are left, which are shown and never announced."""
        if transfer.state is TransferState.UNDOABLE:
            return undo_text(transfer, max(0, math.ceil(transfer.deadline_s - self._look.now_s())))
        return self.accessibleName()

    def _show_sentence(self, transfer: Transfer, state: ToolbarState) -> None:
        if transfer.state in _ENDS:
            customer, consult = state.find(transfer.customer), state.find(transfer.consult)
            said = transfer_end_text(transfer, customer.call if customer else None, consult.call if consult else None)
        else:
            said = conference_reason_text(transfer) or transfer_text(transfer)
        self.setAccessibleName(said)
        self.sentence.setText(self._words(transfer))
        self._icon.show_icon(*self._sign(transfer))
        if said != self._said:
            self._said = said
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _tone(self, transfer: Transfer) -> Tone:
        if transfer.outcome in SUCCESSES:
            return Tone.READY
        return Tone.MUTED if transfer.outcome in _CALM_ENDS else Tone.NOT_READY

    def _sign(self, transfer: Transfer) -> tuple[Icon, Tone]:
        if transfer.state not in _ENDS:
            return (Icon.WARNING, Tone.NOT_READY) if conference_reason_text(transfer) else _ICONS[transfer.state]
        tone = self._tone(transfer)
        icons = {Tone.READY: Icon.READY, Tone.MUTED: Icon.TAKE_BACK}
        return icons.get(tone, Icon.WARNING), tone

    def _show_buttons(self, transfer: Transfer, state: ToolbarState, keys: ShortcutSettings) -> None:
        stage, name = transfer.state, customer_text(transfer)
        referring = stage in {TransferState.REFERRING, TransferState.JOINING}
        complete = {
            TransferState.CALLING: self.tr("Hand over now"),
            TransferState.CONFERENCE: self.tr("Hand over and leave"),
        }.get(stage, self.tr("Hand over"))
        back = self.tr("Take back") if referring else self.tr("Back to %1").replace("%1", name)
        undoable = stage is TransferState.UNDOABLE
        for button, shown, words, key, action in (
            (self.undo, undoable, self.tr("Undo"), "Escape", CallAction.UNDO),
            (self.now, undoable, self.tr("Now"), "", CallAction.UNDO),
            (self.complete, stage in _COMPLETABLE, complete, keys.complete, CallAction.COMPLETE),
            (self.swap, stage in _TALKS, self.tr("Swap"), keys.swap, CallAction.SWAP),
            (self.conference, stage in _TALKS, self.tr("Conference"), keys.conference, CallAction.CONFERENCE),
            (self.take_back, stage in _RETURNABLE, back, keys.take_back, CallAction.TAKE_BACK),
        ):
            button.setVisible(shown)
            if shown:
                refused = refusal_of_transfer(action, state)
                button.show_word(words)
                button.explain(words, key=key_text(key), refusal=refusal_text(refused) if refused is not None else "")
        self.complete.fill(Tone.ACCENT if stage in _TALKS else None)
        customer_is_here = state.find(transfer.customer) is not None
        again = stage is TransferState.DONE and transfer.outcome not in SUCCESSES and customer_is_here
        words = self.tr("Hand over to somebody else")
        self.another.setVisible(again)
        self.another.show_word(words)
        self.another.explain(words, key=key_text(keys.transfer))
        close = self.tr("Close this line") if stage in _ENDS else self.tr("Close this line; the handover goes on")
        self.close_button.explain(close, key="" if undoable else key_text("Escape"))

    def _show_parties(self, transfer: Transfer, state: ToolbarState) -> None:
        in_conference = transfer.state is TransferState.CONFERENCE
        for party, call_id in zip(self.parties, (transfer.customer, transfer.consult), strict=True):
            party.show_call(state.find(call_id) if in_conference else None)
