"""The buttons that act on the current call: always at the same place, and a disabled one says why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_toolbar.application.call_actions import CallAction, refusal, target
from agent_toolbar.application.ports.settings import ShortcutSettings
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.i18n.sentences import refusal_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.tokens import Tone

WIDE = 44


class CallButtons(QWidget):
    """Answer, hang up, hold, mute, keypad.

    Signals:
        keypad_asked: show or hide the keypad.
    """

    keypad_asked = Signal()

    def __init__(self, look: Look, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.answer = BarButton(look, Icon.ANSWER, filled=Tone.READY, width=WIDE)
        self.hang_up = BarButton(look, Icon.HANG_UP, filled=Tone.FAULT, width=WIDE)
        self.hold = BarButton(look, Icon.HOLD)
        self.mute = BarButton(look, Icon.MUTE)
        self.keypad = BarButton(look, Icon.KEYPAD)
        for button in (self.hold, self.mute, self.keypad):
            button.setCheckable(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.theme.px(tokens.SPACE_XS))
        for button in (self.answer, self.hang_up, self.hold, self.mute, self.keypad):
            self._row.addWidget(button)
        self.answer.clicked.connect(orders.answer_current)
        self.hang_up.clicked.connect(orders.hang_up_current)
        self.hold.clicked.connect(orders.toggle_hold)
        self.mute.clicked.connect(orders.toggle_mute)
        self.keypad.clicked.connect(self.keypad_asked)

    def show_state(self, state: ToolbarState, keys: ShortcutSettings, *, keypad_open: bool) -> None:
        view = state.current_call
        held, muted = view is not None and view.call.held, view is not None and view.call.muted
        ringing = view is not None and view.call.state is CallState.RINGING
        self.answer.explain(self.tr("Answer"), key=_key(keys.answer), refusal=_why(CallAction.ANSWER, state))
        self.hang_up.explain(
            self.tr("Decline") if ringing else self.tr("Hang up"),
            key=_key(keys.hang_up),
            refusal=_why(CallAction.HANG_UP, state),
        )
        self.hold.explain(
            self.tr("Take back from hold") if held else self.tr("Put on hold"),
            key=_key(keys.hold),
            refusal=_why(CallAction.RESUME if held else CallAction.HOLD, state, current=True),
        )
        self.hold.show_icon(Icon.RESUME if held else Icon.HOLD, Tone.NOT_READY if held else Tone.TEXT)
        self.hold.setChecked(held)
        self.mute.explain(
            self.tr("Switch microphone on") if muted else self.tr("Mute microphone"),
            key=_key(keys.mute),
            refusal=_why(CallAction.UNMUTE if muted else CallAction.MUTE, state),
        )
        self.mute.show_icon(Icon.MUTED if muted else Icon.MUTE, Tone.NOT_READY if muted else Tone.TEXT)
        self.mute.setChecked(muted)
        self.keypad.explain(self.tr("Keypad"), key=_key(keys.keypad), refusal=_why(CallAction.DTMF, state))
        self.keypad.setChecked(keypad_open)

    def set_narrow(self, narrow: bool) -> None:
        """Answer and hang up give up their extra width."""
        for button in (self.answer, self.hang_up):
            button.resize_to(tokens.CONTROL if narrow else WIDE)

    def needed_width(self, *, narrow: bool) -> int:
        px = self._look.theme.px
        wide = 2 * px(tokens.CONTROL if narrow else WIDE) + 3 * px(tokens.CONTROL)
        return wide + 4 * px(tokens.SPACE_XS)


def _key(portable: str) -> str:
    """A shortcut as the keyboard of this desktop names it."""
    return QKeySequence(portable).toString(QKeySequence.SequenceFormat.NativeText)


def _why(action: CallAction, state: ToolbarState, *, current: bool = False) -> str:
    """Why `action` cannot be done on its own target (or on the current call)."""
    view = state.current_call if current else target(action, state)
    refused = refusal(action, state, view)
    return refusal_text(refused) if refused is not None else ""
