"""The row below the bar in which a call is handed over: to whom, how it goes on, how it ended. GUI thread.

It opens by itself when a transfer is under way and closes by itself when that is over.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from agent_toolbar.application.ports.settings import ShortcutSettings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.transfer import Transfer, TransferState
from agent_toolbar.ui.join_row import JoinRow
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.target_chooser import TargetChooser
from agent_toolbar.ui.transfer_course import TransferCourse

_CHOOSABLE = frozenset({CallState.RINGING, CallState.CONNECTED})


class TransferPanel(QWidget):
    """Shows one of its rows, or the two of choosing.

    Attributes:
        chooser, join, course: its rows.
    Signals:
        height_changed: it needs another height now.
        closed: it was closed while it had the keyboard.
    """

    height_changed = Signal()
    closed = Signal()

    def __init__(self, look: Look, toolbar: Toolbar, orders: Orders) -> None:
        super().__init__()
        self._toolbar = toolbar
        self._orders = orders
        self._closed_at: tuple[object, ...] | None = None
        self.chooser = TargetChooser(look, toolbar, orders)
        self.join = JoinRow(look, orders)
        self.course = TransferCourse(look, orders, lambda: toolbar.settings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in (self.chooser, self.join, self.course):
            column.addWidget(row)
            row.height_changed.connect(self.height_changed)
        self.chooser.close_asked.connect(self.close_row)
        self.course.close_asked.connect(self.close_row)
        self.course.another_asked.connect(self.choose_for)
        orders.handover.begun.connect(self._stop_choosing)

    # ------------------------------------------------------------------ what the owner says

    @property
    def wanted(self) -> bool:
        """There is something to show."""
        return bool(self.chooser.call_id) or self._shown_transfer() is not None

    @property
    def subject(self) -> str:
        """The call that is or would be handed over, "" if none."""
        transfer = self._toolbar.state.transfer
        return self.chooser.call_id or (transfer.customer if transfer is not None and transfer.active else "")

    def choose_for(self, call_id: str, *, asks_first: bool = False) -> None:
        """Opens the field for this call and gives it the keyboard."""
        self.chooser.choose_for(call_id, asks_first=asks_first)
        self._draw()
        self.chooser.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def come_back(self) -> None:
        """Shows the transfer that is under way, after its line was closed, and gives it the keyboard."""
        self._closed_at = None
        self._draw()
        self.course.safe_button().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_row(self) -> None:
        """Takes the panel away; a transfer that is under way goes on."""
        if self.chooser.call_id:
            self._stop_choosing()
        else:
            self._close_course()

    def escape(self) -> bool:
        """Undoes what can still be undone, else closes; answers whether there was something to close."""
        transfer = self._shown_transfer() if not self.chooser.call_id else None
        if transfer is not None and transfer.state is TransferState.UNDOABLE:
            self._orders.handover.undo()
        elif self.wanted:
            self.close_row()
        else:
            return False
        return True

    def show_state(self, state: ToolbarState, keys: ShortcutSettings) -> None:
        focused = QApplication.focusWidget()
        transfer = state.transfer
        view = state.find(self.chooser.call_id)
        if view is None or view.call.state not in _CHOOSABLE or (transfer is not None and transfer.active):
            self.chooser.choose_for("")
        if transfer is None:
            self._closed_at = None
        choosing = bool(self.chooser.call_id)
        shown = self._shown_transfer() if not choosing else None
        before = [row.isHidden() for row in (self.chooser, self.join, self.course)]
        if shown is not None:
            self.course.show_transfer(shown, state, keys)
        if choosing:
            self.chooser.show_state(state, keys)
        joins = choosing and not self.chooser.redirects and self.join.show_state(state, keys)
        for row, visible in ((self.chooser, choosing), (self.join, joins), (self.course, shown is not None)):
            row.setVisible(visible)
        after = [row.isHidden() for row in (self.chooser, self.join, self.course)]
        if focused is not None and self.isAncestorOf(focused) and QApplication.focusWidget() is not focused:
            self._keep_keyboard(shown)
        if before != after:
            self.height_changed.emit()

    # ------------------------------------------------------------------ inside

    def _shown_transfer(self) -> Transfer | None:
        transfer = self._toolbar.state.transfer
        return transfer if transfer is not None and _moment(transfer) != self._closed_at else None

    def _close_course(self) -> None:
        transfer = self._toolbar.state.transfer
        self._closed_at = _moment(transfer) if transfer is not None else None
        self._draw()

    def _stop_choosing(self) -> None:
        self.chooser.choose_for("")
        self._draw()

    def _draw(self) -> None:
        self.show_state(self._toolbar.state, self._toolbar.settings.shortcuts)
        self.height_changed.emit()

    def _keep_keyboard(self, shown: Transfer | None) -> None:
        """Whoever worked in the panel by keys goes on there, at what cannot lose the customer.

        Qt itself would go to the next button, which hands over.
        """
        if shown is not None:
            self.course.safe_button().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.closed.emit()


def _moment(transfer: Transfer) -> tuple[object, ...]:
    """A line that was closed opens again when the transfer has come further."""
    return transfer.customer, transfer.began_s, transfer.state, transfer.outcome
