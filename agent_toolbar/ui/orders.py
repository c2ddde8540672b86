"""What a person orders by button, key or menu: passed on to the application, its refusals told in words. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_toolbar.application.call_actions import CallAction, refusal, target
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import CallView, Remedy, ToolbarState
from agent_toolbar.domain.call import CallState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.sentences import error_text, refusal_text
from agent_toolbar.ui.agent_orders import AgentOrders
from agent_toolbar.ui.handover_orders import HandoverOrders
from agent_toolbar.ui.ring_guard import RingGuard


@dataclass(frozen=True, slots=True)
class Question:
    """An order that a person must confirm: the sentence, the words of the two answers, and what each does.

    `about` is the call that it makes no sense without, "" for any. One that nobody asked for is `unexpected`: it must
    not take the keyboard from somebody who is typing.
    """

    sentence: str
    yes: str
    no: str
    confirm: Callable[[], None]
    about: str = ""
    decline: Callable[[], object] | None = None
    unexpected: bool = False


class Orders(QObject):
    """The one way from the widgets to the application.

    Attributes:
        handover: the orders that hand a call over; agent: those about availability and wrap-up.
    Signals:
        refused: the sentence that says why an order was not carried out.
        asked: an order needs a confirmation first (Question).
        dialled: a call was begun.
        settings_changed: the bar's own menu changed them; the new ones.
        window_asked: a fault's remedy is a window (Remedy).
        doctor_asked: the person wants to know why.
    """

    refused = Signal(str)
    asked = Signal(Question)
    dialled = Signal()
    window_asked = Signal(Remedy)
    doctor_asked = Signal()
    settings_changed = Signal(Settings)

    def __init__(self, toolbar: Toolbar, guard: RingGuard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._toolbar = toolbar
        self._guard = guard
        self.handover = HandoverOrders(toolbar, self)
        self.agent = AgentOrders(toolbar, self)
        self._requests_asked: set[tuple[str, str]] = set()

    @property
    def state(self) -> ToolbarState:
        return self._toolbar.state

    def look_for_requests(self) -> None:
        """Puts it to the person, once, when somebody in a call asks to be called elsewhere."""
        asking = {(view.call.id, view.call.transfer_request): view for view in self.state.calls}
        asking = {key: view for key, view in asking.items() if view.call.transfer_request}
        new = [view for key, view in asking.items() if key not in self._requests_asked]
        self._requests_asked = set(asking)
        for view in new:
            self.asked.emit(self._request_question(view))

    def _request_question(self, view: CallView) -> Question:
        call_id = view.call.id
        shown = self._toolbar.shown_number(view.call.transfer_request) or view.call.transfer_request
        sentence = self.tr("%1 asks you to call %2 instead.").replace("%1", view.title).replace("%2", shown)
        return Question(
            sentence,
            self.tr("Call %1").replace("%1", shown),
            self.tr("Stay in this call"),
            lambda: self.carry_out_or_ask(
                lambda confirmed: self._toolbar.answer_transfer_request(True, call_id, confirmed=confirmed),
                about=call_id,
            ),
            about=call_id,
            decline=lambda: self.carry_out(lambda: self._toolbar.answer_transfer_request(False, call_id)),
            unexpected=True,
        )

    # ------------------------------------------------------------------ by key or button of the bar

    def answer_current(self) -> None:
        """The longest ringing call; nothing while it has only just appeared."""
        view = target(CallAction.ANSWER, self.state)
        if self.allowed(CallAction.ANSWER) and view is not None and self._guard.may_act(view.call.id):
            self.answer(view.call.id)

    def hang_up_current(self) -> None:
        """Ends the current call, or the whole conference; a call that has only just begun to ring is not declined."""
        view = self.state.current_call
        if not self.allowed(CallAction.HANG_UP) or view is None:
            return
        if view.call.in_conference:
            self.hang_up("")
        elif view.call.state is not CallState.RINGING or self._guard.may_act(view.call.id):
            self.hang_up(view.call.id)

    def toggle_hold(self) -> None:
        held = target(CallAction.RESUME, self.state)
        if held is not None and held.call.held and held.call.id == self.state.current:
            if self.allowed(CallAction.RESUME):
                self.resume(held.call.id)
        elif self.allowed(CallAction.HOLD):
            self.carry_out(lambda: self._toolbar.hold(self.state.current))

    def toggle_mute(self) -> None:
        view = self.state.current_call
        muted = view is not None and view.call.muted
        if self.allowed(CallAction.UNMUTE if muted else CallAction.MUTE):
            self.carry_out(lambda: self._toolbar.mute(not muted, self.state.current))

    def send_digit(self, digit: str) -> None:
        if self.allowed(CallAction.DTMF):
            self.carry_out(lambda: self._toolbar.send_dtmf(digit, self.state.current))

    # ------------------------------------------------------------------ for a named call

    def answer(self, call_id: str) -> None:
        self.carry_out(lambda: self._toolbar.answer(call_id))

    def hang_up(self, call_id: str) -> None:
        """Asks first when that would cut off a customer who is being handed over."""
        self.carry_out_or_ask(lambda confirmed: self._toolbar.hang_up(call_id, confirmed=confirmed), about=call_id)

    def resume(self, call_id: str) -> None:
        self.carry_out(lambda: self._toolbar.resume(call_id))

    def choose_contact(self, call_id: str, contact_id: int) -> None:
        self.carry_out(lambda: self._toolbar.choose_contact(call_id, contact_id))

    def choose_caller(self, call_id: str, contact_id: str) -> None:
        self.carry_out(lambda: self._toolbar.choose_caller(call_id, contact_id))

    def create_caller(self, name: str, call_id: str) -> bool:
        """Answers whether it is on its way; why not is told."""
        return self.carry_out(lambda: self._toolbar.create_caller(name, call_id))

    def open_caller_page(self, call_id: str) -> None:
        self.carry_out(lambda: self._toolbar.open_caller_page(call_id))

    # ------------------------------------------------------------------ the rest

    def dial(self, text: str) -> None:
        if self.carry_out(lambda: self._toolbar.dial(text)):
            self.dialled.emit()

    def confirm_dial_request(self) -> None:
        """Agrees to what a link asks; silent while the question has only just appeared, as the card is."""
        try:
            self._toolbar.confirm_dial_request()
        except AgentToolbarError as error:
            if error.code != "link_just_appeared":
                self.refused.emit(error_text(error))

    def dismiss_dial_request(self) -> None:
        self.carry_out(self._toolbar.dismiss_dial_request)

    def switch_cti(self, on: bool) -> None:
        """Asks first when calls would end."""
        self.carry_out_or_ask(lambda confirmed: self._toolbar.switch_cti(on, confirmed=confirmed))

    def switch_crm(self, on: bool) -> None:
        self.carry_out(lambda: self._toolbar.switch_crm(on))

    def refuse_pairing(self) -> None:
        self.carry_out(self._toolbar.refuse_pairing)

    def note(self, text: str, call_id: str) -> bool:
        """Answers whether the note was taken; why not is told."""
        return self.carry_out(lambda: self._toolbar.note(text, call_id))

    def change_settings(self, settings: Settings) -> None:
        if self.carry_out(lambda: self._toolbar.change_settings(settings)):
            self.settings_changed.emit(settings)

    def remedy(self, remedy: Remedy) -> None:
        """The one button of a fault."""
        match remedy:
            case (
                Remedy.TRY_AGAIN
                | Remedy.TELL_QUEUE
                | Remedy.ACCEPT_QUEUE
                | Remedy.SIGN_IN
                | Remedy.CANCEL_SIGN_IN
                | Remedy.READ_POLICY
                | Remedy.SYNC_DIRECTORIES
            ):
                self.carry_out(lambda: self._toolbar.remedy(remedy))
            case Remedy.SWITCH_CTI_ON:
                self.switch_cti(True)
            case Remedy.GO_READY:
                self.agent.set_ready(True)
            case Remedy.FINISH_WRAP_UP:
                self.agent.finish_wrap_up()
            case _:
                self.window_asked.emit(remedy)

    # ------------------------------------------------------------------ how an order is carried out

    def allowed(self, action: CallAction, view: CallView | None = None) -> bool:
        """Tells why not: a key pressed in vain must not be silent. Without `view`, of the action's own target."""
        why = refusal(action, self.state, view if view is not None else target(action, self.state))
        if why is not None:
            self.refused.emit(refusal_text(why))
        return why is None

    def carry_out(self, action: Callable[[], object]) -> bool:
        """Answers whether it was done; a refusal is told."""
        try:
            action()
        except AgentToolbarError as error:
            self.refused.emit(error_text(error))
            return False
        return True

    def carry_out_or_ask(
        self, action: Callable[[bool], object], *, about: str = "", done: Callable[[], None] | None = None
    ) -> None:
        """`action` is told whether it was confirmed; `done` is called once it was carried out, maybe much later."""
        try:
            action(False)
        except AgentToolbarError as error:
            answers = self._answers(error.code)
            if answers is None:
                self.refused.emit(error_text(error))
                return

            def confirm() -> None:
                if self.carry_out(lambda: action(True)) and done is not None:
                    done()

            self.asked.emit(Question(error_text(error), *answers, confirm, about))
        else:
            if done is not None:
                done()

    def _answers(self, code: str) -> tuple[str, str] | None:
        """The words for yes and no of an error that is a question, None for one that is not."""
        match code:
            case "cti_off_with_call" | "cti_off_with_ringing_call" | "cti_off_with_dialled_call":
                return self.tr("Switch off"), self.tr("Stay connected")
            case "hang_up_cuts_customer":
                return self.tr("Hang up"), self.tr("Keep the call")
            case "target_asks":
                return self.tr("Go on"), self.tr("Do not call")
            case _:
                return None
