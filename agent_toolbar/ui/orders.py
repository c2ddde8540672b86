"""What a person orders by button, key or menu: passed on to the application, its refusals told in words. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_toolbar.application.call_actions import CallAction, refusal, target
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import Remedy, ToolbarState
from agent_toolbar.domain.agent import AgentState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import error_text, refusal_text
from agent_toolbar.ui.ring_guard import RingGuard

_CTI_OFF_WITH_CALL = "cti_off_with_call"


class Orders(QObject):
    """The one way from the widgets to the application.

    Signals:
        refused: the sentence that says why an order was not carried out.
        cti_off_asked: switching CTI off would end calls; the sentence to ask with.
        dialled: a call was begun.
        settings_changed: the bar's own menu changed them; the new ones.
        window_asked: a fault's remedy is a window (Remedy).
    """

    refused = Signal(str)
    cti_off_asked = Signal(str)
    dialled = Signal()
    window_asked = Signal(Remedy)
    settings_changed = Signal(Settings)

    def __init__(self, toolbar: Toolbar, guard: RingGuard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._toolbar = toolbar
        self._guard = guard

    @property
    def state(self) -> ToolbarState:
        return self._toolbar.state

    # ------------------------------------------------------------------ by key or button of the bar

    def answer_current(self) -> None:
        """The longest ringing call; nothing while it has only just appeared."""
        view = target(CallAction.ANSWER, self.state)
        if self._allowed(CallAction.ANSWER) and view is not None and self._guard.may_act(view.call.id):
            self.answer(view.call.id)

    def hang_up_current(self) -> None:
        """Ends the current call; a call that has only just begun to ring is not declined."""
        view = self.state.current_call
        if not self._allowed(CallAction.HANG_UP) or view is None:
            return
        if view.call.state is not CallState.RINGING or self._guard.may_act(view.call.id):
            self.hang_up(view.call.id)

    def toggle_hold(self) -> None:
        held = target(CallAction.RESUME, self.state)
        if held is not None and held.call.held and held.call.id == self.state.current:
            if self._allowed(CallAction.RESUME):
                self.resume(held.call.id)
        elif self._allowed(CallAction.HOLD):
            self._do(lambda: self._toolbar.hold(self.state.current))

    def toggle_mute(self) -> None:
        view = self.state.current_call
        muted = view is not None and view.call.muted
        if self._allowed(CallAction.UNMUTE if muted else CallAction.MUTE):
            self._do(lambda: self._toolbar.mute(not muted, self.state.current))

    def send_digit(self, digit: str) -> None:
        if self._allowed(CallAction.DTMF):
            self._do(lambda: self._toolbar.send_dtmf(digit, self.state.current))

    def toggle_ready(self) -> None:
        self.set_ready(not self.is_ready)

    @property
    def is_ready(self) -> bool:
        """The agent takes calls, or would again after this one."""
        return self.state.agent.state is not AgentState.NOT_READY

    # ------------------------------------------------------------------ for a named call

    def answer(self, call_id: str) -> None:
        self._do(lambda: self._toolbar.answer(call_id))

    def hang_up(self, call_id: str) -> None:
        self._do(lambda: self._toolbar.hang_up(call_id))

    def resume(self, call_id: str) -> None:
        self._do(lambda: self._toolbar.resume(call_id))

    def choose_contact(self, call_id: str, contact_id: int) -> None:
        self._do(lambda: self._toolbar.choose_contact(call_id, contact_id))

    # ------------------------------------------------------------------ the rest

    def dial(self, text: str) -> None:
        if self._do(lambda: self._toolbar.dial(text)):
            self.dialled.emit()

    def set_ready(self, ready: bool) -> None:
        self._do(lambda: self._toolbar.set_ready(ready))

    def switch_cti(self, on: bool, *, confirmed: bool = False) -> None:
        """Asks first when calls would end."""
        try:
            self._toolbar.switch_cti(on, confirmed=confirmed)
        except AgentToolbarError as error:
            if error.code == _CTI_OFF_WITH_CALL:
                self.cti_off_asked.emit(error_text(error))
            else:
                self.refused.emit(error_text(error))

    def change_settings(self, settings: Settings) -> None:
        if self._do(lambda: self._toolbar.change_settings(settings)):
            self.settings_changed.emit(settings)

    def remedy(self, remedy: Remedy) -> None:
        """The one button of a fault."""
        if remedy is Remedy.TRY_AGAIN:
            self._do(lambda: self._toolbar.remedy(remedy))
        else:
            self.window_asked.emit(remedy)

    # ------------------------------------------------------------------ inside

    def _allowed(self, action: CallAction) -> bool:
        """Tells why not: a key pressed in vain must not be silent."""
        why = refusal(action, self.state, target(action, self.state))
        if why is not None:
            self.refused.emit(refusal_text(why))
        return why is None

    def _do(self, action: Callable[[], object]) -> bool:
        try:
            action()
        except AgentToolbarError as error:
            self.refused.emit(error_text(error))
            return False
        return True
