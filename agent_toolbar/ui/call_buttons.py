"""The buttons that act on the current call: always at the same place, and a disabled one says why."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_toolbar.application.call_actions import CallAction, Refusal, refusal, target
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
_NARROW = 28


@dataclass(frozen=True, slots=True)
class OpenRows:
    """Which rows stand open below the bar."""

    keypad: bool = False
    transfer: bool = False
    note: bool = False


class CallButtons(QWidget):
    """Answer, hang up, hold, mute, keypad, hand over, note.

    Signals:
        keypad_asked, transfer_asked, note_asked: show or hide that row.
    """

    keypad_asked = Signal()
    transfer_asked = Signal()
    note_asked = Signal()

    def __init__(self, look: Look, orders: Orders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.answer = BarButton(look, Icon.ANSWER, filled=Tone.READY, width=WIDE)
        self.hang_up = BarButton(look, Icon.HANG_UP, filled=Tone.FAULT, width=WIDE)
        self.hold = BarButton(look, Icon.HOLD)
        self.mute = BarButton(look, Icon.MUTE)
        self.keypad = BarButton(look, Icon.KEYPAD)
        self.transfer = BarButton(look, Icon.TRANSFER)
        self.note = BarButton(look, Icon.WRITE)
        for button in self.quiet:
            button.setCheckable(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.theme.px(tokens.SPACE_XS))
        self._row.addWidget(self.answer)
        self._row.addWidget(self.hang_up)
        self._quiet_row = QHBoxLayout()
        self._quiet_row.setSpacing(look.theme.px(tokens.SPACE_XS))
        for button in self.quiet:
            self._quiet_row.addWidget(button)
        self._row.addLayout(self._quiet_row)
        self.answer.clicked.connect(orders.answer_current)
        self.hang_up.clicked.connect(orders.hang_up_current)
        self.hold.clicked.connect(orders.toggle_hold)
        self.mute.clicked.connect(orders.toggle_mute)
        self.keypad.clicked.connect(self.keypad_asked)
        self.transfer.clicked.connect(self.transfer_asked)
        self.note.clicked.connect(self.note_asked)

    @property
    def quiet(self) -> tuple[BarButton, ...]:
        """All but the two that take and end a call."""
        return self.hold, self.mute, self.keypad, self.transfer, self.note

    def show_state(self, state: ToolbarState, keys: ShortcutSettings, opened: OpenRows) -> None:
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
        self._show_rows(state, keys, opened)

    def set_narrow(self, narrow: bool) -> None:
        """Answer and hang up give up their extra width, the others a little of theirs."""
        for button in (self.answer, self.hang_up):
            button.resize_to(tokens.CONTROL if narrow else WIDE)
        for button in self.quiet:
            button.resize_to(_NARROW if narrow else tokens.CONTROL)
        self._quiet_row.setSpacing(self._gap(narrow=narrow))

    def width_to_hang_up(self) -> int:
        return self.answer.sizeHint().width() + self._row.spacing() + self.hang_up.sizeHint().width()

    def needed_width(self, *, narrow: bool) -> int:
        px = self._look.theme.px
        two = 2 * (px(tokens.CONTROL if narrow else WIDE) + px(tokens.SPACE_XS))
        quiet = len(self.quiet)
        return two + quiet * px(_NARROW if narrow else tokens.CONTROL) + (quiet - 1) * self._gap(narrow=narrow)

    # ------------------------------------------------------------------ inside

    def _gap(self, *, narrow: bool) -> int:
        return 0 if narrow else self._look.theme.px(tokens.SPACE_XS)

    def _show_rows(self, state: ToolbarState, keys: ShortcutSettings, opened: OpenRows) -> None:
        """The buttons that open a row below the bar, pressed while theirs is open."""
        self.keypad.explain(self.tr("Keypad"), key=key_text(keys.keypad), refusal=_why(CallAction.DTMF, state))
        self.keypad.setChecked(opened.keypad)
        redirects = not _why(CallAction.REDIRECT, state) and bool(_why(CallAction.TRANSFER, state))
        going_on = state.transfer is not None
        self.transfer.explain(
            self.tr("Send the call on") if redirects else self.tr("Hand over"),
            key=key_text(keys.transfer),
            refusal="" if redirects or going_on else _why(CallAction.TRANSFER, state),
        )
        self.transfer.setChecked(opened.transfer)
        self.note.explain(
            self.tr("Note on this call"),
            key=key_text(keys.note),
            refusal="" if state.calls or state.just_ended else refusal_text(Refusal.NO_CALL),
        )
        self.note.setChecked(opened.note)


def _named(verb: str, view: CallView | None) -> str:
    """With several calls, the verb says which one it means."""
    return f"{verb}: {call_words.title(view)}" if view is not None else verb


def _why(action: CallAction, state: ToolbarState, *, current: bool = False) -> str:
    """Why `action` cannot be done on its own target (or on the current call)."""
    view = state.current_call if current else target(action, state)
    refused = refusal(action, state, view)
    return refusal_text(refused) if refused is not None else ""
