"""The rows below the bar: which stand open, and what opens and closes them. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from agent_toolbar.application.call_actions import CallAction, refusal, target
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.agent import AgentState
from agent_toolbar.domain.call import CallState
from agent_toolbar.i18n.sentences import refusal_text
from agent_toolbar.ui.bar_row import BarRow
from agent_toolbar.ui.call_buttons import OpenRows
from agent_toolbar.ui.caller_row import CallerRow
from agent_toolbar.ui.dial_request_row import DialRequestRow
from agent_toolbar.ui.idle_line import IdleLine
from agent_toolbar.ui.keypad import KeypadRow
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.messages import Messages
from agent_toolbar.ui.note_row import NoteRow
from agent_toolbar.ui.number_row import NumberRow
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.other_calls import OtherCalls
from agent_toolbar.ui.pairing_line import PairingLine
from agent_toolbar.ui.reason_note_row import ReasonNoteRow
from agent_toolbar.ui.shortcuts import key_text
from agent_toolbar.ui.transfer_panel import TransferPanel
from agent_toolbar.ui.wrap_up_panel import WrapUpPanel


class BarRows(QObject):
    """Each row opens only while it is needed; what was typed in one stays when it closes.

    Attributes:
        idle, pairing, reason_note, others, transfer, note, keypad, wrap_up, request, number, messages, caller: the
            rows, from the bar outwards.
    Signals:
        changed: a row opened or closed, or needs another height; `all` has them.
    """

    changed = Signal()

    def __init__(self, look: Look, toolbar: Toolbar, orders: Orders, bar: BarRow, parent: QObject) -> None:
        super().__init__(parent)
        self._toolbar = toolbar
        self._orders = orders
        self._bar = bar
        self._keypad_open = False
        self._others_open = False
        self._note_open = False
        self._reason_open = False
        self.idle = IdleLine(look, orders)
        self.pairing = PairingLine(look, orders)
        self.reason_note = ReasonNoteRow(look, orders)
        self.wrap_up = WrapUpPanel(look, toolbar, orders)
        self.number = NumberRow(look, toolbar, orders.carry_out)
        self.others = OtherCalls(look, orders)
        self.caller = CallerRow(look, orders)
        self.transfer = TransferPanel(look, toolbar, orders)
        self.note = NoteRow(look, orders)
        self.keypad = KeypadRow(look, orders)
        self.request = DialRequestRow(look, orders, bar.dial)
        self.messages = Messages(look, toolbar, orders, bar.zone_of)
        self.all: tuple[QWidget, ...] = (
            self.idle,
            self.pairing,
            self.reason_note,
            self.others,
            self.transfer,
            self.note,
            self.keypad,
            self.wrap_up,
            self.request,
            self.number,
            self.messages,
            self.caller,  # outermost: it opens when the CRM answers, and may move nothing that somebody works in
        )
        bar.call.others_asked.connect(lambda: self.open_others(not self._others_open))
        bar.buttons.keypad_asked.connect(self.toggle_keypad)
        bar.buttons.transfer_asked.connect(self.toggle_transfer)
        bar.buttons.note_asked.connect(lambda: self.open_note(not self._note_open))
        self.caller.close_asked.connect(self._caller_closed)
        self.keypad.close_asked.connect(lambda: self.open_keypad(False))
        self.reason_note.close_asked.connect(lambda: self.open_reason_note(False))
        orders.agent.note_asked.connect(self.ask_reason_note)
        self.note.close_asked.connect(lambda: self.open_note(False))
        self.transfer.chooser.field.left.connect(self.escape)
        self.transfer.closed.connect(lambda: bar.buttons.transfer.setFocus(Qt.FocusReason.OtherFocusReason))
        self.transfer.height_changed.connect(self._redraw)
        self.request.appeared.connect(self._request_appeared)
        for row in (
            self.messages,
            self.request,
            self.idle,
            self.pairing,
            self.reason_note,
            self.wrap_up,
            self.number,
            self.others,
            self.caller,
            self.note,
        ):
            row.height_changed.connect(self.changed)

    # ------------------------------------------------------------------ what the owner says

    def show_state(self, state: ToolbarState) -> None:
        view = state.current_call
        if view is None or (self._keypad_open and view.call.state is CallState.RINGING):
            self._keypad_open = False
        transfer = state.transfer
        new = self.others.show_state(state)
        if any(transfer is None or not transfer.concerns(call_id) for call_id in new):
            self._others_open = True  # the calls of a transfer are told of by its own row
        if new:
            self._order_tabs()
        keys = self._toolbar.settings.shortcuts
        self.caller.show_state(state, self._toolbar.settings)
        self.transfer.show_state(state, keys)
        self._show_note(state)
        self.keypad.show_state(state, key_text("Escape"))
        self.idle.show_state(state)
        self.pairing.show_state(state)
        self.wrap_up.show_state(state)
        case = state.number_case
        self.number.show_case(None if case is not None and case.in_history else case)
        if state.agent.state is AgentState.CTI_OFF:
            self._reason_open = False
        self.reason_note.retranslate()
        self._orders.look_for_requests()
        self.request.show_state(state)
        self.messages.show_state(state)

    @property
    def opened(self) -> OpenRows:
        return OpenRows(self._keypad_open, self.transfer.wanted, self._note_shown)

    def show_rows(self, *, compact: bool) -> None:
        """Of the pill, only what must not be missed stands below."""
        self.keypad.setVisible(self._keypad_open and not compact)
        self.others.setVisible(self._others_open and bool(self.others.rows) and not compact)
        self.caller.setVisible(self.caller.is_open and not compact)
        self.transfer.setVisible(self.transfer.wanted)
        self.note.setVisible(self._note_shown and (not compact or self.transfer.wanted))
        self.idle.setVisible(self.idle.has_something)
        self.pairing.setVisible(self.pairing.has_something)
        self.reason_note.setVisible(self._reason_open)
        self.wrap_up.setVisible(self.wrap_up.is_open and not compact)
        self.request.setVisible(self.request.is_open)
        self.number.setVisible(self.number.is_open and not compact)
        self.messages.setVisible(self.messages.has_something)

    def escape(self) -> None:
        """Closes one row, the one that asks first; what was typed stays."""
        if self.messages.dismiss():
            return
        if self.request.is_open:
            self._orders.dismiss_dial_request()
            return
        if self._reason_open:
            self.open_reason_note(False)
            return
        alone = self._note_shown and not self.transfer.wanted
        if alone or (self._note_open and self.note.in_use):
            self.open_note(False)
        elif self.transfer.escape():
            return
        elif self.caller.in_use:
            self.caller.close_row()
        elif self._keypad_open:
            self.open_keypad(False)
        elif self._others_open:
            self.open_others(False)
        elif self.number.is_open:
            self.number.close_row()
        elif self.caller.is_open:
            self.caller.close_row()

    # ------------------------------------------------------------------ the rows

    def open_others(self, opened: bool) -> None:
        self._others_open = opened
        self.changed.emit()

    def toggle_keypad(self) -> None:
        self.open_keypad(not self._keypad_open)

    def open_keypad(self, opened: bool) -> None:
        button = self._bar.buttons.keypad
        self._keypad_open = opened and button.isEnabled()
        self._redraw()
        if self._keypad_open:
            self.keypad.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif opened:
            self.messages.refuse(button.accessibleDescription())
        else:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_transfer(self) -> None:
        """The button: shows or hides the panel."""
        if self.transfer.wanted:
            self.transfer.close_row()
        else:
            self.open_transfer()

    def open_transfer(self, *, asks_first: bool = False) -> None:
        """The key: to whom the current call goes, or the transfer that is under way."""
        state = self._toolbar.state
        if state.transfer is not None and state.transfer.active:
            self.transfer.come_back()
            return
        redirected = target(CallAction.REDIRECT, state)
        if refusal(CallAction.TRANSFER, state, state.current_call) is None:
            self.transfer.choose_for(state.current, asks_first=asks_first)
        elif redirected is not None and refusal(CallAction.REDIRECT, state, redirected) is None:
            self.transfer.choose_for(redirected.call.id)
        else:
            why = refusal(CallAction.TRANSFER, state, state.current_call)
            self.messages.refuse(refusal_text(why) if why is not None else "")

    def consult(self) -> None:
        """The key: calls whoever the field says, or asks who that is to be."""
        chooser = self.transfer.chooser
        if chooser.call_id and not chooser.redirects and chooser.ask.isEnabled():
            chooser.consult_now()
        else:
            self.open_transfer(asks_first=True)

    def send_on(self, call_id: str) -> None:
        """The card's button: where a ringing call is to go."""
        self.transfer.choose_for(call_id)

    def open_caller(self, call_id: str) -> None:
        """The card's button: whom this call is with is chosen or typed here."""
        self.caller.ask_for(call_id)
        self._redraw()
        self.caller.begin()

    def open_note(self, opened: bool) -> None:
        button = self._bar.buttons.note
        self._note_open = opened and button.isEnabled()
        if not opened:
            self.note.keep()
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._redraw()
        if self._note_open:
            self.note.begin()
        elif opened:
            self.messages.refuse(button.accessibleDescription())

    def ask_reason_note(self, reason: str) -> None:
        """A reason was chosen that needs a word of explanation."""
        self.reason_note.ask(reason)
        self.open_reason_note(True)

    def open_reason_note(self, opened: bool) -> None:
        self._reason_open = opened
        self._redraw()
        if opened:
            self.reason_note.begin()
        else:
            self._bar.agent.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_wrap_up(self) -> None:
        """The key: to the record that is open, else the current or the last call gets one."""
        if not self.wrap_up.is_open and not self._orders.agent.begin_wrap_up():
            return
        if self.wrap_up.is_open:
            self._redraw()
            self.wrap_up.begin()
        elif self._toolbar.state.calls:
            self.messages.refuse(self.tr("The record of this call opens when it is over."))

    # ------------------------------------------------------------------ inside

    def _request_appeared(self) -> None:
        self.changed.emit()
        self.request.take_keyboard()

    @property
    def _note_shown(self) -> bool:
        """Also with the panel, because it goes along with the call."""
        goes_along = self.transfer.wanted and bool(self.transfer.subject)
        return bool(self.note.bound) and (self._note_open or self.note.in_use or goes_along)

    def _order_tabs(self) -> None:
        """A row of a call is younger than the rows below it, but the Tab key comes to it first."""
        before: QWidget = self._bar.settings
        for row in self.others.rows:
            QWidget.setTabOrder(before, row.take)
            QWidget.setTabOrder(row.take, row.end)
            before = row.end

    def _show_note(self, state: ToolbarState) -> None:
        ended = state.just_ended[0].call.id if state.just_ended else ""
        subject = self.transfer.subject or state.current or ended
        self.note.show_state(state, subject, by_itself=self._note_open or not self.transfer.wanted)
        if not self.note.bound:
            self._note_open = False

    def _caller_closed(self) -> None:
        self._redraw()
        self._bar.dial.setFocus(Qt.FocusReason.OtherFocusReason)

    def _redraw(self) -> None:
        self._show_note(self._toolbar.state)
        self.caller.show_state(self._toolbar.state, self._toolbar.settings)
        self.changed.emit()
