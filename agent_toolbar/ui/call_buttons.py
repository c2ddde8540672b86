"""The buttons that act on the current call: always at the same place, and a disabled one says why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_toolbar.application.call_actions import CallAction, refusal, target
from agent_toolbar.application.ports.settings import ShortcutSettings
from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.i18n.sentences import refusal_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.orders import Orders
from agent_toolbar.ui.shortcuts import key_text
from agent_toolbar.ui.tokens import Tone

WIDE = 44
_NARROW = 32


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
        several = len(state.calls) > 1
        waiting = target(CallAction.ANSWER, state)
        self.answer.explain(
            _named(self.tr("Answer"), waiting if several else None),
            key=key_text(keys.answer),
            refusal=_why(CallAction.ANSWER, state),
        )
        self.hang_up.explain(
            _named(self.tr("Decline") if ringing else self.tr("Hang up"), view if several else None),
            key=key_text(keys.hang_up),
            refusal=_why(CallAction.HANG_UP, state),
        )
        self.hold.explain(
            self.tr("Take back from hold") if held else self.tr("Put on hold"),
            key=key_text(keys.hold),
            refusal=_why(CallAction.RESUME if held else CallAction.HOLD, state, current=True),
        )
        self.hold.show_icon(Icon.RESUME if held else Icon.HOLD, Tone.NOT_READY if held else Tone.TEXT)
        self.hold.setChecked(held)
        self.mute.explain(
            self.tr("Switch microphone on") if muted else self.tr("Mute microphone"),
            key=key_text(keys.mute),
            refusal=_why(CallAction.UNMUTE if muted else CallAction.MUTE, state),
        )
        self.mute.show_icon(Icon.MUTED if muted else Icon.MUTE, Tone.NOT_READY if muted else Tone.TEXT)
        self.mute.setChecked(muted)
        self.keypad.explain(self.tr("Keypad"), key=key_text(keys.keypad), refusal=_why(CallAction.DTMF, state))
        self.keypad.setChecked(keypad_open)

    def set_narrow(self, narrow: bool) -> None:
        """Answer and hang up give up their extra width, the others a little of theirs."""
        for button in (self.answer, self.hang_up):
            button.resize_to(tokens.CONTROL if narrow else WIDE)
        for button in (self.hold, self.mute, self.keypad):
            button.resize_to(_NARROW if narrow else tokens.CONTROL)

    def width_to_hang_up(self) -> int:
        return self.answer.sizeHint().width() + self._row.spacing() + self.hang_up.sizeHint().width()

    def needed_width(self, *, narrow: bool) -> int:
        px = self._look.theme.px
        wide = 2 * px(tokens.CONTROL if narrow else WIDE) + 3 * px(_NARROW if narrow else tokens.CONTROL)
        return wide + 4 * px(tokens.SPACE_XS)


def _named(verb: str, view: CallView | None) -> str:
    """With several calls, the verb says which one it means."""
    return f"{verb}: {call_words.title(view)}" if view is not None else verb


def _why(action: CallAction, state: ToolbarState, *, current: bool = False) -> str:
    """Why `action` cannot be done on its own target (or on the current call)."""
    view = state.current_call if current else target(action, state)
    refused = refusal(action, state, view)
    return refusal_text(refused) if refused is not None else ""
