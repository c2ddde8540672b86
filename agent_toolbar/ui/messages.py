"""What the line below the bar says: a question first, then why an order was refused, then the worst fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import Fault, FaultPlace, Remedy, ToolbarState
from agent_toolbar.i18n.sentences import fault_text, reason_text, remedy_text, retry_text
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.message_line import MessageLine
from agent_toolbar.ui.orders import Orders, Question
from agent_toolbar.ui.tokens import Tone

REFUSAL_SHOWN_MS = 6_000
Offer = tuple[str, Callable[[], None]]


class Messages(MessageLine):
    """Chooses one message at a time; a closed fault stays closed until it comes again."""

    def __init__(
        self,
        look: Look,
        toolbar: Toolbar,
        orders: Orders,
        zone_of: Callable[[FaultPlace], QWidget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._toolbar = toolbar
        self._orders = orders
        self._zone_of = zone_of
        self._question: Question | None = None
        self._refusal = ""
        self._closed: set[tuple[str, str]] = set()
        self._place = FaultPlace.TELEPHONY
        self._refusal_timer = QTimer(self)
        self._refusal_timer.setSingleShot(True)
        self._refusal_timer.setInterval(REFUSAL_SHOWN_MS)
        self._refusal_timer.timeout.connect(lambda: self.refuse(""))
        look.ticker.ticked.connect(self._count)

    @property
    def has_something(self) -> bool:
        return bool(self._question or self._refusal or self._fault())

    def show_state(self, state: ToolbarState) -> None:
        present = {_identity(fault) for fault in state.faults}
        self._closed &= present
        question = self._question
        if question is not None and (not state.calls or (question.about and state.find(question.about) is None)):
            self._question = None
        self._draw()

    def refuse(self, sentence: str) -> None:
        """Why an order was not carried out; goes by itself."""
        self._refusal = sentence
        if sentence:
            self._refusal_timer.start()
        else:
            self._refusal_timer.stop()
        self._changed()

    def ask(self, question: Question) -> None:
        """A question that something depends on for a caller; it goes with the call, too."""
        self._question = question
        self._changed()
        if not question.unexpected:
            self.second.setFocus()

    def dismiss(self) -> bool:
        """Escape: takes back the question or the refusal; answers whether there was one. Faults stay."""
        if self._question is not None:
            self._keep()
            return True
        if self._refusal:
            self.refuse("")
            return True
        return False

    def align(self) -> None:
        """Begins below the zone that the message is about."""
        zone = self._zone_of(self._place)
        window = self.window()
        self.begin_at(zone.mapTo(window, QPoint(0, 0)).x() if window.isAncestorOf(zone) and zone.isVisible() else 0)

    # ------------------------------------------------------------------ inside

    def _fault(self) -> Fault | None:
        return next((fault for fault in self._toolbar.state.faults if _identity(fault) not in self._closed), None)

    def _changed(self) -> None:
        self._draw()
        self.height_changed.emit()

    def _agree(self) -> None:
        question, self._question = self._question, None
        self._changed()
        if question is not None:
            question.confirm()

    def _keep(self) -> None:
        question, self._question = self._question, None
        self._changed()
        if question is not None and question.decline is not None:
            question.decline()

    def _draw(self) -> None:
        fault = self._fault()
        counts = fault is not None and bool(fault.retry_at_s) and not self._question and not self._refusal
        self._look.ticker.want(self, counts)
        if self._question is not None:
            question = self._question
            self._place = FaultPlace.TELEPHONY
            self.say(question.sentence, Tone.NOT_READY, (question.yes, self._agree), (question.no, self._keep))
        elif self._refusal:
            self._place = FaultPlace.CALL
            self.say(self._refusal, Tone.NOT_READY, (remedy_text(Remedy.DISMISS), lambda: self.refuse("")))
        elif fault is not None:
            self._place = fault.place
            self._say_fault(fault)
        self.align()

    def _say_fault(self, fault: Fault) -> None:
        offer: Offer | None = None
        if fault.remedy is Remedy.DISMISS:
            offer = (remedy_text(fault.remedy), lambda: self._close(fault))
        elif fault.remedy is not Remedy.NONE:
            offer = (remedy_text(fault.remedy), lambda: self._orders.remedy(fault.remedy))
        close: Offer | None = None
        if fault.code == "queue_changed_there":
            close = (remedy_text(Remedy.ACCEPT_QUEUE), lambda: self._orders.remedy(Remedy.ACCEPT_QUEUE))
        elif not fault.serious and fault.remedy is not Remedy.DISMISS:
            close = (remedy_text(Remedy.DISMISS), lambda: self._close(fault))
        elif fault.place is FaultPlace.TELEPHONY and fault.remedy is not Remedy.DISMISS:
            close = (self.tr("Why?"), self._orders.doctor_asked.emit)
        self.say(
            fault_text(self._with_reason(fault)),
            Tone.FAULT if fault.serious else Tone.NOT_READY,
            offer or close,
            close if offer else None,
            countdown=retry_text(fault.retry_at_s, self._look.now_s()),
        )

    def _with_reason(self, fault: Fault) -> Fault:
        """The words of the settings for the code of a reason."""
        code = str(fault.params.get("reason", ""))
        if fault.place is not FaultPlace.AVAILABILITY or not code:
            return fault
        words = reason_text(code, self._orders.agent.reasons)
        return replace(fault, params={**fault.params, "reason": words})

    def _close(self, fault: Fault) -> None:
        self._closed.add(_identity(fault))
        self._changed()

    def _count(self) -> None:
        fault = self._fault()
        if fault is not None and fault.retry_at_s and not self._question and not self._refusal:
            self._say_fault(fault)


def _identity(fault: Fault) -> tuple[str, str]:
    """The same fault, however often it is told again."""
    return fault.code, repr(sorted(fault.params.items()))
